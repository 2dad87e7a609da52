#include "base/file.h"
#include "index/schema.h"
#include "index/verify.h"
#include "support/index_fixture.h"
#include "support/temporary_directory.h"

#include <criterion/criterion.h>
#include <criterion/logging.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char *directory;

/* Three segments with dead paragraphs, two catalogue files, long texts and odd names. */
static void init(void)
{
    directory = pil_temporary_directory_new();
    pil_index_writer *writer = pil_index_fixture_open(directory, PIL_INDEX_FIXTURE_LARGE);
    static char text[20000];
    size_t length = 0;
    for (int i = 0; length < sizeof text - 64; i++)
        length += (size_t)snprintf(text + length, 64, "word%d of sentence %d.%s", i * i, i,
                                   i % 40 == 0 ? "\n\n" : " ");
    for (int i = 0; i < 30; i++) {
        char path[32];
        snprintf(path, sizeof path, "file\n%d", i);
        pil_index_fixture_add(writer, path, text + i * 100);
    }
    pil_index_fixture_commit(writer);
    pil_index_fixture_add(writer, "file\n3", "changed\n\ntext");
    pil_index_fixture_commit(writer);
    pil_index_fixture_add(writer, "more", text);
    pil_index_fixture_commit(writer);
    pil_index_writer_close(writer);
}

static void dispose(void)
{
    pil_temporary_directory_remove(directory);
}

TestSuite(verify, .init = init, .fini = dispose, .timeout = 300);

typedef struct findings {
    size_t n;
    char where[256]; /* of the last */
    char problem[256];
} findings;

static void note(void *context, const char *where, const char *problem)
{
    findings *found = context;
    found->n++;
    snprintf(found->where, sizeof found->where, "%s", where);
    snprintf(found->problem, sizeof found->problem, "%s", problem);
}

static findings verify(pil_verify_totals *totals)
{
    findings found = {0};
    pil_error err = {0};
    cr_assert_eq(pil_verify(directory, note, &found, totals, &err), PIL_OK, "%s", err.message);
    cr_expect_eq(found.n, totals->n_faults);
    return found;
}

Test(verify, an_index_as_it_was_written_has_no_faults)
{
    pil_verify_totals totals;
    pil_digest before = pil_index_fixture_digest(directory);
    findings found = verify(&totals);
    cr_expect_eq(found.n, 0, "%s: %s", found.where, found.problem);
    cr_expect_eq(totals.n_segments, 3);
    cr_expect_eq(totals.n_articles, 32);
    cr_expect_gt(totals.n_paragraphs, 100);
    cr_expect_gt(totals.n_bytes, 100000);
    cr_expect_str_eq(pil_index_fixture_digest(directory).hex, before.hex);
}

/* Files of which every changed byte must be noticed. The lock holds nothing but a process id. */
static bool is_checked(const char *path)
{
    return strcmp(path, PIL_LOCK_NAME) != 0;
}

static const char *name_in_report(const char *path)
{
    return strncmp(path, PIL_CATALOGUE_PREFIX, strlen(PIL_CATALOGUE_PREFIX)) == 0 ? "the catalogue"
                                                                                  : path;
}

/* Verifies the index with these bytes at path. */
static void expect_noticed(const char *path, const char *bytes, size_t length, size_t at)
{
    pil_verify_totals totals;
    pil_temporary_directory_write(directory, path, bytes, length);
    pil_digest before = pil_index_fixture_digest(directory);
    findings found = {0};
    pil_error err = {0};
    pil_status status = pil_verify(directory, note, &found, &totals, &err);
    bool is_other_format = strcmp(path, PIL_MANIFEST_NAME) == 0 && status == PIL_INCOMPATIBLE;
    cr_expect(is_other_format || (status == PIL_OK && found.n == 1), "%s, byte %zu: %s, %zu faults",
              path, at, pil_status_name(status), found.n);
    if (!is_other_format)
        cr_expect_not_null(strstr(found.where, name_in_report(path)), "%s: %s", path, found.where);
    cr_expect_str_eq(pil_index_fixture_digest(directory).hex, before.hex, "%s, byte %zu", path, at);
}

static void flip_in(void *context, const char *path)
{
    enum { N_PLACES = 24 };
    size_t *n_files = context;
    size_t length;
    if (!is_checked(path))
        return;
    ++*n_files;
    char *bytes = pil_temporary_directory_read(directory, path, &length);
    cr_assert_not_null(bytes);
    if (length == 0)
        expect_noticed(path, "x", 1, 0);
    for (size_t i = 0; i < N_PLACES && length > 0; i++) {
        size_t at = i == 0 ? 0 : i == 1 ? length - 1 : (i * 2654435761u) % length;
        bytes[at] = (char)(bytes[at] ^ 1 << i % 8);
        expect_noticed(path, bytes, length, at);
        bytes[at] = (char)(bytes[at] ^ 1 << i % 8);
    }
    if (length > 0)
        expect_noticed(path, bytes, length / 2, length / 2);
    pil_temporary_directory_write(directory, path, bytes, length);
    free(bytes);
}

