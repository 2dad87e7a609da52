#include "passage/passage.h"
#include "support/read_articles.h"

#include "base/utf8.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Words for paragraphs that have to be long enough. */
#define LONG                                                                                       \
    "The mission in the region goes on, and its commander says that it will stay for as long as "  \
    "it is needed by the people there."
#define WIDE LONG " It is a paragraph that no one has wrapped at any width that people use."

static pil_paragraphs split_at(const char *text, size_t length, size_t offset, uint32_t line)
{
    pil_paragraphs paragraphs = {0};
    pil_error err = {0};
    cr_assert_eq(pil_paragraphs_from_text(&paragraphs, text, length, offset, line, &err), PIL_OK,
                 "%s", err.message);
    return paragraphs;
}

static pil_paragraphs split(const char *text)
{
    return split_at(text, strlen(text), 0, 1);
}

typedef struct layout_case {
    const char *name, *text, *paragraphs;
} layout_case;

static void expect_layouts(const layout_case *cases, size_t n_cases)
{
    for (size_t i = 0; i < n_cases; i++) {
        pil_paragraphs paragraphs = split(cases[i].text);
        char *got = pil_test_describe(&paragraphs);
        cr_expect_str_eq(got, cases[i].paragraphs, "%s\ngot:\n%sexpected:\n%s", cases[i].name, got,
                         cases[i].paragraphs);
        free(got);
        pil_paragraphs_dispose(&paragraphs);
    }
}

#define EXPECT_LAYOUTS(cases) expect_layouts(cases, sizeof(cases) / sizeof(cases)[0])

Test(passage, blank_lines_separate_paragraphs)
{
    static const layout_case cases[] = {
        {"nothing", "", ""},
        {"only line ends", "\n\r\n\n", ""},
        {"only Unicode white space", "\u00A0\n\u200B\u2003\n\uFEFF\n", ""},
        {"no final line end", LONG "\n\n" LONG, "1||" LONG "\n3||" LONG "\n"},
        {"a line of white space is blank", LONG "\n \t\u00A0\n" LONG "\n",
         "1||" LONG "\n3||" LONG "\n"},
        {"a form feed separates", LONG "\f" LONG "\n", "1||" LONG "\n1||" LONG "\n"},
        {"white space around goes", "\n\n  \u00A0" LONG "\u200B \n", "3||" LONG "\n"},
    };
    EXPECT_LAYOUTS(cases);
}

Test(passage, every_line_end_gives_the_same_paragraphs)
{
    static const char *const ends[] = {"\n", "\r\n", "\r", "\v", "\xC2\x85", "\u2028", "\u2029"};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        char text[1024];
        snprintf(text, sizeof text, "%s%s%s%s%s%sRoses are red%sViolets are blue%s", LONG, ends[i],
                 ends[i], LONG, ends[i], ends[i], ends[i], ends[i]);
        pil_paragraphs paragraphs = split(text);
        char *got = pil_test_describe(&paragraphs);
        cr_expect_str_eq(got, "1||" LONG "\n3||" LONG "\n5||Roses are red\\nViolets are blue\n",
                         "end %zu: %s", i, got);
        const pil_paragraph *second = &paragraphs.items[1];
        cr_expect_eq(strncmp(text + second->begin_byte, LONG, strlen(LONG)), 0, "end %zu", i);
        cr_expect_eq(second->end_byte - second->begin_byte, strlen(LONG), "end %zu", i);
        free(got);
        pil_paragraphs_dispose(&paragraphs);
    }
}

Test(passage, a_paragraph_a_line_is_split_at_lines)
{
    static const layout_case cases[] = {
        {"long lines", WIDE "\n" WIDE "\n" WIDE "\n", "1||" WIDE "\n2||" WIDE "\n3||" WIDE "\n"},
        {"with a title and short ones among them",
         "Allies meet in Skopje\n" WIDE "\nHe said that this is not the last meeting.\n" WIDE "\n",
         "2|Allies meet in Skopje|" WIDE "\n"
         "3|Allies meet in Skopje|He said that this is not the last meeting.\n"
         "4|Allies meet in Skopje|" WIDE "\n"},
        {"a sentence a line",
         "The first sentence stands on a line of its own here.\n"
         "The second one does so too, and it is somewhat longer than that.\n"
         "The third one is the last of the three sentences.\n",
         "1||The first sentence stands on a line of its own here.\n"
         "2||The second one does so too, and it is somewhat longer than that.\n"
         "3||The third one is the last of the three sentences.\n"},
    };
    EXPECT_LAYOUTS(cases);
}

