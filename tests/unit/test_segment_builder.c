#include "analyser_pool.h"
#include "index/schema.h"
#include "index/segment.h"
#include "segment_builder.h"
#include "support/temporary_directory.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *directory;
static pil_analyser_pool pool;
static pil_manifest manifest = {.generation = 1};
static pil_batch *batch;
static pil_manifest_segment entry;
static pil_dictionaries *dictionaries;
static pil_segment segment;
static pil_buffer strings;

static void init(void)
{
    directory = pil_temporary_directory_new();
    pil_buffer_init(&strings, 1 << 20);
    cr_assert_eq(pil_analyser_pool_init(&pool, 2, NULL), PIL_OK);
    batch = pil_batch_new();
    cr_assert_not_null(batch);
}

static void dispose(void)
{
    pil_segment_close(&segment);
    pil_dictionaries_close(dictionaries);
    pil_manifest_segment_dispose(&entry);
    pil_manifest_dispose(&manifest);
    pil_analyser_pool_dispose(&pool);
    pil_batch_free(batch);
    pil_buffer_dispose(&strings);
    pil_temporary_directory_remove(directory);
}

TestSuite(segment_builder, .init = init, .fini = dispose);

static const char *const texts[] = {
    "Defence defences DEFENSE", /* one article of three paragraphs */
    "The Euro-Atlantic and EuroAtlantic area", "NATO\xE2\x80\x99s U.N. attack, attack, attack",
    "Verteidigung der Verteidigung", /* another one of one, in German */
};
enum { N_TEXTS = 4 };

static pil_digest key_of(const char *id)
{
    return pil_digest_of(id, strlen(id));
}

/* Adds an article of paragraphs[0..n) to the batch. */
static void add(const pil_article_meta *meta, const char *const *paragraphs, size_t n)
{
    pil_paragraphs split = {0};
    pil_block blocks[N_TEXTS];
    cr_assert_leq(n, N_TEXTS);
    for (size_t i = 0; i < n; i++)
        blocks[i] = (pil_block){.kind = PIL_BLOCK_WHOLE,
                                .text = paragraphs[i],
                                .length_bytes = strlen(paragraphs[i]),
                                .end_byte = strlen(paragraphs[i]),
                                .line = 1};
    cr_assert_eq(pil_paragraphs_from_blocks(&split, blocks, n, NULL), PIL_OK);
    const pil_new_article article = {.meta = *meta, .paragraphs = &split};
    cr_assert_eq(pil_batch_add(batch, &article, NULL), PIL_OK);
    batch->articles[batch->n_articles - 1].is_wanted = true;
    pil_paragraphs_dispose(&split);
}

/* Builds the segment of the batch and opens it. */
static void build(void)
{
    pil_segment_builder *builder;
    pil_error err = {0};
    cr_assert_eq(pil_segment_builder_new(&builder, &pool, &manifest, &err), PIL_OK);
    cr_assert_eq(pil_segment_builder_add(builder, batch, &err), PIL_OK, "%s", err.message);
    batch = NULL;
    cr_assert_eq(
        pil_segment_builder_finish(builder, directory, "the stamp", &manifest, &entry, &err),
        PIL_OK, "%s", err.message);
    pil_segment_builder_free(builder);
    cr_assert_eq(pil_dictionaries_open(&dictionaries, directory, &manifest, &err), PIL_OK);
    cr_assert_eq(pil_segment_open(&segment, directory, &entry, dictionaries, &err), PIL_OK, "%s",
                 err.message);
}

static void make_sample(void)
{
    static const pil_article_meta first = {.id = "one",
                                           .path = "one",
                                           .language = "en",
                                           .title = "One",
                                           .author = "Ann",
                                           .date = "2023-11-22",
                                           .source = "Paper"};
    static const pil_article_meta second = {.id = "two", .path = "two", .language = "de"};
    add(&first, texts, 3);
    add(&second, texts + 3, 1);
    build();
}

/* How often term stands in how many documents. */
static void expect_term(const char *term, uint32_t n_docs, uint64_t n_occurrences)
{
    uint32_t docs;
    uint64_t occurrences;
    cr_assert_eq(xc_database_term(segment.database, term, strlen(term), &docs, &occurrences, NULL),
                 XC_OK);
    cr_expect_eq(docs, n_docs, "%s is in %u", term, docs);
    cr_expect_eq(occurrences, n_occurrences, "%s occurs %lu times", term,
                 (unsigned long)occurrences);
}

