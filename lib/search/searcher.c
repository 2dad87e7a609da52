#include "search/searcher.h"

#include "base/intern.h"
#include "compounds.h"
#include "fetch.h"
#include "filtering.h"
#include "index/schema.h"
#include "index/stamp.h"
#include "plan.h"
#include "search/match.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Beyond these an index holds texts in more languages than a query should be read in. */
enum { MAX_LANGUAGES = 64 };

/* One search under way. */
typedef struct search {
    pil_snapshot *snapshot;
    const pil_query *query;
    const pil_search_options *options;
    pil_matcher *matcher;
    pil_filtering *filtering;
    pil_plan plan;
    const char *languages[MAX_LANGUAGES];
    size_t n_languages;
    bool is_ambiguous; /* terms may be of words in other languages: the text decides */
    pil_fetch fetch;
    pil_hits *hits;
    pil_hit *items;       /* hits->items while they are filled in */
    bool wants_all_words; /* the decider rejects what lacks any */
    /* what went wrong in the decider, which cannot return it */
    pil_status decider_status;
    pil_error decider_error;
} search;

/* ---- before searching ---- */

static pil_status check_stamps(const pil_snapshot *snapshot, pil_analyser *analyser, pil_error *err)
{
    char *stamp = pil_index_stamp(analyser);
    if (stamp == NULL)
        return pil_error_no_memory(err);
    pil_status status = PIL_OK;
    for (size_t i = 0; i < snapshot->manifest.n_segments && status == PIL_OK; i++) {
        const char *other = snapshot->manifest.segments[i].stamp;
        if (strcmp(other, stamp) != 0)
            status = pil_error_set(
                err, PIL_INCOMPATIBLE,
                "its terms are of %s, not of %s; renew them with: pilcrow-index merge", other,
                stamp);
    }
    free(stamp);
    return status;
}

static bool note_language(void *context, const xc_term *term)
{
    search *run = context;
    size_t prefix = strlen(PIL_PREFIX_LANGUAGE);
    char *language = pil_arena_copy(&run->hits->arena, term->bytes + prefix, term->length - prefix);
    if (language != NULL)
        run->languages[run->n_languages++] = language;
    return language != NULL && run->n_languages < MAX_LANGUAGES;
}

/* The languages to read the query in: the one that was asked for, else those of the index. */
static pil_status find_languages(search *run, pil_error *err)
{
    xc_error failure;
    if (xc_database_each_term(run->snapshot->combined, PIL_PREFIX_LANGUAGE,
                              strlen(PIL_PREFIX_LANGUAGE), false, note_language, run,
                              &failure) != XC_OK)
        return pil_status_from_xapian(&failure, err);
    if (run->n_languages == 0)
        return pil_error_no_memory(err);
    const char *asked = run->options->language;
    run->is_ambiguous =
        run->n_languages > 1 || (asked != NULL && strcmp(asked, run->languages[0]) != 0);
    if (asked != NULL) {
        run->languages[0] = asked;
        run->n_languages = 1;
    }
    return PIL_OK;
}

/* ---- searching ---- */

static pil_status accepts(search *run, const pil_record *record, bool *is_accepted, pil_error *err)
{
    pil_status filtered = pil_filtering_accepts(run->filtering, record, is_accepted, err);
    if (filtered != PIL_OK || !*is_accepted)
        return filtered;
    if (!run->wants_all_words)
        return pil_matcher_accepts(run->matcher, record->language, record->text, record->text_bytes,
                                   is_accepted, err);
    pil_match match;
    pil_status status = pil_matcher_run(run->matcher, record->language, record->text,
                                        record->text_bytes, &match, err);
    *is_accepted = status == PIL_OK && match.is_accepted && match.n_missing == 0;
    return status;
}

