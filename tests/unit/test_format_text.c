#include "query/format.h"

#include "support/sample_hit.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uniwidth.h>

/* What the text formatter makes of the hits; the caller frees it. */
static char *rendered(const pil_format_settings *settings, const pil_hit *hits, size_t n_hits)
{
    return pil_sample_render(pil_format_text_new, settings, hits, n_hits);
}

static void expect_text(const pil_format_settings *settings, const pil_hit *hit,
                        const char *expected)
{
    char *text = rendered(settings, hit, 1);
    cr_expect_str_eq(text, expected);
    free(text);
}

Test(format_text, a_pipe_gets_each_paragraph_on_one_line)
{
    const pil_hit hits[] = {pil_sample_hit(), pil_sample_hit()};
    const pil_format_settings settings = pil_sample_settings();
    char *text = rendered(&settings, hits, 2);
    cr_expect_str_eq(text, " 1  nato/skopje.txt:12  \xC2\xB6"
                           "5  8.41\n"
                           "    Skopje > Deterrence  [2023-11-22]\n"
                           "    Allies rely on collective defense, and on dialogue.\n"
                           "    lacks: Kosovo\n"
                           "\n"
                           " 1  nato/skopje.txt:12  \xC2\xB6"
                           "5  8.41\n"
                           "    Skopje > Deterrence  [2023-11-22]\n"
                           "    Allies rely on collective defense, and on dialogue.\n"
                           "    lacks: Kosovo\n");
    free(text);
}

Test(format_text, color_marks_words_and_closes_every_style)
{
    pil_format_settings settings = pil_sample_settings();
    settings.color = true;
    const pil_hit hit = pil_sample_hit();
    expect_text(&settings, &hit,
                "\x1B[1m 1\x1B[0m  \x1B[36mnato/skopje.txt\x1B[0m:12\x1B[2m  \xC2\xB6"
                "5  8.41\x1B[0m\n"
                "    \x1B[1mSkopje > Deterrence\x1B[0m  \x1B[2m[2023-11-22]\x1B[0m\n"
                "    Allies rely on \x1B[1;31mcollective\x1B[0m \x1B[1;31mdefense\x1B[0m, and on "
                "\x1B[1;31mdialogue\x1B[0m.\n"
                "    \x1B[33mlacks: Kosovo\x1B[0m\n");
}

Test(format_text, a_terminal_gets_lines_of_its_width)
{
    pil_format_settings settings = pil_sample_settings();
    settings.width = 24;
    pil_hit hit = pil_sample_hit();
    hit.title = hit.heading = hit.date = "";
    expect_text(&settings, &hit,
                " 1  nato/skopje.txt:12  \xC2\xB6"
                "5  8.41\n"
                "    Allies rely on\n"
                "    collective defense,\n"
                "    and on dialogue.\n"
                "    lacks: Kosovo\n");
}

Test(format_text, a_highlight_goes_on_over_a_line_break)
{
    static const char text[] = "on\n attack on all of us";
    static const pil_match_range range[] = {{4, 17, 0}};
    pil_format_settings settings = pil_sample_settings();
    settings.width = 20;
    settings.color = true;
    pil_hit hit = pil_sample_hit_with_text(text, range, 1);
    char *got = rendered(&settings, &hit, 1);
    cr_expect(strstr(got, "    on \x1B[1;31mattack on all\x1B[0m\n    of us\n") != NULL, "%s", got);
    free(got);
    settings.width = 15;
    got = rendered(&settings, &hit, 1);
    cr_expect(
        strstr(got, "    on \x1B[1;31mattack\x1B[0m\n    \x1B[1;31mon all\x1B[0m of\n    us\n") !=
            NULL,
        "%s", got);
    free(got);
}

