#include "base/file.h"
#include "index/schema.h"
#include "index/segment.h"
#include "index/snapshot.h"
#include "index/writer.h"
#include "support/index_fixture.h"
#include "support/temporary_directory.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *parent, *directory;
static pil_index_writer *writer;

static void init(void)
{
    parent = pil_temporary_directory_new();
    directory = pil_temporary_directory_path(parent, "index");
    writer = pil_index_fixture_open(directory, PIL_INDEX_FIXTURE_LARGE);
}

static void dispose(void)
{
    pil_index_writer_close(writer);
    free(directory);
    pil_temporary_directory_remove(parent);
}

TestSuite(index_writer, .init = init, .fini = dispose);

static void reopen(uint64_t memory_bytes)
{
    pil_index_writer_close(writer);
    writer = pil_index_fixture_open(directory, memory_bytes);
}

static void expect_live(const char *wanted)
{
    char *live = pil_index_fixture_live(directory);
    cr_expect_str_eq(live, wanted);
    free(live);
}

static void give(const char *path, const char *record, const char *text)
{
    const pil_index_fixture_article article = {.record_id = record, .text = text};
    pil_index_fixture_give(writer, path, &article);
}

static size_t n_segments(void)
{
    return pil_index_writer_manifest(writer)->n_segments;
}

static uint64_t generation(void)
{
    return pil_index_writer_manifest(writer)->generation;
}

static const pil_source *find(const char *path)
{
    return pil_catalogue_find(pil_index_writer_catalogue(writer), path);
}

static size_t count_entries(const char *name)
{
    char *path = pil_temporary_directory_path(directory, name);
    DIR *entries = opendir(path);
    size_t n = 0;
    free(path);
    while (entries != NULL && readdir(entries) != NULL)
        n++;
    if (entries != NULL)
        closedir(entries);
    return n < 2 ? 0 : n - 2;
}

/* ---- changes ---- */
static const pil_digest unknown = {""};

Test(index_writer, a_new_article_is_seen_after_the_commit_and_not_before)
{
    pil_index_fixture_commit(writer);
    cr_expect_eq(pil_index_fixture_add(writer, "a", "first\n\nsecond"), PIL_ARTICLE_NEW);
    expect_live("");
    pil_index_fixture_commit(writer);
    expect_live("a 1: first\na 2: second\n");
}

Test(index_writer, the_first_commit_makes_an_index_even_of_nothing)
{
    pil_snapshot snapshot;
    cr_expect_eq(pil_snapshot_open(&snapshot, directory, NULL), PIL_NOT_FOUND);
    pil_index_fixture_commit(writer);
    cr_expect_eq(generation(), 1);
    expect_live("");
    pil_index_fixture_commit(writer);
    cr_expect_eq(generation(), 1, "a commit of nothing changes nothing");
}

Test(index_writer, what_was_not_committed_is_given_up)
{
    pil_index_fixture_add(writer, "a", "kept");
    pil_index_fixture_commit(writer);
    pil_index_fixture_add(writer, "a", "lost");
    pil_index_fixture_add(writer, "b", "lost");
    reopen(PIL_INDEX_FIXTURE_LARGE);
    expect_live("a 1: kept\n");
    cr_expect_null(find("b"));
    cr_expect_eq(count_entries("segments"), 1);
}

Test(index_writer, an_unchanged_article_is_not_written_again)
{
    pil_index_fixture_add(writer, "a", "the same");
    pil_index_fixture_commit(writer);
    pil_digest before = pil_index_fixture_digest(directory);
    reopen(PIL_INDEX_FIXTURE_LARGE);
    cr_expect_eq(pil_index_fixture_add(writer, "a", "the same"), PIL_ARTICLE_UNCHANGED);
    pil_index_fixture_commit(writer);
    cr_expect_str_eq(pil_index_fixture_digest(directory).hex, before.hex);
    cr_expect_eq(generation(), 1);
}

