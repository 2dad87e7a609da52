#include "codec.h"
#include "index/record.h"
#include "language_code.h"

#include <stdbool.h>
#include <string.h>

/* docs/index-format.md has the layout. */
enum {
    FORMAT = 2,
    FORMAT_WITH_MEMBER = 3,
    FORMAT_MASK = 0x0F,
    /* in the first byte, beside the format */
    HAS_PATH = 0x10, /* the id does not begin with it */
    HAS_SEED = 0x20, /* it is not the one that follows from the id */
    HAS_URL = 0x40,
    HAS_LINE = 0x80, /* not the first */
    /* in the second, beside the language */
    HAS_SOURCE = 0x40,
    HAS_AUTHOR = 0x80,
    LANGUAGE_MASK = (1 << PIL_LANGUAGE_BITS) - 1,
    SEED_BYTES = 4
};

static const char *given(const char *string)
{
    return string == NULL ? "" : string;
}

static uint32_t seed_of(const char *id)
{
    pil_digest key = pil_digest_of(id, strlen(id));
    return pil_article_id_seed(&key);
}

/* ---- encoding ---- */

static pil_status put_seed(pil_buffer *out, uint32_t seed)
{
    char bytes[SEED_BYTES];
    for (int i = 0; i < SEED_BYTES; i++)
        bytes[i] = (char)(seed >> 8 * i & 0xFF);
    return pil_buffer_append(out, bytes, sizeof bytes);
}

/* The id, and by how much of the id they are, the path and the member behind it. */
static pil_status put_names(pil_buffer *out, const pil_article_meta *meta, bool has_path)
{
    const char *id = given(meta->id), *path = given(meta->path);
    pil_status status = pil_codec_put_string(out, id, strlen(id));
    if (status == PIL_OK && has_path)
        return pil_codec_put_string(out, path, strlen(path));
    if (status == PIL_OK)
        status = pil_codec_put_number(out, strlen(path));
    if (status == PIL_OK && meta->member_bytes > 0)
        status = pil_codec_put_number(out, meta->member_bytes);
    return status;
}

static pil_status put_optional(pil_buffer *out, const char *string)
{
    return string[0] == '\0' ? PIL_OK : pil_codec_put_string(out, string, strlen(string));
}

static pil_status put_strings(const pil_article_meta *meta, bool has_path, unsigned language,
                              pil_buffer *out)
{
    const char *title = given(meta->title), *date = given(meta->date);
    pil_status status = put_names(out, meta, has_path);
    if (status == PIL_OK)
        status = pil_codec_put_string(out, title, strlen(title));
    if (status == PIL_OK)
        status = pil_codec_put_string(out, date, strlen(date));
    if (status == PIL_OK)
        status = put_optional(out, given(meta->author));
    if (status == PIL_OK)
        status = put_optional(out, given(meta->source));
    if (status == PIL_OK)
        status = put_optional(out, given(meta->url));
    if (status == PIL_OK && language == PIL_LANGUAGE_OTHER)
        status = pil_codec_put_string(out, meta->language, strlen(meta->language));
    return status;
}

static pil_status put_meta(const pil_article_meta *meta, pil_buffer *out)
{
    const char *id = given(meta->id), *path = given(meta->path);
    bool has_path = strncmp(id, path, strlen(path)) != 0;
    bool has_seed = meta->id_seed != seed_of(id);
    bool has_member = meta->member_bytes > 0 && !has_path;
    unsigned language = pil_language_code(meta->language);
    const char flags[] = {
        (char)((has_member ? FORMAT_WITH_MEMBER : FORMAT) | (has_path ? HAS_PATH : 0) |
               (has_seed ? HAS_SEED : 0) | (given(meta->url)[0] != '\0' ? HAS_URL : 0) |
               (meta->line != 1 ? HAS_LINE : 0)),
        (char)(language | (given(meta->source)[0] != '\0' ? HAS_SOURCE : 0) |
               (given(meta->author)[0] != '\0' ? HAS_AUTHOR : 0)),
    };
    pil_status status = pil_buffer_append(out, flags, sizeof flags);
    if (status == PIL_OK)
        status = pil_codec_put_number(out, meta->n_paragraphs);
    if (status == PIL_OK)
        status = pil_codec_put_number(out, meta->generation);
    if (status == PIL_OK && meta->line != 1)
        status = pil_codec_put_number(out, meta->line);
    if (status == PIL_OK && has_seed)
        status = put_seed(out, meta->id_seed);
    return status == PIL_OK ? put_strings(meta, has_path, language, out) : status;
}

