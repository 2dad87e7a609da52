/* What stands at the edges of pages and is no part of the text. */
#include "base/intern.h"
#include "pdf_layout.h"

#include <stdlib.h>
#include <string.h>

/* How far from its edge a page may have heads and numbers, as a share of its height; how many lines
 * of them; how long one may be. */
#define EDGE_SHARE 0.14
enum { EDGE_LINES = 3, HEAD_MAX_BYTES = 160, REPEATS_MIN = 3 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The text with each number as one "#", so that "3 | Annual report" and "4 | Annual report" are
 * the same; its length. */
static size_t make_pattern(const pil_pdf_line *line, char pattern[HEAD_MAX_BYTES])
{
    size_t n = 0;
    for (size_t i = 0; i < line->length; i++) {
        if (!is_digit(line->text[i]))
            pattern[n++] = line->text[i];
        else if (n == 0 || pattern[n - 1] != '#')
            pattern[n++] = '#';
    }
    return n;
}

/* Letters of Roman numerals in lower case only: "I" and "MIX" may be words. */
static bool is_roman(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (memchr("ivxlc", text[i], 5) == NULL)
            return false;
    }
    return length > 0 && length <= 7;
}

/* "12", "- 12 -", "Page 3 of 10", "xii". */
bool pil_pdf_is_page_number(const pil_pdf_line *line)
{
    char letters[16];
    size_t n_letters = 0, n_digits = 0;
    if (is_roman(line->text, line->length))
        return true;
    for (size_t i = 0; i < line->length; i++) {
        char c = line->text[i];
        bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        n_digits += is_digit(c);
        if (is_letter && n_letters < sizeof letters)
            letters[n_letters++] = (char)(c | 0x20);
        else if (!is_digit(c) && strchr(" -|/.[]()", c) == NULL)
            return false;
    }
    if (n_digits == 0 || n_digits > 8)
        return false;
    return n_letters == 0 || (n_letters == 4 && memcmp(letters, "page", 4) == 0) ||
           (n_letters == 6 && memcmp(letters, "pageof", 6) == 0) ||
           (n_letters == 1 && letters[0] == 'p');
}

/* Lines of one page: those at its edges, from outside in. */
typedef struct edge {
    pil_pdf_line *lines[EDGE_LINES];
    size_t n;
} edge;

static void consider(edge *to, pil_pdf_line *line, bool is_top)
{
    size_t at = to->n;
    while (at > 0 &&
           (is_top ? line->top < to->lines[at - 1]->top : line->bottom > to->lines[at - 1]->bottom))
        at--;
    if (at == EDGE_LINES)
        return;
    size_t n_moved = (to->n < EDGE_LINES ? to->n : EDGE_LINES - 1) - at;
    memmove(&to->lines[at + 1], &to->lines[at], n_moved * sizeof to->lines[0]);
    to->lines[at] = line;
    to->n += to->n < EDGE_LINES;
}

/* The edges of the page that begins at lines->items[*at], which moves to the next one. */
static void find_edges(pil_pdf_lines *lines, size_t *at, edge *top, edge *bottom)
{
    uint32_t page = lines->items[*at].page;
    double height = lines->page_height;
    top->n = bottom->n = 0;
    for (; *at < lines->n_items && lines->items[*at].page == page; ++*at) {
        pil_pdf_line *line = &lines->items[*at];
        if (line->length > HEAD_MAX_BYTES)
            continue;
        if (line->bottom < height * EDGE_SHARE)
            consider(top, line, true);
        else if (line->top > height * (1 - EDGE_SHARE))
            consider(bottom, line, false);
    }
}

typedef struct pattern_counts {
    pil_intern patterns;
    uint32_t *n_pages; /* by number of the pattern */
    size_t capacity;
} pattern_counts;

static pil_status count_pattern(pattern_counts *counts, const pil_pdf_line *line)
{
    char pattern[HEAD_MAX_BYTES];
    uint32_t number;
    bool is_new;
    pil_status status =
        pil_intern_add(&counts->patterns, pattern, make_pattern(line, pattern), &number, &is_new);
    if (status != PIL_OK)
        return status;
    if (number >= counts->capacity) {
        size_t capacity = counts->capacity == 0 ? 64 : counts->capacity * 2;
        uint32_t *grown = realloc(counts->n_pages, capacity * sizeof *grown);
        if (grown == NULL)
            return PIL_NO_MEMORY;
        counts->n_pages = grown;
        counts->capacity = capacity;
    }
    if (is_new)
        counts->n_pages[number] = 0;
    counts->n_pages[number]++;
    return PIL_OK;
}

static pil_status count_edge(pattern_counts *counts, const edge *lines)
{
    pil_status status = PIL_OK;
    for (size_t i = 0; i < lines->n && status == PIL_OK; i++)
        status = count_pattern(counts, lines->lines[i]);
    return status;
}

/* A head comes again on other pages: at least three, or both of two. */
static bool repeats(const pattern_counts *counts, const pil_pdf_line *line, uint32_t n_pages)
{
    char pattern[HEAD_MAX_BYTES];
    size_t length = make_pattern(line, pattern);
    uint32_t number = pil_intern_find(&counts->patterns, pattern, length);
    uint32_t n = number == PIL_INTERN_NONE ? 0 : counts->n_pages[number];
    return n >= REPEATS_MIN || (n_pages == 2 && n == 2);
}

/* From outside in, up to the first line that is text. */
static void drop_edge(const pattern_counts *counts, edge *lines, uint32_t n_pages)
{
    for (size_t i = 0; i < lines->n; i++) {
        pil_pdf_line *line = lines->lines[i];
        if (!repeats(counts, line, n_pages) && !pil_pdf_is_page_number(line))
            return;
        line->is_dropped = true;
    }
}

/* Where nothing else is printed, what comes again is the text: tickets, certificates, slides with a
 * line each. */
static void keep_if_all(pil_pdf_lines *lines)
{
    for (size_t i = 0; i < lines->n_items; i++) {
        if (!lines->items[i].is_dropped)
            return;
    }
    for (size_t i = 0; i < lines->n_items; i++)
        lines->items[i].is_dropped = pil_pdf_is_page_number(&lines->items[i]);
}

pil_status pil_pdf_find_furniture(pil_pdf_lines *lines)
{
    pattern_counts counts = {0};
    edge top, bottom;
    pil_status status = PIL_OK;
    for (size_t at = 0; at < lines->n_items && status == PIL_OK;) {
        find_edges(lines, &at, &top, &bottom);
        status = count_edge(&counts, &top);
        if (status == PIL_OK)
            status = count_edge(&counts, &bottom);
    }
    for (size_t at = 0; at < lines->n_items && status == PIL_OK;) {
        find_edges(lines, &at, &top, &bottom);
        drop_edge(&counts, &top, lines->n_pages);
        drop_edge(&counts, &bottom, lines->n_pages);
    }
    pil_intern_dispose(&counts.patterns);
    free(counts.n_pages);
    return status;
}

pil_status pil_pdf_drop_furniture(pil_pdf_lines *lines)
{
    pil_status status = pil_pdf_find_furniture(lines);
    if (status == PIL_OK)
        keep_if_all(lines);
    return status;
}
