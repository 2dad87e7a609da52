#include "layout_internal.h"
#include "passage_internal.h"

#include <stdlib.h>

/* Columns. Nobody wraps running text wider than WRAP_WIDEST, but for a few who use their whole
 * screen; below WRAP_NARROWEST short lines are short for other reasons. */
enum {
    WRAP_WIDEST = 120,
    SCREEN_WIDEST = 200,
    WRAP_NARROWEST = 40,
    WRAP_NARROWEST_ALONE = 50, /* when there is only the block itself to go by */
    SENTENCE_LINE_MEAN = 50,   /* lines of one sentence each are this wide on average */
    PROSE_WORDS = 8            /* fewer in a long line: an address on the web, or code */
};

pil_status pil_layout_next_block(pil_layout_reader *reader, pil_layout_block *block)
{
    if (block->lines == NULL)
        block->lines = malloc(PIL_LAYOUT_BLOCK_LINES * sizeof *block->lines);
    if (block->lines == NULL)
        return PIL_NO_MEMORY;
    block->n_lines = 0;
    pil_layout_line line;
    bool page_ends = false;
    while (block->n_lines < PIL_LAYOUT_BLOCK_LINES &&
           pil_layout_next_line(reader, &line, &page_ends)) {
        bool is_blank = line.begin == line.end;
        if (!is_blank)
            block->lines[block->n_lines++] = line;
        if (block->n_lines > 0 && (is_blank || page_ends))
            break;
    }
    return block->n_lines > 0 ? PIL_OK : PIL_DONE;
}

/* How wide a line would be, had its first word still been put on the line before it. A break
 * was needed to keep within a width when this is more than that width. */
static uint32_t columns_with_next(const pil_layout_line *lines, size_t i)
{
    return lines[i].columns + 1 + lines[i + 1].first_word;
}

/* Whether the break behind lines[i] says nothing about wrapping: an item or an indented paragraph
 * begins behind it. */
static bool begins_anew(const pil_layout_line *lines, size_t i)
{
    return lines[i + 1].mark != PIL_MARK_NONE || lines[i + 1].indent >= lines[i].indent + 2;
}

static bool is_long_prose(const char *text, const pil_layout_line *line)
{
    if (line->columns <= WRAP_WIDEST)
        return false;
    size_t length = line->end - line->begin;
    if (pil_passage_words(text + line->begin, length, PROSE_WORDS) == PROSE_WORDS)
        return true;
    /* Some scripts write without spaces. */
    size_t n_beyond_ascii = 0;
    for (size_t i = line->begin; i < line->end; i++)
        n_beyond_ascii += (unsigned char)text[i] >= 0x80;
    return n_beyond_ascii * 2 > length;
}

typedef struct statistics {
    uint64_t n_breaks;                       /* line ends within blocks */
    uint64_t bytes;                          /* in blocks of several lines */
    uint64_t long_bytes;                     /* in those of their lines that are long */
    uint64_t n_columns[SCREEN_WIDEST + 1];   /* breaks by columns of the line, */
    uint64_t n_with_next[SCREEN_WIDEST + 1]; /* and with the next line's first word */
} statistics;

static uint32_t capped(uint32_t columns)
{
    return columns > SCREEN_WIDEST ? SCREEN_WIDEST : columns;
}

static void count_block(const char *text, const pil_layout_block *block, statistics *counts)
{
    if (block->n_lines < 2)
        return;
    for (size_t i = 0; i < block->n_lines; i++) {
        const pil_layout_line *line = &block->lines[i];
        counts->bytes += line->end - line->begin;
        if (is_long_prose(text, line))
            counts->long_bytes += line->end - line->begin;
        /* Short lines may be verse, or the last of a paragraph. */
        if (i + 1 == block->n_lines || begins_anew(block->lines, i) ||
            line->columns < WRAP_NARROWEST)
            continue;
        counts->n_breaks++;
        counts->n_columns[capped(line->columns)]++;
        counts->n_with_next[capped(columns_with_next(block->lines, i))]++;
    }
}

