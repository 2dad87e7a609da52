/* Printed lines into blocks: what is one paragraph, what is none. */
#include "indexer/pdf_layout.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/* A page is 600 wide and 800 high; a line of text is 400 wide, 10 high, 12 below the one before. */
typedef struct printed {
    uint32_t page;
    double left, top, size;
    const char *text;
    double width;
    bool is_bold;
} printed;

/* The blocks, one a line: "H1 " or "L " before headings and list items, and the page behind. */
static char *lay_out(const printed *given, size_t n)
{
    pil_pdf_lines lines = {.page_height = 800};
    pil_block_list blocks;
    pil_buffer out;
    pil_block_list_init(&blocks);
    pil_buffer_init(&out, 1 << 16);
    for (size_t i = 0; i < n; i++) {
        const printed *p = &given[i];
        const pil_pdf_line line = {.page = p->page,
                                   .left = p->left,
                                   .right = p->left + p->width,
                                   .top = p->top,
                                   .bottom = p->top + p->size,
                                   .size = p->size,
                                   .is_bold = p->is_bold,
                                   .text = p->text,
                                   .length = strlen(p->text)};
        cr_assert_eq(pil_pdf_lines_add(&lines, &line), PIL_OK);
        lines.n_pages = p->page;
    }
    cr_assert_eq(pil_pdf_layout(&lines, &blocks), PIL_OK);
    pil_block_list_finish(&blocks);
    for (size_t i = 0; i < blocks.n_items; i++) {
        const pil_block *block = &blocks.items[i];
        if (block->kind == PIL_BLOCK_HEADING)
            cr_assert_eq(pil_buffer_appendf(&out, "H%d ", block->level), PIL_OK);
        if (block->kind == PIL_BLOCK_LIST_ITEM)
            cr_assert_eq(pil_buffer_append_string(&out, "L "), PIL_OK);
        cr_assert_eq(pil_buffer_appendf(&out, "%.*s|%u\n", (int)block->length_bytes, block->text,
                                        (unsigned)block->page),
                     PIL_OK);
    }
    pil_block_list_dispose(&blocks);
    pil_pdf_lines_dispose(&lines);
    return pil_buffer_take(&out, NULL);
}

#define EXPECT(expected, ...)                                                                      \
    do {                                                                                           \
        const printed given[] = {__VA_ARGS__};                                                     \
        char *got = lay_out(given, sizeof given / sizeof given[0]);                                \
        cr_expect_str_eq(got, expected, "%s", got);                                                \
        free(got);                                                                                 \
    } while (0)

Test(pdf_layout, lines_are_a_paragraph_until_a_gap_or_an_indent)
{
    EXPECT("One line and another and a third.|1\nBelow a gap.|1\nmore of it with an indent|1\n"
           "goes on here.|1\n",
           {1, 60, 200, 10, "One line and", 400, false},
           {1, 60, 212, 10, "another and", 400, false}, {1, 60, 224, 10, "a third.", 100, false},
           {1, 60, 260, 10, "Below a gap.", 400, false},
           {1, 80, 272, 10, "more of it with an indent", 400, false},
           {1, 60, 290, 10, "goes on here.", 400, false});
}

Test(pdf_layout, a_short_line_that_ends_a_sentence_ends_a_paragraph)
{
    EXPECT("The first. It ends here.|1\nThe second begins and goes on|1\n",
           {1, 60, 200, 10, "The first.", 400, false},
           {1, 60, 212, 10, "It ends here.", 100, false},
           {1, 60, 224, 10, "The second begins", 400, false},
           {1, 60, 236, 10, "and goes on", 400, false});
}

Test(pdf_layout, words_that_were_cut_are_whole_again)
{
    EXPECT("an example of the kind, Anglo-American and preserved|1\n",
           {1, 60, 200, 10, "an exam-", 400, false}, {1, 60, 212, 10, "ple of the", 400, false},
           {1, 60, 224, 10, "kind, Anglo-", 400, false},
           {1, 60, 236, 10, "American and pre\xC2\xAD", 400, false},
           {1, 60, 248, 10, "served", 400, false});
    /* As the text has it elsewhere. */
    EXPECT("the well-known case is well-known too|1\n",
           {1, 60, 200, 10, "the well-known case is well-", 400, false},
           {1, 60, 212, 10, "known too", 400, false});
}

