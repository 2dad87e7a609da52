#include "index/catalogue.h"
#include "support/temporary_directory.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zstd.h>

static char *directory;
static pil_manifest manifest;
static pil_catalogue catalogue;

static void init(void)
{
    directory = pil_temporary_directory_new();
    manifest = (pil_manifest){0};
    catalogue = (pil_catalogue){0};
}

static void dispose(void)
{
    pil_catalogue_dispose(&catalogue);
    pil_manifest_dispose(&manifest);
    pil_temporary_directory_remove(directory);
}

TestSuite(catalogue, .init = init, .fini = dispose);

static pil_source *get(const char *path)
{
    pil_source *source = NULL;
    cr_assert_eq(pil_catalogue_get(&catalogue, path, &source, NULL), PIL_OK);
    return source;
}

/* A source with this many articles, everything about it depending on seed. */
static void put(const char *path, unsigned seed, size_t n_articles)
{
    pil_source *source = get(path);
    pil_catalogue_article *articles = calloc(n_articles + 1, sizeof *articles);
    char text[64];
    for (size_t i = 0; i < n_articles; i++) {
        int length = snprintf(text, sizeof text, "%u %zu", seed, i);
        articles[i].key = pil_digest_of(text, (size_t)length);
        articles[i].content = pil_digest_of(text, (size_t)length - 1);
        articles[i].n_paragraphs = seed * 1000 + (uint32_t)i;
    }
    cr_assert_eq(pil_catalogue_set_articles(&catalogue, source, articles, n_articles, NULL),
                 PIL_OK);
    free(articles);
    source->state = PIL_SOURCE_INDEXED;
    source->stat = (pil_source_stat){.n_bytes = UINT64_MAX - seed,
                                     .mtime_ns = INT64_MIN + (int64_t)seed,
                                     .device = seed,
                                     .inode = UINT64_MAX};
    source->content = pil_digest_of(&seed, sizeof seed);
    source->recipe = UINT64_C(0xF000000000000000) + seed;
    source->is_changed = true;
}

static void commit(void)
{
    pil_error err = {0};
    manifest.generation++;
    cr_assert_eq(pil_catalogue_write(&catalogue, directory, &manifest, &err), PIL_OK, "%s",
                 err.message);
    pil_catalogue_committed(&catalogue);
}

static void expect_same_source(const pil_source *a, const pil_source *b)
{
    cr_expect_str_eq(a->path, b->path);
    cr_expect_eq(a->state, b->state);
    cr_expect_eq(memcmp(&a->stat, &b->stat, sizeof a->stat), 0);
    cr_expect_str_eq(a->content.hex, b->content.hex);
    cr_expect_eq(a->recipe, b->recipe);
    cr_expect_str_eq(a->reason, b->reason);
    cr_assert_eq(a->n_articles, b->n_articles, "%s", a->path);
    for (size_t i = 0; i < a->n_articles; i++) {
        cr_expect_str_eq(a->articles[i].key.hex, b->articles[i].key.hex);
        cr_expect_str_eq(a->articles[i].content.hex, b->articles[i].content.hex);
        cr_expect_eq(a->articles[i].n_paragraphs, b->articles[i].n_paragraphs);
    }
}

static size_t count_present(const pil_catalogue *of)
{
    size_t n = 0;
    for (uint32_t i = 0; i < of->paths.n_entries; i++)
        n += of->sources[i].state != PIL_SOURCE_GONE;
    return n;
}

/* What is on disk is what is in memory. */
static void expect_stored(void)
{
    pil_catalogue read = {0};
    pil_error err = {0};
    cr_assert_eq(pil_catalogue_read(directory, &manifest, &read, &err), PIL_OK, "%s", err.message);
    cr_expect_eq(count_present(&read), count_present(&catalogue));
    for (uint32_t i = 0; i < catalogue.paths.n_entries; i++) {
        const pil_source *wanted = &catalogue.sources[i];
        const pil_source *got = pil_catalogue_find(&read, wanted->path);
        if (wanted->state == PIL_SOURCE_GONE) {
            cr_expect_null(got, "%s", wanted->path);
            continue;
        }
        cr_assert_not_null(got, "%s", wanted->path);
        expect_same_source(got, wanted);
        cr_expect_not(got->is_changed);
    }
    pil_catalogue_dispose(&read);
}

Test(catalogue, what_is_written_is_read)
{
    put("a.txt", 1, 1);
    put("b.jsonl", 2, 500);
    put("empty", 3, 0);
    get("partial")->state = PIL_SOURCE_PARTIAL;
    pil_source *skipped = get("skipped");
    skipped->state = PIL_SOURCE_SKIPPED;
    cr_assert_eq(
        pil_catalogue_set_reason(&catalogue, skipped, "it is binary\tand 100% bad\n", NULL),
        PIL_OK);
    commit();
    expect_stored();
}

