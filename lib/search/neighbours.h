/* What stands around a paragraph in its article. The one right before it tells what it goes on
 * about: one that says "they met again" behind one on the dialogue is more likely to be of the
 * dialogue than one elsewhere. The one behind it tells nothing that helps, as measured in
 * docs/ranking.md. Private to this folder. */
#ifndef SEARCH_NEIGHBOURS_H
#define SEARCH_NEIGHBOURS_H

#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

/* A word of the query in a paragraph. */
typedef struct pil_word_use {
    uint32_t clause;
    double value; /* what one is worth that BM25 counts as 1: by rarity and weight */
    double times; /* in the text, by the norm of its length */
} pil_word_use;

/* A paragraph that was looked at. */
typedef struct pil_placed_text {
    uint32_t shard, article, docid; /* article: the docid of its first paragraph, which the others
                                       follow */
    const pil_word_use *uses;       /* [0..n_uses), each clause once */
    size_t n_uses;
} pil_placed_text;

/* What each of texts[0..n_texts) gains from the paragraph right before it, if it was looked at,
 * too: gains[0..n_texts), at least 0. However often that has a word, it is no more than a fifth of
 * one in the paragraph, so that it counts most where the paragraph lacks it. Clauses are below
 * n_clauses. PIL_NO_MEMORY. Thread rule: no shared state. */
PIL_NODISCARD pil_status pil_neighbours_gains(const pil_placed_text *texts, size_t n_texts,
                                              size_t n_clauses, double *gains, pil_error *err);

#endif