static xc_verdict decide(void *context, xc_candidate *candidate)
{
    search *run = context;
    const char *data;
    size_t length;
    xc_error failure;
    if (xc_candidate_data(candidate, &data, &length, &failure) != XC_OK)
        return XC_CANCEL; /* the search ends with that failure */
    pil_record record;
    bool is_accepted = false;
    pil_status status = pil_record_decode(data, length, run->snapshot->dictionaries,
                                          &run->fetch.record_strings, &record, &run->decider_error);
    if (status == PIL_OK)
        status = accepts(run, &record, &is_accepted, &run->decider_error);
    run->decider_status = status;
    if (status != PIL_OK)
        return XC_CANCEL;
    return is_accepted ? XC_ACCEPT : XC_REJECT;
}

static pil_status run_query(search *run, const xc_query *query, uint32_t first, uint32_t max_hits,
                            uint32_t check_at_least, bool decided, xc_results **out, pil_error *err)
{
    xc_search_options options;
    xc_search_options_init(&options);
    options.first = first;
    options.max_hits = max_hits;
    options.check_at_least = check_at_least;
    options.bm25.k1 = PIL_BM25_K1;
    options.bm25.b = PIL_BM25_B;
    options.bm25.min_normlen = PIL_BM25_MIN_LENGTH;
    if (decided) {
        options.decider = decide;
        options.decider_context = run;
    }
    xc_error failure;
    run->decider_status = PIL_OK;
    xc_status status = xc_search(run->snapshot->combined, query, &options, out, &failure);
    if (status == XC_CANCELLED && run->decider_status != PIL_OK)
        return pil_error_set(err, run->decider_status, "%s", run->decider_error.message);
    if (status != XC_OK)
        return pil_status_from_xapian(&failure, err);
    run->hits->n_verified += (*out)->n_decided;
    return PIL_OK;
}

/* ---- a hit ---- */

static void *keep_array(search *run, const void *items, size_t size)
{
    void *copy = pil_arena_alloc(&run->hits->arena, size);
    if (copy != NULL && size > 0)
        memcpy(copy, items, size);
    return copy;
}

/* Where the query matches. What was found by terms alone must match, and what needed its text was
 * accepted by it: a paragraph that does not match says that the index is damaged. */
static pil_status explain(search *run, const pil_hit *hit, pil_match *match, pil_error *err)
{
    pil_status status =
        pil_matcher_run(run->matcher, hit->language, hit->text, hit->text_bytes, match, err);
    if (status == PIL_OK && !match->is_accepted)
        status = pil_error_set(err, PIL_CORRUPT, "a paragraph was found for words that it lacks");
    return status;
}

static pil_status fill_match(search *run, pil_hit *hit, pil_error *err)
{
    pil_match match;
    pil_status status = explain(run, hit, &match, err);
    if (status != PIL_OK)
        return status;
    hit->ranges = keep_array(run, match.ranges, match.n_ranges * sizeof match.ranges[0]);
    hit->n_ranges = match.n_ranges;
    hit->missing = keep_array(run, match.missing, match.n_missing * sizeof match.missing[0]);
    hit->n_missing = match.n_missing;
    if (hit->ranges == NULL || hit->missing == NULL)
        return pil_error_no_memory(err);
    return PIL_OK;
}

/* How many more paragraphs of the hit's article match. */
static pil_status count_more(search *run, const pil_fetched_article *article, pil_hit *hit,
                             pil_error *err)
{
    const xc_shard_ranges shard = {article->segment->entry->uuid, PIL_UUID_LENGTH,
                                   &article->documents, 1};
    xc_error failure;
    xc_query *documents = NULL, *query = NULL;
    xc_results *results = NULL;
    if (xc_query_docid_ranges(&shard, 1, &documents, &failure) != XC_OK)
        return pil_status_from_xapian(&failure, err);
    const xc_query *const parts[] = {run->plan.ranked, documents};
    pil_status status = PIL_OK;
    if (xc_query_combine(XC_FILTER, parts, 2, &query, &failure) != XC_OK)
        status = pil_status_from_xapian(&failure, err);
    else
        status = run_query(run, query, 0, 0, UINT32_MAX, run->plan.needs_text, &results, err);
    if (status == PIL_OK && results->matches_estimated > 0)
        hit->n_more_in_article = results->matches_estimated - 1;
    xc_query_free(documents);
    xc_query_free(query);
    xc_results_free(results);
    return status;
}

