#define _GNU_SOURCE /* memfd_create, file seals */
#include "cage.h"

#include "base/file.h"
#include "cage_limits.h"
#include "start_program.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PROGRAM "pilcrow-extract"

enum { RECEIVED_BYTES = 256 * 1024, START_SECONDS = 30 };

typedef struct cage_worker {
    pid_t pid; /* 0: none is running */
    int fd;    /* our end of the socket */
    pil_wire_hello hello;
    pil_buffer received;
    size_t n_taken;  /* of it */
    pil_arena arena; /* of the frame at hand */
    pil_paragraphs paragraphs;
} cage_worker;

struct pil_cage {
    cage_worker *workers; /* [0..n) */
    unsigned n;
    char *program; /* NULL: there is none */
};

/* One file being read. */
typedef struct cage_reading {
    cage_worker *worker;
    const pil_article_sink *sink;
    uint64_t n_bytes;      /* of the file */
    uint64_t more_seconds; /* for it than for others */
    uint64_t n_received;   /* of frames */
    int64_t time_left_ns;  /* that we may wait, all in all */
    size_t n_articles;
    bool is_done;      /* it ended, or the sink wants no more */
    bool is_ended;     /* the worker is ready for the next one */
    pil_status status; /* when done: of the reader, or of the sink */
    pil_error *err;
} cage_reading;

/* ---- where the program is ---- */

/* The path of this program with its name replaced; NULL when there is no such program. */
static char *find_beside(const char *self, size_t directory_length, const char *place)
{
    size_t size = directory_length + strlen(place) + 1;
    char *path = malloc(size);
    if (path == NULL)
        return NULL;
    snprintf(path, size, "%.*s%s", (int)directory_length, self, place);
    if (access(path, X_OK) == 0)
        return path;
    free(path);
    return NULL;
}

/* Beside this program, as it is built, or where it is installed. Not by PATH: what is run is what
 * was built with it. */
static char *find_program(void)
{
    char self[4096];
    ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    if (length <= 0)
        return NULL;
    self[length] = '\0';
    size_t directory_length = (size_t)(strrchr(self, '/') - self);
    char *path = find_beside(self, directory_length, "/" PROGRAM);
    return path != NULL ? path
                        : find_beside(self, directory_length, "/../libexec/pilcrow/" PROGRAM);
}

pil_status pil_cage_new(pil_cage **out, unsigned n_workers, pil_error *err)
{
    pil_cage *cage = calloc(1, sizeof *cage);
    if (cage != NULL)
        cage->workers = calloc(n_workers, sizeof *cage->workers);
    if (cage == NULL || cage->workers == NULL) {
        free(cage);
        return pil_error_no_memory(err);
    }
    cage->n = n_workers;
    for (unsigned i = 0; i < n_workers; i++)
        pil_buffer_init(&cage->workers[i].received, UINT32_MAX);
    cage->program = find_program();
    *out = cage;
    return PIL_OK;
}

/* ---- starting and ending ---- */

/* Ends the worker, whatever it is doing. Returns its wait status. */
static int end_worker(cage_worker *worker)
{
    int wait_status = 0;
    if (worker->pid == 0)
        return 0;
    close(worker->fd);
    kill(worker->pid, SIGKILL);
    while (waitpid(worker->pid, &wait_status, 0) < 0 && errno == EINTR)
        ;
    worker->pid = 0;
    worker->n_taken = 0;
    pil_buffer_clear(&worker->received);
    return wait_status;
}

void pil_cage_free(pil_cage *cage)
{
    if (cage == NULL)
        return;
    for (unsigned i = 0; i < cage->n; i++) {
        cage_worker *worker = &cage->workers[i];
        end_worker(worker);
        pil_buffer_dispose(&worker->received);
        pil_arena_dispose(&worker->arena);
        pil_paragraphs_dispose(&worker->paragraphs);
    }
    free(cage->workers);
    free(cage->program);
    free(cage);
}

/* The program with the socket as its standard input, and no environment of ours. */
static int spawn(char *program, int theirs, pid_t *pid)
{
    char *const arguments[] = {program, NULL};
    char locale[] = "LC_ALL=C.UTF-8";
    /* It may have no threads, and OpenMP, which tesseract uses, ends a program that gets none. */
    char threads[] = "OMP_THREAD_LIMIT=1";
    char *const environment[] = {locale, threads, NULL};
    return pil_start_program(arguments, environment, (const int[]){theirs, -1, -1}, pid);
}

