/* Databases, documents, terms, metadata and the writer. */
#include "support/temporary_directory.h"
#include "support/xapian_fixture.h"
#include "xapian_c.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *directory;
static xc_error error;

static void set_up(void)
{
    directory = pil_temporary_directory_new();
    memset(&error, 0, sizeof error);
}

static void tear_down(void)
{
    pil_temporary_directory_remove(directory);
}

TestSuite(xapian_c, .init = set_up, .fini = tear_down);

static const pil_fixture_doc three[] = {
    {"ab ab abc", "first", "1999"}, {"abc b", "second", NULL}, {"ab c", "third", "2023"}};

/* The database of these three documents, open. */
static xc_database *open_three(void)
{
    char *path = pil_temporary_directory_path(directory, "three");
    pil_fixture_write(path, three, 3);
    xc_database *database = pil_fixture_open(path);
    free(path);
    return database;
}

static xc_writer *open_writer(const char *name, unsigned flags)
{
    char *path = pil_temporary_directory_path(directory, name);
    xc_writer *writer = NULL;
    cr_assert_eq(xc_writer_open(path, flags, 0, &writer, &error), XC_OK, "%s", error.message);
    free(path);
    return writer;
}

static xc_status try_database(const char *name)
{
    char *path = pil_temporary_directory_path(directory, name);
    xc_database *database = NULL;
    xc_status status = xc_database_open(path, &database, &error);
    cr_expect_eq(status != XC_OK, database == NULL);
    xc_database_free(database);
    free(path);
    return status;
}

Test(xapian_c, statuses_have_distinct_names_and_fixed_values)
{
    for (int a = XC_OK; a <= XC_INTERNAL; a++) {
        cr_expect_str_neq(xc_status_name((xc_status)a), "unknown");
        for (int b = XC_OK; b < a; b++)
            cr_expect_str_neq(xc_status_name((xc_status)a), xc_status_name((xc_status)b));
    }
    cr_expect_str_eq(xc_status_name((xc_status)(XC_INTERNAL + 1)), "unknown");
    cr_expect_str_eq(xc_status_name(XC_BUSY), "busy");
    cr_expect_str_eq(xc_status_name(XC_INTERNAL), "internal error");
    cr_expect_eq(XC_BUSY, 6);
    cr_expect_eq(XC_STALE, 7);
    cr_expect_eq(XC_INTERNAL, 17);
}

Test(xapian_c, versions_are_those_of_libxapian)
{
    int major = 0, minor = 0;
    cr_expect_eq(sscanf(xc_version_runtime(), "%d.%d.", &major, &minor), 2);
    cr_expect_geq(major, 1);
    cr_expect_eq(sscanf(xc_version_build(), "%d.%d.", &major, &minor), 2);
}

Test(xapian_c, freeing_nothing_is_fine)
{
    xc_free(NULL);
    xc_database_free(NULL);
    xc_document_free(NULL);
    xc_writer_free(NULL);
    xc_query_free(NULL);
    xc_results_free(NULL);
}

Test(xapian_c, shard_arithmetic_goes_both_ways)
{
    for (uint32_t n = 1; n <= 5; n++) {
        for (uint32_t docid = 1; docid <= 40; docid++) {
            uint32_t shard = xc_shard_of(docid, n), local = xc_local_docid(docid, n);
            cr_expect_lt(shard, n);
            cr_expect_eq(xc_combined_docid(shard, local, n), docid);
        }
    }
    cr_expect_eq(xc_combined_docid(0, UINT32_MAX, 1), UINT32_MAX);
    cr_expect_eq(xc_combined_docid(0, UINT32_MAX, 2), 0);
}

Test(xapian_c, a_missing_database_is_not_found)
{
    cr_expect_eq(try_database("missing"), XC_NOT_FOUND);
    cr_expect_eq(error.status, XC_NOT_FOUND);
    cr_expect_str_eq(error.type, "DatabaseNotFoundError");
    cr_expect_neq(error.message[0], '\0');
    pil_temporary_directory_write(directory, "empty/x", "", 0);
    cr_expect_eq(try_database("empty"), XC_NOT_FOUND);
}

