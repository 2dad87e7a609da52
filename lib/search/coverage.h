/* Whether terms alone tell which paragraphs have a word of a pattern. Private to this folder. */
#ifndef SEARCH_COVERAGE_H
#define SEARCH_COVERAGE_H

#include "expansion.h"

/* Sets is_decided of the clauses in expansions that are looked up by stems of which they stand for
 * every form in the index, in all its languages, when no clause is cut. Goes through the whole
 * lexicon. PIL_CORRUPT, PIL_IO, PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_coverage_find(pil_expansions *expansions, size_t n_clauses,
                                           pil_snapshot *snapshot, pil_error *err);

#endif
