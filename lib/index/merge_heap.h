/* Which of several sorted streams comes next: a binary heap of their numbers. Private to this
 * folder. */
#ifndef INDEX_MERGE_HEAP_H
#define INDEX_MERGE_HEAP_H

#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

/* Compares what the streams left and right have at their front, as strcmp does. Those that are
 * equal come in the order of their numbers. */
typedef int (*pil_merge_compare)(const void *context, size_t left, size_t right);

typedef struct pil_merge_heap {
    size_t *items; /* [0..n_items) */
    size_t n_items;
    pil_merge_compare compare;
    const void *context;
} pil_merge_heap;

/* An empty heap for up to n_streams. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_merge_heap_init(pil_merge_heap *heap, size_t n_streams,
                                             pil_merge_compare compare, const void *context,
                                             pil_error *err);
void pil_merge_heap_dispose(pil_merge_heap *heap);

void pil_merge_heap_push(pil_merge_heap *heap, size_t stream);
/* items[0] is the first stream. These take it out, or put it where it belongs after its front has
 * changed. */
void pil_merge_heap_pop(pil_merge_heap *heap);
void pil_merge_heap_update(pil_merge_heap *heap);

#endif
