#include "markup_lines.h"

#include <string.h>
#include <strings.h>

void pil_markup_init(pil_markup_lines *lines, const char *text, size_t length)
{
    *lines = (pil_markup_lines){.text = text, .length = length};
    pil_block_list_init(&lines->blocks);
}

void pil_markup_dispose(pil_markup_lines *lines)
{
    pil_block_list_dispose(&lines->blocks);
}

size_t pil_markup_peek(const pil_markup_lines *lines, const char **line)
{
    size_t left = lines->length - lines->next;
    *line = lines->text + lines->next;
    const char *end = left == 0 ? NULL : memchr(*line, '\n', left);
    size_t n = end == NULL ? left : (size_t)(end - *line);
    while (n > 0 && ((*line)[n - 1] == '\r' || (*line)[n - 1] == ' ' || (*line)[n - 1] == '\t'))
        n--;
    return n;
}

bool pil_markup_next(pil_markup_lines *lines)
{
    if (lines->next >= lines->length)
        return false;
    const char *line;
    size_t n = pil_markup_peek(lines, &line);
    const char *end = memchr(line, '\n', lines->length - lines->next);
    lines->next = end == NULL ? lines->length : (size_t)(end - lines->text) + 1;
    lines->number++;
    lines->indent = 0;
    while (n > 0 && (*line == ' ' || *line == '\t')) {
        lines->indent += *line == '\t' ? 8 - lines->indent % 8 : 1;
        line++;
        n--;
    }
    lines->line = line;
    lines->n = n;
    return true;
}

bool pil_markup_begins(const pil_markup_lines *lines, const char *words)
{
    size_t length = strlen(words);
    return lines->n >= length && strncasecmp(lines->line, words, length) == 0;
}

size_t pil_markup_item_mark(const pil_markup_lines *lines)
{
    size_t n = 0;
    if (lines->n == 0)
        return 0;
    if (strchr("-+*", lines->line[0]) != NULL)
        n = 1;
    while (n < lines->n && lines->line[n] >= '0' && lines->line[n] <= '9')
        n++;
    bool has_digits = n > 0 && lines->line[0] >= '0' && lines->line[0] <= '9';
    if (has_digits && n < lines->n && (lines->line[n] == '.' || lines->line[n] == ')'))
        n++;
    else if (n != 1 || has_digits)
        return 0;
    return n < lines->n && lines->line[n] == ' ' ? n + 1 : 0;
}

pil_status pil_markup_open(pil_markup_lines *lines, pil_block_kind kind, int level)
{
    pil_status status = pil_block_list_open(&lines->blocks, kind, level > 6 ? 6 : level, 0);
    if (status == PIL_OK)
        lines->blocks.items[lines->blocks.n_items - 1].line = lines->number;
    return status;
}

pil_status pil_markup_add(pil_markup_lines *lines, const char *text, size_t length)
{
    pil_block_list *blocks = &lines->blocks;
    pil_status status = PIL_OK;
    if (length == 0)
        return PIL_OK;
    if (!blocks->is_open)
        status = pil_markup_open(lines, PIL_BLOCK_PARAGRAPH, 0);
    bool is_empty =
        status == PIL_OK && blocks->text.length == blocks->items[blocks->n_items - 1].begin_byte;
    if (status == PIL_OK && !is_empty)
        status = pil_block_list_add(blocks, " ", 1);
    return status == PIL_OK ? pil_block_list_add(blocks, text, length) : status;
}

pil_status pil_markup_add_verbatim(pil_markup_lines *lines)
{
    pil_block_list *blocks = &lines->blocks;
    pil_status status = PIL_OK;
    if (!blocks->is_open)
        status = pil_markup_open(lines, PIL_BLOCK_VERBATIM, 0);
    else
        status = pil_block_list_add(blocks, "\n", 1);
    for (size_t i = 0; i < lines->indent && i < 80 && status == PIL_OK; i++)
        status = pil_block_list_add(blocks, " ", 1);
    return status == PIL_OK ? pil_block_list_add(blocks, lines->line, lines->n) : status;
}

pil_status pil_markup_read(pil_reading *reading, const char *bytes, size_t length,
                           pil_status (*read)(pil_reading *, pil_markup_lines *), pil_error *err)
{
    pil_read_input input;
    pil_markup_lines lines;
    pil_markup_init(&lines, "", 0);
    pil_status status = pil_read_input_open(&input, bytes, length, err);
    if (status == PIL_OK)
        status = pil_read_input_mend(&input, err);
    if (status == PIL_OK) {
        lines.text = input.text + input.begin;
        lines.length = input.length - input.begin;
        status = read(reading, &lines);
        if (status != PIL_OK)
            pil_error_no_memory(err);
    }
    if (status == PIL_OK) {
        pil_reading_note_replaced(reading, 0, input.n_replaced);
        status = pil_reading_deliver_blocks(reading, &lines.blocks, bytes, length, err);
    }
    pil_markup_dispose(&lines);
    pil_read_input_dispose(&input);
    return status;
}
