#include "base/file.h"
#include "index/manifest.h"
#include "index/schema.h"
#include "index/verify.h"
#include "lib/index/checksums.h"
#include "support/index_fixture.h"
#include "support/temporary_directory.h"
#include "support/thoroughness.h"

#include <criterion/criterion.h>
#include <criterion/logging.h>
#include <fcntl.h>
#include <inttypes.h>
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
        cr_expect_str_eq(found.where, path);
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

/* ---- every bit of an index ---- */

static void make_small(void)
{
    pil_index_writer *writer;
    pil_temporary_directory_remove(directory);
    directory = pil_temporary_directory_new();
    writer = pil_index_fixture_open(directory, PIL_INDEX_FIXTURE_LARGE);
    pil_index_fixture_add(writer, "one", "A paragraph of some words.\n\nAnd the second.");
    pil_index_fixture_commit(writer);
    pil_index_writer_close(writer);
}

/* Which bits of a byte are flipped, and by whom they are to be noticed. */
typedef void (*flip_check)(const char *path, size_t at);
typedef struct flip_run {
    flip_check check;
    bool (*wants)(const char *path, size_t at, int bit);
    size_t n_flips;
} flip_run;

static void flip_bits(void *context, const char *path)
{
    flip_run *run = context;
    if (!is_checked(path))
        return;
    char *full = pil_temporary_directory_path(directory, path);
    int fd = open(full, O_RDWR);
    cr_assert_geq(fd, 0, "%s", full);
    free(full);
    unsigned char byte;
    for (size_t at = 0; pread(fd, &byte, 1, (off_t)at) == 1; at += PIL_TRY_EACH) {
        for (int bit = 0; bit < 8; bit++) {
            unsigned char changed = (unsigned char)(byte ^ 1u << bit);
            if (!run->wants(path, at, bit))
                continue;
            cr_assert_eq(pwrite(fd, &changed, 1, (off_t)at), 1);
            run->check(path, at);
            run->n_flips++;
        }
        cr_assert_eq(pwrite(fd, &byte, 1, (off_t)at), 1);
    }
    close(fd);
}

static size_t flip_small_index(flip_check check, bool (*wants)(const char *, size_t, int))
{
    flip_run run = {.check = check, .wants = wants};
    make_small();
    pil_digest before = pil_index_fixture_digest(directory);
    pil_index_fixture_each_file(directory, flip_bits, &run);
    cr_expect_str_eq(pil_index_fixture_digest(directory).hex, before.hex);
    return run.n_flips;
}

static void is_noticed_by_verify(const char *path, size_t at)
{
    findings found = {0};
    pil_verify_totals totals;
    pil_status status = pil_verify(directory, note, &found, &totals, NULL);
    if (strcmp(path, PIL_MANIFEST_NAME) == 0 && status == PIL_INCOMPATIBLE)
        return;
    cr_assert_eq(status, PIL_OK);
    cr_assert_eq(found.n, 1, "%s, byte %zu: %zu faults", path, at, found.n);
    cr_assert_str_eq(found.where, path);
}

static bool is_table(const char *path)
{
    const char *dot = strrchr(path, '.');
    return dot != NULL && strcmp(dot, ".glass") == 0;
}

/* Of the tables, which are large, one bit of each byte. */
static bool wants_verify(const char *path, size_t at, int bit)
{
    return !is_table(path) || (size_t)bit == at % 8;
}

Test(verify, each_byte_of_a_small_index_is_checked)
{
    cr_expect_gt(flip_small_index(is_noticed_by_verify, wants_verify), 15000 / PIL_TRY_EACH);
}

static void is_noticed_by_checksums(const char *path, size_t at)
{
    static pil_manifest manifest;
    findings found = {0};
    uint64_t n_bytes = 0;
    if (manifest.n_segments == 0)
        cr_assert_eq(pil_manifest_read(directory, &manifest, NULL), PIL_OK);
    char *segment = pil_manifest_segment_path(directory, manifest.segments[0].id);
    cr_assert_eq(pil_checksums_verify(segment, &manifest.segments[0].checksums, note, &found,
                                      &n_bytes, NULL),
                 PIL_OK);
    cr_assert_eq(found.n, 1, "%s, byte %zu: %zu faults", path, at, found.n);
    cr_assert_str_eq(found.where, strrchr(path, '/') + 1);
    free(segment);
}

static bool wants_checksums(const char *path, size_t at, int bit)
{
    return strncmp(path, PIL_SEGMENTS_NAME, strlen(PIL_SEGMENTS_NAME)) == 0 &&
           !wants_verify(path, at, bit);
}