Test(index_writer, a_changed_article_replaces_the_old_one_in_one_commit)
{
    pil_index_fixture_add(writer, "a", "old one\n\nold two");
    pil_index_fixture_add(writer, "b", "other");
    pil_index_fixture_commit(writer);
    cr_expect_eq(pil_index_fixture_add(writer, "a", "new"), PIL_ARTICLE_CHANGED);
    expect_live("a 1: old one\na 2: old two\nb 1: other\n");
    pil_index_fixture_commit(writer);
    expect_live("a 1: new\nb 1: other\n");
    cr_expect_eq(n_segments(), 2);
    cr_expect_eq(pil_manifest_n_dead(&pil_index_writer_manifest(writer)->segments[0]), 2);
}

Test(index_writer, another_recipe_counts_as_a_change)
{
    const pil_source_stat stat = {0};
    pil_index_fixture_add(writer, "a", "text");
    pil_index_fixture_commit(writer);
    cr_assert_eq(pil_index_writer_begin_source(writer, "a", &stat, 2, NULL), PIL_OK);
    const pil_index_fixture_article article = {.text = "text"};
    cr_expect_eq(pil_index_fixture_give(writer, "a", &article), PIL_ARTICLE_CHANGED);
    pil_index_fixture_end(writer);
    pil_index_fixture_commit(writer);
    expect_live("a 1: text\n");
}

Test(index_writer, an_id_that_comes_again_in_a_source_replaces_the_first)
{
    const pil_index_fixture_article first = {.record_id = "1", .text = "first"};
    const pil_index_fixture_article again = {.record_id = "1", .text = "again"};
    pil_index_fixture_begin(writer, "a");
    cr_expect_eq(pil_index_fixture_give(writer, "a", &first), PIL_ARTICLE_NEW);
    cr_expect_eq(pil_index_fixture_give(writer, "a", &again), PIL_ARTICLE_REPEATED);
    pil_index_fixture_end(writer);
    pil_index_fixture_commit(writer);
    expect_live("a#1 1: again\n");
    cr_expect_eq(find("a")->n_articles, 1);
    /* And once more over the same file: the first differs from what is stored, the last not. */
    pil_index_fixture_begin(writer, "a");
    pil_index_fixture_give(writer, "a", &first);
    pil_index_fixture_give(writer, "a", &again);
    pil_index_fixture_end(writer);
    pil_index_fixture_commit(writer);
    expect_live("a#1 1: again\n");
}

Test(index_writer, an_article_that_changes_twice_before_a_commit_is_there_once)
{
    pil_index_fixture_add(writer, "a", "one");
    pil_index_fixture_add(writer, "a", "two");
    pil_index_fixture_add(writer, "a", "three");
    pil_index_fixture_commit(writer);
    expect_live("a 1: three\n");
}

Test(index_writer, articles_that_do_not_come_again_are_removed)
{
    pil_index_fixture_begin(writer, "a");
    give("a", "1", "one");
    give("a", "2", "two");
    give("a", "3", "three");
    pil_index_fixture_end(writer);
    pil_index_fixture_commit(writer);
    pil_index_fixture_begin(writer, "a");
    give("a", "2", "two");
    cr_expect_eq(pil_index_fixture_end(writer), 2);
    pil_index_fixture_commit(writer);
    expect_live("a#2 1: two\n");
    cr_expect_eq(find("a")->n_articles, 1);
}

Test(index_writer, missing_articles_can_be_kept)
{
    size_t n_removed;
    pil_index_fixture_begin(writer, "a");
    give("a", "1", "one");
    give("a", "2", "two");
    pil_index_fixture_end(writer);
    pil_index_fixture_commit(writer);
    pil_index_fixture_begin(writer, "a");
    give("a", "3", "three");
    cr_assert_eq(
        pil_index_writer_end_source(writer, &unknown, true, "a bad line", &n_removed, NULL),
        PIL_OK);
    cr_expect_eq(n_removed, 0);
    pil_index_fixture_commit(writer);
    expect_live("a#1 1: one\na#2 1: two\na#3 1: three\n");
    cr_expect_eq(find("a")->n_articles, 3);
    cr_expect_str_eq(find("a")->reason, "a bad line");
}

