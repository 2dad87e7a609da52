#include "segment_build.h"

#include "acronym_blocks.h"
#include "base/arena.h"
#include "base/file.h"
#include "checksums.h"
#include "glass_coding.h"
#include "glass_postlist.h"
#include "index/schema.h"
#include "posting_list.h"
#include "term_merge.h"
#include "word_merge.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

enum { N_SLOTS = 3 };

/* A segment being written. */
typedef struct build {
    const char *index_directory;
    pil_segment_input *const *inputs;
    size_t n_inputs;
    char id[PIL_SEGMENT_ID_LENGTH + 1];
    char *directory; /* index_directory/build-<id> */
    pil_glass_table *postlist;
    pil_glass_root postlist_root, docdata_root;
    pil_file_checksums files[3]; /* docdata, iamglass, postlist: by name */
    pil_glass_stats stats;
    pil_buffer scratch;
    pil_arena values_arena;
    struct {
        pil_glass_value *items;
        size_t n, capacity;
    } slots[N_SLOTS];
} build;

enum { FILE_DOCDATA, FILE_VERSION, FILE_POSTLIST, N_FILES };

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

static pil_status begin(build *run, pil_error *err)
{
    pil_buffer_init(&run->scratch, PIL_RECORD_MAX_BYTES);
    pil_status status = make_id(run->id, err);
    if (status != PIL_OK)
        return status;
    char name[sizeof PIL_BUILD_PREFIX + PIL_SEGMENT_ID_LENGTH];
    snprintf(name, sizeof name, "%s%s", PIL_BUILD_PREFIX, run->id);
    run->directory = pil_file_join(run->index_directory, name);
    if (run->directory == NULL)
        return pil_error_no_memory(err);
    return pil_file_make_directories(run->directory, err);
}

/* ---- the postlist table ---- */

static pil_status keep_value(build *run, size_t slot, uint32_t docid, const char *value,
                             pil_error *err)
{
    if (value[0] == '\0')
        return PIL_OK;
    size_t n = run->slots[slot].n, length = strlen(value);
    if (n == run->slots[slot].capacity) {
        size_t capacity = n == 0 ? 256 : n * 2;
        pil_glass_value *grown = realloc(run->slots[slot].items, capacity * sizeof *grown);
        if (grown == NULL)
            return pil_error_no_memory(err);
        run->slots[slot].items = grown;
        run->slots[slot].capacity = capacity;
    }
    /* Articles of one author or day often follow one another: one copy for them. */
    const pil_glass_value *before = n == 0 ? NULL : &run->slots[slot].items[n - 1];
    bool is_same =
        before != NULL && before->length == length && memcmp(before->bytes, value, length) == 0;
    const char *copy = is_same ? before->bytes : pil_arena_copy(&run->values_arena, value, length);
    if (copy == NULL)
        return pil_error_no_memory(err);
    run->slots[slot].items[run->slots[slot].n++] =
        (pil_glass_value){.docid = docid, .length = (uint32_t)length, .bytes = copy};
    return PIL_OK;
}

static pil_status add_article(build *run, uint32_t docid, const pil_article_meta *meta,
                              pil_error *err)
{
    char name[32];
    int length = snprintf(name, sizeof name, "%s%08x", PIL_KEY_ARTICLE, (unsigned)docid);
    pil_buffer_clear(&run->scratch);
    pil_status status = pil_article_meta_encode(meta, &run->scratch, err);
    if (status == PIL_OK)
        status = pil_glass_add_metadata(run->postlist, name, (size_t)length, run->scratch.bytes,
                                        run->scratch.length, err);
    const char *const values[N_SLOTS] = {meta->date, meta->source, meta->author};
    for (size_t i = 0; i < N_SLOTS && status == PIL_OK; i++)
        status = keep_value(run, i, docid, values[i], err);
    return status;
}

static pil_status add_articles(build *run, pil_error *err)
{
    uint32_t docid = 1;
    for (size_t i = 0; i < run->n_inputs; i++) {
        pil_segment_input *input = run->inputs[i];
        pil_article_meta meta;
        pil_status status;
        while ((status = input->ops->next_article(input, &meta, err)) == PIL_OK) {
            status = add_article(run, docid, &meta, err);
            if (status != PIL_OK)
                return status;
            docid += meta.n_paragraphs;
        }
        if (status != PIL_DONE)
            return status;
    }
    if (docid != run->stats.n_documents + 1)
        return pil_error_set(err, PIL_CORRUPT, "the articles of a segment do not add up");
    return PIL_OK;
}