static pil_status fill_hit(search *run, const xc_hit *found, pil_hit *hit, pil_error *err)
{
    pil_fetched_article article;
    hit->score = found->weight;
    pil_status status = pil_fetch_hit(&run->fetch, found->shard, found->local_docid,
                                      run->options->context, hit, &article, err);
    if (status == PIL_OK)
        status = fill_match(run, hit, err);
    if (status == PIL_OK && run->options->group_by_article)
        status = count_more(run, &article, hit, err);
    return status;
}

/* ---- one hit an article ---- */

enum { FIRST_FETCH = 64 };

/* Sets *is_new when no hit of this article came before. */
static pil_status note_article(search *run, const xc_hit *hit, pil_intern *articles, bool *is_new,
                               pil_error *err)
{
    pil_record record;
    pil_status status = pil_segment_record(&run->snapshot->segments[hit->shard], hit->local_docid,
                                           &run->fetch.record_strings, &record, err);
    if (status != PIL_OK)
        return status;
    const uint32_t key[] = {hit->shard, hit->local_docid - record.number};
    uint32_t number;
    return pil_intern_add(articles, key, sizeof key, &number, is_new) == PIL_OK
               ? PIL_OK
               : pil_error_no_memory(err);
}

/* Keeps the first hit of each article, up to wanted of them, at the front of hits. */
static pil_status keep_first(search *run, xc_hit *hits, size_t *n_hits, size_t wanted,
                             pil_error *err)
{
    pil_intern articles = {0};
    pil_status status = PIL_OK;
    size_t n = 0;
    for (size_t i = 0; i < *n_hits && n < wanted && status == PIL_OK; i++) {
        bool is_new = false;
        status = note_article(run, &hits[i], &articles, &is_new, err);
        if (is_new)
            hits[n++] = hits[i];
    }
    *n_hits = n;
    pil_intern_dispose(&articles);
    return status;
}

/* libxapian can collapse hits by a value, but goes through all that it has kept for each of them,
 * and the value would have to be on every paragraph: so ever more hits are fetched until there are
 * enough articles among them. The hits behind the offset into *out, which the caller frees. */
static pil_status find_articles(search *run, xc_hit **out, size_t *n, pil_error *err)
{
    uint64_t wanted = (uint64_t)run->options->offset + run->options->limit;
    uint64_t fetch = wanted < FIRST_FETCH ? FIRST_FETCH : wanted;
    for (;; fetch *= 4) {
        xc_results *results = NULL;
        uint32_t max_hits = fetch > INT32_MAX ? INT32_MAX : (uint32_t)fetch;
        pil_status status =
            run_query(run, run->plan.ranked, 0, max_hits, 0, run->plan.needs_text, &results, err);
        if (status != PIL_OK)
            return status;
        size_t n_found = results->n_hits;
        *n = n_found;
        *out = malloc((n_found + 1) * sizeof **out);
        if (*out != NULL && n_found > 0)
            memcpy(*out, results->hits, n_found * sizeof **out);
        xc_results_free(results);
        status = *out == NULL ? pil_error_no_memory(err) : keep_first(run, *out, n, wanted, err);
        if (status != PIL_OK || *n == wanted || n_found < max_hits)
            return status;
        free(*out);
        *out = NULL;
    }
}

/* ---- the whole ---- */

