#include "lib/index/glass_table.h"

#include "base/file.h"
#include "base/hash.h"
#include "lib/index/glass_coding.h"
#include "support/failing_allocation.h"
#include "support/glass_fixture.h"
#include "support/temporary_directory.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static char *directory;

static void make_directory(void)
{
    directory = pil_temporary_directory_new();
}

static void remove_directory(void)
{
    pil_temporary_directory_remove(directory);
}

TestSuite(glass_table, .init = make_directory, .fini = remove_directory);

/* An entry to write, and later to find again: its bytes follow from a number. */
typedef struct sample {
    unsigned char key[PIL_GLASS_KEY_MAX];
    size_t key_length, tag_length;
    unsigned char seed;
} sample;

static unsigned char *tag_of(const sample *entry)
{
    unsigned char *tag = malloc(entry->tag_length + 1);
    cr_assert_not_null(tag);
    for (size_t i = 0; i < entry->tag_length; i++)
        tag[i] = (unsigned char)(i * 7 + i / 251 + entry->seed);
    return tag;
}

static int compare_samples(const void *left, const void *right)
{
    const sample *a = left, *b = right;
    size_t n = a->key_length < b->key_length ? a->key_length : b->key_length;
    int order = memcmp(a->key, b->key, n);
    return order != 0 ? order : (a->key_length > b->key_length) - (a->key_length < b->key_length);
}

static bool same_key(const sample *a, const sample *b)
{
    return compare_samples(a, b) == 0;
}

static pil_status write_samples(const sample *samples, size_t n, const char *name,
                                pil_glass_root *root, pil_file_checksums *sums, pil_error *err)
{
    pil_glass_table *table = NULL;
    pil_status status = pil_glass_table_begin(&table, directory, name, err);
    for (size_t i = 0; i < n && status == PIL_OK; i++) {
        unsigned char *tag = tag_of(&samples[i]);
        status = pil_glass_table_add(table, samples[i].key, samples[i].key_length, tag,
                                     samples[i].tag_length, err);
        free(tag);
    }
    if (status == PIL_OK)
        return pil_glass_table_finish(table, root, sums, err);
    pil_glass_table_abandon(table);
    return status;
}

static void expect_samples(const sample *samples, size_t n, const pil_file_checksums *sums)
{
    pil_glass_reader *reader = NULL;
    pil_error err = {0};
    pil_glass_entry entry;
    cr_assert_eq(pil_glass_reader_open(&reader, directory, sums, &err), PIL_OK, "%s", err.message);
    for (size_t i = 0; i < n; i++) {
        cr_assert_eq(pil_glass_reader_next(reader, &entry, &err), PIL_OK, "%s", err.message);
        unsigned char *tag = tag_of(&samples[i]);
        cr_assert_eq(entry.key_length, samples[i].key_length);
        cr_assert_eq(memcmp(entry.key, samples[i].key, entry.key_length), 0);
        cr_assert_eq(entry.tag_length, samples[i].tag_length);
        cr_assert_eq(memcmp(entry.tag, tag, entry.tag_length), 0);
        free(tag);
    }
    cr_expect_eq(pil_glass_reader_next(reader, &entry, &err), PIL_DONE);
    cr_expect_eq(pil_glass_reader_next(reader, &entry, &err), PIL_DONE, "and again");
    pil_glass_reader_close(reader);
}

/* Sorted, without two of one key; returns how many are left. */
static size_t make_samples(sample *samples, size_t n, uint32_t max_key, uint32_t max_tag,
                           uint64_t seed)
{
    for (size_t i = 0; i < n; i++) {
        samples[i] = (sample){.key_length = 1 + pil_glass_fixture_random(&seed) % max_key,
                              .tag_length = pil_glass_fixture_random(&seed) % (max_tag + 1),
                              .seed = (unsigned char)i};
        /* Few different bytes, so that keys have much in common. */
        for (size_t k = 0; k < samples[i].key_length; k++)
            samples[i].key[k] =
                (unsigned char[]){0, 1, 'a', 255}[pil_glass_fixture_random(&seed) % 4];
    }
    qsort(samples, n, sizeof *samples, compare_samples);
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || !same_key(&samples[kept - 1], &samples[i]))
            samples[kept++] = samples[i];
    return kept;
}

