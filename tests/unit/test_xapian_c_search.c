/* Queries, and what searching finds. */
#include "support/temporary_directory.h"
#include "support/xapian_fixture.h"
#include "xapian_c.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *directory;
static xc_error error;

static void set_up(void)
{
    directory = pil_temporary_directory_new();
    memset(&error, 0, sizeof error);
}

static void tear_down(void)
{
    pil_temporary_directory_remove(directory);
}

TestSuite(xapian_c_search, .init = set_up, .fini = tear_down);

/* By docid; value 0 is a year. */
static const pil_fixture_doc docs[] = {
    {"collective defense", "one", "1949"},
    {"collective security", "two", "1991"},
    {"defense", "three", "2001"},
    {"defense defense collector", "four", "2001"},
    {"dialogue", "five", NULL},
    {"security security security", "six", "2023"},
};
enum { N_DOCS = sizeof docs / sizeof *docs };

static xc_database *open_docs(const char *name, size_t first, size_t n)
{
    char *path = pil_temporary_directory_path(directory, name);
    pil_fixture_write(path, docs + first, n);
    xc_database *database = pil_fixture_open(path);
    free(path);
    return database;
}

/* The documents in order of docid as two or three shards, which get them in turn. */
static xc_database *open_shards(size_t n_shards)
{
    char *paths[3];
    xc_database *database = NULL;
    for (size_t shard = 0; shard < n_shards; shard++) {
        pil_fixture_doc part[N_DOCS];
        size_t n = 0;
        char name[32];
        for (size_t i = shard; i < N_DOCS; i += n_shards)
            part[n++] = docs[i];
        snprintf(name, sizeof name, "s%zu", shard);
        paths[shard] = pil_temporary_directory_path(directory, name);
        pil_fixture_write(paths[shard], part, n);
    }
    cr_assert_eq(xc_database_open_many((const char *const *)paths, n_shards, &database, &error),
                 XC_OK);
    for (size_t shard = 0; shard < n_shards; shard++)
        free(paths[shard]);
    return database;
}

static xc_search_options by_docid(void)
{
    xc_search_options options;
    xc_search_options_init(&options);
    options.weighting = XC_WEIGHT_NONE;
    options.max_hits = 100;
    return options;
}

/* Expects that query (freed) finds these docids, in order of docid. */
static void expect_docids(xc_database *database, xc_query *query, const char *expected)
{
    xc_search_options options = by_docid();
    char *text = NULL;
    cr_assert_eq(xc_query_describe(query, &text, &error), XC_OK);
    xc_results *results = pil_fixture_search(database, query, &options);
    char *found = pil_fixture_docids(results);
    cr_expect_str_eq(found, expected, "%s: %s, not %s", text, found, expected);
    free(found);
    xc_free(text);
    xc_results_free(results);
}

static xc_query *term(const char *word)
{
    return pil_fixture_term(word);
}

static xc_query *pair(xc_operator op, const char *a, const char *b)
{
    return pil_fixture_pair(op, term(a), term(b));
}

static xc_query *match_all(void)
{
    xc_query *query = NULL;
    cr_assert_eq(xc_query_match_all(&query, &error), XC_OK);
    return query;
}

static xc_query *wildcard(const char *prefix, uint32_t cap, xc_wildcard_limit limit)
{
    xc_query *query = NULL;
    cr_assert_eq(xc_query_wildcard(prefix, strlen(prefix), cap, limit, XC_SYNONYM, &query, &error),
                 XC_OK);
    return query;
}

static xc_query *years(const char *from, const char *to)
{
    xc_query *query = NULL;
    cr_assert_eq(xc_query_value_range(0, from, from ? strlen(from) : 0, to, to ? strlen(to) : 0,
                                      &query, &error),
                 XC_OK);
    return query;
}

