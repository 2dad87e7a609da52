#define _GNU_SOURCE /* pipe2, environ */
#include "run_filter.h"

#include "base/utf8.h"
#include "start_program.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PIECE_BYTES = 64 * 1024, ERRORS_KEPT_BYTES = 4096 };

typedef enum run_outcome { RUN_ENDED, RUN_TOO_LONG, RUN_TOO_MUCH, RUN_NO_MEMORY } run_outcome;

/* A program that runs. */
typedef struct filter_run {
    pid_t pid;
    int ended;  /* can be read once it has ended */
    int output; /* our ends of its standard output and error */
    int errors;
    pil_buffer *out;
    pil_buffer error_text; /* the end of what it said */
} filter_run;

/* ---- the arguments ---- */

static pil_status append_word(pil_buffer *to, const char *word, const char *path)
{
    pil_status status = PIL_OK;
    for (const char *at = word; *at != '\0' && status == PIL_OK; at++) {
        if (*at != '%')
            status = pil_buffer_append_byte(to, *at);
        else if (*++at == 'f')
            status = pil_buffer_append_string(to, path);
        else
            status = pil_buffer_append_byte(to, '%');
    }
    return status == PIL_OK ? pil_buffer_append_byte(to, '\0') : status;
}

/* The words with the path in them: argv, whose strings are in text. NULL when memory ran out. */
static char **make_arguments(const pil_file_filter *filter, const char *path, pil_buffer *text)
{
    size_t n = 0;
    pil_status status = PIL_OK;
    for (; filter->words[n] != NULL && status == PIL_OK; n++)
        status = append_word(text, filter->words[n], path);
    char **arguments = status == PIL_OK ? calloc(n + 1, sizeof *arguments) : NULL;
    char *at = text->bytes;
    for (size_t i = 0; i < n && arguments != NULL; i++) {
        arguments[i] = at;
        at += strlen(at) + 1;
    }
    return arguments;
}

/* ---- starting and ending ---- */

/* Ends what is left of the group: its number is not given to others before the program, which
 * leads it, is waited for. Returns the wait status. */
static int end(filter_run *run)
{
    int wait_status = 0;
    kill(-run->pid, SIGKILL);
    while (waitpid(run->pid, &wait_status, 0) < 0 && errno == EINTR)
        ;
    const int ours[] = {run->ended, run->output, run->errors};
    for (size_t i = 0; i < sizeof ours / sizeof ours[0]; i++) {
        if (ours[i] >= 0)
            close(ours[i]);
    }
    return wait_status;
}

/* 0, or an errno: nothing runs then. */
static int start(filter_run *run, char *const *arguments)
{
    int output[2], errors[2];
    if (pipe2(output, O_CLOEXEC) != 0)
        return errno;
    if (pipe2(errors, O_CLOEXEC) != 0) {
        int failure = errno;
        close(output[0]);
        close(output[1]);
        return failure;
    }
    run->output = output[0];
    run->errors = errors[0];
    /* In the directory / a relative path in a command or in PATH leads to nothing that came with
     * the files. */
    const int descriptors[] = {-1, output[1], errors[1]};
    int failure = pil_start_program(arguments, environ, descriptors, &run->pid);
    close(output[1]);
    close(errors[1]);
    if (failure != 0) {
        close(run->output);
        close(run->errors);
        return failure;
    }
    fcntl(run->output, F_SETFL, O_NONBLOCK);
    fcntl(run->errors, F_SETFL, O_NONBLOCK);
    run->ended = pidfd_open(run->pid, 0);
    if (run->ended >= 0)
        return 0;
    failure = errno;
    end(run);
    return failure;
}

/* ---- what it prints ---- */

static void forget_old_errors(pil_buffer *text)
{
    if (text->length <= ERRORS_KEPT_BYTES)
        return;
    memmove(text->bytes, text->bytes + text->length - ERRORS_KEPT_BYTES, ERRORS_KEPT_BYTES);
    pil_buffer_set_length(text, ERRORS_KEPT_BYTES);
}

/* Appends what can be read now, at most a piece. At the end *fd is closed, and -1. */
static run_outcome read_piece(int *fd, pil_buffer *to)
{
    char piece[PIECE_BYTES];
    ssize_t n = *fd < 0 ? 0 : read(*fd, piece, sizeof piece);
    if (n < 0 && (errno == EINTR || errno == EAGAIN))
        return RUN_ENDED;
    if (n <= 0) {
        if (*fd >= 0)
            close(*fd);
        *fd = -1;
        return RUN_ENDED;
    }
    pil_status status = pil_buffer_append(to, piece, (size_t)n);
    if (status == PIL_OK)
        return RUN_ENDED;
    return status == PIL_NO_MEMORY ? RUN_NO_MEMORY : RUN_TOO_MUCH;
}

static run_outcome read_errors(filter_run *run)
{
    run_outcome outcome = read_piece(&run->errors, &run->error_text);
    forget_old_errors(&run->error_text);
    return outcome;
}

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* What is in the pipes when the program has ended. What it left running may go on printing: not
 * longer than until the time is up. */
