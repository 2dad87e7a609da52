/* Queries that are going to be combined. */
#ifndef SEARCH_QUERY_LIST_H
#define SEARCH_QUERY_LIST_H

#include "base/error.h"
#include "xapian_c.h"

#include <stddef.h>

/* Owns its items. Zero-initialise. */
typedef struct pil_query_list {
    xc_query **items;
    size_t n, capacity;
} pil_query_list;

/* Takes query over, also on failure; NULL is left out. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_query_list_push(pil_query_list *list, xc_query *query, pil_error *err);

/* The list under op in *out, the caller's: NULL for none, the one itself for one. Empties the list,
 * also on failure. PIL_NO_MEMORY, PIL_INTERNAL. */
PIL_NODISCARD pil_status pil_query_list_combine(xc_operator op, pil_query_list *list,
                                                xc_query **out, pil_error *err);

void pil_query_list_dispose(pil_query_list *list);

#endif
