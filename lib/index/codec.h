/* How numbers and strings are laid out in records, metadata and the lexicon: LEB128 varints, and
 * strings behind their length. Private to this folder. */
#ifndef INDEX_CODEC_H
#define INDEX_CODEC_H

#include "base/buffer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

PIL_NODISCARD pil_status pil_codec_put_number(pil_buffer *out, uint64_t number);
PIL_NODISCARD pil_status pil_codec_put_string(pil_buffer *out, const void *bytes, size_t length);
/* Appends the CRC-32 of out's bytes from start on, little-endian. */
PIL_NODISCARD pil_status pil_codec_seal(pil_buffer *out, size_t start);

/* Reads from bytes[at..length). After the first value that does not fit, ok is false and all
 * further reads give 0 or "". */
typedef struct pil_codec_reader {
    const char *bytes;
    size_t length;
    size_t at;
    bool ok;
} pil_codec_reader;

/* A reader of what pil_codec_seal closed; ok is false when the checksum does not match. */
pil_codec_reader pil_codec_open(const void *bytes, size_t length);
unsigned pil_codec_get_byte(pil_codec_reader *reader);
uint64_t pil_codec_get_number(pil_codec_reader *reader);
/* A number that must fit in 32 bits. */
uint32_t pil_codec_get_u32(pil_codec_reader *reader);
const char *pil_codec_get_string(pil_codec_reader *reader, size_t *length);
/* A string that must be without zero bytes, appended to strings with a NUL behind; strings must
 * have room for it. */
const char *pil_codec_keep_string(pil_codec_reader *reader, pil_buffer *strings);

#endif
