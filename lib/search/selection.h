/* Documents of an index: ranges of each segment. Private to this folder. */
#ifndef SEARCH_SELECTION_H
#define SEARCH_SELECTION_H

#include "base/error.h"
#include "index/manifest.h"
#include "xapian_c.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct pil_segment_selection {
    pil_docid_range *ranges; /* [0..n_ranges), ascending, with a document between any two */
    size_t n_ranges, capacity;
} pil_segment_selection;

typedef struct pil_selection {
    pil_segment_selection *segments; /* [0..n_segments), in the manifest's order */
    size_t n_segments;
} pil_selection;

/* No documents of n_segments segments. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_selection_init(pil_selection *out, size_t n_segments, pil_error *err);
void pil_selection_dispose(pil_selection *selection);

/* Adds documents behind those that are there. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_selection_add(pil_segment_selection *segment, pil_docid_range range,
                                           pil_error *err);
/* By binary search. */
bool pil_selection_has(const pil_selection *selection, size_t segment, uint32_t docid);

/* The documents as a query without weight, which copies them. The caller frees *out. PIL_NO_MEMORY,
 * PIL_INTERNAL. */
PIL_NODISCARD pil_status pil_selection_query(const pil_selection *selection,
                                             const pil_manifest *manifest, xc_query **out,
                                             pil_error *err);

#endif