Test(xapian_c_search, operators_select_what_they_say)
{
    xc_database *database = open_docs("d", 0, N_DOCS);
    expect_docids(database, term("defense"), "1 3 4");
    expect_docids(database, term("nothing"), "");
    expect_docids(database, pair(XC_AND, "collective", "defense"), "1");
    expect_docids(database, pair(XC_OR, "collective", "defense"), "1 2 3 4");
    expect_docids(database, pair(XC_AND_NOT, "defense", "collective"), "3 4");
    expect_docids(database, pair(XC_FILTER, "collective", "security"), "2");
    expect_docids(database, pair(XC_AND_MAYBE, "collective", "security"), "1 2");
    expect_docids(database, pair(XC_MAX, "collective", "dialogue"), "1 2 5");
    expect_docids(database, pair(XC_SYNONYM, "collective", "dialogue"), "1 2 5");
    expect_docids(database, match_all(), "1 2 3 4 5 6");
    xc_query *nothing = NULL;
    cr_assert_eq(xc_query_match_nothing(&nothing, &error), XC_OK);
    expect_docids(database, nothing, "");
    xc_database_free(database);
}

Test(xapian_c_search, operators_take_any_number_of_parts)
{
    xc_database *database = open_docs("d", 0, N_DOCS);
    static const struct {
        xc_operator op;
        size_t n;
        const char *docids;
    } cases[] = {{XC_OR, 0, ""},          {XC_AND, 0, ""},
                 {XC_OR, 1, "1 3 4"},     {XC_OR, 3, "1 2 3 4 6"},
                 {XC_AND, 3, ""},         {XC_AND_NOT, 3, "3 4"},
                 {XC_FILTER, 3, ""},      {XC_AND_MAYBE, 3, "1 3 4"},
                 {XC_MAX, 3, "1 2 3 4 6"}};
    xc_query *parts[] = {term("defense"), term("collective"), term("security")};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        xc_query *query = NULL;
        cr_assert_eq(xc_query_combine(cases[i].op, (const xc_query *const *)parts, cases[i].n,
                                      &query, &error),
                     XC_OK);
        expect_docids(database, query, cases[i].docids);
    }
    for (size_t i = 0; i < 3; i++)
        xc_query_free(parts[i]);
    xc_database_free(database);
}

Test(xapian_c_search, a_query_outlives_its_parts_and_serves_again)
{
    xc_database *database = open_docs("d", 0, N_DOCS);
    xc_query *defense = term("defense"), *either = NULL;
    const xc_query *parts[] = {defense, defense};
    cr_assert_eq(xc_query_combine(XC_OR, parts, 2, &either, &error), XC_OK);
    xc_query_free(defense);
    xc_search_options options = by_docid();
    for (int i = 0; i < 2; i++) {
        xc_results *results = NULL;
        cr_assert_eq(xc_search(database, either, &options, &results, &error), XC_OK);
        cr_expect_eq(results->n_hits, 3);
        xc_results_free(results);
    }
    xc_query_free(either);
    xc_database_free(database);
}

Test(xapian_c_search, wildcards_expand_up_to_their_cap)
{
    xc_database *database = open_docs("d", 0, N_DOCS);
    expect_docids(database, wildcard("collect", 2, XC_WILDCARD_ERROR), "1 2 4");
    expect_docids(database, wildcard("collect", 1, XC_WILDCARD_FIRST), "1 2");
    expect_docids(database, wildcard("collect", 1, XC_WILDCARD_MOST_FREQUENT), "1 2");
    expect_docids(database, wildcard("xyz", 1, XC_WILDCARD_ERROR), "");
    xc_query *query = wildcard("collect", 1, XC_WILDCARD_ERROR);
    xc_results *results = NULL;
    cr_expect_eq(xc_search(database, query, NULL, &results, &error), XC_LIMIT);
    cr_expect_null(results);
    cr_expect_str_eq(error.type, "WildcardError");
    xc_query_free(query);
    cr_assert_eq(xc_query_wildcard("d", 1, 9, XC_WILDCARD_ERROR, XC_OR, &query, &error), XC_OK);
    expect_docids(database, query, "1 3 4 5");
    cr_assert_eq(xc_query_wildcard("d", 1, 9, XC_WILDCARD_ERROR, XC_MAX, &query, &error), XC_OK);
    expect_docids(database, query, "1 3 4 5");
    xc_database_free(database);
}

