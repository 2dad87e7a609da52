/* What did the words of a language become? Folding and stemming, done once for each distinct
 * word. Internal to lib/text. */
#ifndef TEXT_VOCABULARY_H
#define TEXT_VOCABULARY_H

#include "base/error.h"
#include "fold.h"
#include "text/analyser.h"
#include "word_table.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A word with inner capitals of up to this many parts is split. */
enum { PIL_VOCABULARY_MAX_PARTS = 4 };

/* Not shareable between threads. */
typedef struct pil_vocabulary pil_vocabulary;

/* The empty vocabulary of a language, a code as pil_language_normalise writes it or "". folder is
 * borrowed. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_vocabulary_new(pil_vocabulary **out, const char *language,
                                            pil_folder *folder, pil_error *err);
void pil_vocabulary_free(pil_vocabulary *vocabulary);

/* The language it was made for. */
const char *pil_vocabulary_language(const pil_vocabulary *vocabulary);
/* True where an apostrophe ends a word: French, Italian, Catalan. */
bool pil_vocabulary_elides(const pil_vocabulary *vocabulary);
/* What it takes in memory. */
size_t pil_vocabulary_bytes(const pil_vocabulary *vocabulary);

/* Prepares to find the word text[0..length), of any length above 0, which must stay; up to
 * text + n_readable may be read. What is needed is on its way into the cache when this returns. */
void pil_vocabulary_expect(const pil_vocabulary *vocabulary, const char *text, size_t length,
                           size_t n_readable, pil_wanted_word *out);

/* What the word becomes. *word is valid until the next call; what it points to, as long as the
 * vocabulary. PIL_NO_MEMORY, PIL_INTERNAL. */
PIL_NODISCARD pil_status pil_vocabulary_find(pil_vocabulary *vocabulary,
                                             const pil_wanted_word *wanted, const pil_word **word,
                                             pil_error *err);

/* The same for a hyphenated word text[0..length), which is not in the vocabulary as a word: its
 * form is those of words[0..n_words) written together. */
PIL_NODISCARD pil_status pil_vocabulary_find_joined(pil_vocabulary *vocabulary, const char *text,
                                                    size_t length, const pil_word *words,
                                                    size_t n_words, const pil_word **word,
                                                    pil_error *err);

#endif
