/* stopwatch FILE COMMAND [ARGUMENT]...: runs COMMAND, its output passed on, and appends to FILE a
 * line of what it took: seconds until its first line of output was there whole, or, when it prints
 * none, until it ended; seconds until it ended; seconds of CPU; peak memory in KiB; exit status. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void fail(const char *what)
{
    fprintf(stderr, "stopwatch: %s: %s\n", what, strerror(errno));
    exit(1);
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static double seconds(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static pid_t start(char **command, int *output)
{
    int ends[2];
    if (pipe(ends) != 0)
        fail("pipe");
    pid_t child = fork();
    if (child < 0)
        fail("fork");
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        close(ends[1]);
        execvp(command[0], command);
        fail(command[0]);
    }
    close(ends[1]);
    *output = ends[0];
    return child;
}

/* Passes everything on; returns when the first newline came, 0 when none did. */
static double pass_on(int output)
{
    double first = 0;
    char bytes[1 << 16];
    ssize_t n;
    while ((n = read(output, bytes, sizeof bytes)) > 0) {
        if (first == 0 && memchr(bytes, '\n', (size_t)n) != NULL)
            first = now();
        if (fwrite(bytes, 1, (size_t)n, stdout) != (size_t)n)
            fail("output");
    }
    if (n < 0)
        fail("read");
    return first;
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fputs("usage: stopwatch FILE COMMAND [ARGUMENT]...\n", stderr);
        return 2;
    }
    FILE *file = fopen(argv[1], "a");
    if (file == NULL)
        fail(argv[1]);
    int output, status;
    struct rusage usage;
    double begin = now();
    pid_t child = start(argv + 2, &output);
    double first = pass_on(output);
    if (wait4(child, &status, 0, &usage) != child)
        fail("wait");
    double end = now();
    int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    fprintf(file, "%.6f %.6f %.6f %ld %d\n", (first == 0 ? end : first) - begin, end - begin,
            seconds(usage.ru_utime) + seconds(usage.ru_stime), usage.ru_maxrss, code);
    return fclose(file) == 0 && fflush(stdout) == 0 ? code : 1;
}
