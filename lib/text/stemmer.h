/* What is the term of a folded word? libstemmer, or a stemmer of our own, and a hash for what gets
 * too long. Internal to lib/text. */
#ifndef TEXT_STEMMER_H
#define TEXT_STEMMER_H

#include "base/buffer.h"
#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

/* Not shareable between threads. */
typedef struct pil_stemmer pil_stemmer;

/* The stemmer for a code as pil_language_normalise writes it; one that leaves words as they are
 * when there is none for it. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_stemmer_new(pil_stemmer **out, const char *code, pil_error *err);
void pil_stemmer_free(pil_stemmer *stemmer);

/* Puts the stem of form into term, which may be of any length. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_stemmer_stem(pil_stemmer *stemmer, const char *form, size_t length,
                                          pil_buffer *term, pil_error *err);

/* Replaces word by its beginning, '#' (which no word has) and the XXH3-64 of
 * hashed[0..hashed_length) in hex: PIL_TERM_MAX_BYTES bytes at most. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_stemmer_abbreviate(pil_buffer *word, const char *hashed,
                                                size_t hashed_length, pil_error *err);

/* A hash over what libstemmer makes of sample words in all its languages. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_stemmer_fingerprint(uint64_t *fingerprint, pil_error *err);

#endif