Test(glass_table, what_was_written_is_read_back)
{
    static const struct {
        size_t n;
        uint32_t max_key, max_tag;
    } cases[] = {{1, 1, 0},      {1, 255, 100000}, {100, 255, 10},  {2000, 3, 600},
                 {5000, 40, 30}, {3000, 255, 700}, {300, 20, 9000}, {40, 255, 100000}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (uint64_t seed = 0; seed < 5; seed++) {
            char name[32];
            snprintf(name, sizeof name, "%zu-%u.glass", i, (unsigned)seed);
            sample *samples = calloc(cases[i].n, sizeof *samples);
            pil_glass_root root;
            pil_file_checksums sums;
            pil_error err = {0};
            size_t n = make_samples(samples, cases[i].n, cases[i].max_key, cases[i].max_tag, seed);
            cr_assert_eq(write_samples(samples, n, name, &root, &sums, &err), PIL_OK, "%s",
                         err.message);
            cr_expect_eq(root.n_entries, n);
            cr_expect_eq(root.root_block, root.n_blocks - 1);
            cr_expect_eq(sums.n_bytes, (uint64_t)root.n_blocks * PIL_GLASS_BLOCK_BYTES);
            expect_samples(samples, n, &sums);
            pil_file_checksums_dispose(&sums);
            free(samples);
        }
}

Test(glass_table, the_same_entries_make_the_same_bytes)
{
    enum { N = 2000 };
    sample *samples = calloc(N, sizeof *samples);
    pil_glass_root root;
    pil_file_checksums first = {0}, second = {0};
    size_t n = make_samples(samples, N, 200, 3000, 1);
    cr_assert_eq(write_samples(samples, n, "first", &root, &first, NULL), PIL_OK);
    cr_assert_eq(write_samples(samples, n, "second", &root, &second, NULL), PIL_OK);
    cr_assert_eq(first.n_chunks, second.n_chunks);
    cr_expect_gt(first.n_chunks, 2);
    cr_expect_eq(memcmp(first.chunks, second.chunks, first.n_chunks * sizeof *first.chunks), 0);
    pil_file_checksums_dispose(&first);
    pil_file_checksums_dispose(&second);
    free(samples);
}

Test(glass_table, a_table_without_entries_has_no_file)
{
    pil_glass_root root;
    pil_file_checksums sums;
    char *path = pil_file_join(directory, "empty.glass");
    cr_assert_eq(write_samples(NULL, 0, "empty.glass", &root, &sums, NULL), PIL_OK);
    cr_expect_eq(root.n_blocks, 0);
    cr_expect_eq(root.n_entries, 0);
    cr_expect_eq(sums.n_chunks, 0);
    cr_expect_str_eq(sums.name, "");
    cr_expect_neq(access(path, F_OK), 0);
    free(path);
}

Test(glass_table, keys_out_of_order_or_too_long_are_refused)
{
    pil_glass_table *table;
    pil_error err = {0};
    char key[PIL_GLASS_KEY_MAX + 1];
    memset(key, 'm', sizeof key);
    cr_assert_eq(pil_glass_table_begin(&table, directory, "a", &err), PIL_OK);
    cr_expect_eq(pil_glass_table_add(table, key, 0, "", 0, &err), PIL_INTERNAL);
    cr_expect_eq(pil_glass_table_add(table, key, sizeof key, "", 0, &err), PIL_INTERNAL);
    cr_assert_eq(pil_glass_table_add(table, "mmm", 3, "", 0, &err), PIL_OK);
    cr_expect_eq(pil_glass_table_add(table, "mmm", 3, "", 0, &err), PIL_INTERNAL, "twice");
    cr_expect_eq(pil_glass_table_add(table, "mm", 2, "", 0, &err), PIL_INTERNAL, "a prefix");
    cr_expect_eq(pil_glass_table_add(table, "mml", 3, "", 0, &err), PIL_INTERNAL);
    cr_expect_eq(pil_glass_table_add(table, "mmm\0", 4, "", 0, &err), PIL_OK);
    cr_expect_eq(pil_glass_table_add(table, "mmm\377", 4, "", 0, &err), PIL_OK);
    pil_glass_table_abandon(table);
}

Test(glass_table, tags_as_long_as_the_room_fill_blocks_by_four)
{
    enum { N = 40 };
    pil_glass_table *table;
    pil_glass_root root;
    pil_file_checksums sums;
    static const char tag[PIL_GLASS_ITEM_MAX];
    cr_assert_eq(pil_glass_table_begin(&table, directory, "a", NULL), PIL_OK);
    cr_expect_eq(pil_glass_table_room(table, 255), PIL_GLASS_ITEM_MAX - 3 - 255);
    for (int i = 0; i < N; i++) {
        unsigned char key[PIL_GLASS_NUMBER_MAX];
        size_t length = pil_glass_put_sortable(key, (uint32_t)i + 1);
        size_t room = pil_glass_table_room(table, length);
        if (room < 100)
            room = PIL_GLASS_ITEM_MAX - 3 - length;
        cr_assert_eq(pil_glass_table_add(table, key, length, tag, room, NULL), PIL_OK);
    }
    cr_assert_eq(pil_glass_table_finish(table, &root, &sums, NULL), PIL_OK);
    cr_expect_eq(root.n_blocks, N / 4 + 1, "%u", root.n_blocks);
    cr_expect_eq(root.level, 1);
    pil_file_checksums_dispose(&sums);
}

/* ---- what libxapian says ---- */

/* Writes documents with data of these lengths; 0: none. */
static void expect_documents(const char *name, const size_t *lengths, uint32_t n)
{
    pil_glass_fixture fixture;
    uint32_t *words = calloc(n + 1u, sizeof *words);
    pil_glass_fixture_begin(&fixture, directory, name);
    pil_glass_fixture_lengths(&fixture, words, n);
    for (uint32_t i = 0; i < n; i++) {
        sample data = {.tag_length = lengths[i], .seed = (unsigned char)i};
        unsigned char *tag = tag_of(&data);
        if (lengths[i] > 0)
            pil_glass_fixture_data(&fixture, i + 1, tag, lengths[i]);
        free(tag);
    }
    pil_glass_fixture_finish(&fixture, words, n, 0);
    xc_database *database = pil_glass_fixture_open(&fixture);
    for (uint32_t i = 0; i < n; i++) {
        sample data = {.tag_length = lengths[i], .seed = (unsigned char)i};
        unsigned char *tag = tag_of(&data);
        char *stored = NULL;
        size_t length = 0;
        xc_error err;
        cr_assert_eq(xc_document_data(database, i + 1, &stored, &length, &err), XC_OK, "%s",
                     err.message);
        cr_assert_eq(length, lengths[i]);
        cr_assert(length == 0 || memcmp(stored, tag, length) == 0);
        xc_free(stored);
        free(tag);
    }
    xc_database_free(database);
    pil_glass_fixture_dispose(&fixture);
    free(words);
}

Test(glass_table, libxapian_reads_data_of_any_length)
{
    static const size_t lengths[] = {0,    1,    2,    100,  2035, 2036, 2037,  2038,    2039,
                                     2040, 2041, 2042, 2043, 2044, 2045, 4080,  8170,    8180,
                                     8191, 8192, 8193, 0,    0,    1,    65536, 1 << 20, 3};
    expect_documents("lengths", lengths, sizeof lengths / sizeof *lengths);
    /* The same at the edges of leaves that are filled to any degree. */
    enum { N = 3000 };
    size_t *random = calloc(N, sizeof *random);
    uint64_t seed = 3;
    for (size_t i = 0; i < N; i++)
        random[i] = 150 + pil_glass_fixture_random(&seed) % 450;
    expect_documents("paragraphs", random, N);
    for (size_t i = 0; i < N; i++)
        random[i] = pil_glass_fixture_random(&seed) % 2100;
    expect_documents("longer", random, N);
    for (size_t i = 0; i < N; i++)
        random[i] = pil_glass_fixture_random(&seed) % 12000;
    expect_documents("in_pieces", random, N);
    free(random);
}

Test(glass_table, libxapian_reads_documents_beyond_the_length_change_of_their_keys)
{
    enum { N = 33000 };
    size_t *lengths = calloc(N, sizeof *lengths);
    for (size_t i = 0; i < N; i++)
        lengths[i] = i % 5;
    expect_documents("many", lengths, N);
    free(lengths);
}

Test(glass_table, libxapian_finds_its_way_through_a_tree_of_four_levels)
{
    enum { N = 40000, NAME = 245 };
    pil_glass_fixture fixture;
    char name[NAME + 16];
    pil_glass_fixture_begin(&fixture, directory, "db");
    for (int i = 0; i < N; i++) {
        memset(name, 'k', NAME);
        snprintf(name + NAME - 8, 16, "%08d", i);
        cr_assert_eq(pil_glass_add_metadata(fixture.postlist, name, NAME, name + NAME - 8, 8, NULL),
                     PIL_OK);
    }
    cr_expect_eq(pil_glass_add_metadata(fixture.postlist, name, NAME + 1, name, 8, NULL),
                 PIL_UNSUPPORTED);
    pil_glass_fixture_finish(&fixture, NULL, 0, 0);
    cr_expect_eq(fixture.postlist_root.level, 3);
    cr_expect_eq(fixture.postlist_root.n_entries, N);
    xc_database *database = pil_glass_fixture_open(&fixture);
    for (int i = 0; i < N; i += 7) {
        char *value = NULL;
        size_t length = 0;
        memset(name, 'k', NAME);
        snprintf(name + NAME - 8, 16, "%08d", i);
        cr_assert_eq(xc_metadata_get(database, name, NAME, &value, &length, NULL), XC_OK);
        cr_assert_eq(length, 8);
        cr_assert_eq(memcmp(value, name + NAME - 8, 8), 0);
        xc_free(value);
    }
    xc_database_free(database);
    pil_glass_fixture_dispose(&fixture);
}

Test(glass_table, a_database_without_documents_opens)
{
    pil_glass_fixture fixture;
    xc_stats stats;
    pil_glass_fixture_begin(&fixture, directory, "db");
    cr_assert_eq(pil_glass_add_metadata(fixture.postlist, "a", 1, "b", 1, NULL), PIL_OK);
    pil_glass_fixture_finish(&fixture, NULL, 0, 0);
    xc_database *database = pil_glass_fixture_open(&fixture);
    cr_expect_eq(xc_database_stats(database, &stats, NULL), XC_OK);
    cr_expect_eq(stats.n_docs, 0);
    xc_database_free(database);
    pil_glass_fixture_dispose(&fixture);
}

Test(glass_table, the_version_file_has_the_uuid_and_statistics_that_were_given)
{
    static const uint32_t lengths[] = {7, 0, 3};
    pil_glass_fixture fixture;
    char uuid[XC_UUID_BYTES + 1];
    xc_stats stats;
    pil_glass_fixture_begin(&fixture, directory, "db");
    pil_glass_fixture_lengths(&fixture, lengths, 3);
    pil_glass_fixture_finish(&fixture, lengths, 3, 2);
    xc_database *database = pil_glass_fixture_open(&fixture);
    cr_expect_eq(xc_database_uuid(database, uuid, NULL), XC_OK);
    cr_expect_str_eq(uuid, "01027069-6c63-726f-7720-746573747300");
    cr_assert_eq(xc_database_stats(database, &stats, NULL), XC_OK);
    cr_expect_eq(stats.n_docs, 3);
    cr_expect_eq(stats.last_docid, 3);
    cr_expect_eq(stats.total_length, 10);
    cr_expect_not(stats.has_positions);
    xc_database_free(database);
    pil_glass_stats wrong = {.n_documents = 1, .max_length = 1, .max_wdf = 2};
    pil_error err;
    cr_expect_eq(pil_glass_version_write(directory, (unsigned char[PIL_GLASS_UUID_BYTES]){0},
                                         &fixture.postlist_root, &fixture.docdata_root, &wrong,
                                         &fixture.version_sums, &err),
                 PIL_INTERNAL);
    wrong.max_wdf = 1;
    cr_expect_eq(pil_glass_version_write(directory, (unsigned char[PIL_GLASS_UUID_BYTES]){0},
                                         &fixture.docdata_root, &fixture.docdata_root, &wrong,
                                         &fixture.version_sums, &err),
                 PIL_INTERNAL, "no postlist table");
    pil_glass_fixture_dispose(&fixture);
}

/* ---- failures ---- */

Test(glass_table, a_file_that_is_there_already_is_not_overwritten)
{
    pil_glass_root root;
    pil_file_checksums sums;
    sample one = {.key = "a", .key_length = 1};
    pil_temporary_directory_write(directory, "a", "mine", 4);
    cr_expect_eq(write_samples(&one, 1, "a", &root, &sums, NULL), PIL_EXISTS);
    char *content = pil_temporary_directory_read(directory, "a", NULL);
    cr_expect_str_eq(content, "mine");
    free(content);
}

Test(glass_table, a_full_disk_is_told_wherever_it_strikes)
{
    enum { N = 700 };
    sample *samples = calloc(N, sizeof *samples);
    size_t n = make_samples(samples, N, 100, 12000, 1);
    signal(SIGXFSZ, SIG_IGN);
    for (rlim_t limit = 0; limit < 4200000; limit += 150001) {
        char name[32];
        pil_glass_root root;
        pil_file_checksums sums;
        pil_error err = {0};
        struct rlimit old, small = {.rlim_cur = limit, .rlim_max = RLIM_INFINITY};
        cr_assert_eq(getrlimit(RLIMIT_FSIZE, &old), 0);
        snprintf(name, sizeof name, "%lu", (unsigned long)limit);
        cr_assert_eq(setrlimit(RLIMIT_FSIZE, &small), 0);
        pil_status status = write_samples(samples, n, name, &root, &sums, &err);
        cr_assert_eq(setrlimit(RLIMIT_FSIZE, &old), 0);
        cr_expect_eq(status, PIL_IO);
        cr_expect_not_null(strstr(err.message, "cannot write"), "%s", err.message);
    }
    free(samples);
}

Test(glass_table, failing_allocations_leave_nothing_behind)
{
    enum { N = 300 };
    sample *samples = calloc(N, sizeof *samples);
    size_t n = make_samples(samples, N, 200, 9000, 1);
    bool has_failed = true;
    for (size_t i = 0; has_failed; i++) {
        char name[32];
        pil_glass_root root;
        pil_file_checksums sums = {0};
        pil_glass_table *table = NULL;
        pil_glass_reader *reader = NULL;
        pil_glass_entry entry;
        static const unsigned char tag[9000];
        snprintf(name, sizeof name, "%zu", i);
        pil_failing_allocation_after(i);
        pil_status status = pil_glass_table_begin(&table, directory, name, NULL);
        for (size_t k = 0; k < n && status == PIL_OK; k++)
            status = pil_glass_table_add(table, samples[k].key, samples[k].key_length, tag,
                                         samples[k].tag_length, NULL);
        if (status == PIL_OK)
            status = pil_glass_table_finish(table, &root, &sums, NULL);
        else
            pil_glass_table_abandon(table);
        if (status == PIL_OK)
            status = pil_glass_reader_open(&reader, directory, &sums, NULL);
        while (status == PIL_OK)
            status = pil_glass_reader_next(reader, &entry, NULL);
        has_failed = pil_failing_allocation_stop();
        cr_expect_eq(status, has_failed ? PIL_NO_MEMORY : PIL_DONE);
        pil_glass_reader_close(reader);
        pil_file_checksums_dispose(&sums);
    }
    free(samples);
}

static pil_status read_all(const pil_file_checksums *sums)
{
    pil_glass_reader *reader = NULL;
    pil_glass_entry entry;
    pil_error err = {0};
    pil_status status = pil_glass_reader_open(&reader, directory, sums, &err);
    while (status == PIL_OK)
        status = pil_glass_reader_next(reader, &entry, &err);
    cr_expect(status == PIL_DONE || (err.status == status && err.message[0] != '\0'));
    pil_glass_reader_close(reader);
    return status;
}

Test(glass_table, a_changed_byte_is_noticed_wherever_it_is)
{
    enum { N = 400 };
    sample *samples = calloc(N, sizeof *samples);
    pil_glass_root root;
    pil_file_checksums sums;
    size_t n = make_samples(samples, N, 100, 12000, 1);
    cr_assert_eq(write_samples(samples, n, "a", &root, &sums, NULL), PIL_OK);
    cr_expect_eq(read_all(&sums), PIL_DONE);
    char *path = pil_file_join(directory, "a");
    FILE *file = fopen(path, "r+b");
    cr_assert_not_null(file);
    for (uint64_t at = 0; at < sums.n_bytes; at += sums.n_bytes / 50) {
        cr_assert_eq(fseek(file, (long)at, SEEK_SET), 0);
        int byte = getc(file);
        cr_assert_eq(fseek(file, (long)at, SEEK_SET), 0);
        putc(byte ^ 4, file);
        fflush(file);
        cr_expect_eq(read_all(&sums), PIL_CORRUPT);
        cr_assert_eq(fseek(file, (long)at, SEEK_SET), 0);
        putc(byte, file);
        fflush(file);
    }
    fclose(file);
    cr_expect_eq(read_all(&sums), PIL_DONE);
    cr_assert_eq(truncate(path, (off_t)sums.n_bytes - PIL_GLASS_BLOCK_BYTES), 0);
    cr_expect_eq(read_all(&sums), PIL_CORRUPT, "cut");
    cr_assert_eq(truncate(path, (off_t)sums.n_bytes + PIL_GLASS_BLOCK_BYTES), 0);
    cr_expect_eq(read_all(&sums), PIL_CORRUPT, "longer");
    cr_assert_eq(unlink(path), 0);
    cr_expect_eq(read_all(&sums), PIL_NOT_FOUND);
    cr_assert_eq(mkdir(path, 0777), 0);
    cr_expect_eq(read_all(&sums), PIL_CORRUPT, "a directory");
    free(path);
    pil_file_checksums_dispose(&sums);
    free(samples);
}

/* Their checksums are right: another writer may have made them. */
Test(glass_table, blocks_that_make_no_sense_are_refused)
{
    /* Two entries, of three pieces and of one, in a leaf. */
    enum { FIRST = PIL_GLASS_BLOCK_BYTES - 3 - 2043, SECOND = FIRST - 2043, THIRD = SECOND - 116 };
    static const struct {
        size_t at;
        unsigned char value;
        const char *what;
    } cases[] = {{3, 2, "revision"},
                 {4, 10, "level"},
                 {10, 11, "no directory"},
                 {10, 11 + 7, "half an entry of the directory"},
                 {9, 0x21, "a directory behind the block"},
                 {11, 0xff, "an item behind the block"},
                 {13, 0, "an item in the directory"},
                 {PIL_GLASS_BLOCK_BYTES - 3, 0x40, "the first entry not begun"},
                 {PIL_GLASS_BLOCK_BYTES - 3, 0x20, "the first entry not ended"},
                 {PIL_GLASS_BLOCK_BYTES - 1, 1, "a key longer than its item"},
                 {PIL_GLASS_BLOCK_BYTES - 2, 1, "an item that ends behind the block"},
                 {FIRST, 0xa7, "compressed"},
                 {FIRST, 0x67, "pieces behind the last one"},
                 {FIRST + 3, 'b', "another key"},
                 {SECOND, 0x27, "two first pieces"},
                 {SECOND + 5, 3, "the wrong number"},
                 {SECOND + 3, 'b', "a piece of another entry"},
                 {THIRD, 0, "no last piece"}};
    pil_glass_root root;
    pil_file_checksums sums;
    size_t length;
    sample entries[] = {{.key = "a", .key_length = 1, .tag_length = 2 * 2043 + 100},
                        {.key = "b", .key_length = 1, .tag_length = 1}};
    cr_assert_eq(write_samples(entries, 2, "a", &root, &sums, NULL), PIL_OK);
    cr_assert_eq(root.n_blocks, 1);
    char *content = pil_temporary_directory_read(directory, "a", &length);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char kept = content[cases[i].at];
        content[cases[i].at] = (char)cases[i].value;
        pil_temporary_directory_write(directory, "a", content, length);
        sums.chunks[0] = pil_hash64(content, length);
        cr_expect_eq(read_all(&sums), PIL_CORRUPT, "%s", cases[i].what);
        content[cases[i].at] = kept;
    }
    pil_temporary_directory_write(directory, "a", content, length);
    sums.chunks[0] = pil_hash64(content, length);
    cr_expect_eq(read_all(&sums), PIL_DONE);
    free(content);
    pil_file_checksums_dispose(&sums);
}
