#include "index/segment.h"

#include "base/file.h"
#include "index/schema.h"
#include "lexicon.h"
#include "text/analyser.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

pil_status pil_status_from_xapian(const xc_error *from, pil_error *err)
{
    static const pil_status statuses[] = {
        [XC_OK] = PIL_OK,
        [XC_NO_MEMORY] = PIL_NO_MEMORY,
        [XC_INVALID_ARGUMENT] = PIL_INTERNAL,
        [XC_IO] = PIL_IO,
        [XC_NOT_FOUND] = PIL_STALE,
        [XC_EXISTS] = PIL_INTERNAL,
        [XC_BUSY] = PIL_BUSY,
        [XC_STALE] = PIL_CORRUPT, /* segments never change: it says that blocks are damaged */
        [XC_CORRUPT] = PIL_CORRUPT,
        [XC_INCOMPATIBLE] = PIL_INCOMPATIBLE,
        [XC_BAD_QUERY] = PIL_INTERNAL,
        [XC_LIMIT] = PIL_UNSUPPORTED,
        [XC_DOC_NOT_FOUND] = PIL_CORRUPT, /* only documents that must be there are asked for */
        [XC_CLOSED] = PIL_INTERNAL,
        [XC_NETWORK] = PIL_IO,
        [XC_UNSUPPORTED] = PIL_UNSUPPORTED,
        [XC_CANCELLED] = PIL_DONE,
        [XC_INTERNAL] = PIL_INTERNAL,
    };
    size_t n = sizeof statuses / sizeof statuses[0];
    pil_status status = (size_t)from->status < n ? statuses[from->status] : PIL_INTERNAL;
    return pil_error_set(err, status, "%s", from->message);
}

/* Puts the segment's id before what went wrong in it. */
static pil_status fail(const pil_segment *segment, const xc_error *from, pil_error *err)
{
    pil_error inner = {0};
    pil_status status = pil_status_from_xapian(from, &inner);
    return pil_error_set(err, status, "segment %s: %s", segment->entry->id, inner.message);
}

static pil_status name_segment(const pil_segment *segment, pil_status status, const pil_error *from,
                               pil_error *err)
{
    return pil_error_set(err, status, "segment %s: %s", segment->entry->id, from->message);
}

static pil_status check_version_file(const char *path, const pil_manifest_segment *entry,
                                     pil_error *err)
{
    char *version_file = pil_file_join(path, "iamglass");
    if (version_file == NULL)
        return pil_error_no_memory(err);
    pil_digest digest;
    pil_status status = pil_file_digest(version_file, &digest, NULL, err);
    free(version_file);
    if (status == PIL_NOT_FOUND)
        return pil_error_set(err, PIL_STALE, "segment %s is gone", entry->id);
    if (status == PIL_OK && strcmp(digest.hex, entry->version_file.hex) != 0)
        return pil_error_set(err, PIL_CORRUPT, "segment %s: its file iamglass is damaged",
                             entry->id);
    return status;
}

/* libxapian takes a table that is missing for an empty one, and opens tables one by one: only a
 * segment that is in place afterwards was opened whole. */
pil_status pil_segment_is_in_place(const pil_segment *segment, const char *directory,
                                   pil_error *err)
{
    char *path = pil_manifest_segment_path(directory, segment->entry->id);
    if (path == NULL)
        return pil_error_no_memory(err);
    bool is_there = access(path, F_OK) == 0;
    free(path);
    return is_there ? PIL_OK
                    : pil_error_set(err, PIL_STALE, "segment %s is gone", segment->entry->id);
}

pil_status pil_segment_open(pil_segment *out, const char *directory,
                            const pil_manifest_segment *entry, pil_dictionaries *dictionaries,
                            pil_error *err)
{
    *out = (pil_segment){.entry = entry, .dictionaries = dictionaries};
    char *path = pil_manifest_segment_path(directory, entry->id);
    if (path == NULL)
        return pil_error_no_memory(err);
    pil_status status = check_version_file(path, entry, err);
    xc_error failure;
    if (status == PIL_OK && xc_database_open(path, &out->database, &failure) != XC_OK)
        status = fail(out, &failure, err);
    free(path);
    return status;
}

void pil_segment_close(pil_segment *segment)
{
    xc_database_free(segment->database);
    segment->database = NULL;
}

pil_status pil_segment_record(pil_segment *segment, uint32_t docid, pil_buffer *strings,
                              pil_record *record, pil_error *err)
{
    char *data;
    size_t length;
    xc_error failure;
    if (xc_document_data(segment->database, docid, &data, &length, &failure) != XC_OK)
        return fail(segment, &failure, err);
    pil_error inner;
    pil_status status =
        pil_record_decode(data, length, segment->dictionaries, strings, record, &inner);
    xc_free(data);
    return status == PIL_OK ? PIL_OK : name_segment(segment, status, &inner, err);
}

