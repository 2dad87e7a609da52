/* The terms of several inputs as one sorted stream, with their postings put together. Private to
 * this folder. */
#ifndef INDEX_TERM_MERGE_H
#define INDEX_TERM_MERGE_H

#include "segment_input.h"

typedef struct pil_term_merge pil_term_merge;

/* inputs are borrowed; documents of each are numbered behind those of the one before.
 * PIL_NO_MEMORY, or what an input returned. */
PIL_NODISCARD pil_status pil_term_merge_new(pil_term_merge **out, pil_segment_input *const *inputs,
                                            size_t n_inputs, pil_error *err);
void pil_term_merge_free(pil_term_merge *merge);
/* The next term, valid until the next call; PIL_DONE behind the last. */
PIL_NODISCARD pil_status pil_term_merge_next(pil_term_merge *merge, pil_inverted_term *term,
                                             pil_error *err);

#endif
