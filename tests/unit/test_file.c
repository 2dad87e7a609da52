#include "base/file.h"

#include "support/temporary_directory.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
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

TestSuite(file, .init = make_directory, .fini = remove_directory);

static bool exists(const char *path)
{
    struct stat info;
    return lstat(path, &info) == 0;
}

/* Larger than the pieces that files are read in. */
static char *large_content(size_t length)
{
    char *content = malloc(length);
    cr_assert_not_null(content);
    for (size_t i = 0; i < length; i++)
        content[i] = (char)(i * 131 % 255);
    return content;
}

static void expect_content(const char *path, const char *expected, size_t length)
{
    pil_buffer out;
    pil_buffer_init(&out, SIZE_MAX / 2);
    cr_assert_eq(pil_file_read(path, &out, NULL), PIL_OK);
    cr_expect_eq(out.length, length);
    cr_expect_eq(memcmp(out.bytes, expected, length), 0);
    pil_buffer_dispose(&out);
}

Test(file, what_was_created_is_read_back)
{
    enum { LENGTH = 200001 };
    char *path = pil_file_join(directory, "a");
    char *content = large_content(LENGTH);
    pil_error err = {0};
    cr_assert_eq(pil_file_create(path, content, LENGTH, &err), PIL_OK, "%s", err.message);
    expect_content(path, content, LENGTH);
    free(content);
    free(path);
}

Test(file, creating_never_replaces_a_file)
{
    char *path = pil_file_join(directory, "a");
    pil_error err = {0};
    cr_assert_eq(pil_file_create(path, "old", 3, NULL), PIL_OK);
    cr_expect_eq(pil_file_create(path, "new", 3, &err), PIL_EXISTS);
    cr_expect_eq(err.status, PIL_EXISTS);
    expect_content(path, "old", 3);
    free(path);
}

/* The limit makes write(2) fail as a full disk does, after some of the bytes. */
Test(file, a_file_that_cannot_be_written_whole_is_removed)
{
    struct rlimit limit;
    char *path = pil_file_join(directory, "a");
    char *content = large_content(5000);
    pil_error err = {0};
    cr_assert_neq(signal(SIGXFSZ, SIG_IGN), SIG_ERR);
    cr_assert_eq(getrlimit(RLIMIT_FSIZE, &limit), 0);
    rlim_t before = limit.rlim_cur;
    limit.rlim_cur = 1000;
    cr_assert_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    pil_status status = pil_file_create(path, content, 5000, &err);
    limit.rlim_cur = before;
    cr_assert_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    cr_expect_eq(status, PIL_IO);
    cr_expect_gt(strlen(err.message), 0);
    cr_expect_not(exists(path));
    free(content);
    free(path);
}

Test(file, a_full_disk_is_named)
{
    pil_error err = {0};
    int fd = open("/dev/full", O_WRONLY | O_CLOEXEC);
    cr_assert_geq(fd, 0);
    cr_expect_eq(pil_file_write_fd(fd, "x", 1, &err), PIL_IO);
    cr_expect_not_null(strstr(err.message, "No space"), "%s", err.message);
    close(fd);
}

Test(file, replacing_puts_the_whole_content_there_and_leaves_nothing_else)
{
    char *path = pil_file_join(directory, "manifest");
    char *leftover = pil_file_join(directory, "manifest.new");
    cr_assert_eq(pil_file_replace(path, "one", 3, NULL), PIL_OK);
    expect_content(path, "one", 3);
    cr_assert_eq(pil_file_create(leftover, "half", 4, NULL), PIL_OK);
    cr_assert_eq(pil_file_replace(path, "the second", 10, NULL), PIL_OK);
    expect_content(path, "the second", 10);
    cr_expect_not(exists(leftover));
    free(path);
    free(leftover);
}

Test(file, replacing_that_fails_keeps_the_old_file)
{
    char *path = pil_file_join(directory, "manifest");
    char *blocker = pil_file_join(directory, "manifest.new");
    pil_error err = {0};
    cr_assert_eq(pil_file_create(path, "old", 3, NULL), PIL_OK);
    cr_assert_eq(pil_file_make_directories(blocker, NULL), PIL_OK);
    cr_expect_eq(pil_file_replace(path, "new", 3, &err), PIL_IO);
    cr_expect_gt(strlen(err.message), 0);
    expect_content(path, "old", 3);
    free(path);
    free(blocker);
}

Test(file, a_file_in_the_working_directory_can_be_replaced)
{
    cr_assert_eq(chdir(directory), 0);
    cr_expect_eq(pil_file_replace("here", "x", 1, NULL), PIL_OK);
    expect_content("here", "x", 1);
    cr_assert_eq(chdir("/"), 0);
}

Test(file, what_is_not_there_is_not_found)
{
    char *path = pil_file_join(directory, "nothing");
    pil_error err = {0};
    pil_digest digest;
    pil_buffer out;
    pil_buffer_init(&out, 100);
    cr_expect_eq(pil_file_read(path, &out, &err), PIL_NOT_FOUND);
    cr_expect_eq(err.status, PIL_NOT_FOUND);
    cr_expect_eq(pil_file_digest(path, &digest, NULL, NULL), PIL_NOT_FOUND);
    cr_expect_eq(pil_file_sync(path, NULL), PIL_NOT_FOUND);
    cr_expect_eq(out.length, 0);
    free(path);
}

