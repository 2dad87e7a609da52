#include "found.h"

#include "reranking.h"
#include "searcher_internal.h"

#include <stdlib.h>
#include <string.h>

void pil_found_dispose(pil_found_list *list)
{
    free(list->items);
    pil_intern_dispose(&list->articles);
    *list = (pil_found_list){0};
}

static pil_status run_query(pil_searcher *run, uint32_t first, uint32_t max_hits,
                            pil_found_list *out, pil_error *err)
{
    xc_results *results = NULL;
    pil_status status = pil_searcher_run_query(run, run->plan.ranked, first, max_hits, 0,
                                               run->plan.needs_text, &results, err);
    if (status != PIL_OK)
        return status;
    out->items = malloc((results->n_hits + 1) * sizeof *out->items);
    if (out->items == NULL)
        status = pil_error_no_memory(err);
    for (size_t i = 0; i < results->n_hits && status == PIL_OK; i++) {
        const xc_hit *hit = &results->hits[i];
        out->items[out->n++] = (pil_found){.shard = hit->shard,
                                           .docid = hit->local_docid,
                                           .score = hit->weight,
                                           .article = PIL_FOUND_NO_ARTICLE};
    }
    out->is_all = out->n < max_hits;
    xc_results_free(results);
    return status;
}

/* Leaves of the list what begins at first. */
static void cut(pil_found_list *list, uint32_t first, uint32_t max_hits)
{
    size_t n = list->n < first ? 0 : list->n - first;
    if (n > 0)
        memmove(list->items, list->items + first, n * sizeof *list->items);
    list->is_all &= n <= max_hits;
    list->n = n < max_hits ? n : max_hits;
}

/* Where texts are looked at, the ranking is known from its beginning on. */
pil_status pil_found_best(pil_searcher *run, uint32_t first, uint32_t max_hits, pil_found_list *out,
                          pil_error *err)
{
    uint32_t depth;
    *out = (pil_found_list){0};
    pil_status status = pil_reranking_depth(run, &depth, err);
    if (status != PIL_OK)
        return status;
    if (first >= depth || max_hits == 0)
        return run_query(run, first, max_hits, out, err);
    uint32_t n = max_hits > UINT32_MAX - first ? UINT32_MAX : first + max_hits;
    status = run_query(run, 0, n <= depth ? depth + 1 : n, out, err);
    if (status == PIL_OK)
        status = pil_reranking_apply(run, depth, out, err);
    if (status == PIL_OK)
        cut(out, first, max_hits);
    return status;
}

pil_status pil_found_article(pil_searcher *run, pil_found_list *list, size_t i, pil_error *err)
{
    pil_found *found = &list->items[i];
    if (found->article != PIL_FOUND_NO_ARTICLE)
        return PIL_OK;
    pil_record record;
    pil_status status = pil_segment_record(&run->snapshot->segments[found->shard], found->docid,
                                           &run->fetch.record_strings, &record, err);
    if (status != PIL_OK)
        return status;
    const uint32_t key[] = {found->shard, found->docid - record.number};
    return pil_intern_add(&list->articles, key, sizeof key, &found->article, NULL) == PIL_OK
               ? PIL_OK
               : pil_error_no_memory(err);
}