static void expect_postings(const char *term, const char *wanted)
{
    uint32_t *docids;
    size_t n;
    char got[64] = "";
    cr_assert_eq(
        xc_database_postings(segment.database, term, strlen(term), &docids, NULL, &n, NULL), XC_OK);
    for (size_t i = 0; i < n; i++)
        snprintf(got + strlen(got), sizeof got - strlen(got), "%u ", (unsigned)docids[i]);
    cr_expect_str_eq(got, wanted, "%s", term);
    xc_free(docids);
}

static void expect_value(uint32_t docid, uint32_t slot, const char *wanted)
{
    char *value;
    size_t length;
    cr_assert_eq(xc_document_value(segment.database, docid, slot, &value, &length, NULL), XC_OK);
    cr_expect_eq(length, strlen(wanted));
    cr_expect_str_eq(value == NULL ? "" : value, wanted, "document %u slot %u", docid, slot);
    xc_free(value);
}

Test(segment_builder, words_are_stems_with_their_number_of_occurrences)
{
    make_sample();
    expect_term("Zattack", 1, 3);
    expect_term("Zunit", 0, 0);
    expect_term("Znato", 1, 1);
    expect_term("Zun", 1, 1);
    expect_term("Zthe", 1, 1);
    expect_postings("Zarea", "2 ");
    expect_postings("Zverteid", "4 ");
    expect_term("Zverteid", 1, 2);
    /* British and American spellings are different stems. */
    expect_postings("Zdefenc", "1 ");
    expect_postings("Zdefens", "1 ");
    expect_term("Zdefenc", 1, 2);
}

Test(segment_builder, only_words_as_written_count)
{
    uint32_t length;
    make_sample();
    /* "Euro-Atlantic" is euro and atlantic, "EuroAtlantic" is euroatlantic. */
    expect_term("Zeuro", 1, 1);
    expect_term("Zatlant", 1, 1);
    expect_term("Zeuroatlant", 1, 1);
    cr_assert_eq(xc_document_length(segment.database, 2, &length, NULL), XC_OK);
    cr_expect_eq(length, 6, "the euro atlantic and euroatlantic area");
    cr_assert_eq(xc_document_length(segment.database, 1, &length, NULL), XC_OK);
    cr_expect_eq(length, 3);
    cr_assert_eq(xc_document_length(segment.database, 3, &length, NULL), XC_OK);
    cr_expect_eq(length, 5);
    xc_stats stats;
    cr_assert_eq(xc_database_stats(segment.database, &stats, NULL), XC_OK);
    cr_expect_eq(stats.n_docs, N_TEXTS);
    cr_expect_eq(stats.last_docid, N_TEXTS);
    cr_expect_eq(stats.total_length, 3 + 6 + 5 + 3);
    cr_expect_not(stats.has_positions);
}

Test(segment_builder, labels_do_not_count)
{
    char term[64];
    make_sample();
    /* An article's labels are on its first paragraph. */
    snprintf(term, sizeof term, "XA%s", key_of("one").hex);
    expect_postings(term, "1 ");
    expect_term(term, 1, 0);
    snprintf(term, sizeof term, "XA%s", key_of("two").hex);
    expect_postings(term, "4 ");
    /* A language, where it begins. */
    expect_postings("Len", "1 ");
    expect_postings("Lde", "4 ");
    expect_term("Lde", 1, 0);
}

Test(segment_builder, a_moved_article_is_found_by_the_beginning_of_its_ids)
{
    static const pil_article_meta meta = {.id = "x", .path = "x", .language = "en"};
    add(&meta, texts, 2);
    batch->articles[0].meta.id_seed = 0xABCDEF01;
    build();
    expect_postings("Qabcdef01", "1 ");
    expect_term("Qabcdef01", 1, 0);
}

typedef struct term_count {
    size_t n, n_odd;
} term_count;

static bool look_at_term(void *context, const xc_term *term)
{
    term_count *count = context;
    count->n++;
    bool is_known = term->bytes[0] == 'Z' || term->bytes[0] == 'Q' || term->bytes[0] == 'L' ||
                    (term->length > 2 && memcmp(term->bytes, "XA", 2) == 0);
    count->n_odd += !is_known;
    count->n_odd += term->bytes[0] != 'Z' && term->n_occurrences != 0;
    return true;
}

Test(segment_builder, there_are_no_other_terms)
{
    term_count count = {0};
    make_sample();
    cr_assert_eq(xc_database_each_term(segment.database, "", 0, true, look_at_term, &count, NULL),
                 XC_OK);
    cr_expect_eq(count.n_odd, 0);
    /* defenc defens the euro atlant euroatlant and area nato un attack verteid der; articles;
     * languages */
    cr_expect_eq(count.n, 13 + 2 + 2);
}

