/* Words that are written joined here and apart there: "euroatlantic" and "Euro Atlantic". What
 * the user wrote in one way is looked for in the other when the index's lexicon has it. */
#ifndef SEARCH_COMPOUNDS_H
#define SEARCH_COMPOUNDS_H

#include "base/error.h"
#include "index/snapshot.h"
#include "search/match.h"
#include "search/query.h"
#include "text/analyser.h"

/* Adds alternatives to matcher for the clauses of query, as read in language: a word that nobody
 * wrote as such, or that was also found joined, is split where both halves are words of the index;
 * two words side by side are also looked for as one. The statuses are those of reading an index. */
PIL_NODISCARD pil_status pil_compounds_add(pil_snapshot *snapshot, const pil_query *query,
                                           pil_analyser *analyser, const char *language,
                                           pil_matcher *matcher, pil_error *err);

#endif