/* ---- frames ---- */

static int64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

typedef enum wait_outcome {
    WAIT_OK,
    WAIT_ENDED,
    WAIT_TOO_LONG,
    WAIT_TOO_MUCH,
    WAIT_NO_MEMORY
} wait_outcome;

/* The bytes that are received and not taken, and how many. */
static const char *pending(const cage_worker *worker, size_t *length)
{
    *length = worker->received.length - worker->n_taken;
    return worker->received.bytes + worker->n_taken;
}

/* Moves what is pending to the front, so that the room behind it can be filled. */
static void make_room(cage_worker *worker)
{
    size_t length;
    const char *bytes = pending(worker, &length);
    if (worker->n_taken > 0)
        memmove(worker->received.bytes, bytes, length);
    pil_buffer_set_length(&worker->received, length);
    worker->n_taken = 0;
}

/* Receives more bytes, counting the time until they come. */
static wait_outcome receive(cage_reading *run)
{
    cage_worker *worker = run->worker;
    pil_buffer *to = &worker->received;
    struct pollfd poll_fd = {.fd = worker->fd, .events = POLLIN};
    int64_t begin = now_ns();
    if (run->time_left_ns <= 0)
        return WAIT_TOO_LONG;
    int n_ready = poll(&poll_fd, 1, (int)(run->time_left_ns / 1000000) + 1);
    run->time_left_ns -= now_ns() - begin;
    if (n_ready <= 0) /* the time is up, or a signal came: the caller goes on while there is time */
        return WAIT_OK;
    make_room(worker);
    if (pil_buffer_reserve(to, RECEIVED_BYTES) != PIL_OK)
        return WAIT_NO_MEMORY;
    ssize_t n = recv(worker->fd, to->bytes + to->length, RECEIVED_BYTES, 0);
    if (n < 0 && errno == EINTR)
        return WAIT_OK;
    if (n <= 0)
        return WAIT_ENDED;
    pil_buffer_set_length(to, to->length + (size_t)n);
    run->n_received += (uint64_t)n;
    return run->n_received > pil_cage_output_max(run->n_bytes) ? WAIT_TOO_MUCH : WAIT_OK;
}

/* A whole frame, whose body is *length long. It stays until more is received. */
static wait_outcome next_frame(cage_reading *run, char *type, const char **body, size_t *length)
{
    cage_worker *worker = run->worker;
    for (;;) {
        size_t n;
        const char *bytes = pending(worker, &n);
        *length = n < PIL_WIRE_HEAD_BYTES ? 0 : pil_wire_body_length(bytes);
        if (n >= PIL_WIRE_HEAD_BYTES && n - PIL_WIRE_HEAD_BYTES >= *length) {
            *type = bytes[0];
            *body = bytes + PIL_WIRE_HEAD_BYTES;
            worker->n_taken += PIL_WIRE_HEAD_BYTES + *length;
            return WAIT_OK;
        }
        wait_outcome outcome = receive(run);
        if (outcome != WAIT_OK)
            return outcome;
    }
}

static pil_status start_worker(pil_cage *cage, cage_worker *worker, pil_error *err)
{
    int ends[2];
    if (cage->program == NULL)
        return pil_error_set(err, PIL_UNSUPPORTED,
                             "%s, which reads this format, is neither beside pilcrow-index nor in "
                             "../libexec/pilcrow: install it again",
                             PROGRAM);
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return pil_error_set_errno(err, errno, "cannot start %s", PROGRAM);
    int failure = spawn(cage->program, ends[1], &worker->pid);
    close(ends[1]);
    if (failure != 0) {
        worker->pid = 0;
        close(ends[0]);
        return pil_error_set_errno(err, failure, "cannot start %s", PROGRAM);
    }
    worker->fd = ends[0];
    cage_reading run = {.worker = worker, .time_left_ns = START_SECONDS * INT64_C(1000000000)};
    char type;
    const char *body;
    size_t length;
    if (next_frame(&run, &type, &body, &length) == WAIT_OK && type == PIL_WIRE_HELLO &&
        pil_wire_get_hello(body, length, &worker->hello))
        return PIL_OK;
    int wait_status = end_worker(worker);
    return pil_error_set(err, PIL_UNSUPPORTED,
                         "%s cannot be confined here (exit status %d): not read", PROGRAM,
                         WIFEXITED(wait_status) ? WEXITSTATUS(wait_status) : -1);
}