Test(file, a_directory_cannot_be_read_as_a_file)
{
    pil_buffer out;
    pil_digest digest;
    pil_buffer_init(&out, 1 << 20);
    cr_expect_eq(pil_file_read(directory, &out, NULL), PIL_IO);
    cr_expect_eq(pil_file_digest(directory, &digest, NULL, NULL), PIL_IO);
    pil_buffer_dispose(&out);
}

Test(file, a_file_larger_than_the_buffer_may_hold_is_refused)
{
    char *path = pil_file_join(directory, "a");
    cr_assert_eq(pil_file_create(path, "0123456789", 10, NULL), PIL_OK);
    for (size_t cap = 8; cap <= 12; cap++) {
        pil_buffer out;
        pil_buffer_init(&out, cap);
        cr_expect_eq(pil_file_read(path, &out, NULL), cap < 10 ? PIL_INVALID_ARGUMENT : PIL_OK,
                     "%zu", cap);
        pil_buffer_dispose(&out);
    }
    free(path);
}

Test(file, reading_a_descriptor_appends_up_to_the_maximum)
{
    char *path = pil_file_join(directory, "a");
    cr_assert_eq(pil_file_create(path, "0123456789", 10, NULL), PIL_OK);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    cr_assert_geq(fd, 0);
    pil_buffer out;
    pil_buffer_init(&out, 1000);
    cr_assert_eq(pil_buffer_append_string(&out, "<"), PIL_OK);
    cr_assert_eq(pil_file_read_fd(fd, 4, &out, NULL), PIL_OK);
    cr_expect_str_eq(out.bytes, "<0123");
    cr_assert_eq(pil_file_read_fd(fd, UINT64_MAX, &out, NULL), PIL_OK);
    cr_expect_str_eq(out.bytes, "<0123456789");
    cr_assert_eq(pil_file_read_fd(fd, UINT64_MAX, &out, NULL), PIL_OK);
    cr_expect_eq(out.length, 11);
    close(fd);
    cr_expect_eq(pil_file_read_fd(-1, 1, &out, NULL), PIL_IO);
    pil_buffer_dispose(&out);
    free(path);
}

Test(file, a_digest_is_that_of_the_content)
{
    enum { LENGTH = 200001 };
    char *path = pil_file_join(directory, "a");
    char *content = large_content(LENGTH);
    pil_digest digest;
    uint64_t length = 0;
    cr_assert_eq(pil_file_create(path, content, LENGTH, NULL), PIL_OK);
    cr_assert_eq(pil_file_digest(path, &digest, &length, NULL), PIL_OK);
    cr_expect_eq(length, LENGTH);
    cr_expect_str_eq(digest.hex, pil_digest_of(content, LENGTH).hex);
    free(content);
    free(path);
}

Test(file, directories_are_made_with_their_parents)
{
    char *path = pil_file_join(directory, "a//b/c/");
    char *file = pil_file_join(directory, "a/b/file");
    char *below = pil_file_join(file, "d");
    struct stat info;
    cr_expect_eq(pil_file_make_directories(path, NULL), PIL_OK);
    cr_expect(stat(path, &info) == 0 && S_ISDIR(info.st_mode));
    cr_expect_eq(pil_file_make_directories(path, NULL), PIL_OK);
    cr_assert_eq(pil_file_create(file, "x", 1, NULL), PIL_OK);
    pil_error err = {0};
    cr_expect_eq(pil_file_make_directories(below, &err), PIL_IO);
    cr_expect_not_null(strstr(err.message, "file"), "%s", err.message);
    cr_expect_eq(pil_file_make_directories(file, NULL), PIL_IO);
    cr_expect_eq(pil_file_make_directories("", NULL), PIL_IO);
    cr_expect_eq(pil_file_make_directories("/", NULL), PIL_OK);
    free(path);
    free(file);
    free(below);
}

Test(file, a_tree_is_removed_with_all_that_is_in_it)
{
    pil_temporary_directory_write(directory, "tree/a/b/c", "x", 1);
    pil_temporary_directory_write(directory, "tree/d", "x", 1);
    char *path = pil_file_join(directory, "tree");
    cr_expect_eq(pil_file_remove_tree(path, NULL), PIL_OK);
    cr_expect_not(exists(path));
    cr_expect_eq(pil_file_remove_tree(path, NULL), PIL_OK);
    free(path);
}

Test(file, removing_a_tree_does_not_follow_links)
{
    pil_temporary_directory_write(directory, "kept/file", "x", 1);
    pil_temporary_directory_write(directory, "tree/file", "x", 1);
    char *kept = pil_file_join(directory, "kept");
    char *kept_file = pil_file_join(directory, "kept/file");
    char *tree = pil_file_join(directory, "tree");
    char *link_inside = pil_file_join(directory, "tree/link");
    char *link_itself = pil_file_join(directory, "link");
    cr_assert_eq(symlink(kept, link_inside), 0);
    cr_assert_eq(symlink(kept, link_itself), 0);
    cr_expect_eq(pil_file_remove_tree(tree, NULL), PIL_OK);
    cr_expect_not(exists(tree));
    cr_expect_neq(pil_file_remove_tree(link_itself, NULL), PIL_OK);
    cr_expect(exists(kept_file));
    free(kept);
    free(kept_file);
    free(tree);
    free(link_inside);
    free(link_itself);
}

Test(file, names_are_joined_with_a_slash)
{
    char *path = pil_file_join("a", "b");
    cr_expect_str_eq(path, "a/b");
    free(path);
}