Test(passage, wrapped_lines_are_one_paragraph)
{
    static const layout_case cases[] = {
        {"by blank lines",
         "The alliance has been present in the region since 1995, when it led the\n"
         "force that carried out the military side of the peace agreement. It has\n"
         "since then handed most of that work to others.\n\n"
         "A second paragraph was wrapped at the same width as the first one was,\n"
         "as is the custom.\n",
         "1||The alliance has been present in the region since 1995, when it led the force that "
         "carried out the military side of the peace agreement. It has since then handed most of "
         "that work to others.\n"
         "5||A second paragraph was wrapped at the same width as the first one was, as is the "
         "custom.\n"},
        {"by an indented first line",
         "The alliance has been present in the region since 1995, when it led the\n"
         "force that carried out the military side of the peace agreement.\n"
         "  A second paragraph was wrapped at the same width as the first one was,\n"
         "as is the custom.\n",
         "1||The alliance has been present in the region since 1995, when it led the force that "
         "carried out the military side of the peace agreement.\n"
         "3||A second paragraph was wrapped at the same width as the first one was, as is the "
         "custom.\n"},
        {"a hyphen at the end of a line stays, without a space",
         "It is the wish of the governments of the region that their Euro-\n"
         "Atlantic integration goes on, and that nothing of the whole co\u00AD\n"
         "operation of the last years is lost.\n",
         "1||It is the wish of the governments of the region that their Euro-Atlantic integration "
         "goes on, and that nothing of the whole cooperation of the last years is lost.\n"},
        {"ideographs get no spaces",
         "\u5317\u7EA6\u5728\u5DF4\u5C14\u5E72\u5730\u533A\u53D1\u6325\u7740\u591A\u65B9\u9762"
         "\u548C"
         "\u5173\u952E\u7684\u4F5C\u7528\uFF0C\u6709\u52A9\u4E8E\u7A33\u5B9A\n"
         "\u5B89\u5168\u3002\n",
         "1||"
         "\u5317\u7EA6\u5728\u5DF4\u5C14\u5E72\u5730\u533A\u53D1\u6325\u7740\u591A\u65B9\u9762"
         "\u548C"
         "\u5173\u952E\u7684\u4F5C\u7528\uFF0C\u6709\u52A9\u4E8E\u7A33\u5B9A"
         "\u5B89\u5168\u3002\n"},
    };
    EXPECT_LAYOUTS(cases);
}

Test(passage, short_lines_stay_together)
{
    static const layout_case cases[] = {
        {"verse", "Roses are red\nViolets are blue\n  Sugar is sweet\n",
         "1||Roses are red\\nViolets are blue\\n  Sugar is sweet\n"},
        {"an address behind text", LONG "\n\nThe Old Mill\n12 High Street\nSkopje\n",
         "1||" LONG "\n3||The Old Mill\\n12 High Street\\nSkopje\n"},
    };
    EXPECT_LAYOUTS(cases);
}

Test(passage, headings_become_the_path)
{
    static const layout_case cases[] = {
        {"standing alone", "Allies meet\n\n" LONG "\n\nThe dialogue\n\n" LONG "\n",
         "3|Allies meet|" LONG "\n7|Allies meet > The dialogue|" LONG "\n"},
        {"in capitals, with others below",
         LONG "\n\nBACKGROUND\n\n" LONG "\n\nThe dialogue\n\n" LONG "\n\nOUTLOOK\n\n" LONG "\n",
         "1||" LONG "\n5|BACKGROUND|" LONG "\n9|BACKGROUND > The dialogue|" LONG
         "\n13|OUTLOOK|" LONG "\n"},
        {"numbered", "1. Missions\n\n" LONG "\n\n1.2 Today\n\n" LONG "\n\n2. Outlook\n\n" LONG "\n",
         "3|1. Missions|" LONG "\n7|1. Missions > 1.2 Today|" LONG "\n"
         "11|1. Missions > 2. Outlook|" LONG "\n"},
        {"with hashes", "# Allies\n" LONG "\n\n## Dialogue\n\n" LONG "\n",
         "2|Allies|" LONG "\n6|Allies > Dialogue|" LONG "\n"},
        {"underlined", "Allies\n======\n" LONG "\n\nDialogue\n--------\n\n" LONG "\n",
         "3|Allies|" LONG "\n8|Allies > Dialogue|" LONG "\n"},
        {"rules between text vanish", LONG "\n\n* * *\n\n----\n\n" LONG "\n",
         "1||" LONG "\n7||" LONG "\n"},
    };
    EXPECT_LAYOUTS(cases);
}

