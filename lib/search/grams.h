/* Common grams: what the terms for two common words side by side (index/common_words.h) tell of a
 * phrase before any text is looked at. */
#ifndef SEARCH_GRAMS_H
#define SEARCH_GRAMS_H

#include "base/error.h"
#include "index/common_words.h"
#include "index/manifest.h"
#include "search/match.h"
#include "xapian_c.h"

#include <stddef.h>

/* The lists of common words that the segments of a manifest were built with. */
typedef struct pil_grams {
    const pil_manifest *manifest;
    pil_common_words *lists; /* [0..n_lists): of manifest->commons */
    size_t n_lists;
} pil_grams;

/* manifest is borrowed. PIL_NO_MEMORY, PIL_CORRUPT. */
PIL_NODISCARD pil_status pil_grams_init(pil_grams *out, const pil_manifest *manifest,
                                        pil_error *err);
void pil_grams_dispose(pil_grams *grams);

/* What a paragraph must have to have the words of reading side by side: the grams of those that
 * follow one another, in the segments whose list has them; all paragraphs of the others. *out, the
 * caller's, is NULL when no gram applies; its weight is not to be counted. PIL_NO_MEMORY,
 * PIL_INTERNAL. */
PIL_NODISCARD pil_status pil_grams_condition(const pil_grams *grams, const pil_reading *reading,
                                             xc_query **out, pil_error *err);

#endif
