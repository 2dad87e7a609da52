/* The writer: what it refuses, what it keeps, what it throws away. */
#include "support/temporary_directory.h"
#include "support/xapian_fixture.h"
#include "xapian_c.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

static char *directory;
static char *path;
static xc_error error;

static const pil_fixture_doc doc = {"word", "data", NULL};

static void set_up(void)
{
    directory = pil_temporary_directory_new();
    path = pil_temporary_directory_path(directory, "database");
    memset(&error, 0, sizeof error);
}

static void tear_down(void)
{
    free(path);
    pil_temporary_directory_remove(directory);
}

TestSuite(xapian_c_writer, .init = set_up, .fini = tear_down);

static xc_writer *open_writer(unsigned flags)
{
    xc_writer *writer = NULL;
    cr_assert_eq(xc_writer_open(path, flags, 0, &writer, &error), XC_OK, "%s", error.message);
    return writer;
}

static xc_status try_open(const char *where, unsigned flags, uint32_t block_size)
{
    xc_writer *writer = NULL;
    xc_status status = xc_writer_open(where, flags, block_size, &writer, &error);
    cr_expect_eq(status != XC_OK, writer == NULL);
    xc_writer_free(writer);
    return status;
}

static uint32_t n_docs(void)
{
    xc_database *database = pil_fixture_open(path);
    xc_stats stats;
    cr_assert_eq(xc_database_stats(database, &stats, &error), XC_OK);
    xc_database_free(database);
    return stats.n_docs;
}

Test(xapian_c_writer, a_second_writer_finds_it_busy)
{
    xc_writer *writer = open_writer(XC_WRITER_CREATE);
    cr_expect_eq(try_open(path, XC_WRITER_OPEN, 0), XC_BUSY);
    cr_expect_str_eq(error.type, "DatabaseLockError");
    xc_writer_free(writer);
    cr_expect_eq(try_open(path, XC_WRITER_OPEN, 0), XC_OK);
}

Test(xapian_c_writer, a_lock_that_cannot_be_made_is_not_busy)
{
    xc_writer_free(open_writer(XC_WRITER_CREATE));
    char *lock = pil_temporary_directory_path(directory, "database/flintlock");
    cr_assert_eq(remove(lock), 0);
    cr_assert_eq(mkdir(lock, 0700), 0);
    cr_expect_eq(try_open(path, XC_WRITER_OPEN, 0), XC_IO);
    free(lock);
}

Test(xapian_c_writer, the_ways_to_open_differ)
{
    cr_expect_eq(try_open(path, XC_WRITER_OPEN, 0), XC_NOT_FOUND);
    cr_expect_eq(try_open(path, XC_WRITER_OPEN_OR_CREATE, 0), XC_OK);
    cr_expect_eq(try_open(path, XC_WRITER_CREATE, 0), XC_EXISTS);
    xc_writer *writer = open_writer(XC_WRITER_OPEN_OR_CREATE);
    (void)pil_fixture_add(writer, &doc);
    cr_expect_eq(xc_writer_commit(writer, &error), XC_OK);
    xc_writer_free(writer);
    cr_expect_eq(n_docs(), 1);
    writer = open_writer(XC_WRITER_OVERWRITE);
    cr_expect_eq(xc_writer_commit(writer, &error), XC_OK);
    xc_writer_free(writer);
    cr_expect_eq(n_docs(), 0);
}

Test(xapian_c_writer, values_that_make_no_sense_are_refused)
{
    cr_expect_eq(try_open(path, 0x80, 0), XC_INVALID_ARGUMENT);
    cr_expect_eq(try_open(path, XC_WRITER_CREATE, 1024), XC_INVALID_ARGUMENT);
    cr_expect_eq(try_open(path, XC_WRITER_CREATE, 5000), XC_INVALID_ARGUMENT);
    cr_expect_eq(try_open(path, XC_WRITER_CREATE, 131072), XC_INVALID_ARGUMENT);
    cr_expect_eq(try_open(NULL, XC_WRITER_CREATE, 0), XC_INVALID_ARGUMENT);
    cr_expect_eq(try_open("/nonexistent/parent/x", XC_WRITER_CREATE, 0), XC_IO);
    cr_expect_str_eq(error.type, "DatabaseCreateError");
    cr_expect_eq(xc_writer_open(path, XC_WRITER_CREATE, 0, NULL, NULL), XC_INVALID_ARGUMENT);
    cr_expect_eq(xc_writer_add(NULL, NULL, NULL, NULL), XC_INVALID_ARGUMENT);
    cr_expect_eq(xc_writer_commit(NULL, NULL), XC_INVALID_ARGUMENT);
    cr_expect_eq(xc_writer_set_metadata(NULL, "k", 1, "v", 1, NULL), XC_INVALID_ARGUMENT);
    cr_expect_eq(xc_document_new(NULL, NULL), XC_INVALID_ARGUMENT);
    cr_expect_eq(xc_document_clear(NULL, NULL), XC_INVALID_ARGUMENT);
    cr_expect_eq(xc_document_set_data(NULL, "", 0, NULL), XC_INVALID_ARGUMENT);
    cr_expect_eq(xc_document_add_term(NULL, "t", 1, 1, NULL), XC_INVALID_ARGUMENT);
    cr_expect_eq(xc_document_set_value(NULL, 0, "", 0, NULL), XC_INVALID_ARGUMENT);
}