Test(xapian_c_search, value_ranges_include_both_ends)
{
    xc_database *database = open_docs("d", 0, N_DOCS);
    expect_docids(database, years("1991", "2001"), "2 3 4");
    expect_docids(database, years("2001", NULL), "3 4 6");
    expect_docids(database, years(NULL, "1991"), "1 2");
    expect_docids(database, years("", NULL), "1 2 3 4 6");
    expect_docids(database, years("", "1991"), "1 2");
    expect_docids(database, years(NULL, ""), "");
    expect_docids(database, years("2001", "1991"), "");
    expect_docids(database, pil_fixture_pair(XC_FILTER, term("defense"), years("2001", NULL)),
                  "3 4");
    xc_database_free(database);
}

Test(xapian_c_search, queries_that_make_no_sense_are_refused)
{
    xc_query *some = term("x"), *query = some;
    const xc_query *parts[] = {some, NULL};
    xc_docid_range zero = {0, 4}, reversed = {4, 3}, overlapping[] = {{1, 5}, {5, 6}};
    xc_shard_ranges twice[] = {{"u", 1, NULL, 0}, {"u", 1, NULL, 0}};
    xc_shard_ranges bad[] = {
        {"u", 1, &zero, 1}, {"u", 1, &reversed, 1}, {"u", 1, overlapping, 2}, {"u", 1, NULL, 1}};
    xc_status statuses[] = {
        xc_query_term("", 0, 1, &query, &error),
        xc_query_term(NULL, 3, 1, &query, &error),
        xc_query_term("t", 1, 1, NULL, &error),
        xc_query_combine(XC_OR, parts, 2, &query, &error),
        xc_query_combine(XC_OR, NULL, 1, &query, &error),
        xc_query_combine((xc_operator)7, parts, 1, &query, &error),
        xc_query_scale(some, -1.0, &query, &error),
        xc_query_scale(some, NAN, &query, &error),
        xc_query_scale(some, INFINITY, &query, &error),
        xc_query_scale(NULL, 1.0, &query, &error),
        xc_query_wildcard("", 0, 5, XC_WILDCARD_ERROR, XC_OR, &query, &error),
        xc_query_wildcard("a", 1, 0, XC_WILDCARD_ERROR, XC_OR, &query, &error),
        xc_query_wildcard("a", 1, 5, (xc_wildcard_limit)3, XC_OR, &query, &error),
        xc_query_wildcard("a", 1, 5, XC_WILDCARD_ERROR, XC_AND, &query, &error),
        xc_query_value_range(0, NULL, 0, NULL, 0, &query, &error),
        xc_query_value_range(XC_NO_SLOT, "a", 1, NULL, 0, &query, &error),
        xc_query_match_all(NULL, &error),
        xc_query_match_nothing(NULL, &error),
        xc_query_docid_ranges(twice, 2, &query, &error),
        xc_query_docid_ranges(&bad[0], 1, &query, &error),
        xc_query_docid_ranges(&bad[1], 1, &query, &error),
        xc_query_docid_ranges(&bad[2], 1, &query, &error),
        xc_query_docid_ranges(&bad[3], 1, &query, &error),
        xc_query_docid_ranges(NULL, 1, &query, &error),
        xc_query_in_order(NULL, &query, &error),
        xc_query_in_order(some, NULL, &error),
        xc_query_describe(NULL, NULL, &error),
    };
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++)
        cr_expect_eq(statuses[i], XC_INVALID_ARGUMENT, "case %zu: %d", i, statuses[i]);
    cr_expect_null(query);
    xc_query_free(some);
}

