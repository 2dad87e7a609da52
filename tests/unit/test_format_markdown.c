#include "query/format.h"

#include "support/sample_hit.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static char *rendered(const pil_hit *hits, size_t n_hits)
{
    const pil_format_settings settings = pil_sample_settings();
    return pil_sample_render(pil_format_markdown_new, &settings, hits, n_hits);
}

/* The first line of what a text becomes. */
static void expect_quotation(const char *text, const char *wanted)
{
    const pil_hit hit = pil_sample_hit_with_text(text, NULL, 0);
    char *markdown = rendered(&hit, 1);
    *strchr(markdown, '\n') = '\0';
    cr_expect_str_eq(markdown, wanted);
    free(markdown);
}

Test(format_markdown, a_hit_is_a_quotation_with_its_source)
{
    static const pil_match_range ranges[] = {{0, 6, 0}, {11, 16, 1}};
    pil_hit hit = pil_sample_hit_with_text("Allies and peace", ranges, 2);
    hit.author = "A. Author";
    hit.title = "On *peace*";
    hit.source = "Paper";
    hit.date = "2023-11-22";
    hit.page = 3;
    char *markdown = rendered(&hit, 1);
    cr_expect_str_eq(markdown, "> **Allies** and **peace**\n"
                               ">\n"
                               "> \xE2\x80\x94 A. Author, *On \\*peace\\**, Paper, 2023-11-22, "
                               "nato/skopje.txt:12, p.\xC2\xA0"
                               "3, \xC2\xB6"
                               "5\n");
    free(markdown);
}

Test(format_markdown, what_is_not_known_is_left_out)
{
    pil_hit hit = pil_sample_hit_with_text("text", NULL, 0);
    hit.date = "";
    char *markdown = rendered(&hit, 1);
    cr_expect_str_eq(markdown, "> text\n>\n> \xE2\x80\x94 nato/skopje.txt:12, \xC2\xB6"
                               "5\n");
    free(markdown);
}

Test(format_markdown, hits_are_set_apart_by_an_empty_line)
{
    const pil_hit hits[] = {pil_sample_hit_with_text("one", NULL, 0),
                            pil_sample_hit_with_text("two", NULL, 0)};
    char *markdown = rendered(hits, 2);
    cr_expect_not_null(strstr(markdown, "5\n\n> two\n"), "%s", markdown);
    free(markdown);
}

Test(format_markdown, text_is_not_taken_for_markdown)
{
    expect_quotation("a *b* _c_ [d](e) `f` <g> & \\h", "> a \\*b\\* \\_c\\_ \\[d\\](e) \\`f\\` "
                                                       "\\<g\\> \\& \\\\h");
    expect_quotation("# no heading", "> \\# no heading");
    expect_quotation("- no list", "> \\- no list");
    expect_quotation("1. no list", "> 1\\. no list");
    expect_quotation("1999) no list", "> 1999\\) no list");
    expect_quotation("1999 was a year - so", "> 1999 was a year - so");
    expect_quotation("two\n\n# lines", "> two \\# lines");
}

Test(format_markdown, copies_are_counted_behind_the_place)
{
    pil_hit hit = pil_sample_hit_with_text("here", NULL, 0);
    hit.n_copies = 6;
    char *markdown = rendered(&hit, 1);
    cr_expect_not_null(strstr(markdown, "\xC2\xB6"
                                        "5, and 6 copies\n"),
                       "%s", markdown);
    free(markdown);
}

Test(format_markdown, neighbours_are_paragraphs_of_the_quotation)
{
    static const pil_neighbour before[] = {{.number = 4, .text = "before", .text_bytes = 6}};
    static const pil_neighbour after[] = {{.number = 6, .text = "after", .text_bytes = 5}};
    pil_hit hit = pil_sample_hit_with_text("here", NULL, 0);
    hit.before = before;
    hit.n_before = 1;
    hit.after = after;
    hit.n_after = 1;
    char *markdown = rendered(&hit, 1);
    static const char wanted[] = "> before\n>\n> here\n>\n> after\n>\n> \xE2";
    cr_expect_eq(strncmp(markdown, wanted, strlen(wanted)), 0, "%s", markdown);
    free(markdown);
}

Test(format_markdown, a_section_that_is_cut_has_an_ellipsis)
{
    pil_hit hit = pil_sample_hit_with_text("here", NULL, 0);
    hit.is_cut_before = hit.is_cut_after = true;
    char *markdown = rendered(&hit, 1);
    static const char wanted[] = "> …\n>\n> here\n>\n> …\n>\n> — ";
    cr_expect_eq(strncmp(markdown, wanted, strlen(wanted)), 0, "%s", markdown);
    free(markdown);
}