/* What is kept of a reading with other options must not pass for one with these. */
Test(index_writer, what_is_kept_of_another_recipe_is_indexed_when_it_comes)
{
    const pil_source_stat stat = {0};
    const pil_index_fixture_article article = {.record_id = "1", .text = "one"};
    size_t n_removed;
    pil_index_fixture_begin(writer, "a");
    give("a", "1", "one");
    pil_index_fixture_end(writer);
    pil_index_fixture_commit(writer);
    cr_assert_eq(pil_index_writer_begin_source(writer, "a", &stat, 2, NULL), PIL_OK);
    cr_assert_eq(pil_index_writer_end_source(writer, &unknown, true, "", &n_removed, NULL), PIL_OK);
    cr_assert_eq(pil_index_writer_begin_source(writer, "a", &stat, 2, NULL), PIL_OK);
    cr_expect_eq(pil_index_fixture_give(writer, "a", &article), PIL_ARTICLE_CHANGED);
    pil_index_fixture_end(writer);
    pil_index_fixture_commit(writer);
    expect_live("a#1 1: one\n");
}

Test(index_writer, a_removed_source_is_gone_and_may_come_back)
{
    size_t n;
    pil_index_fixture_add(writer, "a", "one");
    pil_index_fixture_add(writer, "b", "two");
    pil_index_fixture_commit(writer);
    cr_expect_eq(pil_index_writer_remove_source(writer, "nothing", &n, NULL), PIL_NOT_FOUND);
    cr_expect_eq(pil_index_writer_remove_source(writer, "a", &n, NULL), PIL_OK);
    cr_expect_eq(n, 1);
    pil_index_fixture_commit(writer);
    expect_live("b 1: two\n");
    reopen(PIL_INDEX_FIXTURE_LARGE);
    cr_expect_null(find("a"));
    cr_expect_eq(pil_index_fixture_add(writer, "a", "one"), PIL_ARTICLE_NEW);
    pil_index_fixture_commit(writer);
    expect_live("a 1: one\nb 1: two\n");
}

Test(index_writer, a_source_removed_before_it_was_committed_never_was)
{
    size_t n;
    pil_index_fixture_add(writer, "a", "one");
    cr_expect_eq(pil_index_writer_remove_source(writer, "a", &n, NULL), PIL_OK);
    pil_index_fixture_commit(writer);
    expect_live("");
    cr_expect_eq(n_segments(), 0);
    pil_index_fixture_add(writer, "a", "two");
    cr_expect_eq(pil_index_writer_remove_source(writer, "a", &n, NULL), PIL_OK);
    pil_index_fixture_add(writer, "a", "three");
    pil_index_fixture_commit(writer);
    expect_live("a 1: three\n");
}

Test(index_writer, a_segment_of_which_all_is_dead_is_dropped)
{
    pil_index_fixture_add(writer, "a", "one");
    pil_index_fixture_commit(writer);
    pil_index_fixture_add(writer, "a", "two");
    pil_index_fixture_commit(writer);
    cr_expect_eq(n_segments(), 1);
    cr_expect_eq(count_entries("segments"), 1);
    expect_live("a 1: two\n");
}

Test(index_writer, a_skipped_source_keeps_what_an_earlier_reading_gave)
{
    const pil_source_stat stat = {.n_bytes = 5};
    pil_index_fixture_add(writer, "a", "one");
    pil_index_fixture_commit(writer);
    cr_assert_eq(pil_index_writer_skip_source(writer, "a", &stat, "unreadable", NULL), PIL_OK);
    cr_assert_eq(pil_index_writer_skip_source(writer, "b", &stat, "binary", NULL), PIL_OK);
    pil_index_fixture_commit(writer);
    reopen(PIL_INDEX_FIXTURE_LARGE);
    expect_live("a 1: one\n");
    cr_expect_eq(find("a")->state, PIL_SOURCE_SKIPPED);
    cr_expect_eq(find("a")->n_articles, 1);
    cr_expect_str_eq(find("b")->reason, "binary");
    /* Skipped again for the same reason: nothing new. */
    uint64_t before = generation();
    cr_assert_eq(pil_index_writer_skip_source(writer, "b", &stat, "binary", NULL), PIL_OK);
    pil_index_fixture_commit(writer);
    cr_expect_eq(generation(), before);
    /* Readable again, and as it was. */
    cr_expect_eq(pil_index_fixture_add(writer, "a", "one"), PIL_ARTICLE_UNCHANGED);
    pil_index_fixture_commit(writer);
    cr_expect_eq(find("a")->state, PIL_SOURCE_INDEXED);
    cr_expect_str_eq(find("a")->reason, "");
    expect_live("a 1: one\n");
}

