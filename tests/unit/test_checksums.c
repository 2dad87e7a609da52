#include "lib/index/checksums.h"

#include "base/file.h"
#include "index/schema.h"
#include "support/temporary_directory.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Files as a segment has them: a tiny one, some blocks, one of a chunk and a bit, an empty one. */
enum { N_FILES = 4, BLOCK = 1024 };
static const char *const names[N_FILES] = {"postlist.glass", "iamglass", "large", "empty"};
static const size_t lengths[N_FILES] = {3 * BLOCK, 131, PIL_CHUNK_BYTES + 77, 0};

static char *directory;
static pil_file_checksums files[N_FILES];
static pil_digest digest;

/* What pil_checked_file would say, worked out from the whole file. */
static pil_file_checksums sum(const char *name, const char *bytes, size_t length)
{
    pil_file_checksums file = {.n_bytes = length};
    snprintf(file.name, sizeof file.name, "%s", name);
    file.n_chunks = (length + PIL_CHUNK_BYTES - 1) / PIL_CHUNK_BYTES;
    file.chunks = calloc(file.n_chunks + 1, sizeof *file.chunks);
    cr_assert_not_null(file.chunks);
    for (size_t i = 0; i < file.n_chunks; i++) {
        size_t begin = i * PIL_CHUNK_BYTES;
        size_t left = length - begin;
        file.chunks[i] = pil_hash64(bytes + begin, left < PIL_CHUNK_BYTES ? left : PIL_CHUNK_BYTES);
    }
    return file;
}

static void init(void)
{
    pil_error err = {0};
    directory = pil_temporary_directory_new();
    uint32_t state = 1;
    for (size_t i = 0; i < N_FILES; i++) {
        char *bytes = malloc(lengths[i] + 1);
        cr_assert_not_null(bytes);
        for (size_t k = 0; k < lengths[i]; k++) {
            state = state * 1664525 + 1013904223;
            bytes[k] = (char)(state >> 24);
        }
        pil_temporary_directory_write(directory, names[i], bytes, lengths[i]);
        files[i] = sum(names[i], bytes, lengths[i]);
        free(bytes);
    }
    cr_assert_eq(pil_checksums_write(directory, files, N_FILES, &digest, &err), PIL_OK, "%s",
                 err.message);
}

static void dispose(void)
{
    for (size_t i = 0; i < N_FILES; i++)
        pil_file_checksums_dispose(&files[i]);
    pil_temporary_directory_remove(directory);
}

TestSuite(checksums, .init = init, .fini = dispose, .timeout = 120);

typedef struct findings {
    size_t n;
    char name[64]; /* of the last */
    char problem[256];
} findings;

static void note(void *context, const char *name, const char *problem)
{
    findings *found = context;
    found->n++;
    snprintf(found->name, sizeof found->name, "%s", name);
    snprintf(found->problem, sizeof found->problem, "%s", problem);
}

static findings verify(void)
{
    findings found = {0};
    pil_error err = {0};
    uint64_t n_bytes = 0;
    cr_assert_eq(pil_checksums_verify(directory, &digest, note, &found, &n_bytes, &err), PIL_OK,
                 "%s", err.message);
    return found;
}

static int open_file(const char *name, int flags)
{
    char *path = pil_temporary_directory_path(directory, name);
    int fd = open(path, flags);
    cr_assert_geq(fd, 0, "%s", path);
    free(path);
    return fd;
}

Test(checksums, what_was_written_can_be_read_and_is_as_it_was)
{
    pil_file_checksums *read;
    size_t n;
    pil_error err = {0};
    cr_assert_eq(pil_checksums_read(directory, &digest, &read, &n, &err), PIL_OK, "%s",
                 err.message);
    cr_assert_eq(n, N_FILES);
    const size_t sorted[N_FILES] = {3, 1, 2, 0};
    for (size_t i = 0; i < n; i++) {
        const pil_file_checksums *expected = &files[sorted[i]];
        cr_expect_str_eq(read[i].name, expected->name);
        cr_expect_eq(read[i].n_bytes, expected->n_bytes);
        cr_assert_eq(read[i].n_chunks, expected->n_chunks);
        cr_expect_arr_eq(read[i].chunks, expected->chunks,
                         expected->n_chunks * sizeof *expected->chunks);
        pil_file_checksums_dispose(&read[i]);
    }
    free(read);
    uint64_t n_bytes = 0, expected_bytes = 0;
    findings found = {0};
    for (size_t i = 0; i < N_FILES; i++)
        expected_bytes += lengths[i];
    cr_expect_eq(pil_checksums_verify(directory, &digest, note, &found, &n_bytes, NULL), PIL_OK);
    cr_expect_eq(found.n, 0, "%s %s", found.name, found.problem);
    cr_expect_eq(n_bytes, expected_bytes);
}

