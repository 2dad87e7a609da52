/* The index's directory: whose it is, what is in it, and what is left there after a failure. */
#include "index/writer.h"
#include "support/index_fixture.h"
#include "support/temporary_directory.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *parent, *directory;
static pil_index_writer *writer;

/* fsync of a directory fails this many times from now on; see __wrap_fsync. */
static int n_directory_syncs_left = -1;

int __real_fsync(int fd);
int __wrap_fsync(int fd);

int __wrap_fsync(int fd)
{
    struct stat info;
    if (n_directory_syncs_left >= 0 && fstat(fd, &info) == 0 && S_ISDIR(info.st_mode) &&
        n_directory_syncs_left-- == 0) {
        errno = EIO;
        return -1;
    }
    return __real_fsync(fd);
}

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

TestSuite(index_directory, .init = init, .fini = dispose);

static const pil_writer_options small = {.memory_bytes = 1, .n_threads = 1};

static void reopen(uint64_t memory_bytes)
{
    pil_index_writer_close(writer);
    writer = pil_index_fixture_open(directory, memory_bytes);
}

Test(index_directory, a_second_writer_is_refused_and_told_who_holds_the_lock)
{
    pil_index_writer *second = NULL;
    pil_error err = {0};
    char pid[32];
    cr_expect_eq(pil_index_writer_open(&second, directory, &small, &err), PIL_BUSY);
    cr_expect_null(second);
    snprintf(pid, sizeof pid, "process %ld", (long)getpid());
    cr_expect_not_null(strstr(err.message, pid), "%s", err.message);
    pil_index_writer_close(writer);
    writer = NULL;
    cr_expect_eq(pil_index_writer_open(&writer, directory, &small, &err), PIL_OK);
}

static pil_status open_other(const char *name, pil_error *err)
{
    pil_index_writer *other = NULL;
    char *path = pil_temporary_directory_path(parent, name);
    pil_status status = pil_index_writer_open(&other, path, &small, err);
    pil_index_writer_close(other);
    free(path);
    return status;
}

Test(index_directory, a_foreign_directory_is_refused_and_left_alone)
{
    static const char *const files[] = {
        "notes/letter.txt",
        "speech/segments/utterance1",
        "build/build-1.2/x",
        "shop/catalogue-1",
        "shop2/catalogue-spring",
        "hex/build-0123456789abcdef/x",
        "seg/segments/0123456789abcdef/x",
    };
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        char name[64];
        pil_error err = {0};
        pil_temporary_directory_write(parent, files[i], "dear", 4);
        snprintf(name, sizeof name, "%.*s", (int)strcspn(files[i], "/"), files[i]);
        char *path = pil_temporary_directory_path(parent, name);
        pil_digest before = pil_index_fixture_digest(path);
        cr_expect_eq(open_other(name, &err), PIL_INCOMPATIBLE, "%s: %s", files[i], err.message);
        cr_expect_str_eq(pil_index_fixture_digest(path).hex, before.hex, "%s", files[i]);
        free(path);
    }
}

Test(index_directory, a_file_in_place_of_the_directory_is_refused)
{
    pil_error err = {0};
    pil_temporary_directory_write(parent, "file", "x", 1);
    cr_expect_eq(open_other("file", &err), PIL_INCOMPATIBLE, "%s", err.message);
    cr_expect_eq(open_other("file/below", &err), PIL_IO, "%s", err.message);
}

Test(index_directory, a_damaged_or_future_index_is_refused)
{
    pil_error err = {0};
    pil_temporary_directory_write(parent, "damaged/manifest", "pilcrow-manifest\t2\n", 19);
    cr_expect_eq(open_other("damaged", &err), PIL_CORRUPT);
    pil_temporary_directory_write(parent, "future/manifest", "pilcrow-manifest\t99\n", 20);
    cr_expect_eq(open_other("future", &err), PIL_INCOMPATIBLE);
}

Test(index_directory, a_missing_catalogue_is_damage)
{
    pil_error err = {0};
    pil_index_fixture_add(writer, "a", "one");
    pil_index_fixture_commit(writer);
    pil_index_writer_close(writer);
    writer = NULL;
    char *path = pil_temporary_directory_path(directory, "catalogue-1");
    cr_assert_eq(unlink(path), 0);
    free(path);
    cr_expect_eq(open_other("index", &err), PIL_CORRUPT, "%s", err.message);
}

Test(index_directory, what_a_killed_writer_left_is_removed_and_nothing_else)
{
    pil_index_fixture_add(writer, "a", "one");
    pil_index_fixture_commit(writer);
    pil_index_writer_close(writer);
    pil_digest before = pil_index_fixture_digest(directory);
    pil_temporary_directory_write(directory, "build-0123456789abcdef/raw/x", "x", 1);
    pil_temporary_directory_write(directory, "segments/0123456789abcdef/x", "x", 1);
    pil_temporary_directory_write(directory, "catalogue-2", "x", 1);
    pil_temporary_directory_write(directory, "catalogue-2.new", "x", 1);
    writer = pil_index_fixture_open(directory, 1);
    cr_expect_str_eq(pil_index_fixture_digest(directory).hex, before.hex);
    /* An index that somebody keeps a note in. */
    pil_temporary_directory_write(directory, "build-notes/x", "x", 1);
    pil_temporary_directory_write(directory, "segments/README", "x", 1);
    before = pil_index_fixture_digest(directory);
    reopen(1);
    cr_expect_str_eq(pil_index_fixture_digest(directory).hex, before.hex);
}

Test(index_directory, a_half_made_index_is_made_anew)
{
    pil_error err = {0};
    pil_temporary_directory_write(parent, "half/lock", "123\n", 4);
    pil_temporary_directory_write(parent, "half/segments/0123456789abcdef/x", "x", 1);
    pil_temporary_directory_write(parent, "half/build-0123456789abcdef/raw/x", "x", 1);
    pil_temporary_directory_write(parent, "half/catalogue-1", "x", 1);
    cr_expect_eq(open_other("half", &err), PIL_OK, "%s", err.message);
    cr_expect_null(pil_temporary_directory_read(parent, "half/catalogue-1", NULL));
}

/* Whichever sync of a directory fails, what the manifest on the disk names is there. */
Test(index_directory, a_failed_sync_leaves_an_index_that_can_be_read)
{
    pil_index_fixture_add(writer, "a", "old");
    pil_index_fixture_add(writer, "keep", "kept");
    pil_index_fixture_commit(writer);
    bool has_failed = true;
    int at = 0;
    for (; has_failed; at++) {
        pil_error err = {0};
        pil_index_fixture_add(writer, "a", at % 2 == 0 ? "even" : "odd");
        n_directory_syncs_left = at;
        pil_status status = pil_index_writer_commit(writer, &err);
        has_failed = status != PIL_OK;
        n_directory_syncs_left = -1;
        cr_expect(!has_failed || status == PIL_IO, "%s", err.message);
        char *live = pil_index_fixture_live(directory);
        cr_expect_not_null(strstr(live, "keep 1: kept\n"), "sync %d", at);
        cr_expect_not_null(strstr(live, "a 1: "), "sync %d", at);
        free(live);
        reopen(PIL_INDEX_FIXTURE_LARGE);
    }
    cr_expect_geq(at, 4, "there are at least as many syncs");
}