Test(verify, a_flipped_bit_in_any_file_is_reported_and_nothing_is_written)
{
    size_t n_files = 0;
    pil_verify_totals totals;
    pil_index_fixture_each_file(directory, flip_in, &n_files);
    cr_expect_geq(n_files, 1 + 2 + 3 * 4, "manifest, catalogue, segments");
    cr_expect_eq(verify(&totals).n, 0);
}

static void take_away(void *context, const char *path)
{
    (void)context;
    if (!is_checked(path) || strcmp(path, PIL_MANIFEST_NAME) == 0)
        return;
    pil_verify_totals totals;
    char *from = pil_temporary_directory_path(directory, path);
    char *to = pil_temporary_directory_path(directory, "aside");
    cr_assert_eq(rename(from, to), 0);
    findings found = verify(&totals);
    cr_expect_geq(found.n, 1, "%s", path);
    cr_expect_not_null(strstr(found.where, name_in_report(path)), "%s: %s", path, found.where);
    cr_assert_eq(rename(to, from), 0);
    free(from);
    free(to);
}

Test(verify, a_missing_file_is_reported)
{
    pil_index_fixture_each_file(directory, take_away, NULL);
}

Test(verify, a_file_that_does_not_belong_to_a_segment_is_reported)
{
    pil_manifest manifest = {0};
    pil_verify_totals totals;
    char name[64];
    cr_assert_eq(pil_manifest_read(directory, &manifest, NULL), PIL_OK);
    snprintf(name, sizeof name, "segments/%s/termlist.glass", manifest.segments[1].id);
    pil_temporary_directory_write(directory, name, "", 0);
    findings found = verify(&totals);
    cr_expect_eq(found.n, 1);
    cr_expect_str_eq(found.where, name);
    pil_manifest_dispose(&manifest);
}

Test(verify, faults_in_several_segments_are_all_reported)
{
    pil_manifest manifest = {0};
    pil_verify_totals totals;
    cr_assert_eq(pil_manifest_read(directory, &manifest, NULL), PIL_OK);
    for (size_t i = 0; i < 3; i++) {
        char name[64];
        size_t length;
        snprintf(name, sizeof name, "segments/%s/docdata.glass", manifest.segments[i].id);
        char *bytes = pil_temporary_directory_read(directory, name, &length);
        cr_assert_not_null(bytes);
        bytes[length / 2] = (char)(bytes[length / 2] ^ 4);
        pil_temporary_directory_write(directory, name, bytes, length);
        free(bytes);
    }
    cr_expect_eq(verify(&totals).n, 3);
    cr_expect_eq(totals.n_segments, 3);
    pil_manifest_dispose(&manifest);
}

/* Segments whose files are whole but change places. */
Test(verify, exchanged_segments_are_reported)
{
    pil_manifest manifest = {0};
    pil_verify_totals totals;
    cr_assert_eq(pil_manifest_read(directory, &manifest, NULL), PIL_OK);
    char *first = pil_manifest_segment_path(directory, manifest.segments[0].id);
    char *second = pil_manifest_segment_path(directory, manifest.segments[1].id);
    char *aside = pil_temporary_directory_path(directory, "aside");
    cr_assert_eq(rename(first, aside), 0);
    cr_assert_eq(rename(second, first), 0);
    cr_assert_eq(rename(aside, second), 0);
    cr_expect_eq(verify(&totals).n, 2);
    free(first);
    free(second);
    free(aside);
    pil_manifest_dispose(&manifest);
}

Test(verify, there_must_be_an_index)
{
    findings found = {0};
    pil_verify_totals totals;
    cr_expect_eq(pil_verify("/nowhere/at/all", note, &found, &totals, NULL), PIL_NOT_FOUND);
    pil_temporary_directory_write(directory, PIL_MANIFEST_NAME, "pilcrow-manifest\t7\n", 19);
    cr_expect_eq(pil_verify(directory, note, &found, &totals, NULL), PIL_INCOMPATIBLE);
    cr_expect_eq(found.n, 0);
}

static void write_for_ever(void)
{
    pil_index_writer *writer = pil_index_fixture_open(directory, PIL_INDEX_FIXTURE_LARGE);
    for (unsigned version = 1;; version++) {
        char text[64];
        snprintf(text, sizeof text, "version %u", version);
        pil_index_fixture_add(writer, "more", text);
        pil_index_fixture_commit(writer);
        pil_index_fixture_merge(writer, version % 4 == 0);
    }
}

Test(verify, an_index_that_changes_meanwhile_is_not_called_damaged)
{
    pid_t child = fork();
    cr_assert_geq(child, 0);
    if (child == 0) {
        alarm(200); /* it must not outlive a test that was killed */
        write_for_ever();
        _exit(1);
    }
    size_t n_whole = 0, n_stale = 0;
    for (int i = 0; i < 100 || (n_whole == 0 && i < 3000); i++) {
        findings found = {0};
        pil_verify_totals totals;
        pil_error err = {0};
        pil_status status = pil_verify(directory, note, &found, &totals, &err);
        cr_expect(status == PIL_OK || status == PIL_STALE, "%s", err.message);
        cr_expect_eq(found.n, 0, "%s: %s", found.where, found.problem);
        n_whole += status == PIL_OK;
        n_stale += status == PIL_STALE;
    }
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    cr_expect_gt(n_whole, 0);
    cr_log_info("%zu whole, %zu changed meanwhile", n_whole, n_stale);
}