Test(index_writer, touching_a_source_changes_only_its_stat)
{
    const pil_source_stat stat = {.n_bytes = 3, .mtime_ns = 9};
    pil_index_fixture_add(writer, "a", "one");
    pil_index_fixture_commit(writer);
    cr_expect_eq(pil_index_writer_touch_source(writer, "b", &stat, NULL), PIL_NOT_FOUND);
    cr_expect_eq(pil_index_writer_touch_source(writer, "a", &stat, NULL), PIL_OK);
    pil_index_fixture_commit(writer);
    reopen(PIL_INDEX_FIXTURE_LARGE);
    cr_expect_eq(find("a")->stat.mtime_ns, 9);
    cr_expect_eq(n_segments(), 1);
    expect_live("a 1: one\n");
}

Test(index_writer, an_article_without_paragraphs_is_known_and_in_no_segment)
{
    pil_index_fixture_add(writer, "a", "");
    pil_index_fixture_commit(writer);
    cr_expect_eq(n_segments(), 0);
    cr_expect_eq(find("a")->n_articles, 1);
    cr_expect_eq(pil_index_fixture_add(writer, "a", ""), PIL_ARTICLE_UNCHANGED);
    cr_expect_eq(pil_index_fixture_add(writer, "a", "now"), PIL_ARTICLE_CHANGED);
    pil_index_fixture_commit(writer);
    expect_live("a 1: now\n");
    pil_index_fixture_add(writer, "a", "");
    pil_index_fixture_commit(writer);
    expect_live("");
}

Test(index_writer, an_article_needs_no_metadata_and_no_language)
{
    pil_paragraphs paragraphs = {0};
    pil_article_outcome outcome;
    pil_error err = {0};
    cr_assert_eq(pil_paragraphs_from_text(&paragraphs, "Some text.\n", 11, 0, 1, NULL), PIL_OK);
    const pil_new_article article = {.meta = {.id = "a", .path = "a"}, .paragraphs = &paragraphs};
    pil_index_fixture_begin(writer, "a");
    pil_batch *batch = pil_batch_new();
    cr_assert_eq(pil_batch_add(batch, &article, NULL), PIL_OK);
    cr_assert_eq(pil_index_writer_begin_batch(writer, batch, NULL), PIL_OK);
    cr_expect_eq(pil_index_writer_add_article(writer, &batch->articles[0], &outcome, &err), PIL_OK,
                 "%s", err.message);
    cr_assert_eq(pil_index_writer_end_batch(writer, batch, NULL), PIL_OK);
    pil_index_fixture_end(writer);
    pil_index_fixture_commit(writer);
    expect_live("a 1: Some text.\n");
    pil_paragraphs_dispose(&paragraphs);
}

/* ---- paragraphs ---- */

/* A paragraph as a reader gets it; strings of record are in the buffer asked for. */
typedef struct found_paragraph {
    pil_record record;
    uint64_t id, generation;
} found_paragraph;

