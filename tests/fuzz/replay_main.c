/* Feeds files to a fuzz target without libFuzzer, so that every input ever kept is tried by every
 * compiler. Arguments are files, or directories whose files are fed; no input at all is a failure.
 */
#include <dirent.h>
#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void fail(const char *path, const char *why)
{
    fprintf(stderr, "%s: %s\n", path, why);
    exit(1);
}

/* The bytes lie at the end of their allocation, so that ASan sees the first one read past them. */
static void replay_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    struct stat status;
    if (file == NULL || fstat(fileno(file), &status) != 0)
        fail(path, strerror(errno));
    size_t size = (size_t)status.st_size;
    uint8_t *data = malloc(size > 0 ? size : 1);
    if (data == NULL)
        fail(path, "out of memory");
    if (fread(data, 1, size, file) != size)
        fail(path, "cannot be read");
    fclose(file);
    LLVMFuzzerTestOneInput(data, size);
    free(data);
}

static int is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

/* Returns how many files were fed. */
static size_t replay(const char *path)
{
    struct stat status;
    if (stat(path, &status) != 0)
        fail(path, strerror(errno));
    if (!S_ISDIR(status.st_mode)) {
        replay_file(path);
        return 1;
    }
    struct dirent **entries = NULL;
    int n_entries = scandir(path, &entries, is_visible, alphasort);
    if (n_entries < 0)
        fail(path, strerror(errno));
    size_t n_files = 0;
    for (int i = 0; i < n_entries; i++) {
        char below[4096];
        int length = snprintf(below, sizeof below, "%s/%s", path, entries[i]->d_name);
        if (length < 0 || (size_t)length >= sizeof below)
            fail(path, "a path is too long");
        n_files += replay(below);
        free(entries[i]);
    }
    free(entries);
    return n_files;
}

int main(int argc, char **argv)
{
    size_t n_files = 0;
    for (int i = 1; i < argc; i++)
        n_files += replay(argv[i]);
    if (n_files == 0) {
        fprintf(stderr, "%s: no inputs\n", argv[0]);
        return 1;
    }
    printf("%zu inputs replayed\n", n_files);
    return 0;
}
