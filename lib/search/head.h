/* The best paragraphs of a ranking, which are read, and what the text and title of each tell by
 * themselves. Private to this folder. */
#ifndef SEARCH_HEAD_H
#define SEARCH_HEAD_H

#include "copies.h"
#include "families.h"
#include "found.h"
#include "neighbours.h"
#include "query_words.h"
#include "search/searcher.h"
#include "similarity.h"
#include "titles.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct pil_head_item {
    pil_found *found;
    pil_reranked *added;
    double score;
    double coverage;    /* how much of the query it or its title has, from 0 to 1; what is not read
                           has all */
    double recency;     /* its share, as recency.h has it; 0 unless the search wants it */
    const char *file;   /* stored path of the article's file, with the member of an archive */
    uint32_t line;      /* of the article in it */
    uint32_t number;    /* of the paragraph in the article */
    pil_text_runs runs; /* where copies are wanted; none of a short text that is its title, which
                           different articles may share */
} pil_head_item;

typedef struct pil_head {
    struct pil_searcher *run;
    pil_term_table table;
    pil_query_words words;
    pil_head_item *items;    /* [0..n), as the list has them */
    pil_weighed_text *texts; /* [0..n), where they are compared */
    pil_placed_text *places; /* [0..n) */
    size_t n;
    pil_families families;
    pil_title_boost *boosts; /* of each clause, as the next: scratch */
    uint32_t *n_akin;        /* words of its family in the text */
    pil_buffer strings;
} pil_head;

/* Reads the first n items of list, which is borrowed, and gives each its score by BM25, title,
 * families and proximity, as far as the search wants these. The time is that of analysing the
 * texts. The caller disposes of *out in any case. PIL_CORRUPT, PIL_IO, PIL_NO_MEMORY, PIL_INTERNAL.
 */
PIL_NODISCARD pil_status pil_head_read(pil_head *out, struct pil_searcher *run,
                                       pil_found_list *list, size_t n, pil_error *err);
void pil_head_dispose(pil_head *head);

/* Whether a search wants a part of the ranking. Copies that are not shown need not be moved. */
bool pil_head_wants(const struct pil_searcher *run, pil_ranking_part part);

#endif
