/* A posting list that grows by others put behind it. Private to this folder. */
#ifndef INDEX_POSTING_LIST_H
#define INDEX_POSTING_LIST_H

#include "base/buffer.h"
#include "inversion.h"

#include <stdint.h>

/* postings.bytes points into the buffer; read the members only. */
typedef struct pil_posting_list {
    pil_postings postings;
    pil_buffer buffer;
} pil_posting_list;

void pil_posting_list_init(pil_posting_list *list);
void pil_posting_list_dispose(pil_posting_list *list);
/* Makes it empty and keeps the memory. */
void pil_posting_list_clear(pil_posting_list *list);

/* Appends more, offset being added to its document ids, which are then all behind those of the
 * list. PIL_NO_MEMORY; PIL_CORRUPT when more is not a posting list. */
PIL_NODISCARD pil_status pil_posting_list_append(pil_posting_list *list, const pil_postings *more,
                                                 uint32_t offset, pil_error *err);
/* Appends one posting. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_posting_list_add(pil_posting_list *list, uint32_t docid, uint32_t wdf,
                                              pil_error *err);

#endif
