/* A query as libxapian runs it, with the text asked where terms do not decide. */
#include "index/schema.h"
#include "searcher_internal.h"

#include <string.h>
#include <time.h>

uint64_t pil_search_clock(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000 + (uint64_t)time.tv_nsec / 1000000;
}

static pil_status accepts(pil_searcher *run, const pil_record *record, bool *is_accepted,
                          pil_error *err)
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

/* Tells the matcher which filters of the tree hold. */
static pil_status give_filters(pil_searcher *run, const xc_candidate *candidate,
                               const pil_record *record)
{
    const pil_manifest *manifest = &run->snapshot->manifest;
    const char *uuid = xc_candidate_shard(candidate);
    size_t segment = 0;
    if (run->clause_filters == NULL)
        return PIL_OK;
    while (segment < manifest->n_segments &&
           (uuid == NULL || memcmp(manifest->segments[segment].uuid, uuid, PIL_UUID_LENGTH) != 0))
        segment++;
    if (segment == manifest->n_segments)
        return pil_error_set(&run->decider_error, PIL_INTERNAL, "a paragraph is of no segment");
    return pil_clause_filters_give(run->clause_filters, segment, xc_candidate_docid(candidate),
                                   record, run->matcher, &run->decider_error);
}

static xc_verdict decide(void *context, xc_candidate *candidate)
{
    pil_searcher *run = context;
    const char *data;
    size_t length;
    xc_error failure;
    uint64_t deadline = run->options->deadline_ms;
    run->hits->is_late |= deadline > 0 && pil_search_clock() >= deadline;
    if (run->hits->is_late)
        return XC_REJECT;
    if (xc_candidate_data(candidate, &data, &length, &failure) != XC_OK)
        return XC_CANCEL; /* the search ends with that failure */
    pil_record record;
    bool is_accepted = false;
    pil_status status = pil_record_decode(data, length, run->snapshot->dictionaries,
                                          &run->fetch.record_strings, &record, &run->decider_error);
    if (status == PIL_OK)
        status = give_filters(run, candidate, &record);
    if (status == PIL_OK)
        status = accepts(run, &record, &is_accepted, &run->decider_error);
    run->decider_status = status;
    if (status != PIL_OK)
        return XC_CANCEL;
    return is_accepted ? XC_ACCEPT : XC_REJECT;
}

/* Runs query as options say, which are completed. */
static pil_status run_with(pil_searcher *run, const xc_query *query, xc_search_options *options,
                           bool decided, xc_results **out, pil_error *err)
{
    if (decided) {
        options->decider = decide;
        options->decider_context = run;
        options->tells_shard = run->clause_filters != NULL;
    }
    xc_error failure;
    run->decider_status = PIL_OK;
    xc_status status = xc_search(run->snapshot->combined, query, options, out, &failure);
    if (status == XC_CANCELLED && run->decider_status != PIL_OK)
        return pil_error_set(err, run->decider_status, "%s", run->decider_error.message);
    if (status != XC_OK)
        return pil_status_from_xapian(&failure, err);
    run->hits->n_verified += (*out)->n_decided;
    return PIL_OK;
}

pil_status pil_searcher_run_query(pil_searcher *run, const xc_query *query, uint32_t first,
                                  uint32_t max_hits, uint32_t check_at_least, bool decided,
                                  xc_results **out, pil_error *err)
{
    xc_search_options options;
    xc_search_options_init(&options);
    options.first = first;
    options.max_hits = max_hits;
    options.check_at_least = check_at_least;
    options.bm25.k1 = PIL_BM25_K1;
    options.bm25.b = PIL_BM25_B;
    options.bm25.min_normlen = PIL_BM25_MIN_LENGTH;
    return run_with(run, query, &options, decided, out, err);
}

pil_status pil_searcher_exists(pil_searcher *run, const xc_query *query, bool *exists,
                               pil_error *err)
{
    xc_search_options options;
    xc_results *results = NULL;
    xc_search_options_init(&options);
    options.max_hits = 1;
    options.weighting = XC_WEIGHT_NONE;
    pil_status status = run_with(run, query, &options, false, &results, err);
    *exists = status == PIL_OK && results->n_hits > 0;
    xc_results_free(results);
    return status;
}

pil_status pil_searcher_find_all(pil_searcher *run, xc_results **out, pil_error *err)
{
    xc_search_options options;
    xc_search_options_init(&options);
    options.max_hits = UINT32_MAX;
    options.weighting = XC_WEIGHT_NONE;
    return run_with(run, run->plan.ranked, &options, run->plan.needs_text, out, err);
}
