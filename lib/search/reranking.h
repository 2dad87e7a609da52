/* The best paragraphs of a ranking by BM25, ordered anew by what their texts and titles tell.
 * Private to this folder. */
#ifndef SEARCH_RERANKING_H
#define SEARCH_RERANKING_H

#include "base/error.h"
#include "found.h"

#include <stdint.h>

struct pil_searcher;

/* How many paragraphs of a ranking are looked at: 0 when the search wants neither what words by
 * themselves tell nor recency, and no copies are to be moved. PIL_CORRUPT, PIL_IO, PIL_NO_MEMORY,
 * PIL_INTERNAL, as all functions here. */
PIL_NODISCARD pil_status pil_reranking_depth(struct pil_searcher *run, uint32_t *out,
                                             pil_error *err);

/* Scores the first depth items of list anew and orders them. Where the list goes on, items that
 * score as the one behind them are left out, and no score falls below that of the one behind them:
 * the others stay behind. The time is that of analysing the texts, and quadratic in depth. */
PIL_NODISCARD pil_status pil_reranking_apply(struct pil_searcher *run, uint32_t depth,
                                             pil_found_list *list, pil_error *err);

#endif
