/* What the words of a query are also found as: all that is known of it. */
#ifndef SEARCH_ALTERNATIVES_H
#define SEARCH_ALTERNATIVES_H

#include "base/error.h"
#include "index/snapshot.h"
#include "search/match.h"
#include "search/query.h"
#include "search/searcher.h"
#include "text/analyser.h"

/* Adds to matcher the alternatives that options ask for, of the clauses of query as read in
 * languages[0..n_languages). The statuses are those of reading an index. */
PIL_NODISCARD pil_status pil_alternatives_add(pil_snapshot *snapshot, const pil_query *query,
                                              pil_analyser *analyser, const char *const *languages,
                                              size_t n_languages, const pil_search_options *options,
                                              pil_matcher *matcher, pil_error *err);

#endif