/* ---- Ranking ---- */

Test(xapian_c_search, a_query_in_order_has_the_hits_and_weights_of_the_query)
{
    xc_database *database = open_shards(3);
    xc_query *plain = pair(XC_OR, "collective", "defense"), *ordered = NULL;
    cr_assert_eq(xc_query_in_order(plain, &ordered, NULL), XC_OK);
    xc_results *expected = pil_fixture_search(database, plain, NULL);
    xc_results *found = pil_fixture_search(database, ordered, NULL);
    cr_assert_gt(expected->n_hits, 1);
    cr_assert_eq(found->n_hits, expected->n_hits);
    for (size_t i = 0; i < found->n_hits; i++) {
        cr_expect_eq(found->hits[i].docid, expected->hits[i].docid);
        cr_expect_float_eq(found->hits[i].weight, expected->hits[i].weight, 1e-12);
    }
    xc_results_free(found);
    xc_results_free(expected);
    xc_database_free(database);
}

Test(xapian_c_search, defaults_are_those_that_the_header_tells)
{
    xc_search_options options;
    memset(&options, 0xff, sizeof options);
    xc_search_options_init(&options);
    cr_expect_eq(options.first, 0);
    cr_expect_eq(options.max_hits, 10);
    cr_expect_eq(options.check_at_least, 0);
    cr_expect_eq(options.weighting, XC_WEIGHT_BM25);
    cr_expect_eq(options.bm25.b, 0.5);
    cr_expect_null(options.decider);
    cr_expect_eq(options.collapse_slot, XC_NO_SLOT);
    cr_expect_eq(options.sort, XC_SORT_RELEVANCE);
    cr_expect_eq(options.n_facet_slots, 0);
    xc_search_options_init(NULL);
}

Test(xapian_c_search, the_best_document_comes_first_and_weights_fall)
{
    xc_database *database = open_docs("d", 0, N_DOCS);
    xc_results *results = pil_fixture_search(database, pair(XC_OR, "collective", "defense"), NULL);
    cr_assert_eq(results->n_hits, 4);
    cr_expect_eq(results->hits[0].docid, 1);
    cr_expect_eq(results->hits[0].percent, 100);
    for (size_t i = 1; i < results->n_hits; i++)
        cr_expect_leq(results->hits[i].weight, results->hits[i - 1].weight);
    cr_expect_gt(results->hits[3].weight, 0.0);
    cr_expect_eq(results->matches_lower, 4);
    cr_expect_eq(results->matches_estimated, 4);
    cr_expect_eq(results->matches_upper, 4);
    cr_expect_eq(results->n_decided, 0);
    xc_results_free(results);
    xc_database_free(database);
}

Test(xapian_c_search, shards_rank_as_one_database_does)
{
    xc_database *one = open_docs("d", 0, N_DOCS);
    for (size_t n_shards = 2; n_shards <= 3; n_shards++) {
        xc_database *many = open_shards(n_shards);
        xc_results *a = pil_fixture_search(one, pair(XC_OR, "collective", "security"), NULL);
        xc_results *b = pil_fixture_search(many, pair(XC_OR, "collective", "security"), NULL);
        cr_assert_eq(a->n_hits, b->n_hits);
        for (size_t i = 0; i < a->n_hits; i++) {
            cr_expect_eq(a->hits[i].docid, b->hits[i].docid);
            cr_expect_float_eq(a->hits[i].weight, b->hits[i].weight, 1e-9);
            cr_expect_eq(b->hits[i].shard, (b->hits[i].docid - 1) % n_shards);
            cr_expect_eq(b->hits[i].local_docid, (b->hits[i].docid - 1) / n_shards + 1);
        }
        xc_results_free(a);
        xc_results_free(b);
        xc_database_free(many);
        pil_temporary_directory_remove(directory);
        directory = pil_temporary_directory_new();
    }
    xc_database_free(one);
}

