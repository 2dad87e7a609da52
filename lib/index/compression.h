/* Texts as single zstd blocks: what a record keeps of a zstd frame. The rest of the frame is the
 * same for all of them and is put back when one is read. Private to this folder. */
#ifndef INDEX_COMPRESSION_H
#define INDEX_COMPRESSION_H

#include "base/error.h"
#include "index/dictionary.h"

#include <stddef.h>
#include <stdint.h>

/* The longest text that is compressed: what fits in one block. */
enum { PIL_BLOCK_TEXT_MAX_BYTES = 128 << 10 };

/* The number of the dictionary that compressor uses; 0: none. */
uint64_t pil_compressor_dictionary(const pil_compressor *compressor);
/* *block: text[0..length) compressed, *block_length bytes, valid until the next call. NULL when
 * that is no shorter than the text, or not one block. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_compressor_run(pil_compressor *compressor, const char *text,
                                            size_t length, const char **block, size_t *block_length,
                                            pil_error *err);

/* The text of a block that was made with dictionary number, in text[0..PIL_BLOCK_TEXT_MAX_BYTES);
 * *text_length is its length. PIL_CORRUPT when it is no such block or there is no such dictionary;
 * PIL_IO, PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_dictionaries_expand(pil_dictionaries *dictionaries, uint64_t number,
                                                 const void *block, size_t block_length, char *text,
                                                 size_t *text_length, pil_error *err);

#endif
