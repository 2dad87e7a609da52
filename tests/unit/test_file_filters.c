/* Filters as they are written, and the programs that they run. */
#include "indexer/run_filter.h"

#include <criterion/criterion.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <time.h>

enum { WORDS_MAX = 6, LONG_MS = 60000, SHORT_MS = 300 };

static pil_status add(pil_file_filters *filters, const char *written, pil_error *err)
{
    return pil_file_filters_add(filters, written, true, err);
}

Test(file_filters, a_command_is_split_at_blanks_outside_of_quotes)
{
    static const struct {
        const char *written, *words[WORDS_MAX];
    } cases[] = {
        {"doc:antiword %f", {"antiword", "%f"}},
        {"doc: antiword \t --in=%f ", {"antiword", "--in=%f"}},
        {"x:sh -c 'cat \"$1\" | tr a b' sh %f", {"sh", "-c", "cat \"$1\" | tr a b", "sh", "%f"}},
        {"x:a 'b 'c\" d\" '' %f", {"a", "b c d", "", "%f"}},
        {"x:a \\ $HOME *:%f", {"a", "\\", "$HOME", "*:%f"}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        pil_file_filters filters = {0};
        pil_error err = {0};
        cr_assert_eq(add(&filters, cases[i].written, &err), PIL_OK, "%s", err.message);
        size_t n = 0;
        for (; cases[i].words[n] != NULL; n++) {
            cr_assert_not_null(filters.items[0].words[n], "%s: %zu", cases[i].written, n);
            cr_expect_str_eq(filters.items[0].words[n], cases[i].words[n], "%s", cases[i].written);
        }
        cr_expect_null(filters.items[0].words[n], "%s", cases[i].written);
        pil_file_filters_dispose(&filters);
    }
}

Test(file_filters, what_is_no_filter_is_refused_with_what_is_wrong)
{
    static const struct {
        const char *written, *part_of_message;
    } cases[] = {
        {"doc", "EXT:COMMAND"},         {":cat %f", "EXT:COMMAND"},
        {".doc:cat %f", "EXT:COMMAND"}, {"a/b:cat %f", "EXT:COMMAND"},
        {"doc=:cat %f", "EXT:COMMAND"}, {"doc=compressed:cat %f", "EXT:COMMAND"},
        {"doc:", "write %f"},           {"doc:cat", "write %f"},
        {"doc:cat %%f", "write %f"},    {"doc:cat %g", "no other %"},
        {"doc:cat %f %", "no other %"}, {"doc:cat '%f", "quote"},
        {"doc:./cat %f", "PATH"},       {"doc:%f", "PATH"},
        {"doc:'' %f", "PATH"},          {"doc:a \xFF %f", "UTF-8"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        pil_file_filters filters = {0};
        pil_error err = {0};
        cr_expect_eq(add(&filters, cases[i].written, &err), PIL_INVALID_ARGUMENT, "%s",
                     cases[i].written);
        cr_expect_not_null(strstr(err.message, cases[i].part_of_message), "%s: %s",
                           cases[i].written, err.message);
        cr_expect_eq(filters.n_items, 0);
        pil_file_filters_dispose(&filters);
    }
}

Test(file_filters, the_first_filter_for_an_ending_counts)
{
    pil_file_filters filters = {0};
    cr_assert_eq(add(&filters, "doc=html:first %f", NULL), PIL_OK);
    cr_assert_eq(add(&filters, "doc:second %f", NULL), PIL_OK);
    cr_assert_eq(add(&filters, "log.old:third %f", NULL), PIL_OK);
    const pil_file_filter *found = pil_file_filters_find(&filters, "/a/b.DOC");
    cr_assert_not_null(found);
    cr_expect_str_eq(found->command, "first %f");
    cr_expect_eq(found->format, PIL_FORMAT_HTML);
    cr_expect_eq(pil_file_filters_find(&filters, "a.log.old"), &filters.items[2]);
    cr_expect_null(pil_file_filters_find(&filters, "/a.doc/b"));
    cr_expect_null(pil_file_filters_find(&filters, ".doc"));
    cr_expect_null(pil_file_filters_find(&filters, "adoc"));
    cr_expect_null(pil_file_filters_find(NULL, "a.doc"));
    pil_file_filters_dispose(&filters);
}

Test(file_filters, another_command_or_format_has_another_hash)
{
    pil_file_filters filters = {0};
    cr_assert_eq(add(&filters, "doc:cat %f", NULL), PIL_OK);
    cr_assert_eq(add(&filters, "doc=html:cat %f", NULL), PIL_OK);
    cr_assert_eq(add(&filters, "doc:cat -- %f", NULL), PIL_OK);
    uint64_t hashes[3];
    for (size_t i = 0; i < 3; i++)
        hashes[i] = pil_file_filter_hash(&filters.items[i]);
    cr_expect(hashes[0] != hashes[1] && hashes[0] != hashes[2] && hashes[1] != hashes[2]);
    pil_file_filters_dispose(&filters);
}

/* ---- running ---- */

typedef struct filtered {
    pil_status status;
    pil_error error;
    pil_buffer out;
} filtered;

static filtered run(const char *written, const char *path, uint32_t milliseconds, size_t max)
{
    filtered result = {0};
    pil_file_filters filters = {0};
    pil_buffer_init(&result.out, max);
    cr_assert_eq(add(&filters, written, &result.error), PIL_OK, "%s", result.error.message);
    result.status =
        pil_run_filter(&filters.items[0], path, milliseconds, &result.out, &result.error);
    pil_file_filters_dispose(&filters);
    return result;
}

static void expect_output(const char *written, const char *path, const char *output)
{
    filtered got = run(written, path, LONG_MS, 1 << 20);
    cr_expect_eq(got.status, PIL_OK, "%s: %s", written, got.error.message);
    cr_expect_str_eq(got.out.bytes, output, "%s", written);
    pil_buffer_dispose(&got.out);
}

static void expect_failure(const char *written, uint32_t milliseconds, pil_status status,
                           const char *message)
{
    filtered got = run(written, "/x", milliseconds, 1 << 20);
    cr_expect_eq(got.status, status, "%s: %d", written, (int)got.status);
    cr_expect_str_eq(got.error.message, message, "%s", written);
    pil_buffer_dispose(&got.out);
}

Test(run_filter, the_path_is_one_argument_whatever_is_in_it)
{
    const char *path = "/a b/-c\n'\"$(x)%f";
    expect_output("x:printf [%%s] -- %f", path, "[--][/a b/-c\n'\"$(x)%f]");
    expect_output("x:printf %%s --in=%f", path, "--in=/a b/-c\n'\"$(x)%f");
}

Test(run_filter, it_runs_in_the_root_directory_with_nothing_to_read)
{
    expect_output("x:sh -c 'pwd; cat' sh %f", "/x", "/\n");
}

Test(run_filter, much_output_and_many_errors_do_not_stand_in_its_way)
{
    filtered got = run("x:sh -c 'seq 100000 >&2; seq 100000' sh %f", "/x", LONG_MS, 1 << 20);
    cr_expect_eq(got.status, PIL_OK, "%s", got.error.message);
    cr_expect_eq(got.out.length, 588895);
    pil_buffer_dispose(&got.out);
}

Test(run_filter, its_failure_is_told_with_the_last_line_that_it_said)
{
    expect_failure("x:sh -c 'echo first >&2; echo last >&2; echo >&2; exit 3' sh %f", LONG_MS,
                   PIL_BAD_INPUT, "its filter sh failed (exit status 3): last");
    expect_failure("x:sh -c 'exit 1' sh %f", LONG_MS, PIL_BAD_INPUT,
                   "its filter sh failed (exit status 1)");
    expect_failure("x:sh -c 'kill -9 $$' sh %f", LONG_MS, PIL_BAD_INPUT,
                   "its filter sh was ended by signal 9");
    expect_failure("x:sh -c 'printf \"a\\\\377b\" >&2; exit 2' sh %f", LONG_MS, PIL_BAD_INPUT,
                   "its filter sh failed (exit status 2): a\xEF\xBF\xBD"
                   "b");
}

Test(run_filter, to_print_nothing_is_a_failure)
{
    expect_failure("x:true %f", LONG_MS, PIL_BAD_INPUT, "its filter true printed nothing");
}

Test(run_filter, a_program_that_is_not_there_is_no_fault_of_the_file)
{
    expect_failure("x:pilcrow-no-such-program %f", LONG_MS, PIL_UNSUPPORTED,
                   "its filter pilcrow-no-such-program cannot be started: it is not installed");
}

Test(run_filter, it_is_ended_when_its_time_is_up, .timeout = 60)
{
    expect_failure("x:sh -c 'exec sleep 600' sh %f", SHORT_MS, PIL_BAD_INPUT,
                   "its filter sh took more than 0 s: ended");
    expect_failure("x:sh -c 'sleep 600 | sleep 600' sh %f", SHORT_MS, PIL_BAD_INPUT,
                   "its filter sh took more than 0 s: ended");
    expect_failure("x:sh -c 'exec >&- 2>&-; sleep 600' sh %f", SHORT_MS, PIL_BAD_INPUT,
                   "its filter sh took more than 0 s: ended");
}

Test(run_filter, it_is_ended_when_it_prints_too_much, .timeout = 60)
{
    expect_failure("x:yes %f", LONG_MS, PIL_BAD_INPUT,
                   "its filter yes printed more than 1 MB: ended");
}

/* A process that has ended and is not ours stays until init reaps it: it is no harm then. */
static bool is_running(pid_t pid)
{
    char path[64];
    char state = 'Z';
    snprintf(path, sizeof path, "/proc/%ld/stat", (long)pid);
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return false;
    bool is_read = fscanf(file, "%*d (%*[^)]) %c", &state) == 1;
    fclose(file);
    return is_read && state != 'Z';
}

Test(run_filter, what_it_left_running_is_ended_with_it, .timeout = 60)
{
    filtered got = run("x:sh -c 'sleep 600 & echo $!' sh %f", "/x", LONG_MS, 1 << 20);
    cr_expect_eq(got.status, PIL_OK, "%s", got.error.message);
    pid_t left = (pid_t)strtol(got.out.bytes, NULL, 10);
    cr_assert_gt(left, 0);
    const struct timespec pause = {.tv_nsec = 10000000};
    for (int i = 0; i < 1000 && is_running(left); i++)
        nanosleep(&pause, NULL);
    cr_expect_not(is_running(left));
    pil_buffer_dispose(&got.out);
}
