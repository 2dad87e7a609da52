/* Deciders and posting sources of docid ranges and of weights: what lets a caller's own rules into
 * a search. */
#include "support/temporary_directory.h"
#include "support/xapian_fixture.h"
#include "xapian_c.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { N_SHARDS = 3, N_DOCS = 200 }; /* documents in each shard */

static char *directory;
static char *paths[N_SHARDS];
static char uuids[N_SHARDS][XC_UUID_BYTES + 1];
static xc_error error;

/* Document i of shard s has the data "s/i", the value "s", the term "even" when i is, and "all". */
static void set_up(void)
{
    directory = pil_temporary_directory_new();
    memset(&error, 0, sizeof error);
    for (int s = 0; s < N_SHARDS; s++) {
        pil_fixture_doc docs[N_DOCS];
        char texts[N_DOCS][32], shard[16];
        snprintf(shard, sizeof shard, "%d", s);
        for (int i = 0; i < N_DOCS; i++) {
            snprintf(texts[i], sizeof texts[i], "%d/%d", s, i + 1);
            docs[i] = (pil_fixture_doc){(i + 1) % 2 ? "all" : "all even", texts[i], shard};
        }
        paths[s] = pil_temporary_directory_path(directory, shard);
        pil_fixture_write(paths[s], docs, N_DOCS);
        xc_database *database = pil_fixture_open(paths[s]);
        cr_assert_eq(xc_database_uuid(database, uuids[s], &error), XC_OK);
        xc_database_free(database);
    }
}

static void tear_down(void)
{
    for (int s = 0; s < N_SHARDS; s++)
        free(paths[s]);
    pil_temporary_directory_remove(directory);
}

TestSuite(xapian_c_decide, .init = set_up, .fini = tear_down);

static xc_database *open_all(void)
{
    xc_database *database = NULL;
    cr_assert_eq(xc_database_open_many((const char *const *)paths, N_SHARDS, &database, &error),
                 XC_OK);
    return database;
}

/* ---- Ranges ---- */

static xc_query *ranges(const xc_shard_ranges *shards, size_t n)
{
    xc_query *query = NULL;
    cr_assert_eq(xc_query_docid_ranges(shards, n, &query, &error), XC_OK);
    return query;
}

/* Document 2 to 4 and 100 of shard 0, 199 and all beyond of shard 2, none of shard 1. */
static const xc_docid_range in_first[] = {{2, 4}, {100, 100}};
static const xc_docid_range in_last[] = {{199, UINT32_MAX}};

static xc_query *some_ranges(void)
{
    const xc_shard_ranges shards[] = {{uuids[2], XC_UUID_BYTES, in_last, 1},
                                      {uuids[0], XC_UUID_BYTES, in_first, 2},
                                      {"another", 7, in_last, 1}};
    return ranges(shards, 3);
}

/* Whether a document of that shard and local id is in some_ranges(). */
static bool in_some_ranges(uint32_t shard, uint32_t docid)
{
    if (shard == 0)
        return (docid >= 2 && docid <= 4) || docid == 100;
    return shard == 2 && docid >= 199;
}

static xc_search_options everything(void)
{
    xc_search_options options;
    xc_search_options_init(&options);
    options.max_hits = UINT32_MAX;
    options.check_at_least = UINT32_MAX;
    return options;
}

Test(xapian_c_decide, ranges_select_local_ids_in_the_shard_of_that_uuid)
{
    xc_database *database = open_all();
    xc_search_options options = everything();
    xc_results *results = pil_fixture_search(database, some_ranges(), &options);
    cr_expect_eq(results->n_hits, 6);
    cr_expect_eq(results->matches_lower, 6);
    cr_expect_eq(results->matches_upper, 6);
    for (size_t i = 0; i < results->n_hits; i++) {
        cr_expect(in_some_ranges(results->hits[i].shard, results->hits[i].local_docid));
        cr_expect_eq(results->hits[i].weight, 0.0);
    }
    xc_results_free(results);
    options.max_hits = 0; /* the counts then come from the ranges alone */
    options.check_at_least = 0;
    results = pil_fixture_search(database, some_ranges(), &options);
    cr_expect_eq(results->matches_lower, 6);
    cr_expect_eq(results->matches_estimated, 6);
    cr_expect_eq(results->matches_upper, 6);
    xc_results_free(results);
    xc_database_free(database);
}