/* ---- asking ---- */

/* A descriptor of a file in memory with these bytes, which nobody can change any more. */
static int make_file(const char *bytes, size_t length, pil_error *err)
{
    int fd = memfd_create("pilcrow-input", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (fd < 0) {
        pil_error_set_errno(err, errno, "cannot make a file in memory");
        return -1;
    }
    if (pil_file_write_fd(fd, bytes, length, err) != PIL_OK ||
        fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) != 0) {
        close(fd);
        return -1;
    }
    return fd;
}

/* Sends the request with the descriptor beside it. False when the worker is gone. */
static bool send_request(const cage_worker *worker, const pil_buffer *frame, int fd)
{
    union {
        struct cmsghdr header; /* for its alignment */
        char bytes[CMSG_SPACE(sizeof(int))];
    } control = {.bytes = {0}};
    struct iovec piece = {.iov_base = frame->bytes, .iov_len = frame->length};
    struct msghdr message = {.msg_iov = &piece,
                             .msg_iovlen = 1,
                             .msg_control = control.bytes,
                             .msg_controllen = sizeof control.bytes};
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof fd);
    memcpy(CMSG_DATA(header), &fd, sizeof fd);
    ssize_t n;
    do
        n = sendmsg(worker->fd, &message, MSG_NOSIGNAL);
    while (n < 0 && errno == EINTR);
    return n == (ssize_t)frame->length;
}

/* ---- answers ---- */

static bool take_article(cage_reading *run, const char *body, size_t length)
{
    pil_article article;
    cage_worker *worker = run->worker;
    if (!pil_wire_get_article(body, length, &worker->arena, &worker->paragraphs, &article))
        return false;
    run->n_articles++;
    run->status = run->sink->article(run->sink->context, &article, run->err);
    run->is_done = run->status != PIL_OK;
    return true;
}

static bool take_note(const cage_reading *run, const char *body, size_t length)
{
    pil_read_note note;
    if (!pil_wire_get_note(body, length, &run->worker->arena, &note))
        return false;
    if (run->sink->note != NULL)
        run->sink->note(run->sink->context, &note);
    return true;
}

static bool take_end(cage_reading *run, const char *body, size_t length)
{
    pil_wire_end end;
    if (!pil_wire_get_end(body, length, &run->worker->arena, &end))
        return false;
    run->is_done = run->is_ended = true;
    run->status = end.status;
    if (end.status == PIL_NO_MEMORY)
        run->status = pil_error_set(run->err, PIL_BAD_INPUT,
                                    "reading it takes more than %llu MB of memory: not read",
                                    (unsigned long long)(PIL_CAGE_MEMORY_BYTES >> 20));
    else if (end.status != PIL_OK)
        run->status = pil_error_set(run->err, PIL_BAD_INPUT, "%s", end.message);
    return true;
}

/* False when the frame is not one that a reader sends. */
static bool take_frame(cage_reading *run, char type, const char *body, size_t length)
{
    pil_arena_clear(&run->worker->arena);
    switch (type) {
    case PIL_WIRE_ARTICLE:
        return take_article(run, body, length);
    case PIL_WIRE_NOTE:
        return take_note(run, body, length);
    case PIL_WIRE_END:
        return take_end(run, body, length);
    default:
        return false;
    }
}

/* What became of a worker that will not answer any more. */
static void explain(const cage_reading *run, wait_outcome outcome, bool is_nonsense,
                    int wait_status, char *out, size_t size)
{
    int signal = WIFSIGNALED(wait_status) ? WTERMSIG(wait_status) : 0;
    if (is_nonsense)
        snprintf(out, size,
                 "its reader sent what is no article: the file is hostile, or this is "
                 "an error in Pilcrow");
    else if (outcome == WAIT_TOO_LONG)
        snprintf(out, size, "reading it took more than %llu s: damaged or hostile",
                 (unsigned long long)(PIL_CAGE_WALL_SECONDS + run->more_seconds));
    else if (signal == SIGXCPU)
        snprintf(out, size, "reading it took more than %llu s of the processor: damaged or hostile",
                 (unsigned long long)(PIL_CAGE_CPU_SECONDS + run->more_seconds));
    else if (outcome == WAIT_TOO_MUCH)
        snprintf(out, size, "more than %llu MB of text come out of it: a bomb",
                 (unsigned long long)(pil_cage_output_max(run->n_bytes) >> 20));
    else
        snprintf(out, size,
                 "its reader ended (%s): damaged or hostile, or it takes more than "
                 "%llu MB of memory",
                 signal != 0 ? strsignal(signal) : "by itself",
                 (unsigned long long)(PIL_CAGE_MEMORY_BYTES >> 20));
}