static pil_status add_format(build *run, pil_error *err)
{
    char format[16];
    int length = snprintf(format, sizeof format, "%d", PIL_FORMAT_NUMBER);
    return pil_glass_add_metadata(run->postlist, PIL_KEY_FORMAT, strlen(PIL_KEY_FORMAT), format,
                                  (size_t)length, err);
}

static pil_status add_block(void *context, const char *key, size_t key_length, const char *value,
                            size_t value_length, pil_error *err)
{
    build *run = context;
    return pil_glass_add_metadata(run->postlist, key, key_length, value, value_length, err);
}

static pil_status add_acronyms(build *run, pil_error *err)
{
    pil_acronym_table table = {0};
    pil_acronym *list = NULL;
    size_t n = 0;
    pil_status status = PIL_OK;
    for (size_t i = 0; i < run->n_inputs && status == PIL_OK; i++)
        status = run->inputs[i]->ops->acronyms(run->inputs[i], &table, err);
    if (status == PIL_OK && pil_acronym_table_list(&table, PIL_ACRONYMS_MAX, &list, &n) != PIL_OK)
        status = pil_error_no_memory(err);
    if (status == PIL_OK)
        status = pil_acronym_blocks_write(list, n, add_block, run, err);
    free(list);
    pil_acronym_table_dispose(&table);
    return status;
}

static pil_status add_lexicon(build *run, pil_error *err)
{
    pil_lexicon_writer *lexicon = pil_lexicon_writer_new(add_block, run);
    pil_word_merge *words = NULL;
    pil_status status = lexicon == NULL
                            ? pil_error_no_memory(err)
                            : pil_word_merge_new(&words, run->inputs, run->n_inputs, err);
    pil_lexicon_word word;
    while (status == PIL_OK && (status = pil_word_merge_next(words, &word, err)) == PIL_OK)
        status = pil_lexicon_writer_add(lexicon, &word, err);
    if (status == PIL_DONE)
        status = pil_lexicon_writer_finish(lexicon, err);
    pil_word_merge_free(words);
    pil_lexicon_writer_free(lexicon);
    return status;
}

static pil_status add_values(build *run, pil_error *err)
{
    static const uint32_t numbers[N_SLOTS] = {PIL_SLOT_DATE, PIL_SLOT_SOURCE, PIL_SLOT_AUTHOR};
    pil_glass_slot slots[N_SLOTS];
    for (size_t i = 0; i < N_SLOTS; i++)
        slots[i] = (pil_glass_slot){
            .number = numbers[i], .values = run->slots[i].items, .n_values = run->slots[i].n};
    return pil_glass_add_values(run->postlist, slots, N_SLOTS, err);
}

static pil_status note_lengths(build *run, const pil_postings *lengths, pil_error *err)
{
    const unsigned char *at = lengths->bytes, *end = at + lengths->length;
    uint64_t gap, length;
    while (at < end) {
        if (!pil_glass_get_number(&at, end, &gap) || !pil_glass_get_number(&at, end, &length))
            return pil_error_set(err, PIL_CORRUPT, "the lengths of the paragraphs are damaged");
        uint32_t words = (uint32_t)length;
        if (words > run->stats.max_length)
            run->stats.max_length = words;
        if (words > 0 && (run->stats.min_length == 0 || words < run->stats.min_length))
            run->stats.min_length = words;
        run->stats.total_length += words;
    }
    return PIL_OK;
}

