/* Writes a segment through libxapian: a WritableDatabase without termlists is filled in a build
 * directory and compacted into its final form. */
#include "index/segment_writer.h"

#include "base/file.h"
#include "base/intern.h"
#include "checksums.h"
#include "codec.h"
#include "index/schema.h"
#include "index/segment.h"
#include "xapian_c.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

/* A form of the lexicon; its key in the table is form + "/" + language. */
typedef struct lexicon_count {
    uint32_t n_written, n_derived;
    uint32_t last_written, last_derived; /* docids, to count each paragraph once */
    char *term;                          /* in terms */
} lexicon_count;

struct pil_segment_writer {
    char id[PIL_SEGMENT_ID_LENGTH + 1];
    char *index_directory;
    char *build;  /* index_directory/build-<id> */
    char *raw;    /* build/raw: what is being written */
    char *packed; /* build/packed: what becomes the segment */
    xc_writer *writer;
    xc_document *document;
    pil_intern forms;
    lexicon_count *counts; /* [0..forms.n_entries) */
    size_t counts_capacity;
    pil_arena terms;
    pil_buffer scratch;
    pil_digest article_key;
    char *article_date, *article_source, *article_author;
    pil_arena article; /* holds these three */
    uint32_t n_paragraphs;
    uint64_t text_bytes;
};

/* ---- beginning ---- */

static pil_status make_id(char id[PIL_SEGMENT_ID_LENGTH + 1], pil_error *err)
{
    unsigned char random[PIL_SEGMENT_ID_LENGTH / 2];
    if (getrandom(random, sizeof random, 0) != (ssize_t)sizeof random)
        return pil_error_set_errno(err, errno, "cannot get random numbers");
    for (size_t i = 0; i < sizeof random; i++)
        snprintf(id + 2 * i, 3, "%02x", random[i]);
    return PIL_OK;
}

static pil_status make_build_directory(pil_segment_writer *writer, pil_error *err)
{
    char name[sizeof PIL_BUILD_PREFIX + PIL_SEGMENT_ID_LENGTH];
    snprintf(name, sizeof name, "%s%s", PIL_BUILD_PREFIX, writer->id);
    writer->build = pil_file_join(writer->index_directory, name);
    writer->raw = writer->build == NULL ? NULL : pil_file_join(writer->build, "raw");
    writer->packed = writer->build == NULL ? NULL : pil_file_join(writer->build, "packed");
    if (writer->raw == NULL || writer->packed == NULL)
        return pil_error_no_memory(err);
    return pil_file_make_directories(writer->build, err);
}

static pil_status open_database(pil_segment_writer *writer, pil_error *err)
{
    /* Nobody reads it and nobody keeps it, so it need not survive a crash. */
    unsigned flags =
        XC_WRITER_CREATE | XC_WRITER_NO_TERMLIST | XC_WRITER_NO_SYNC | XC_WRITER_DANGEROUS;
    char format[16];
    int length = snprintf(format, sizeof format, "%d", PIL_FORMAT_NUMBER);
    xc_error failure;
    if (xc_writer_open(writer->raw, flags, 0, &writer->writer, &failure) != XC_OK ||
        xc_document_new(&writer->document, &failure) != XC_OK ||
        xc_writer_set_metadata(writer->writer, PIL_KEY_FORMAT, strlen(PIL_KEY_FORMAT), format,
                               (size_t)length, &failure) != XC_OK)
        return pil_status_from_xapian(&failure, err);
    return PIL_OK;
}

pil_status pil_segment_writer_begin(pil_segment_writer **out, const char *index_directory,
                                    pil_error *err)
{
    *out = NULL;
    pil_segment_writer *writer = calloc(1, sizeof *writer);
    if (writer == NULL)
        return pil_error_no_memory(err);
    pil_buffer_init(&writer->scratch, PIL_RECORD_MAX_BYTES);
    writer->index_directory = strdup(index_directory);
    pil_status status =
        writer->index_directory == NULL ? pil_error_no_memory(err) : make_id(writer->id, err);
    if (status == PIL_OK)
        status = make_build_directory(writer, err);
    if (status == PIL_OK)
        status = open_database(writer, err);
    if (status == PIL_OK)
        *out = writer;
    else
        pil_segment_writer_free(writer);
    return status;
}

