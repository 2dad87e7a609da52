/* Which languages are there, and which stemmer does each have? Internal to lib/text, beside
 * pil_language_normalise in text/analyser.h. */
#ifndef TEXT_LANGUAGE_H
#define TEXT_LANGUAGE_H

#include <stdbool.h>

/* The name of the stemmer for the language with this code, as pil_language_normalise writes it;
 * NULL when it has none. Static. */
const char *pil_language_stemmer(const char *code);
/* True when libstemmer, or else light_stemmer.h, has a stemmer of this name. */
bool pil_language_is_stemmer(const char *name);
/* All codes that have a stemmer, NULL at the end. Static. */
const char *const *pil_language_stemmed_codes(void);

#endif