Test(xapian_c_writer, flags_and_block_size_reach_the_database)
{
    static const unsigned flags =
        XC_WRITER_CREATE | XC_WRITER_NO_TERMLIST | XC_WRITER_NO_SYNC | XC_WRITER_DANGEROUS;
    xc_writer *writer = NULL;
    struct stat status;
    cr_assert_eq(xc_writer_open(path, flags, 65536, &writer, &error), XC_OK);
    (void)pil_fixture_add(writer, &doc);
    cr_expect_eq(xc_writer_commit(writer, &error), XC_OK);
    xc_writer_free(writer);
    char *file = pil_temporary_directory_path(directory, "database/termlist.glass");
    cr_expect_neq(stat(file, &status), 0);
    free(file);
    file = pil_temporary_directory_path(directory, "database/docdata.glass");
    cr_assert_eq(stat(file, &status), 0);
    cr_expect_eq(status.st_size % 65536, 0);
    cr_expect_gt(status.st_size, 0);
    free(file);
    cr_expect_eq(n_docs(), 1);
}

Test(xapian_c_writer, what_is_not_committed_is_discarded)
{
    xc_writer *writer = open_writer(XC_WRITER_CREATE);
    (void)pil_fixture_add(writer, &doc);
    cr_expect_eq(xc_writer_commit(writer, &error), XC_OK);
    cr_expect_eq(pil_fixture_add(writer, &doc), 2);
    cr_expect_eq(xc_writer_set_metadata(writer, "k", 1, "v", 1, &error), XC_OK);
    xc_writer_free(writer);
    cr_expect_eq(n_docs(), 1);
    xc_database *database = pil_fixture_open(path);
    char *value = NULL;
    size_t length = 0;
    cr_expect_eq(xc_metadata_get(database, "k", 1, &value, &length, &error), XC_OK);
    cr_expect_null(value);
    xc_database_free(database);
}

Test(xapian_c_writer, libxapian_never_commits_by_itself)
{
    cr_assert_eq(setenv("XAPIAN_FLUSH_THRESHOLD", "10", 1), 0);
    xc_writer *writer = open_writer(XC_WRITER_CREATE);
    for (int i = 0; i < 35; i++)
        (void)pil_fixture_add(writer, &doc);
    cr_expect_eq(n_docs(), 0);
    xc_writer_free(writer);
    cr_expect_eq(n_docs(), 0);
    writer = open_writer(XC_WRITER_OPEN);
    for (int i = 0; i < 35; i++)
        (void)pil_fixture_add(writer, &doc);
    cr_expect_eq(xc_writer_commit(writer, &error), XC_OK);
    xc_writer_free(writer);
    cr_expect_eq(n_docs(), 35);
}

Test(xapian_c_writer, terms_fit_up_to_245_bytes_with_zero_bytes_counted_twice)
{
    char term[300];
    static const struct {
        size_t n_zeros, n_letters;
        bool fits;
    } cases[] = {{0, 0, false},   {0, 1, true},   {0, 245, true},  {0, 246, false}, {1, 243, true},
                 {1, 244, false}, {122, 1, true}, {122, 2, false}, {123, 0, false}};
    xc_writer *writer = open_writer(XC_WRITER_CREATE);
    xc_document *document = NULL;
    cr_assert_eq(xc_document_new(&document, &error), XC_OK);
    size_t n_fit = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t length = cases[i].n_zeros + cases[i].n_letters;
        memset(term, 0, sizeof term);
        memset(term + cases[i].n_zeros, 0xff, cases[i].n_letters);
        xc_status expected = cases[i].fits ? XC_OK : XC_INVALID_ARGUMENT;
        cr_expect_eq(xc_term_fits(term, length), cases[i].fits, "case %zu", i);
        cr_expect_eq(xc_document_add_term(document, term, length, 1, &error), expected, "case %zu",
                     i);
        n_fit += cases[i].fits;
    }
    cr_expect_not(xc_term_fits(NULL, 0));
    uint32_t docid = 0, length = 0;
    for (int i = 0; i < 3; i++)
        cr_expect_eq(xc_writer_add(writer, document, &docid, &error), XC_OK);
    cr_expect_eq(docid, 3);
    cr_expect_eq(xc_writer_commit(writer, &error), XC_OK, "%s", error.message);
    xc_document_free(document);
    xc_writer_free(writer);
    xc_database *database = pil_fixture_open(path);
    cr_expect_eq(xc_document_length(database, 2, &length, &error), XC_OK);
    cr_expect_eq(length, n_fit);
    xc_database_free(database);
}

