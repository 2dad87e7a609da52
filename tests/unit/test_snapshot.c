#include "index/schema.h"
#include "index/snapshot.h"
#include "support/index_fixture.h"
#include "support/temporary_directory.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char *directory;
static pil_buffer strings;

static void init(void)
{
    directory = pil_temporary_directory_new();
    pil_buffer_init(&strings, 1 << 20);
}

static void dispose(void)
{
    pil_buffer_dispose(&strings);
    pil_temporary_directory_remove(directory);
}

TestSuite(snapshot, .init = init, .fini = dispose);

static pil_snapshot open_it(void)
{
    pil_snapshot snapshot;
    pil_error err = {0};
    cr_assert_eq(pil_snapshot_open(&snapshot, directory, &err), PIL_OK, "%s", err.message);
    return snapshot;
}

/* The text of document docid of segment at, as the snapshot has it. */
static void expect_text(pil_snapshot *snapshot, size_t at, uint32_t docid, const char *wanted)
{
    pil_record record;
    pil_error err = {0};
    cr_assert_eq(pil_segment_record(&snapshot->segments[at], docid, &strings, &record, &err),
                 PIL_OK, "%s", err.message);
    cr_expect_str_eq(record.text, wanted);
}

Test(snapshot, there_must_be_an_index)
{
    pil_snapshot snapshot;
    pil_error err = {0};
    cr_expect_eq(pil_snapshot_open(&snapshot, "/nowhere/at/all", &err), PIL_NOT_FOUND);
    cr_expect_eq(pil_snapshot_open(&snapshot, directory, &err), PIL_NOT_FOUND);
    pil_temporary_directory_write(directory, PIL_MANIFEST_NAME, "else", 4);
    cr_expect_eq(pil_snapshot_open(&snapshot, directory, &err), PIL_CORRUPT);
}

Test(snapshot, an_empty_index_has_no_combined_database)
{
    pil_index_writer *writer = pil_index_fixture_open(directory, PIL_INDEX_FIXTURE_LARGE);
    pil_index_fixture_commit(writer);
    pil_snapshot snapshot = open_it();
    cr_expect_null(snapshot.combined);
    cr_expect_eq(snapshot.manifest.n_segments, 0);
    pil_snapshot_close(&snapshot);
    pil_index_writer_close(writer);
}

Test(snapshot, combined_ids_lead_to_the_segments)
{
    pil_index_writer *writer = pil_index_fixture_open(directory, PIL_INDEX_FIXTURE_LARGE);
    static const char *const texts[] = {"a1\n\na2\n\na3", "b1", "c1\n\nc2"};
    static const char *const paths[] = {"a", "b", "c"};
    for (size_t i = 0; i < 3; i++) {
        pil_index_fixture_add(writer, paths[i], texts[i]);
        pil_index_fixture_commit(writer);
    }
    pil_snapshot snapshot = open_it();
    for (size_t i = 0; i < 3; i++) {
        for (uint32_t local = 1; local <= snapshot.manifest.segments[i].n_paragraphs; local++) {
            size_t segment;
            uint32_t found;
            char wanted[8];
            uint32_t docid = xc_combined_docid((uint32_t)i, local, 3);
            segment = xc_shard_of(docid, 3);
            found = xc_local_docid(docid, 3);
            cr_expect_eq(segment, i);
            cr_expect_eq(found, local);
            snprintf(wanted, sizeof wanted, "%s%u", paths[i], (unsigned)local);
            expect_text(&snapshot, segment, found, wanted);
            char *data;
            size_t length;
            cr_assert_eq(xc_document_data(snapshot.combined, docid, &data, &length, NULL), XC_OK);
            pil_record record;
            cr_expect_eq(
                pil_record_decode(data, length, snapshot.dictionaries, &strings, &record, NULL),
                PIL_OK);
            cr_expect_str_eq(record.text, wanted);
            xc_free(data);
        }
    }
    pil_snapshot_close(&snapshot);
    pil_index_writer_close(writer);
}

Test(snapshot, it_stays_as_it_is_while_the_writer_goes_on)
{
    pil_index_writer *writer = pil_index_fixture_open(directory, PIL_INDEX_FIXTURE_LARGE);
    size_t n;
    pil_index_fixture_add(writer, "a", "old a");
    pil_index_fixture_commit(writer);
    pil_index_fixture_add(writer, "b", "old b");
    pil_index_fixture_commit(writer);
    pil_snapshot snapshot = open_it();
    pil_index_fixture_add(writer, "a", "new a");
    pil_index_fixture_commit(writer);
    cr_assert_eq(pil_index_writer_remove_source(writer, "b", &n, NULL), PIL_OK);
    pil_index_fixture_commit(writer);
    pil_index_fixture_add(writer, "c", "new c");
    pil_index_fixture_commit(writer);
    pil_index_fixture_merge(writer, true);
    pil_index_writer_close(writer);
    cr_assert_eq(snapshot.manifest.n_segments, 2);
    expect_text(&snapshot, 0, 1, "old a");
    expect_text(&snapshot, 1, 1, "old b");
    pil_article_meta meta;
    pil_lexicon_entry entry = {0};
    cr_expect_eq(pil_segment_article(&snapshot.segments[1], 1, &strings, &meta, NULL), PIL_OK);
    cr_expect_str_eq(meta.id, "b");
    cr_expect_eq(pil_segment_lookup(&snapshot.segments[0], "old", 3, "en", &entry, NULL), PIL_OK);
    cr_expect_eq(entry.n_written, 1);
    uint32_t n_docs;
    cr_expect_eq(xc_database_term(snapshot.combined, "Zold", 4, &n_docs, NULL, NULL), XC_OK);
    cr_expect_eq(n_docs, 2);
    pil_snapshot_close(&snapshot);
    char *live = pil_index_fixture_live(directory);
    cr_expect_str_eq(live, "a 1: new a\nc 1: new c\n");
    free(live);
}

