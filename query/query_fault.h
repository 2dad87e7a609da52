/* Shows what is wrong in a query. */
#ifndef QUERY_QUERY_FAULT_H
#define QUERY_QUERY_FAULT_H

#include "search/query.h"

/* Writes to standard error the query around the fault, marks below what is wrong, and the query as
 * it was probably meant. Nothing when nothing in particular is wrong. */
void pil_query_fault_tell(const char *query, size_t query_bytes, const pil_query_fault *fault);

#endif
