#include "support/temporary_directory.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void give_up(const char *what)
{
    fprintf(stderr, "test support: %s: %s\n", what, strerror(errno));
    abort();
}

static char *join(const char *directory, const char *name)
{
    size_t size = strlen(directory) + strlen(name) + 2;
    char *path = malloc(size);
    if (path == NULL)
        give_up("out of memory");
    snprintf(path, size, "%s/%s", directory, name);
    return path;
}

char *pil_temporary_directory_new(void)
{
    const char *parent = getenv("TMPDIR");
    char *path = join(parent != NULL && *parent == '/' ? parent : "/tmp", "pilcrow-test-XXXXXX");
    if (mkdtemp(path) == NULL)
        give_up(path);
    return path;
}

/* Symbolic links are removed, not followed. A directory that a test made unreadable is opened
 * again first. */
static void remove_below(int parent, const char *name)
{
    if (unlinkat(parent, name, 0) == 0 || errno == ENOENT)
        return;
    if (fchmodat(parent, name, 0700, 0) != 0)
        give_up(name);
    int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *stream = fd >= 0 ? fdopendir(fd) : NULL;
    if (stream == NULL)
        give_up(name);
    for (const struct dirent *entry = readdir(stream); entry != NULL; entry = readdir(stream))
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            remove_below(fd, entry->d_name);
    closedir(stream);
    if (unlinkat(parent, name, AT_REMOVEDIR) != 0)
        give_up(name);
}

void pil_temporary_directory_remove(char *directory)
{
    if (directory != NULL)
        remove_below(AT_FDCWD, directory);
    free(directory);
}

char *pil_temporary_directory_path(const char *directory, const char *name)
{
    return join(directory, name);
}

void pil_temporary_directory_write(const char *directory, const char *name, const void *bytes,
                                   size_t length)
{
    char *path = join(directory, name);
    for (char *slash = strchr(path + strlen(directory) + 1, '/'); slash != NULL;
         slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(path, 0777) != 0 && errno != EEXIST)
            give_up(path);
        *slash = '/';
    }
    FILE *file = fopen(path, "wb");
    if (file == NULL || fwrite(bytes, 1, length, file) != length || fclose(file) != 0)
        give_up(path);
    free(path);
}

char *pil_temporary_directory_read(const char *directory, const char *name, size_t *length)
{
    char *path = join(directory, name), *bytes = NULL;
    FILE *file = fopen(path, "rb");
    struct stat status;
    if (file == NULL)
        goto done;
    if (fstat(fileno(file), &status) != 0)
        give_up(path);
    size_t size = (size_t)status.st_size;
    bytes = malloc(size + 1);
    if (bytes == NULL || fread(bytes, 1, size, file) != size)
        give_up(path);
    bytes[size] = '\0';
    if (length != NULL)
        *length = size;
done:
    if (file != NULL)
        fclose(file);
    free(path);
    return bytes;
}