Test(xapian_c, one_missing_shard_opens_none)
{
    char *path = pil_temporary_directory_path(directory, "three");
    xc_database *database = NULL;
    pil_fixture_write(path, three, 3);
    const char *paths[] = {path, "/nonexistent/database"};
    cr_expect_eq(xc_database_open_many(paths, 2, &database, &error), XC_NOT_FOUND);
    cr_expect_null(database);
    paths[1] = NULL;
    cr_expect_eq(xc_database_open_many(paths, 2, &database, &error), XC_INVALID_ARGUMENT);
    cr_expect_eq(xc_database_open_many(paths, 0, &database, &error), XC_INVALID_ARGUMENT);
    cr_expect_eq(xc_database_open(NULL, &database, &error), XC_INVALID_ARGUMENT);
    cr_expect_eq(xc_database_open(path, NULL, &error), XC_INVALID_ARGUMENT);
    free(path);
}

Test(xapian_c, stats_count_documents_and_words)
{
    xc_database *database = open_three();
    xc_stats stats;
    cr_assert_eq(xc_database_stats(database, &stats, &error), XC_OK);
    cr_expect_eq(stats.n_docs, 3);
    cr_expect_eq(stats.last_docid, 3);
    cr_expect_eq(stats.n_shards, 1);
    cr_expect_eq(stats.total_length, 7);
    cr_expect_float_eq(stats.average_length, 7.0 / 3.0, 1e-9);
    cr_expect_not(stats.has_positions);
    cr_expect_eq(xc_database_stats(database, NULL, &error), XC_INVALID_ARGUMENT);
    xc_database_free(database);
}

Test(xapian_c, an_empty_database_has_zero_stats)
{
    xc_writer *writer = open_writer("empty", XC_WRITER_CREATE);
    cr_expect_eq(xc_writer_commit(writer, &error), XC_OK);
    xc_writer_free(writer);
    char *path = pil_temporary_directory_path(directory, "empty");
    xc_database *database = pil_fixture_open(path);
    xc_stats stats;
    cr_assert_eq(xc_database_stats(database, &stats, &error), XC_OK);
    cr_expect_eq(stats.n_docs, 0);
    cr_expect_eq(stats.last_docid, 0);
    cr_expect_eq(stats.total_length, 0);
    cr_expect_eq(stats.average_length, 0.0);
    xc_database_free(database);
    free(path);
}

Test(xapian_c, shards_keep_the_order_in_which_they_are_opened)
{
    char *a = pil_temporary_directory_path(directory, "a");
    char *b = pil_temporary_directory_path(directory, "b");
    pil_fixture_write(a, three, 1);
    pil_fixture_write(b, three + 1, 2);
    const char *paths[] = {b, a};
    xc_database *database = NULL;
    cr_assert_eq(xc_database_open_many(paths, 2, &database, &error), XC_OK);
    xc_stats stats;
    cr_assert_eq(xc_database_stats(database, &stats, &error), XC_OK);
    cr_expect_eq(stats.n_shards, 2);
    cr_expect_eq(stats.n_docs, 3);
    static const struct {
        uint32_t shard, local;
        const char *data;
    } expected[] = {{0, 1, "second"}, {0, 2, "third"}, {1, 1, "first"}};
    for (size_t i = 0; i < 3; i++) {
        uint32_t docid = xc_combined_docid(expected[i].shard, expected[i].local, 2);
        char *data = NULL;
        size_t length = 0;
        cr_expect_eq(xc_document_data(database, docid, &data, &length, &error), XC_OK);
        cr_expect_str_eq(data, expected[i].data);
        xc_free(data);
    }
    char uuid[XC_UUID_BYTES + 1];
    cr_expect_eq(xc_database_uuid(database, uuid, &error), XC_INVALID_ARGUMENT);
    xc_database_free(database);
    free(a);
    free(b);
}

