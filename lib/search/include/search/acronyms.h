/* The acronyms that the texts of an index define, for review. */
#ifndef SEARCH_ACRONYMS_H
#define SEARCH_ACRONYMS_H

#include "base/error.h"
#include "index/acronym.h"
#include "index/snapshot.h"

#include <stddef.h>

/* What the segments have of them, added up: the most frequent first, then by their keys.
 * Definitions in paragraphs that were replaced count until their segment is merged. */
typedef struct pil_acronyms {
    pil_acronym *items; /* [0..n_items) */
    size_t n_items;
    pil_acronym_table table; /* has their strings */
} pil_acronyms;

/* The caller disposes of *out, also on failure. PIL_CORRUPT, PIL_IO, PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_acronyms_read(pil_snapshot *snapshot, pil_acronyms *out,
                                           pil_error *err);
void pil_acronyms_dispose(pil_acronyms *acronyms);

#endif