Test(checksums, the_file_has_the_layout_that_is_documented)
{
    size_t length;
    char expected[128];
    char *text = pil_temporary_directory_read(directory, PIL_CHECKSUMS_NAME, &length);
    snprintf(expected, sizeof expected, "empty\t0\t\niamglass\t131\t%016" PRIx64 "\nlarge\t%d\t",
             files[1].chunks[0], PIL_CHUNK_BYTES + 77);
    cr_expect_eq(strncmp(text, expected, strlen(expected)), 0, "%s", text);
    cr_expect_str_eq(pil_digest_of(text, length).hex, digest.hex);
    free(text);
}

static void take_away(const char *name)
{
    char *path = pil_temporary_directory_path(directory, name);
    cr_assert_eq(remove(path), 0);
    free(path);
}

/* Each bit of [first, end) in turn. */
static void flip_each(const char *name, size_t first, size_t end, const char *problem)
{
    int fd = open_file(name, O_RDWR);
    for (size_t at = first; at < end; at++) {
        unsigned char byte, changed;
        cr_assert_eq(pread(fd, &byte, 1, (off_t)at), 1);
        for (int bit = 0; bit < 8; bit++) {
            changed = (unsigned char)(byte ^ 1u << bit);
            cr_assert_eq(pwrite(fd, &changed, 1, (off_t)at), 1);
            findings found = verify();
            cr_assert_eq(found.n, 1, "%s, byte %zu, bit %d: %zu faults", name, at, bit, found.n);
            cr_assert_str_eq(found.name, name);
            cr_assert_str_eq(found.problem, problem);
        }
        cr_assert_eq(pwrite(fd, &byte, 1, (off_t)at), 1);
    }
    close(fd);
    cr_expect_eq(verify().n, 0);
}

Test(checksums, every_flipped_bit_is_reported_with_its_file_and_place)
{
    /* Without the large one, which takes long to sum. */
    take_away(PIL_CHECKSUMS_NAME);
    take_away("large");
    take_away("empty");
    cr_assert_eq(pil_checksums_write(directory, files, 2, &digest, NULL), PIL_OK);
    flip_each("postlist.glass", 0, 3 * BLOCK, "is damaged within its bytes 0 to 3071");
    flip_each("iamglass", 0, 131, "is damaged within its bytes 0 to 130");
    size_t length;
    free(pil_temporary_directory_read(directory, PIL_CHECKSUMS_NAME, &length));
    flip_each(PIL_CHECKSUMS_NAME, 0, length, "is damaged, so the segment cannot be checked");
}

Test(checksums, the_place_is_the_chunk)
{
    flip_each("large", 0, 1, "is damaged within its bytes 0 to 65535");
    flip_each("large", PIL_CHUNK_BYTES - 1, PIL_CHUNK_BYTES,
              "is damaged within its bytes 0 to 65535");
    flip_each("large", PIL_CHUNK_BYTES, PIL_CHUNK_BYTES + 1,
              "is damaged within its bytes 65536 to 65612");
    flip_each("large", PIL_CHUNK_BYTES + 76, PIL_CHUNK_BYTES + 77,
              "is damaged within its bytes 65536 to 65612");
}

/* A file of six chunks, of which some are changed. */
static void expect_places(const char *damaged, const char *problem)
{
    enum { N_CHUNKS = 6 };
    size_t length = (size_t)N_CHUNKS * PIL_CHUNK_BYTES;
    char *bytes = calloc(length, 1);
    cr_assert_not_null(bytes);
    pil_file_checksums file = sum("six", bytes, length);
    for (size_t i = 0; i < N_CHUNKS; i++)
        bytes[i * PIL_CHUNK_BYTES + 7] = damaged[i] == 'x';
    take_away(PIL_CHECKSUMS_NAME);
    pil_temporary_directory_write(directory, "six", bytes, length);
    files[3] = file;
    cr_assert_eq(pil_checksums_write(directory, files, N_FILES, &digest, NULL), PIL_OK);
    findings found = verify();
    cr_expect_str_eq(found.name, "six");
    cr_expect_str_eq(found.problem, problem);
    free(bytes);
}

Test(checksums, neighbouring_chunks_are_one_place)
{
    take_away("empty");
    pil_file_checksums_dispose(&files[3]);
    expect_places("xxxxxx", "is damaged within its bytes 0 to 393215");
    pil_file_checksums_dispose(&files[3]);
    expect_places(".xx...", "is damaged within its bytes 65536 to 196607");
    pil_file_checksums_dispose(&files[3]);
    expect_places(".xx..x", "is damaged within its bytes 65536 to 196607 and in 1 more place");
    pil_file_checksums_dispose(&files[3]);
    expect_places("x.x.xx", "is damaged within its bytes 0 to 65535 and in 2 more places");
}

static void resize(const char *name, size_t length)
{
    int fd = open_file(name, O_RDWR);
    cr_assert_eq(ftruncate(fd, (off_t)length), 0);
    close(fd);
}

