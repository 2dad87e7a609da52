/* The file that judgements are added to: what is on disk after each step. */
#include "query/judgements_file.h"

#include "support/temporary_directory.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static char *directory, *path;
static pil_judgements_file file;
static pil_error err;

static void begin(void)
{
    directory = pil_temporary_directory_new();
    path = pil_temporary_directory_path(directory, "qrels");
}

static void end(void)
{
    pil_judgements_file_close(&file);
    free(path);
    pil_temporary_directory_remove(directory);
}

TestSuite(judgements_file, .init = begin, .fini = end);

static void put(const char *text)
{
    pil_temporary_directory_write(directory, "qrels", text, strlen(text));
}

static void expect_content(const char *text)
{
    char *content = pil_temporary_directory_read(directory, "qrels", NULL);
    cr_assert_not_null(content);
    cr_expect_str_eq(content, text);
    free(content);
}

static void open_file(void)
{
    cr_assert_eq(pil_judgements_file_open(path, &file, &err), PIL_OK, "%s", err.message);
}

static void add(const char *lines)
{
    cr_assert_eq(pil_judgements_file_add(&file, lines, strlen(lines), &err), PIL_OK, "%s",
                 err.message);
}

Test(judgements_file, one_that_is_not_there_is_made)
{
    open_file();
    cr_expect_eq(file.n_judged, 0);
    add("t 0 a 1\n");
    expect_content("t 0 a 1\n");
}

Test(judgements_file, lines_are_added_behind_what_is_there)
{
    put("t 0 a 1\n\n  u\tx  b 2 \n");
    open_file();
    cr_expect_eq(file.n_judged, 2);
    cr_expect_not_null(pil_qrels_find(&file.qrels, "u"));
    add("t 0 c 0\nt 0 d 0\n");
    add("t 0 e 3\n");
    expect_content("t 0 a 1\n\n  u\tx  b 2 \nt 0 c 0\nt 0 d 0\nt 0 e 3\n");
}

Test(judgements_file, a_last_line_without_its_end_gets_one)
{
    put("t 0 a 1\nt 0 b 12");
    open_file();
    cr_expect_eq(file.n_judged, 2);
    add("t 0 c 0\n");
    expect_content("t 0 a 1\nt 0 b 12\nt 0 c 0\n");
}

Test(judgements_file, what_was_added_is_taken_back)
{
    put("t 0 a 1");
    open_file();
    uint64_t before = file.length;
    add("t 0 b 0\nt 0 c 0\n");
    cr_assert_eq(pil_judgements_file_cut(&file, before, &err), PIL_OK, "%s", err.message);
    expect_content("t 0 a 1\n");
    add("t 0 b 1\n");
    expect_content("t 0 a 1\nt 0 b 1\n");
}

Test(judgements_file, wherever_a_line_was_cut_off_it_is_taken_away)
{
    static const char whole[] = "t 0 a:1 1\nt2 0 b/c:12 0";
    size_t first = strlen("t 0 a:1 1\n");
    for (size_t length = first + strlen("t2 "); length < strlen(whole); length++) {
        char text[sizeof whole];
        memcpy(text, whole, length);
        text[length] = '\0';
        put(text);
        open_file();
        cr_expect_eq(file.n_judged, 1, "[%s]", text);
        cr_expect_str_eq(file.torn.bytes, text + first);
        expect_content("t 0 a:1 1\n");
        add("t2 0 b 1\n");
        expect_content("t 0 a:1 1\nt2 0 b 1\n");
        pil_judgements_file_close(&file);
    }
}

Test(judgements_file, a_file_of_something_else_stays_as_it_is)
{
    static const char *const texts[] = {
        "hello",          "hello world",  "t\tquery\n",        "t 0 a\n",
        "t 0 a 1\nt 1 a", "t 0 a 1\nt01", "t 0 a 1\nx\nt 0 b", "t 0 a 1\nt 0 a 2\n"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        put(texts[i]);
        cr_expect_eq(pil_judgements_file_open(path, &file, &err), PIL_INVALID_ARGUMENT, "[%s]",
                     texts[i]);
        cr_expect_eq(file.torn.length, 0);
        expect_content(texts[i]);
        pil_judgements_file_close(&file);
    }
}

Test(judgements_file, what_is_no_file_is_refused)
{
    pil_judgements_file other;
    cr_expect_eq(pil_judgements_file_open(directory, &other, &err), PIL_IO);
    cr_expect_str_eq(err.message, "it cannot be opened for writing: Is a directory");
    pil_judgements_file_close(&other);
    cr_expect_eq(pil_judgements_file_open("/dev/null", &other, &err), PIL_INVALID_ARGUMENT);
    pil_judgements_file_close(&other);
    char *nowhere = pil_temporary_directory_path(directory, "none/qrels");
    cr_expect_eq(pil_judgements_file_open(nowhere, &other, &err), PIL_NOT_FOUND);
    pil_judgements_file_close(&other);
    free(nowhere);
}

Test(judgements_file, only_one_has_it_open)
{
    pil_judgements_file other;
    open_file();
    cr_expect_eq(pil_judgements_file_open(path, &other, &err), PIL_BUSY);
    pil_judgements_file_close(&other);
    pil_judgements_file_close(&file);
    open_file();
}

Test(judgements_file, what_another_program_writes_is_not_touched)
{
    put("t 0 a 1\n");
    open_file();
    put("t 0 a 1\nt 0 b 2\n");
    cr_expect_eq(pil_judgements_file_add(&file, "t 0 c 0\n", 8, &err), PIL_BUSY);
    cr_expect_eq(pil_judgements_file_cut(&file, 0, &err), PIL_BUSY);
    expect_content("t 0 a 1\nt 0 b 2\n");
}

Test(judgements_file, a_file_that_took_its_place_is_noticed)
{
    put("t 0 a 1\n");
    open_file();
    char *aside = pil_temporary_directory_path(directory, "aside");
    cr_assert_eq(rename(path, aside), 0);
    free(aside);
    cr_expect_eq(pil_judgements_file_add(&file, "t 0 c 0\n", 8, &err), PIL_BUSY);
    put("t 0 a 3\n");
    cr_expect_eq(pil_judgements_file_add(&file, "t 0 c 0\n", 8, &err), PIL_BUSY);
    expect_content("t 0 a 3\n");
}

Test(judgements_file, of_what_does_not_fit_on_the_disk_nothing_stays)
{
    put("t 0 a 1\n");
    open_file();
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit limit;
    cr_assert_eq(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = 12;
    cr_assert_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    cr_expect_eq(pil_judgements_file_add(&file, "t 0 b 1\nt 0 c 1\n", 16, &err), PIL_IO);
    expect_content("t 0 a 1\n");
    limit.rlim_cur = limit.rlim_max;
    cr_assert_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    add("t 0 b 1\n");
    expect_content("t 0 a 1\nt 0 b 1\n");
}
