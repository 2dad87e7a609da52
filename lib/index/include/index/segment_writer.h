/* How a segment is written: begin, add articles and their paragraphs, finish. What stands behind
 * this header may change; what a segment holds is docs/index-format.md.
 *
 * Thread rule: one thread at a time for each writer. */
#ifndef INDEX_SEGMENT_WRITER_H
#define INDEX_SEGMENT_WRITER_H

#include "base/error.h"
#include "base/hash.h"
#include "index/manifest.h"
#include "index/record.h"
#include "text/analyser.h"

#include <stddef.h>
#include <stdint.h>

typedef struct pil_segment_writer pil_segment_writer;

/* Starts an empty segment that is built in index_directory/build-<id>. PIL_IO, PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_segment_writer_begin(pil_segment_writer **out,
                                                  const char *index_directory, pil_error *err);

/* The id that the segment will have: PIL_SEGMENT_ID_LENGTH hex digits. */
const char *pil_segment_writer_id(const pil_segment_writer *writer);
/* What has been added so far. The next paragraph's docid is the number of paragraphs plus one. */
uint32_t pil_segment_writer_n_paragraphs(const pil_segment_writer *writer);
uint64_t pil_segment_writer_text_bytes(const pil_segment_writer *writer);

/* Starts the next article: its meta->n_paragraphs paragraphs must follow, numbered from 1.
 * key is the digest of meta->id. */
PIL_NODISCARD pil_status pil_segment_writer_add_article(pil_segment_writer *writer,
                                                        const pil_article_meta *meta,
                                                        const pil_digest *key, pil_error *err);

/* Adds a paragraph of the article begun last. tokens[0..n_tokens) are those of record->text. */
PIL_NODISCARD pil_status pil_segment_writer_add(pil_segment_writer *writer,
                                                const pil_record *record, const pil_token *tokens,
                                                size_t n_tokens, pil_error *err);

/* Completes the segment, makes it durable and puts it under segments/. *out is its line for the
 * manifest, for the caller to dispose or hand on; stamp (index/stamp.h) names what made its terms.
 * The segment is not live before a manifest names it. The writer may only be freed afterwards.
 * PIL_IO, PIL_NO_MEMORY, PIL_INTERNAL. */
PIL_NODISCARD pil_status pil_segment_writer_finish(pil_segment_writer *writer, const char *stamp,
                                                   pil_manifest_segment *out, pil_error *err);

/* Frees it; what was not finished is removed from the disk. NULL is fine. */
void pil_segment_writer_free(pil_segment_writer *writer);

#endif
