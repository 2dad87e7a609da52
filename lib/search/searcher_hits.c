/* A hit: what is stored of it, and where the query matches. */
#include "index/schema.h"
#include "searcher_internal.h"

#include <string.h>

static void *keep_array(pil_searcher *run, const void *items, size_t size)
{
    void *copy = pil_arena_alloc(&run->hits->arena, size);
    if (copy != NULL && size > 0)
        memcpy(copy, items, size);
    return copy;
}

/* Where the query matches. What was found by terms alone must match, and what needed its text was
 * accepted by it: a paragraph that does not match says that the index is damaged. */
static pil_status explain(pil_searcher *run, const pil_hit *hit, pil_match *match, pil_error *err)
{
    pil_status status =
        pil_matcher_run(run->matcher, hit->language, hit->text, hit->text_bytes, match, err);
    if (status == PIL_OK && !match->is_accepted)
        status = pil_error_set(err, PIL_CORRUPT, "a paragraph was found for words that it lacks");
    return status;
}

static pil_status fill_match(pil_searcher *run, const pil_found *found, pil_hit *hit,
                             pil_error *err)
{
    pil_match match;
    const pil_record record = {.language = hit->language, .heading = hit->heading};
    pil_status status = pil_clause_filters_give(run->clause_filters, found->shard, found->docid,
                                                &record, run->matcher, err);
    if (status == PIL_OK)
        status = explain(run, hit, &match, err);
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

/* How many more paragraphs of the hit's article match than are shown. */
static pil_status count_more(pil_searcher *run, const pil_fetched_article *article, pil_hit *hit,
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
        status = pil_searcher_run_query(run, query, 0, 0, UINT32_MAX, run->plan.needs_text,
                                        &results, err);
    if (status == PIL_OK && results->matches_estimated > hit->group_size)
        hit->n_more_in_article = results->matches_estimated - hit->group_size;
    xc_query_free(documents);
    xc_query_free(query);
    xc_results_free(results);
    return status;
}

static pil_status fill_hit(pil_searcher *run, const pil_found *found, pil_hit *hit, pil_error *err)
{
    pil_fetched_article article;
    hit->score = found->score;
    pil_status status = pil_fetch_hit(&run->fetch, found->shard, found->docid,
                                      run->options->context, hit, &article, err);
    if (status == PIL_OK)
        status = fill_match(run, found, hit, err);
    if (status == PIL_OK && run->options->explains)
        status = pil_searcher_explain(run, found, hit, err);
    if (status != PIL_OK || !run->options->group_by_article)
        return status;
    if (hit->group_number == 1)
        return count_more(run, &article, hit, err);
    hit->n_more_in_article = hit[-1].n_more_in_article; /* they follow one another */
    return status;
}

static pil_status fill_copies(pil_searcher *run, const pil_chosen *chosen, pil_hit *hit,
                              pil_error *err)
{
    pil_copy *copies = NULL;
    pil_status status = PIL_OK;
    if (chosen->n_copies > 0) {
        copies = pil_arena_alloc(&run->hits->arena, chosen->n_copies * sizeof *copies);
        status = copies == NULL ? pil_error_no_memory(err) : PIL_OK;
    }
    for (size_t i = 0; i < chosen->n_copies && status == PIL_OK; i++)
        status = pil_fetch_place(&run->fetch, chosen->copies[i].shard, chosen->copies[i].docid,
                                 &copies[i], err);
    hit->copies = copies;
    hit->n_copies = chosen->n_copies;
    return status;
}

pil_status pil_searcher_fill_hits(pil_searcher *run, const pil_chosen *chosen, size_t n,
                                  pil_error *err)
{
    run->items = pil_arena_alloc(&run->hits->arena, (n + 1) * sizeof *run->items);
    if (run->items == NULL)
        return pil_error_no_memory(err);
    pil_status status = PIL_OK;
    for (size_t i = 0; i < n && status == PIL_OK; i++) {
        pil_hit *hit = &run->items[i];
        *hit = (pil_hit){.rank = chosen[i].rank,
                         .group_number = chosen[i].group_number,
                         .group_size = chosen[i].group_size};
        status = fill_hit(run, &chosen[i].found, hit, err);
        if (status == PIL_OK)
            status = fill_copies(run, &chosen[i], hit, err);
        run->hits->some_have_all |= hit->n_missing == 0;
    }
    run->hits->items = run->items;
    run->hits->n_items = n;
    return status;
}
