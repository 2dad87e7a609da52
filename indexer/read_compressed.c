/* One file, compressed: its name without .gz, .xz, .zst or .bz2 says what it is. */
#include "cage_limits.h"
#include "read_internal.h"
#include "unpack.h"

#include "base/hash.h"

#include <archive_entry.h>
#include <stdio.h>
#include <string.h>

enum { NAME_MAX_BYTES = 255 };

/* Unpacks all of bytes[0..length) into out, or what of it can be when it *is_damaged. */
static pil_status unpack_all(const char *bytes, size_t length, uint64_t *room, pil_buffer *out,
                             bool *is_damaged, pil_error *err)
{
    struct archive_entry *entry;
    struct archive *archive = pil_unpack_new();
    if (archive == NULL)
        return pil_error_no_memory(err);
    archive_read_support_format_raw(archive);
    pil_status status;
    if (archive_read_open_memory(archive, bytes, length) != ARCHIVE_OK ||
        archive_read_next_header(archive, &entry) != ARCHIVE_OK ||
        archive_filter_code(archive, 0) == ARCHIVE_FILTER_NONE)
        status = pil_error_set(err, PIL_BAD_INPUT,
                               "not compressed as its name says: gzip, xz, zstd or bzip2");
    else
        status = pil_unpack(archive, out, room, "file", err);
    *is_damaged = status == PIL_BAD_INPUT && archive_errno(archive) != 0;
    archive_read_free(archive);
    return status;
}

/* ---- what is left of a damaged file ---- */

/* How much of text[0..length) are whole lines, or rows of a table, which may have lines in quotes.
 */
static size_t whole_lines(const char *text, size_t length, bool has_quotes)
{
    bool is_quoted = false;
    size_t whole = 0;
    for (size_t at = 0; at < length; at++) {
        is_quoted ^= has_quotes && text[at] == '"';
        if (text[at] == '\n' && !is_quoted)
            whole = at + 1;
    }
    return whole;
}

/* How much of a mailbox are messages behind which another one begins. */
static size_t whole_messages(const char *text, size_t length)
{
    static const char begin[] = "\n\nFrom ";
    for (size_t at = length; at-- > 0;) {
        if (text[at] == '\n' && length - at > strlen(begin) &&
            memcmp(text + at, begin, strlen(begin)) == 0)
            return at + 2;
    }
    return 0;
}

/* How much are records that are surely whole. A text without its end is none: it would take the
 * place of the whole one that was indexed before. */
static size_t whole_records(pil_format format, const char *text, size_t length)
{
    switch (format) {
    case PIL_FORMAT_JSONL:
        return whole_lines(text, length, false);
    case PIL_FORMAT_CSV:
        return whole_lines(text, length, true);
    case PIL_FORMAT_MBOX:
        return whole_messages(text, length);
    default:
        return 0;
    }
}

/* A record without an id is known by its bytes: outside only files of records have such. */
typedef struct record_naming {
    const pil_article_sink *sink;
    bool is_of_records;
} record_naming;

static pil_status on_article(void *context, const pil_article *article, pil_error *err)
{
    const record_naming *run = context;
    char digest[17];
    pil_article named = *article;
    if (article->record_id == NULL && run->is_of_records) {
        snprintf(digest, sizeof digest, "%016llx",
                 (unsigned long long)pil_hash64(article->raw, article->raw_bytes));
        named.record_id = digest;
    }
    return run->sink->article(run->sink->context, &named, err);
}

static void on_note(void *context, const pil_read_note *note)
{
    const record_naming *run = context;
    if (run->sink->note != NULL)
        run->sink->note(run->sink->context, note);
}

pil_status pil_read_compressed(pil_reading *reading, const char *bytes, size_t length,
                               pil_error *err)
{
    const char *name = reading->options.file_name == NULL ? "" : reading->options.file_name;
    char inner_name[NAME_MAX_BYTES + 1];
    snprintf(inner_name, sizeof inner_name, "%.*s", (int)pil_format_uncompressed_name(name), name);
    pil_format format = pil_format_of_name(inner_name);
    if (format == PIL_FORMAT_NONE || format == PIL_FORMAT_COMPRESSED)
        return pil_error_set(err, PIL_BAD_INPUT,
                             "its name does not say what is in it, as a.txt.gz does");
    uint64_t room = pil_cage_unpacked_max(length);
    uint64_t *left = reading->options.unpack_room == NULL ? &room : reading->options.unpack_room;
    pil_read_options options = reading->options;
    options.file_name = inner_name;
    options.unpack_room = left;
    record_naming naming = {reading->sink, pil_format_get(format)->has_records};
    const pil_article_sink sink = {on_article, on_note, &naming};
    pil_buffer unpacked;
    bool is_damaged = false;
    pil_error damage = {0};
    pil_buffer_init(&unpacked, SIZE_MAX - 1);
    pil_status status = unpack_all(bytes, length, left, &unpacked, &is_damaged, &damage);
    if (is_damaged) {
        pil_buffer_set_length(&unpacked, whole_records(format, unpacked.bytes, unpacked.length));
        status = unpacked.length > 0 ? PIL_OK : PIL_BAD_INPUT;
    }
    if (status == PIL_OK)
        status = pil_read_articles(format, unpacked.bytes, unpacked.length, &options, &sink, err);
    else if (is_damaged)
        pil_error_set(err, status, "%s: to index what is left of it, unpack that", damage.message);
    else if (err != NULL)
        *err = damage;
    if (status == PIL_OK && is_damaged)
        pil_reading_note(reading, 0, true, "what follows is missing: %s", damage.message);
    pil_buffer_dispose(&unpacked);
    return status;
}
