/* A query that can be looked for in a text as it was typed, without analysing the text. Private to
 * this folder. */
#ifndef SEARCH_LITERAL_H
#define SEARCH_LITERAL_H

#include "search/query.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct pil_literal {
    char *bytes; /* NULL: the query cannot be */
    size_t length;
} pil_literal;

/* That of a query which is one word or phrase of ASCII letters and nothing else, however it is
 * inflected. PIL_NO_MEMORY; the caller disposes of *out. */
PIL_NODISCARD pil_status pil_literal_of(const pil_query *query, pil_literal *out);
void pil_literal_dispose(pil_literal *literal);

/* Whether the words stand in text[0..length) as they were typed, capitalised or not, where
 * nothing touches them but what ends a word in any case. Then the text matches, whatever its
 * language is; else it may, by other forms of the words. */
bool pil_literal_stands_in(const pil_literal *literal, const char *text, size_t length);

#endif
