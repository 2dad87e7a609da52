/* Paragraphs that match, on their way to being shown: which, in which order, of which article.
 * Private to this folder. */
#ifndef SEARCH_FOUND_H
#define SEARCH_FOUND_H

#include "base/error.h"
#include "base/intern.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What was added to the score of a paragraph beside what its title adds; similarity may be below
 * 0, and copies is at most that. */
typedef struct pil_reranked {
    double families, proximity, neighbours, similarity, recency, copies;
} pil_reranked;

typedef struct pil_found {
    uint32_t shard, docid; /* the segment's number in the snapshot, and the document in it */
    double score;
    pil_reranked *added; /* by reranking.h, in the hits' arena; NULL where it did not look */
    uint32_t article;    /* a number among the articles of the list, or PIL_FOUND_NO_ARTICLE */
} pil_found;

#define PIL_FOUND_NO_ARTICLE UINT32_MAX

/* Zero-initialise. */
typedef struct pil_found_list {
    pil_found *items; /* [0..n), in the order in which they are shown */
    size_t n;
    bool is_all;         /* nothing else matches */
    pil_intern articles; /* seen so far, when they are not all known */
} pil_found_list;

/* A paragraph that is shown. */
typedef struct pil_chosen {
    pil_found found;
    uint32_t rank;           /* from 1 */
    const pil_found *copies; /* [0..n_copies), which are not shown, in the order of the list */
    size_t n_copies;
    uint32_t group_number, group_size; /* as a hit's */
} pil_chosen;

struct pil_searcher;

/* The best paragraphs from number first (from 0) on, at most max_hits of them. PIL_CORRUPT, PIL_IO,
 * PIL_NO_MEMORY, PIL_INTERNAL, as all functions here; the caller disposes of *out in any case. */
PIL_NODISCARD pil_status pil_found_best(struct pil_searcher *run, uint32_t first, uint32_t max_hits,
                                        pil_found_list *out, pil_error *err);

/* All paragraphs in the order of options.sort, what is equal in it by rank. When they are grouped,
 * those of an article count as equal. Each article is read once: linear in paragraphs and articles,
 * but for the sorting. */
PIL_NODISCARD pil_status pil_found_sorted(struct pil_searcher *run, pil_found_list *out,
                                          pil_error *err);

/* Finds out the article of items[i], which costs reading its record the first time, when the list
 * is not sorted. */
PIL_NODISCARD pil_status pil_found_article(struct pil_searcher *run, pil_found_list *list, size_t i,
                                           pil_error *err);

void pil_found_dispose(pil_found_list *list);

#endif