Test(xapian_c, each_database_has_its_own_uuid)
{
    char uuids[2][XC_UUID_BYTES + 1];
    for (int i = 0; i < 2; i++) {
        char *path = pil_temporary_directory_path(directory, i ? "a" : "b");
        pil_fixture_write(path, three, 1);
        xc_database *database = pil_fixture_open(path);
        cr_expect_eq(xc_database_uuid(database, uuids[i], &error), XC_OK);
        cr_expect_eq(strlen(uuids[i]), XC_UUID_BYTES);
        xc_database_free(database);
        free(path);
    }
    cr_expect_str_neq(uuids[0], uuids[1]);
}

Test(xapian_c, a_database_without_uuid_says_so)
{
    pil_temporary_directory_write(directory, "stub", "inmemory\n", 9);
    char *path = pil_temporary_directory_path(directory, "stub");
    xc_database *database = pil_fixture_open(path);
    char uuid[XC_UUID_BYTES + 1];
    cr_expect_eq(xc_database_uuid(database, uuid, &error), XC_UNSUPPORTED);
    cr_expect_eq(xc_database_uuid(database, NULL, &error), XC_INVALID_ARGUMENT);
    xc_database_free(database);
    free(path);
}

Test(xapian_c, a_remote_database_that_does_not_answer_is_a_network_error)
{
    pil_temporary_directory_write(directory, "stub", "remote 127.0.0.1:1\n", 19);
    cr_expect_eq(try_database("stub"), XC_NETWORK);
}

Test(xapian_c, a_file_that_is_no_database_is_refused)
{
    pil_temporary_directory_write(directory, "file", "hello", 5);
    cr_expect_eq(try_database("file"), XC_IO);
}

Test(xapian_c, a_closed_database_answers_closed)
{
    xc_database *database = open_three();
    xc_stats stats;
    char *data = NULL;
    size_t length = 0;
    cr_expect_eq(xc_database_close(database, &error), XC_OK);
    cr_expect_eq(xc_database_close(database, &error), XC_OK);
    cr_expect_eq(xc_database_stats(database, &stats, &error), XC_CLOSED);
    cr_expect_eq(xc_document_data(database, 1, &data, &length, &error), XC_CLOSED);
    cr_expect_eq(xc_database_reopen(database, NULL, &error), XC_CLOSED);
    xc_query *query = pil_fixture_term("ab");
    xc_results *results = NULL;
    cr_expect_eq(xc_search(database, query, NULL, &results, &error), XC_CLOSED);
    cr_expect_null(results);
    xc_query_free(query);
    xc_database_free(database);
    cr_expect_eq(xc_database_close(NULL, &error), XC_INVALID_ARGUMENT);
}

Test(xapian_c, a_reader_sees_a_commit_when_it_reopens)
{
    xc_database *database = open_three();
    bool changed = true;
    xc_stats stats;
    cr_expect_eq(xc_database_reopen(database, &changed, &error), XC_OK);
    cr_expect_not(changed);
    xc_writer *writer = open_writer("three", XC_WRITER_OPEN | XC_WRITER_NO_TERMLIST);
    cr_expect_eq(pil_fixture_add(writer, &three[0]), 4);
    cr_expect_eq(xc_writer_commit(writer, &error), XC_OK);
    cr_expect_eq(xc_database_stats(database, &stats, &error), XC_OK);
    cr_expect_eq(stats.n_docs, 3);
    cr_expect_eq(xc_database_reopen(database, &changed, &error), XC_OK);
    cr_expect(changed);
    cr_expect_eq(xc_database_stats(database, &stats, &error), XC_OK);
    cr_expect_eq(stats.n_docs, 4);
    xc_writer_free(writer);
    xc_database_free(database);
}

/* Whether reading all documents says that the snapshot is gone. */
static bool is_stale(xc_database *database)
{
    for (uint32_t docid = 1; docid <= 500; docid++) {
        char *data = NULL;
        size_t length = 0;
        xc_status status = xc_document_data(database, docid, &data, &length, &error);
        xc_free(data);
        if (status == XC_STALE)
            return true;
        cr_assert_eq(status, XC_OK, "%s", error.message);
    }
    return false;
}

