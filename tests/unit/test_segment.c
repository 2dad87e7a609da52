/* Reading a segment that is written here through libxapian, document by document. */
#include "index/segment.h"

#include "base/file.h"
#include "index/schema.h"
#include "index/snapshot.h"
#include "lib/index/lexicon.h"
#include "support/temporary_directory.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SEGMENT_ID "0123456789abcdef"

static char *directory;
static pil_buffer strings, scratch;
static pil_manifest manifest;
static pil_dictionaries *dictionaries;
static pil_segment segment;

/* Three articles of two, one and three paragraphs; the first and the last have one id. */
static const struct {
    const char *id;
    uint32_t n_paragraphs;
} articles[] = {{"a", 2}, {"b", 1}, {"a", 3}};
enum { N_PARAGRAPHS = 6, DICTIONARY = 4 };

#define TEXT "The assembly of nations will decide on peace and on the development of paragraph"

static void put_metadata(xc_writer *writer, const char *key, size_t key_length, const char *value,
                         size_t length)
{
    cr_assert_eq(xc_writer_set_metadata(writer, key, key_length, value, length, NULL), XC_OK);
}

static void put_article(xc_writer *writer, size_t at, uint32_t first)
{
    char key[32];
    const pil_article_meta meta = {.id = articles[at].id,
                                   .path = articles[at].id,
                                   .n_paragraphs = articles[at].n_paragraphs,
                                   .line = first};
    pil_buffer_clear(&scratch);
    cr_assert_eq(pil_article_meta_encode(&meta, &scratch, NULL), PIL_OK);
    snprintf(key, sizeof key, "%s%08x", PIL_KEY_ARTICLE, (unsigned)first);
    put_metadata(writer, key, strlen(key), scratch.bytes, scratch.length);
}

static void put_paragraph(xc_writer *writer, const char *article, uint32_t number, uint32_t docid,
                          pil_compressor *compressor)
{
    char text[128], term[64];
    int length = snprintf(text, sizeof text, "%s %u", TEXT, (unsigned)docid);
    const pil_record record = {.number = number, .text = text, .text_bytes = (size_t)length};
    xc_document *document;
    pil_buffer_clear(&scratch);
    cr_assert_eq(pil_record_encode(&record, compressor, &scratch, NULL), PIL_OK);
    cr_assert_eq(xc_document_new(&document, NULL), XC_OK);
    cr_assert_eq(xc_document_set_data(document, scratch.bytes, scratch.length, NULL), XC_OK);
    length = snprintf(term, sizeof term, "%s%s", PIL_PREFIX_ARTICLE,
                      pil_digest_of(article, strlen(article)).hex);
    if (number == 1)
        cr_assert_eq(xc_document_add_term(document, term, (size_t)length, 0, NULL), XC_OK);
    cr_assert_eq(xc_writer_add(writer, document, NULL, NULL), XC_OK);
    xc_document_free(document);
}

static pil_status put_block(void *context, const char *key, size_t key_length, const char *value,
                            size_t value_length, pil_error *err)
{
    (void)err;
    put_metadata(context, key, key_length, value, value_length);
    return PIL_OK;
}

/* "word000".."word499" in English, number i in i paragraphs; three words in others. */
static void put_lexicon(xc_writer *writer)
{
    pil_lexicon_writer *lexicon = pil_lexicon_writer_new(put_block, writer);
    pil_lexicon_word word = {"de", "wort", "wort", 1, 0};
    cr_assert_eq(pil_lexicon_writer_add(lexicon, &word, NULL), PIL_OK);
    for (uint32_t i = 0; i < 500; i++) {
        char form[16];
        snprintf(form, sizeof form, "word%03u", (unsigned)i);
        word = (pil_lexicon_word){"en", form, "word", i, 1000 - i};
        cr_assert_eq(pil_lexicon_writer_add(lexicon, &word, NULL), PIL_OK);
    }
    word = (pil_lexicon_word){"fr", "mot", "mot", 3, 2};
    cr_assert_eq(pil_lexicon_writer_add(lexicon, &word, NULL), PIL_OK);
    word = (pil_lexicon_word){"fr", "mots", "mot", 5, 0};
    cr_assert_eq(pil_lexicon_writer_add(lexicon, &word, NULL), PIL_OK);
    cr_assert_eq(pil_lexicon_writer_finish(lexicon, NULL), PIL_OK);
    pil_lexicon_writer_free(lexicon);
}

