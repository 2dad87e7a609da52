#include "index/record.h"

#include "codec.h"
#include "compression.h"
#include "language_code.h"

#include <stdlib.h>
#include <string.h>

/* docs/index-format.md has the layout. */
enum {
    FORMAT = 2,
    FORMAT_MASK = 0x0F,
    LANGUAGE_MASK = (1 << PIL_LANGUAGE_BITS) - 1,
    /* in the first byte, beside the format */
    HAS_BLOCK = 0x10, /* the text is compressed */
    HAS_LINE = 0x20,
    HAS_PAGE = 0x40,
    HAS_HEADING = 0x80,
    /* in the second, beside the language */
    HAS_REPEAT = 0x40,
    HAS_LENGTH = 0x80 /* the range is not as long as the text */
};

/* ---- encoding ---- */

static pil_status put_optional(pil_buffer *out, bool is_there, uint64_t number)
{
    return is_there ? pil_codec_put_number(out, number) : PIL_OK;
}

static pil_status put_head(const pil_record *record, bool is_compressed, uint64_t dictionary,
                           pil_buffer *out)
{
    bool has_heading = record->heading != NULL && record->heading[0] != '\0';
    uint64_t range_bytes = record->end_byte - record->begin_byte;
    bool has_length = range_bytes != record->text_bytes;
    unsigned language = pil_language_code(record->language);
    const char flags[] = {
        (char)(FORMAT | (is_compressed ? HAS_BLOCK : 0) | (record->line > 0 ? HAS_LINE : 0) |
               (record->page > 0 ? HAS_PAGE : 0) | (has_heading ? HAS_HEADING : 0)),
        (char)(language | (record->repeat > 0 ? HAS_REPEAT : 0) | (has_length ? HAS_LENGTH : 0)),
    };
    pil_status status = pil_buffer_append(out, flags, sizeof flags);
    if (status == PIL_OK)
        status = put_optional(out, is_compressed, dictionary);
    if (status == PIL_OK)
        status = pil_codec_put_number(out, record->number);
    if (status == PIL_OK)
        status = put_optional(out, record->repeat > 0, record->repeat);
    if (status == PIL_OK)
        status = pil_codec_put_number(out, record->begin_byte);
    if (status == PIL_OK)
        status = put_optional(out, has_length, range_bytes);
    if (status == PIL_OK)
        status = put_optional(out, record->line > 0, record->line);
    if (status == PIL_OK)
        status = put_optional(out, record->page > 0, record->page);
    if (status == PIL_OK && language == PIL_LANGUAGE_OTHER)
        status = pil_codec_put_string(out, record->language, strlen(record->language));
    if (status == PIL_OK && has_heading)
        status = pil_codec_put_string(out, record->heading, strlen(record->heading));
    return status;
}

pil_status pil_record_encode(const pil_record *record, pil_compressor *compressor, pil_buffer *out,
                             pil_error *err)
{
    size_t start = out->length, text_bytes = record->text_bytes;
    uint64_t dictionary = 0;
    const char *block = NULL, *text = record->text;
    if (compressor != NULL) {
        pil_status status =
            pil_compressor_run(compressor, text, text_bytes, &block, &text_bytes, err);
        if (status != PIL_OK)
            return status;
        dictionary = pil_compressor_dictionary(compressor);
    }
    if (block == NULL)
        text_bytes = record->text_bytes;
    else
        text = block;
    pil_status status = put_head(record, block != NULL, dictionary, out);
    if (status == PIL_OK)
        status = pil_buffer_append(out, text, text_bytes);
    if (status == PIL_OK)
        status = pil_codec_seal(out, start);
    if (status == PIL_OK)
        return PIL_OK;
    pil_buffer_set_length(out, start);
    return status == PIL_NO_MEMORY ? pil_error_no_memory(err)
                                   : pil_error_set(err, status, "a record is too large");
}

/* ---- decoding ---- */

static pil_status fail_corrupt(pil_error *err)
{
    return pil_error_set(err, PIL_CORRUPT, "a record is damaged");
}