/* Paragraph docid of a segment. */
static found_paragraph paragraph_of(pil_segment *segment, uint32_t docid, pil_buffer *strings)
{
    found_paragraph found;
    pil_article_meta meta;
    pil_buffer meta_strings;
    pil_buffer_init(&meta_strings, 1 << 20);
    cr_assert_eq(pil_segment_record(segment, docid, strings, &found.record, NULL), PIL_OK);
    cr_assert_eq(
        pil_segment_article(segment, docid - found.record.number + 1, &meta_strings, &meta, NULL),
        PIL_OK);
    found.id = pil_paragraph_id(meta.id_seed, found.record.text, found.record.text_bytes,
                                found.record.repeat);
    found.generation = meta.generation;
    found.record.line += meta.line;
    pil_buffer_dispose(&meta_strings);
    return found;
}

/* The same of the first segment. */
static found_paragraph paragraph_at(uint32_t docid, pil_buffer *strings)
{
    pil_snapshot snapshot;
    cr_assert_eq(pil_snapshot_open(&snapshot, directory, NULL), PIL_OK);
    found_paragraph found = paragraph_of(&snapshot.segments[0], docid, strings);
    pil_snapshot_close(&snapshot);
    return found;
}

Test(index_writer, paragraph_ids_are_stable_and_differ_for_repeated_texts)
{
    pil_buffer strings;
    uint64_t ids[5];
    pil_buffer_init(&strings, 1 << 20);
    pil_index_fixture_add(writer, "a", "same\n\nother\n\nsame\n\nsame\n\nlast");
    pil_index_fixture_commit(writer);
    for (uint32_t i = 0; i < 5; i++) {
        ids[i] = paragraph_at(i + 1, &strings).id;
        for (uint32_t j = 0; j < i; j++)
            cr_expect_neq(ids[i], ids[j], "%u and %u", i, j);
    }
    /* What stays keeps its id, whatever is put before it. */
    pil_index_fixture_add(writer, "a", "new\n\nsame\n\nlast\n\nsame");
    pil_index_fixture_commit(writer);
    cr_assert_eq(n_segments(), 1);
    cr_expect_eq(paragraph_at(2, &strings).id, ids[0]);
    cr_expect_eq(paragraph_at(3, &strings).id, ids[4]);
    cr_expect_eq(paragraph_at(4, &strings).id, ids[2]);
    pil_buffer_dispose(&strings);
}

Test(index_writer, many_equal_paragraphs_take_no_longer_than_different_ones, .timeout = 120)
{
    enum { N = 60000 };
    char *text = malloc(N * 5 + 1);
    for (size_t i = 0; i < N; i++)
        memcpy(text + i * 5, "one\n\n", 5);
    text[N * 5 - 2] = '\0';
    pil_index_fixture_add(writer, "a", text);
    pil_index_fixture_commit(writer);
    cr_expect_eq(pil_index_writer_manifest(writer)->segments[0].n_paragraphs, N);
    free(text);
}

Test(index_writer, places_generation_and_language_are_kept)
{
    pil_buffer strings;
    pil_buffer_init(&strings, 1 << 20);
    pil_index_fixture_commit(writer);
    const pil_index_fixture_article article = {.text = "eins\n\nzwei", .language = "de"};
    pil_index_fixture_add_article(writer, "a", &article);
    pil_index_fixture_commit(writer);
    found_paragraph found = paragraph_at(2, &strings);
    cr_expect(found.record.begin_byte == 6 && found.record.end_byte == 10);
    cr_expect_eq(found.record.line, 3);
    cr_expect_eq(found.generation, 2);
    cr_expect_str_eq(found.record.language, "de");
    cr_expect_str_eq(found.record.text, "zwei");
    pil_buffer_dispose(&strings);
}

/* ---- moving ---- */

