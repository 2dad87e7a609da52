/* Does a text sound like others? Of the words of a text, a quarter and more are short ones that
 * every text of its language has, and hardly any of these are words of another language. So it is
 * told in a hundredth of the time that detection takes. Thread rule: one thread at a time for each.
 */
#ifndef INDEXER_SHORT_WORDS_H
#define INDEXER_SHORT_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PIL_SHORT_WORDS_BITS = 1 << 14 };

/* Short words that were learnt: a filter with a bit for each. Zero-initialise. */
typedef struct pil_short_words {
    uint64_t bits[PIL_SHORT_WORDS_BITS / 64];
    size_t n_bytes; /* of the texts they are from */
} pil_short_words;

/* Learns those of text[0..length), UTF-8. */
void pil_short_words_learn(pil_short_words *words, const char *text, size_t length);
/* True when a quarter of the first 40 words of text[0..length) were learnt. Of scripts without
 * spaces, and of languages with few short words, that is never so. */
bool pil_short_words_fit(const pil_short_words *words, const char *text, size_t length);

#endif