/* The hits of "all" op some_ranges(), or of "even" when even is set, are those of a plain loop. */
static void expect_like_loop(xc_operator op, bool even)
{
    xc_database *database = open_all();
    xc_search_options options = everything();
    xc_query *words = pil_fixture_term(even ? "even" : "all");
    xc_results *results =
        pil_fixture_search(database, pil_fixture_pair(op, words, some_ranges()), &options);
    size_t n_expected = 0;
    for (uint32_t shard = 0; shard < N_SHARDS; shard++) {
        for (uint32_t docid = 1; docid <= N_DOCS; docid++)
            n_expected +=
                (!even || docid % 2 == 0) && in_some_ranges(shard, docid) == (op != XC_AND_NOT);
    }
    cr_expect_eq(results->n_hits, n_expected, "%zu hits, not %zu", results->n_hits, n_expected);
    for (size_t i = 0; i < results->n_hits; i++) {
        const xc_hit *hit = &results->hits[i];
        cr_expect_eq(in_some_ranges(hit->shard, hit->local_docid), op != XC_AND_NOT);
        cr_expect(!even || hit->local_docid % 2 == 0);
    }
    xc_results_free(results);
    xc_database_free(database);
}

Test(xapian_c_decide, ranges_combine_with_words)
{
    for (int even = 0; even <= 1; even++) {
        expect_like_loop(XC_AND_NOT, even);
        expect_like_loop(XC_FILTER, even);
        expect_like_loop(XC_AND, even);
    }
}

Test(xapian_c_decide, ranges_need_not_be_there)
{
    xc_database *database = open_all();
    xc_search_options options = everything();
    const xc_shard_ranges none = {uuids[0], XC_UUID_BYTES, NULL, 0};
    const xc_docid_range beyond = {N_DOCS + 1, N_DOCS + 9};
    const xc_shard_ranges outside = {uuids[0], XC_UUID_BYTES, &beyond, 1};
    const struct {
        const xc_shard_ranges *shards;
        size_t n;
    } cases[] = {{NULL, 0}, {&none, 1}, {&outside, 1}};
    for (size_t i = 0; i < 3; i++) {
        xc_query *query = ranges(cases[i].shards, cases[i].n);
        xc_query *rest = pil_fixture_pair(XC_AND_NOT, pil_fixture_term("all"), query);
        xc_results *results = pil_fixture_search(database, rest, &options);
        cr_expect_eq(results->n_hits, N_SHARDS * N_DOCS, "case %zu", i);
        xc_results_free(results);
        results = pil_fixture_search(database, ranges(cases[i].shards, cases[i].n), &options);
        cr_expect_eq(results->n_hits, 0, "case %zu", i);
        xc_results_free(results);
    }
    xc_database_free(database);
}

Test(xapian_c_decide, ranges_serve_a_single_database_and_other_orders)
{
    xc_search_options options = everything();
    xc_database *database = pil_fixture_open(paths[0]);
    xc_query *query = some_ranges();
    xc_results *results = NULL;
    cr_assert_eq(xc_search(database, query, &options, &results, &error), XC_OK);
    char *found = pil_fixture_docids(results);
    cr_expect_str_eq(found, "2 3 4 100");
    free(found);
    xc_results_free(results);
    xc_database_free(database);

    const char *reversed[] = {paths[2], paths[0]};
    cr_assert_eq(xc_database_open_many(reversed, 2, &database, &error), XC_OK);
    cr_assert_eq(xc_search(database, query, &options, &results, &error), XC_OK);
    cr_expect_eq(results->n_hits, 6);
    for (size_t i = 0; i < results->n_hits; i++)
        cr_expect(in_some_ranges(results->hits[i].shard ? 0 : 2, results->hits[i].local_docid));
    xc_results_free(results);
    xc_database_free(database);
    xc_query_free(query);
}