static pil_status fill_hits(search *run, const xc_hit *hits, size_t n, pil_error *err)
{
    run->items = pil_arena_alloc(&run->hits->arena, (n + 1) * sizeof *run->items);
    if (run->items == NULL)
        return pil_error_no_memory(err);
    pil_status status = PIL_OK;
    for (size_t i = 0; i < n && status == PIL_OK; i++) {
        pil_hit *hit = &run->items[i];
        *hit = (pil_hit){.rank = run->options->offset + (uint32_t)i + 1};
        status = fill_hit(run, &hits[i], hit, err);
        run->hits->some_have_all |= hit->n_missing == 0;
    }
    run->hits->items = run->items;
    run->hits->n_items = n;
    return status;
}

static pil_status find_paragraphs(search *run, pil_error *err)
{
    xc_results *results = NULL;
    pil_status status = run_query(run, run->plan.ranked, run->options->offset, run->options->limit,
                                  0, run->plan.needs_text, &results, err);
    if (status == PIL_OK)
        status = fill_hits(run, results->hits, results->n_hits, err);
    xc_results_free(results);
    return status;
}

static pil_status find_one_an_article(search *run, pil_error *err)
{
    xc_hit *hits = NULL;
    size_t n = 0, offset = run->options->offset;
    pil_status status = find_articles(run, &hits, &n, err);
    if (status == PIL_OK)
        status = fill_hits(run, hits + (offset < n ? offset : n), offset < n ? n - offset : 0, err);
    free(hits);
    return status;
}

static bool requires_all(const pil_query *query)
{
    for (size_t i = 0; i < query->n_clauses; i++)
        if (query->clauses[i].occur == PIL_OCCUR_SHOULD)
            return false;
    return true;
}

/* When no hit that is shown has all words, one further down may. */
static pil_status look_for_all_words(search *run, pil_error *err)
{
    bool saw_the_first = run->options->offset == 0 && run->options->limit > 0;
    if (run->hits->some_have_all || run->plan.all_words == NULL ||
        (saw_the_first && requires_all(run->query)))
        return PIL_OK;
    xc_results *results = NULL;
    run->wants_all_words = true;
    pil_status status =
        run_query(run, run->plan.all_words, 0, 1, 0, run->plan.needs_text, &results, err);
    run->wants_all_words = false;
    run->hits->some_have_all = status == PIL_OK && results->n_hits > 0;
    xc_results_free(results);
    return status;
}

/* Words of which the index has no paragraph at all. */
static pil_status find_unknown(search *run, pil_error *err)
{
    uint32_t *unknown =
        pil_arena_alloc(&run->hits->arena, (run->query->n_clauses + 1) * sizeof *unknown);
    if (unknown == NULL)
        return pil_error_no_memory(err);
    run->hits->unknown = unknown;
    pil_status status = PIL_OK;
    for (size_t i = 0; i < run->query->n_clauses && status == PIL_OK; i++) {
        if (run->query->clauses[i].occur == PIL_OCCUR_MUST_NOT)
            continue;
        xc_results *results = NULL;
        if (run->plan.clauses[i] != NULL)
            status = run_query(run, run->plan.clauses[i], 0, 1, 0, false, &results, err);
        if (status == PIL_OK && (results == NULL || results->n_hits == 0))
            unknown[run->hits->n_unknown++] = (uint32_t)i;
        xc_results_free(results);
    }
    return status;
}

/* Only the articles that pass. */
static pil_status restrict_query(xc_query **query, const xc_query *articles, pil_error *err)
{
    xc_error failure;
    xc_query *restricted;
    const xc_query *const parts[] = {*query, articles};
    if (*query == NULL)
        return PIL_OK;
    if (xc_query_combine(XC_FILTER, parts, 2, &restricted, &failure) != XC_OK)
        return pil_status_from_xapian(&failure, err);
    xc_query_free(*query);
    *query = restricted;
    return PIL_OK;
}