Test(xapian_c_writer, what_is_refused_leaves_the_batch_as_it_was)
{
    char key[XC_MAX_METADATA_KEY_BYTES + 1];
    char *large = calloc(1, XC_MAX_DATA_BYTES + 1);
    cr_assert_not_null(large);
    memset(key, 'k', sizeof key);
    xc_writer *writer = open_writer(XC_WRITER_CREATE);
    xc_document *document = NULL;
    for (int i = 0; i < 100; i++)
        (void)pil_fixture_add(writer, &doc);
    cr_assert_eq(xc_document_new(&document, &error), XC_OK);
    size_t too_much = XC_MAX_DATA_BYTES + 1;
    cr_expect_eq(xc_document_set_data(document, large, too_much, &error), XC_INVALID_ARGUMENT);
    cr_expect_eq(xc_document_set_data(document, NULL, 1, &error), XC_INVALID_ARGUMENT);
    cr_expect_eq(xc_document_set_value(document, 0, large, too_much, &error), XC_INVALID_ARGUMENT);
    cr_expect_eq(xc_document_set_value(document, XC_NO_SLOT, "v", 1, &error), XC_INVALID_ARGUMENT);
    cr_expect_eq(xc_document_add_term(document, key, sizeof key, 1, &error), XC_INVALID_ARGUMENT);
    cr_expect_eq(xc_writer_set_metadata(writer, key, sizeof key, "v", 1, &error),
                 XC_INVALID_ARGUMENT);
    cr_expect_eq(xc_writer_set_metadata(writer, "", 0, "v", 1, &error), XC_INVALID_ARGUMENT);
    cr_expect_eq(xc_writer_set_metadata(writer, "k", 1, large, too_much, &error),
                 XC_INVALID_ARGUMENT);
    cr_expect_eq(xc_writer_add(writer, NULL, NULL, &error), XC_INVALID_ARGUMENT);
    cr_expect_eq(xc_writer_set_metadata(writer, key, sizeof key - 1, "v", 1, &error), XC_OK);
    cr_expect_eq(xc_writer_commit(writer, &error), XC_OK, "%s", error.message);
    xc_document_free(document);
    xc_writer_free(writer);
    cr_expect_eq(n_docs(), 100);
    free(large);
}

Test(xapian_c_writer, a_document_of_the_largest_size_can_be_written)
{
    size_t size = XC_MAX_DATA_BYTES;
    unsigned char *noise = malloc(size);
    uint32_t state = 1;
    cr_assert_not_null(noise);
    for (size_t i = 0; i < size; i++) {
        state = state * 1103515245u + 12345u;
        noise[i] = (unsigned char)(state >> 16);
    }
    xc_writer *writer = NULL;
    xc_document *document = NULL;
    cr_assert_eq(xc_writer_open(path, XC_WRITER_CREATE, 2048, &writer, &error), XC_OK);
    cr_assert_eq(xc_document_new(&document, &error), XC_OK);
    cr_expect_eq(xc_document_set_data(document, (const char *)noise, size, &error), XC_OK);
    cr_expect_eq(xc_document_set_value(document, 1, (const char *)noise, size, &error), XC_OK);
    cr_expect_eq(xc_writer_add(writer, document, NULL, &error), XC_OK);
    cr_expect_eq(xc_writer_commit(writer, &error), XC_OK, "%s", error.message);
    xc_document_free(document);
    xc_writer_free(writer);
    xc_database *database = pil_fixture_open(path);
    char *data = NULL;
    size_t length = 0;
    cr_expect_eq(xc_document_data(database, 1, &data, &length, &error), XC_OK);
    cr_expect(length == size && memcmp(data, noise, size) == 0);
    xc_free(data);
    xc_database_free(database);
    free(noise);
}