Test(checksums, a_file_that_was_cut_or_has_grown_is_reported)
{
    resize("postlist.glass", 2 * BLOCK);
    findings found = verify();
    cr_expect_eq(found.n, 1);
    cr_expect_str_eq(found.name, "postlist.glass");
    cr_expect_str_eq(found.problem, "has 2048 bytes; 3072 were written");
    resize("postlist.glass", 0);
    cr_expect_str_eq(verify().problem, "has 0 bytes; 3072 were written");
    resize("postlist.glass", 3 * BLOCK + 1);
    cr_expect_str_eq(verify().problem, "has 3073 bytes; 3072 were written");
    resize("empty", 1);
    cr_expect_eq(verify().n, 2);
}

Test(checksums, what_is_missing_or_does_not_belong_is_reported)
{
    char *path = pil_temporary_directory_path(directory, "iamglass");
    char *other = pil_temporary_directory_path(directory, "termlist.glass");
    cr_assert_eq(unlink(path), 0);
    findings found = verify();
    cr_expect_eq(found.n, 1);
    cr_expect_str_eq(found.name, "iamglass");
    cr_expect_str_eq(found.problem, "is missing");
    cr_assert_eq(mkfifo(path, 0666), 0);
    found = verify();
    cr_expect_eq(found.n, 1);
    cr_expect_str_eq(found.problem, "is not a file");
    pil_temporary_directory_write(directory, "termlist.glass", "", 0);
    cr_expect_eq(verify().n, 2);
    cr_assert_eq(unlink(path), 0);
    cr_assert_eq(mkdir(path, 0777), 0);
    cr_expect_eq(verify().n, 2);
    cr_assert_eq(rmdir(path), 0);
    cr_assert_eq(rename(other, path), 0);
    cr_expect_str_eq(verify().problem, "has 0 bytes; 131 were written");
    free(path);
    free(other);
}

Test(checksums, blocks_that_changed_places_are_reported)
{
    char first[BLOCK], second[BLOCK];
    int fd = open_file("postlist.glass", O_RDWR);
    cr_assert_eq(pread(fd, first, BLOCK, 0), BLOCK);
    cr_assert_eq(pread(fd, second, BLOCK, BLOCK), BLOCK);
    cr_assert_eq(pwrite(fd, second, BLOCK, 0), BLOCK);
    cr_assert_eq(pwrite(fd, first, BLOCK, BLOCK), BLOCK);
    cr_expect_str_eq(verify().name, "postlist.glass");
    /* One block over another. */
    cr_assert_eq(pwrite(fd, first, BLOCK, 0), BLOCK);
    cr_expect_str_eq(verify().name, "postlist.glass");
    cr_assert_eq(pwrite(fd, second, BLOCK, BLOCK), BLOCK);
    cr_expect_eq(verify().n, 0);
    close(fd);
}

Test(checksums, a_list_that_is_none_is_damaged_whatever_its_digest)
{
    static const char *const lists[] = {
        "x",
        "\n",
        "name\n",
        "name\t5\n",
        "name\t\t\n",
        "\t0\t\n",
        "a/b\t0\t\n",
        "name\t1\t\n",
        "name\t1\t123\n",
        "name\t1\t0123456789abcdeg\n",
        "name\t1\t0123456789ABCDEF\n",
        "name\t1\t0123456789abcdef,\n",
        "name\t1\t0123456789abcdef\tx\n",
        "name\t1048577\t0123456789abcdef\n",
        "name\t1048577\t0123456789abcdef;0123456789abcdef\n",
        "name\t0\t0123456789abcdef\n",
        "name\t18446744073709551615\t0123456789abcdef\n",
        "name\t0\t\nmore",
        "a-name-that-is-much-too-long-for-any-file-of-ours\t0\t\n",
    };
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        pil_file_checksums *read;
        size_t n;
        pil_temporary_directory_write(directory, PIL_CHECKSUMS_NAME, lists[i], strlen(lists[i]));
        pil_digest own = pil_digest_of(lists[i], strlen(lists[i]));
        cr_expect_eq(pil_checksums_read(directory, &own, &read, &n, NULL), PIL_CORRUPT, "%s",
                     lists[i]);
        cr_expect_null(read);
    }
}

Test(checksums, a_list_that_is_missing_or_another_is_reported)
{
    pil_file_checksums *read;
    size_t n;
    const pil_digest other = pil_digest_of("other", 5);
    cr_expect_eq(pil_checksums_read(directory, &other, &read, &n, NULL), PIL_CORRUPT);
    take_away(PIL_CHECKSUMS_NAME);
    cr_expect_eq(pil_checksums_read(directory, &digest, &read, &n, NULL), PIL_NOT_FOUND);
    findings found = verify();
    cr_expect_eq(found.n, 1);
    cr_expect_str_eq(found.name, PIL_CHECKSUMS_NAME);
    cr_expect_str_eq(found.problem, "is missing");
}

Test(checksums, it_is_written_once)
{
    pil_digest again;
    cr_expect_eq(pil_checksums_write(directory, files, N_FILES, &again, NULL), PIL_EXISTS);
    cr_expect_eq(pil_checksums_write("/nowhere/at/all", files, N_FILES, &again, NULL),
                 PIL_NOT_FOUND);
}