/* Any bytes are a dictionary to zstd. */
static pil_compressor *make_dictionary(pil_compression **compression)
{
    pil_manifest_dictionary entry = {DICTIONARY, sizeof TEXT, pil_digest_of(TEXT, sizeof TEXT)};
    cr_assert_eq(pil_manifest_add_dictionary(&manifest, &entry, NULL), PIL_OK);
    pil_temporary_directory_write(directory, "dictionary-4", TEXT, sizeof TEXT);
    *compression = pil_compression_new(DICTIONARY, TEXT, sizeof TEXT);
    return pil_compressor_new(*compression);
}

static void write_documents(xc_writer *writer)
{
    pil_compression *compression;
    pil_compressor *compressor = make_dictionary(&compression);
    cr_assert_not_null(compressor);
    uint32_t docid = 1;
    for (size_t i = 0; i < sizeof articles / sizeof articles[0]; i++) {
        put_article(writer, i, docid);
        for (uint32_t number = 1; number <= articles[i].n_paragraphs; number++)
            put_paragraph(writer, articles[i].id, number, docid++, compressor);
    }
    pil_compressor_free(compressor);
    pil_compression_free(compression);
}

static void add_entry(const char *path)
{
    pil_manifest_segment entry = {.id = SEGMENT_ID, .n_paragraphs = N_PARAGRAPHS};
    char *version_file = pil_file_join(path, "iamglass");
    cr_assert_eq(pil_file_digest(version_file, &entry.version_file, NULL, NULL), PIL_OK);
    free(version_file);
    entry.checksums = entry.version_file;
    memset(entry.uuid, 'u', PIL_UUID_LENGTH);
    entry.stamp = strdup("stamp");
    cr_assert_eq(pil_manifest_segment_need(&entry, DICTIONARY, NULL), PIL_OK);
    cr_assert_eq(pil_manifest_add_segment(&manifest, &entry, NULL), PIL_OK);
    manifest.generation = 4;
    cr_assert_eq(pil_manifest_write(directory, &manifest, NULL), PIL_OK);
}

static void init(void)
{
    directory = pil_temporary_directory_new();
    pil_buffer_init(&strings, 1 << 20);
    pil_buffer_init(&scratch, 1 << 20);
    char *path = pil_manifest_segment_path(directory, SEGMENT_ID);
    cr_assert_eq(pil_file_make_directories(path, NULL), PIL_OK);
    xc_writer *writer;
    cr_assert_eq(xc_writer_open(path, XC_WRITER_CREATE | XC_WRITER_NO_TERMLIST, 0, &writer, NULL),
                 XC_OK);
    write_documents(writer);
    put_lexicon(writer);
    cr_assert_eq(xc_writer_commit(writer, NULL), XC_OK);
    xc_writer_free(writer);
    add_entry(path);
    free(path);
    cr_assert_eq(pil_dictionaries_open(&dictionaries, directory, &manifest, NULL), PIL_OK);
    cr_assert_eq(pil_segment_open(&segment, directory, &manifest.segments[0], dictionaries, NULL),
                 PIL_OK);
}

static void dispose(void)
{
    pil_segment_close(&segment);
    pil_dictionaries_close(dictionaries);
    pil_manifest_dispose(&manifest);
    pil_buffer_dispose(&strings);
    pil_buffer_dispose(&scratch);
    pil_temporary_directory_remove(directory);
}

TestSuite(segment, .init = init, .fini = dispose);

static void expect_text(pil_segment *of, uint32_t docid)
{
    pil_record record;
    pil_error err = {0};
    char wanted[128];
    cr_assert_eq(pil_segment_record(of, docid, &strings, &record, &err), PIL_OK, "%s", err.message);
    snprintf(wanted, sizeof wanted, "%s %u", TEXT, (unsigned)docid);
    cr_expect_str_eq(record.text, wanted);
}

