/* Stems that in another language are of another word: in German "die" is not what the English query
 * "die" asks for. Private to this folder. */
#ifndef SEARCH_HOMOGRAPHS_H
#define SEARCH_HOMOGRAPHS_H

#include "base/error.h"
#include "clause_plan.h"

#include <stddef.h>

/* The paragraphs that have terms of the clause, which terms decide, but none of those that it has
 * in their own language; NULL when there cannot be any. The caller frees *out. PIL_CORRUPT, PIL_IO,
 * PIL_NO_MEMORY, PIL_INTERNAL. */
PIL_NODISCARD pil_status pil_homographs_query(const pil_clause_reader *reader, size_t clause,
                                              xc_query **out, pil_error *err);

#endif