Test(xapian_c_search, weights_follow_the_operators)
{
    xc_database *database = open_docs("d", 0, N_DOCS);
    xc_query *scaled = NULL, *defense = term("defense");
    cr_assert_eq(xc_query_scale(defense, 3.0, &scaled, &error), XC_OK);
    xc_results *plain = pil_fixture_search(database, defense, NULL);
    xc_results *tripled = pil_fixture_search(database, scaled, NULL);
    cr_expect_float_eq(tripled->hits[0].weight, 3.0 * plain->hits[0].weight, 1e-9);
    cr_assert_eq(xc_query_term("defense", 7, 2, &defense, &error), XC_OK);
    xc_results *twice = pil_fixture_search(database, defense, NULL);
    cr_expect_gt(twice->hits[0].weight, plain->hits[0].weight);
    xc_results *filtered = pil_fixture_search(
        database, pil_fixture_pair(XC_FILTER, match_all(), term("defense")), NULL);
    cr_expect_eq(filtered->n_hits, 3);
    cr_expect_eq(filtered->hits[0].weight, 0.0);
    xc_results_free(plain);
    xc_results_free(tripled);
    xc_results_free(twice);
    xc_results_free(filtered);
    xc_database_free(database);
}

Test(xapian_c_search, bm25_parameters_change_the_order)
{
    xc_database *database = open_docs("d", 0, N_DOCS);
    xc_search_options options;
    xc_search_options_init(&options);
    options.bm25 = (xc_bm25){1.2, 0, 0, 1.0, 0}; /* length counts in full */
    xc_results *results = pil_fixture_search(database, term("defense"), &options);
    cr_expect_eq(results->hits[0].docid, 3);
    xc_results_free(results);
    options.bm25 = (xc_bm25){1.2, 0, 0, 0.0, 0}; /* length does not count */
    results = pil_fixture_search(database, term("defense"), &options);
    cr_expect_eq(results->hits[0].docid, 4);
    xc_results_free(results);
    xc_query *query = term("defense");
    options.bm25.b = 1.5;
    cr_expect_eq(xc_search(database, query, &options, &results, &error), XC_INVALID_ARGUMENT);
    options.bm25.b = NAN;
    cr_expect_eq(xc_search(database, query, &options, &results, &error), XC_INVALID_ARGUMENT);
    xc_query_free(query);
    xc_database_free(database);
}

Test(xapian_c_search, first_and_max_hits_cut_a_window)
{
    xc_database *database = open_docs("d", 0, N_DOCS);
    static const struct {
        uint32_t first, max;
        const char *docids;
    } cases[] = {{0, 2, "1 2"},         {2, 2, "3 4"}, {5, 10, "6"},
                 {6, 10, ""},           {0, 0, ""},    {UINT32_MAX, UINT32_MAX, ""},
                 {4, UINT32_MAX, "5 6"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        xc_search_options options = by_docid();
        options.first = cases[i].first;
        options.max_hits = cases[i].max;
        options.check_at_least = UINT32_MAX;
        xc_results *results = pil_fixture_search(database, match_all(), &options);
        char *found = pil_fixture_docids(results);
        cr_expect_str_eq(found, cases[i].docids, "case %zu: %s", i, found);
        cr_expect_eq(results->matches_lower, 6);
        cr_expect_eq(results->matches_upper, 6);
        free(found);
        xc_results_free(results);
    }
    xc_database_free(database);
}

Test(xapian_c_search, hits_sort_by_value_and_collapse_by_value)
{
    xc_database *database = open_docs("d", 0, N_DOCS);
    xc_search_options options = by_docid();
    static const struct {
        xc_sort sort;
        bool ascending;
        const char *docids;
    } cases[] = {{XC_SORT_VALUE, false, "6 3 4 2 1 5"},
                 {XC_SORT_VALUE, true, "5 1 2 3 4 6"},
                 {XC_SORT_VALUE_RELEVANCE, false, "6 3 4 2 1 5"},
                 {XC_SORT_RELEVANCE_VALUE, true, "5 1 2 3 4 6"}};
    options.sort_slot = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        options.sort = cases[i].sort;
        options.sort_ascending = cases[i].ascending;
        xc_results *results = pil_fixture_search(database, match_all(), &options);
        char *found = pil_fixture_docids(results);
        cr_expect_str_eq(found, cases[i].docids, "case %zu: %s", i, found);
        free(found);
        xc_results_free(results);
    }
    options = by_docid();
    options.collapse_slot = 0;
    xc_results *results = pil_fixture_search(database, match_all(), &options);
    char *found = pil_fixture_docids(results);
    cr_expect_str_eq(found, "1 2 3 5 6");
    cr_assert_eq(results->n_hits, 5);
    cr_expect_eq(results->hits[2].collapse_count, 1);
    cr_expect_eq(results->hits[1].collapse_count, 0);
    free(found);
    xc_results_free(results);
    xc_database_free(database);
}