Test(verify, each_bit_of_a_small_segment_is_checked)
{
    cr_expect_gt(flip_small_index(is_noticed_by_checksums, wants_checksums), 100000 / PIL_TRY_EACH);
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
    cr_expect_not_null(strstr(found.where, path), "%s: %s", path, found.where);
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

/* Two blocks of a table, in their right places and with all their bytes. */
Test(verify, exchanged_blocks_are_reported)
{
    enum { BLOCK = 8192 };
    pil_manifest manifest = {0};
    pil_verify_totals totals;
    cr_assert_eq(pil_manifest_read(directory, &manifest, NULL), PIL_OK);
    static const char *const tables[] = {"docdata.glass", "postlist.glass"};
    for (size_t i = 0; i < 2; i++) {
        char name[64];
        size_t length;
        snprintf(name, sizeof name, "segments/%s/%s", manifest.segments[0].id, tables[i]);
        char *bytes = pil_temporary_directory_read(directory, name, &length);
        cr_assert_not_null(bytes);
        cr_assert_geq(length, 2 * BLOCK);
        char *exchanged = malloc(length);
        memcpy(exchanged, bytes + BLOCK, BLOCK);
        memcpy(exchanged + BLOCK, bytes, BLOCK);
        memcpy(exchanged + 2 * BLOCK, bytes + 2 * BLOCK, length - 2 * BLOCK);
        pil_temporary_directory_write(directory, name, exchanged, length);
        findings found = verify(&totals);
        cr_expect_eq(found.n, 1);
        cr_expect_str_eq(found.where, name);
        pil_temporary_directory_write(directory, name, bytes, length);
        free(bytes);
        free(exchanged);
    }
    cr_expect_eq(verify(&totals).n, 0);
    pil_manifest_dispose(&manifest);
}

/* Names one more dictionary in the manifest, which no record needs. */
static void add_dictionary(uint64_t number, const char *bytes)
{
    pil_manifest manifest = {0};
    pil_error err = {0};
    char name[64];
    snprintf(name, sizeof name, "%s%" PRIu64, PIL_DICTIONARY_PREFIX, number);
    pil_temporary_directory_write(directory, name, bytes, strlen(bytes));
    cr_assert_eq(pil_manifest_read(directory, &manifest, NULL), PIL_OK);
    pil_manifest_dictionary *grown =
        realloc(manifest.dictionaries, (manifest.n_dictionaries + 1) * sizeof *grown);
    cr_assert_not_null(grown);
    manifest.dictionaries = grown;
    grown[manifest.n_dictionaries++] = (pil_manifest_dictionary){
        .number = number, .n_bytes = strlen(bytes), .digest = pil_digest_of(bytes, strlen(bytes))};
    cr_assert_eq(pil_manifest_write(directory, &manifest, &err), PIL_OK, "%s", err.message);
    pil_manifest_dispose(&manifest);
}

static void expect_dictionary(const char *problem)
{
    pil_verify_totals totals;
    findings found = verify(&totals);
    cr_expect_eq(found.n, 1);
    cr_expect_str_eq(found.where, PIL_DICTIONARY_PREFIX "77");
    cr_expect_str_eq(found.problem, problem);
}

Test(verify, a_dictionary_that_is_not_as_it_was_is_reported)
{
    pil_verify_totals totals;
    char *path = pil_temporary_directory_path(directory, PIL_DICTIONARY_PREFIX "77");
    add_dictionary(77, "words and words");
    findings found = verify(&totals);
    cr_expect_eq(found.n, 0, "%s: %s", found.where, found.problem);
    pil_temporary_directory_write(directory, PIL_DICTIONARY_PREFIX "77", "words and wordt", 15);
    expect_dictionary("is damaged");
    pil_temporary_directory_write(directory, PIL_DICTIONARY_PREFIX "77", "words and", 9);
    expect_dictionary("has 9 bytes; 15 were written");
    cr_assert_eq(remove(path), 0);
    expect_dictionary("is missing");
    free(path);
}

/* When a dictionary is damaged, that is said once, not of each paragraph. */
Test(verify, a_damaged_dictionary_is_one_fault)
{
    pil_manifest manifest = {0};
    pil_verify_totals totals;
    cr_assert_eq(pil_manifest_read(directory, &manifest, NULL), PIL_OK);
    for (size_t i = 0; i < manifest.n_dictionaries; i++) {
        char name[64];
        size_t length;
        snprintf(name, sizeof name, "%s%" PRIu64, PIL_DICTIONARY_PREFIX,
                 manifest.dictionaries[i].number);
        char *bytes = pil_temporary_directory_read(directory, name, &length);
        bytes[length / 2] = (char)(bytes[length / 2] ^ 1);
        pil_temporary_directory_write(directory, name, bytes, length);
        findings found = verify(&totals);
        cr_expect_eq(found.n, 1, "%zu faults, the last: %s: %s", found.n, found.where,
                     found.problem);
        cr_expect_str_eq(found.where, name);
        bytes[length / 2] = (char)(bytes[length / 2] ^ 1);
        pil_temporary_directory_write(directory, name, bytes, length);
        free(bytes);
    }
    pil_manifest_dispose(&manifest);
}

/* The manifest's counts are compared with libxapian's. */
Test(verify, a_manifest_that_counts_otherwise_is_reported)
{
    pil_manifest manifest = {0};
    pil_verify_totals totals;
    cr_assert_eq(pil_manifest_read(directory, &manifest, NULL), PIL_OK);
    manifest.segments[0].n_words++;
    cr_assert_eq(pil_manifest_write(directory, &manifest, NULL), PIL_OK);
    findings found = verify(&totals);
    cr_expect_eq(found.n, 1);
    cr_expect_str_eq(found.problem, "it has another number of words than the manifest says");
    manifest.segments[0].n_words--;
    manifest.segments[0].n_paragraphs++;
    cr_assert_eq(pil_manifest_write(directory, &manifest, NULL), PIL_OK);
    found = verify(&totals);
    cr_expect_geq(found.n, 1);
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
