#ifdef __linux__
#define _GNU_SOURCE /* sync_file_range */
#endif
#include "checked_file.h"

#include "base/file.h"
#include "base/hash.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* After so many bytes the system is asked to begin writing them to the disk, so that little is
 * left to wait for at the end. */
enum { WRITEBACK_BYTES = 8 * PIL_CHUNK_BYTES };

struct pil_checked_file {
    int fd;
    size_t n_used; /* of chunk */
    uint64_t n_written_back;
    size_t capacity; /* of sums.chunks */
    pil_file_checksums sums;
    unsigned char chunk[PIL_CHUNK_BYTES];
};

void pil_file_checksums_dispose(pil_file_checksums *checksums)
{
    if (checksums == NULL)
        return;
    free(checksums->chunks);
    memset(checksums, 0, sizeof *checksums);
}

pil_status pil_checked_file_create(pil_checked_file **out, const char *directory, const char *name,
                                   pil_error *err)
{
    *out = NULL;
    size_t name_length = strlen(name);
    assert(name_length < sizeof(*out)->sums.name);
    char *path = pil_file_join(directory, name);
    /* The chunk need not be zeroed. */
    pil_checked_file *file = malloc(sizeof *file);
    if (path == NULL || file == NULL) {
        free(path);
        free(file);
        return pil_error_no_memory(err);
    }
    file->n_used = file->capacity = 0;
    file->n_written_back = 0;
    file->sums = (pil_file_checksums){.n_bytes = 0};
    memcpy(file->sums.name, name, name_length + 1);
    do
        file->fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    while (file->fd < 0 && errno == EINTR);
    int failed = errno;
    free(path);
    if (file->fd < 0) {
        free(file);
        return failed == EEXIST ? pil_error_set(err, PIL_EXISTS, "%s exists already", name)
                                : pil_error_set_errno(err, failed, "cannot create %s", name);
    }
    *out = file;
    return PIL_OK;
}

static pil_status keep_sum(pil_file_checksums *sums, size_t *capacity, uint64_t sum, pil_error *err)
{
    if (sums->n_chunks == *capacity) {
        size_t larger = *capacity == 0 ? 16 : *capacity * 2;
        uint64_t *chunks = realloc(sums->chunks, larger * sizeof *chunks);
        if (chunks == NULL)
            return pil_error_no_memory(err);
        sums->chunks = chunks;
        *capacity = larger;
    }
    sums->chunks[sums->n_chunks++] = sum;
    return PIL_OK;
}

static void begin_writeback(pil_checked_file *file)
{
#ifdef __linux__
    uint64_t n_new = file->sums.n_bytes - file->n_written_back;
    if (n_new < WRITEBACK_BYTES)
        return;
    /* Only a hint: where it fails, fsync does it all. */
    (void)sync_file_range(file->fd, (off_t)file->n_written_back, (off_t)n_new,
                          SYNC_FILE_RANGE_WRITE);
    file->n_written_back = file->sums.n_bytes;
#else
    (void)file;
#endif
}

static pil_status write_chunk(pil_checked_file *file, pil_error *err)
{
    pil_status status =
        keep_sum(&file->sums, &file->capacity, pil_hash64(file->chunk, file->n_used), err);
    if (status == PIL_OK)
        status = pil_file_write_fd(file->fd, file->chunk, file->n_used, err);
    if (status != PIL_OK)
        return status;
    file->sums.n_bytes += file->n_used;
    file->n_used = 0;
    begin_writeback(file);
    return PIL_OK;
}

pil_status pil_checked_file_write(pil_checked_file *file, const void *bytes, size_t length,
                                  pil_error *err)
{
    const unsigned char *at = bytes;
    while (length > 0) {
        size_t n = sizeof file->chunk - file->n_used;
        if (n > length)
            n = length;
        memcpy(file->chunk + file->n_used, at, n);
        file->n_used += n;
        at += n;
        length -= n;
        if (file->n_used < sizeof file->chunk)
            break;
        pil_status status = write_chunk(file, err);
        if (status != PIL_OK)
            return status;
    }
    return PIL_OK;
}

pil_status pil_checked_file_finish(pil_checked_file *file, pil_file_checksums *out, pil_error *err)
{
    pil_status status = file->n_used > 0 ? write_chunk(file, err) : PIL_OK;
    if (status == PIL_OK && fsync(file->fd) != 0)
        status = pil_error_set_errno(err, errno, "cannot sync %s", file->sums.name);
    int fd = file->fd;
    file->fd = -1;
    if (close(fd) != 0 && errno != EINTR && status == PIL_OK)
        status = pil_error_set_errno(err, errno, "cannot close %s", file->sums.name);
    if (status == PIL_OK) {
        *out = file->sums;
        file->sums.chunks = NULL;
    }
    pil_checked_file_abandon(file);
    return status;
}

void pil_checked_file_abandon(pil_checked_file *file)
{
    if (file == NULL)
        return;
    if (file->fd >= 0)
        close(file->fd);
    pil_file_checksums_dispose(&file->sums);
    free(file);
}
