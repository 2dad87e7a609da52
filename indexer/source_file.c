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

static pil_status fail_shorter(pil_error *err)
{
    return pil_error_set(err, PIL_BAD_INPUT, "it got shorter while it was read");
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
            status = fail_shorter(err);
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

/* A file being read. */
typedef struct file_reading {
    int fd;
    uint64_t n_left; /* bytes to read at the most */
    bool by_lines;
    bool at_end;
    pil_buffer piece;          /* read and not handed out */
    pil_digest_stream *digest; /* of what was read, or NULL */
} file_reading;

/* Appends the next bytes to the piece. */
static pil_status read_more(file_reading *run, pil_error *err)
{
    uint64_t wanted = run->by_lines && run->n_left > PIECE_BYTES ? PIECE_BYTES : run->n_left;
    size_t before = run->piece.length;
    pil_status status = pil_file_read_fd(run->fd, wanted, &run->piece, err);
    if (status == PIL_INVALID_ARGUMENT)
        return pil_error_set(err, PIL_BAD_INPUT, "%s over the limit of 1 GiB: split it",
                             run->by_lines ? "a line is" : "the file is");
    size_t n_read = run->piece.length - before;
    run->n_left -= n_read;
    run->at_end = n_read < wanted || run->n_left == 0;
    if (status != PIL_OK || run->digest == NULL)
        return status;
    pil_digest_stream_add(run->digest, run->piece.bytes + before, n_read);
    return n_read < wanted ? fail_shorter(err) : PIL_OK;
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

/* Reads pieces until the end. */
static pil_status read_pieces(file_reading *run, pil_digest *content, pil_source_taker taker,
                              void *context, pil_error *err)
{
    uint32_t line_offset = 0;
    pil_status status = PIL_OK;
    for (bool is_first = true; status == PIL_OK && !run->at_end; is_first = false) {
        status = read_more(run, err);
        if (is_first && is_utf16(&run->piece))
            run->by_lines = false;
        if (status != PIL_OK || (!run->by_lines && !run->at_end))
            continue;
        size_t length =
            run->at_end ? run->piece.length : end_of_lines(run->piece.bytes, run->piece.length);
        if (length == 0 && !run->at_end)
            continue;
        if (run->at_end && content != NULL)
            *content = pil_digest_stream_get(run->digest);
        uint32_t n_lines = count_lines(run->piece.bytes, length);
        status = hand_out(&run->piece, length, line_offset, run->at_end, taker, context, err);
        line_offset += n_lines;
    }
    return status;
}

pil_status pil_source_file_read(int fd, uint64_t size, bool by_lines, pil_digest *content,
                                pil_source_taker taker, void *context, pil_error *err)
{
    file_reading run = {.fd = fd, .n_left = size, .by_lines = by_lines};
    pil_buffer_init(&run.piece, PIL_SOURCE_MAX_BYTES);
    if (content != NULL) {
        run.digest = pil_digest_stream_new();
        if (run.digest == NULL)
            return pil_error_no_memory(err);
    }
    pil_status status = read_pieces(&run, content, taker, context, err);
    pil_digest_stream_free(run.digest);
    pil_buffer_dispose(&run.piece);
    return status;
}
