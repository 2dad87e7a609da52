/* Articles of a segment back as a batch, to be indexed again. Private to this folder. */
#ifndef INDEX_STORED_BATCH_H
#define INDEX_STORED_BATCH_H

#include "index/batch.h"
#include "index/segment.h"

#include <stdbool.h>
#include <stdint.h>

/* Appends the article that begins at document first of segment to batch, wanted, with the
 * generation and the paragraph ids that it has; *next is the document behind it. id and path, when
 * not NULL, are its new ones. PIL_CORRUPT, PIL_IO, PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_stored_batch_add(pil_batch *batch, pil_segment *segment,
                                              uint32_t first, const char *id, const char *path,
                                              uint32_t *next, pil_error *err);

/* Whether batch has about a work item's worth of text. */
bool pil_stored_batch_is_full(const pil_batch *batch);

/* Appends articles from document *first on, none behind last, until batch is full; *first moves
 * behind them. Errors as above. */
PIL_NODISCARD pil_status pil_stored_batch_fill(pil_batch *batch, pil_segment *segment,
                                               uint32_t *first, uint32_t last, pil_error *err);

#endif
