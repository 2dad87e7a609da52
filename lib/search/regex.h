/* Regular expressions over paragraphs: PCRE2 with its limits set. Private to this folder. */
#ifndef SEARCH_REGEX_H
#define SEARCH_REGEX_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

/* Not shareable between threads. */
typedef struct pil_regex pil_regex;

/* Compiles an expression of PCRE2, for UTF-8: a dot is any character, line feeds included, and \w
 * any letter of Unicode; text that is not UTF-8 never matches. PIL_BAD_QUERY with PCRE2's message,
 * and in *wrong_at the offset in the expression that it names; PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_regex_new(pil_regex **out, const char *expression, size_t length,
                                       bool ignores_case, size_t *wrong_at, pil_error *err);
void pil_regex_free(pil_regex *regex);

/* The first match in text[0..length) that begins at `from` or behind: [*begin, *end). One that is
 * empty is none. A text on which PCRE2 reaches a limit (steps or memory) has none, and
 * *is_limited tells. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_regex_find(pil_regex *regex, const char *text, size_t length,
                                        size_t from, bool *found, size_t *begin, size_t *end,
                                        bool *is_limited, pil_error *err);

#endif