static void article_key(uint32_t first, char key[32])
{
    snprintf(key, 32, "%s%08x", PIL_KEY_ARTICLE, (unsigned)first);
}

pil_status pil_segment_article(pil_segment *segment, uint32_t first, pil_buffer *strings,
                               pil_article_meta *meta, pil_error *err)
{
    char key[32];
    char *value;
    size_t length;
    xc_error failure;
    article_key(first, key);
    if (xc_metadata_get(segment->database, key, strlen(key), &value, &length, &failure) != XC_OK)
        return fail(segment, &failure, err);
    if (length == 0)
        return pil_error_set(err, PIL_CORRUPT, "segment %s: no article begins at %u",
                             segment->entry->id, (unsigned)first);
    pil_error inner;
    pil_status status = pil_article_meta_decode(value, length, strings, meta, &inner);
    xc_free(value);
    return status == PIL_OK ? PIL_OK : name_segment(segment, status, &inner, err);
}

/* The range of the article that begins at first, by what its metadata say. */
static pil_status read_range(pil_segment *segment, uint32_t first, pil_buffer *strings,
                             pil_docid_range *range, pil_error *err)
{
    pil_article_meta meta;
    pil_status status = pil_segment_article(segment, first, strings, &meta, err);
    if (status != PIL_OK)
        return status;
    uint32_t n_left = segment->entry->n_paragraphs - first + 1;
    if (first > segment->entry->n_paragraphs || meta.n_paragraphs == 0 ||
        meta.n_paragraphs > n_left)
        return pil_error_set(err, PIL_CORRUPT, "segment %s: the article at %u goes beyond its end",
                             segment->entry->id, (unsigned)first);
    *range = (pil_docid_range){first, first + meta.n_paragraphs - 1};
    return PIL_OK;
}

pil_status pil_segment_article_ranges(pil_segment *segment, const pil_digest *key,
                                      pil_docid_range **out, size_t *n, pil_error *err)
{
    char term[sizeof PIL_PREFIX_ARTICLE + PIL_DIGEST_LENGTH];
    int length = snprintf(term, sizeof term, "%s%s", PIL_PREFIX_ARTICLE, key->hex);
    uint32_t *docids; /* of first paragraphs */
    size_t n_docids;
    xc_error failure;
    *out = NULL;
    *n = 0;
    if (xc_database_postings(segment->database, term, (size_t)length, &docids, NULL, &n_docids,
                             &failure) != XC_OK)
        return fail(segment, &failure, err);
    if (n_docids == 0)
        return PIL_OK;
    pil_buffer strings;
    pil_buffer_init(&strings, 2 * PIL_RECORD_MAX_BYTES);
    pil_docid_range *ranges = malloc(n_docids * sizeof *ranges);
    pil_status status = ranges == NULL ? pil_error_no_memory(err) : PIL_OK;
    for (size_t i = 0; i < n_docids && status == PIL_OK; i++)
        status = read_range(segment, docids[i], &strings, &ranges[i], err);
    pil_buffer_dispose(&strings);
    xc_free(docids);
    if (status != PIL_OK) {
        free(ranges);
        return status;
    }
    *out = ranges;
    *n = n_docids;
    return PIL_OK;
}

/* Adds what the block says of form in language. */
static pil_status look_up_in(pil_lexicon_block *block, const char *form, const char *language,
                             pil_lexicon_entry *entry, pil_error *err)
{
    pil_lexicon_word word;
    pil_status status;
    while ((status = pil_lexicon_block_next(block, &word, err)) == PIL_OK) {
        /* The block may be the first of another language. */
        int difference = strcmp(word.language, language) != 0 ? 1 : strcmp(word.form, form);
        if (difference == 0) {
            entry->n_written += word.n_written;
            entry->n_derived += word.n_derived;
        }
        if (difference >= 0)
            return PIL_OK;
    }
    return status == PIL_DONE ? PIL_OK : status;
}

pil_status pil_segment_lookup(pil_segment *segment, const char *form, size_t form_bytes,
                              const char *language, pil_lexicon_entry *entry, pil_error *err)
{
    char key[XC_MAX_METADATA_KEY_BYTES];
    int length =
        snprintf(key, sizeof key, "%s%s/%.*s", PIL_KEY_WORD, language, (int)form_bytes, form);
    if (form_bytes > PIL_TERM_MAX_BYTES || length < 0 || (size_t)length >= sizeof key)
        return PIL_OK;
    char *found, *value;
    size_t found_length, value_length;
    xc_error failure;
    if (xc_metadata_seek(segment->database, PIL_KEY_WORD, strlen(PIL_KEY_WORD), key, (size_t)length,
                         &found, &found_length, &value, &value_length, &failure) != XC_OK)
        return fail(segment, &failure, err);
    if (found == NULL)
        return PIL_OK;
    pil_lexicon_block *block = NULL;
    pil_error inner;
    pil_status status =
        pil_lexicon_block_open(&block, found, found_length, value, value_length, &inner);
    if (status == PIL_OK)
        status = look_up_in(block, key + length - form_bytes, language, entry, &inner);
    pil_lexicon_block_close(block);
    xc_free(found);
    xc_free(value);
    return status == PIL_OK ? PIL_OK : name_segment(segment, status, &inner, err);
}