Test(segment_builder, values_stand_on_the_first_paragraph_of_an_article)
{
    make_sample();
    expect_value(1, PIL_SLOT_DATE, "2023-11-22");
    expect_value(1, PIL_SLOT_SOURCE, "Paper");
    expect_value(1, PIL_SLOT_AUTHOR, "Ann");
    expect_value(1, PIL_SLOT_FINGERPRINT, "");
    expect_value(2, PIL_SLOT_DATE, "");
    expect_value(4, PIL_SLOT_DATE, "");
    expect_value(4, PIL_SLOT_AUTHOR, "");
}

Test(segment_builder, records_and_metadata_are_found_by_document)
{
    pil_record record;
    pil_article_meta meta;
    make_sample();
    for (uint32_t i = 0; i < N_TEXTS; i++) {
        cr_assert_eq(pil_segment_record(&segment, i + 1, &strings, &record, NULL), PIL_OK);
        cr_expect_str_eq(record.text, texts[i]);
        cr_expect_eq(record.number, i < 3 ? i + 1 : 1);
    }
    cr_assert_eq(pil_segment_article(&segment, 1, &strings, &meta, NULL), PIL_OK);
    cr_expect_str_eq(meta.title, "One");
    cr_assert_eq(pil_segment_article(&segment, 4, &strings, &meta, NULL), PIL_OK);
    cr_expect_str_eq(meta.id, "two");
    cr_expect_eq(pil_segment_article(&segment, 2, &strings, &meta, NULL), PIL_CORRUPT);
    cr_expect_eq(pil_segment_record(&segment, 5, &strings, &record, NULL), PIL_CORRUPT);
}

Test(segment_builder, documents_of_an_article_are_found_by_its_key)
{
    pil_docid_range *ranges;
    size_t n;
    make_sample();
    pil_digest key = key_of("one"), none = key_of("none");
    cr_assert_eq(pil_segment_article_ranges(&segment, &key, &ranges, &n, NULL), PIL_OK);
    cr_assert_eq(n, 1);
    cr_expect_eq(ranges[0].first, 1);
    cr_expect_eq(ranges[0].last, 3);
    free(ranges);
    cr_assert_eq(pil_segment_article_ranges(&segment, &none, &ranges, &n, NULL), PIL_OK);
    cr_expect_eq(n, 0);
    free(ranges);
}

static void expect_word(const char *form, const char *language, uint32_t n_written,
                        uint32_t n_derived)
{
    pil_lexicon_entry found = {0};
    cr_assert_eq(pil_segment_lookup(&segment, form, strlen(form), language, &found, NULL), PIL_OK);
    cr_expect_eq(found.n_written, n_written, "%s is written in %u", form, found.n_written);
    cr_expect_eq(found.n_derived, n_derived, "%s is derived in %u", form, found.n_derived);
}

Test(segment_builder, the_lexicon_counts_paragraphs_by_form)
{
    make_sample();
    expect_word("attack", "en", 1, 0);
    expect_word("defence", "en", 1, 0);
    expect_word("defences", "en", 1, 0);
    expect_word("defenc", "en", 0, 0);
    expect_word("attack", "de", 0, 0);
    expect_word("verteidigung", "de", 1, 0);
    expect_word("euroatlantic", "en", 1, 1);
    expect_word("euro", "en", 1, 1);
    expect_word("atlantic", "en", 1, 1);
    /* Counting adds up over segments. */
    pil_lexicon_entry found = {.n_written = 5, .n_derived = 7};
    cr_assert_eq(pil_segment_lookup(&segment, "euro", 4, "en", &found, NULL), PIL_OK);
    cr_expect_eq(found.n_written, 6);
    cr_expect_eq(found.n_derived, 8);
}

Test(segment_builder, a_form_is_counted_once_a_paragraph)
{
    static const pil_article_meta meta = {.id = "x", .path = "x", .language = "en"};
    static const char *const paragraphs[] = {"peace peace peace", "war", "peace and peace"};
    add(&meta, paragraphs, 3);
    build();
    expect_word("peace", "en", 2, 0);
    expect_term("Zpeac", 2, 5);
}