pil_status pil_article_meta_encode(const pil_article_meta *meta, pil_buffer *out, pil_error *err)
{
    size_t start = out->length;
    pil_status status = put_meta(meta, out);
    if (status == PIL_OK)
        status = pil_codec_seal(out, start);
    if (status == PIL_OK)
        return PIL_OK;
    pil_buffer_set_length(out, start);
    return status == PIL_NO_MEMORY
               ? pil_error_no_memory(err)
               : pil_error_set(err, status, "an article's metadata are too large");
}

/* ---- decoding ---- */

static uint32_t get_seed(pil_codec_reader *reader)
{
    uint32_t seed = 0;
    for (int i = 0; i < SEED_BYTES; i++)
        seed |= (uint32_t)pil_codec_get_byte(reader) << 8 * i;
    return seed;
}

/* How much of the id the path is, which is kept apart. */
static const char *get_path(pil_codec_reader *reader, const char *id, pil_buffer *strings)
{
    uint64_t length = pil_codec_get_number(reader);
    const char *path = strings->bytes + strings->length;
    if (reader->ok && length <= strlen(id) &&
        pil_buffer_append(strings, id, (size_t)length) == PIL_OK) {
        pil_buffer_set_length(strings, strings->length + 1);
        return path;
    }
    reader->ok = false;
    return "";
}

/* The member's name stands in the id behind the path and "#". */
static size_t get_member(pil_codec_reader *reader, const char *id, const char *path)
{
    uint64_t length = pil_codec_get_number(reader);
    size_t begin = reader->ok ? strlen(path) + 1 : 0;
    if (reader->ok && length > 0 && begin <= strlen(id) && length <= strlen(id) - begin)
        return (size_t)length;
    reader->ok = false;
    return 0;
}

static const char *get_optional(pil_codec_reader *reader, bool is_there, pil_buffer *strings)
{
    return is_there ? pil_codec_keep_string(reader, strings) : "";
}

static void get_strings(pil_codec_reader *reader, unsigned flags, unsigned more,
                        pil_buffer *strings, pil_article_meta *meta)
{
    meta->id = pil_codec_keep_string(reader, strings);
    meta->path = flags & HAS_PATH ? pil_codec_keep_string(reader, strings)
                                  : get_path(reader, meta->id, strings);
    if ((flags & FORMAT_MASK) == FORMAT_WITH_MEMBER)
        meta->member_bytes = get_member(reader, meta->id, meta->path);
    meta->title = pil_codec_keep_string(reader, strings);
    meta->date = pil_codec_keep_string(reader, strings);
    meta->author = get_optional(reader, more & HAS_AUTHOR, strings);
    meta->source = get_optional(reader, more & HAS_SOURCE, strings);
    meta->url = get_optional(reader, flags & HAS_URL, strings);
    unsigned language = more & LANGUAGE_MASK;
    meta->language = language == PIL_LANGUAGE_OTHER ? pil_codec_keep_string(reader, strings)
                                                    : pil_language_of_code(language);
    if (meta->language == NULL || reader->at != reader->length)
        reader->ok = false;
}

static pil_status fail_corrupt(pil_error *err)
{
    return pil_error_set(err, PIL_CORRUPT, "an article's metadata are damaged");
}

pil_status pil_article_meta_decode(const void *bytes, size_t length, pil_buffer *strings,
                                   pil_article_meta *meta, pil_error *err)
{
    pil_codec_reader reader = pil_codec_open(bytes, length);
    unsigned flags = pil_codec_get_byte(&reader);
    if (!reader.ok)
        return fail_corrupt(err);
    unsigned format = flags & FORMAT_MASK;
    if (format != FORMAT && format != FORMAT_WITH_MEMBER)
        return pil_error_set(err, PIL_INCOMPATIBLE,
                             "an article's metadata have format %u, this program reads %d and %d",
                             format, FORMAT, FORMAT_WITH_MEMBER);
    pil_buffer_clear(strings);
    /* The path may be there twice: for itself and in the id. */
    pil_status status = pil_buffer_reserve(strings, 2 * length);
    if (status != PIL_OK)
        return status == PIL_NO_MEMORY ? pil_error_no_memory(err) : fail_corrupt(err);
    unsigned more = pil_codec_get_byte(&reader);
    pil_article_meta found = {.n_paragraphs = pil_codec_get_u32(&reader)};
    found.generation = pil_codec_get_number(&reader);
    found.line = flags & HAS_LINE ? pil_codec_get_u32(&reader) : 1;
    uint32_t seed = flags & HAS_SEED ? get_seed(&reader) : 0;
    get_strings(&reader, flags, more, strings, &found);
    if (!reader.ok)
        return fail_corrupt(err);
    found.id_seed = flags & HAS_SEED ? seed : seed_of(found.id);
    *meta = found;
    return PIL_OK;
}
