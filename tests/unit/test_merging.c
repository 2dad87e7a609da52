/* Merging comes to an end, whatever the texts are and however little memory there is. */
#include "support/index_fixture.h"
#include "support/temporary_directory.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

enum { TEXT_BYTES = 200 << 10, MAX_STEPS = 100 };

static char *parent, *directory;
static pil_index_writer *writer;

static void init(void)
{
    parent = pil_temporary_directory_new();
    directory = pil_temporary_directory_path(parent, "index");
}

static void dispose(void)
{
    pil_index_writer_close(writer);
    free(directory);
    pil_temporary_directory_remove(parent);
}

TestSuite(merging, .init = init, .fini = dispose, .timeout = 120);

/* Paragraphs of which each word comes once in all texts, or of one word, over and over. */
static char *make_text(unsigned seed, bool are_different)
{
    char *text = malloc(TEXT_BYTES + 64);
    cr_assert_not_null(text);
    size_t length = 0;
    for (unsigned i = 0; length < TEXT_BYTES; i++)
        length +=
            (size_t)snprintf(text + length, 64, "%s%06u%s", are_different ? "w" : "same ",
                             are_different ? seed * 100000 + i : 0, i % 50 == 49 ? "\n\n" : " ");
    return text;
}

/* Articles first..end - 1, a commit each. */
static void add_texts(size_t first, size_t end, bool are_different)
{
    for (size_t i = first; i < end; i++) {
        char path[16];
        char *text = make_text((unsigned)i, are_different);
        snprintf(path, sizeof path, "f%zu", i);
        pil_index_fixture_add(writer, path, text);
        pil_index_fixture_commit(writer);
        free(text);
    }
}

static size_t count_steps(void)
{
    size_t n = 0;
    bool merged = true;
    while (merged && n <= MAX_STEPS) {
        cr_assert_eq(pil_index_writer_merge_step(writer, false, &merged, NULL), PIL_OK);
        n += merged;
    }
    return n;
}

static void expect_an_end(uint64_t memory_bytes, bool are_different)
{
    writer = pil_index_fixture_open(directory, memory_bytes);
    add_texts(0, 20, are_different);
    cr_expect_leq(count_steps(), 20);
    const pil_manifest *manifest = pil_index_writer_manifest(writer);
    cr_expect_leq(manifest->n_segments, 16);
}

Test(merging, ends_when_no_word_is_common)
{
    expect_an_end(PIL_INDEX_FIXTURE_LARGE, true);
}

Test(merging, ends_when_what_is_merged_does_not_fit_into_memory)
{
    expect_an_end(1 << 20, true);
}

Test(merging, ends_when_all_texts_are_alike)
{
    expect_an_end(1 << 20, false);
}

/* So small segments get what large ones are built with. */
Test(merging, chooses_common_words_and_a_dictionary_when_there_is_enough_text)
{
    writer = pil_index_fixture_open(directory, PIL_INDEX_FIXTURE_LARGE);
    add_texts(0, 4, false);
    pil_index_fixture_merge(writer, true);
    const pil_manifest *manifest = pil_index_writer_manifest(writer);
    cr_expect_eq(manifest->n_segments, 1);
    cr_expect_eq(manifest->n_commons, 0, "800 KB are too few");
    cr_expect_eq(manifest->n_dictionaries, 0);
    add_texts(4, 6, false);
    pil_index_fixture_merge(writer, true);
    manifest = pil_index_writer_manifest(writer);
    cr_expect_eq(manifest->n_segments, 1);
    cr_expect_eq(manifest->n_dictionaries, 1);
    cr_assert_eq(manifest->n_commons, 1);
    cr_expect_str_eq(manifest->commons[0].words, "000000 same");
}