void pil_segment_writer_free(pil_segment_writer *writer)
{
    if (writer == NULL)
        return;
    xc_writer_free(writer->writer);
    xc_document_free(writer->document);
    if (writer->build != NULL)
        (void)!pil_file_remove_tree(writer->build, NULL);
    pil_intern_dispose(&writer->forms);
    free(writer->counts);
    pil_arena_dispose(&writer->terms);
    pil_arena_dispose(&writer->article);
    pil_buffer_dispose(&writer->scratch);
    free(writer->index_directory);
    free(writer->build);
    free(writer->raw);
    free(writer->packed);
    free(writer);
}

const char *pil_segment_writer_id(const pil_segment_writer *writer)
{
    return writer->id;
}

uint32_t pil_segment_writer_n_paragraphs(const pil_segment_writer *writer)
{
    return writer->n_paragraphs;
}

uint64_t pil_segment_writer_text_bytes(const pil_segment_writer *writer)
{
    return writer->text_bytes;
}

/* ---- adding ---- */

static char *keep(pil_arena *arena, const char *string)
{
    return string == NULL ? pil_arena_copy(arena, "", 0)
                          : pil_arena_copy(arena, string, strlen(string));
}

pil_status pil_segment_writer_add_article(pil_segment_writer *writer, const pil_article_meta *meta,
                                          const pil_digest *key, pil_error *err)
{
    pil_arena_clear(&writer->article);
    writer->article_key = *key;
    writer->article_date = keep(&writer->article, meta->date);
    writer->article_source = keep(&writer->article, meta->source);
    writer->article_author = keep(&writer->article, meta->author);
    if (writer->article_date == NULL || writer->article_source == NULL ||
        writer->article_author == NULL)
        return pil_error_no_memory(err);
    char name[32];
    int length =
        snprintf(name, sizeof name, "%s%08x", PIL_KEY_ARTICLE, (unsigned)writer->n_paragraphs + 1);
    pil_buffer_clear(&writer->scratch);
    pil_status status = pil_article_meta_encode(meta, &writer->scratch, err);
    xc_error failure;
    if (status == PIL_OK &&
        xc_writer_set_metadata(writer->writer, name, (size_t)length, writer->scratch.bytes,
                               writer->scratch.length, &failure) != XC_OK)
        status = pil_status_from_xapian(&failure, err);
    return status;
}

static pil_status find_count(pil_segment_writer *writer, const pil_token *token,
                             const char *language, lexicon_count **out, pil_error *err)
{
    if (writer->forms.n_entries == writer->counts_capacity) {
        size_t capacity = writer->counts_capacity == 0 ? 1024 : writer->counts_capacity * 2;
        lexicon_count *grown = realloc(writer->counts, capacity * sizeof *grown);
        if (grown == NULL)
            return pil_error_no_memory(err);
        writer->counts = grown;
        writer->counts_capacity = capacity;
    }
    char key[2 * PIL_TERM_MAX_BYTES + PIL_LANGUAGE_MAX + 2];
    int length =
        snprintf(key, sizeof key, "%.*s/%s", (int)token->form_bytes, token->form, language);
    uint32_t number;
    bool is_new;
    if (pil_intern_add(&writer->forms, key, (size_t)length, &number, &is_new) != PIL_OK)
        return pil_error_no_memory(err);
    *out = &writer->counts[number];
    if (!is_new)
        return PIL_OK;
    **out = (lexicon_count){.term = pil_arena_copy(&writer->terms, token->term, token->term_bytes)};
    return (*out)->term == NULL ? pil_error_no_memory(err) : PIL_OK;
}

static pil_status count_form(pil_segment_writer *writer, const pil_token *token,
                             const char *language, uint32_t docid, pil_error *err)
{
    lexicon_count *count = NULL;
    pil_status status = find_count(writer, token, language, &count, err);
    if (status != PIL_OK)
        return status;
    if (token->kind == PIL_TOKEN_WORD) {
        count->n_written += count->last_written != docid;
        count->last_written = docid;
    } else {
        count->n_derived += count->last_derived != docid;
        count->last_derived = docid;
    }
    return PIL_OK;
}

static xc_status add_prefixed(pil_segment_writer *writer, const char *prefix, const char *rest,
                              size_t rest_bytes, uint32_t wdf, xc_error *failure)
{
    char term[XC_MAX_TERM_BYTES];
    int length = snprintf(term, sizeof term, "%s%.*s", prefix, (int)rest_bytes, rest);
    return xc_document_add_term(writer->document, term, (size_t)length, wdf, failure);
}