Test(passage, what_only_looks_like_a_heading_joins_the_text)
{
    static const layout_case cases[] = {
        {"a byline and a date", "Allies meet\n\nBy Ana Petrova\n\n22 November 2023\n\n" LONG "\n",
         "3|Allies meet|By Ana Petrova\\n22 November 2023\\n" LONG "\n"},
        {"a signature", LONG "\n\nAna Petrova\n", "1||" LONG "\\nAna Petrova\n"},
        {"a page number", LONG "\n\n19\n\n" LONG "\n", "1||" LONG "\n3||19\\n" LONG "\n"},
        {"an address to the chair", LONG "\n\nMr. President,\n\n" LONG "\n",
         "1||" LONG "\n3||Mr. President,\\n" LONG "\n"},
        {"a text that broke off", "The commander said that he\n\nwould stay with it.\n",
         "3|The commander said that he|would stay with it.\n"},
        {"comments of a script", "# one\n# two\necho\n", "1||# one\\n# two\\necho\n"},
    };
    EXPECT_LAYOUTS(cases);
}

Test(passage, no_heading_is_lost)
{
    static const layout_case cases[] = {
        {"one line only", "Only a heading\n", "1||Only a heading\n"},
        {"headings only", "# One\n\n# Two\n\n# Three\n", "1||One\\nTwo\\nThree\n"},
        {"one in the middle", "# One\n\n" LONG "\n\n# Two\n\n# Three\n\n" LONG "\n",
         "3|One|" LONG "\n5||Two\n9|Three|" LONG "\n"},
        {"one at the end", "# One\n\n" LONG "\n\n## Two\n", "3|One|" LONG "\\nTwo\n"},
    };
    EXPECT_LAYOUTS(cases);
}

Test(passage, list_items_are_one_paragraph_with_what_introduces_them)
{
    static const layout_case cases[] = {
        {"apart",
         "The missions in these years were:\n\n- IFOR\n- SFOR, which\n  came later\n\n- KFOR\n",
         "1||The missions in these years were:\\n- IFOR\\n- SFOR, which came later\\n- KFOR\n"},
        {"in one block", "The missions in these years were:\n1. IFOR\n2. SFOR\n",
         "1||The missions in these years were:\\n1. IFOR\\n2. SFOR\n"},
        {"no colon",
         "There were missions in all of these years.\n\n\u2022 IFOR went first\n\u2022 SFOR came "
         "after it\n",
         "1||There were missions in all of these years.\n"
         "3||\u2022 IFOR went first\\n\u2022 SFOR came after it\n"},
        {"long items are paragraphs", "- " WIDE "\n\n- " WIDE "\n",
         "1||- " WIDE "\n3||- " WIDE "\n"},
    };
    EXPECT_LAYOUTS(cases);
}

Test(passage, a_big_list_is_several_paragraphs)
{
    pil_buffer text;
    pil_buffer_init(&text, 1 << 20);
    for (int i = 0; i < 100; i++)
        cr_assert_eq(pil_buffer_appendf(&text, "- this is item %d of the list that goes on\n", i),
                     PIL_OK);
    pil_paragraphs paragraphs = split(text.bytes);
    cr_expect_gt(paragraphs.n_items, 3);
    cr_expect_lt(paragraphs.n_items, 6);
    for (size_t i = 0; i < paragraphs.n_items; i++) {
        const pil_paragraph *p = &paragraphs.items[i];
        cr_expect_lt(p->length_bytes, 1100);
        cr_expect_eq(strncmp(p->text, "- this", 6), 0);
        cr_expect_eq(strncmp(text.bytes + p->begin_byte, p->text, p->length_bytes), 0);
    }
    pil_paragraphs_dispose(&paragraphs);
    pil_buffer_dispose(&text);
}