Test(xapian_c, a_snapshot_that_two_commits_overtook_is_stale_until_it_is_reopened)
{
    static const char filler[] = "some words that make the documents fill more than one block";
    xc_writer *writer = open_writer("busy", XC_WRITER_CREATE);
    pil_fixture_doc doc = {"ab abc b", filler, "1"};
    for (int i = 0; i < 500; i++)
        (void)pil_fixture_add(writer, &doc);
    cr_assert_eq(xc_writer_commit(writer, &error), XC_OK);
    char *path = pil_temporary_directory_path(directory, "busy");
    xc_database *database = pil_fixture_open(path);
    for (int commit = 0; commit < 4; commit++) {
        for (int i = 0; i < 500; i++)
            (void)pil_fixture_add(writer, &doc);
        cr_assert_eq(xc_writer_commit(writer, &error), XC_OK);
    }
    cr_expect(is_stale(database));
    cr_expect_str_eq(error.type, "DatabaseModifiedError");
    cr_expect_eq(xc_database_reopen(database, NULL, &error), XC_OK);
    cr_expect_not(is_stale(database));
    xc_writer_free(writer);
    xc_database_free(database);
    free(path);
}

/* ---- Terms and documents ---- */

typedef struct seen_terms {
    char text[200];
    size_t max;
    size_t n;
} seen_terms;

static bool see_term(void *context, const xc_term *term)
{
    seen_terms *seen = context;
    size_t used = strlen(seen->text);
    snprintf(seen->text + used, sizeof seen->text - used, "%.*s/%u/%u ", (int)term->length,
             term->bytes, (unsigned)term->n_docs, (unsigned)term->n_occurrences);
    return ++seen->n < seen->max;
}

Test(xapian_c, terms_come_in_order_with_their_frequencies)
{
    xc_database *database = open_three();
    seen_terms seen = {.max = 100};
    cr_expect_eq(xc_database_each_term(database, "", 0, true, see_term, &seen, &error), XC_OK);
    cr_expect_str_eq(seen.text, "ab/2/3 abc/2/2 b/1/1 c/1/1 ");
    seen = (seen_terms){.max = 100};
    cr_expect_eq(xc_database_each_term(database, "ab", 2, false, see_term, &seen, &error), XC_OK);
    cr_expect_str_eq(seen.text, "ab/2/0 abc/2/0 ");
    seen = (seen_terms){.max = 1};
    cr_expect_eq(xc_database_each_term(database, NULL, 0, false, see_term, &seen, &error), XC_OK);
    cr_expect_str_eq(seen.text, "ab/2/0 ");
    seen = (seen_terms){.max = 1};
    cr_expect_eq(xc_database_each_term(database, "x", 1, false, see_term, &seen, &error), XC_OK);
    cr_expect_eq(seen.n, 0);
    cr_expect_eq(xc_database_each_term(database, "", 0, false, NULL, NULL, &error),
                 XC_INVALID_ARGUMENT);
    cr_expect_eq(xc_database_each_term(database, NULL, 1, false, see_term, &seen, &error),
                 XC_INVALID_ARGUMENT);
    xc_database_free(database);
}

Test(xapian_c, one_term_has_its_frequencies_and_postings)
{
    xc_database *database = open_three();
    uint32_t n_docs = 9, *docids = NULL, *wdfs = NULL;
    uint64_t n_occurrences = 9;
    size_t n = 9;
    cr_expect_eq(xc_database_term(database, "ab", 2, &n_docs, &n_occurrences, &error), XC_OK);
    cr_expect_eq(n_docs, 2);
    cr_expect_eq(n_occurrences, 3);
    cr_expect_eq(xc_database_term(database, "zz", 2, &n_docs, NULL, &error), XC_OK);
    cr_expect_eq(n_docs, 0);
    cr_expect_eq(xc_database_postings(database, "ab", 2, &docids, &wdfs, &n, &error), XC_OK);
    cr_assert_eq(n, 2);
    cr_expect_eq(docids[0], 1);
    cr_expect_eq(docids[1], 3);
    cr_expect_eq(wdfs[0] + wdfs[1], 3);
    xc_free(docids);
    xc_free(wdfs);
    cr_expect_eq(xc_database_postings(database, "zz", 2, &docids, &wdfs, &n, &error), XC_OK);
    cr_expect_eq(n, 0);
    cr_expect_null(docids);
    cr_expect_null(wdfs);
    cr_expect_eq(xc_database_postings(database, NULL, 0, &docids, NULL, &n, &error), XC_OK);
    cr_expect_eq(n, 3);
    xc_free(docids);
    cr_expect_eq(xc_database_postings(database, "ab", 2, NULL, NULL, &n, &error),
                 XC_INVALID_ARGUMENT);
    xc_database_free(database);
}

