#include "collapse.h"

#include "searcher_internal.h"

#include <stdlib.h>

pil_status pil_collapse_init(pil_collapse *collapse, pil_searcher *run, const pil_found_list *list,
                             pil_error *err)
{
    *collapse = (pil_collapse){
        .run = run,
        .list = list,
        .copies = pil_copies_new(),
        .is_seen = calloc(list->n + 1, sizeof *collapse->is_seen),
        .original_of = malloc((list->n + 1) * sizeof *collapse->original_of),
    };
    if (collapse->copies == NULL || collapse->is_seen == NULL || collapse->original_of == NULL)
        return pil_error_no_memory(err);
    for (size_t i = 0; i < list->n; i++)
        collapse->original_of[i] = PIL_COPIES_NONE;
    return PIL_OK;
}

void pil_collapse_dispose(pil_collapse *collapse)
{
    pil_copies_free(collapse->copies);
    pil_arena_dispose(&collapse->arena);
    free(collapse->is_seen);
    free(collapse->original_of);
    free(collapse->sorted);
    free(collapse->begins);
    *collapse = (pil_collapse){0};
}

/* The original that item i is a copy of, or PIL_COPIES_NONE, and its runs. */
static pil_status look_at(pil_collapse *self, size_t i, pil_text_runs *runs, pil_error *err)
{
    pil_searcher *run = self->run;
    const pil_found *found = &self->list->items[i];
    pil_record record;
    const pil_token *tokens;
    size_t n_tokens;
    pil_status status = pil_segment_record(&run->snapshot->segments[found->shard], found->docid,
                                           &run->fetch.record_strings, &record, err);
    if (status == PIL_OK)
        status = pil_analyser_run(run->analyser, record.language, record.text, record.text_bytes,
                                  &tokens, &n_tokens, err);
    if (status == PIL_OK)
        status = pil_copies_runs(&self->arena, tokens, n_tokens, runs, err);
    if (status == PIL_OK)
        self->original_of[i] = pil_copies_find(self->copies, runs);
    self->is_seen[i] = true;
    return status;
}

pil_status pil_collapse_take(pil_collapse *collapse, size_t i, uint32_t *original, pil_error *err)
{
    pil_text_runs runs;
    *original = PIL_COPIES_NONE;
    pil_status status = look_at(collapse, i, &runs, err);
    if (status != PIL_OK || collapse->original_of[i] != PIL_COPIES_NONE)
        return status;
    collapse->n_originals++;
    return pil_copies_add(collapse->copies, &runs, original, err);
}

pil_status pil_collapse_look_ahead(pil_collapse *collapse, size_t n, pil_error *err)
{
    pil_text_runs runs;
    pil_status status = PIL_OK;
    for (size_t i = 0; i < n && i < collapse->list->n && status == PIL_OK; i++)
        if (!collapse->is_seen[i])
            status = look_at(collapse, i, &runs, err);
    return status;
}

pil_status pil_collapse_sort(pil_collapse *collapse, pil_error *err)
{
    const pil_found_list *list = collapse->list;
    const uint32_t *original_of = collapse->original_of;
    size_t n_originals = collapse->n_originals;
    collapse->begins = calloc(n_originals + 2, sizeof *collapse->begins);
    collapse->sorted = malloc((list->n + 1) * sizeof *collapse->sorted);
    if (collapse->begins == NULL || collapse->sorted == NULL)
        return pil_error_no_memory(err);
    /* Counted two places further on, they become where each begins one place further on, and by
     * filling where it ends: that is where the next begins. */
    uint32_t *begins = collapse->begins;
    for (size_t i = 0; i < list->n; i++)
        if (original_of[i] != PIL_COPIES_NONE)
            begins[original_of[i] + 2]++;
    for (size_t k = 1; k < n_originals + 2; k++)
        begins[k] += begins[k - 1];
    for (size_t i = 0; i < list->n; i++)
        if (original_of[i] != PIL_COPIES_NONE)
            collapse->sorted[begins[original_of[i] + 1]++] = list->items[i];
    return PIL_OK;
}
