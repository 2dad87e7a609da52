#include "index/schema.h"
#include "index/segment.h"
#include "index/segment_writer.h"
#include "support/temporary_directory.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *directory;
static pil_analyser *analyser;
static pil_segment_writer *writer;
static pil_manifest_segment entry;
static pil_segment segment;
static pil_buffer strings;

static void init(void)
{
    directory = pil_temporary_directory_new();
    pil_buffer_init(&strings, 1 << 20);
    cr_assert_eq(pil_analyser_new(&analyser, NULL), PIL_OK);
    cr_assert_eq(pil_segment_writer_begin(&writer, directory, NULL), PIL_OK);
}

static void dispose(void)
{
    pil_segment_close(&segment);
    pil_manifest_segment_dispose(&entry);
    pil_segment_writer_free(writer);
    pil_analyser_free(analyser);
    pil_buffer_dispose(&strings);
    pil_temporary_directory_remove(directory);
}

TestSuite(segment_writer, .init = init, .fini = dispose);

static const pil_article_meta first_article = {.id = "one",
                                               .path = "one",
                                               .title = "One",
                                               .author = "Ann",
                                               .date = "2023-11-22",
                                               .source = "Paper",
                                               .n_paragraphs = 3};
static const pil_article_meta second_article = {.id = "two", .path = "two", .n_paragraphs = 1};

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

static void begin(const pil_article_meta *meta)
{
    pil_digest key = key_of(meta->id);
    cr_assert_eq(pil_segment_writer_add_article(writer, meta, &key, NULL), PIL_OK);
}

static void add(uint32_t number, const char *language, const char *text)
{
    const pil_token *tokens;
    size_t n;
    pil_record record = {.id = UINT64_C(0xAB00000000000000) + strlen(text),
                         .number = number,
                         .end_byte = strlen(text),
                         .line = 1,
                         .generation = 1,
                         .language = language,
                         .text = text,
                         .text_bytes = strlen(text)};
    pil_error err = {0};
    cr_assert_eq(pil_analyser_run(analyser, language, text, strlen(text), &tokens, &n, NULL),
                 PIL_OK);
    cr_assert_eq(pil_segment_writer_add(writer, &record, tokens, n, &err), PIL_OK, "%s",
                 err.message);
}

