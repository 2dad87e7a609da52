#include "query/format.h"

#include "support/sample_hit.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/* What hits[0..n_hits) become with so many columns on either side. */
static void expect_lines(const pil_hit *hits, size_t n_hits, size_t columns, bool color,
                         const char *wanted)
{
    pil_format_settings settings = pil_sample_settings();
    settings.hits = hits;
    settings.n_hits = n_hits;
    settings.kwic_columns = columns;
    settings.color = color;
    char *text = pil_sample_render(pil_format_kwic_new, &settings, hits, n_hits);
    cr_expect_str_eq(text, wanted, "%s\nis not\n%s", text, wanted);
    free(text);
}

Test(format_kwic, each_match_is_a_line)
{
    const pil_hit hit = pil_sample_hit();
    expect_lines(&hit, 1, 12, false,
                 "nato/skopje.txt:12: ies rely on collective defense, an\n"
                 "nato/skopje.txt:12:  collective defense, and on dia\n"
                 "nato/skopje.txt:12: nse, and on dialogue.\n");
}

Test(format_kwic, the_matches_are_in_one_column)
{
    static const pil_match_range range[] = {{0, 3, 0}};
    pil_hit hits[] = {pil_sample_hit(), pil_sample_hit_with_text("Yes it is", range, 1)};
    hits[1].path = "/home/u/news/a-longer/name.txt";
    hits[1].line = 7;
    hits[0].n_ranges = 1;
    expect_lines(hits, 2, 5, false,
                 "nato/skopje.txt:12:  y on collective defe\n"
                 "a-longer/name.txt:7:      Yes it i\n");
}

Test(format_kwic, the_page_belongs_to_the_place)
{
    static const pil_match_range range[] = {{0, 3, 0}};
    pil_hit hits[] = {pil_sample_hit_with_text("Yes", range, 1),
                      pil_sample_hit_with_text("Yes", range, 1)};
    hits[0].page = 12;
    expect_lines(hits, 2, 1, false,
                 "nato/skopje.txt:p12:  Yes\n"
                 "nato/skopje.txt:12:   Yes\n");
}

Test(format_kwic, a_phrase_is_one_match)
{
    static const pil_match_range ranges[] = {{0, 4, 0},   {5, 9, 0},   {11, 15, 0},
                                             {19, 23, 0}, {24, 28, 1}, {29, 33, 1}};
    static const char *const words[] = {"\"open door\"", "door"};
    const pil_hit hit = pil_sample_hit_with_text("open door, open or door door door", ranges, 6);
    pil_format_settings settings = pil_sample_settings();
    settings.words = words;
    settings.n_words = 2;
    settings.hits = &hit;
    settings.n_hits = 1;
    settings.kwic_columns = 3;
    char *text = pil_sample_render(pil_format_kwic_new, &settings, &hit, 1);
    cr_expect_str_eq(text,
                     "nato/skopje.txt:12:    open door, open or\n"
                     "nato/skopje.txt:12: or door do\n"
                     "nato/skopje.txt:12: or door do\n"
                     "nato/skopje.txt:12: or door\n",
                     "%s", text);
    free(text);
}

Test(format_kwic, a_place_without_a_match_widens_nothing)
{
    static const pil_match_range range[] = {{0, 3, 0}};
    pil_hit hits[] = {pil_sample_hit_with_text("Yes", range, 1),
                      pil_sample_hit_with_text("No", NULL, 0)};
    hits[1].path = "/home/u/news/a-much-longer/name.txt";
    expect_lines(hits, 2, 3, false, "nato/skopje.txt:12:    Yes\n");
}

Test(format_kwic, wide_characters_take_two_columns)
{
    static const pil_match_range range[] = {{9, 12, 0}};
    const pil_hit hit = pil_sample_hit_with_text("北大西Key洋公約", range, 1);
    expect_lines(&hit, 1, 5, false, "nato/skopje.txt:12:  大西Key洋公\n");
    expect_lines(&hit, 1, 1, false, "nato/skopje.txt:12:  Key\n");
}

Test(format_kwic, combining_marks_stay_with_their_letters)
{
    static const pil_match_range range[] = {{7, 10, 0}};
    /* e, combining acute, x, combining acute, blank */
    const pil_hit hit = pil_sample_hit_with_text("e\xCC\x81x\xCC\x81 Key y\xCC\x81z", range, 1);
    expect_lines(&hit, 1, 2, false, "nato/skopje.txt:12: x\xCC\x81 Key y\xCC\x81\n");
    expect_lines(&hit, 1, 3, false, "nato/skopje.txt:12: e\xCC\x81x\xCC\x81 Key y\xCC\x81z\n");
}

Test(format_kwic, white_space_is_collapsed_and_controls_are_visible)
{
    static const pil_match_range range[] = {{7, 10, 0}};
    const pil_hit hit = pil_sample_hit_with_text("a\n\n  \x1B Key\x07z", range, 1);
    expect_lines(&hit, 1, 8, false, "nato/skopje.txt:12:  a \\x1B Key\\x07z\n");
}

Test(format_kwic, color_marks_the_match_and_the_path)
{
    static const pil_match_range ranges[] = {{2, 5, 0}};
    const pil_hit hit = pil_sample_hit_with_text("a Key z", ranges, 1);
    expect_lines(&hit, 1, 2, true, "\x1B[36mnato/skopje.txt\x1B[0m:12: a \x1B[1;31mKey\x1B[0m z\n");
}
