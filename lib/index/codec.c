#include "codec.h"

#include "base/hash.h"

#include <string.h>

enum { CRC_BYTES = 4 };

pil_status pil_codec_put_number(pil_buffer *out, uint64_t number)
{
    char bytes[10];
    size_t n = 0;
    do {
        bytes[n++] = (char)((number & 0x7F) | (number > 0x7F ? 0x80 : 0));
        number >>= 7;
    } while (number > 0);
    return pil_buffer_append(out, bytes, n);
}

pil_status pil_codec_put_string(pil_buffer *out, const void *bytes, size_t length)
{
    pil_status status = pil_codec_put_number(out, length);
    return status == PIL_OK ? pil_buffer_append(out, bytes, length) : status;
}

pil_status pil_codec_seal(pil_buffer *out, size_t start)
{
    uint32_t crc = pil_crc32(out->bytes + start, out->length - start);
    char bytes[CRC_BYTES];
    for (int i = 0; i < CRC_BYTES; i++)
        bytes[i] = (char)(crc >> (8 * i) & 0xFF);
    return pil_buffer_append(out, bytes, sizeof bytes);
}

pil_codec_reader pil_codec_open(const void *bytes, size_t length)
{
    pil_codec_reader reader = {.bytes = bytes};
    if (length < CRC_BYTES)
        return reader;
    reader.length = length - CRC_BYTES;
    uint32_t crc = 0;
    for (int i = 0; i < CRC_BYTES; i++)
        crc |= (uint32_t)(unsigned char)reader.bytes[reader.length + (size_t)i] << (8 * i);
    reader.ok = crc == pil_crc32(bytes, reader.length);
    return reader;
}

unsigned pil_codec_get_byte(pil_codec_reader *reader)
{
    if (reader->ok && reader->at < reader->length)
        return (unsigned char)reader->bytes[reader->at++];
    reader->ok = false;
    return 0;
}

uint64_t pil_codec_get_number(pil_codec_reader *reader)
{
    uint64_t number = 0;
    for (int shift = 0; reader->ok; shift += 7) {
        if (reader->at == reader->length || shift > 63)
            break;
        uint64_t byte = (unsigned char)reader->bytes[reader->at++];
        if (shift == 63 && byte > 1)
            break;
        number |= (byte & 0x7F) << shift;
        if (byte < 0x80)
            return number;
    }
    reader->ok = false;
    return 0;
}

uint32_t pil_codec_get_u32(pil_codec_reader *reader)
{
    uint64_t number = pil_codec_get_number(reader);
    if (number <= UINT32_MAX)
        return (uint32_t)number;
    reader->ok = false;
    return 0;
}

const char *pil_codec_get_string(pil_codec_reader *reader, size_t *length)
{
    uint64_t wanted = pil_codec_get_number(reader);
    if (!reader->ok || wanted > reader->length - reader->at) {
        reader->ok = false;
        *length = 0;
        return "";
    }
    const char *string = reader->bytes + reader->at;
    reader->at += (size_t)wanted;
    *length = (size_t)wanted;
    return string;
}

const char *pil_codec_keep_string(pil_codec_reader *reader, pil_buffer *strings)
{
    size_t length;
    const char *string = pil_codec_get_string(reader, &length);
    const char *kept = strings->bytes + strings->length;
    if (reader->ok && memchr(string, '\0', length) == NULL &&
        pil_buffer_append(strings, string, length) == PIL_OK) {
        pil_buffer_set_length(strings, strings->length + 1);
        return kept;
    }
    reader->ok = false;
    return "";
}
