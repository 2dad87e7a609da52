/* Words that say little of what a text is about, as "the" and "which". They are indexed and found
 * like all others; only in the ranking of a query they count less. */
#ifndef TEXT_STOP_WORDS_H
#define TEXT_STOP_WORDS_H

#include <stdbool.h>

/* True for a form, as a token has it, that is on the list of the language, a code as
 * pil_language_normalise gives it. Languages without a list have no such words. */
bool pil_is_stop_word(const char *language, const char *form);

/* The list of a language as one string, its words set off by blanks, also at both ends; NULL when
 * it has none. Static. */
const char *pil_stop_words(const char *language);

#endif