Test(format_text, controls_and_odd_names_are_escaped_and_highlights_stay_in_place)
{
    static const char text[] = "evil\x1B[2J \xE2\x80\xAE"
                               "defense\xFF\r\n\ttail";
    static const pil_match_range range[] = {{12, 19, 0}};
    pil_format_settings settings = pil_sample_settings();
    settings.color = true;
    pil_hit hit = pil_sample_hit_with_text(text, range, 1);
    hit.path = "/home/u/news/a\nb\x1B.txt";
    hit.heading = "He\x1B"
                  "ad";
    hit.date = "2\x07";
    expect_text(&settings, &hit,
                "\x1B[1m 1\x1B[0m  \x1B[36m$'a\\nb\\x1B.txt'\x1B[0m:12\x1B[2m  \xC2\xB6"
                "5  8.41\x1B[0m\n"
                "    \x1B[1mHe\\x1Bad\x1B[0m  \x1B[2m[2\\x07]\x1B[0m\n"
                "    evil\\x1B[2J \\u{202E}\x1B[1;31mdefense\x1B[0m\\xFF tail\n");
}

Test(format_text, the_head_names_the_page_and_ranks_line_up)
{
    pil_format_settings settings = pil_sample_settings();
    settings.last_rank = 120;
    pil_hit hit = pil_sample_hit_with_text("x", NULL, 0);
    hit.rank = 7;
    hit.page = 3;
    expect_text(&settings, &hit,
                "  7  nato/skopje.txt:p3  \xC2\xB6"
                "5  8.41\n     x\n");
}

Test(format_text, title_and_heading_are_said_once)
{
    static const struct {
        const char *title, *heading, *date, *line;
    } cases[] = {
        {"A", "B", "", "    A > B\n"},
        {"A", "A > B", "", "    A > B\n"},
        {"A", "A", "", "    A\n"},
        {"A", "Ab > B", "", "    A > Ab > B\n"},
        {"", "B", "2020", "    B  [2020]\n"},
        {"A", "", "2020", "    A  [2020]\n"},
        {"", "", "2020", "    [2020]\n"},
        {"", "", "", ""},
    };
    const pil_format_settings settings = pil_sample_settings();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        pil_hit hit = pil_sample_hit_with_text("x", NULL, 0);
        hit.title = cases[i].title;
        hit.heading = cases[i].heading;
        hit.date = cases[i].date;
        char *got = rendered(&settings, &hit, 1), *line = strchr(got, '\n') + 1;
        cr_expect(strncmp(line, cases[i].line, strlen(cases[i].line)) == 0, "case %zu: %s", i, got);
        cr_expect_str_eq(line + strlen(cases[i].line), "    x\n", "case %zu: %s", i, got);
        free(got);
    }
}

Test(format_text, a_long_title_is_cut_to_the_terminal)
{
    pil_format_settings settings = pil_sample_settings();
    settings.width = 40;
    pil_hit hit = pil_sample_hit_with_text("x", NULL, 0);
    hit.title = "A title that does not fit on the line at all";
    hit.date = "2023-11-22";
    char *got = rendered(&settings, &hit, 1);
    cr_expect(strstr(got, "\n    A title that does not\xE2\x80\xA6  [2023-11-22]\n") != NULL, "%s",
              got);
    free(got);
}

Test(format_text, wide_and_combining_characters_count_by_their_columns)
{
    /* Four wide characters are eight columns; the accents take none. */
    static const char text[] = "\xE9\x9B\x86\xE5\x9B\xA3\xE9\x98\xB2\xE8\xA1\x9B\xE6\x9D\xA1"
                               "\xE7\xB4\x84\xE5\x90\x8C\xE7\x9B\x9F "
                               "e\xCC\x81t\xCC\x8A"
                               "e\xCC\x81 abcde";
    pil_format_settings settings = pil_sample_settings();
    settings.width = 14; /* ten for the text */
    pil_hit hit = pil_sample_hit_with_text(text, NULL, 0);
    expect_text(&settings, &hit,
                " 1  nato/skopje.txt:12  \xC2\xB6"
                "5  8.41\n"
                "    \xE9\x9B\x86\xE5\x9B\xA3\xE9\x98\xB2\xE8\xA1\x9B\xE6\x9D\xA1\n"
                "    \xE7\xB4\x84\xE5\x90\x8C\xE7\x9B\x9F e\xCC\x81t\xCC\x8A"
                "e\xCC\x81\n"
                "    abcde\n");
}

