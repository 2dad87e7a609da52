/* Words that go with what was found. */
#ifndef SEARCH_RELATED_H
#define SEARCH_RELATED_H

#include "base/arena.h"
#include "base/error.h"
#include "index/snapshot.h"
#include "search/searcher.h"
#include "text/analyser.h"

#include <stddef.h>
#include <stdint.h>

typedef struct pil_related_word {
    const char *word;      /* as it is written most often in the hits */
    double weight;         /* Robertson's offer weight */
    uint32_t n_hits;       /* that have it */
    uint32_t n_paragraphs; /* of the index that have it, dead ones included */
} pil_related_word;

typedef struct pil_related {
    pil_related_word *items; /* [0..n_items), the greatest weight first */
    size_t n_items;
    pil_arena arena; /* of all that */
} pil_related;

/* The words that are in many of the hits and in few other paragraphs: of the texts of hits, at most
 * max_words with the greatest offer weight r * log((r + 0.5) * (N - n - R + r + 0.5) / ((n - r +
 * 0.5) * (R - r + 0.5))), where r of the R hits and n of the N paragraphs of the index have the
 * word. Left out are words of one hit only, those that match the query, and those that are not at
 * least twice as frequent among the hits as among all paragraphs. PIL_IO, PIL_CORRUPT,
 * PIL_NO_MEMORY, PIL_INTERNAL. The caller disposes of *out's arena, also on failure. As thread-safe
 * as snapshot and analyser. */
PIL_NODISCARD pil_status pil_related_find(pil_snapshot *snapshot, pil_analyser *analyser,
                                          const pil_hits *hits, size_t max_words, pil_related *out,
                                          pil_error *err);

#endif
