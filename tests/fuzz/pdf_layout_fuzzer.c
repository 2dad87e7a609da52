/* Any lines anywhere on pages: no crash, and blocks that follow each other and are the bytes of
 * their ranges. */
#include "indexer/pdf_layout.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { LINE_BYTES = 8 };

static void require(bool holds)
{
    if (!holds)
        abort();
}

/* A line of eight bytes: page, place, size, boldness, and which of a few texts it has. */
static void add_line(pil_pdf_lines *lines, const uint8_t *data, uint32_t *page)
{
    static const char *const texts[] = {
        "word",
        "A sentence that ends.",
        "a line that goes on with ex-",
        "amples of it",
        "12",
        "Page 3 of 10",
        "Annual report",
        "\xE2\x80\xA2 an item",
        "1. another",
        "soft\xC2\xAD",
        "-",
        "(a) one",
        "\xC4\x8Clan",
        "HEADING",
        "xii",
        "well-",
    };
    const char *text = texts[data[6] % (sizeof texts / sizeof texts[0])];
    *page += data[0] % 4 == 0;
    pil_pdf_line line = {
        .page = *page,
        .left = data[1] * 2.0,
        .top = data[2] * 3.0,
        .size = data[4] % 30,
        .is_bold = data[5] % 4 == 0,
        .text = text,
        .length = strlen(text),
    };
    line.right = line.left + data[3];
    line.bottom = line.top + line.size;
    require(pil_pdf_lines_add(lines, &line) == PIL_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    pil_pdf_lines lines = {.page_height = 800};
    pil_block_list blocks;
    uint32_t page = 1;
    for (size_t at = 0; at + LINE_BYTES <= size && at < 8000; at += LINE_BYTES)
        add_line(&lines, data + at, &page);
    lines.n_pages = page;
    pil_block_list_init(&blocks);
    require(pil_pdf_layout(&lines, &blocks) == PIL_OK);
    pil_block_list_finish(&blocks);
    for (size_t i = 0; i < blocks.n_items; i++) {
        const pil_block *block = &blocks.items[i];
        require(block->length_bytes > 0 && block->page >= 1 && block->page <= page);
        require(block->end_byte - block->begin_byte == block->length_bytes);
        require(block->end_byte <= blocks.text.length);
        require(i == 0 || block->begin_byte == blocks.items[i - 1].end_byte + 2);
    }
    pil_block_list_dispose(&blocks);
    pil_pdf_lines_dispose(&lines);
    return 0;
}
