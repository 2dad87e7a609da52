/* Paragraphs of a list that are copies of earlier ones in it. Private to this folder.
 *
 * What is looked at becomes a copy of the first original that it is a copy of, or an original
 * itself. So of a list and of one that begins like it the same paragraphs are originals: pages
 * neither repeat a copy nor lose a paragraph.
 *
 * Cost: each paragraph that is looked at is read and analysed once; copies.h has the rest. */
#ifndef SEARCH_COLLAPSE_H
#define SEARCH_COLLAPSE_H

#include "base/error.h"
#include "copies.h"
#include "found.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct pil_collapse {
    struct pil_searcher *run; /* borrowed, as is the list */
    const pil_found_list *list;
    pil_copies *copies;
    pil_arena arena;       /* the runs of what was looked at */
    bool *is_seen;         /* [0..list->n): it was looked at */
    uint32_t *original_of; /* [0..list->n): of copies, the number of the original; else
                              PIL_COPIES_NONE */
    uint32_t n_originals;
    pil_found *sorted; /* the copies, those of one original together, after pil_collapse_sort */
    uint32_t *begins;  /* [0..n_originals]: where those of each begin in sorted */
} pil_collapse;

/* PIL_NO_MEMORY; the caller disposes of it in any case. */
PIL_NODISCARD pil_status pil_collapse_init(pil_collapse *collapse, struct pil_searcher *run,
                                           const pil_found_list *list, pil_error *err);
void pil_collapse_dispose(pil_collapse *collapse);

/* Looks at item i, which was not looked at before; what is no copy becomes the original *original,
 * else that is PIL_COPIES_NONE. PIL_CORRUPT, PIL_IO, PIL_NO_MEMORY, PIL_INTERNAL. */
PIL_NODISCARD pil_status pil_collapse_take(pil_collapse *collapse, size_t i, uint32_t *original,
                                           pil_error *err);

/* Looks for copies among those of the first n items that were not looked at; no originals are
 * added. As above. */
PIL_NODISCARD pil_status pil_collapse_look_ahead(pil_collapse *collapse, size_t n, pil_error *err);

/* Makes sorted and begins. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_collapse_sort(pil_collapse *collapse, pil_error *err);

#endif
