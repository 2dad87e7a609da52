#include "merge_heap.h"

#include <stdbool.h>
#include <stdlib.h>

pil_status pil_merge_heap_init(pil_merge_heap *heap, size_t n_streams, pil_merge_compare compare,
                               const void *context, pil_error *err)
{
    *heap = (pil_merge_heap){.compare = compare, .context = context};
    heap->items = malloc((n_streams + 1) * sizeof *heap->items);
    return heap->items == NULL ? pil_error_no_memory(err) : PIL_OK;
}

void pil_merge_heap_dispose(pil_merge_heap *heap)
{
    free(heap->items);
    *heap = (pil_merge_heap){0};
}

static bool is_before(const pil_merge_heap *heap, size_t left, size_t right)
{
    int order = heap->compare(heap->context, left, right);
    return order < 0 || (order == 0 && left < right);
}

void pil_merge_heap_push(pil_merge_heap *heap, size_t stream)
{
    size_t at = heap->n_items++;
    while (at > 0 && is_before(heap, stream, heap->items[(at - 1) / 2])) {
        heap->items[at] = heap->items[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    heap->items[at] = stream;
}

void pil_merge_heap_update(pil_merge_heap *heap)
{
    size_t at = 0, stream = heap->items[0];
    for (;;) {
        size_t child = 2 * at + 1;
        if (child >= heap->n_items)
            break;
        if (child + 1 < heap->n_items &&
            is_before(heap, heap->items[child + 1], heap->items[child]))
            child++;
        if (!is_before(heap, heap->items[child], stream))
            break;
        heap->items[at] = heap->items[child];
        at = child;
    }
    heap->items[at] = stream;
}

void pil_merge_heap_pop(pil_merge_heap *heap)
{
    heap->items[0] = heap->items[--heap->n_items];
    if (heap->n_items > 0)
        pil_merge_heap_update(heap);
}