Test(index_writer, a_moved_source_keeps_its_paragraphs_and_their_ids)
{
    const pil_source_stat stat = {.n_bytes = 77};
    size_t n;
    pil_buffer strings;
    pil_buffer_init(&strings, 1 << 20);
    pil_index_fixture_begin(writer, "old.jsonl");
    give("old.jsonl", "1", "one\n\ntwo");
    give("old.jsonl", "2", "three");
    give("old.jsonl", "3", "");
    pil_index_fixture_end(writer);
    pil_index_fixture_commit(writer);
    uint64_t id = paragraph_at(2, &strings).id;
    cr_expect_eq(pil_index_writer_move_source(writer, "nothing", "new", &stat, &n, NULL),
                 PIL_NOT_FOUND);
    cr_expect_eq(pil_index_writer_move_source(writer, "old.jsonl", "d/new.jsonl", &stat, &n, NULL),
                 PIL_OK);
    cr_expect_eq(n, 3);
    pil_index_fixture_commit(writer);
    reopen(PIL_INDEX_FIXTURE_LARGE);
    expect_live("d/new.jsonl#1 1: one\nd/new.jsonl#1 2: two\nd/new.jsonl#2 1: three\n");
    cr_expect_eq(paragraph_at(2, &strings).id, id);
    cr_expect_eq(paragraph_at(2, &strings).generation, 1, "when it was first added");
    cr_expect_null(find("old.jsonl"));
    cr_expect_eq(find("d/new.jsonl")->stat.n_bytes, 77);
    cr_expect_eq(find("d/new.jsonl")->n_articles, 3);
    /* Read again where it is now, it is known. */
    pil_index_fixture_begin(writer, "d/new.jsonl");
    const pil_index_fixture_article article = {.record_id = "2", .text = "three"};
    cr_expect_eq(pil_index_fixture_give(writer, "d/new.jsonl", &article), PIL_ARTICLE_UNCHANGED);
    cr_expect_eq(pil_index_fixture_end(writer), 2);
    pil_index_fixture_commit(writer);
    expect_live("d/new.jsonl#2 1: three\n");
    pil_buffer_dispose(&strings);
}

Test(index_writer, a_source_that_was_just_read_can_be_moved)
{
    const pil_source_stat stat = {0};
    size_t n;
    pil_index_fixture_add(writer, "a", "one");
    cr_expect_eq(pil_index_writer_move_source(writer, "a", "b", &stat, &n, NULL), PIL_OK);
    cr_expect_eq(pil_index_writer_move_source(writer, "b", "c", &stat, &n, NULL), PIL_OK);
    pil_index_fixture_add(writer, "a", "another");
    pil_index_fixture_commit(writer);
    expect_live("a 1: another\nc 1: one\n");
}

Test(index_writer, two_sources_can_change_places)
{
    const pil_source_stat stat = {0};
    size_t n;
    pil_index_fixture_add(writer, "a", "one");
    pil_index_fixture_add(writer, "b", "two");
    pil_index_fixture_commit(writer);
    cr_expect_eq(pil_index_writer_move_source(writer, "a", "x", &stat, &n, NULL), PIL_OK);
    cr_expect_eq(pil_index_writer_move_source(writer, "b", "a", &stat, &n, NULL), PIL_OK);
    cr_expect_eq(pil_index_writer_move_source(writer, "x", "b", &stat, &n, NULL), PIL_OK);
    pil_index_fixture_commit(writer);
    expect_live("a 1: two\nb 1: one\n");
}

/* ---- merging ---- */

