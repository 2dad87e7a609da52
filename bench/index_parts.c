/* pilcrow-parts INDEX: what the bytes of an index are for. Prints "bytes entries part" lines, the
 * bytes of the texts first, under the name "text". What blocks of tables spend on themselves, and
 * files of their own, are the caller's to subtract. bench/sizes makes a table of it. */
#include "base/buffer.h"
#include "base/error.h"
#include "checksums.h"
#include "glass_coding.h"
#include "glass_table.h"
#include "index/record.h"
#include "index/schema.h"
#include "index/snapshot.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum part {
    STEMS,
    GRAMS,
    ARTICLE_TERMS,
    LANGUAGE_TERMS,
    OTHER_TERMS,
    LENGTHS,
    VALUES,
    ARTICLE_METADATA,
    LEXICON,
    OTHER_METADATA,
    RECORD_TEXTS,
    RECORD_HEADERS,
    RECORD_KEYS,
    N_PARTS
};

static const char *const names[N_PARTS] = {
    [STEMS] = "postings of stems (Z)",
    [GRAMS] = "postings of common grams (XG)",
    [ARTICLE_TERMS] = "terms of articles (XA, Q)",
    [LANGUAGE_TERMS] = "terms of languages (L)",
    [OTHER_TERMS] = "other terms",
    [LENGTHS] = "lengths of paragraphs",
    [VALUES] = "values (date, source, author)",
    [ARTICLE_METADATA] = "metadata of articles",
    [LEXICON] = "lexicon",
    [OTHER_METADATA] = "other metadata",
    [RECORD_TEXTS] = "records: texts, compressed",
    [RECORD_HEADERS] = "records: everything else, checksums included",
    [RECORD_KEYS] = "records: keys and item headers",
};

typedef struct parts {
    uint64_t n_bytes[N_PARTS], n_entries[N_PARTS];
} parts;

static void check(pil_status status, const pil_error *err)
{
    if (status == PIL_OK)
        return;
    fprintf(stderr, "pilcrow-parts: %s\n", err->message);
    exit(1);
}

static void add(parts *sum, enum part part, uint64_t n_bytes)
{
    sum->n_bytes[part] += n_bytes;
    sum->n_entries[part]++;
}

/* What an entry takes in the leaves beside its tag: for each of its items the directory's two
 * bytes, two of flags and length, the key behind its length, and two of the item's number in all
 * but the first. */
static uint64_t item_overhead(const pil_glass_entry *entry)
{
    uint64_t first = 2 + 2 + 1 + entry->key_length, room = PIL_GLASS_ITEM_MAX - (first - 2);
    uint64_t n_further = 0;
    if (entry->tag_length > room)
        n_further = (entry->tag_length - room + room - 3) / (room - 2);
    return first + n_further * (first + 2);
}

static bool starts_with(const pil_glass_entry *entry, size_t at, const char *prefix)
{
    size_t length = strlen(prefix);
    return entry->key_length >= at + length && memcmp(entry->key + at, prefix, length) == 0;
}

static enum part part_of_term(const pil_glass_entry *entry)
{
    if (starts_with(entry, 0, PIL_PREFIX_STEM))
        return STEMS;
    if (starts_with(entry, 0, PIL_PREFIX_GRAM))
        return GRAMS;
    if (starts_with(entry, 0, PIL_PREFIX_ARTICLE) || starts_with(entry, 0, PIL_PREFIX_ID))
        return ARTICLE_TERMS;
    if (starts_with(entry, 0, PIL_PREFIX_LANGUAGE))
        return LANGUAGE_TERMS;
    return OTHER_TERMS;
}

static enum part part_of_posting(const pil_glass_entry *entry)
{
    if (entry->key_length < 2 || entry->key[0] != 0)
        return part_of_term(entry);
    switch (entry->key[1]) {
    case PIL_GLASS_KEY_METADATA:
        if (starts_with(entry, 2, PIL_KEY_ARTICLE))
            return ARTICLE_METADATA;
        return starts_with(entry, 2, PIL_KEY_WORD) ? LEXICON : OTHER_METADATA;
    case PIL_GLASS_KEY_VALUE_STATS:
    case PIL_GLASS_KEY_VALUES:
        return VALUES;
    case PIL_GLASS_KEY_LENGTHS:
        return LENGTHS;
    default:
        return OTHER_TERMS;
    }
}

