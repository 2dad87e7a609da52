/* The terms of a text. Private to this folder. */
#ifndef SEARCH_TERM_COUNTS_H
#define SEARCH_TERM_COUNTS_H

#include "base/intern.h"
#include "search/match.h"
#include "text/analyser.h"

#include <stddef.h>
#include <stdint.h>

/* Strings in order of arrival, and how often each stands there as a word. A term that only derives
 * from a word, as the parts of one joined do, stands there 0 times. */
typedef struct pil_term_counts {
    pil_intern terms;
    uint32_t *n_times; /* [0..terms.n_entries) */
    uint32_t n_words;  /* in the text */
} pil_term_counts;

/* Counts those of text[0..length) in language. The caller disposes of *out in any case.
 * PIL_NO_MEMORY, PIL_INTERNAL. */
PIL_NODISCARD pil_status pil_term_counts_of(pil_analyser *analyser, const char *language,
                                            const char *text, size_t length, pil_term_counts *out,
                                            pil_error *err);
void pil_term_counts_dispose(pil_term_counts *counts);

/* How often the term of token stands there as a word. */
uint32_t pil_term_counts_find(const pil_term_counts *counts, const pil_reading_token *token);

#endif