Test(format_text, a_word_longer_than_a_line_is_broken)
{
    pil_format_settings settings = pil_sample_settings();
    settings.width = 14;
    pil_hit hit = pil_sample_hit_with_text("a 0123456789012345678901234 b", NULL, 0);
    char *got = rendered(&settings, &hit, 1);
    cr_expect(strstr(got, "\n    a\n    0123456789\n    0123456789\n    01234 b\n") != NULL, "%s",
              got);
    free(got);
}

/* A text of n_sentences numbered ones; the caller frees it. */
static char *long_text(size_t n_sentences)
{
    size_t size = n_sentences * 64 + 1, length = 0;
    char *text = malloc(size);
    cr_assert(text != NULL);
    for (size_t i = 0; i < n_sentences; i++)
        length += (size_t)snprintf(text + length, size - length,
                                   "Sentence number %03zu says very little. ", i);
    text[length - 1] = '\0';
    return text;
}

static size_t n_lines_of(const char *text)
{
    size_t n = 0;
    for (; *text != '\0'; text++)
        n += *text == '\n';
    return n;
}

Test(format_text, a_long_paragraph_is_trimmed_around_the_most_different_words)
{
    char *text = long_text(400);
    pil_match_range ranges[5];
    /* Three times one word early on, two different ones late: the late part is better. */
    static const struct {
        const char *at;
        uint32_t word;
    } matches[] = {{"010", 0}, {"011", 0}, {"012", 0}, {"300", 0}, {"305", 1}};
    for (size_t i = 0; i < 5; i++) {
        uint32_t begin = (uint32_t)(strstr(text, matches[i].at) - text);
        ranges[i] = (pil_match_range){begin, begin + 3, matches[i].word};
    }
    pil_format_settings settings = pil_sample_settings();
    settings.width = 80;
    settings.color = true;
    pil_hit hit = pil_sample_hit_with_text(text, ranges, 5);
    char *got = rendered(&settings, &hit, 1);
    cr_expect(strstr(got, "\x1B[1;31m300\x1B[0m") != NULL, "%s", got);
    cr_expect(strstr(got, "\x1B[1;31m305\x1B[0m") != NULL, "%s", got);
    cr_expect(strstr(got, "010") == NULL, "%s", got);
    cr_expect(strstr(got, "\n    \xE2\x80\xA6 Sentence ") != NULL, "begins at a sentence: %s", got);
    cr_expect_str_eq(got + strlen(got) - 5, " \xE2\x80\xA6\n");
    cr_expect_leq(n_lines_of(got), 1 + 13);
    cr_expect_geq(n_lines_of(got), 1 + 11);

    settings.width = 0;
    free(got);
    got = rendered(&settings, &hit, 1);
    cr_expect(strstr(got, "number 399 says") != NULL, "a pipe gets all of it");
    free(got);
    free(text);
}

Test(format_text, a_long_paragraph_is_whole_where_that_is_asked_for)
{
    char *text = long_text(400);
    pil_format_settings settings = pil_sample_settings();
    settings.width = 80;
    settings.is_whole = true;
    pil_hit hit = pil_sample_hit_with_text(text, NULL, 0);
    char *got = rendered(&settings, &hit, 1);
    cr_expect(strstr(got, "number 000 says") != NULL, "%s", got);
    cr_expect(strstr(got, "number 399 says") != NULL, "%s", got);
    cr_expect(strstr(got, "\xE2\x80\xA6") == NULL, "%s", got);
    cr_expect_gt(n_lines_of(got), 100, "it is broken into lines");
    free(got);
    free(text);
}

Test(format_text, trimming_keeps_what_matches_at_either_end)
{
    char *text = long_text(200);
    pil_format_settings settings = pil_sample_settings();
    settings.width = 80;
    for (int i = 0; i < 2; i++) {
        const char *word = i == 0 ? "000" : "199";
        uint32_t begin = (uint32_t)(strstr(text, word) - text);
        const pil_match_range range[] = {{begin, begin + 3, 0}};
        pil_hit hit = pil_sample_hit_with_text(text, range, 1);
        char *got = rendered(&settings, &hit, 1);
        cr_expect(strstr(got, word) != NULL, "%s", got);
        cr_expect((strstr(got, "    Sentence number 000") != NULL) == (i == 0), "%s", got);
        cr_expect((strstr(got, "\xE2\x80\xA6\n") == NULL) == (i == 1), "%s", got);
        cr_expect_geq(n_lines_of(got), 1 + 11);
        free(got);
    }
    free(text);
}

