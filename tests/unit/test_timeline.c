#include "query/timeline.h"

#include "base/utf8.h"
#include "support/sample_hit.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What is written for the facet; the caller frees it. */
static char *written(const pil_facet *facet, unsigned width)
{
    char *text = NULL;
    size_t length;
    pil_error err;
    pil_format_settings settings = pil_sample_settings();
    settings.out = open_memstream(&text, &length);
    settings.width = width;
    cr_assert_eq(pil_timeline_text(&settings, facet, &err), PIL_OK);
    fclose(settings.out);
    return text;
}

static void expect_written(const pil_facet *facet, unsigned width, const char *wanted)
{
    char *text = written(facet, width);
    cr_expect_str_eq(text, wanted, "%s", text);
    free(text);
}

static const pil_facet_value some_years[] = {{"2003", 16}, {"2001", 4}, {"2000", 1}};
static const pil_facet some = {PIL_FACET_YEAR, some_years, 3, 7};

Test(timeline, every_year_has_a_line_also_an_empty_one)
{
    expect_written(&some, 0,
                   "paragraphs by year\n"
                   "2000   1\n2001   4\n2002   0\n2003  16\n"
                   "without a date: 7\n");
}

Test(timeline, bars_are_in_proportion_and_fill_the_width)
{
    /* 4 for the year, 2 and 2 between, 2 for the number: 16 are left of 26. */
    expect_written(&some, 26,
                   "paragraphs by year\n"
                   "2000  █  1\n"
                   "2001  ████  4\n"
                   "2002  0\n"
                   "2003  ████████████████  16\n"
                   "without a date: 7\n");
    expect_written(&some, 18,
                   "paragraphs by year\n"
                   "2000  ▌  1\n"
                   "2001  ██  4\n"
                   "2002  0\n"
                   "2003  ████████  16\n"
                   "without a date: 7\n");
}

Test(timeline, no_line_is_wider_than_the_terminal)
{
    for (unsigned width = 20; width < 120; width++) {
        char *text = written(&some, width);
        for (const char *line = text; *line != '\0';) {
            size_t length = strcspn(line, "\n");
            cr_expect_leq(pil_utf8_count(line, length), width, "%u: %s", width, line);
            line += length + 1;
        }
        free(text);
    }
}

Test(timeline, what_is_little_beside_the_rest_is_still_seen)
{
    const pil_facet_value years[] = {{"1999", 1000000}, {"2000", 1}};
    const pil_facet facet = {PIL_FACET_YEAR, years, 2, 0};
    char *text = written(&facet, 80);
    cr_expect_not_null(strstr(text, "2000  ▏  1\n"), "%s", text);
    free(text);
}

Test(timeline, long_gaps_are_one_line)
{
    const pil_facet_value years[] = {{"1900", 1}, {"1931", 1}, {"1963", 1}};
    const pil_facet facet = {PIL_FACET_YEAR, years, 3, 0};
    char *text = written(&facet, 0);
    cr_expect_not_null(strstr(text, "1930  0\n1931  1\n      none from 1932 to 1962\n1963  1\n"),
                       "%s", text);
    free(text);
    const pil_facet_value far[] = {{"0001", 1}, {"9999", 2}};
    const pil_facet ends = {PIL_FACET_YEAR, far, 2, 0};
    expect_written(&ends, 0,
                   "paragraphs by year\n0001  1\n      none from 0002 to 9998\n9999  2\n");
}

Test(timeline, nothing_is_nothing)
{
    const pil_facet none = {PIL_FACET_YEAR, NULL, 0, 0}, undated = {PIL_FACET_YEAR, NULL, 0, 2};
    expect_written(&none, 80, "");
    expect_written(&undated, 80, "paragraphs by year\nwithout a date: 2\n");
}

Test(timeline, a_reader_that_is_gone_ends_it_quietly)
{
    pil_error err;
    pil_format_settings settings = pil_sample_settings();
    settings.out = pil_sample_broken_pipe();
    cr_expect_eq(pil_timeline_text(&settings, &some, &err), PIL_DONE);
    fclose(settings.out);
}