Test(xapian_c_writer, a_document_can_be_changed_and_added_again)
{
    xc_writer *writer = open_writer(XC_WRITER_CREATE);
    xc_document *document = NULL;
    uint32_t length = 9;
    char *bytes = NULL;
    size_t n_bytes = 9;
    cr_assert_eq(xc_document_new(&document, &error), XC_OK);
    cr_expect_eq(xc_document_add_term(document, "a", 1, 2, &error), XC_OK);
    cr_expect_eq(xc_document_add_term(document, "a", 1, 3, &error), XC_OK);
    cr_expect_eq(xc_document_add_term(document, "Qid", 3, 0, &error), XC_OK);
    cr_expect_eq(xc_document_set_value(document, 1, "v", 1, &error), XC_OK);
    cr_expect_eq(xc_writer_add(writer, document, NULL, &error), XC_OK);
    cr_expect_eq(xc_document_set_value(document, 1, NULL, 0, &error), XC_OK);
    cr_expect_eq(xc_writer_add(writer, document, NULL, &error), XC_OK);
    cr_expect_eq(xc_document_clear(document, &error), XC_OK);
    cr_expect_eq(xc_writer_add(writer, document, NULL, &error), XC_OK);
    cr_expect_eq(xc_writer_commit(writer, &error), XC_OK);
    xc_document_free(document);
    xc_writer_free(writer);

    xc_database *database = pil_fixture_open(path);
    uint32_t n = 0;
    cr_expect_eq(xc_document_length(database, 1, &length, &error), XC_OK);
    cr_expect_eq(length, 5);
    cr_expect_eq(xc_document_length(database, 3, &length, &error), XC_OK);
    cr_expect_eq(length, 0);
    cr_expect_eq(xc_database_term(database, "Qid", 3, &n, NULL, &error), XC_OK);
    cr_expect_eq(n, 2);
    cr_expect_eq(xc_document_value(database, 1, 1, &bytes, &n_bytes, &error), XC_OK);
    cr_expect_str_eq(bytes, "v");
    xc_free(bytes);
    cr_expect_eq(xc_document_value(database, 2, 1, &bytes, &n_bytes, &error), XC_OK);
    cr_expect_null(bytes);
    xc_database_free(database);
}

/* Files may not grow beyond this size: the system refuses writes as it does on a full disk. */
static void limit_file_size(rlim_t bytes)
{
    struct rlimit limit;
    signal(SIGXFSZ, SIG_IGN);
    cr_assert_eq(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = bytes < limit.rlim_max ? bytes : limit.rlim_max;
    cr_assert_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

/* A writer that has failed takes nothing more, and what was committed before stands. */
static void expect_closed(xc_writer *writer)
{
    xc_document *document = NULL;
    cr_assert_eq(xc_document_new(&document, &error), XC_OK);
    cr_expect_eq(xc_writer_commit(writer, &error), XC_CLOSED);
    cr_expect_eq(xc_writer_add(writer, document, NULL, &error), XC_CLOSED);
    cr_expect_eq(xc_writer_set_metadata(writer, "k", 1, "v", 1, &error), XC_CLOSED);
    limit_file_size(RLIM_INFINITY);
    xc_document_free(document);
    xc_writer_free(writer);
    cr_expect_eq(n_docs(), 1);
    cr_expect_eq(try_open(path, XC_WRITER_OPEN, 0), XC_OK);
}

static xc_writer *open_with_one(void)
{
    xc_writer *writer = open_writer(XC_WRITER_CREATE);
    (void)pil_fixture_add(writer, &doc);
    cr_assert_eq(xc_writer_commit(writer, &error), XC_OK);
    return writer;
}

Test(xapian_c_writer, after_a_failed_commit_the_writer_is_closed)
{
    xc_writer *writer = open_with_one();
    (void)pil_fixture_add(writer, &doc);
    limit_file_size(4096);
    cr_expect_eq(xc_writer_commit(writer, &error), XC_IO, "%d %s", error.status, error.message);
    cr_expect_not_null(strstr(error.message, "File too large"), "%s", error.message);
    expect_closed(writer);
}

Test(xapian_c_writer, after_a_failed_addition_the_writer_is_closed)
{
    size_t size = 1u << 20;
    char *data = malloc(size);
    xc_writer *writer = open_with_one();
    xc_document *document = NULL;
    uint32_t state = 1, docid = 9;
    cr_assert_not_null(data);
    for (size_t i = 0; i < size; i++) {
        state = state * 1103515245u + 12345u;
        data[i] = (char)(state >> 25);
    }
    cr_assert_eq(xc_document_new(&document, &error), XC_OK);
    cr_assert_eq(xc_document_set_data(document, data, size, &error), XC_OK);
    (void)pil_fixture_add(writer, &doc);
    limit_file_size(65536);
    cr_expect_eq(xc_writer_add(writer, document, &docid, &error), XC_IO, "%s", error.message);
    cr_expect_eq(docid, 0);
    xc_document_free(document);
    free(data);
    expect_closed(writer);
}