Test(xapian_c, documents_have_data_values_and_lengths)
{
    xc_database *database = open_three();
    char *bytes = NULL;
    size_t length = 0;
    uint32_t words = 0;
    cr_expect_eq(xc_document_data(database, 2, &bytes, &length, &error), XC_OK);
    cr_expect_eq(length, 6);
    cr_expect_str_eq(bytes, "second");
    xc_free(bytes);
    cr_expect_eq(xc_document_value(database, 3, 0, &bytes, &length, &error), XC_OK);
    cr_expect_str_eq(bytes, "2023");
    xc_free(bytes);
    cr_expect_eq(xc_document_value(database, 2, 0, &bytes, &length, &error), XC_OK);
    cr_expect_null(bytes);
    cr_expect_eq(length, 0);
    cr_expect_eq(xc_document_length(database, 1, &words, &error), XC_OK);
    cr_expect_eq(words, 3);
    xc_database_free(database);
}

Test(xapian_c, lengths_of_documents_are_read_at_once)
{
    xc_database *database = open_three();
    uint32_t lengths[4] = {9, 9, 9, 9};
    cr_expect_eq(xc_database_lengths(database, 1, 2, lengths, &error), XC_OK);
    cr_expect_eq(lengths[0], 3);
    cr_expect_eq(lengths[1], 2);
    cr_expect_eq(lengths[2], 9);
    cr_expect_eq(xc_database_lengths(database, 2, 3, lengths, &error), XC_OK);
    cr_expect_eq(lengths[0], 2);
    cr_expect_eq(lengths[1], 2);
    cr_expect_eq(lengths[2], 0);
    cr_expect_eq(xc_database_lengths(database, UINT32_MAX, 1, lengths, &error), XC_OK);
    cr_expect_eq(lengths[0], 0);
    cr_expect_eq(xc_database_lengths(database, 1, 0, NULL, &error), XC_OK);
    cr_expect_eq(xc_database_lengths(database, 0, 1, lengths, &error), XC_INVALID_ARGUMENT);
    cr_expect_eq(xc_database_lengths(database, 1, 1, NULL, &error), XC_INVALID_ARGUMENT);
    xc_database_free(database);
}

Test(xapian_c, a_document_that_is_not_there_is_said_to_be_missing)
{
    xc_database *database = open_three();
    char *bytes = NULL;
    size_t length = 0;
    uint32_t words = 0;
    static const struct {
        uint32_t docid;
        xc_status status;
    } cases[] = {{4, XC_DOC_NOT_FOUND}, {UINT32_MAX, XC_DOC_NOT_FOUND}, {0, XC_INVALID_ARGUMENT}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t docid = cases[i].docid;
        xc_status status = cases[i].status;
        cr_expect_eq(xc_document_data(database, docid, &bytes, &length, &error), status);
        cr_expect_eq(xc_document_value(database, docid, 0, &bytes, &length, &error), status);
        cr_expect_eq(xc_document_length(database, docid, &words, &error), status);
        cr_expect_eq(error.status, status);
    }
    cr_expect_eq(xc_document_value(database, 1, XC_NO_SLOT, &bytes, &length, &error),
                 XC_INVALID_ARGUMENT);
    xc_database_free(database);
}

