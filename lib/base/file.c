#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE_BYTES = 1 << 16 };

static int open_retrying(const char *path, int flags, mode_t mode)
{
    int fd;
    do
        fd = open(path, flags | O_CLOEXEC, mode);
    while (fd < 0 && errno == EINTR);
    return fd;
}

static ssize_t read_retrying(int fd, void *bytes, size_t length)
{
    ssize_t n;
    do
        n = read(fd, bytes, length);
    while (n < 0 && errno == EINTR);
    return n;
}

pil_status pil_file_read_fd(int fd, uint64_t max_bytes, pil_buffer *out, pil_error *err)
{
    while (max_bytes > 0) {
        size_t piece = max_bytes < PIECE_BYTES ? (size_t)max_bytes : PIECE_BYTES;
        pil_status status = pil_buffer_reserve(out, piece);
        if (status == PIL_INVALID_ARGUMENT) {
            /* Only an end of file may follow when the buffer is full. */
            piece = out->max_length - out->length;
            char one;
            if (piece == 0) {
                ssize_t n = read_retrying(fd, &one, 1);
                if (n == 0)
                    return PIL_OK;
                return n < 0 ? pil_error_set_errno(err, errno, "cannot read")
                             : pil_error_set(err, PIL_INVALID_ARGUMENT, "larger than %zu bytes",
                                             out->max_length);
            }
            status = pil_buffer_reserve(out, piece);
        }
        if (status != PIL_OK)
            return pil_error_no_memory(err);
        ssize_t n = read_retrying(fd, out->bytes + out->length, piece);
        if (n < 0)
            return pil_error_set_errno(err, errno, "cannot read");
        if (n == 0)
            break;
        pil_buffer_set_length(out, out->length + (size_t)n);
        max_bytes -= (uint64_t)n;
    }
    return PIL_OK;
}

pil_status pil_file_read(const char *path, pil_buffer *out, pil_error *err)
{
    int fd = open_retrying(path, O_RDONLY | O_NONBLOCK, 0);
    if (fd < 0)
        return pil_error_set_errno(err, errno, "cannot open");
    pil_status status = pil_file_read_fd(fd, UINT64_MAX, out, err);
    close(fd);
    return status;
}

pil_status pil_file_write_fd(int fd, const void *bytes, size_t length, pil_error *err)
{
    const char *at = bytes;
    while (length > 0) {
        ssize_t n = write(fd, at, length);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return pil_error_set_errno(err, errno, "cannot write");
        at += n;
        length -= (size_t)n;
    }
    return PIL_OK;
}

/* fsync failing means that the bytes may be lost for good, so it is never tried again. */
static pil_status sync_and_close(int fd, pil_error *err)
{
    int failed = fsync(fd) != 0 ? errno : 0;
    if (close(fd) != 0 && failed == 0 && errno != EINTR)
        failed = errno;
    return failed == 0 ? PIL_OK : pil_error_set_errno(err, failed, "cannot sync");
}

pil_status pil_file_create(const char *path, const void *bytes, size_t length, pil_error *err)
{
    int fd = open_retrying(path, O_WRONLY | O_CREAT | O_EXCL, 0666);
    if (fd < 0 && errno == EEXIST)
        return pil_error_set(err, PIL_EXISTS, "exists already");
    if (fd < 0)
        return pil_error_set_errno(err, errno, "cannot create");
    pil_status status = pil_file_write_fd(fd, bytes, length, err);
    if (status == PIL_OK)
        status = sync_and_close(fd, err);
    else
        close(fd);
    if (status != PIL_OK)
        unlink(path);
    return status;
}

static char *parent_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (slash == NULL)
        return strdup(".");
    return slash == path ? strdup("/") : strndup(path, (size_t)(slash - path));
}

pil_status pil_file_replace_by(const char *path, const char *temporary, const void *bytes,
                               size_t length, pil_error *err)
{
    char *parent = parent_of(path);
    if (parent == NULL)
        return pil_error_no_memory(err);
    pil_status status = PIL_OK;
    if (unlink(temporary) != 0 && errno != ENOENT)
        status = pil_error_set_errno(err, errno, "cannot remove a leftover");
    if (status == PIL_OK)
        status = pil_file_create(temporary, bytes, length, err);
    if (status == PIL_OK && rename(temporary, path) != 0) {
        status = pil_error_set_errno(err, errno, "cannot rename");
        unlink(temporary);
    }
    if (status == PIL_OK)
        status = pil_file_sync(parent, err);
    free(parent);
    return status;
}

