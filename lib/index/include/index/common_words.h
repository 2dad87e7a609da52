/* The most common words of a collection, and the terms for two of them side by side ("common
 * grams"), so that a phrase made of such words leaves few candidates. */
#ifndef INDEX_COMMON_WORDS_H
#define INDEX_COMMON_WORDS_H

#include "base/error.h"
#include "base/intern.h"
#include "index/schema.h"
#include "text/analyser.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A list has no more words; their stems, as the manifest has them. */
enum { PIL_COMMON_WORDS_MAX = 60 };

/* Zero-initialise to start empty. Read only once it is filled, so threads may share it. */
typedef struct pil_common_words {
    pil_intern stems;
} pil_common_words;

/* Fills it from stems separated by single spaces. PIL_NO_MEMORY, PIL_CORRUPT. */
PIL_NODISCARD pil_status pil_common_words_read(pil_common_words *words, const char *line,
                                               pil_error *err);
void pil_common_words_dispose(pil_common_words *words);
bool pil_common_words_has(const pil_common_words *words, const char *stem, size_t length);

/* A gram: prefix, first stem, space, second stem. */
enum { PIL_GRAM_MAX_BYTES = sizeof PIL_PREFIX_GRAM + 2 * PIL_TERM_MAX_BYTES + 1 };
/* Writes it into out and returns its length. Neither stem is longer than PIL_TERM_MAX_BYTES. */
size_t pil_gram_term(const char *first, size_t first_length, const char *second,
                     size_t second_length, char out[PIL_GRAM_MAX_BYTES]);

typedef struct pil_common_candidate {
    char stem[PIL_TERM_MAX_BYTES + 1];
    uint32_t n_paragraphs; /* that have it */
    bool is_stop_word;
} pil_common_candidate;

/* Collects terms with their document frequencies and keeps the most frequent, at most
 * PIL_COMMON_WORDS_MAX; of equally frequent ones stop words go first, then the term's bytes decide.
 * A word that fewer than one in 50 of n_paragraphs have is not common. Zero-initialise. */
typedef struct pil_common_choice {
    pil_common_candidate items[PIL_COMMON_WORDS_MAX];
    size_t n_items;
} pil_common_choice;
void pil_common_choice_offer(pil_common_choice *choice, const char *stem, size_t length,
                             uint32_t n_paragraphs, bool is_stop_word);
/* The stems in order of their bytes, separated by spaces, for the caller to free; NULL when memory
 * ran out. "" when no word is common. */
char *pil_common_choice_line(const pil_common_choice *choice, uint32_t n_paragraphs);

#endif