Test(xapian_c, bytes_of_any_kind_come_back_as_they_were)
{
    static const char data[] = "a\0b\xff\n", term[] = "T\0\0x\xfe", value[] = "\0v", key[] = "k\0y";
    xc_writer *writer = open_writer("binary", XC_WRITER_CREATE);
    xc_document *document = NULL;
    cr_assert_eq(xc_document_new(&document, &error), XC_OK);
    cr_expect_eq(xc_document_set_data(document, data, sizeof data, &error), XC_OK);
    cr_expect_eq(xc_document_add_term(document, term, sizeof term, 3, &error), XC_OK);
    cr_expect_eq(xc_document_set_value(document, 7, value, sizeof value, &error), XC_OK);
    cr_expect_eq(xc_writer_add(writer, document, NULL, &error), XC_OK);
    cr_expect_eq(xc_writer_set_metadata(writer, key, sizeof key, value, sizeof value, &error),
                 XC_OK);
    cr_expect_eq(xc_writer_commit(writer, &error), XC_OK);
    xc_document_free(document);
    xc_writer_free(writer);

    char *path = pil_temporary_directory_path(directory, "binary");
    xc_database *database = pil_fixture_open(path);
    char *bytes = NULL;
    size_t length = 0;
    uint32_t n_docs = 0;
    uint64_t n_occurrences = 0;
    cr_expect_eq(xc_document_data(database, 1, &bytes, &length, &error), XC_OK);
    cr_expect_arr_eq(bytes, data, sizeof data);
    cr_expect_eq(length, sizeof data);
    xc_free(bytes);
    cr_expect_eq(xc_document_value(database, 1, 7, &bytes, &length, &error), XC_OK);
    cr_expect_arr_eq(bytes, value, sizeof value);
    xc_free(bytes);
    cr_expect_eq(xc_metadata_get(database, key, sizeof key, &bytes, &length, &error), XC_OK);
    cr_expect_arr_eq(bytes, value, sizeof value);
    xc_free(bytes);
    cr_expect_eq(xc_metadata_get(database, "k", 1, &bytes, &length, &error), XC_OK);
    cr_expect_null(bytes);
    cr_expect_eq(xc_database_term(database, term, sizeof term, &n_docs, &n_occurrences, &error),
                 XC_OK);
    cr_expect_eq(n_docs, 1);
    cr_expect_eq(n_occurrences, 3);
    xc_query *query = NULL;
    cr_assert_eq(xc_query_term(term, sizeof term, 1, &query, &error), XC_OK);
    xc_results *results = pil_fixture_search(database, query, NULL);
    cr_expect_eq(results->n_hits, 1);
    xc_results_free(results);
    xc_database_free(database);
    free(path);
}

typedef struct seen_keys {
    char text[100];
    size_t max;
    size_t n;
} seen_keys;

static bool see_key(void *context, const char *key, size_t length)
{
    seen_keys *seen = context;
    size_t used = strlen(seen->text);
    snprintf(seen->text + used, sizeof seen->text - used, "%.*s ", (int)length, key);
    return ++seen->n < seen->max;
}