/* A record without compression is its header and its text. */
static void add_record(parts *sum, const pil_glass_entry *entry, pil_dictionaries *dictionaries,
                       pil_buffer *strings, pil_buffer *plain)
{
    pil_error err = {0};
    pil_record record;
    check(pil_record_decode(entry->tag, entry->tag_length, dictionaries, strings, &record, &err),
          &err);
    pil_buffer_clear(plain);
    check(pil_record_encode(&record, NULL, plain, &err), &err);
    uint64_t header = plain->length - record.text_bytes;
    add(sum, RECORD_HEADERS, header);
    add(sum, RECORD_TEXTS, entry->tag_length - header);
    add(sum, RECORD_KEYS, item_overhead(entry));
}

static void add_table(parts *sum, const char *directory, const pil_file_checksums *file,
                      pil_dictionaries *dictionaries)
{
    bool has_records = strcmp(file->name, "docdata.glass") == 0;
    pil_buffer strings, plain;
    pil_buffer_init(&strings, 2 * PIL_RECORD_MAX_BYTES);
    pil_buffer_init(&plain, 2 * PIL_RECORD_MAX_BYTES);
    pil_error err = {0};
    pil_glass_reader *reader;
    check(pil_glass_reader_open(&reader, directory, file, &err), &err);
    pil_glass_entry entry;
    pil_status status;
    while ((status = pil_glass_reader_next(reader, &entry, &err)) == PIL_OK) {
        if (has_records)
            add_record(sum, &entry, dictionaries, &strings, &plain);
        else
            add(sum, part_of_posting(&entry), entry.tag_length + item_overhead(&entry));
    }
    check(status == PIL_DONE ? PIL_OK : status, &err);
    pil_glass_reader_close(reader);
    pil_buffer_dispose(&strings);
    pil_buffer_dispose(&plain);
}

static void add_segment(parts *sum, const pil_snapshot *snapshot, size_t number)
{
    const pil_manifest_segment *segment = &snapshot->manifest.segments[number];
    char *path = pil_manifest_segment_path(snapshot->directory, segment->id);
    pil_error err = {0};
    pil_file_checksums *files;
    size_t n_files;
    if (path == NULL)
        check(pil_error_no_memory(&err), &err);
    check(pil_checksums_read(path, &segment->checksums, &files, &n_files, &err), &err);
    for (size_t i = 0; i < n_files; i++) {
        if (strstr(files[i].name, ".glass") != NULL)
            add_table(sum, path, &files[i], snapshot->dictionaries);
        pil_file_checksums_dispose(&files[i]);
    }
    free(files);
    free(path);
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fputs("usage: pilcrow-parts INDEX\n", stderr);
        return 2;
    }
    pil_error err = {0};
    pil_snapshot snapshot;
    check(pil_snapshot_open(&snapshot, argv[1], &err), &err);
    parts sum = {0};
    uint64_t text_bytes = 0, n_paragraphs = 0;
    for (size_t i = 0; i < snapshot.manifest.n_segments; i++) {
        add_segment(&sum, &snapshot, i);
        text_bytes += snapshot.manifest.segments[i].text_bytes;
        n_paragraphs += snapshot.manifest.segments[i].n_paragraphs;
    }
    pil_snapshot_close(&snapshot);
    printf("%llu %llu text\n", (unsigned long long)text_bytes, (unsigned long long)n_paragraphs);
    for (size_t i = 0; i < N_PARTS; i++)
        printf("%llu %llu %s\n", (unsigned long long)sum.n_bytes[i],
               (unsigned long long)sum.n_entries[i], names[i]);
    return fflush(stdout) == 0 ? 0 : 1;
}
