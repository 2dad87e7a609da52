/* pilcrow-extract: reads files of formats whose parsers are not to be trusted, in a cage, for
 * pilcrow-index, which starts it and talks to it over standard input (cage_wire.h). */
#include "base/buffer.h"
#include "base/file.h"
#include "cage_confine.h"
#include "cage_limits.h"
#include "cage_wire.h"
#include "read_internal.h"

#include <errno.h>
#include <locale.h>
#include <malloc.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

enum { SOCKET = 0, SENT_BYTES = 256 * 1024 };

/* Memory that stays with the process from file to file, and the largest piece that comes from it.
 * Given back and asked for again it would cost more than parsing a small file. */
enum { KEPT_BYTES = 32 << 20, KEPT_PIECE_BYTES = 8 << 20 };

/* What is to be sent is collected up to SENT_BYTES. */
typedef struct sender {
    pil_buffer out;
    pil_status status;
} sender;

static void flush(sender *to)
{
    if (to->status == PIL_OK)
        to->status = pil_file_write_fd(SOCKET, to->out.bytes, to->out.length, NULL);
    pil_buffer_clear(&to->out);
}

static pil_status send_article(void *context, const pil_article *article, pil_error *err)
{
    sender *to = context;
    pil_status status = pil_wire_put_article(&to->out, article);
    if (status == PIL_NO_MEMORY)
        return pil_error_no_memory(err);
    if (status != PIL_OK)
        return pil_error_set(err, PIL_BAD_INPUT, "more text comes out of it than can be read");
    if (to->out.length >= SENT_BYTES)
        flush(to);
    return to->status;
}

static void send_note(void *context, const pil_read_note *note)
{
    sender *to = context;
    if (to->status == PIL_OK)
        to->status = pil_wire_put_note(&to->out, note);
}

static void send_end(sender *to, pil_status status, const char *message)
{
    if (to->status == PIL_OK)
        to->status = pil_wire_put_end(&to->out, &(pil_wire_end){status, message});
    flush(to);
}

/* Receives the frame of a request, and the descriptor beside it. False at the end, or when it is no
 * request. */
static bool receive_request(pil_buffer *frame, int *fd)
{
    union {
        struct cmsghdr header; /* for its alignment */
        char bytes[CMSG_SPACE(sizeof(int))];
    } control;
    pil_buffer_clear(frame);
    if (pil_buffer_reserve(frame, PIL_WIRE_REQUEST_MAX_BYTES) != PIL_OK)
        return false;
    struct iovec piece = {.iov_base = frame->bytes, .iov_len = PIL_WIRE_REQUEST_MAX_BYTES};
    struct msghdr message = {.msg_iov = &piece,
                             .msg_iovlen = 1,
                             .msg_control = control.bytes,
                             .msg_controllen = sizeof control.bytes};
    ssize_t n;
    do
        n = recvmsg(SOCKET, &message, MSG_CMSG_CLOEXEC);
    while (n < 0 && errno == EINTR);
    const struct cmsghdr *header = n > 0 ? CMSG_FIRSTHDR(&message) : NULL;
    if (header == NULL || header->cmsg_type != SCM_RIGHTS)
        return false;
    memcpy(fd, CMSG_DATA(header), sizeof *fd);
    pil_buffer_set_length(frame, (size_t)n);
    /* It is sent as a whole and is short: it comes as a whole. */
    return n >= PIL_WIRE_HEAD_BYTES && frame->bytes[0] == PIL_WIRE_REQUEST &&
           (size_t)n == PIL_WIRE_HEAD_BYTES + (size_t)pil_wire_body_length(frame->bytes);
}

static void read_file(sender *to, const pil_wire_request *request, int fd)
{
    const pil_article_sink sink = {.article = send_article, .note = send_note, .context = to};
    const pil_read_options options = {.file_name = request->file_name,
                                      .text_column = request->text_column,
                                      .ocr_language = request->ocr_language};
    pil_error err = {0};
    size_t length = (size_t)request->n_bytes;
    void *bytes = NULL;
    if (!pil_cage_confine_for_file(request->n_bytes, request->ocr_language != NULL)) {
        send_end(to, PIL_BAD_INPUT, "its reader cannot be confined");
        return;
    }
    if (length > 0)
        bytes = mmap(NULL, length, PROT_READ, MAP_PRIVATE, fd, 0);
    if (bytes == MAP_FAILED) {
        send_end(to, PIL_NO_MEMORY, "");
        return;
    }
    pil_status status = pil_read_articles(request->format, bytes == NULL ? "" : bytes, length,
                                          &options, &sink, &err);
    if (bytes != NULL)
        munmap(bytes, length);
    send_end(to, status, err.message);
}

int main(void)
{
    sender to = {.status = PIL_OK};
    pil_buffer frame;
    pil_arena arena = {0};
    pil_wire_hello hello = {.has_seccomp = true};
    pil_buffer_init(&to.out, PIL_CAGE_OUTPUT_BYTES * 2);
    pil_buffer_init(&frame, 2 * PIL_WIRE_REQUEST_MAX_BYTES);
    mallopt(M_TRIM_THRESHOLD, KEPT_BYTES);
    mallopt(M_MMAP_THRESHOLD, KEPT_PIECE_BYTES);
    /* For the names in archives: libarchive gives none that the locale cannot write. */
    setlocale(LC_CTYPE, "C.UTF-8");
    if (isatty(SOCKET) || send(SOCKET, "", 0, 0) < 0) {
        fputs("pilcrow-extract is run by pilcrow-index, and has no use of its own\n", stderr);
        return 2;
    }
    if (!pil_cage_confine(&hello.landlock_abi))
        return 6;
    to.status = pil_wire_put_hello(&to.out, &hello);
    flush(&to);
    int fd;
    while (to.status == PIL_OK && receive_request(&frame, &fd)) {
        pil_wire_request request;
        pil_arena_clear(&arena);
        if (!pil_wire_get_request(frame.bytes + PIL_WIRE_HEAD_BYTES,
                                  frame.length - PIL_WIRE_HEAD_BYTES, &arena, &request))
            break;
        read_file(&to, &request, fd);
        close(fd);
    }
    _exit(0);
}