Test(segment, its_records_are_read_with_its_dictionary)
{
    char *data;
    size_t length;
    for (uint32_t docid = 1; docid <= N_PARAGRAPHS; docid++)
        expect_text(&segment, docid);
    cr_assert_eq(xc_document_data(segment.database, 1, &data, &length, NULL), XC_OK);
    cr_expect_lt(length, sizeof TEXT / 2);
    xc_free(data);
}

Test(segment, its_articles_are_read_by_their_first_paragraph)
{
    pil_article_meta meta;
    pil_error err = {0};
    cr_assert_eq(pil_segment_article(&segment, 3, &strings, &meta, &err), PIL_OK, "%s",
                 err.message);
    cr_expect_str_eq(meta.id, "b");
    cr_expect_eq(meta.line, 3);
    cr_expect_eq(pil_segment_article(&segment, 2, &strings, &meta, &err), PIL_CORRUPT);
}

static pil_status find_ranges(const char *id, pil_docid_range **ranges, size_t *n, pil_error *err)
{
    pil_digest key = pil_digest_of(id, strlen(id));
    return pil_segment_article_ranges(&segment, &key, ranges, n, err);
}

Test(segment, an_article_has_its_ranges)
{
    pil_docid_range *ranges;
    size_t n;
    cr_assert_eq(find_ranges("b", &ranges, &n, NULL), PIL_OK);
    cr_assert_eq(n, 1);
    cr_expect(ranges[0].first == 3 && ranges[0].last == 3);
    free(ranges);
    cr_assert_eq(find_ranges("a", &ranges, &n, NULL), PIL_OK);
    cr_assert_eq(n, 2, "it was replaced while the segment was built");
    cr_expect(ranges[0].first == 1 && ranges[0].last == 2);
    cr_expect(ranges[1].first == 4 && ranges[1].last == 6);
    free(ranges);
    cr_assert_eq(find_ranges("c", &ranges, &n, NULL), PIL_OK);
    cr_expect_eq(n, 0);
    cr_expect_null(ranges);
}

Test(segment, an_article_that_goes_beyond_the_end_is_damage)
{
    pil_docid_range *ranges;
    size_t n;
    pil_error err = {0};
    manifest.segments[0].n_paragraphs = 5;
    cr_expect_eq(find_ranges("a", &ranges, &n, &err), PIL_CORRUPT);
    cr_expect_not_null(strstr(err.message, SEGMENT_ID), "%s", err.message);
    manifest.segments[0].n_paragraphs = 3;
    cr_expect_eq(find_ranges("a", &ranges, &n, &err), PIL_CORRUPT);
    cr_expect_null(ranges);
}

static void expect_counts(const char *form, const char *language, uint32_t n_written,
                          uint32_t n_derived)
{
    pil_lexicon_entry entry = {100, 100};
    pil_error err = {0};
    char longer[128];
    int length = snprintf(longer, sizeof longer, "%s and more", form);
    cr_assert_eq(pil_segment_lookup(&segment, longer, (size_t)length - 9, language, &entry, &err),
                 PIL_OK, "%s", err.message);
    cr_expect_eq(entry.n_written, 100 + n_written, "%s %s", language, form);
    cr_expect_eq(entry.n_derived, 100 + n_derived, "%s %s", language, form);
}

Test(segment, a_word_is_found_in_its_language)
{
    for (uint32_t i = 0; i < 500; i++) {
        char form[16];
        snprintf(form, sizeof form, "word%03u", (unsigned)i);
        expect_counts(form, "en", i, 1000 - i);
        expect_counts(form, "fr", 0, 0);
        expect_counts(form, "de", 0, 0);
    }
    expect_counts("wort", "de", 1, 0);
    expect_counts("wort", "aa", 0, 0);
    expect_counts("wort", "", 0, 0);
    expect_counts("mot", "fr", 3, 2);
    expect_counts("mots", "fr", 5, 0);
    static const char *const missing[] = {"",     "a",        "mo",  "mota",    "motz",
                                          "word", "word0000", "zzz", "word499a"};
    for (size_t i = 0; i < sizeof missing / sizeof missing[0]; i++) {
        expect_counts(missing[i], "fr", 0, 0);
        expect_counts(missing[i], "en", 0, 0);
        expect_counts(missing[i], "", 0, 0);
        expect_counts(missing[i], "zz", 0, 0);
    }
}

typedef struct word_count {
    const char *prefix;
    size_t n_words, n_others;
    bool ends_at_first;
} word_count;

