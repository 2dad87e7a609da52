#include "search/searcher.h"

#include "alternatives.h"
#include "coverage.h"
#include "index/stamp.h"
#include "languages.h"
#include "searcher_internal.h"
#include "word_weights.h"

#include <stdlib.h>
#include <string.h>

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

/* The languages to read the query in: the one that was asked for, else those of the index. */
static pil_status find_languages(pil_searcher *run, pil_error *err)
{
    pil_languages *found = &run->index_languages;
    pil_status status = pil_languages_find(run->snapshot, &run->hits->arena, found, err);
    if (status != PIL_OK)
        return status;
    run->n_languages = found->n;
    memcpy(run->languages, found->codes, found->n * sizeof found->codes[0]);
    run->areas = (pil_language_areas){.languages = found, .snapshot = run->snapshot};
    const char *asked = run->options->language;
    if (asked != NULL) {
        run->languages[0] = asked;
        run->n_languages = 1;
    }
    return PIL_OK;
}

/* ---- the whole ---- */

/* Those of the page, best first. */
static pil_status find_best(pil_searcher *run, pil_error *err)
{
    const pil_search_options *options = run->options;
    pil_found_list list;
    pil_chosen *chosen = NULL;
    pil_status status = pil_found_best(run, options->offset, options->limit, &list, err);
    if (status == PIL_OK)
        chosen = malloc((list.n + 1) * sizeof *chosen);
    if (status == PIL_OK && chosen == NULL)
        status = pil_error_no_memory(err);
    for (size_t i = 0; i < list.n && status == PIL_OK; i++)
        chosen[i] = (pil_chosen){.found = list.items[i], .rank = options->offset + (uint32_t)i + 1};
    if (status == PIL_OK)
        status = pil_searcher_fill_hits(run, chosen, list.n, err);
    free(chosen);
    pil_found_dispose(&list);
    return status;
}

static pil_status find_hits(pil_searcher *run, pil_error *err)
{
    const pil_search_options *options = run->options;
    bool is_chosen =
        options->group_by_article || options->collapse_copies || options->sort != PIL_SORT_SCORE;
    return is_chosen && options->limit > 0 ? pil_searcher_find_choice(run, err)
                                           : find_best(run, err);
}

static bool requires_all(const pil_query *query)
{
    for (size_t i = 0; i < query->n_clauses; i++)
        if (query->clauses[i].occur == PIL_OCCUR_SHOULD)
            return false;
    return true;
}

/* When no hit that is shown has all words, one further down may. */
static pil_status look_for_all_words(pil_searcher *run, pil_error *err)
{
    bool saw_the_first = run->options->offset == 0 && run->options->limit > 0;
    if (run->hits->some_have_all || run->plan.all_words == NULL ||
        (saw_the_first && requires_all(run->query)))
        return PIL_OK;
    xc_results *results = NULL;
    run->wants_all_words = true;
    pil_status status = pil_searcher_run_query(run, run->plan.all_words, 0, 1, 0,
                                               run->plan.needs_text, &results, err);
    run->wants_all_words = false;
    run->hits->some_have_all = status == PIL_OK && results->n_hits > 0;
    xc_results_free(results);
    return status;
}