static pil_status add_tokens(pil_segment_writer *writer, const pil_record *record,
                             const pil_token *tokens, size_t n_tokens, pil_error *err)
{
    uint32_t docid = writer->n_paragraphs + 1;
    pil_status status = PIL_OK;
    xc_error failure;
    for (size_t i = 0; i < n_tokens && status == PIL_OK; i++) {
        uint32_t wdf = tokens[i].kind == PIL_TOKEN_WORD ? 1 : 0;
        if (add_prefixed(writer, PIL_PREFIX_STEM, tokens[i].term, tokens[i].term_bytes, wdf,
                         &failure) != XC_OK)
            status = pil_status_from_xapian(&failure, err);
        else
            status = count_form(writer, &tokens[i], record->language, docid, err);
    }
    return status;
}

static xc_status add_labels(pil_segment_writer *writer, const pil_record *record, xc_error *failure)
{
    char id[17];
    snprintf(id, sizeof id, "%016llx", (unsigned long long)record->id);
    const char *key = writer->article_key.hex;
    xc_status status = add_prefixed(writer, PIL_PREFIX_ID, id, 16, 0, failure);
    if (status == XC_OK)
        status = add_prefixed(writer, PIL_PREFIX_ARTICLE, key, PIL_DIGEST_LENGTH, 0, failure);
    if (status == XC_OK)
        status = add_prefixed(writer, PIL_PREFIX_LANGUAGE, record->language,
                              strlen(record->language), 0, failure);
    return status;
}

static xc_status add_values(pil_segment_writer *writer, const pil_record *record, xc_error *failure)
{
    const struct {
        uint32_t slot;
        const char *value;
    } values[] = {
        {PIL_SLOT_ARTICLE, writer->article_key.hex}, {PIL_SLOT_DATE, writer->article_date},
        {PIL_SLOT_SOURCE, writer->article_source},   {PIL_SLOT_AUTHOR, writer->article_author},
        {PIL_SLOT_LANGUAGE, record->language},
    };
    xc_status status = XC_OK;
    for (size_t i = 0; i < sizeof values / sizeof values[0] && status == XC_OK; i++) {
        if (values[i].value[0] != '\0')
            status = xc_document_set_value(writer->document, values[i].slot, values[i].value,
                                           strlen(values[i].value), failure);
    }
    return status;
}

pil_status pil_segment_writer_add(pil_segment_writer *writer, const pil_record *record,
                                  const pil_token *tokens, size_t n_tokens, pil_error *err)
{
    xc_error failure;
    pil_buffer_clear(&writer->scratch);
    pil_status status = pil_record_encode(record, &writer->scratch, err);
    if (status == PIL_OK && (xc_document_clear(writer->document, &failure) != XC_OK ||
                             xc_document_set_data(writer->document, writer->scratch.bytes,
                                                  writer->scratch.length, &failure) != XC_OK ||
                             add_labels(writer, record, &failure) != XC_OK ||
                             add_values(writer, record, &failure) != XC_OK))
        status = pil_status_from_xapian(&failure, err);
    if (status == PIL_OK)
        status = add_tokens(writer, record, tokens, n_tokens, err);
    if (status == PIL_OK &&
        xc_writer_add(writer->writer, writer->document, NULL, &failure) != XC_OK)
        status = pil_status_from_xapian(&failure, err);
    if (status == PIL_OK) {
        writer->n_paragraphs++;
        writer->text_bytes += record->text_bytes;
    }
    return status;
}

/* ---- finishing ---- */

static const pil_intern_entry **sorted_forms(const pil_intern *forms)
{
    const pil_intern_entry **sorted = malloc((forms->n_entries + 1) * sizeof *sorted);
    for (uint32_t i = 0; sorted != NULL && i < forms->n_entries; i++)
        sorted[i] = &forms->entries[i];
    return sorted;
}

static int by_bytes(const void *left, const void *right)
{
    const pil_intern_entry *const *a = left, *const *b = right;
    return strcmp((*a)->bytes, (*b)->bytes);
}

static pil_status write_form(pil_segment_writer *writer, const pil_intern_entry *form,
                             pil_error *err)
{
    const lexicon_count *count = &writer->counts[form - writer->forms.entries];
    char key[XC_MAX_METADATA_KEY_BYTES];
    int length = snprintf(key, sizeof key, "%s%s", PIL_KEY_WORD, form->bytes);
    pil_buffer *value = &writer->scratch;
    pil_buffer_clear(value);
    pil_status status = pil_codec_put_number(value, count->n_written);
    if (status == PIL_OK)
        status = pil_codec_put_number(value, count->n_derived);
    if (status == PIL_OK)
        status = pil_codec_put_string(value, count->term, strlen(count->term));
    if (status == PIL_OK)
        status = pil_codec_seal(value, 0);
    if (status != PIL_OK)
        return pil_error_no_memory(err);
    xc_error failure;
    if (xc_writer_set_metadata(writer->writer, key, (size_t)length, value->bytes, value->length,
                               &failure) != XC_OK)
        return pil_status_from_xapian(&failure, err);
    return PIL_OK;
}

