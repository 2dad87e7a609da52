#include "cli/terminal_text.h"

#include "base/utf8.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct text_case {
    const char *text;
    size_t length;
    const char *expected;
} text_case;

#define CASE(text, expected)                                                                       \
    {                                                                                              \
        text, sizeof(text) - 1, expected                                                           \
    }

static void expect_escaped(const text_case *cases, size_t n_cases, unsigned flags)
{
    for (size_t i = 0; i < n_cases; i++) {
        pil_buffer out;
        pil_buffer_init(&out, 1 << 16);
        cr_assert_eq(pil_terminal_escape(cases[i].text, cases[i].length, flags, &out), PIL_OK);
        cr_expect_str_eq(out.bytes, cases[i].expected, "case %zu: %s", i, out.bytes);
        pil_buffer_dispose(&out);
    }
}

Test(terminal_text, controls_become_visible)
{
    static const text_case cases[] = {
        CASE("plain text", "plain text"),
        CASE("", ""),
        CASE("\x1B]52;c;Zm9v\x07", "\\x1B]52;c;Zm9v\\x07"),
        CASE("\x1B]8;;http://x\x1B\\link", "\\x1B]8;;http://x\\x1B\\link"),
        CASE("\x1B[2J", "\\x1B[2J"),
        CASE("\x1BP1$r\x1B\\", "\\x1BP1$r\\x1B\\"),
        CASE("good\rbad", "good\\x0Dbad"),
        CASE("a\0b\x7F", "a\\x00b\\x7F"),
        CASE("a\nb\tc", "a\\x0Ab\\x09c"),
        CASE("\xC2\x9B"
             "2J \xC2\x80\xC2\x85",
             "\\u{9B}2J \\u{80}\\u{85}"),
    };
    expect_escaped(cases, sizeof cases / sizeof cases[0], 0);
}

Test(terminal_text, lines_are_kept_on_demand)
{
    static const text_case cases[] = {
        CASE("a\nb\tc\r\n", "a\nb\tc\\x0D\n"),
        CASE("\x0B\x0C", "\\x0B\\x0C"),
    };
    expect_escaped(cases, sizeof cases / sizeof cases[0], PIL_TERMINAL_KEEP_LINES);
}

Test(terminal_text, what_reorders_or_is_not_utf8_becomes_visible)
{
    static const text_case cases[] = {
        CASE("\xE2\x80\xAE"
             "abc\xE2\x80\xAC",
             "\\u{202E}abc\\u{202C}"),
        CASE("\xE2\x81\xA6x\xE2\x81\xA9", "\\u{2066}x\\u{2069}"),
        CASE("\xE2\x80\xA8\xE2\x80\xA9\xEF\xBB\xBF\xEF\xBF\xB9",
             "\\u{2028}\\u{2029}\\u{FEFF}\\u{FFF9}"),
        CASE("\xC0\x80", "\\xC0\\x80"),
        CASE("\xED\xA0\x80", "\\xED\\xA0\\x80"),
        CASE("x\xE2\x80", "x\\xE2\\x80"),
        CASE("\x9B\xFF", "\\x9B\\xFF"),
    };
    expect_escaped(cases, sizeof cases / sizeof cases[0], 0);
}

Test(terminal_text, ordinary_writing_passes)
{
    static const text_case cases[] = {
        CASE("Kova\xC4\x8D"
             "evski \xE2\x80\x9Cquote\xE2\x80\x9D",
             "Kova\xC4\x8D"
             "evski \xE2\x80\x9Cquote\xE2\x80\x9D"),
        CASE("\xD7\xA9\xE2\x80\x8F \xE2\x80\x8E", "\xD7\xA9\xE2\x80\x8F \xE2\x80\x8E"),
        CASE("\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7",
             "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7"),
        CASE("\xEF\xBF\xBE\xEF\xBF\xBF\xEF\xBF\xBD", "\xEF\xBF\xBE\xEF\xBF\xBF\xEF\xBF\xBD"),
        CASE("a\\x1B", "a\\x1B"),
    };
    expect_escaped(cases, sizeof cases / sizeof cases[0], 0);
}