Test(catalogue, an_empty_one_is_written_and_read)
{
    commit();
    cr_expect_eq(manifest.n_catalogues, 1);
    expect_stored();
}

Test(catalogue, odd_paths_come_back_byte_by_byte)
{
    static const char *const paths[] = {
        "line\nbreak",
        "tab\there",
        "100%",
        "%41",
        "%",
        "%4",
        "a%0Ab",
        "\x01\x1F\x7F",
        "\xFF\xFE\x80 invalid",
        "S\tI\t",
        "A\t",
        "caf\xC3\xA9",
        " leading and trailing ",
        "\r\n",
        "-",
        "\"quoted\"",
    };
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        put(paths[i], (unsigned)i, i % 3);
        cr_assert_eq(pil_catalogue_set_reason(&catalogue, get(paths[i]), paths[i], NULL), PIL_OK);
    }
    commit();
    expect_stored();
}

Test(catalogue, a_small_change_is_written_by_itself)
{
    char path[32];
    for (unsigned i = 0; i < 200; i++) {
        snprintf(path, sizeof path, "file%u", i);
        put(path, i, 2);
    }
    commit();
    cr_expect_eq(manifest.n_catalogues, 1);
    put("file7", 1007, 3);
    put("new", 1008, 1);
    pil_source *gone = get("file8");
    gone->state = PIL_SOURCE_GONE;
    gone->n_articles = 0;
    gone->is_changed = true;
    commit();
    cr_assert_eq(manifest.n_catalogues, 2);
    cr_expect_eq(manifest.catalogues[1].generation, 2);
    cr_expect_lt(manifest.catalogues[1].n_bytes, manifest.catalogues[0].n_bytes / 20);
    expect_stored();
    /* And one that comes back is there again. */
    put("file8", 9, 1);
    commit();
    cr_expect_eq(manifest.n_catalogues, 3);
    expect_stored();
}

Test(catalogue, nothing_changed_writes_nothing)
{
    put("a", 1, 1);
    commit();
    commit();
    cr_expect_eq(manifest.n_catalogues, 1);
    char *none = pil_temporary_directory_read(directory, "catalogue-2", NULL);
    cr_expect_null(none);
    expect_stored();
}

Test(catalogue, many_changes_become_a_new_base)
{
    char path[32];
    size_t most = 0, n_bases = 0;
    for (unsigned i = 0; i < 300; i++) {
        snprintf(path, sizeof path, "file%u", i % 90);
        put(path, i, 1 + i % 3);
        if (i % 7 == 0) {
            pil_source *gone = get("file5");
            gone->state = PIL_SOURCE_GONE;
            gone->n_articles = 0;
            gone->is_changed = true;
        }
        commit();
        n_bases += manifest.n_catalogues == 1;
        if (manifest.n_catalogues > most)
            most = manifest.n_catalogues;
        if (i % 10 == 0)
            expect_stored();
    }
    expect_stored();
    cr_expect_leq(most, 66);
    cr_expect_geq(n_bases, 5);
    cr_expect_leq(n_bases, 150);
}

Test(catalogue, a_leftover_of_the_same_name_is_replaced)
{
    pil_temporary_directory_write(directory, "catalogue-1", "rubbish", 7);
    put("a", 1, 1);
    commit();
    expect_stored();
}

Test(catalogue, what_is_gone_is_not_found)
{
    put("a", 1, 1);
    cr_expect_not_null(pil_catalogue_find(&catalogue, "a"));
    cr_expect_null(pil_catalogue_find(&catalogue, "b"));
    get("a")->state = PIL_SOURCE_GONE;
    cr_expect_null(pil_catalogue_find(&catalogue, "a"));
}

Test(catalogue, adding_keeps_what_was_there)
{
    char path[32];
    for (unsigned i = 0; i < 1000; i++) {
        snprintf(path, sizeof path, "%u", i);
        put(path, i, 1);
    }
    for (unsigned i = 0; i < 1000; i++) {
        snprintf(path, sizeof path, "%u", i);
        const pil_source *source = pil_catalogue_find(&catalogue, path);
        cr_assert_not_null(source);
        cr_expect_str_eq(source->path, path);
        cr_expect_eq(source->articles[0].n_paragraphs, i * 1000);
    }
}

