/* What did the words of a language become? Folding and stemming, done once for each distinct
 * word. Internal to lib/text. */
#ifndef TEXT_VOCABULARY_H
#define TEXT_VOCABULARY_H

#include "base/error.h"
#include "fold.h"
#include "text/analyser.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A word with inner capitals of up to this many parts is split. */
enum { PIL_VOCABULARY_MAX_PARTS = 4 };

/* A string and its length, with a NUL behind it. The same string has the same number, whatever
 * words it came from. */
typedef struct pil_vocabulary_string {
    const char *bytes;
    uint32_t length;
    uint32_t number;
} pil_vocabulary_string;

/* A part of a word with inner capitals: its range is relative to the word's begin. */
typedef struct pil_vocabulary_part {
    pil_vocabulary_string term, form;
    uint32_t begin_byte, end_byte;
} pil_vocabulary_part;

/* Everything here lives as long as the vocabulary. */
typedef struct pil_vocabulary_word {
    pil_vocabulary_string term, form; /* empty when nothing is left of the word */
    const pil_vocabulary_part *parts; /* parts[0..n_parts) */
    uint32_t n_parts;                 /* 0, or 2 and more for EuroAtlantic */
    bool is_number;                   /* digits only */
    bool is_known;
} pil_vocabulary_word;

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

/* What the word text[0..length), of any length, becomes. *word is valid until the next call; what
 * it points to, as long as the vocabulary. PIL_NO_MEMORY, PIL_INTERNAL. */
PIL_NODISCARD pil_status pil_vocabulary_find(pil_vocabulary *vocabulary, const char *text,
                                             size_t length, const pil_vocabulary_word **word,
                                             pil_error *err);

/* The same for a hyphenated word text[0..length), which is not in the vocabulary as a word: its
 * form is forms[0..n_forms) written together. */
PIL_NODISCARD pil_status pil_vocabulary_find_joined(
    pil_vocabulary *vocabulary, const char *text, size_t length, const pil_vocabulary_string *forms,
    size_t n_forms, const pil_vocabulary_word **word, pil_error *err);

#endif