/* ---- Weights ---- */

/* Every third document of shard 0 and the last of shard 2. */
static xc_query *some_weights(void)
{
    static uint32_t docids[N_DOCS / 3];
    static double weights[N_DOCS / 3];
    static const uint32_t last = N_DOCS;
    static const double heavy = 1000;
    for (uint32_t i = 0; i < N_DOCS / 3; i++) {
        docids[i] = 3 * i + 1;
        weights[i] = i % 7;
    }
    const xc_shard_weights shards[] = {{uuids[2], XC_UUID_BYTES, &last, &heavy, 1},
                                       {uuids[0], XC_UUID_BYTES, docids, weights, N_DOCS / 3},
                                       {"another", 7, docids, weights, N_DOCS / 3}};
    xc_query *query = NULL;
    cr_assert_eq(xc_query_docid_weights(shards, 3, &query, &error), XC_OK);
    return query;
}

/* The weight of a document by some_weights(); negative when it is not among them. */
static double some_weight(const xc_hit *hit)
{
    if (hit->shard == 2)
        return hit->local_docid == N_DOCS ? 1000 : -1;
    uint32_t i = (hit->local_docid - 1) / 3;
    bool is_there = hit->shard == 0 && hit->local_docid % 3 == 1 && i < N_DOCS / 3;
    return is_there ? (double)(i % 7) : -1;
}

Test(xapian_c_decide, documents_have_the_weights_that_were_given)
{
    xc_database *database = open_all();
    xc_search_options options = everything();
    xc_results *results = pil_fixture_search(database, some_weights(), &options);
    cr_assert_eq(results->n_hits, N_DOCS / 3 + 1);
    cr_expect_eq(results->matches_estimated, N_DOCS / 3 + 1);
    for (size_t i = 0; i < results->n_hits; i++)
        cr_expect_eq(results->hits[i].weight, some_weight(&results->hits[i]), "%zu", i);
    xc_results_free(results);
    options = everything();
    options.max_hits = 3;
    options.check_at_least = 0;
    results = pil_fixture_search(database, some_weights(), &options);
    cr_assert_eq(results->n_hits, 3);
    cr_expect_eq(results->hits[0].weight, 1000);
    cr_expect_eq(results->hits[1].weight, 6);
    xc_results_free(results);
    xc_database_free(database);
}

/* What query (freed) finds has the weight of "even", and factor times some_weights(). */
static void expect_sums(xc_database *database, xc_query *query, double factor, size_t n_expected)
{
    xc_search_options options = everything();
    xc_results *evens = pil_fixture_search(database, pil_fixture_term("even"), &options);
    xc_results *results = pil_fixture_search(database, query, &options);
    cr_expect_eq(results->n_hits, n_expected);
    for (size_t i = 0; i < results->n_hits; i++) {
        const xc_hit *hit = &results->hits[i];
        double given = some_weight(hit), even = hit->local_docid % 2 == 0;
        double expected = even * evens->hits[0].weight + (given > 0 ? factor * given : 0);
        cr_expect_float_eq(hit->weight, expected, 1e-9);
    }
    xc_results_free(evens);
    xc_results_free(results);
}

