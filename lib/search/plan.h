/* A query as libxapian is asked: which documents can match, and with what weight. What terms
 * cannot decide, phrases above all, is left to the matcher. */
#ifndef SEARCH_PLAN_H
#define SEARCH_PLAN_H

#include "base/error.h"
#include "index/snapshot.h"
#include "search/match.h"
#include "search/query.h"
#include "xapian_c.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct pil_plan {
    xc_query *ranked;    /* what to search for, dead paragraphs left out */
    xc_query *all_words; /* the same with every word required */
    xc_query **clauses;  /* [0..n_clauses): each clause by itself, dead paragraphs left out */
    size_t n_clauses;
    bool needs_text; /* each candidate must also be accepted by the matcher */
} pil_plan;

/* Makes the plan of query, read in languages[0..n_languages) (at least one), for snapshot, which
 * has a segment at least. is_ambiguous: the index has texts in other languages, too, in which the
 * same stem may be of another word, so that terms alone decide nothing. PIL_NO_MEMORY,
 * PIL_INTERNAL. */
PIL_NODISCARD pil_status pil_plan_make(pil_plan *out, const pil_query *query, pil_matcher *matcher,
                                       const char *const *languages, size_t n_languages,
                                       bool is_ambiguous, const pil_snapshot *snapshot,
                                       pil_error *err);
void pil_plan_dispose(pil_plan *plan);

#endif