pil_status pil_layout_style_of(const char *text, size_t length, pil_layout_block *scratch,
                               pil_layout_style *style)
{
    statistics counts = {0};
    pil_layout_reader reader = {.text = text, .length = length};
    pil_status status;
    while ((status = pil_layout_next_block(&reader, scratch)) == PIL_OK)
        count_block(text, scratch, &counts);
    if (status != PIL_DONE)
        return status;
    *style = (pil_layout_style){0};
    /* The width within which 98 of 100 lines stay ... */
    uint64_t within = 0;
    uint32_t width = 0;
    for (; width < SCREEN_WIDEST; width++) {
        within += counts.n_columns[width];
        if (within * 100 >= counts.n_breaks * 98)
            break;
    }
    /* ... is what they were broken for, when most could not have been longer. */
    uint64_t n_needed = 0;
    for (uint32_t i = width + 1; i <= SCREEN_WIDEST; i++)
        n_needed += counts.n_with_next[i];
    style->is_wrapped = counts.n_breaks >= 3 && width >= WRAP_NARROWEST && width <= WRAP_WIDEST &&
                        n_needed * 10 >= counts.n_breaks * 6;
    style->wrap_columns = width;
    style->is_one_a_line =
        !style->is_wrapped && counts.bytes > 0 && counts.long_bytes * 2 >= counts.bytes;
    return PIL_OK;
}

typedef struct block_measure {
    size_t n_breaks;    /* line ends that may be for wrapping only */
    size_t n_needed;    /* those that were needed to stay within the width */
    size_t n_sentences; /* lines that end as sentences do */
    size_t bytes, long_bytes, columns;
    uint32_t widest;
} block_measure;

static block_measure measure(const char *text, const pil_layout_line *lines, size_t n_lines,
                             const pil_layout_style *style)
{
    block_measure m = {0};
    for (size_t i = 0; i < n_lines; i++) {
        size_t length = lines[i].end - lines[i].begin;
        m.bytes += length;
        m.columns += lines[i].columns;
        m.n_sentences += pil_passage_ends_sentence(text + lines[i].begin, length);
        if (is_long_prose(text, &lines[i]))
            m.long_bytes += length;
        if (lines[i].columns > m.widest)
            m.widest = lines[i].columns;
    }
    uint32_t width =
        style->is_wrapped && m.long_bytes * 2 < m.bytes ? style->wrap_columns : m.widest;
    for (size_t i = 0; i + 1 < n_lines; i++) {
        if (begins_anew(lines, i))
            continue;
        m.n_breaks++;
        m.n_needed += columns_with_next(lines, i) > width;
    }
    return m;
}

pil_layout_mode pil_layout_mode_of(const char *text, const pil_layout_line *lines, size_t n_lines,
                                   const pil_layout_style *style)
{
    if (n_lines == 1)
        return PIL_MODE_LINES;
    block_measure m = measure(text, lines, n_lines, style);
    bool all_sentences = m.n_sentences == n_lines;
    if (m.long_bytes * 2 >= m.bytes && m.long_bytes > 0) {
        bool fits_a_screen = m.widest <= SCREEN_WIDEST && n_lines >= 3 && !all_sentences &&
                             m.n_needed * 10 >= m.n_breaks * 8;
        return fits_a_screen ? PIL_MODE_WRAPPED : PIL_MODE_LINES;
    }
    if (style->is_one_a_line && m.n_sentences * 10 >= n_lines * 9)
        return PIL_MODE_LINES;
    if (style->is_wrapped ? m.n_needed * 2 >= m.n_breaks
                          : m.widest >= WRAP_NARROWEST_ALONE && m.n_needed * 10 >= m.n_breaks * 7)
        return PIL_MODE_WRAPPED;
    if (all_sentences && m.columns >= n_lines * SENTENCE_LINE_MEAN)
        return PIL_MODE_LINES;
    return PIL_MODE_VERSE;
}
