/* Compacting, checking, and databases whose bytes are wrong. */
#include "support/temporary_directory.h"
#include "support/xapian_fixture.h"
#include "xapian_c.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* libxapian 1.4 deletes an object of its own under a base class of another size when it checks. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "new_delete_type_mismatch=0";
}

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

TestSuite(xapian_c_care, .init = set_up, .fini = tear_down);

static char *path_of(const char *name)
{
    return pil_temporary_directory_path(directory, name);
}

/* A database of n documents with the word and the metadata "who" = name; returns its path. */
static char *write_database(const char *name, int n)
{
    char *path = path_of(name);
    xc_writer *writer = NULL;
    cr_assert_eq(xc_writer_open(path, XC_WRITER_CREATE, 0, &writer, &error), XC_OK);
    for (int i = 1; i <= n; i++) {
        char data[32], words[48];
        snprintf(data, sizeof data, "%s %d", name, i);
        snprintf(words, sizeof words, "word w%d", i);
        pil_fixture_doc doc = {words, data, NULL};
        (void)pil_fixture_add(writer, &doc);
    }
    cr_assert_eq(xc_writer_set_metadata(writer, "who", 3, name, strlen(name), &error), XC_OK);
    cr_assert_eq(xc_writer_commit(writer, &error), XC_OK);
    xc_writer_free(writer);
    return path;
}

static void expect_data(xc_database *database, uint32_t docid, const char *expected)
{
    char *data = NULL;
    size_t length = 0;
    cr_assert_eq(xc_document_data(database, docid, &data, &length, &error), XC_OK);
    cr_expect_str_eq(data, expected);
    xc_free(data);
}

Test(xapian_c_care, compacting_puts_the_inputs_one_after_the_other)
{
    char *paths[] = {write_database("a", 3), write_database("b", 2)};
    static const unsigned flags[] = {XC_COMPACT_STANDARD, XC_COMPACT_FULL,
                                     XC_COMPACT_FULL | XC_COMPACT_MULTIPASS,
                                     XC_COMPACT_FULL | XC_COMPACT_SINGLE_FILE};
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        char name[32];
        snprintf(name, sizeof name, "out%zu", i);
        char *out = path_of(name);
        cr_assert_eq(xc_compact((const char *const *)paths, 2, out, flags[i], 4096, &error), XC_OK,
                     "%s", error.message);
        xc_database *database = pil_fixture_open(out);
        xc_stats stats;
        struct stat status;
        char *value = NULL;
        size_t length = 0;
        cr_expect_eq(xc_database_stats(database, &stats, &error), XC_OK);
        cr_expect_eq(stats.n_docs, 5);
        expect_data(database, 3, "a 3");
        expect_data(database, 4, "b 1");
        cr_expect_eq(xc_metadata_get(database, "who", 3, &value, &length, &error), XC_OK);
        cr_expect_str_eq(value, "a");
        xc_free(value);
        cr_assert_eq(stat(out, &status), 0);
        cr_expect_eq(S_ISREG(status.st_mode), (flags[i] & XC_COMPACT_SINGLE_FILE) != 0);
        xc_database_free(database);
        free(out);
    }
    free(paths[0]);
    free(paths[1]);
}

Test(xapian_c_care, compacting_refuses_what_it_cannot_do)
{
    char *paths[] = {write_database("a", 3), write_database("b", 2)};
    const char *missing[] = {paths[0], "/nonexistent/database"}, *none[] = {NULL};
    const char *const *inputs = (const char *const *)paths;
    char *out = path_of("out");
    cr_expect_eq(xc_compact(inputs, 2, paths[0], XC_COMPACT_FULL, 0, &error), XC_EXISTS);
    cr_expect_eq(xc_compact(missing, 2, out, XC_COMPACT_FULL, 0, &error), XC_NOT_FOUND);
    cr_expect_eq(xc_compact(inputs, 2, out, XC_COMPACT_NO_RENUMBER, 0, &error),
                 XC_INVALID_ARGUMENT);
    cr_expect_str_eq(error.type, "InvalidOperationError");
    cr_expect_eq(xc_compact(inputs, 2, out, 3, 0, &error), XC_INVALID_ARGUMENT);
    cr_expect_eq(xc_compact(inputs, 2, out, 0x80, 0, &error), XC_INVALID_ARGUMENT);
    cr_expect_eq(xc_compact(inputs, 2, out, XC_COMPACT_FULL, 1000, &error), XC_INVALID_ARGUMENT);
    cr_expect_eq(xc_compact(inputs, 0, out, XC_COMPACT_FULL, 0, &error), XC_INVALID_ARGUMENT);
    cr_expect_eq(xc_compact(none, 1, out, XC_COMPACT_FULL, 0, &error), XC_INVALID_ARGUMENT);
    cr_expect_eq(xc_compact(inputs, 2, NULL, XC_COMPACT_FULL, 0, &error), XC_INVALID_ARGUMENT);
    free(out);
    free(paths[0]);
    free(paths[1]);
}