Test(pdf_layout, heads_that_come_again_and_page_numbers_are_dropped)
{
    EXPECT("Text of the first page,|1\nText of the second,|2\nText of the third,|3\n",
           {1, 60, 30, 9, "The report 2023", 400, false},
           {1, 60, 200, 10, "Text of the first page,", 400, false}, {1, 300, 780, 9, "1", 5, false},
           {2, 60, 30, 9, "The report 2023", 400, false},
           {2, 60, 200, 10, "Text of the second,", 400, false}, {2, 300, 780, 9, "2", 5, false},
           {3, 60, 30, 9, "The report 2023", 400, false},
           {3, 60, 200, 10, "Text of the third,", 400, false},
           {3, 300, 780, 9, "Page 3 of 3", 50, false});
    /* In the middle of a page, or once only, it is text. */
    EXPECT("The report|1\n12|1\nOnce at the top|2\n", {1, 60, 300, 10, "The report", 400, false},
           {1, 60, 400, 10, "12", 10, false}, {2, 60, 30, 10, "Once at the top", 400, false});
}

Test(pdf_layout, where_all_pages_are_alike_nothing_is_a_head)
{
    EXPECT("Ticket number 17.|1\nTicket number 18.|2\nTicket number 19.|3\n",
           {1, 60, 30, 9, "Ticket number 17.", 100, false}, {1, 300, 780, 9, "1", 5, false},
           {2, 60, 30, 9, "Ticket number 18.", 100, false}, {2, 300, 780, 9, "2", 5, false},
           {3, 60, 30, 9, "Ticket number 19.", 100, false}, {3, 300, 780, 9, "3", 5, false});
}

Test(pdf_layout, a_sentence_goes_on_in_the_next_column_and_on_the_next_page)
{
    EXPECT("The first column ends where the second begins and goes on on the next page.|1\n"
           "Another paragraph.|2\n",
           {1, 60, 200, 10, "The first column", 200, false},
           {1, 60, 212, 10, "ends where the", 200, false},
           {1, 320, 200, 10, "second begins", 200, false},
           {1, 320, 212, 10, "and goes on", 200, false},
           {2, 60, 200, 10, "on the next page.", 200, false},
           {2, 60, 240, 10, "Another paragraph.", 200, false});
}

Test(pdf_layout, notes_at_the_foot_do_not_part_a_sentence)
{
    EXPECT("The text of the page goes on after the note.|1\n1 A note.|1\n",
           {1, 60, 200, 10, "The text of the page", 400, false},
           {1, 60, 212, 10, "goes on", 400, false}, {1, 60, 700, 7, "1 A note.", 400, false},
           {2, 60, 200, 10, "after the note.", 400, false});
}

Test(pdf_layout, larger_or_bold_lines_are_headings_and_bullets_items)
{
    EXPECT(
        "H1 The title|1\nText below it, which is long.|1\nH2 1 A chapter|1\nText in the "
        "chapter.|1\n"
        "H3 Bold words|1\nText below them.|1\nL \xE2\x80\xA2 an item|1\nL \xE2\x80\xA2 another|1\n",
        {1, 60, 200, 20, "The title", 400, false},
        {1, 60, 240, 10, "Text below it, which is long.", 400, false},
        {1, 60, 270, 14, "1", 10, false}, {1, 90, 270, 14, "A chapter", 100, false},
        {1, 60, 300, 10, "Text in the chapter.", 400, false},
        {1, 60, 330, 10, "Bold words", 100, true}, {1, 60, 345, 10, "Text below them.", 400, false},
        {1, 60, 357, 10, "\xE2\x80\xA2 an item", 400, false},
        {1, 60, 369, 10, "\xE2\x80\xA2 another", 400, false});
}
