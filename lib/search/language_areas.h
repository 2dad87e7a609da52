/* Where in the index each language is. Private to this folder. */
#ifndef SEARCH_LANGUAGE_AREAS_H
#define SEARCH_LANGUAGE_AREAS_H

#include "base/error.h"
#include "index/snapshot.h"
#include "languages.h"
#include "selection.h"
#include "xapian_c.h"

#include <stdbool.h>
#include <stdint.h>

/* Where texts of each language begin in a segment: docids[i][0..n[i]), ascending. A text ends where
 * the next one begins, in whatever language. */
typedef struct pil_language_starts {
    uint32_t *docids[PIL_LANGUAGES_MAX]; /* in the order of the languages */
    size_t n[PIL_LANGUAGES_MAX];
} pil_language_starts;

/* Zero-initialise but for the first two, which are borrowed. */
typedef struct pil_language_areas {
    const pil_languages *languages; /* those of the snapshot */
    const pil_snapshot *snapshot;
    pil_language_starts *segments; /* NULL until they are asked for */
} pil_language_areas;

void pil_language_areas_dispose(pil_language_areas *areas);

/* The paragraphs in the languages that are wanted; is_wanted is by the languages' order. Reads all
 * postings of the languages, once: there is one for each article, and one for each paragraph that
 * changes over. The caller disposes of *out. PIL_CORRUPT, PIL_IO, PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_language_areas_select(pil_language_areas *areas,
                                                   const bool is_wanted[PIL_LANGUAGES_MAX],
                                                   pil_selection *out, pil_error *err);

/* The same as a query without weight. The caller frees *out. */
PIL_NODISCARD pil_status pil_language_areas_query(pil_language_areas *areas,
                                                  const bool is_wanted[PIL_LANGUAGES_MAX],
                                                  xc_query **out, pil_error *err);

#endif
