/* Which texts are nearly the same? Private to this folder.
 *
 * A text is taken as the set of its runs of three words, one after the other; of words it has the
 * terms, so that quotation marks, case, accents and endings do not matter. Two texts are copies
 * when three quarters of the runs that either has are in both (Jaccard's coefficient). One word
 * changed in the middle takes three runs away. A text of fewer than thirty words is a copy only
 * when all of its runs are the same: else forms filled in otherwise would be copies. A text without
 * words is none.
 *
 * Nothing is estimated: the runs have an order, that of their hashes of 64 bits, and two texts that
 * have so much in common share one of their first runs, of each the first quarter and one more.
 * Only these are looked up, and what shares one is compared in full.
 *
 * Cost: n log n for the runs of a text of n words; looking for it up to n for each text that shares
 * one of its first runs, which are copies and little else unless many texts repeat the same
 * sentences. Memory: 8 bytes a word of the texts, and some 40 for each of the first runs of those
 * that were added.
 *
 * Thread rule: no shared state. */
#ifndef SEARCH_COPIES_H
#define SEARCH_COPIES_H

#include "base/arena.h"
#include "base/error.h"
#include "text/analyser.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PIL_COPIES_RUN_WORDS = 3, PIL_COPIES_SHORT_WORDS = 30 };

#define PIL_COPIES_NONE UINT32_MAX

/* A text as the set of its runs. */
typedef struct pil_text_runs {
    const uint64_t *runs; /* [0..n), in order, each once */
    size_t n;
    bool is_short; /* fewer words than PIL_COPIES_SHORT_WORDS */
} pil_text_runs;

/* Texts that are no copies of one another. */
typedef struct pil_copies pil_copies;

/* The runs of the text with these tokens, of which only words count, in arena. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_copies_runs(pil_arena *arena, const pil_token *tokens, size_t n_tokens,
                                         pil_text_runs *out, pil_error *err);

/* NULL when memory ran out. */
pil_copies *pil_copies_new(void);
void pil_copies_free(pil_copies *copies);

/* The number of the first text added of which text is a copy, or PIL_COPIES_NONE. */
uint32_t pil_copies_find(pil_copies *copies, const pil_text_runs *text);

/* Adds a text, whose runs are borrowed; texts are numbered from 0. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_copies_add(pil_copies *copies, const pil_text_runs *text,
                                        uint32_t *number, pil_error *err);

#endif
