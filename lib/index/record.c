#include "index/record.h"

#include "codec.h"

#include <string.h>
#include <zstd.h>

enum {
    RECORD_FORMAT = 1,
    META_FORMAT = 1,
    NO_DICTIONARY = 0,
    TEXT_PLAIN = 0,
    TEXT_ZSTD = 1,
    /* glass deflates what it stores, but libxapian cannot always inflate a tag of more than 8 KiB
     * (docs/index-format.md): longer texts are compressed here, which leaves deflate nothing. */
    LONGEST_PLAIN_TEXT = 4096,
    ZSTD_LEVEL = 3
};

static pil_status put_text(const pil_record *record, pil_buffer *out)
{
    bool is_long = record->text_bytes > LONGEST_PLAIN_TEXT;
    pil_status status = pil_codec_put_number(out, is_long ? TEXT_ZSTD : TEXT_PLAIN);
    if (status == PIL_OK)
        status = pil_codec_put_number(out, record->text_bytes);
    if (status != PIL_OK || !is_long)
        return status == PIL_OK ? pil_buffer_append(out, record->text, record->text_bytes) : status;
    size_t bound = ZSTD_compressBound(record->text_bytes);
    status = pil_buffer_reserve(out, bound);
    if (status != PIL_OK)
        return status;
    size_t size = ZSTD_compress(out->bytes + out->length, bound, record->text, record->text_bytes,
                                ZSTD_LEVEL);
    if (ZSTD_isError(size))
        return PIL_NO_MEMORY;
    pil_buffer_set_length(out, out->length + size);
    return PIL_OK;
}

static pil_status put_c_string(pil_buffer *out, const char *string)
{
    return pil_codec_put_string(out, string, string == NULL ? 0 : strlen(string));
}

static pil_status fail_encode(pil_status status, pil_error *err)
{
    if (status == PIL_NO_MEMORY)
        return pil_error_no_memory(err);
    return pil_error_set(err, status, "a record is larger than %d bytes", PIL_RECORD_MAX_BYTES);
}

pil_status pil_record_encode(const pil_record *record, pil_buffer *out, pil_error *err)
{
    size_t start = out->length;
    const uint64_t numbers[] = {
        NO_DICTIONARY,
        record->id,
        record->number,
        record->begin_byte,
        record->end_byte - record->begin_byte,
        record->line,
        record->page,
        record->generation,
    };
    pil_status status = pil_buffer_append_byte(out, RECORD_FORMAT);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0] && status == PIL_OK; i++)
        status = pil_codec_put_number(out, numbers[i]);
    if (status == PIL_OK)
        status = put_c_string(out, record->language);
    if (status == PIL_OK)
        status = put_c_string(out, record->heading);
    if (status == PIL_OK)
        status = put_text(record, out);
    if (status == PIL_OK)
        status = pil_codec_seal(out, start);
    return status == PIL_OK ? PIL_OK : fail_encode(status, err);
}

/* Copies bytes[0..length) behind what strings holds, which must have room. */
static const char *keep(pil_buffer *strings, const void *bytes, size_t length)
{
    const char *kept = strings->bytes + strings->length;
    if (pil_buffer_append(strings, bytes, length) != PIL_OK ||
        pil_buffer_append_byte(strings, '\0') != PIL_OK)
        return NULL;
    return kept;
}

static pil_status fail_corrupt(pil_error *err, const char *what)
{
    return pil_error_set(err, PIL_CORRUPT, "%s is damaged", what);
}

/* The format byte stands first, so that a future layout can be told from damage. */
static pil_status check_format(const void *bytes, size_t length, int format, const char *what,
                               pil_codec_reader *reader, pil_error *err)
{
    *reader = pil_codec_open(bytes, length);
    if (!reader->ok || reader->length == 0)
        return fail_corrupt(err, what);
    int found = (unsigned char)reader->bytes[reader->at++];
    if (found != format)
        return pil_error_set(err, PIL_INCOMPATIBLE, "%s has format %d, this program reads %d", what,
                             found, format);
    return PIL_OK;
}

static pil_status get_text(pil_codec_reader *reader, pil_buffer *strings, pil_record *record,
                           pil_error *err)
{
    uint64_t coding = pil_codec_get_number(reader);
    uint64_t length = pil_codec_get_number(reader);
    const char *stored = reader->bytes + reader->at;
    size_t n_stored = reader->length - reader->at;
    if (!reader->ok || length > PIL_RECORD_MAX_BYTES || coding > TEXT_ZSTD ||
        (coding == TEXT_PLAIN && length != n_stored))
        return fail_corrupt(err, "a record");
    record->text_bytes = (size_t)length;
    if (coding == TEXT_PLAIN) {
        record->text = keep(strings, stored, n_stored);
        return PIL_OK;
    }
    char *text = strings->bytes + strings->length;
    size_t got = ZSTD_decompress(text, record->text_bytes, stored, n_stored);
    if (ZSTD_isError(got) || got != record->text_bytes)
        return fail_corrupt(err, "a record's text");
    text[got] = '\0';
    pil_buffer_set_length(strings, strings->length + got + 1);
    record->text = text;
    return PIL_OK;
}

