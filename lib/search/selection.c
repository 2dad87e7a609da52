#include "selection.h"

#include "index/segment.h"

#include <stdlib.h>

pil_status pil_selection_init(pil_selection *out, size_t n_segments, pil_error *err)
{
    *out = (pil_selection){.segments = calloc(n_segments + 1, sizeof *out->segments),
                           .n_segments = n_segments};
    return out->segments == NULL ? pil_error_no_memory(err) : PIL_OK;
}

void pil_selection_dispose(pil_selection *selection)
{
    for (size_t i = 0; selection->segments != NULL && i < selection->n_segments; i++)
        free(selection->segments[i].ranges);
    free(selection->segments);
    *selection = (pil_selection){0};
}

pil_status pil_selection_add(pil_segment_selection *segment, pil_docid_range range, pil_error *err)
{
    if (segment->n_ranges > 0 && segment->ranges[segment->n_ranges - 1].last + 1 == range.first) {
        segment->ranges[segment->n_ranges - 1].last = range.last;
        return PIL_OK;
    }
    if (segment->n_ranges == segment->capacity) {
        size_t capacity = segment->capacity == 0 ? 64 : segment->capacity * 2;
        pil_docid_range *grown = realloc(segment->ranges, capacity * sizeof *grown);
        if (grown == NULL)
            return pil_error_no_memory(err);
        segment->ranges = grown;
        segment->capacity = capacity;
    }
    segment->ranges[segment->n_ranges++] = range;
    return PIL_OK;
}

bool pil_selection_has(const pil_selection *selection, size_t segment, uint32_t docid)
{
    const pil_segment_selection *list = &selection->segments[segment];
    size_t begin = 0, end = list->n_ranges;
    while (begin < end) {
        size_t middle = begin + (end - begin) / 2;
        if (list->ranges[middle].last < docid)
            begin = middle + 1;
        else
            end = middle;
    }
    return begin < list->n_ranges && list->ranges[begin].first <= docid;
}

pil_status pil_selection_query(const pil_selection *selection, const pil_manifest *manifest,
                               xc_query **out, pil_error *err)
{
    size_t n = 0;
    xc_shard_ranges *shards = calloc(selection->n_segments + 1, sizeof *shards);
    if (shards == NULL)
        return pil_error_no_memory(err);
    for (size_t i = 0; i < selection->n_segments; i++) {
        const pil_segment_selection *list = &selection->segments[i];
        if (list->n_ranges > 0)
            shards[n++] = (xc_shard_ranges){manifest->segments[i].uuid, PIL_UUID_LENGTH,
                                            list->ranges, list->n_ranges};
    }
    xc_error failure;
    xc_status status = n > 0 ? xc_query_docid_ranges(shards, n, out, &failure)
                             : xc_query_match_nothing(out, &failure);
    free(shards);
    return status == XC_OK ? PIL_OK : pil_status_from_xapian(&failure, err);
}
