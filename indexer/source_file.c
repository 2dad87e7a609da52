#include "source_file.h"

#include "base/file.h"
#include "walk.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* How much of a file with a record a line is held at a time; a longer line is held whole. */
enum { PIECE_BYTES = 2 << 20 };

pil_status pil_source_file_open(pil_source_file *out, const char *path, pil_error *err)
{
    *out = (pil_source_file){.fd = -1};
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (fd < 0 && errno == ELOOP)
        return pil_error_set(err, PIL_BAD_INPUT, "a symbolic link was put in its place");
    if (fd < 0)
        return pil_error_set(err, PIL_IO, "cannot open: %s", strerror(errno));
    struct stat info;
    if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) {
        close(fd);
        return pil_error_set(err, PIL_BAD_INPUT,
                             "not a regular file: only files and directories are read");
    }
    *out = (pil_source_file){.fd = fd, .stat = pil_walk_stat(&info)};
    return PIL_OK;
}

void pil_source_file_close(pil_source_file *file)
{
    if (file->fd >= 0)
        close(file->fd);
    file->fd = -1;
}

pil_status pil_source_file_digest(pil_source_file *file, pil_digest *out, pil_error *err)
{
    pil_digest_stream *stream = pil_digest_stream_new();
    pil_buffer piece;
    pil_buffer_init(&piece, PIECE_BYTES);
    pil_status status = stream == NULL ? pil_error_no_memory(err) : PIL_OK;
    uint64_t left = file->stat.n_bytes;
    while (status == PIL_OK && left > 0) {
        uint64_t wanted = left < PIECE_BYTES ? left : PIECE_BYTES;
        pil_buffer_clear(&piece);
        status = pil_file_read_fd(file->fd, wanted, &piece, err);
        if (status == PIL_OK && piece.length < wanted)
            status = pil_error_set(err, PIL_BAD_INPUT, "it got shorter while it was read");
        if (status == PIL_OK)
            pil_digest_stream_add(stream, piece.bytes, piece.length);
        left -= piece.length;
    }
    if (status == PIL_OK)
        *out = pil_digest_stream_get(stream);
    if (status == PIL_OK && lseek(file->fd, 0, SEEK_SET) != 0)
        status = pil_error_set_errno(err, errno, "cannot go back to its start");
    pil_digest_stream_free(stream);
    pil_buffer_dispose(&piece);
    return status;
}

static uint32_t count_lines(const char *bytes, size_t length)
{
    uint32_t n = 0;
    const char *end = bytes + length;
    for (const char *at = bytes; (at = memchr(at, '\n', (size_t)(end - at))) != NULL; at++)
        n++;
    return n;
}

/* Where the last whole line of bytes[0..length) ends; 0 when there is none. */
static size_t end_of_lines(const char *bytes, size_t length)
{
    while (length > 0 && bytes[length - 1] != '\n')
        length--;
    return length;
}

/* Lines of UTF-16 cannot be cut at bytes: such a file is read whole. */
static bool is_utf16(const pil_buffer *piece)
{
    return piece->length >= 2 &&
           (memcmp(piece->bytes, "\xFF\xFE", 2) == 0 || memcmp(piece->bytes, "\xFE\xFF", 2) == 0);
}

/* Appends the next bytes to piece; *at_end when there are no more. */
static pil_status read_more(int fd, uint64_t wanted, uint64_t *size, bool by_lines,
                            pil_buffer *piece, bool *at_end, pil_error *err)
{
    size_t before = piece->length;
    pil_status status = pil_file_read_fd(fd, wanted, piece, err);
    if (status == PIL_INVALID_ARGUMENT)
        return pil_error_set(err, PIL_BAD_INPUT, "%s over the limit of 1 GiB: split it",
                             by_lines ? "a line is" : "the file is");
    size_t n_read = piece->length - before;
    *size -= n_read;
    *at_end = n_read < wanted || *size == 0;
    return status;
}

/* Hands out piece up to length, and puts what is behind it into a new one. */
static pil_status hand_out(pil_buffer *piece, size_t length, uint32_t line_offset, bool is_last,
                           pil_source_taker taker, void *context, pil_error *err)
{
    pil_buffer rest;
    pil_buffer_init(&rest, PIL_SOURCE_MAX_BYTES);
    if (pil_buffer_append(&rest, piece->bytes + length, piece->length - length) != PIL_OK)
        return pil_error_no_memory(err);
    pil_buffer_set_length(piece, length);
    pil_status status = taker(context, piece, line_offset, is_last, err);
    *piece = rest;
    return status;
}

pil_status pil_source_file_read(int fd, uint64_t size, bool by_lines, pil_source_taker taker,
                                void *context, pil_error *err)
{
    pil_buffer piece;
    pil_buffer_init(&piece, PIL_SOURCE_MAX_BYTES);
    uint32_t line_offset = 0;
    pil_status status = PIL_OK;
    for (bool is_first = true, at_end = false; status == PIL_OK && !at_end; is_first = false) {
        uint64_t wanted = by_lines && size > PIECE_BYTES ? PIECE_BYTES : size;
        status = read_more(fd, wanted, &size, by_lines, &piece, &at_end, err);
        if (is_first && is_utf16(&piece))
            by_lines = false;
        if (status != PIL_OK || (!by_lines && !at_end))
            continue;
        size_t length = at_end ? piece.length : end_of_lines(piece.bytes, piece.length);
        if (length == 0 && !at_end)
            continue;
        uint32_t n_lines = count_lines(piece.bytes, length);
        status = hand_out(&piece, length, line_offset, at_end, taker, context, err);
        line_offset += n_lines;
    }
    pil_buffer_dispose(&piece);
    return status;
}