/* Words of which the index has no paragraph at all. */
static pil_status find_unknown(pil_searcher *run, pil_error *err)
{
    uint32_t *unknown =
        pil_arena_alloc(&run->hits->arena, (run->query->n_clauses + 1) * sizeof *unknown);
    if (unknown == NULL)
        return pil_error_no_memory(err);
    run->hits->unknown = unknown;
    pil_status status = PIL_OK;
    for (size_t i = 0; i < run->query->n_clauses && status == PIL_OK; i++) {
        const pil_clause *clause = &run->query->clauses[i];
        bool has_words = clause->kind != PIL_CLAUSE_REGEX && clause->kind != PIL_CLAUSE_FILTER;
        if (clause->occur == PIL_OCCUR_MUST_NOT || !has_words)
            continue;
        bool exists = false;
        if (run->plan.clauses[i] != NULL)
            status = pil_searcher_exists(run, run->plan.clauses[i], &exists, err);
        if (!exists)
            unknown[run->hits->n_unknown++] = (uint32_t)i;
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

static pil_status apply_article_filters(pil_searcher *run, pil_error *err)
{
    xc_query *articles = NULL;
    pil_selection selection = {0};
    if (!pil_filtering_has_article_filters(run->filtering))
        return PIL_OK;
    pil_status status = pil_filtering_articles(run->filtering, run->snapshot, &selection, err);
    if (status == PIL_OK)
        status = pil_selection_query(&selection, &run->snapshot->manifest, &articles, err);
    pil_selection_dispose(&selection);
    if (status == PIL_OK)
        status = restrict_query(&run->plan.ranked, articles, err);
    if (status == PIL_OK)
        status = restrict_query(&run->plan.all_words, articles, err);
    xc_query_free(articles);
    return status;
}

/* By where the languages are: no text need be looked at. */
static pil_status apply_language_filters(pil_searcher *run, pil_error *err)
{
    bool is_wanted[PIL_LANGUAGES_MAX] = {false};
    xc_query *area = NULL;
    if (!pil_filtering_has_field(run->filtering, PIL_FILTER_LANGUAGE))
        return PIL_OK;
    for (size_t i = 0; i < run->index_languages.n; i++)
        is_wanted[i] =
            pil_filtering_accepts_language(run->filtering, run->index_languages.codes[i]);
    pil_status status = pil_language_areas_query(&run->areas, is_wanted, &area, err);
    if (status == PIL_OK)
        status = restrict_query(&run->plan.ranked, area, err);
    if (status == PIL_OK)
        status = restrict_query(&run->plan.all_words, area, err);
    xc_query_free(area);
    return status;
}

static pil_status apply_filters(pil_searcher *run, pil_error *err)
{
    run->plan.needs_text |= pil_filtering_has_field(run->filtering, PIL_FILTER_HEADING);
    pil_status status = apply_article_filters(run, err);
    return status == PIL_OK ? apply_language_filters(run, err) : status;
}

static pil_status exclude(xc_query **query, const xc_query *document, pil_error *err)
{
    xc_error failure;
    xc_query *without;
    const xc_query *const parts[] = {*query, document};
    if (*query == NULL)
        return PIL_OK;
    if (xc_query_combine(XC_AND_NOT, parts, 2, &without, &failure) != XC_OK)
        return pil_status_from_xapian(&failure, err);
    xc_query_free(*query);
    *query = without;
    return PIL_OK;
}

/* All but the paragraph that is not wanted. */
static pil_status leave_out_one(pil_searcher *run, pil_error *err)
{
    const pil_document *except = run->options->except;
    xc_query *document = NULL;
    xc_error failure;
    if (except == NULL)
        return PIL_OK;
    const xc_docid_range range = {except->docid, except->docid};
    const xc_shard_ranges shard = {run->snapshot->segments[except->shard].entry->uuid,
                                   PIL_UUID_LENGTH, &range, 1};
    if (xc_query_docid_ranges(&shard, 1, &document, &failure) != XC_OK)
        return pil_status_from_xapian(&failure, err);
    pil_status status = exclude(&run->plan.ranked, document, err);
    if (status == PIL_OK)
        status = exclude(&run->plan.all_words, document, err);
    xc_query_free(document);
    return status;
}

/* Only what was no hit before. */
static pil_status leave_out_seen(pil_searcher *run, pil_error *err)
{
    xc_query *unseen = NULL;
    if (run->options->seen == NULL || run->plan.ranked == NULL)
        return PIL_OK;
    pil_status status = pil_searcher_find_unseen(run, &unseen, err);
    if (status == PIL_OK)
        status = restrict_query(&run->plan.ranked, unseen, err);
    if (status == PIL_OK)
        status = restrict_query(&run->plan.all_words, unseen, err);
    xc_query_free(unseen);
    return status;
}

static pil_status count_matches(pil_searcher *run, pil_error *err)
{
    xc_results *results = NULL;
    pil_status status = pil_searcher_run_query(run, run->plan.ranked, 0, 0, UINT32_MAX,
                                               run->plan.needs_text, &results, err);
    if (status == PIL_OK)
        run->hits->n_matches = results->matches_estimated;
    xc_results_free(results);
    return status;
}

/* Whether all that matches is gone through, so that the text is best not asked of each. */
static bool goes_through_all(const pil_search_options *options)
{
    return options->counts || options->n_facets > 0 || options->sort != PIL_SORT_SCORE ||
           options->seen != NULL;
}

static pil_status expand(pil_searcher *run, pil_error *err)
{
    pil_status status =
        pil_expansions_make(&run->expansions, run->snapshot, run->query, run->matcher, err);
    if (status == PIL_OK && goes_through_all(run->options))
        status = pil_coverage_find(&run->expansions, run->query->n_clauses, run->snapshot, err);
    return status;
}

static pil_status make_plan(pil_searcher *run, pil_error *err)
{
    double *weights =
        pil_arena_alloc(&run->hits->arena, (run->query->n_clauses + 1) * sizeof *weights);
    if (weights == NULL)
        return pil_error_no_memory(err);
    pil_status status = pil_word_weights(run->snapshot, run->query, run->analyser,
                                         &run->index_languages, weights, err);
    if (status != PIL_OK)
        return status;
    run->weights = weights;
    const pil_plan_settings settings = {.query = run->query,
                                        .matcher = run->matcher,
                                        .languages = run->languages,
                                        .n_languages = run->n_languages,
                                        .areas = &run->areas,
                                        .weights = weights,
                                        .expansions = &run->expansions,
                                        .filters = run->clause_filters};
    return pil_plan_make(&run->plan, &settings, run->snapshot, err);
}

/* Clauses that stand for more words than are looked up. */
static pil_status list_cut(pil_searcher *run, pil_error *err)
{
    uint32_t *cut = pil_arena_alloc(&run->hits->arena, (run->query->n_clauses + 1) * sizeof *cut);
    if (cut == NULL)
        return pil_error_no_memory(err);
    run->hits->cut = cut;
    for (size_t i = 0; i < run->query->n_clauses; i++) {
        if (run->expansions.clauses[i].is_cut)
            cut[run->hits->n_cut++] = (uint32_t)i;
    }
    return PIL_OK;
}

static pil_status search_index(pil_searcher *run, pil_analyser *analyser, pil_error *err)
{
    pil_status status = find_languages(run, err);
    if (status == PIL_OK)
        status = pil_alternatives_add(run->snapshot, run->query, analyser, run->languages,
                                      run->n_languages, run->options, run->matcher, err);
    if (status == PIL_OK)
        status = expand(run, err);
    if (status == PIL_OK)
        status = pil_clause_filters_new(&run->clause_filters, run->snapshot, run->query,
                                        &run->areas, analyser, err);
    if (status == PIL_OK)
        status = make_plan(run, err);
    if (status == PIL_OK)
        status = apply_filters(run, err);
    if (status == PIL_OK && run->options->judged != NULL)
        status = pil_searcher_judge(run, err);
    if (status == PIL_OK)
        status = leave_out_one(run, err);
    if (status == PIL_OK)
        status = leave_out_seen(run, err);
    if (status == PIL_OK && run->plan.ranked != NULL)
        status = find_hits(run, err);
    if (status == PIL_OK && run->plan.ranked != NULL && run->options->counts &&
        run->options->n_facets == 0)
        status = count_matches(run, err);
    if (status == PIL_OK)
        status = look_for_all_words(run, err);
    if (status == PIL_OK && !run->hits->some_have_all)
        status = find_unknown(run, err);
    if (status == PIL_OK)
        status = list_cut(run, err);
    run->hits->is_limited = pil_matcher_is_limited(run->matcher);
    return status;
}

static pil_status list_words(pil_searcher *run, pil_error *err)
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
    pil_searcher run = {
        .snapshot = snapshot, .query = query, .analyser = analyser, .options = options};
    run.hits = calloc(1, sizeof *run.hits);
    if (run.hits == NULL)
        return pil_error_no_memory(err);
    pil_fetch_init(&run.fetch, snapshot, &run.hits->arena);
    run.fetch.section = options->section;
    pil_status status = check_stamps(snapshot, analyser, err);
    if (status == PIL_OK)
        status = list_words(&run, err);
    if (status == PIL_OK)
        status = pil_matcher_new(query, analyser, &run.matcher, err);
    if (status == PIL_OK)
        status = pil_filtering_new(&run.filtering, query->filters, query->n_filters, analyser, err);
    if (status == PIL_OK && snapshot->combined != NULL)
        status = search_index(&run, analyser, err);
    if (status == PIL_OK && options->n_facets > 0)
        status = pil_searcher_count_facets(&run, err);
    pil_plan_dispose(&run.plan);
    pil_matcher_free(run.matcher);
    pil_filtering_free(run.filtering);
    pil_clause_filters_free(run.clause_filters);
    pil_expansions_dispose(&run.expansions);
    pil_language_areas_dispose(&run.areas);
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