Test(format_text, no_line_is_wider_than_the_terminal)
{
    static const char text[] =
        "\xE9\x9B\x86\xE5\x9B\xA3 mixed \xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7 text, "
        "(https://example.org/a/very/long/path?with=things&more=things#and-a-fragment-too) and "
        "\x1B[31mcontrols\x07\x07\x07\x07\x07\x07\x07 Kova\xC4\x8D"
        "evski \xE2\x80\x94 end";
    pil_hit hit = pil_sample_hit_with_text(text, NULL, 0);
    hit.path = "/p"; /* the head line is never broken */
    for (unsigned width = 20; width <= 100; width++) {
        pil_format_settings settings = pil_sample_settings();
        settings.width = width;
        char *got = rendered(&settings, &hit, 1), *rest = NULL;
        for (char *line = strtok_r(got, "\n", &rest); line != NULL;
             line = strtok_r(NULL, "\n", &rest))
            cr_expect_leq(u8_strwidth((const uint8_t *)line, "UTF-8"), (int)width, "at %u: %s",
                          width, line);
        free(got);
    }
}

Test(format_text, neighbours_stand_around_the_hit_with_their_numbers)
{
    const pil_neighbour before[] = {{9, 20, "Before it.", 10}};
    const pil_neighbour after[] = {{11, 24, "After it, more.", 15}};
    pil_format_settings settings = pil_sample_settings();
    settings.has_context = true;
    settings.width = 20;
    pil_hit hit = pil_sample_hit_with_text("The hit.", NULL, 0);
    hit.paragraph = 10;
    hit.before = before;
    hit.n_before = 1;
    hit.after = after;
    hit.n_after = 1;
    expect_text(&settings, &hit,
                " 1  nato/skopje.txt:12  \xC2\xB6"
                "10  8.41\n"
                "    \xC2\xB6"
                "9   Before it.\n"
                "    \xC2\xB6"
                "10  The hit.\n"
                "    \xC2\xB6"
                "11  After it,\n"
                "         more.\n");
}

Test(format_text, grouping_says_how_many_more_there_are)
{
    pil_format_settings settings = pil_sample_settings();
    pil_hit hit = pil_sample_hit_with_text("x", NULL, 0);
    hit.n_more_in_article = 3;
    expect_text(&settings, &hit,
                " 1  nato/skopje.txt:12  \xC2\xB6"
                "5  8.41\n    x\n");
    settings.is_grouped = true;
    expect_text(&settings, &hit,
                " 1  nato/skopje.txt:12  \xC2\xB6"
                "5  8.41\n    x\n    +3 more in this article\n");
}

Test(format_text, paragraphs_of_one_article_stand_under_one_heading)
{
    pil_format_settings settings = pil_sample_settings();
    settings.is_grouped = true;
    pil_hit hits[3];
    for (uint32_t i = 0; i < 3; i++) {
        hits[i] = pil_sample_hit_with_text("x", NULL, 0);
        hits[i].rank = i + 1;
        hits[i].title = "Skopje";
        hits[i].date = "2023";
        hits[i].group_number = i + 1;
        hits[i].group_size = 3;
        hits[i].n_more_in_article = 4;
    }
    hits[0].heading = "Skopje > Deterrence";
    hits[1].heading = "Skopje > Costs";
    hits[2].heading = "Skopje";
    char *text = pil_sample_render(pil_format_text_new, &settings, hits, 3);
    cr_expect_str_eq(text,
                     " 1  nato/skopje.txt:12  \xC2\xB6"
                     "5  8.41\n    Skopje > Deterrence  [2023]\n    x\n"
                     " 2  nato/skopje.txt:12  \xC2\xB6"
                     "5  8.41\n    Costs\n    x\n"
                     " 3  nato/skopje.txt:12  \xC2\xB6"
                     "5  8.41\n    x\n    +4 more in this article\n",
                     "%s", text);
    free(text);
}

