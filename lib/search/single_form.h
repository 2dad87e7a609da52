/* The form in which the lexicon has a word of a query. */
#ifndef SEARCH_SINGLE_FORM_H
#define SEARCH_SINGLE_FORM_H

#include "base/error.h"
#include "search/query.h"
#include "text/analyser.h"

#include <stddef.h>

/* Writes the form of a clause that is one word, as read in language, and its length in bytes; 0
 * for other clauses and for words that are wanted as written. The statuses of pil_analyser_run. */
PIL_NODISCARD pil_status pil_single_form(const pil_clause *clause, pil_analyser *analyser,
                                         const char *language, char form[PIL_TERM_MAX_BYTES + 1],
                                         size_t *length, pil_error *err);

#endif