Test(index_writer, merging_keeps_ids_generations_texts_and_metadata)
{
    pil_buffer strings;
    uint64_t ids[3];
    pil_buffer_init(&strings, 1 << 20);
    static const char *const paths[] = {"a", "b", "c"};
    for (size_t i = 0; i < 3; i++) {
        const pil_index_fixture_article article = {.text = "first\n\nsecond",
                                                   .title = paths[i],
                                                   .author = "Who",
                                                   .date = "2023",
                                                   .source = "Paper",
                                                   .url = "u"};
        pil_index_fixture_add_article(writer, paths[i], &article);
        pil_index_fixture_commit(writer);
    }
    pil_snapshot snapshot;
    cr_assert_eq(pil_snapshot_open(&snapshot, directory, NULL), PIL_OK);
    for (size_t i = 0; i < 3; i++)
        ids[i] = paragraph_of(&snapshot.segments[i], 2, &strings).id;
    pil_snapshot_close(&snapshot);
    char *before = pil_index_fixture_live(directory);
    pil_index_fixture_merge(writer, true);
    cr_assert_eq(n_segments(), 1);
    expect_live(before);
    free(before);
    cr_assert_eq(pil_snapshot_open(&snapshot, directory, NULL), PIL_OK);
    for (uint32_t i = 0; i < 3; i++) {
        pil_article_meta meta;
        found_paragraph found = paragraph_of(&snapshot.segments[0], 2 * i + 2, &strings);
        cr_expect_eq(found.id, ids[i]);
        cr_expect_eq(found.generation, i + 1);
        cr_expect_eq(found.record.number, 2);
        cr_assert_eq(pil_segment_article(&snapshot.segments[0], 2 * i + 1, &strings, &meta, NULL),
                     PIL_OK);
        cr_expect_str_eq(meta.title, paths[i]);
        cr_expect_str_eq(meta.author, "Who");
        cr_expect_str_eq(meta.url, "u");
        cr_expect_eq(meta.n_paragraphs, 2);
    }
    pil_snapshot_close(&snapshot);
    pil_buffer_dispose(&strings);
    cr_expect_eq(count_entries("segments"), 1);
}

Test(index_writer, merging_leaves_out_the_dead)
{
    size_t n;
    pil_index_fixture_add(writer, "a", "a1\n\na2");
    pil_index_fixture_add(writer, "b", "b1");
    pil_index_fixture_add(writer, "c", "c1\n\nc2\n\nc3");
    pil_index_fixture_add(writer, "d", "d1");
    pil_index_fixture_commit(writer);
    pil_index_fixture_add(writer, "b", "b2");
    pil_index_fixture_add(writer, "e", "e1");
    pil_index_fixture_commit(writer);
    cr_assert_eq(pil_index_writer_remove_source(writer, "a", &n, NULL), PIL_OK);
    cr_assert_eq(pil_index_writer_remove_source(writer, "e", &n, NULL), PIL_OK);
    pil_index_fixture_commit(writer);
    static const char live[] = "b 1: b2\nc 1: c1\nc 2: c2\nc 3: c3\nd 1: d1\n";
    expect_live(live);
    pil_index_fixture_merge(writer, true);
    expect_live(live);
    const pil_manifest_segment *merged = &pil_index_writer_manifest(writer)->segments[0];
    cr_expect_eq(merged->n_paragraphs, 5);
    cr_expect_eq(merged->n_dead, 0);
    cr_expect_eq(merged->text_bytes, 10);
    cr_expect_eq(pil_index_fixture_merge(writer, true), 0);
}

Test(index_writer, many_small_commits_leave_few_segments)
{
    char path[16], text[64];
    for (int i = 0; i < 60; i++) {
        snprintf(path, sizeof path, "f%d", i % 25);
        snprintf(text, sizeof text, "version %d", i);
        pil_index_fixture_add(writer, path, text);
        pil_index_fixture_commit(writer);
        pil_index_fixture_merge(writer, false);
        cr_assert_leq(n_segments(), 16);
    }
    char *live = pil_index_fixture_live(directory);
    size_t n = 0;
    for (const char *at = live; (at = strchr(at, '\n')) != NULL; at++)
        n++;
    cr_expect_eq(n, 25);
    cr_expect_not_null(strstr(live, "f9 1: version 59\n"));
    cr_expect_not_null(strstr(live, "f10 1: version 35\n"));
    free(live);
    cr_expect_eq(count_entries("segments"), n_segments());
}

/* ---- sources that do not fit one segment ---- */

Test(index_writer, a_full_segment_is_cut_in_the_middle_of_a_source)
{
    char record[16], text[64];
    reopen(100);
    pil_index_fixture_begin(writer, "a");
    for (int i = 0; i < 20; i++) {
        snprintf(record, sizeof record, "%02d", i);
        snprintf(text, sizeof text, "this is the text of number %02d", i);
        give("a", record, text);
    }
    cr_expect_geq(n_segments(), 4);
    cr_expect_eq(find("a")->state, PIL_SOURCE_PARTIAL);
    pil_index_fixture_end(writer);
    pil_index_fixture_commit(writer);
    cr_expect(find("a")->state == PIL_SOURCE_INDEXED && find("a")->n_articles == 20);
    char *live = pil_index_fixture_live(directory);
    cr_expect_not_null(strstr(live, "a#00 1: this is the text of number 00\n"));
    cr_expect_not_null(strstr(live, "a#19 1: this is the text of number 19\n"));
    free(live);
}