/* ---- all words ---- */

/* A walk through the lexicon. */
typedef struct word_walk {
    pil_segment *segment;
    const char *prefix;
    size_t prefix_bytes;
    char before[XC_MAX_METADATA_KEY_BYTES]; /* the key of the block before */
    size_t before_length;
    pil_segment_word_callback callback;
    void *context;
    pil_status status;
    pil_error *err;
} word_walk;

static pil_status walk_block(word_walk *walk, const char *key, size_t key_length, const char *value,
                             size_t length)
{
    pil_lexicon_block *block = NULL;
    pil_lexicon_word word;
    pil_error inner;
    pil_status status = pil_lexicon_block_open(&block, key, key_length, value, length, &inner);
    while (status == PIL_OK && (status = pil_lexicon_block_next(block, &word, &inner)) == PIL_OK) {
        if (strncmp(word.form, walk->prefix, walk->prefix_bytes) != 0)
            continue;
        status = walk->callback(walk->context, &word);
        if (status != PIL_OK)
            pil_error_set(&inner, status, "cannot go through the words");
    }
    pil_lexicon_block_close(block);
    return status == PIL_DONE ? PIL_OK : name_segment(walk->segment, status, &inner, walk->err);
}

/* The form in a key, which is the last of its block, and before it the language with its slash. */
static const char *form_of(const char *key, size_t key_length, size_t *length)
{
    size_t prefix = strlen(PIL_KEY_WORD);
    const char *slash = key_length < prefix ? NULL : memchr(key + prefix, '/', key_length - prefix);
    const char *form = slash == NULL ? key + key_length : slash + 1;
    *length = (size_t)(key + key_length - form);
    return form;
}

/* As strcmp, a form against the forms that begin with the prefix: 0 for one of these. */
static int compare_with_prefix(const word_walk *walk, const char *form, size_t length)
{
    size_t n = length < walk->prefix_bytes ? length : walk->prefix_bytes;
    int difference = memcmp(form, walk->prefix, n);
    return difference != 0 || length >= walk->prefix_bytes ? difference : -1;
}

/* Whether a block, known by its key, can have forms with the prefix: it has those behind the last
 * of the block before, if that is of the same language, up to its own last. */
static bool can_have(const word_walk *walk, const char *key, size_t key_length)
{
    size_t length, before_length;
    const char *last = form_of(key, key_length, &length);
    const char *before = form_of(walk->before, walk->before_length, &before_length);
    size_t head = (size_t)(last - key);
    bool is_same_language =
        head == (size_t)(before - walk->before) && memcmp(key, walk->before, head) == 0;
    if (compare_with_prefix(walk, last, length) < 0)
        return false;
    return !is_same_language || compare_with_prefix(walk, before, before_length) <= 0;
}

static bool walk_key(void *context, const char *key, size_t key_length)
{
    word_walk *walk = context;
    char *value;
    size_t length;
    xc_error failure;
    bool is_wanted = can_have(walk, key, key_length);
    if (key_length <= sizeof walk->before) {
        memcpy(walk->before, key, key_length);
        walk->before_length = key_length;
    }
    if (!is_wanted)
        return true;
    if (xc_metadata_get(walk->segment->database, key, key_length, &value, &length, &failure) !=
        XC_OK) {
        walk->status = fail(walk->segment, &failure, walk->err);
        return false;
    }
    walk->status = walk_block(walk, key, key_length, value, length);
    xc_free(value);
    return walk->status == PIL_OK;
}

pil_status pil_segment_each_word(pil_segment *segment, const char *prefix, size_t prefix_bytes,
                                 pil_segment_word_callback callback, void *context, pil_error *err)
{
    word_walk walk = {.segment = segment,
                      .prefix = prefix,
                      .prefix_bytes = prefix_bytes,
                      .callback = callback,
                      .context = context,
                      .status = PIL_OK,
                      .err = err};
    xc_error failure;
    if (xc_metadata_each_key(segment->database, PIL_KEY_WORD, strlen(PIL_KEY_WORD), walk_key, &walk,
                             &failure) != XC_OK)
        return fail(segment, &failure, err);
    return walk.status;
}