Test(xapian_c, metadata_is_found_by_key_and_by_prefix)
{
    xc_writer *writer = open_writer("metadata", XC_WRITER_CREATE);
    static const char *const keys[] = {"b1", "a2", "a1", "a3"};
    for (size_t i = 0; i < 4; i++)
        cr_expect_eq(xc_writer_set_metadata(writer, keys[i], 2, keys[i], 2, &error), XC_OK);
    cr_expect_eq(xc_writer_set_metadata(writer, "a2", 2, NULL, 0, &error), XC_OK);
    cr_expect_eq(xc_writer_commit(writer, &error), XC_OK);
    xc_writer_free(writer);

    char *path = pil_temporary_directory_path(directory, "metadata");
    xc_database *database = pil_fixture_open(path);
    char *value = NULL;
    size_t length = 0;
    cr_expect_eq(xc_metadata_get(database, "a1", 2, &value, &length, &error), XC_OK);
    cr_expect_str_eq(value, "a1");
    xc_free(value);
    cr_expect_eq(xc_metadata_get(database, "a2", 2, &value, &length, &error), XC_OK);
    cr_expect_null(value);
    cr_expect_eq(xc_metadata_get(database, "", 0, &value, &length, &error), XC_INVALID_ARGUMENT);
    seen_keys seen = {.max = 10};
    cr_expect_eq(xc_metadata_each_key(database, "a", 1, see_key, &seen, &error), XC_OK);
    cr_expect_str_eq(seen.text, "a1 a3 ");
    seen = (seen_keys){.max = 2};
    cr_expect_eq(xc_metadata_each_key(database, "", 0, see_key, &seen, &error), XC_OK);
    cr_expect_str_eq(seen.text, "a1 a3 ");
    cr_expect_eq(xc_metadata_each_key(database, "", 0, NULL, NULL, &error), XC_INVALID_ARGUMENT);
    xc_database_free(database);
    free(path);
}

Test(xapian_c, metadata_is_found_at_a_key_or_behind_it)
{
    static const char *const keys[] = {"a", "m/b", "m/d", "m/d\xFF", "n/a"};
    static const struct {
        const char *prefix, *key, *found; /* NULL: none */
    } cases[] = {
        {"m/", "m/", "m/b"},
        {"m/", "", "m/b"},
        {"m/", "m/b", "m/b"},
        {"m/", "m/bb", "m/d"},
        {"m/", "m/c", "m/d"},
        {"m/", "m/d\xFE", "m/d\xFF"},
        {"m/", "m/d\xFF\xFF", NULL},
        {"m/", "m/e", NULL},
        {"m/", "z", NULL},
        {"", "", "a"},
        {"", "m/e", "n/a"},
        {"", "n/b", NULL},
        {"x", "x", NULL},
        {"m/d", "m/c", "m/d"},
    };
    xc_writer *writer = open_writer("metadata", XC_WRITER_CREATE);
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        cr_expect_eq(xc_writer_set_metadata(writer, keys[i], strlen(keys[i]), keys[i],
                                            strlen(keys[i]), &error),
                     XC_OK);
    cr_expect_eq(xc_writer_commit(writer, &error), XC_OK);
    xc_writer_free(writer);

    char *path = pil_temporary_directory_path(directory, "metadata"), *found, *value;
    xc_database *database = pil_fixture_open(path);
    size_t found_length, value_length;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cr_expect_eq(xc_metadata_seek(database, cases[i].prefix, strlen(cases[i].prefix),
                                      cases[i].key, strlen(cases[i].key), &found, &found_length,
                                      &value, &value_length, &error),
                     XC_OK);
        cr_expect_eq(found == NULL, cases[i].found == NULL, "case %zu", i);
        cr_expect_eq(value == NULL, found == NULL);
        if (found != NULL && cases[i].found != NULL) {
            cr_expect_str_eq(found, cases[i].found, "case %zu", i);
            cr_expect_str_eq(value, cases[i].found, "case %zu", i);
            cr_expect_eq(found_length, strlen(found));
            cr_expect_eq(value_length, strlen(found));
        }
        xc_free(found);
        xc_free(value);
    }
    cr_expect_eq(
        xc_metadata_seek(NULL, "", 0, "", 0, &found, &found_length, &value, &value_length, &error),
        XC_INVALID_ARGUMENT);
    cr_expect_eq(xc_metadata_seek(database, "", 0, "", 0, NULL, &found_length, &value,
                                  &value_length, &error),
                 XC_INVALID_ARGUMENT);
    xc_database_free(database);
    free(path);
}

Test(xapian_c, there_is_nothing_to_be_found_without_metadata)
{
    xc_database *database = open_three();
    char *found, *value;
    size_t found_length, value_length;
    cr_expect_eq(xc_metadata_seek(database, "", 0, "a", 1, &found, &found_length, &value,
                                  &value_length, &error),
                 XC_OK);
    cr_expect_null(found);
    xc_database_free(database);
}
