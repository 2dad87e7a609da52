/* Acronyms as a segment stores them: metadata in blocks, each under the key "acronym/" and its
 * number. docs/index-format.md has the layout. Thread rule: no shared state. */
#ifndef INDEX_ACRONYM_BLOCKS_H
#define INDEX_ACRONYM_BLOCKS_H

#include "base/buffer.h"
#include "base/error.h"
#include "index/acronym.h"

#include <stddef.h>

/* Takes a finished block. */
typedef pil_status (*pil_acronym_sink)(void *context, const char *key, size_t key_length,
                                       const char *value, size_t value_length, pil_error *err);

/* Writes acronyms[0..n), in this order. PIL_NO_MEMORY, or what sink returned. */
PIL_NODISCARD pil_status pil_acronym_blocks_write(const pil_acronym *acronyms, size_t n,
                                                  pil_acronym_sink sink, void *context,
                                                  pil_error *err);

/* Is given an acronym, valid during the call. */
typedef pil_status (*pil_acronym_block_callback)(void *context, const pil_acronym *acronym);

/* Calls callback for each acronym of a block, with its strings in strings, which is cleared.
 * PIL_CORRUPT when the block's checksum does not match or it is no block; PIL_NO_MEMORY; or what
 * callback returned. */
PIL_NODISCARD pil_status pil_acronym_block_read(const char *value, size_t length,
                                                pil_buffer *strings,
                                                pil_acronym_block_callback callback, void *context,
                                                pil_error *err);

#endif