Test(terminal_text, every_byte_and_its_escape_is_printable)
{
    for (int byte = 0; byte < 256; byte++) {
        const char text[] = {(char)byte, 'x', '\0'};
        pil_buffer out;
        pil_buffer_init(&out, 100);
        cr_assert_eq(pil_terminal_escape(text, 2, 0, &out), PIL_OK);
        cr_expect(pil_utf8_is_valid(out.bytes, out.length), "byte %d", byte);
        for (size_t at = 0; at < out.length;)
            cr_expect(!pil_terminal_is_unsafe(pil_utf8_next(out.bytes, out.length, &at, NULL)),
                      "byte %d", byte);
        pil_buffer_dispose(&out);
    }
}

Test(terminal_text, fails_at_the_cap_of_the_buffer)
{
    pil_buffer out;
    pil_buffer_init(&out, 6);
    cr_expect_eq(pil_terminal_escape("\x1B\x1B", 2, 0, &out), PIL_INVALID_ARGUMENT);
    pil_buffer_dispose(&out);
}

static const text_case paths[] = {
    CASE("articles/kfor.txt", "articles/kfor.txt"),
    CASE("my articles/Report 1.pdf", "my articles/Report 1.pdf"),
    CASE("my articles/Report (1).pdf", "'my articles/Report (1).pdf'"),
    CASE("{a,b}", "'{a,b}'"),
    CASE("[ab]", "'[ab]'"),
    CASE("a!b", "'a!b'"),
    CASE("#a", "'#a'"),
    CASE("~/a", "'~/a'"),
    CASE("=a", "'=a'"),
    CASE("a#b~c=d", "a#b~c=d"),
    CASE("\xC5\xA0kola/\xE5\x92\x8C.txt", "\xC5\xA0kola/\xE5\x92\x8C.txt"),
    CASE("Q&A.txt", "'Q&A.txt'"),
    CASE("$(reboot)", "'$(reboot)'"),
    CASE("a;b", "'a;b'"),
    CASE("a\"b\"", "'a\"b\"'"),
    CASE("back\\slash", "'back\\slash'"),
    CASE(" a", "' a'"),
    CASE("", "''"),
    CASE("Kosovo's way", "$'Kosovo\\'s way'"),
    CASE("a\nb\tc", "$'a\\nb\\tc'"),
    CASE("\x1B[2J", "$'\\x1B[2J'"),
    CASE("\xFF\xFE", "$'\\xFF\\xFE'"),
    CASE("a\xE2\x80\xAEtxt.exe", "$'a\\xE2\\x80\\xAEtxt.exe'"),
    CASE("a\xE2\x80\x8B"
         "b",
         "$'a\\xE2\\x80\\x8Bb'"),
    CASE("\\x1B\x1B", "$'\\\\x1B\\x1B'"),
    CASE("$'x'", "$'$\\'x\\''"),
};

Test(terminal_text, odd_paths_are_quoted)
{
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        pil_buffer out;
        pil_buffer_init(&out, 1 << 16);
        cr_assert_eq(pil_terminal_quote_path(paths[i].text, paths[i].length, &out), PIL_OK);
        cr_expect_str_eq(out.bytes, paths[i].expected, "case %zu: %s", i, out.bytes);
        pil_buffer_dispose(&out);
    }
}

/* Has the shell check that quoted stands for the path: exit status 0. */
static int shell_agrees(const char *quoted, const char *path)
{
    char script[512];
    snprintf(script, sizeof script, "test \"$1\" = %s", quoted);
    pid_t child = fork();
    if (child == 0) {
        execl("/bin/bash", "bash", "-c", script, "bash", path, (char *)NULL);
        _exit(127);
    }
    int state = -1;
    cr_assert(waitpid(child, &state, 0) == child);
    return WIFEXITED(state) ? WEXITSTATUS(state) : -1;
}

Test(terminal_text, a_quoted_path_means_the_same_to_the_shell)
{
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        if (paths[i].expected[0] == '\'' || paths[i].expected[0] == '$')
            cr_expect_eq(shell_agrees(paths[i].expected, paths[i].text), 0, "case %zu", i);
    }
    cr_expect_eq(shell_agrees("'a'", "b"), 1, "the check itself can fail");
}
