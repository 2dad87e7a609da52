/* Collects batches in memory and makes a segment of them: chooses common words and a dictionary
 * when the index has none yet, lets the workers invert and encode, writes. Private to this folder.
 */
#ifndef INDEX_SEGMENT_BUILDER_H
#define INDEX_SEGMENT_BUILDER_H

#include "analyser_pool.h"
#include "index/batch.h"
#include "index/manifest.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct pil_segment_builder pil_segment_builder;

/* pool is borrowed. manifest, from which the last common words are taken, is not kept.
 * PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_segment_builder_new(pil_segment_builder **out, pil_analyser_pool *pool,
                                                 const pil_manifest *manifest, pil_error *err);
/* NULL is fine. */
void pil_segment_builder_free(pil_segment_builder *builder);

/* Whether batch can be added: it and what was added fit into memory_bytes, and into a segment,
 * whose words libxapian counts in 32 bits. What the earlier batches take is known, and what the
 * last ones will take is estimated by that; the same input gets the same answers, whatever the
 * number of threads. Waits for the earlier batches: what their inversion returned. */
PIL_NODISCARD pil_status pil_segment_builder_has_room(pil_segment_builder *builder,
                                                      const pil_batch *batch, uint64_t memory_bytes,
                                                      bool *has_room, pil_error *err);
/* Wanted paragraphs so far: the next one's document id is one more. */
uint32_t pil_segment_builder_n_paragraphs(const pil_segment_builder *builder);

/* Takes batch over, also when it fails: its wanted articles are the next in the segment. */
PIL_NODISCARD pil_status pil_segment_builder_add(pil_segment_builder *builder, pil_batch *batch,
                                                 pil_error *err);

/* Writes the segment. next is the manifest that will name it, and gets a dictionary or common words
 * if new ones were chosen; its generation is set. *out is the segment's line for it. The builder
 * may only be freed afterwards. Errors as of pil_segment_build. */
PIL_NODISCARD pil_status pil_segment_builder_finish(pil_segment_builder *builder,
                                                    const char *index_directory, const char *stamp,
                                                    pil_manifest *next, pil_manifest_segment *out,
                                                    pil_error *err);

#endif