static pil_status apply_filters(search *run, pil_error *err)
{
    xc_query *articles = NULL;
    run->plan.needs_text |= pil_filtering_has_paragraph_filters(run->filtering);
    if (!pil_filtering_has_article_filters(run->filtering))
        return PIL_OK;
    pil_status status = pil_filtering_articles(run->filtering, run->snapshot, &articles, err);
    if (status == PIL_OK)
        status = restrict_query(&run->plan.ranked, articles, err);
    if (status == PIL_OK)
        status = restrict_query(&run->plan.all_words, articles, err);
    xc_query_free(articles);
    return status;
}

static pil_status count_matches(search *run, pil_error *err)
{
    xc_results *results = NULL;
    pil_status status =
        run_query(run, run->plan.ranked, 0, 0, UINT32_MAX, run->plan.needs_text, &results, err);
    if (status == PIL_OK)
        run->hits->n_matches = results->matches_estimated;
    xc_results_free(results);
    return status;
}

static pil_status search_index(search *run, pil_analyser *analyser, pil_error *err)
{
    pil_status status = find_languages(run, err);
    for (size_t i = 0; i < run->n_languages && status == PIL_OK; i++)
        status = pil_compounds_add(run->snapshot, run->query, analyser, run->languages[i],
                                   run->matcher, err);
    if (status == PIL_OK)
        status = pil_plan_make(&run->plan, run->query, run->matcher, run->languages,
                               run->n_languages, run->is_ambiguous, run->snapshot, err);
    if (status == PIL_OK)
        status = apply_filters(run, err);
    if (status == PIL_OK && run->plan.ranked != NULL)
        status = run->options->group_by_article ? find_one_an_article(run, err)
                                                : find_paragraphs(run, err);
    if (status == PIL_OK && run->plan.ranked != NULL && run->options->counts)
        status = count_matches(run, err);
    if (status == PIL_OK)
        status = look_for_all_words(run, err);
    if (status == PIL_OK && !run->hits->some_have_all)
        status = find_unknown(run, err);
    return status;
}

static pil_status list_words(search *run, pil_error *err)
{
    size_t n = run->query->n_clauses;
    const char **words = pil_arena_alloc(&run->hits->arena, (n + 1) * sizeof *words);
    if (words == NULL)
        return pil_error_no_memory(err);
    for (size_t i = 0; i < n; i++) {
        words[i] = pil_arena_copy(&run->hits->arena, run->query->clauses[i].text,
                                  run->query->clauses[i].text_bytes);
        if (words[i] == NULL)
            return pil_error_no_memory(err);
    }
    run->hits->words = words;
    run->hits->n_words = n;
    return PIL_OK;
}

pil_status pil_search(pil_snapshot *snapshot, const pil_query *query, pil_analyser *analyser,
                      const pil_search_options *options, pil_hits **out, pil_error *err)
{
    *out = NULL;
    search run = {.snapshot = snapshot, .query = query, .options = options};
    run.hits = calloc(1, sizeof *run.hits);
    if (run.hits == NULL)
        return pil_error_no_memory(err);
    pil_fetch_init(&run.fetch, snapshot, &run.hits->arena);
    pil_status status = check_stamps(snapshot, analyser, err);
    if (status == PIL_OK)
        status = list_words(&run, err);
    if (status == PIL_OK)
        status = pil_matcher_new(query, analyser, &run.matcher, err);
    if (status == PIL_OK)
        status = pil_filtering_new(&run.filtering, query, analyser, err);
    if (status == PIL_OK && snapshot->combined != NULL)
        status = search_index(&run, analyser, err);
    pil_plan_dispose(&run.plan);
    pil_matcher_free(run.matcher);
    pil_filtering_free(run.filtering);
    pil_fetch_dispose(&run.fetch);
    if (status == PIL_OK)
        *out = run.hits;
    else
        pil_hits_free(run.hits);
    return status;
}

void pil_hits_free(pil_hits *hits)
{
    if (hits == NULL)
        return;
    pil_arena_dispose(&hits->arena);
    free(hits);
}
