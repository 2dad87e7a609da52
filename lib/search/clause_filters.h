/* The filters that are clauses of a query's tree: as queries for libxapian, and decided for one
 * paragraph. Private to this folder. Thread rule: as the analyser's. */
#ifndef SEARCH_CLAUSE_FILTERS_H
#define SEARCH_CLAUSE_FILTERS_H

#include "index/snapshot.h"
#include "language_areas.h"
#include "search/match.h"
#include "search/query.h"

typedef struct pil_clause_filters pil_clause_filters;

/* Everything is borrowed. Looks at each article of the index, for each filter on what articles are.
 * *out is NULL when the tree has no filters. PIL_CORRUPT, PIL_IO, PIL_NO_MEMORY, PIL_INTERNAL. */
PIL_NODISCARD pil_status pil_clause_filters_new(pil_clause_filters **out, pil_snapshot *snapshot,
                                                const pil_query *query, pil_language_areas *areas,
                                                pil_analyser *analyser, pil_error *err);
void pil_clause_filters_free(pil_clause_filters *filters);

/* The paragraphs that tree filter number can have, without weight; *is_decided when they all have
 * it. The caller frees *out. PIL_NO_MEMORY, PIL_INTERNAL. */
PIL_NODISCARD pil_status pil_clause_filters_query(const pil_clause_filters *filters,
                                                  uint32_t number, xc_query **out, bool *is_decided,
                                                  pil_error *err);

/* Tells the matcher, clause by clause, which filters hold for document docid of that segment, whose
 * record is at hand. filters may be NULL. PIL_NO_MEMORY, PIL_INTERNAL. */
PIL_NODISCARD pil_status pil_clause_filters_give(const pil_clause_filters *filters, size_t segment,
                                                 uint32_t docid, const pil_record *record,
                                                 pil_matcher *matcher, pil_error *err);

#endif
