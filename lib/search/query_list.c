#include "query_list.h"

#include "index/segment.h"

#include <stdlib.h>

void pil_query_list_dispose(pil_query_list *list)
{
    for (size_t i = 0; i < list->n; i++)
        xc_query_free(list->items[i]);
    free(list->items);
    *list = (pil_query_list){0};
}

pil_status pil_query_list_push(pil_query_list *list, xc_query *query, pil_error *err)
{
    if (query == NULL)
        return PIL_OK;
    if (list->n == list->capacity) {
        size_t capacity = list->capacity == 0 ? 8 : list->capacity * 2;
        xc_query **grown = realloc(list->items, capacity * sizeof *grown);
        if (grown == NULL) {
            xc_query_free(query);
            return pil_error_no_memory(err);
        }
        list->items = grown;
        list->capacity = capacity;
    }
    list->items[list->n++] = query;
    return PIL_OK;
}

pil_status pil_query_list_combine(xc_operator op, pil_query_list *list, xc_query **out,
                                  pil_error *err)
{
    pil_status status = PIL_OK;
    xc_error failure;
    *out = NULL;
    if (list->n == 1) {
        *out = list->items[0];
        list->n = 0;
    } else if (list->n > 1 && xc_query_combine(op, (const xc_query *const *)list->items, list->n,
                                               out, &failure) != XC_OK) {
        status = pil_status_from_xapian(&failure, err);
    }
    pil_query_list_dispose(list);
    return status;
}
