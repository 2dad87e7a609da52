/* One file, compressed: its name without .gz, .xz, .zst or .bz2 says what it is. */
#include "cage_limits.h"
#include "read_internal.h"
#include "unpack.h"

#include "base/hash.h"

#include <archive_entry.h>
#include <stdio.h>
#include <string.h>

enum { NAME_MAX_BYTES = 255 };

/* Unpacks all of bytes[0..length) into out. */
static pil_status unpack_all(const char *bytes, size_t length, uint64_t *room, pil_buffer *out,
                             pil_error *err)
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
    archive_read_free(archive);
    return status;
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
    pil_buffer_init(&unpacked, SIZE_MAX - 1);
    pil_status status = unpack_all(bytes, length, left, &unpacked, err);
    if (status == PIL_OK)
        status = pil_read_articles(format, unpacked.bytes, unpacked.length, &options, &sink, err);
    pil_buffer_dispose(&unpacked);
    return status;
}