/* The text is all that is left. */
static pil_status get_text(pil_codec_reader *reader, bool is_compressed, uint64_t dictionary,
                           pil_dictionaries *dictionaries, pil_buffer *strings, pil_record *record,
                           pil_error *err)
{
    const char *stored = reader->bytes + reader->at;
    size_t n_stored = reader->length - reader->at;
    char *text = strings->bytes + strings->length;
    record->text = text;
    record->text_bytes = n_stored;
    if (!is_compressed) {
        memcpy(text, stored, n_stored);
    } else {
        pil_status status = pil_dictionaries_expand(dictionaries, dictionary, stored, n_stored,
                                                    text, &record->text_bytes, err);
        if (status != PIL_OK)
            return status;
    }
    pil_buffer_set_length(strings, strings->length + record->text_bytes + 1);
    text[record->text_bytes] = '\0';
    return PIL_OK;
}

/* The language is one of the table's, or stands behind the numbers. */
static const char *get_language(pil_codec_reader *reader, unsigned code, pil_buffer *strings)
{
    if (code == PIL_LANGUAGE_OTHER)
        return pil_codec_keep_string(reader, strings);
    const char *language = pil_language_of_code(code);
    if (language == NULL)
        reader->ok = false;
    return language;
}

static pil_status get_record(pil_codec_reader *reader, unsigned flags,
                             pil_dictionaries *dictionaries, pil_buffer *strings,
                             pil_record *record, pil_error *err)
{
    unsigned more = pil_codec_get_byte(reader);
    bool is_compressed = (flags & HAS_BLOCK) != 0, has_length = (more & HAS_LENGTH) != 0;
    uint64_t dictionary = is_compressed ? pil_codec_get_number(reader) : 0;
    record->number = pil_codec_get_u32(reader);
    record->repeat = more & HAS_REPEAT ? pil_codec_get_u32(reader) : 0;
    record->begin_byte = pil_codec_get_number(reader);
    uint64_t range_bytes = has_length ? pil_codec_get_number(reader) : 0;
    record->line = flags & HAS_LINE ? pil_codec_get_u32(reader) : 0;
    record->page = flags & HAS_PAGE ? pil_codec_get_u32(reader) : 0;
    record->language = get_language(reader, more & LANGUAGE_MASK, strings);
    record->heading = flags & HAS_HEADING ? pil_codec_keep_string(reader, strings) : "";
    if (!reader->ok)
        return fail_corrupt(err);
    pil_status status =
        get_text(reader, is_compressed, dictionary, dictionaries, strings, record, err);
    if (status != PIL_OK)
        return status;
    if (!has_length)
        range_bytes = record->text_bytes;
    record->end_byte = record->begin_byte + range_bytes;
    return record->end_byte < record->begin_byte ? fail_corrupt(err) : PIL_OK;
}

pil_status pil_record_decode(const void *bytes, size_t length, pil_dictionaries *dictionaries,
                             pil_buffer *strings, pil_record *record, pil_error *err)
{
    pil_codec_reader reader = pil_codec_open(bytes, length);
    unsigned flags = pil_codec_get_byte(&reader);
    if (!reader.ok)
        return fail_corrupt(err);
    if ((flags & FORMAT_MASK) != FORMAT)
        return pil_error_set(err, PIL_INCOMPATIBLE, "a record has format %u, this program reads %d",
                             flags & FORMAT_MASK, FORMAT);
    pil_buffer_clear(strings);
    size_t room = length + (flags & HAS_BLOCK ? PIL_BLOCK_TEXT_MAX_BYTES : 0);
    pil_status status = pil_buffer_reserve(strings, room);
    if (status != PIL_OK)
        return status == PIL_NO_MEMORY ? pil_error_no_memory(err) : fail_corrupt(err);
    pil_record found = {0};
    status = get_record(&reader, flags, dictionaries, strings, &found, err);
    if (status == PIL_OK)
        *record = found;
    return status;
}

/* ---- ids ---- */

uint32_t pil_article_id_seed(const pil_digest *key)
{
    char first[9];
    memcpy(first, key->hex, 8);
    first[8] = '\0';
    return (uint32_t)strtoul(first, NULL, 16);
}

uint64_t pil_paragraph_id(uint32_t id_seed, const char *text, size_t text_bytes, uint32_t repeat)
{
    uint64_t hash = pil_hash64(text, text_bytes);
    if (repeat > 0) {
        unsigned char both[12];
        for (size_t i = 0; i < sizeof both; i++)
            both[i] = (unsigned char)(i < 8 ? hash >> 8 * i : repeat >> 8 * (i - 8));
        hash = pil_hash64(both, sizeof both);
    }
    return (uint64_t)id_seed << 32 | (hash & UINT32_MAX);
}