static pil_status count_word(void *context, const pil_lexicon_word *word)
{
    word_count *count = context;
    bool has_prefix = strncmp(word->form, count->prefix, strlen(count->prefix)) == 0;
    count->n_words += has_prefix;
    count->n_others += !has_prefix;
    return count->ends_at_first ? PIL_BAD_QUERY : PIL_OK;
}

Test(segment, words_are_gone_through_by_what_they_begin_with)
{
    static const struct {
        const char *prefix;
        size_t n_words;
    } cases[] = {{"", 503},      {"w", 501},     {"wo", 501},    {"word", 500},   {"word0", 100},
                 {"word4", 100}, {"word49", 10}, {"word499", 1}, {"word499a", 0}, {"wort", 1},
                 {"mot", 2},     {"mots", 1},    {"a", 0},       {"x", 0},        {"worda", 0}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        word_count count = {.prefix = cases[i].prefix};
        cr_assert_eq(pil_segment_each_word(&segment, count.prefix, strlen(count.prefix), count_word,
                                           &count, NULL),
                     PIL_OK);
        cr_expect_eq(count.n_words, cases[i].n_words, "%s: %zu", count.prefix, count.n_words);
        cr_expect_eq(count.n_others, 0, "%s", count.prefix);
    }
}

Test(segment, going_through_the_words_ends_when_it_is_told_to)
{
    word_count count = {.prefix = "", .ends_at_first = true};
    cr_expect_eq(pil_segment_each_word(&segment, "", 0, count_word, &count, NULL), PIL_BAD_QUERY);
    cr_expect_eq(count.n_words, 1);
}

Test(segment, a_form_too_long_for_the_lexicon_is_not_in_it)
{
    char form[300];
    pil_lexicon_entry entry = {0};
    memset(form, 'w', sizeof form);
    cr_expect_eq(pil_segment_lookup(&segment, form, sizeof form, "en", &entry, NULL), PIL_OK);
    cr_expect_eq(pil_segment_lookup(&segment, form, 65, "en", &entry, NULL), PIL_OK);
    cr_expect_eq(entry.n_written, 0);
}

Test(segment, without_its_files_it_is_stale_and_with_another_version_file_damaged)
{
    pil_segment again;
    pil_manifest_segment entry = manifest.segments[0];
    entry.version_file = pil_digest_of("", 0);
    cr_expect_eq(pil_segment_open(&again, directory, &entry, dictionaries, NULL), PIL_CORRUPT);
    pil_segment_close(&again);
    memcpy(entry.id, "fedcba9876543210", PIL_SEGMENT_ID_LENGTH);
    cr_expect_eq(pil_segment_open(&again, directory, &entry, dictionaries, NULL), PIL_STALE);
    pil_segment_close(&again);
}

/* ---- as part of a snapshot ---- */

Test(segment, a_snapshot_reads_on_when_a_dictionary_is_removed)
{
    pil_snapshot snapshot;
    pil_error err = {0};
    cr_assert_eq(pil_snapshot_open(&snapshot, directory, &err), PIL_OK, "%s", err.message);
    char *path = pil_dictionary_path(directory, DICTIONARY);
    cr_assert_eq(unlink(path), 0);
    free(path);
    for (uint32_t docid = 1; docid <= N_PARAGRAPHS; docid++)
        expect_text(&snapshot.segments[0], docid);
    pil_snapshot_close(&snapshot);
    cr_expect_eq(pil_snapshot_open(&snapshot, directory, &err), PIL_CORRUPT, "gone for good");
    cr_expect_eq(err.status, PIL_CORRUPT);
    cr_expect_not_null(strstr(err.message, "dictionary 4"), "%s", err.message);
}

Test(segment, a_snapshot_refuses_a_changed_dictionary)
{
    pil_snapshot snapshot;
    pil_error err = {0};
    char changed[] = TEXT;
    changed[3] ^= 1;
    pil_temporary_directory_write(directory, "dictionary-4", changed, sizeof changed);
    cr_expect_eq(pil_snapshot_open(&snapshot, directory, &err), PIL_CORRUPT);
    cr_expect_not_null(strstr(err.message, "dictionary 4"), "%s", err.message);
}