Test(format_text, copies_are_counted)
{
    const pil_format_settings settings = pil_sample_settings();
    pil_hit hit = pil_sample_hit_with_text("x", NULL, 0);
    hit.n_copies = 1;
    expect_text(&settings, &hit,
                " 1  nato/skopje.txt:12  \xC2\xB6"
                "5  8.41\n    x\n    +1 copy\n");
    hit.n_copies = 6;
    expect_text(&settings, &hit,
                " 1  nato/skopje.txt:12  \xC2\xB6"
                "5  8.41\n    x\n    +6 copies\n");
}

Test(format_text, several_missing_words_are_listed_and_unknown_numbers_ignored)
{
    static const uint32_t missing[] = {0, 99, 2};
    const pil_format_settings settings = pil_sample_settings();
    pil_hit hit = pil_sample_hit_with_text("x", NULL, 0);
    hit.missing = missing;
    hit.n_missing = 3;
    expect_text(&settings, &hit,
                " 1  nato/skopje.txt:12  \xC2\xB6"
                "5  8.41\n    x\n    lacks: collective, dialogue\n");
}

Test(format_text, a_full_disk_is_an_error)
{
    pil_format_settings settings = pil_sample_settings();
    settings.out = fopen("/dev/full", "w");
    cr_assert_not_null(settings.out);
    const pil_hit hit = pil_sample_hit();
    pil_error err = {0};
    cr_expect_eq(pil_sample_run(pil_format_text_new, &settings, &hit, 1, &err), PIL_IO);
    cr_expect_str_eq(err.message, "cannot write the results: No space left on device");
    fclose(settings.out);
}

Test(format_text, a_reader_that_is_gone_ends_the_output_quietly)
{
    pil_format_settings settings = pil_sample_settings();
    settings.out = pil_sample_broken_pipe();
    const pil_hit hit = pil_sample_hit();
    pil_error err = {0};
    cr_expect_eq(pil_sample_run(pil_format_text_new, &settings, &hit, 1, &err), PIL_DONE);
    cr_expect_str_empty(err.message);
    fclose(settings.out);
}

Test(format_text, a_section_that_is_cut_says_so)
{
    static const pil_neighbour before[] = {{.number = 4, .text = "before", .text_bytes = 6}};
    static const pil_neighbour after[] = {{.number = 6, .text = "after", .text_bytes = 5}};
    const pil_format_settings settings = pil_sample_settings();
    pil_hit hit = pil_sample_hit_with_text("here", NULL, 0);
    hit.before = before;
    hit.after = after;
    hit.n_before = hit.n_after = 1;
    hit.is_cut_before = hit.is_cut_after = true;
    expect_text(&settings, &hit,
                " 1  nato/skopje.txt:12  ¶5  8.41\n"
                "        [the section begins further up]\n"
                "    ¶4  before\n"
                "    ¶5  here\n"
                "    ¶6  after\n"
                "        [the section goes on]\n");
}

Test(format_text, a_place_is_a_link_where_it_is_asked_for)
{
    pil_format_settings settings = pil_sample_settings();
    settings.color = true;
    settings.hyperlink = "x:{host}{path}#{line}";
    settings.host = "h";
    pil_hit hit = pil_sample_hit_with_text("text", NULL, 0);
    hit.path = "/home/u/news/a\x1B b.txt";
    char *text = rendered(&settings, &hit, 1);
    static const char wanted[] = "\x1B[1m 1\x1B[0m  \x1B]8;;x:h/home/u/news/a%1B%20b.txt#12\x1B\\"
                                 "\x1B[36m$'a\\x1B b.txt'\x1B[0m:12\x1B]8;;\x1B\\\x1B[2m  ";
    cr_expect_eq(strncmp(text, wanted, strlen(wanted)), 0, "%s", text);
    free(text);
    hit.path = "-";
    text = rendered(&settings, &hit, 1);
    cr_expect_null(strstr(text, "]8;"), "standard input is no file");
    free(text);
}
