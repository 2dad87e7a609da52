/* Acronyms in a search: KFOR finds Kosovo Force, and Kosovo Force finds KFOR. */
#ifndef SEARCH_ACRONYM_ALTERNATIVES_H
#define SEARCH_ACRONYM_ALTERNATIVES_H

#include "base/error.h"
#include "index/snapshot.h"
#include "search/match.h"
#include "search/query.h"
#include "text/analyser.h"

/* What the other form counts beside that of the query. */
#define PIL_ACRONYM_WEIGHT 0.7

/* Adds to matcher, for the words of query and for words side by side, the forms that the texts of
 * snapshot define for them: those with at least a third of the paragraphs of the most frequent one,
 * at most three. A word that is not written as the acronym is, as "who", stands for it only when
 * at most ten times as many paragraphs have it as define it; else, where it is found in place of
 * its long form, it is found only as it is written. The statuses are those of reading an
 * index. */
PIL_NODISCARD pil_status pil_acronym_alternatives_add(pil_snapshot *snapshot,
                                                      const pil_query *query,
                                                      pil_analyser *analyser, pil_matcher *matcher,
                                                      pil_error *err);

#endif