static pil_status add_lengths(build *run, pil_error *err)
{
    pil_posting_list all;
    pil_posting_list_init(&all);
    uint32_t offset = 0;
    pil_status status = PIL_OK;
    for (size_t i = 0; i < run->n_inputs && status == PIL_OK; i++) {
        pil_segment_input *input = run->inputs[i];
        pil_postings lengths;
        status = input->ops->lengths(input, &lengths, err);
        if (status == PIL_OK && lengths.n != input->n_paragraphs)
            status = pil_error_set(err, PIL_CORRUPT, "the lengths of paragraphs do not add up");
        if (status == PIL_OK)
            status = note_lengths(run, &lengths, err);
        if (status == PIL_OK)
            status = pil_posting_list_append(&all, &lengths, offset, err);
        offset += input->n_paragraphs;
    }
    if (status == PIL_OK)
        status = pil_glass_add_lengths(run->postlist, &all.postings, err);
    pil_posting_list_dispose(&all);
    return status;
}

static pil_status add_terms(build *run, pil_error *err)
{
    pil_term_merge *terms = NULL;
    pil_status status = pil_term_merge_new(&terms, run->inputs, run->n_inputs, err);
    pil_inverted_term term;
    while (status == PIL_OK && (status = pil_term_merge_next(terms, &term, err)) == PIL_OK) {
        if (term.postings.max_wdf > run->stats.max_wdf)
            run->stats.max_wdf = term.postings.max_wdf;
        status = pil_glass_add_term(run->postlist, term.bytes, term.length, &term.postings, err);
    }
    pil_term_merge_free(terms);
    return status == PIL_DONE ? PIL_OK : status;
}

/* The parts in the order of their keys. */
static pil_status write_postlist(build *run, pil_error *err)
{
    pil_status status =
        pil_glass_table_begin(&run->postlist, run->directory, "postlist.glass", err);
    if (status == PIL_OK)
        status = add_acronyms(run, err);
    if (status == PIL_OK)
        status = add_articles(run, err);
    if (status == PIL_OK)
        status = add_format(run, err);
    if (status == PIL_OK)
        status = add_lexicon(run, err);
    if (status == PIL_OK)
        status = add_values(run, err);
    if (status == PIL_OK)
        status = add_lengths(run, err);
    if (status == PIL_OK)
        status = add_terms(run, err);
    if (status != PIL_OK)
        return status;
    pil_glass_table *table = run->postlist;
    run->postlist = NULL;
    return pil_glass_table_finish(table, &run->postlist_root, &run->files[FILE_POSTLIST], err);
}

/* ---- the records ---- */

static pil_status add_records(build *run, pil_glass_table *docdata, pil_error *err)
{
    uint32_t docid = 0;
    for (size_t i = 0; i < run->n_inputs; i++) {
        pil_segment_input *input = run->inputs[i];
        for (uint32_t n = input->n_paragraphs; n > 0; n--) {
            const void *bytes;
            size_t length;
            unsigned char key[PIL_GLASS_NUMBER_MAX];
            pil_status status = input->ops->next_record(input, &bytes, &length, err);
            if (status == PIL_DONE)
                return pil_error_set(err, PIL_CORRUPT, "records of a segment are missing");
            if (status == PIL_OK)
                status = pil_glass_table_add(docdata, key, pil_glass_put_sortable(key, ++docid),
                                             bytes, length, err);
            if (status != PIL_OK)
                return status;
        }
    }
    return PIL_OK;
}

static pil_status write_docdata(build *run, pil_error *err)
{
    pil_glass_table *docdata;
    pil_status status = pil_glass_table_begin(&docdata, run->directory, "docdata.glass", err);
    if (status != PIL_OK)
        return status;
    status = add_records(run, docdata, err);
    if (status == PIL_OK)
        return pil_glass_table_finish(docdata, &run->docdata_root, &run->files[FILE_DOCDATA], err);
    pil_glass_table_abandon(docdata);
    return status;
}

/* ---- finishing ---- */

/* Of what the tables hold: the same input gives the same bytes, and two segments of an index are
 * never the same, for their articles tell when they came. */