Test(snapshot, a_segment_that_is_gone_for_good_is_damage)
{
    pil_index_writer *writer = pil_index_fixture_open(directory, PIL_INDEX_FIXTURE_LARGE);
    pil_index_fixture_add(writer, "a", "text");
    pil_index_fixture_commit(writer);
    char *from =
        pil_manifest_segment_path(directory, pil_index_writer_manifest(writer)->segments[0].id);
    char *to = pil_temporary_directory_path(directory, "elsewhere");
    cr_assert_eq(rename(from, to), 0);
    pil_snapshot snapshot;
    pil_error err = {0};
    cr_expect_eq(pil_snapshot_open(&snapshot, directory, &err), PIL_CORRUPT);
    cr_expect_eq(err.status, PIL_CORRUPT);
    cr_expect_str_not_empty(err.message);
    free(from);
    free(to);
    pil_index_writer_close(writer);
}

Test(snapshot, a_changed_version_file_is_not_shown_to_libxapian)
{
    pil_index_writer *writer = pil_index_fixture_open(directory, PIL_INDEX_FIXTURE_LARGE);
    pil_index_fixture_add(writer, "a", "text");
    pil_index_fixture_commit(writer);
    char name[64];
    size_t length;
    snprintf(name, sizeof name, "segments/%s/iamglass",
             pil_index_writer_manifest(writer)->segments[0].id);
    pil_index_writer_close(writer);
    char *bytes = pil_temporary_directory_read(directory, name, &length);
    cr_assert_not_null(bytes);
    for (size_t at = 0; at < length; at++) {
        pil_snapshot snapshot;
        pil_error err = {0};
        bytes[at] = (char)(bytes[at] ^ 1 << at % 8);
        pil_temporary_directory_write(directory, name, bytes, length);
        cr_expect_eq(pil_snapshot_open(&snapshot, directory, &err), PIL_CORRUPT, "byte %zu", at);
        cr_expect_not_null(strstr(err.message, "iamglass"), "%s", err.message);
        bytes[at] = (char)(bytes[at] ^ 1 << at % 8);
    }
    free(bytes);
}

/* ---- beside a writer ---- */

/* Writes versions of two sources, both in each commit, until it is killed. */
static void write_for_ever(void)
{
    pil_index_writer *writer = pil_index_fixture_open(directory, PIL_INDEX_FIXTURE_LARGE);
    char text[64];
    for (unsigned version = 1;; version++) {
        snprintf(text, sizeof text, "version %u", version);
        pil_index_fixture_add(writer, "a", text);
        pil_index_fixture_add(writer, "b", text);
        pil_index_fixture_commit(writer);
        pil_index_fixture_merge(writer, version % 3 == 0);
    }
}

/* "a 1: version V\nb 1: version V\n" with one V. */
static unsigned version_of(const char *live)
{
    unsigned a = 0, b = 1;
    int end = 0;
    cr_assert_eq(sscanf(live, "a 1: version %u\nb 1: version %u\n%n", &a, &b, &end), 2, "%s", live);
    cr_expect_eq(a, b, "%s", live);
    cr_expect_eq(live[end], '\0', "%s", live);
    return a;
}

Test(snapshot, each_one_sees_exactly_one_commit, .timeout = 120)
{
    pil_index_writer *first = pil_index_fixture_open(directory, PIL_INDEX_FIXTURE_LARGE);
    pil_index_fixture_add(first, "a", "version 0");
    pil_index_fixture_add(first, "b", "version 0");
    pil_index_fixture_commit(first);
    pil_index_writer_close(first);
    pid_t child = fork();
    cr_assert_geq(child, 0);
    if (child == 0) {
        alarm(200); /* it must not outlive a test that was killed */
        write_for_ever();
        _exit(1);
    }
    unsigned last = 0, n_seen = 0;
    for (int i = 0; i < 400 || (n_seen < 10 && i < 20000); i++) {
        char *live = pil_index_fixture_live(directory);
        unsigned version = version_of(live);
        cr_expect_geq(version, last, "time goes one way");
        n_seen += version != last;
        last = version;
        free(live);
    }
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    cr_expect_geq(n_seen, 10, "the writer was at work");
    /* And what the kill left can be written on. */
    pil_index_writer *next = pil_index_fixture_open(directory, PIL_INDEX_FIXTURE_LARGE);
    pil_index_fixture_add(next, "a", "version 7");
    pil_index_fixture_add(next, "b", "version 7");
    pil_index_fixture_commit(next);
    pil_index_writer_close(next);
    char *live = pil_index_fixture_live(directory);
    cr_expect_eq(version_of(live), 7);
    free(live);
}
