/* A word of the lexicon: a surface form of a language, folded, before stemming. */
#ifndef INDEX_LEXICON_WORD_H
#define INDEX_LEXICON_WORD_H

#include <stdint.h>

typedef struct pil_lexicon_word {
    const char *language, *form, *stem; /* NUL behind each */
    uint32_t n_written;                 /* paragraphs that have it as a word, as written */
    uint32_t n_derived; /* that have it only as a hyphenated word joined, or as a part */
} pil_lexicon_word;

#endif
