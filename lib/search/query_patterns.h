/* Words of a query that stand for many: with * or ?, or with ~ behind. Private to this folder. */
#ifndef SEARCH_QUERY_PATTERNS_H
#define SEARCH_QUERY_PATTERNS_H

#include "query_builder.h"

/* Makes *clause, which was read as a word, a PATTERN or FUZZY clause if it is one. A ? counts only
 * before more of the word, so that "NATO?" is a question. PIL_NO_MEMORY, PIL_INTERNAL. */
PIL_NODISCARD pil_status pil_read_pattern(pil_query_builder *builder, pil_read_clause *clause,
                                          pil_error *err);

#endif
