/* What the title of an article adds to the scores of its paragraphs. Titles are no part of what is
 * searched: a word of the query that stands in one makes what was found count more. Private to this
 * folder. */
#ifndef SEARCH_TITLES_H
#define SEARCH_TITLES_H

#include "base/error.h"
#include "found.h"
#include "search/query.h"

#include <stddef.h>
#include <stdint.h>

struct pil_searcher;

/* A paragraph under its title. */
typedef struct pil_titled {
    const char *title; /* "" for none */
    const char *language;
    const char *text;
    size_t text_bytes;
} pil_titled;

/* What the title adds to the score of a clause. */
typedef struct pil_title_boost {
    double score;     /* 0: the title does not have it */
    const char *term; /* that the title has; NUL behind it; borrowed until the matcher is asked for
                         another language */
    uint32_t n_times; /* in the title */
    double idf, length, factor; /* as those of a score part */
} pil_title_boost;

/* What the title adds for each clause of the query, boosts[0..n_clauses): as BM25F (Robertson,
 * Zaragoza and Taylor, "Simple BM25 Extension to Multiple Weighted Fields", 2004) counts the words
 * of a field, a word in the title is as good as one more of it in a text of average length. Only of
 * words by themselves, not of phrases or patterns. PIL_CORRUPT, PIL_IO, PIL_NO_MEMORY,
 * PIL_INTERNAL, as all functions here. */
PIL_NODISCARD pil_status pil_title_boosts(struct pil_searcher *run, const pil_titled *paragraph,
                                          pil_title_boost *boosts, pil_error *err);

/* Adds to n_times, of each clause, how often a title counts for it: as often as it stands in group,
 * where it is not excluded. */
void pil_titles_count(const pil_node *group, uint32_t *n_times);

/* How many paragraphs of a ranking are looked at: 0 when the query has no words by themselves. As
 * titles only add to a score, those behind them stay behind. */
PIL_NODISCARD pil_status pil_titles_depth(struct pil_searcher *run, uint32_t *out, pil_error *err);

/* Adds to the scores of the first depth items of list what their titles add, and orders them anew.
 * Where the list goes on, items that score as the one behind them are left out. */
PIL_NODISCARD pil_status pil_titles_apply(struct pil_searcher *run, uint32_t depth,
                                          pil_found_list *list, pil_error *err);

#endif
