#define _GNU_SOURCE /* memmem */
/* Org mode: https://orgmode.org/worg/org-syntax.html, as far as text goes. */
#include "markup_lines.h"

#include <string.h>
#include <strings.h>

/* Appends a line without the brackets of its links: "[[address][words]]" is its words. */
static pil_status add_inline(pil_markup_lines *lines, const char *text, size_t length)
{
    pil_buffer plain;
    pil_buffer_init(&plain, SIZE_MAX - 1);
    pil_status status = PIL_OK;
    for (size_t at = 0; at < length && status == PIL_OK;) {
        const char *close = NULL;
        if (length - at > 4 && memcmp(text + at, "[[", 2) == 0)
            close = memmem(text + at, length - at, "]]", 2);
        if (close == NULL) {
            status = pil_buffer_append_byte(&plain, text[at++]);
            continue;
        }
        size_t end = (size_t)(close - text);
        const char *words = memmem(text + at, end - at, "][", 2);
        size_t begin = words == NULL ? at + 2 : (size_t)(words - text) + 2;
        status = pil_buffer_append(&plain, text + begin, end - begin);
        at = end + 2;
    }
    if (status == PIL_OK)
        status = pil_markup_add(lines, plain.bytes, plain.length);
    pil_buffer_dispose(&plain);
    return status;
}

/* The level of a heading's stars; 0 when the line is none. */
static int heading_level(const pil_markup_lines *lines)
{
    size_t n = 0;
    while (n < lines->n && lines->line[n] == '*')
        n++;
    return lines->indent == 0 && n > 0 && n < lines->n && lines->line[n] == ' '
               ? (int)(n < 6 ? n : 6)
               : 0;
}

/* Without stars, the state of a task and ":tags:". */
static pil_status take_heading(pil_markup_lines *lines, int level)
{
    const char *text = lines->line;
    size_t n = lines->n;
    while (n > 0 && (*text == '*' || *text == ' ')) {
        text++;
        n--;
    }
    if (n > 5 && (memcmp(text,
                         "TO"
                         "DO ",
                         5) == 0 ||
                  memcmp(text, "DONE ", 5) == 0)) {
        text += 5;
        n -= 5;
    }
    size_t tags = n;
    while (tags > 0 && text[tags - 1] != ' ')
        tags--;
    if (tags > 0 && tags < n && text[tags] == ':' && text[n - 1] == ':')
        n = tags - 1;
    pil_status status = pil_markup_open(lines, PIL_BLOCK_HEADING, level);
    if (status == PIL_OK)
        status = add_inline(lines, text, n);
    pil_block_list_close(&lines->blocks);
    return status;
}

/* "#+TITLE: words" and the like. */
static pil_status take_keyword(pil_reading *reading, const pil_markup_lines *lines)
{
    static const char *const names[] = {"title", "author", "date", "language"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        size_t n = strlen(names[i]);
        if (lines->n > n + 3 && strncasecmp(lines->line + 2, names[i], n) == 0 &&
            lines->line[2 + n] == ':') {
            const char *value = lines->line + n + 3;
            size_t length = lines->n - n - 3;
            /* Dates stand in brackets. */
            while (length > 0 && (*value == ' ' || *value == '<' || *value == '[')) {
                value++;
                length--;
            }
            while (length > 0 && (value[length - 1] == '>' || value[length - 1] == ']'))
                length--;
            return pil_reading_set(reading, pil_read_field_of(names[i]), value, length);
        }
    }
    return PIL_OK;
}

/* A drawer, from ":NAME:" to ":END:", holds no text. */
static void skip_drawer(pil_markup_lines *lines)
{
    while (pil_markup_next(lines) && !pil_markup_begins(lines, ":end:"))
        ;
}

/* Lines from "#+begin_src" or "#+begin_example" on stay as they are. */
static pil_status take_code(pil_markup_lines *lines)
{
    pil_status status = PIL_OK;
    pil_block_list_close(&lines->blocks);
    while (status == PIL_OK && pil_markup_next(lines) && !pil_markup_begins(lines, "#+end_"))
        status = pil_markup_add_verbatim(lines);
    pil_block_list_close(&lines->blocks);
    return status;
}

static pil_status take_row(pil_markup_lines *lines)
{
    const char *text = lines->line + 1;
    size_t n = lines->n - 1;
    if (n > 0 && text[0] == '-') /* a rule */
        return PIL_OK;
    while (n > 0 && (text[n - 1] == '|' || text[n - 1] == ' '))
        n--;
    while (n > 0 && *text == ' ') {
        text++;
        n--;
    }
    pil_status status = pil_markup_open(lines, PIL_BLOCK_LIST_ITEM, 0);
    if (status == PIL_OK)
        status = add_inline(lines, text, n);
    pil_block_list_close(&lines->blocks);
    return status;
}

static pil_status take_line(pil_reading *reading, pil_markup_lines *lines)
{
    int level = heading_level(lines);
    if (lines->n == 0) {
        pil_block_list_close(&lines->blocks);
        return PIL_OK;
    }
    if (level > 0)
        return take_heading(lines, level);
    if (pil_markup_begins(lines, "#+begin_src") || pil_markup_begins(lines, "#+begin_example"))
        return take_code(lines);
    if (pil_markup_begins(lines, "#+"))
        return take_keyword(reading, lines);
    if (pil_markup_begins(lines, "# ") || (lines->n == 1 && lines->line[0] == '#'))
        return PIL_OK;
    if (lines->line[0] == ':' && lines->line[lines->n - 1] == ':' && lines->n > 2 &&
        memchr(lines->line, ' ', lines->n) == NULL) {
        skip_drawer(lines);
        return PIL_OK;
    }
    if (lines->line[0] == '|')
        return take_row(lines);
    if (pil_markup_item_mark(lines) > 0) {
        pil_status status = pil_markup_open(lines, PIL_BLOCK_LIST_ITEM, 0);
        if (status != PIL_OK)
            return status;
    }
    return add_inline(lines, lines->line, lines->n);
}

static pil_status read_lines(pil_reading *reading, pil_markup_lines *lines)
{
    pil_status status = PIL_OK;
    while (status == PIL_OK && pil_markup_next(lines))
        status = take_line(reading, lines);
    return status;
}

pil_status pil_read_org(pil_reading *reading, const char *bytes, size_t length, pil_error *err)
{
    return pil_markup_read(reading, bytes, length, read_lines, err);
}