Test(xapian_c_search, facets_count_the_values_of_the_matches)
{
    xc_database *database = open_docs("d", 0, N_DOCS);
    static const uint32_t slots[] = {0, 5};
    xc_search_options options;
    xc_search_options_init(&options);
    options.facet_slots = slots;
    options.n_facet_slots = 2;
    options.check_at_least = UINT32_MAX;
    xc_results *results = pil_fixture_search(database, match_all(), &options);
    xc_database_free(database); /* results do not need it */
    cr_assert_eq(results->n_facets, 2);
    const xc_facet *facet = &results->facets[0];
    cr_expect_eq(facet->slot, 0);
    cr_expect_eq(facet->n_docs, 6);
    cr_assert_eq(facet->n_values, 4);
    static const struct {
        const char *value;
        uint32_t n_docs;
    } expected[] = {{"2001", 2}, {"1949", 1}, {"1991", 1}, {"2023", 1}};
    for (size_t i = 0; i < 4; i++) {
        cr_expect_str_eq(facet->values[i].value, expected[i].value);
        cr_expect_eq(facet->values[i].length, 4);
        cr_expect_eq(facet->values[i].n_docs, expected[i].n_docs);
    }
    cr_expect_eq(results->facets[1].slot, 5);
    cr_expect_eq(results->facets[1].n_values, 0);
    xc_results_free(results);
}

Test(xapian_c_search, options_that_make_no_sense_are_refused)
{
    xc_database *database = open_docs("d", 0, N_DOCS);
    xc_query *query = term("defense");
    xc_results *results = NULL;
    static const uint32_t no_slot = XC_NO_SLOT;
    xc_search_options cases[4];
    for (size_t i = 0; i < 4; i++)
        xc_search_options_init(&cases[i]);
    cases[0].sort = XC_SORT_VALUE; /* by no slot */
    cases[1].collapse_slot = 0;
    cases[1].collapse_max = 0;
    cases[2].n_facet_slots = 1; /* at NULL */
    cases[3].n_facet_slots = 1;
    cases[3].facet_slots = &no_slot;
    for (size_t i = 0; i < 4; i++)
        cr_expect_eq(xc_search(database, query, &cases[i], &results, &error), XC_INVALID_ARGUMENT,
                     "case %zu", i);
    cr_expect_eq(xc_search(NULL, query, NULL, &results, NULL), XC_INVALID_ARGUMENT);
    cr_expect_eq(xc_search(database, NULL, NULL, &results, NULL), XC_INVALID_ARGUMENT);
    cr_expect_eq(xc_search(database, query, NULL, NULL, NULL), XC_INVALID_ARGUMENT);
    xc_query_free(query);
    xc_database_free(database);
}