static void make_uuid(const build *run, unsigned char uuid[PIL_GLASS_UUID_BYTES],
                      char text[PIL_UUID_LENGTH + 1])
{
    const pil_file_checksums *postlist = &run->files[FILE_POSTLIST];
    const pil_file_checksums *docdata = &run->files[FILE_DOCDATA];
    uint64_t parts[] = {
        pil_hash64(postlist->chunks, postlist->n_chunks * sizeof postlist->chunks[0]),
        pil_hash64(docdata->chunks, docdata->n_chunks * sizeof docdata->chunks[0]),
        postlist->n_bytes,
        docdata->n_bytes,
    };
    const pil_digest digest = pil_digest_of(parts, sizeof parts);
    for (size_t i = 0; i < PIL_GLASS_UUID_BYTES; i++) {
        char byte[3] = {digest.hex[2 * i], digest.hex[2 * i + 1], '\0'};
        uuid[i] = (unsigned char)strtoul(byte, NULL, 16);
    }
    snprintf(text, PIL_UUID_LENGTH + 1, "%.8s-%.4s-%.4s-%.4s-%.12s", digest.hex, digest.hex + 8,
             digest.hex + 12, digest.hex + 16, digest.hex + 20);
}

static pil_status write_version(build *run, pil_manifest_segment *segment, pil_error *err)
{
    unsigned char uuid[PIL_GLASS_UUID_BYTES];
    make_uuid(run, uuid, segment->uuid);
    pil_status status =
        pil_glass_version_write(run->directory, uuid, &run->postlist_root, &run->docdata_root,
                                &run->stats, &run->files[FILE_VERSION], err);
    if (status != PIL_OK)
        return status;
    char *path = pil_file_join(run->directory, "iamglass");
    if (path == NULL)
        return pil_error_no_memory(err);
    status = pil_file_digest(path, &segment->version_file, NULL, err);
    free(path);
    return status;
}

/* Everything in it is synced; what stands under segments/ is whole. */
static pil_status put_in_place(build *run, pil_error *err)
{
    char *segments = pil_file_join(run->index_directory, PIL_SEGMENTS_NAME);
    char *target = pil_manifest_segment_path(run->index_directory, run->id);
    pil_status status = PIL_OK;
    if (segments == NULL || target == NULL)
        status = pil_error_no_memory(err);
    if (status == PIL_OK)
        status = pil_file_make_directories(segments, err);
    if (status == PIL_OK && rename(run->directory, target) != 0)
        status = pil_error_set_errno(err, errno, "cannot rename the new segment");
    if (status == PIL_OK)
        status = pil_file_sync(segments, err);
    if (status == PIL_OK)
        status = pil_file_sync(run->index_directory, err);
    free(segments);
    free(target);
    return status;
}

static void end(build *run)
{
    pil_glass_table_abandon(run->postlist);
    /* Renamed when all went well: then there is nothing to remove. */
    if (run->directory != NULL)
        (void)!pil_file_remove_tree(run->directory, NULL);
    free(run->directory);
    for (size_t i = 0; i < N_FILES; i++)
        pil_file_checksums_dispose(&run->files[i]);
    for (size_t i = 0; i < N_SLOTS; i++)
        free(run->slots[i].items);
    pil_arena_dispose(&run->values_arena);
    pil_buffer_dispose(&run->scratch);
}

pil_status pil_segment_build(const char *index_directory, pil_segment_input *const *inputs,
                             size_t n_inputs, pil_manifest_segment *out, pil_error *err)
{
    build run = {.index_directory = index_directory, .inputs = inputs, .n_inputs = n_inputs};
    pil_manifest_segment segment = {0};
    uint64_t n_paragraphs = 0;
    for (size_t i = 0; i < n_inputs; i++) {
        n_paragraphs += inputs[i]->n_paragraphs;
        segment.text_bytes += inputs[i]->text_bytes;
    }
    if (n_paragraphs > INT32_MAX)
        return pil_error_set(err, PIL_UNSUPPORTED, "a segment of more than 2^31 paragraphs");
    run.stats.n_documents = segment.n_paragraphs = (uint32_t)n_paragraphs;
    pil_status status = begin(&run, err);
    if (status == PIL_OK)
        status = write_postlist(&run, err);
    if (status == PIL_OK)
        status = write_docdata(&run, err);
    if (status == PIL_OK)
        status = write_version(&run, &segment, err);
    if (status == PIL_OK)
        status = pil_checksums_write(run.directory, run.files, N_FILES, &segment.checksums, err);
    if (status == PIL_OK)
        status = put_in_place(&run, err);
    if (status == PIL_OK) {
        memcpy(segment.id, run.id, sizeof segment.id);
        segment.n_words = run.stats.total_length;
        *out = segment;
    }
    end(&run);
    return status;
}
