/* A batch on its way into a segment: it is inverted, then its records are encoded, each by a
 * worker; then it is an input of the segment. Private to this folder.
 *
 * Thread rule: the functions are for the thread that owns the workers. */
#ifndef INDEX_BATCH_INPUT_H
#define INDEX_BATCH_INPUT_H

#include "analyser_pool.h"
#include "index/batch.h"
#include "index/common_words.h"
#include "index/dictionary.h"
#include "inversion.h"
#include "segment_input.h"

/* Takes batch over, also when it fails. pool is borrowed. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_batch_input_new(pil_segment_input **out, pil_batch *batch,
                                             pil_analyser_pool *pool, pil_error *err);

/* Lets a worker invert the batch; common is borrowed and may be NULL. */
PIL_NODISCARD pil_status pil_batch_input_invert(pil_segment_input *input,
                                                const pil_common_words *common, pil_error *err);
/* Waits until that is done. */
PIL_NODISCARD pil_status pil_batch_input_wait(pil_segment_input *input, pil_error *err);
/* What was inverted: after waiting, until the terms have been read. */
const pil_inversion *pil_batch_input_inversion(const pil_segment_input *input);

const pil_batch *pil_batch_input_batch(const pil_segment_input *input);

/* Lets a worker encode the records, for next_record, which waits for it. compression is borrowed.
 */
PIL_NODISCARD pil_status pil_batch_input_encode(pil_segment_input *input,
                                                const pil_compression *compression, pil_error *err);

#endif