Test(xapian_c_care, the_smallest_level_is_refused_where_it_is_not_safe)
{
    char *path = write_database("a", 3), *out = path_of("out");
    const char *inputs[] = {path};
    int major = 0, minor = 0, revision = 0;
    cr_assert_eq(sscanf(xc_version_runtime(), "%d.%d.%d", &major, &minor, &revision), 3);
    bool is_safe = major * 10000 + minor * 100 + revision >= 10431;
    cr_expect_eq(xc_compact(inputs, 1, out, XC_COMPACT_FULLER, 0, &error),
                 is_safe ? XC_OK : XC_UNSUPPORTED);
    free(path);
    free(out);
}

Test(xapian_c_care, a_sound_database_passes_the_check)
{
    char *path = write_database("a", 50), *report = NULL;
    size_t n_errors = 9;
    cr_expect_eq(xc_check(path, &n_errors, &report, &error), XC_OK, "%s", error.message);
    cr_expect_eq(n_errors, 0);
    cr_assert_not_null(report);
    cr_expect_not_null(strstr(report, "postlist"));
    xc_free(report);
    cr_expect_eq(xc_check(path, &n_errors, NULL, &error), XC_OK);
    free(path);
    path = path_of("missing");
    cr_expect_eq(xc_check(path, &n_errors, &report, &error), XC_NOT_FOUND);
    cr_expect_null(report);
    cr_expect_eq(xc_check(NULL, &n_errors, &report, &error), XC_INVALID_ARGUMENT);
    cr_expect_eq(xc_check(path, NULL, &report, &error), XC_INVALID_ARGUMENT);
    free(path);
}

/* Writes bytes at offset of database/name, or cuts it there when bytes is NULL. */
static void damage(const char *name, size_t offset, const void *bytes, size_t length)
{
    size_t size = 0;
    char *content = pil_temporary_directory_read(directory, name, &size);
    cr_assert_not_null(content);
    cr_assert_leq(offset + length, size);
    if (bytes)
        memcpy(content + offset, bytes, length);
    else
        size = offset;
    pil_temporary_directory_write(directory, name, content, size);
    free(content);
}

/* Opens the database "a" and reads it all: the first status that is not XC_OK. */
static xc_status read_all(void)
{
    char *path = path_of("a");
    xc_database *database = NULL;
    uint32_t *docids = NULL;
    size_t n = 0;
    xc_status status = xc_database_open(path, &database, &error);
    if (!status)
        status = xc_database_postings(database, "word", 4, &docids, NULL, &n, &error);
    for (uint32_t docid = 1; !status && docid <= 500; docid++) {
        char *data = NULL;
        status = xc_document_data(database, docid, &data, &n, &error);
        xc_free(data);
    }
    xc_free(docids);
    xc_database_free(database);
    free(path);
    return status;
}

Test(xapian_c_care, a_damaged_database_gives_a_status)
{
    static const char zeros[8192];
    static const struct {
        const char *name;
        size_t offset;
        const void *bytes;
        size_t length;
        xc_status status;
    } cases[] = {
        {"a/iamglass", 0, NULL, 0, XC_CORRUPT},
        {"a/iamglass", 10, NULL, 0, XC_CORRUPT},
        {"a/iamglass", 0, "garbage!", 8, XC_CORRUPT},
        {"a/iamglass", 14, "\xff", 1, XC_INCOMPATIBLE},
        {"a/postlist.glass", 8192, NULL, 0, XC_CORRUPT},
        {"a/docdata.glass", 0, zeros, sizeof zeros, XC_CORRUPT},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        free(write_database("a", 500));
        cr_expect_eq(read_all(), XC_OK, "case %zu: %s", i, error.message);
        damage(cases[i].name, cases[i].offset, cases[i].bytes, cases[i].length);
        cr_expect_eq(read_all(), cases[i].status, "case %zu: %d %s", i, error.status,
                     error.message);
        pil_temporary_directory_remove(directory);
        directory = pil_temporary_directory_new();
    }
}