pil_status pil_file_replace(const char *path, const void *bytes, size_t length, pil_error *err)
{
    size_t path_length = strlen(path);
    char *temporary = malloc(path_length + sizeof ".new");
    if (temporary == NULL)
        return pil_error_no_memory(err);
    memcpy(temporary, path, path_length);
    memcpy(temporary + path_length, ".new", sizeof ".new");
    pil_status status = pil_file_replace_by(path, temporary, bytes, length, err);
    free(temporary);
    return status;
}

pil_status pil_file_sync(const char *path, pil_error *err)
{
    int fd = open_retrying(path, O_RDONLY, 0);
    if (fd < 0)
        return pil_error_set_errno(err, errno, "cannot open to sync");
    return sync_and_close(fd, err);
}

pil_status pil_file_digest(const char *path, pil_digest *digest, uint64_t *length, pil_error *err)
{
    pil_status status = PIL_OK;
    uint64_t total = 0;
    pil_digest_stream *stream = pil_digest_stream_new();
    char *piece = malloc(PIECE_BYTES);
    int fd = open_retrying(path, O_RDONLY | O_NONBLOCK, 0);
    if (fd < 0) {
        status = pil_error_set_errno(err, errno, "cannot open");
        goto done;
    }
    if (stream == NULL || piece == NULL) {
        status = pil_error_no_memory(err);
        goto done;
    }
    ssize_t n;
    while ((n = read_retrying(fd, piece, PIECE_BYTES)) > 0) {
        pil_digest_stream_add(stream, piece, (size_t)n);
        total += (uint64_t)n;
    }
    if (n < 0) {
        status = pil_error_set_errno(err, errno, "cannot read");
        goto done;
    }
    *digest = pil_digest_stream_get(stream);
    if (length != NULL)
        *length = total;
done:
    if (fd >= 0)
        close(fd);
    free(piece);
    pil_digest_stream_free(stream);
    return status;
}

/* What is in the way was found: that is never PIL_NOT_FOUND. */
static pil_status cannot_create(const char *path, int errnum, pil_error *err)
{
    pil_status status = pil_error_set_errno(err, errnum, "cannot create the directory %s", path);
    if (status == PIL_NOT_FOUND && err != NULL)
        err->status = PIL_IO;
    return status == PIL_NOT_FOUND ? PIL_IO : status;
}

pil_status pil_file_make_directories(const char *path, pil_error *err)
{
    char *copy = strdup(path);
    if (copy == NULL)
        return pil_error_no_memory(err);
    pil_status status = PIL_OK;
    for (char *at = copy + (*copy == '/'); status == PIL_OK; at++) {
        if (*at != '/' && *at != '\0')
            continue;
        char separator = *at;
        *at = '\0';
        struct stat info;
        if (mkdir(copy, 0777) != 0 &&
            (errno != EEXIST || stat(copy, &info) != 0 || !S_ISDIR(info.st_mode)))
            status = cannot_create(copy, errno == EEXIST ? ENOTDIR : errno, err);
        *at = separator;
        if (separator == '\0')
            break;
    }
    free(copy);
    return status;
}

/* One level at a time through descriptors: a name swapped for a link is not followed. */
static int remove_entries(int directory_fd)
{
    DIR *directory = fdopendir(directory_fd);
    if (directory == NULL) {
        close(directory_fd);
        return errno;
    }
    int failed = 0;
    struct dirent *entry;
    while (failed == 0 && (errno = 0, entry = readdir(directory)) != NULL) {
        const char *name = entry->d_name;
        if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
            continue;
        if (unlinkat(dirfd(directory), name, 0) == 0)
            continue;
        if (errno != EISDIR && errno != EPERM) {
            failed = errno;
            break;
        }
        int fd = openat(dirfd(directory), name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        failed = fd < 0 ? errno : remove_entries(fd);
        if (failed == 0 && unlinkat(dirfd(directory), name, AT_REMOVEDIR) != 0)
            failed = errno;
    }
    if (failed == 0)
        failed = errno;
    closedir(directory);
    return failed;
}

pil_status pil_file_remove_tree(const char *path, pil_error *err)
{
    int fd = open_retrying(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0);
    if (fd < 0)
        return errno == ENOENT ? PIL_OK : pil_error_set_errno(err, errno, "cannot open %s", path);
    int failed = remove_entries(fd);
    if (failed == 0 && rmdir(path) != 0)
        failed = errno;
    return failed == 0 ? PIL_OK : pil_error_set_errno(err, failed, "cannot remove %s", path);
}

char *pil_file_join(const char *directory, const char *name)
{
    size_t directory_length = strlen(directory), name_length = strlen(name);
    char *path = malloc(directory_length + name_length + 2);
    if (path == NULL)
        return NULL;
    memcpy(path, directory, directory_length);
    path[directory_length] = '/';
    memcpy(path + directory_length + 1, name, name_length + 1);
    return path;
}