Test(segment_builder, the_segment_says_what_it_is)
{
    char uuid[XC_UUID_BYTES + 1], *format;
    size_t length;
    make_sample();
    cr_expect_eq(entry.n_paragraphs, N_TEXTS);
    size_t text_bytes = 0;
    for (size_t i = 0; i < N_TEXTS; i++)
        text_bytes += strlen(texts[i]);
    cr_expect_eq(entry.text_bytes, text_bytes);
    cr_expect_str_eq(entry.stamp, "the stamp");
    cr_expect_eq(entry.n_words, 3 + 6 + 5 + 3);
    cr_expect_eq(entry.common, 0, "too little text to choose from");
    cr_expect_eq(entry.n_dictionaries, 0);
    cr_assert_eq(xc_database_uuid(segment.database, uuid, NULL), XC_OK);
    cr_expect_str_eq(entry.uuid, uuid);
    cr_assert_eq(xc_metadata_get(segment.database, PIL_KEY_FORMAT, strlen(PIL_KEY_FORMAT), &format,
                                 &length, NULL),
                 XC_OK);
    cr_expect_str_eq(format, "2");
    xc_free(format);
}

/* Long words, long texts, thousands of paragraphs. */
Test(segment_builder, large_contents_come_back, .timeout = 120)
{
    enum { N = 12000, LONG = 65536, N_LONG = 4 };
    char *text = malloc(LONG + 1);
    char id[16];
    cr_assert_not_null(text);
    for (uint32_t i = 1; i <= N; i++) {
        int length = snprintf(text, LONG, "paragraph number n%u of many", (unsigned)i);
        if (i % (N / N_LONG) == 0) {
            memset(text + length, 'x', LONG - (size_t)length);
            for (size_t at = (size_t)length; at < LONG; at += 1 + i % 97 + at % 71)
                text[at] = ' ';
            text[LONG - 1] = 'x';
            text[LONG] = '\0';
        }
        snprintf(id, sizeof id, "%u", (unsigned)i);
        const pil_article_meta meta = {.id = id, .path = id, .language = "en"};
        const char *const paragraphs[] = {text};
        add(&meta, paragraphs, 1);
    }
    free(text);
    build();
    for (uint32_t i = 1; i <= N; i++) {
        char wanted[64];
        pil_error err = {0};
        pil_record record;
        cr_assert_eq(pil_segment_record(&segment, i, &strings, &record, &err), PIL_OK, "%s",
                     err.message);
        snprintf(wanted, sizeof wanted, "paragraph number n%u of many", (unsigned)i);
        cr_assert_eq(strncmp(record.text, wanted, strlen(wanted)), 0);
        cr_assert_eq(record.text_bytes, i % (N / N_LONG) == 0 ? LONG : strlen(wanted));
    }
    expect_term("Zmani", N, N);
}

static bool has_room(pil_segment_builder *builder, const pil_batch *more, uint64_t memory_bytes)
{
    bool has_room;
    cr_assert_eq(pil_segment_builder_has_room(builder, more, memory_bytes, &has_room, NULL),
                 PIL_OK);
    return has_room;
}

Test(segment_builder, it_takes_no_more_than_fits_into_memory_or_a_segment)
{
    static const pil_article_meta meta = {.id = "one", .path = "one", .language = "en"};
    pil_segment_builder *builder;
    add(&meta, texts, 3);
    pil_batch more = *batch;
    cr_assert_eq(pil_segment_builder_new(&builder, &pool, &manifest, NULL), PIL_OK);
    cr_expect(has_room(builder, &more, 1 << 20));
    cr_expect_not(has_room(builder, &more, 100));
    uint64_t text_bytes = batch->text_bytes;
    cr_assert_eq(pil_segment_builder_add(builder, batch, NULL), PIL_OK);
    batch = NULL;
    /* libxapian counts the occurrences of a word in 32 bits. */
    more.text_bytes = UINT32_MAX - text_bytes;
    cr_expect(has_room(builder, &more, UINT64_MAX));
    more.text_bytes++;
    cr_expect_not(has_room(builder, &more, UINT64_MAX));
    pil_segment_builder_free(builder);
}

/* A batch of 4,000 words, each once, or the same one each time. */
static pil_batch *words_batch(bool are_different)
{
    static char text[64000];
    static const pil_article_meta meta = {.id = "one", .path = "one", .language = "en"};
    const char *paragraph = text;
    size_t length = 0;
    for (unsigned i = 0; i < 4000; i++)
        length += (size_t)snprintf(text + length, sizeof text - length, "w%06u ",
                                   are_different ? i * 7919 % 1000000 : 0);
    pil_batch_free(batch);
    batch = pil_batch_new();
    add(&meta, &paragraph, 1);
    pil_batch *made = batch;
    batch = NULL;
    return made;
}