Test(catalogue, every_changed_byte_of_every_file_is_noticed)
{
    for (unsigned i = 0; i < 8; i++) {
        char path[32];
        snprintf(path, sizeof path, "some\nfile%u", i);
        put(path, i, i % 3);
    }
    commit();
    put("more", 20, 1);
    commit();
    cr_assert_eq(manifest.n_catalogues, 2);
    for (int file = 1; file <= 2; file++) {
        char name[32];
        size_t length;
        snprintf(name, sizeof name, "catalogue-%d", file);
        char *bytes = pil_temporary_directory_read(directory, name, &length);
        for (size_t at = 0; at < length; at++) {
            pil_catalogue read = {0};
            bytes[at] = (char)(bytes[at] ^ 1 << at % 8);
            pil_temporary_directory_write(directory, name, bytes, length);
            cr_expect_eq(pil_catalogue_read(directory, &manifest, &read, NULL), PIL_CORRUPT,
                         "%s byte %zu", name, at);
            cr_expect_eq(read.paths.n_entries, 0);
            bytes[at] = (char)(bytes[at] ^ 1 << at % 8);
        }
        pil_temporary_directory_write(directory, name, bytes, length - 1);
        pil_catalogue read = {0};
        cr_expect_eq(pil_catalogue_read(directory, &manifest, &read, NULL), PIL_CORRUPT);
        pil_temporary_directory_write(directory, name, bytes, length);
        free(bytes);
    }
    expect_stored();
}

Test(catalogue, a_missing_file_is_stale)
{
    pil_catalogue read = {0};
    put("a", 1, 1);
    commit();
    char *path = pil_catalogue_path(directory, 1);
    cr_assert_eq(remove(path), 0);
    free(path);
    cr_expect_eq(pil_catalogue_read(directory, &manifest, &read, NULL), PIL_STALE);
}

/* A file of these bytes, whose digest is right. */
static pil_status read_bytes(const char *bytes, size_t length, pil_catalogue *read)
{
    pil_manifest_catalogue named = {
        .generation = 5, .n_bytes = length, .digest = pil_digest_of(bytes, length)};
    const pil_manifest naming = {.catalogues = &named, .n_catalogues = 1};
    pil_temporary_directory_write(directory, "catalogue-5", bytes, length);
    return pil_catalogue_read(directory, &naming, read, NULL);
}

/* The same of this text, compressed. */
static pil_status read_text(const char *text, pil_catalogue *read)
{
    char packed[1024];
    size_t length = ZSTD_compress(packed, sizeof packed, text, strlen(text), 1);
    cr_assert_not(ZSTD_isError(length));
    return read_bytes(packed, length, read);
}

Test(catalogue, sealed_nonsense_is_refused)
{
#define HEAD "pilcrow-catalogue\t1\n"
    static const char *const bad[] = {
        "",
        "pilcrow-catalogue\t2\n",
        "rubbish",
        HEAD "X\ty\n",
        HEAD "rubbish",
        HEAD "A\t\t\t1\n",
        HEAD "S\tX\t1\t1\t1\t1\t\t0\tpath\t\n",
        HEAD "S\t\t1\t1\t1\t1\t\t0\tpath\t\n",
        HEAD "S\tI\t1\t1\t1\t1\tshort\t0\tpath\t\n",
        HEAD "S\tI\t1\t1\t1\t1\t\t0\tpath\t\nA\tshort\t\t1\n",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        pil_catalogue read = {0};
        cr_expect_eq(read_text(bad[i], &read), PIL_CORRUPT, "case %zu", i);
        pil_catalogue_dispose(&read);
    }
    pil_catalogue read = {0};
    cr_expect_eq(read_bytes("rubbish", 7, &read), PIL_CORRUPT, "not compressed");
    pil_catalogue_dispose(&read);
    cr_expect_eq(read_text(HEAD "S\tI\t1\t1\t1\t1\t\t0\tpath\t\n", &read), PIL_OK);
    cr_expect_not_null(pil_catalogue_find(&read, "path"));
    pil_catalogue_dispose(&read);
}

Test(catalogue, an_escape_that_is_cut_short_stays_within_its_field)
{
    static const char *const lines[] = {
        HEAD "S\tI\t1\t1\t1\t1\t\t0\tpath\t%",
        HEAD "S\tI\t1\t1\t1\t1\t\t0\tpath\t%4",
        HEAD "S\tI\t1\t1\t1\t1\t\t0\t%4\tabc\n",
        HEAD "S\tI\t1\t1\t1\t1\t\t0\t% 4x\t\n",
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        pil_catalogue read = {0};
        pil_status status = read_text(lines[i], &read);
        cr_expect(status == PIL_OK || status == PIL_CORRUPT);
        if (i == 2 && status == PIL_OK)
            cr_expect_not_null(pil_catalogue_find(&read, "%4"));
        pil_catalogue_dispose(&read);
    }
}
