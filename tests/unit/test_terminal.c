#include "cli/terminal.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <unistd.h>

Test(terminal, color_is_for_terminals_that_want_it)
{
    static const struct {
        pil_when when;
        bool is_terminal;
        const char *no_color, *term;
        bool expected;
    } cases[] = {
        {PIL_WHEN_AUTO, true, NULL, "xterm", true},  {PIL_WHEN_AUTO, true, "", "xterm", true},
        {PIL_WHEN_AUTO, true, "1", "xterm", false},  {PIL_WHEN_AUTO, true, NULL, "dumb", false},
        {PIL_WHEN_AUTO, true, NULL, NULL, false},    {PIL_WHEN_AUTO, false, NULL, "xterm", false},
        {PIL_WHEN_ALWAYS, false, "1", "dumb", true}, {PIL_WHEN_NEVER, true, NULL, "xterm", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        cr_expect(pil_terminal_wants_color(cases[i].when, cases[i].is_terminal, cases[i].no_color,
                                           cases[i].term) == cases[i].expected,
                  "case %zu", i);
}

Test(terminal, width_falls_back_to_columns_and_stays_in_bounds)
{
    int fd = open("/dev/null", O_RDONLY);
    cr_assert(fd >= 0);
    cr_expect_eq(pil_terminal_width(fd, "132"), 132);
    cr_expect_eq(pil_terminal_width(fd, NULL), 80);
    cr_expect_eq(pil_terminal_width(fd, "wide"), 80);
    cr_expect_eq(pil_terminal_width(fd, "-5"), 80);
    cr_expect_eq(pil_terminal_width(fd, "3"), 20);
    cr_expect_eq(pil_terminal_width(fd, "99999999999999999999999"), 1000);
    close(fd);
}
