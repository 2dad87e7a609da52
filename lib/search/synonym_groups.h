/* Synonyms in a search. */
#ifndef SEARCH_SYNONYM_GROUPS_H
#define SEARCH_SYNONYM_GROUPS_H

#include "base/error.h"
#include "search/match.h"
#include "search/query.h"
#include "search/synonyms.h"
#include "text/analyser.h"

/* What a synonym counts beside the word of the query. */
#define PIL_SYNONYM_WEIGHT 0.7

/* Adds the other members of their groups to matcher as alternatives of the words of query: of a
 * clause, or of clauses side by side, each of which is then found by them. PIL_NO_MEMORY,
 * PIL_INTERNAL. */
PIL_NODISCARD pil_status pil_synonyms_add(const pil_synonyms *synonyms, const pil_query *query,
                                          pil_analyser *analyser, pil_matcher *matcher,
                                          pil_error *err);

#endif