Test(index_writer, a_writer_that_died_in_a_source_is_continued_by_the_next)
{
    char record[16], text[64];
    pil_index_fixture_begin(writer, "a");
    give("a", "99", "only in the first version");
    give("a", "03", "old text");
    pil_index_fixture_end(writer);
    pil_index_fixture_commit(writer);
    reopen(100);
    pil_index_fixture_begin(writer, "a");
    for (int i = 0; i < 10; i++) {
        snprintf(record, sizeof record, "%02d", i);
        snprintf(text, sizeof text, "this is the text of number %02d", i);
        give("a", record, text);
    }
    reopen(PIL_INDEX_FIXTURE_LARGE); /* it dies here */
    cr_assert_not_null(find("a"));
    cr_expect_eq(find("a")->state, PIL_SOURCE_PARTIAL);
    char *live = pil_index_fixture_live(directory);
    cr_expect_not_null(strstr(live, "a#99 1: only in the first version\n"), "kept meanwhile");
    cr_expect_not_null(strstr(live, "a#03 1: this is the text of number 03\n"));
    cr_expect_null(strstr(live, "old text"));
    free(live);
    size_t n_unchanged = 0, n_new = 0;
    pil_index_fixture_begin(writer, "a");
    for (int i = 0; i < 12; i++) {
        snprintf(record, sizeof record, "%02d", i);
        snprintf(text, sizeof text, "this is the text of number %02d", i);
        const pil_index_fixture_article article = {.record_id = record, .text = text};
        pil_article_outcome outcome = pil_index_fixture_give(writer, "a", &article);
        n_unchanged += outcome == PIL_ARTICLE_UNCHANGED;
        n_new += outcome == PIL_ARTICLE_NEW;
    }
    cr_expect_eq(pil_index_fixture_end(writer), 1);
    pil_index_fixture_commit(writer);
    cr_expect_geq(n_unchanged, 8);
    cr_expect_eq(n_unchanged + n_new, 12);
    live = pil_index_fixture_live(directory);
    for (int i = 0; i < 12; i++) {
        snprintf(text, sizeof text, "a#%02d 1: this is the text of number %02d\n", i, i);
        const char *first = strstr(live, text);
        cr_expect_not_null(first, "%s", text);
        cr_expect(first == NULL || strstr(first + 1, text) == NULL, "twice: %s", text);
    }
    cr_expect_null(strstr(live, "a#99"));
    free(live);
}

Test(index_writer, a_partial_commit_with_another_recipe_does_not_vouch_for_the_rest)
{
    const pil_source_stat stat = {0};
    const pil_index_fixture_article rest = {.record_id = "z", .text = "the rest"};
    pil_index_fixture_add_article(writer, "a", &rest);
    pil_index_fixture_commit(writer);
    reopen(1);
    cr_assert_eq(pil_index_writer_begin_source(writer, "a", &stat, 2, NULL), PIL_OK);
    give("a", "1", "one");
    give("a", "2", "two"); /* commits the first */
    reopen(PIL_INDEX_FIXTURE_LARGE);
    cr_assert_eq(find("a")->state, PIL_SOURCE_PARTIAL);
    cr_assert_eq(pil_index_writer_begin_source(writer, "a", &stat, 2, NULL), PIL_OK);
    give("a", "1", "one");
    give("a", "2", "two");
    cr_expect_eq(pil_index_fixture_give(writer, "a", &rest), PIL_ARTICLE_CHANGED);
    pil_index_fixture_end(writer);
    pil_index_fixture_commit(writer);
    expect_live("a#1 1: one\na#2 1: two\na#z 1: the rest\n");
}