Test(passage, a_text_has_a_title_when_it_begins_with_a_heading)
{
    static const struct {
        const char *text, *title;
    } cases[] = {
        {"", ""},
        {LONG, ""},
        {"Allies meet\n\n" LONG, "Allies meet"},
        {"Will they  join?\n\n" LONG, "Will they join?"},
        {"# Allies\n" LONG, "Allies"},
        {LONG "\n\n# Later\n\n" LONG, ""},
        {"By Ana\n\n" LONG, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        pil_paragraphs paragraphs = split(cases[i].text);
        cr_expect_str_eq(paragraphs.title, cases[i].title, "case %zu: %s", i, paragraphs.title);
        pil_paragraphs_dispose(&paragraphs);
    }
}

/* n bytes made of piece. */
static void fill(pil_buffer *out, const char *piece, size_t n)
{
    pil_buffer_init(out, SIZE_MAX - 1);
    while (out->length + strlen(piece) <= n)
        cr_assert_eq(pil_buffer_append_string(out, piece), PIL_OK);
}

typedef struct long_case {
    const char *name, *piece;
    size_t length;
    const char *edge; /* what each piece but the last ends with */
} long_case;

Test(passage, what_is_too_long_is_cut_at_the_best_edge_there_is)
{
    static const long_case cases[] = {
        {"sentences", "The mission goes on. It stays there. ", 300000, "."},
        {"sentences over wrapped lines",
         "The alliance has been present in the region for a long time now, and it\n"
         "stays there. The people of the whole region are glad about it, as it is\n"
         "said by all of them in each year. ",
         300000, "."},
        {"words without sentences", "mission alliance ", 300000, "mission\nalliance"},
        {"one word", "x", 300000, "x"},
        {"one letter with marks", "\u0301", 300000, "\u0301"},
        {"ideographs", "\u5317\u7EA6", 300000, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        pil_buffer text;
        fill(&text, cases[i].piece, cases[i].length);
        pil_paragraphs paragraphs = split(text.bytes);
        cr_expect_geq(paragraphs.n_items, 5, "%s", cases[i].name);
        cr_expect_leq(paragraphs.n_items, 8, "%s", cases[i].name);
        size_t behind = 0;
        for (size_t k = 0; k < paragraphs.n_items; k++) {
            const pil_paragraph *p = &paragraphs.items[k];
            cr_expect_leq(p->length_bytes, PIL_PARAGRAPH_MAX_BYTES);
            cr_expect(pil_utf8_is_valid(p->text, p->length_bytes), "%s", cases[i].name);
            cr_expect_geq(p->begin_byte, behind);
            cr_expect_leq(p->begin_byte, behind + 1, "%s: nothing is lost", cases[i].name);
            cr_expect_eq(p->text[0], text.bytes[p->begin_byte]);
            behind = p->end_byte;
            char last[2] = {p->text[p->length_bytes - 1], '\0'};
            if (k + 1 < paragraphs.n_items && cases[i].edge != NULL)
                cr_expect_not_null(strpbrk(last, cases[i].edge), "%s", cases[i].name);
        }
        cr_expect_geq(behind + 1, text.length);
        pil_paragraphs_dispose(&paragraphs);
        pil_buffer_dispose(&text);
    }
}

Test(passage, ranges_and_lines_count_from_where_the_caller_says)
{
    pil_paragraphs paragraphs = split_at(LONG "\n\n" LONG, 2 * strlen(LONG) + 2, 100, 7);
    cr_assert_eq(paragraphs.n_items, 2);
    cr_expect_eq(paragraphs.items[0].begin_byte, 100);
    cr_expect_eq(paragraphs.items[0].line, 7);
    cr_expect_eq(paragraphs.items[1].begin_byte, 100 + strlen(LONG) + 2);
    cr_expect_eq(paragraphs.items[1].end_byte, 100 + 2 * strlen(LONG) + 2);
    cr_expect_eq(paragraphs.items[1].line, 9);
    pil_paragraphs_dispose(&paragraphs);
}

Test(passage, paragraphs_are_appended_and_cleared)
{
    pil_paragraphs paragraphs = split(LONG);
    cr_assert_eq(pil_paragraphs_from_text(&paragraphs, LONG, strlen(LONG), 0, 1, NULL), PIL_OK);
    cr_expect_eq(paragraphs.n_items, 2);
    pil_paragraphs_clear(&paragraphs);
    cr_expect_eq(paragraphs.n_items, 0);
    cr_expect_str_eq(paragraphs.title, "");
    cr_assert_eq(pil_paragraphs_from_text(&paragraphs, LONG, strlen(LONG), 0, 1, NULL), PIL_OK);
    cr_expect_eq(paragraphs.n_items, 1);
    cr_expect_str_eq(paragraphs.items[0].text, LONG);
    pil_paragraphs_dispose(&paragraphs);
    pil_paragraphs_dispose(&paragraphs);
    pil_paragraphs_dispose(NULL);
}

/* A block of text at its place in an imagined source. */
static pil_block block_of(pil_block_kind kind, int level, const char *text, size_t begin)
{
    return (pil_block){
        .kind = kind,
        .level = level,
        .text = text,
        .length_bytes = strlen(text),
        .begin_byte = begin,
        .end_byte = begin + strlen(text),
        .line = (uint32_t)begin + 1,
    };
}

Test(passage, blocks_become_paragraphs_by_the_same_rules)
{
    const pil_block blocks[] = {
        block_of(PIL_BLOCK_HEADING, 1, " Allies\n meet ", 0),
        block_of(PIL_BLOCK_PARAGRAPH, 0, "By Ana", 20),
        block_of(PIL_BLOCK_PARAGRAPH, 0, LONG, 30),
        block_of(PIL_BLOCK_HEADING, 3, "Deep", 200),
        block_of(PIL_BLOCK_LIST_ITEM, 0, "- one", 210),
        block_of(PIL_BLOCK_LIST_ITEM, 0, "- two and some more words", 220),
        block_of(PIL_BLOCK_VERBATIM, 0, "code that is\n  some lines long, so that it stands", 240),
        block_of(PIL_BLOCK_PARAGRAPH, 0, " \n", 290),
        block_of(PIL_BLOCK_WHOLE, 0, "Yes.", 300),
        block_of(PIL_BLOCK_PARAGRAPH, 0, "The end", 310),
        block_of(PIL_BLOCK_HEADING, 9, "Level nine is six", 320),
        block_of(PIL_BLOCK_HEADING, 2, "Empty", 340),
    };
    pil_paragraphs paragraphs = {0};
    cr_assert_eq(
        pil_paragraphs_from_blocks(&paragraphs, blocks, sizeof blocks / sizeof blocks[0], NULL),
        PIL_OK);
    char *got = pil_test_describe(&paragraphs);
    cr_expect_str_eq(got,
                     "21|Allies meet|By Ana\\n" LONG "\n"
                     "211|Allies meet > Deep|- one\\n- two and some more words\n"
                     "241|Allies meet > Deep|code that is\\n  some lines long, so that it stands\n"
                     "301|Allies meet > Deep|Yes.\n"
                     "311|Allies meet > Deep|The end\\nLevel nine is six\n"
                     "341|Allies meet|Empty\n",
                     "%s", got);
    cr_expect_str_eq(paragraphs.title, "Allies meet");
    free(got);
    pil_paragraphs_dispose(&paragraphs);
}

Test(passage, a_heading_of_a_thousand_letters_is_a_paragraph)
{
    pil_buffer text;
    fill(&text, "heading ", 1000);
    const pil_block block = block_of(PIL_BLOCK_HEADING, 1, text.bytes, 0);
    pil_paragraphs paragraphs = {0};
    cr_assert_eq(pil_paragraphs_from_blocks(&paragraphs, &block, 1, NULL), PIL_OK);
    cr_expect_eq(paragraphs.n_items, 1);
    cr_expect_str_eq(paragraphs.title, "");
    pil_paragraphs_dispose(&paragraphs);
    pil_buffer_dispose(&text);
}

Test(passage, pieces_of_rendered_text_share_the_range_of_their_block)
{
    pil_buffer text;
    fill(&text, "The mission goes on. ", 100000);
    pil_block block = block_of(PIL_BLOCK_PARAGRAPH, 0, text.bytes, 10);
    block.end_byte = 200000;
    pil_paragraphs paragraphs = {0};
    cr_assert_eq(pil_paragraphs_from_blocks(&paragraphs, &block, 1, NULL), PIL_OK);
    cr_assert_eq(paragraphs.n_items, 2);
    for (size_t i = 0; i < 2; i++) {
        cr_expect_eq(paragraphs.items[i].begin_byte, 10);
        cr_expect_eq(paragraphs.items[i].end_byte, 200000);
    }
    pil_paragraphs_dispose(&paragraphs);
    pil_buffer_dispose(&text);
}

static double seconds_for(const char *text, size_t length)
{
    struct timespec begin, end;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    pil_paragraphs paragraphs = split_at(text, length, 0, 1);
    clock_gettime(CLOCK_MONOTONIC, &end);
    pil_paragraphs_dispose(&paragraphs);
    return (double)(end.tv_sec - begin.tv_sec) + (double)(end.tv_nsec - begin.tv_nsec) / 1e9;
}

Test(passage, time_is_linear_in_every_layout)
{
    static const char *const pieces[] = {"x",       "x\n",        "x\n\n",       "- x\n",
                                         "# x\n\n", "X\n\n",      "\u0301",      "1. Xyz\n\n",
                                         "word ",   "Abc\n===\n", "a:\n- b\n\n", "\f"};
    for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
        pil_buffer text;
        fill(&text, pieces[i], 3000000);
        double seconds = seconds_for(text.bytes, text.length);
        cr_expect_lt(seconds, 10.0, "3 MB of piece %zu took %f s", i, seconds);
        pil_buffer_dispose(&text);
    }
}