static run_outcome read_rest(filter_run *run, int64_t deadline)
{
    run_outcome outcome;
    size_t before;
    do {
        before = run->out->length;
        outcome = read_piece(&run->output, run->out);
    } while (outcome == RUN_ENDED && run->out->length > before && now_ms() < deadline);
    return outcome == RUN_ENDED ? read_errors(run) : outcome;
}

/* Reads until the program ends, or its time or room does. */
static run_outcome follow(filter_run *run, uint32_t milliseconds)
{
    int64_t deadline = now_ms() + milliseconds;
    run_outcome outcome = RUN_ENDED;
    while (outcome == RUN_ENDED) {
        struct pollfd polled[] = {{.fd = run->output, .events = POLLIN},
                                  {.fd = run->errors, .events = POLLIN},
                                  {.fd = run->ended, .events = POLLIN}};
        int64_t left = deadline - now_ms();
        if (left <= 0)
            return RUN_TOO_LONG;
        if (poll(polled, 3, (int)left) <= 0) /* the time is up, or a signal came */
            continue;
        if (polled[2].revents != 0)
            return read_rest(run, deadline);
        if (polled[0].revents != 0)
            outcome = read_piece(&run->output, run->out);
        if (polled[1].revents != 0 && outcome == RUN_ENDED)
            outcome = read_errors(run);
    }
    return outcome;
}

/* ---- what became of it ---- */

/* The last line of text that is not empty, as a string in text. */
static const char *last_line(pil_buffer *text)
{
    size_t end_of_line = text->length;
    while (end_of_line > 0 && strchr("\r\n \t", text->bytes[end_of_line - 1]) != NULL)
        end_of_line--;
    pil_buffer_set_length(text, end_of_line);
    while (end_of_line > 0 && text->bytes[end_of_line - 1] != '\n')
        end_of_line--;
    return text->bytes + end_of_line;
}

static pil_status fail_with(const char *program, int wait_status, pil_buffer *error_text,
                            pil_error *err)
{
    pil_buffer text;
    pil_buffer_init(&text, SIZE_MAX - 1);
    if (pil_utf8_repair(error_text->bytes, error_text->length, &text, NULL) != PIL_OK) {
        pil_buffer_dispose(&text);
        return pil_error_no_memory(err);
    }
    const char *line = last_line(&text);
    const char *colon = line[0] == '\0' ? "" : ": ";
    if (WIFSIGNALED(wait_status))
        pil_error_set(err, PIL_BAD_INPUT, "its filter %.60s was ended by signal %d%s%s", program,
                      WTERMSIG(wait_status), colon, line);
    else
        pil_error_set(err, PIL_BAD_INPUT, "its filter %.60s failed (exit status %d)%s%s", program,
                      WEXITSTATUS(wait_status), colon, line);
    pil_buffer_dispose(&text);
    return PIL_BAD_INPUT;
}

static pil_status explain(filter_run *run, run_outcome outcome, int wait_status,
                          const char *program, uint32_t milliseconds, pil_error *err)
{
    switch (outcome) {
    case RUN_NO_MEMORY:
        return pil_error_no_memory(err);
    case RUN_TOO_LONG:
        return pil_error_set(err, PIL_BAD_INPUT, "its filter %.60s took more than %lu s: ended",
                             program, (unsigned long)milliseconds / 1000);
    case RUN_TOO_MUCH:
        return pil_error_set(err, PIL_BAD_INPUT, "its filter %.60s printed more than %zu MB: ended",
                             program, run->out->max_length >> 20);
    case RUN_ENDED:
        break;
    }
    if (!WIFEXITED(wait_status) || WEXITSTATUS(wait_status) != 0)
        return fail_with(program, wait_status, &run->error_text, err);
    if (run->out->length == 0)
        return pil_error_set(err, PIL_BAD_INPUT, "its filter %.60s printed nothing", program);
    return PIL_OK;
}

static pil_status run_arguments(char *const *arguments, uint32_t milliseconds, pil_buffer *out,
                                pil_error *err)
{
    filter_run run = {.ended = -1, .output = -1, .errors = -1, .out = out};
    int failure = start(&run, arguments);
    if (failure != 0)
        return pil_error_set(err, PIL_UNSUPPORTED, "its filter %.60s cannot be started: %s",
                             arguments[0],
                             failure == ENOENT ? "it is not installed" : strerror(failure));
    pil_buffer_init(&run.error_text, ERRORS_KEPT_BYTES + PIECE_BYTES);
    run_outcome outcome = follow(&run, milliseconds);
    pil_status status = explain(&run, outcome, end(&run), arguments[0], milliseconds, err);
    pil_buffer_dispose(&run.error_text);
    return status;
}

pil_status pil_run_filter(const pil_file_filter *filter, const char *path, uint32_t milliseconds,
                          pil_buffer *out, pil_error *err)
{
    pil_buffer text;
    pil_buffer_init(&text, SIZE_MAX - 1);
    char **arguments = make_arguments(filter, path, &text);
    pil_status status = arguments == NULL ? pil_error_no_memory(err)
                                          : run_arguments(arguments, milliseconds, out, err);
    free(arguments);
    pil_buffer_dispose(&text);
    return status;
}