Test(xapian_c_decide, weights_combine_with_words)
{
    xc_database *database = open_all();
    xc_query *given = some_weights(), *scaled = NULL;
    cr_assert_eq(xc_query_scale(given, 2.5, &scaled, &error), XC_OK);
    xc_query_free(given);
    enum { N_EVEN = N_SHARDS * N_DOCS / 2, N_BOTH = N_DOCS / 6 + 1 };
    expect_sums(database, pil_fixture_pair(XC_OR, pil_fixture_term("even"), scaled), 2.5,
                N_EVEN + N_DOCS / 3 + 1 - N_BOTH);
    expect_sums(database, pil_fixture_pair(XC_AND, some_weights(), pil_fixture_term("even")), 1,
                N_BOTH);
    expect_sums(database, pil_fixture_pair(XC_FILTER, pil_fixture_term("even"), some_weights()), 0,
                N_BOTH);
    expect_sums(database, pil_fixture_pair(XC_AND_NOT, pil_fixture_term("even"), some_weights()), 0,
                N_EVEN - N_BOTH);
    xc_query *ordered = NULL;
    given = pil_fixture_pair(XC_OR, some_weights(), pil_fixture_term("even"));
    cr_assert_eq(xc_query_in_order(given, &ordered, &error), XC_OK);
    xc_query_free(given);
    expect_sums(database, ordered, 1, N_EVEN + N_DOCS / 3 + 1 - N_BOTH);
    xc_database_free(database);
}

Test(xapian_c_decide, weights_that_make_no_sense_are_refused)
{
    static const uint32_t docids[] = {2, 2}, zero = 0, one = 1;
    static const double weights[] = {1, 1}, negative = -1, none = NAN;
    const xc_shard_weights cases[][2] = {{{"u", 1, docids, weights, 2}},
                                         {{"u", 1, &zero, weights, 1}},
                                         {{"u", 1, &one, &negative, 1}},
                                         {{"u", 1, &one, &none, 1}},
                                         {{"u", 1, NULL, weights, 1}},
                                         {{"u", 1, &one, NULL, 1}},
                                         {{"u", 1, NULL, NULL, 0}, {"u", 1, NULL, NULL, 0}}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        xc_query *query = NULL;
        size_t n = cases[i][1].uuid != NULL ? 2 : 1;
        cr_expect_eq(xc_query_docid_weights(cases[i], n, &query, &error), XC_INVALID_ARGUMENT,
                     "case %zu", i);
        cr_expect_null(query);
    }
    xc_query *query = NULL;
    cr_expect_eq(xc_query_docid_weights(NULL, 1, &query, &error), XC_INVALID_ARGUMENT);
    cr_expect_eq(xc_query_docid_weights(NULL, 0, NULL, &error), XC_INVALID_ARGUMENT);
}

/* ---- Deciders ---- */

typedef struct decided {
    xc_verdict verdict;
    const char *wanted; /* accept only this data; NULL: do as verdict says */
    uint32_t n_calls;
    uint32_t cancel_at; /* 0: never */
    xc_database *close; /* to be closed at the first call */
    xc_status status;   /* of the last accessor */
} decided;

static xc_verdict decide(void *context, xc_candidate *candidate)
{
    decided *state = context;
    const char *bytes = NULL;
    size_t length = 0;
    state->n_calls++;
    if (state->n_calls == state->cancel_at)
        return XC_CANCEL;
    if (state->close)
        (void)!xc_database_close(state->close, NULL);
    if (!state->wanted)
        return state->verdict;
    state->status = xc_candidate_data(candidate, &bytes, &length, &error);
    if (state->status)
        return XC_ACCEPT;
    return strcmp(bytes, state->wanted) == 0 ? XC_ACCEPT : XC_REJECT;
}

static xc_search_options deciding(decided *state)
{
    xc_search_options options = everything();
    options.decider = decide;
    options.decider_context = state;
    return options;
}

Test(xapian_c_decide, a_decider_chooses_by_data)
{
    xc_database *database = open_all();
    decided state = {.wanted = "1/77"};
    xc_search_options options = deciding(&state);
    xc_results *results = pil_fixture_search(database, pil_fixture_term("all"), &options);
    cr_assert_eq(results->n_hits, 1);
    cr_expect_eq(results->hits[0].shard, 1);
    cr_expect_eq(results->hits[0].local_docid, 77);
    cr_expect_eq(results->n_decided, state.n_calls);
    cr_expect_eq(state.n_calls, N_SHARDS * N_DOCS);
    xc_results_free(results);
    xc_database_free(database);
}

