/* A query as libxapian is asked: which documents can match, and with what weight. What terms
 * cannot decide, phrases above all, is left to the matcher. */
#ifndef SEARCH_PLAN_H
#define SEARCH_PLAN_H

#include "accumulators.h"
#include "base/error.h"
#include "clause_filters.h"
#include "expansion.h"
#include "index/snapshot.h"
#include "language_areas.h"
#include "search/match.h"
#include "search/query.h"
#include "xapian_c.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct pil_plan {
    xc_query *ranked;    /* what to search for, dead paragraphs left out */
    xc_query *all_words; /* the same with every word required */
    xc_query **clauses;  /* [0..n_clauses): each clause by itself, dead paragraphs left out; NULL
                            when nothing has it, and for regular expressions and filters */
    size_t n_clauses;
    pil_scores *scores; /* what the queries borrow */
    bool needs_text;    /* each candidate must also be accepted by the matcher */
} pil_plan;

/* What it is made of. All is borrowed. */
typedef struct pil_plan_settings {
    const pil_query *query;
    pil_matcher *matcher;
    const char *const *languages; /* [0..n_languages), at least one: those to read the query in */
    size_t n_languages;
    pil_language_areas *areas; /* of the languages of the index, also others than those */
    const double *weights;     /* of the clauses; NULL: 1 each */
    const pil_expansions *expansions;
    const pil_clause_filters *filters; /* NULL when the tree has none */
} pil_plan_settings;

/* Makes a plan for snapshot, which has a segment at least. PIL_NO_MEMORY, PIL_INTERNAL. */
PIL_NODISCARD pil_status pil_plan_make(pil_plan *out, const pil_plan_settings *settings,
                                       pil_snapshot *snapshot, pil_error *err);
void pil_plan_dispose(pil_plan *plan);

#endif