/* How many of these batches a builder takes in a megabyte. */
static size_t count_that_fit(bool are_different)
{
    pil_segment_builder *builder;
    cr_assert_eq(pil_segment_builder_new(&builder, &pool, &manifest, NULL), PIL_OK);
    size_t n = 0;
    for (pil_batch *next; (next = words_batch(are_different)) != NULL; n++) {
        if (!has_room(builder, next, 1 << 20)) {
            pil_batch_free(next);
            break;
        }
        cr_assert_eq(pil_segment_builder_add(builder, next, NULL), PIL_OK);
    }
    pil_segment_builder_free(builder);
    return n;
}

Test(segment_builder, what_many_different_words_take_in_memory_is_counted)
{
    /* Without a list of common words nothing would be inverted until there is a megabyte. */
    pil_manifest_common common = {.number = 1, .text_bytes = 1, .words = strdup("the")};
    cr_assert_eq(pil_manifest_add_common(&manifest, &common, NULL), PIL_OK);
    size_t n_same = count_that_fit(false), n_different = count_that_fit(true);
    cr_expect_gt(n_same, 3 * n_different, "%zu and %zu", n_same, n_different);
}

/* There are more words than a list takes, and this one is behind all others by its bytes. */
Test(segment_builder, of_equally_frequent_words_stop_words_are_the_common_ones, .timeout = 120)
{
    enum { N = 4000 };
    char text[512] = "with";
    const char *const paragraph = text;
    for (size_t i = 10, at = strlen(text); i < 80; i++)
        at += (size_t)snprintf(text + at, sizeof text - at, " q%zu", i);
    for (size_t i = 0; i < N; i++) {
        char id[16];
        snprintf(id, sizeof id, "%zu", i);
        const pil_article_meta meta = {.id = id, .path = id, .language = "en"};
        add(&meta, &paragraph, 1);
    }
    build();
    cr_assert_eq(manifest.n_commons, 1);
    cr_expect_not_null(strstr(manifest.commons[0].words, " with"), "%s", manifest.commons[0].words);
}

Test(segment_builder, what_is_not_finished_leaves_nothing)
{
    static const pil_article_meta meta = {.id = "x", .path = "x", .language = "en"};
    pil_segment_builder *builder;
    add(&meta, texts, 1);
    cr_assert_eq(pil_segment_builder_new(&builder, &pool, &manifest, NULL), PIL_OK);
    cr_assert_eq(pil_segment_builder_add(builder, batch, NULL), PIL_OK);
    batch = NULL;
    pil_segment_builder_free(builder);
    cr_expect_eq(rmdir(directory), 0, "the directory is not empty");
}

/* ---- Debian's own tools ---- */

/* What the command prints; the caller frees it. *exit_status is as pclose gives it. NULL when the
 * program is not there. */
static char *run(const char *program, const char *arguments, int *exit_status)
{
    char probe[128], command[512];
    snprintf(probe, sizeof probe, "/usr/bin/%s", program);
    if (access(probe, X_OK) != 0)
        return NULL;
    char *path = pil_manifest_segment_path(directory, entry.id);
    snprintf(command, sizeof command, "ASAN_OPTIONS= %s %s '%s' 2>&1", probe, arguments, path);
    free(path);
    FILE *pipe = popen(command, "r");
    cr_assert_not_null(pipe);
    char *output = calloc(1, 1 << 16);
    cr_assert_not_null(output);
    size_t n = fread(output, 1, (1 << 16) - 1, pipe);
    output[n] = '\0';
    *exit_status = pclose(pipe);
    return output;
}

Test(segment_builder, xapian_check_finds_no_fault)
{
    int exit_status;
    make_sample();
    char *output = run("xapian-check", "", &exit_status);
    if (output == NULL)
        cr_skip_test("xapian-check is not installed");
    cr_expect_eq(exit_status, 0, "%s", output);
    cr_expect_not_null(strstr(output, "No errors found"), "%s", output);
    free(output);
}

Test(segment_builder, xapian_delve_reads_it)
{
    int exit_status;
    make_sample();
    char *output = run("xapian-delve", "-t Zattack", &exit_status);
    if (output == NULL)
        cr_skip_test("xapian-delve is not installed");
    cr_expect_eq(exit_status, 0, "%s", output);
    cr_expect_not_null(strstr(output, "Zattack"), "%s", output);
    free(output);
    output = run("xapian-delve", "", &exit_status);
    cr_expect_not_null(strstr(output, entry.uuid), "%s", output);
    cr_expect_not_null(strstr(output, "number of documents = 4"), "%s", output);
    free(output);
}