/* The rest of the file is lost: all of it, or what is behind the articles that came. */
static pil_status fail(cage_reading *run, wait_outcome outcome, bool is_nonsense)
{
    cage_worker *worker = run->worker;
    char why[200];
    /* One that has ended has a status of its own: what kills it now comes too late to change it. */
    int wait_status = end_worker(worker);
    if (outcome == WAIT_NO_MEMORY)
        return pil_error_no_memory(run->err);
    explain(run, outcome, is_nonsense, wait_status, why, sizeof why);
    if (run->n_articles == 0)
        return pil_error_set(run->err, PIL_BAD_INPUT, "%s", why);
    char message[256];
    snprintf(message, sizeof message, "what follows is missing: %s", why);
    if (run->sink->note != NULL)
        run->sink->note(run->sink->context, &(pil_read_note){.skipped = true, .message = message});
    return PIL_OK;
}

static pil_status read_answers(cage_reading *run)
{
    while (!run->is_done) {
        char type;
        const char *body;
        size_t length;
        wait_outcome outcome = next_frame(run, &type, &body, &length);
        bool is_nonsense = outcome == WAIT_OK && !take_frame(run, type, body, length);
        if (outcome != WAIT_OK || is_nonsense)
            return fail(run, outcome, is_nonsense);
    }
    if (!run->is_ended)
        end_worker(run->worker);
    return run->status;
}

/* Starts the worker if need be and hands it the file. One that was idle may have been killed. */
static pil_status ask(pil_cage *cage, cage_worker *worker, const pil_buffer *frame, int fd,
                      pil_error *err)
{
    for (int attempt = 0; attempt < 2; attempt++) {
        pil_status status = worker->pid == 0 ? start_worker(cage, worker, err) : PIL_OK;
        if (status != PIL_OK)
            return status;
        if (send_request(worker, frame, fd))
            return PIL_OK;
        end_worker(worker);
    }
    return pil_error_set(err, PIL_UNSUPPORTED, "%s ends before it is asked: not read", PROGRAM);
}

pil_status pil_cage_read(pil_cage *cage, unsigned worker, pil_format format, const char *bytes,
                         size_t length, const pil_read_options *options,
                         const pil_article_sink *sink, pil_error *err)
{
    cage_reading run = {
        .worker = &cage->workers[worker],
        .sink = sink,
        .n_bytes = length,
        .more_seconds = pil_cage_more_seconds(length, options->ocr_language != NULL),
        .err = err,
    };
    run.time_left_ns = (int64_t)(PIL_CAGE_WALL_SECONDS + run.more_seconds) * INT64_C(1000000000);
    const pil_wire_request request = {.format = format,
                                      .n_bytes = length,
                                      .file_name = options->file_name,
                                      .text_column = options->text_column,
                                      .ocr_language = options->ocr_language};
    pil_buffer frame;
    pil_buffer_init(&frame, PIL_WIRE_REQUEST_MAX_BYTES);
    int fd = -1;
    pil_status status = pil_wire_put_request(&frame, &request);
    if (status != PIL_OK)
        pil_error_no_memory(err);
    if (status == PIL_OK) {
        fd = make_file(bytes, length, err);
        status = fd < 0 ? PIL_BAD_INPUT : PIL_OK;
    }
    if (status == PIL_OK)
        status = ask(cage, run.worker, &frame, fd, err);
    if (fd >= 0)
        close(fd);
    pil_buffer_dispose(&frame);
    return status == PIL_OK ? read_answers(&run) : status;
}

pil_status pil_cage_describe(pil_cage *cage, pil_wire_hello *out, pil_error *err)
{
    cage_worker *worker = &cage->workers[0];
    pil_status status = worker->pid == 0 ? start_worker(cage, worker, err) : PIL_OK;
    if (status == PIL_OK)
        *out = worker->hello;
    return status;
}
