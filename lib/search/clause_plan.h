/* A clause of a query as libxapian is asked for it. Private to this folder. */
#ifndef SEARCH_CLAUSE_PLAN_H
#define SEARCH_CLAUSE_PLAN_H

#include "accumulators.h"
#include "clause_filters.h"
#include "expansion.h"
#include "grams.h"
#include "language_areas.h"
#include "search/match.h"
#include "search/query.h"
#include "xapian_c.h"

#include <stdbool.h>
#include <stddef.h>

/* What a clause is in all languages; identical readings once. */
typedef struct pil_clause_plan {
    xc_query *query;          /* by its words; NULL when no language has a word in it */
    xc_query *candidates;     /* what of it the grams leave, with the same weights; NULL likewise */
    const pil_scores *scores; /* what query is made of, when the clause stands for many words */
    bool is_decided;          /* by its terms; else the text must be looked at */
    bool is_filter;
} pil_clause_plan;

/* What clauses are read by. All is borrowed but the grams. */
typedef struct pil_clause_reader {
    const pil_query *query;
    pil_matcher *matcher;
    const char *const *languages;
    size_t n_languages;
    pil_language_areas *areas;
    xc_database *database;
    const double *weights; /* of the clauses; NULL: 1 each */
    const pil_expansions *expansions;
    const pil_clause_filters *filters;
    pil_accumulators *accumulators; /* all 0 before and after */
    pil_scores **scores;            /* the list that owns those of the plans */
    const pil_manifest *manifest;
    pil_grams grams;
} pil_clause_reader;

/* Makes the plan of clause number number. The caller disposes of *plan, also on failure.
 * PIL_NO_MEMORY, PIL_INTERNAL, as all functions here. */
PIL_NODISCARD pil_status pil_clause_plan_make(const pil_clause_reader *reader, size_t number,
                                              pil_clause_plan *plan, pil_error *err);
void pil_clause_plan_dispose(pil_clause_plan *plan);

/* Any paragraph with the term of a stem; the caller frees *out. */
PIL_NODISCARD pil_status pil_plan_term(const char *stem, size_t stem_bytes, xc_query **out,
                                       pil_error *err);
/* A further handle on query; the caller frees *out. */
PIL_NODISCARD pil_status pil_plan_copy(const xc_query *query, xc_query **out, pil_error *err);
/* All documents, without weight; the caller frees *out. */
PIL_NODISCARD pil_status pil_plan_everything(xc_query **out, pil_error *err);
/* Makes *query, which may be NULL, count factor times as much. */
PIL_NODISCARD pil_status pil_plan_scale(xc_query **query, double factor, pil_error *err);

#endif