/* Accepts by value, and checks that each candidate's parts belong together. */
static xc_verdict decide_by_value(void *context, xc_candidate *candidate)
{
    const char *data = NULL, *value = NULL;
    size_t data_length = 0, value_length = 0;
    char expected[32];
    cr_expect_eq(xc_candidate_value(candidate, 0, &value, &value_length, &error), XC_OK);
    cr_expect_eq(xc_candidate_data(candidate, &data, &data_length, &error), XC_OK);
    snprintf(expected, sizeof expected, "%s/%u", value, (unsigned)xc_candidate_docid(candidate));
    cr_expect_str_eq(data, expected);
    cr_expect_eq(data_length, strlen(data));
    cr_expect_eq(value_length, 1);
    bool is_wanted = strcmp(value, context) == 0;
    cr_expect_eq(xc_candidate_value(candidate, 9, &value, &value_length, &error), XC_OK);
    cr_expect_str_eq(value, "");
    return is_wanted ? XC_ACCEPT : XC_REJECT;
}

Test(xapian_c_decide, a_candidate_has_data_values_and_its_id_in_the_shard)
{
    xc_database *database = open_all();
    xc_search_options options = everything();
    char wanted[] = "2";
    options.decider = decide_by_value;
    options.decider_context = wanted;
    xc_results *results = pil_fixture_search(database, pil_fixture_term("even"), &options);
    cr_expect_eq(results->n_hits, N_DOCS / 2);
    for (size_t i = 0; i < results->n_hits; i++)
        cr_expect_eq(results->hits[i].shard, 2);
    xc_results_free(results);
    xc_database_free(database);
}

Test(xapian_c_decide, only_candidates_that_can_still_enter_are_decided_on)
{
    xc_database *database = open_all();
    decided state = {.verdict = XC_ACCEPT};
    xc_search_options options = deciding(&state);
    options.max_hits = 3;
    options.check_at_least = 0;
    xc_results *results = pil_fixture_search(
        database, pil_fixture_pair(XC_OR, pil_fixture_term("all"), pil_fixture_term("even")),
        &options);
    cr_expect_eq(results->n_hits, 3);
    cr_expect_lt(state.n_calls, N_SHARDS * N_DOCS);
    xc_results_free(results);
    xc_database_free(database);
}

Test(xapian_c_decide, a_decider_can_cancel)
{
    xc_database *database = open_all();
    decided state = {.verdict = XC_ACCEPT, .cancel_at = 5};
    xc_search_options options = deciding(&state);
    xc_query *query = pil_fixture_term("all");
    xc_results *results = NULL;
    cr_expect_eq(xc_search(database, query, &options, &results, &error), XC_CANCELLED);
    cr_expect_null(results);
    cr_expect_eq(state.n_calls, 5);
    state = (decided){.verdict = XC_REJECT};
    cr_expect_eq(xc_search(database, query, &options, &results, &error), XC_OK);
    cr_expect_eq(results->n_hits, 0);
    xc_results_free(results);
    xc_query_free(query);
    xc_database_free(database);
}

Test(xapian_c_decide, an_accessor_that_fails_ends_the_search_with_its_status)
{
    xc_database *database = open_all();
    decided state = {.wanted = "1/77", .close = database};
    xc_search_options options = deciding(&state);
    xc_query *query = pil_fixture_term("all");
    xc_results *results = NULL;
    xc_error of_search = {0};
    cr_expect_eq(xc_search(database, query, &options, &results, &of_search), XC_CLOSED);
    cr_expect_null(results);
    cr_expect_eq(state.status, XC_CLOSED);
    cr_expect_eq(state.n_calls, 1);
    cr_expect_str_eq(of_search.type, error.type);
    xc_query_free(query);
    xc_database_free(database);
}