/* Writes the sample and opens it. */
static void make_sample(void)
{
    pil_error err = {0};
    begin(&first_article);
    for (uint32_t i = 0; i < 3; i++)
        add(i + 1, "en", texts[i]);
    begin(&second_article);
    add(1, "de", texts[3]);
    cr_expect_eq(pil_segment_writer_n_paragraphs(writer), N_TEXTS);
    cr_assert_eq(pil_segment_writer_finish(writer, "the stamp", &entry, &err), PIL_OK, "%s",
                 err.message);
    cr_assert_eq(pil_segment_open(&segment, directory, &entry, &err), PIL_OK, "%s", err.message);
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
    cr_assert_eq(xc_database_postings(segment.database, term, strlen(term), &docids, &n, NULL),
                 XC_OK);
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

Test(segment_writer, words_are_stems_with_their_number_of_occurrences)
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

Test(segment_writer, only_words_as_written_count)
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

Test(segment_writer, labels_do_not_count)
{
    char term[64];
    make_sample();
    snprintf(term, sizeof term, "XA%s", key_of("one").hex);
    expect_postings(term, "1 2 3 ");
    expect_term(term, 3, 0);
    snprintf(term, sizeof term, "XA%s", key_of("two").hex);
    expect_postings(term, "4 ");
    snprintf(term, sizeof term, "Qab000000000000%02zx", strlen(texts[2]));
    expect_postings(term, "3 ");
    expect_term(term, 1, 0);
    expect_postings("Len", "1 2 3 ");
    expect_postings("Lde", "4 ");
    expect_term("Lde", 1, 0);
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

Test(segment_writer, there_are_no_other_terms)
{
    term_count count = {0};
    make_sample();
    cr_assert_eq(xc_database_each_term(segment.database, "", 0, true, look_at_term, &count, NULL),
                 XC_OK);
    cr_expect_eq(count.n_odd, 0);
    /* defenc defens the euro atlant euroatlant and area nato un attack verteid der; ids; articles;
     * languages */
    cr_expect_eq(count.n, 13 + 4 + 2 + 2);
}

Test(segment_writer, values_are_what_filters_need)
{
    make_sample();
    for (uint32_t docid = 1; docid <= 3; docid++) {
        expect_value(docid, PIL_SLOT_ARTICLE, key_of("one").hex);
        expect_value(docid, PIL_SLOT_DATE, "2023-11-22");
        expect_value(docid, PIL_SLOT_SOURCE, "Paper");
        expect_value(docid, PIL_SLOT_AUTHOR, "Ann");
        expect_value(docid, PIL_SLOT_LANGUAGE, "en");
        expect_value(docid, PIL_SLOT_FINGERPRINT, "");
    }
    expect_value(4, PIL_SLOT_ARTICLE, key_of("two").hex);
    expect_value(4, PIL_SLOT_DATE, "");
    expect_value(4, PIL_SLOT_AUTHOR, "");
    expect_value(4, PIL_SLOT_LANGUAGE, "de");
}

Test(segment_writer, records_and_metadata_are_found_by_document)
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

Test(segment_writer, documents_of_an_article_are_found_by_its_key)
{
    uint32_t *docids;
    size_t n;
    make_sample();
    pil_digest key = key_of("one"), none = key_of("none");
    cr_assert_eq(pil_segment_article_docids(&segment, &key, &docids, &n, NULL), PIL_OK);
    cr_assert_eq(n, 3);
    cr_expect_eq(docids[0], 1);
    cr_expect_eq(docids[2], 3);
    xc_free(docids);
    cr_assert_eq(pil_segment_article_docids(&segment, &none, &docids, &n, NULL), PIL_OK);
    cr_expect_eq(n, 0);
    xc_free(docids);
}

static void expect_word(const char *form, const char *language, uint32_t n_written,
                        uint32_t n_derived)
{
    pil_lexicon_entry found = {0};
    cr_assert_eq(pil_segment_lookup(&segment, form, strlen(form), language, &found, NULL), PIL_OK);
    cr_expect_eq(found.n_written, n_written, "%s is written in %u", form, found.n_written);
    cr_expect_eq(found.n_derived, n_derived, "%s is derived in %u", form, found.n_derived);
}

Test(segment_writer, the_lexicon_counts_paragraphs_by_form)
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

Test(segment_writer, a_form_is_counted_once_a_paragraph)
{
    pil_article_meta meta = {.id = "x", .path = "x", .n_paragraphs = 3};
    begin(&meta);
    add(1, "en", "peace peace peace");
    add(2, "en", "war");
    add(3, "en", "peace and peace");
    cr_assert_eq(pil_segment_writer_finish(writer, "s", &entry, NULL), PIL_OK);
    cr_assert_eq(pil_segment_open(&segment, directory, &entry, NULL), PIL_OK);
    expect_word("peace", "en", 2, 0);
    expect_term("Zpeac", 2, 5);
}

Test(segment_writer, the_segment_says_what_it_is)
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
    cr_expect_str_eq(entry.id, pil_segment_writer_id(writer));
    cr_assert_eq(xc_database_uuid(segment.database, uuid, NULL), XC_OK);
    cr_expect_str_eq(entry.uuid, uuid);
    cr_assert_eq(xc_metadata_get(segment.database, PIL_KEY_FORMAT, strlen(PIL_KEY_FORMAT), &format,
                                 &length, NULL),
                 XC_OK);
    cr_expect_str_eq(format, "1");
    xc_free(format);
}

/* Long words, long texts, thousands of paragraphs: what libxapian might stumble over. */
Test(segment_writer, large_contents_come_back, .timeout = 120)
{
    enum { N = 12000, LONG = 65536 };
    char *text = malloc(LONG + 1);
    pil_record record;
    pil_article_meta meta = {.id = "x", .path = "x", .n_paragraphs = N};
    begin(&meta);
    for (uint32_t i = 1; i <= N; i++) {
        int length = snprintf(text, LONG, "paragraph number n%u of many", (unsigned)i);
        if (i % 3000 == 0) {
            memset(text + length, 'x', LONG - (size_t)length);
            for (size_t at = (size_t)length; at < LONG; at += 1 + i % 97 + at % 71)
                text[at] = ' ';
            text[LONG] = '\0';
        }
        add(i, "en", text);
    }
    free(text);
    cr_assert_eq(pil_segment_writer_finish(writer, "s", &entry, NULL), PIL_OK);
    cr_assert_eq(pil_segment_open(&segment, directory, &entry, NULL), PIL_OK);
    for (uint32_t i = 1; i <= N; i++) {
        char wanted[64];
        pil_error err = {0};
        cr_assert_eq(pil_segment_record(&segment, i, &strings, &record, &err), PIL_OK, "%s",
                     err.message);
        snprintf(wanted, sizeof wanted, "paragraph number n%u of many", (unsigned)i);
        cr_assert_eq(strncmp(record.text, wanted, strlen(wanted)), 0);
        cr_assert_eq(record.text_bytes, i % 3000 == 0 ? LONG : strlen(wanted));
    }
    expect_term("Zmani", N, N);
}

Test(segment_writer, what_is_not_finished_leaves_nothing)
{
    begin(&second_article);
    add(1, "en", "text");
    pil_segment_writer_free(writer);
    writer = NULL;
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

Test(segment_writer, xapian_check_finds_no_fault)
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

Test(segment_writer, xapian_delve_reads_it)
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
