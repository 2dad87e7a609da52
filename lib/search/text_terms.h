/* The terms of texts, numbered together so that texts can be compared. Private to this folder. */
#ifndef SEARCH_TEXT_TERMS_H
#define SEARCH_TEXT_TERMS_H

#include "base/arena.h"
#include "base/intern.h"
#include "text/analyser.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The strings of the terms of all texts read. Equal terms of two languages are one. Zero-initialise
 * to start empty. */
typedef struct pil_term_table {
    pil_intern terms;
    bool *is_stop;       /* of each: a word that it was seen as is a stop word */
    uint32_t *places;    /* of each: scratch of a text */
    uint32_t n_capacity; /* of both */
    pil_arena arena;     /* the lists of the texts */

    /* The analyser's numbers, so that strings are looked up once in a row of texts. */
    char language[PIL_LANGUAGE_MAX];
    uint64_t epoch;
    uint32_t *known; /* [0..n_known): by its number the one in the table, plus 1; 0: not known */
    uint32_t n_known;
} pil_term_table;

typedef struct pil_text_term {
    uint32_t number;  /* in the table */
    uint32_t n_times; /* as a word: 0 for one that only derives from a word, as the parts of one
                         joined do */
} pil_text_term;

/* A text. Lives as long as the table. */
typedef struct pil_text_terms {
    const pil_text_term *items; /* [0..n), by number */
    size_t n;
    uint32_t n_words;        /* in the text */
    const uint32_t *numbers; /* [0..n_tokens): of each token */
    size_t n_tokens;
} pil_text_terms;

void pil_term_table_dispose(pil_term_table *table);

/* The number of a term that was not seen in a text, such as one of a query. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_term_table_add(pil_term_table *table, const char *term, size_t length,
                                            uint32_t *number, pil_error *err);

/* What the last pil_analyser_run of analyser made of a text in language. One table, one analyser.
 * PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_text_terms_of(pil_term_table *table, const pil_analyser *analyser,
                                           const char *language, const pil_token *tokens,
                                           size_t n_tokens, pil_text_terms *out, pil_error *err);

/* The same of text[0..length), which is analysed. PIL_NO_MEMORY, PIL_INTERNAL. */
PIL_NODISCARD pil_status pil_text_terms_read(pil_term_table *table, pil_analyser *analyser,
                                             const char *language, const char *text, size_t length,
                                             pil_text_terms *out, pil_error *err);

/* The term of that number in the text; NULL when it does not have it. */
const pil_text_term *pil_text_terms_find(const pil_text_terms *text, uint32_t number);

#endif
