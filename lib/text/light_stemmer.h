/* Stemmers of our own, for languages that libstemmer has none for: Macedonian and Albanian. They
 * take endings off, and know no more. Internal to lib/text. */
#ifndef TEXT_LIGHT_STEMMER_H
#define TEXT_LIGHT_STEMMER_H

#include <stddef.h>

typedef struct pil_light_stemmer pil_light_stemmer;

/* The stemmer of a language by its English name in lower case; NULL when there is none. Static. */
const pil_light_stemmer *pil_light_stemmer_named(const char *name);

/* How many bytes of form[0..length), a folded word, are its stem: at least four characters, or all
 * of it. */
size_t pil_light_stemmer_stem(const pil_light_stemmer *stemmer, const char *form, size_t length);

#endif