static xc_verdict misuse(void *context, xc_candidate *candidate)
{
    const char *bytes = NULL;
    size_t length = 0;
    (void)context;
    cr_expect_eq(xc_candidate_docid(NULL), 0);
    cr_expect_eq(xc_candidate_data(NULL, &bytes, &length, &error), XC_INVALID_ARGUMENT);
    cr_expect_eq(xc_candidate_data(candidate, NULL, &length, &error), XC_INVALID_ARGUMENT);
    cr_expect_eq(xc_candidate_value(candidate, XC_NO_SLOT, &bytes, &length, &error),
                 XC_INVALID_ARGUMENT);
    return XC_ACCEPT;
}

Test(xapian_c_decide, an_accessor_called_wrongly_says_so_and_the_search_goes_on)
{
    xc_database *database = pil_fixture_open(paths[0]);
    xc_search_options options = everything();
    options.decider = misuse;
    xc_results *results = pil_fixture_search(database, pil_fixture_term("even"), &options);
    cr_expect_eq(results->n_hits, N_DOCS / 2);
    xc_results_free(results);
    xc_database_free(database);
}

/* ---- The shard ---- */

typedef struct shard_check {
    size_t n_right, n_wrong;
    bool is_told;
} shard_check;

/* The value of slot 0 names the shard. */
static xc_verdict check_shard(void *context, xc_candidate *candidate)
{
    shard_check *check = context;
    const char *data;
    size_t length;
    const char *uuid = xc_candidate_shard(candidate);
    cr_assert_eq(xc_candidate_data(candidate, &data, &length, NULL), XC_OK);
    check->is_told = uuid != NULL;
    bool is_right = uuid != NULL && strcmp(uuid, uuids[data[0] - '0']) == 0;
    check->n_right += is_right;
    check->n_wrong += !is_right;
    return xc_candidate_docid(candidate) % 3 == 0 ? XC_ACCEPT : XC_REJECT;
}

static shard_check check_shards(const xc_query *query, bool tells_shard)
{
    xc_search_options options;
    shard_check check = {0};
    xc_results *results = NULL;
    xc_database *database = open_all();
    xc_search_options_init(&options);
    options.decider = check_shard;
    options.decider_context = &check;
    options.tells_shard = tells_shard;
    options.max_hits = N_SHARDS * N_DOCS;
    cr_assert_eq(xc_search(database, query, &options, &results, &error), XC_OK, "%s",
                 error.message);
    xc_results_free(results);
    xc_database_free(database);
    return check;
}

Test(xapian_c_decide, a_decider_that_asks_is_told_the_shard)
{
    xc_query *even = NULL, *all = NULL, *both = NULL, *in_order = NULL, *some = some_ranges();
    cr_assert_eq(xc_query_term("even", 4, 1, &even, &error), XC_OK);
    cr_assert_eq(xc_query_term("all", 3, 1, &all, &error), XC_OK);
    const xc_query *const parts[] = {even, some};
    cr_assert_eq(xc_query_combine(XC_OR, parts, 2, &both, &error), XC_OK);
    cr_assert_eq(xc_query_in_order(both, &in_order, &error), XC_OK);
    const struct {
        const xc_query *query;
        size_t n;
    } cases[] = {{even, N_SHARDS * N_DOCS / 2},
                 {all, N_SHARDS * N_DOCS},
                 {some, 6},
                 {both, N_SHARDS * N_DOCS / 2 + 2},
                 {in_order, N_SHARDS * N_DOCS / 2 + 2}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        shard_check check = check_shards(cases[i].query, true);
        cr_expect_eq(check.n_wrong, 0, "case %zu", i);
        cr_expect_eq(check.n_right, cases[i].n, "case %zu: %zu", i, check.n_right);
    }
    cr_expect_not(check_shards(even, false).is_told);
    xc_query_free(even);
    xc_query_free(all);
    xc_query_free(both);
    xc_query_free(in_order);
    xc_query_free(some);
}