/* How much the strings of a record can take: text expands when it was compressed. */
static size_t room_for(pil_codec_reader reader, size_t language_bytes, size_t heading_bytes)
{
    pil_codec_get_number(&reader);
    uint64_t text_bytes = pil_codec_get_number(&reader);
    if (!reader.ok || text_bytes > PIL_RECORD_MAX_BYTES)
        text_bytes = 0;
    return language_bytes + heading_bytes + (size_t)text_bytes + 3;
}

pil_status pil_record_decode(const void *bytes, size_t length, pil_buffer *strings,
                             pil_record *record, pil_error *err)
{
    pil_codec_reader reader;
    pil_status status = check_format(bytes, length, RECORD_FORMAT, "a record", &reader, err);
    if (status != PIL_OK)
        return status;
    pil_record found = {0};
    uint64_t dictionary = pil_codec_get_number(&reader);
    found.id = pil_codec_get_number(&reader);
    found.number = pil_codec_get_u32(&reader);
    found.begin_byte = pil_codec_get_number(&reader);
    found.end_byte = found.begin_byte + pil_codec_get_number(&reader);
    found.line = pil_codec_get_u32(&reader);
    found.page = pil_codec_get_u32(&reader);
    found.generation = pil_codec_get_number(&reader);
    size_t language_bytes, heading_bytes;
    const char *language = pil_codec_get_string(&reader, &language_bytes);
    const char *heading = pil_codec_get_string(&reader, &heading_bytes);
    if (!reader.ok)
        return fail_corrupt(err, "a record");
    if (dictionary != NO_DICTIONARY)
        return pil_error_set(err, PIL_INCOMPATIBLE, "a record needs a dictionary");
    pil_buffer_clear(strings);
    status = pil_buffer_reserve(strings, room_for(reader, language_bytes, heading_bytes));
    if (status != PIL_OK)
        return status == PIL_NO_MEMORY ? pil_error_no_memory(err) : fail_corrupt(err, "a record");
    found.language = keep(strings, language, language_bytes);
    found.heading = keep(strings, heading, heading_bytes);
    status = get_text(&reader, strings, &found, err);
    if (status == PIL_OK)
        *record = found;
    return status;
}

pil_status pil_article_meta_encode(const pil_article_meta *meta, pil_buffer *out, pil_error *err)
{
    size_t start = out->length;
    const char *const strings[] = {meta->id,   meta->path,     meta->title,  meta->author,
                                   meta->date, meta->language, meta->source, meta->url};
    pil_status status = pil_buffer_append_byte(out, META_FORMAT);
    if (status == PIL_OK)
        status = pil_codec_put_number(out, meta->n_paragraphs);
    for (size_t i = 0; i < sizeof strings / sizeof strings[0] && status == PIL_OK; i++)
        status = put_c_string(out, strings[i]);
    if (status == PIL_OK)
        status = pil_codec_seal(out, start);
    return status == PIL_OK ? PIL_OK : fail_encode(status, err);
}

pil_status pil_article_meta_decode(const void *bytes, size_t length, pil_buffer *strings,
                                   pil_article_meta *meta, pil_error *err)
{
    enum { N_STRINGS = 8 };
    pil_codec_reader reader;
    pil_status status =
        check_format(bytes, length, META_FORMAT, "an article's metadata", &reader, err);
    if (status != PIL_OK)
        return status;
    pil_article_meta found = {.n_paragraphs = pil_codec_get_u32(&reader)};
    const char **const targets[N_STRINGS] = {&found.id,     &found.path, &found.title,
                                             &found.author, &found.date, &found.language,
                                             &found.source, &found.url};
    pil_buffer_clear(strings);
    status = pil_buffer_reserve(strings, length + N_STRINGS);
    if (status != PIL_OK)
        return status == PIL_NO_MEMORY ? pil_error_no_memory(err)
                                       : fail_corrupt(err, "an article's metadata");
    for (int i = 0; i < N_STRINGS; i++) {
        size_t n_bytes;
        const char *string = pil_codec_get_string(&reader, &n_bytes);
        *targets[i] = keep(strings, string, n_bytes);
    }
    if (!reader.ok)
        return fail_corrupt(err, "an article's metadata");
    *meta = found;
    return PIL_OK;
}