/* In order of key, so that libxapian fills its blocks one after another. */
static pil_status write_lexicon(pil_segment_writer *writer, pil_error *err)
{
    const pil_intern_entry **sorted = sorted_forms(&writer->forms);
    if (sorted == NULL)
        return pil_error_no_memory(err);
    qsort(sorted, writer->forms.n_entries, sizeof *sorted, by_bytes);
    pil_status status = PIL_OK;
    for (uint32_t i = 0; i < writer->forms.n_entries && status == PIL_OK; i++)
        status = write_form(writer, sorted[i], err);
    free(sorted);
    return status;
}

/* libxapian takes a table that it cannot open, for want of descriptors say, for an empty one: the
 * texts of a segment may be lost without a word. */
static xc_status check_data(xc_database *database, uint32_t docid, xc_error *failure)
{
    char *data;
    size_t length;
    xc_status status = xc_document_data(database, docid, &data, &length, failure);
    if (status != XC_OK)
        return status;
    xc_free(data);
    if (length > 0)
        return XC_OK;
    *failure = (xc_error){.status = XC_IO,
                          .message = "the texts of the new segment could not be read or written"};
    return XC_IO;
}

static pil_status pack(pil_segment_writer *writer, char uuid[PIL_UUID_LENGTH + 1], pil_error *err)
{
    xc_error failure;
    if (xc_writer_commit(writer->writer, &failure) != XC_OK)
        return pil_status_from_xapian(&failure, err);
    xc_writer_free(writer->writer);
    writer->writer = NULL;
    const char *inputs[] = {writer->raw};
    if (xc_compact(inputs, 1, writer->packed, XC_COMPACT_FULL, 0, &failure) != XC_OK)
        return pil_status_from_xapian(&failure, err);
    xc_database *database;
    if (xc_database_open(writer->packed, &database, &failure) != XC_OK)
        return pil_status_from_xapian(&failure, err);
    xc_status status = xc_database_uuid(database, uuid, &failure);
    if (status == XC_OK)
        status = check_data(database, writer->n_paragraphs, &failure);
    xc_database_free(database);
    return status == XC_OK ? PIL_OK : pil_status_from_xapian(&failure, err);
}

/* fsync first, rename then: what stands under segments/ is whole. */
static pil_status put_in_place(pil_segment_writer *writer, pil_error *err)
{
    char *segments = pil_file_join(writer->index_directory, PIL_SEGMENTS_NAME);
    char *target = pil_manifest_segment_path(writer->index_directory, writer->id);
    pil_status status = PIL_OK;
    if (segments == NULL || target == NULL)
        status = pil_error_no_memory(err);
    if (status == PIL_OK)
        status = pil_file_make_directories(segments, err);
    if (status == PIL_OK && rename(writer->packed, target) != 0)
        status = pil_error_set_errno(err, errno, "cannot rename the new segment");
    if (status == PIL_OK)
        status = pil_file_sync(segments, err);
    if (status == PIL_OK)
        status = pil_file_sync(writer->index_directory, err);
    free(segments);
    free(target);
    return status;
}

pil_status pil_segment_writer_finish(pil_segment_writer *writer, const char *stamp,
                                     pil_manifest_segment *out, pil_error *err)
{
    pil_manifest_segment segment = {.n_paragraphs = writer->n_paragraphs,
                                    .text_bytes = writer->text_bytes};
    memcpy(segment.id, writer->id, sizeof segment.id);
    segment.stamp = strdup(stamp);
    pil_status status =
        segment.stamp == NULL ? pil_error_no_memory(err) : write_lexicon(writer, err);
    if (status == PIL_OK)
        status = pack(writer, segment.uuid, err);
    if (status == PIL_OK)
        status =
            pil_checksums_write(writer->packed, &segment.checksums, &segment.version_file, err);
    if (status == PIL_OK)
        status = put_in_place(writer, err);
    if (status == PIL_OK)
        *out = segment;
    else
        pil_manifest_segment_dispose(&segment);
    return status;
}
