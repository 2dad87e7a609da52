/* How much the words of a query count beside each other. Private to this folder. */
#ifndef SEARCH_WORD_WEIGHTS_H
#define SEARCH_WORD_WEIGHTS_H

#include "base/error.h"
#include "index/snapshot.h"
#include "languages.h"
#include "search/query.h"
#include "text/analyser.h"

/* Fills in weights[0..n_clauses): 1, and less for stop words. A word that is one in some languages
 * of the index only counts by how many of the paragraphs that have it are in these. PIL_CORRUPT,
 * PIL_IO, PIL_NO_MEMORY, PIL_INTERNAL. */
PIL_NODISCARD pil_status pil_word_weights(pil_snapshot *snapshot, const pil_query *query,
                                          pil_analyser *analyser, const pil_languages *languages,
                                          double *weights, pil_error *err);

#endif
