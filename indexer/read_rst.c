/* reStructuredText: https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html, as far as
 * text goes. */
#include "markup_lines.h"

#include <string.h>

enum { STYLES_MAX = 12 };

/* The marks of headings in the order in which they came: the first is the highest. */
typedef struct heading_styles {
    char marks[STYLES_MAX];
    bool has_overline[STYLES_MAX];
    size_t n;
} heading_styles;

/* The mark that a line is made of, when it is nothing else and at least three long; else 0. */
static char rule_of(const char *line, size_t n)
{
    if (n < 3 || strchr("=-`:.'\"~^_*+#<>", line[0]) == NULL)
        return 0;
    for (size_t i = 1; i < n; i++) {
        if (line[i] != line[0])
            return 0;
    }
    return line[0];
}

static int level_of(heading_styles *styles, char mark, bool has_overline)
{
    for (size_t i = 0; i < styles->n; i++) {
        if (styles->marks[i] == mark && styles->has_overline[i] == has_overline)
            return (int)i + 1;
    }
    if (styles->n == STYLES_MAX)
        return 6;
    styles->marks[styles->n] = mark;
    styles->has_overline[styles->n++] = has_overline;
    return (int)styles->n;
}

/* Where a role, literal or link that begins with the backquote text[at] ends; 0: it is none. Its
 * words are text[*begin..*end). */
static size_t read_quoted(const char *text, size_t length, size_t at, size_t *begin, size_t *end)
{
    size_t n_quotes = at + 1 < length && text[at + 1] == '`' ? 2 : 1;
    size_t close = at + n_quotes;
    while (close < length && (text[close] != '`' ||
                              (n_quotes == 2 && (close + 1 == length || text[close + 1] != '`'))))
        close++;
    if (close >= length || close == at + n_quotes)
        return 0;
    *begin = at + n_quotes;
    *end = close;
    /* "words <address>" */
    const char *address = n_quotes == 1 ? memchr(text + *begin, '<', *end - *begin) : NULL;
    if (address != NULL && address > text + *begin && address[-1] == ' ' && text[*end - 1] == '>')
        *end = (size_t)(address - text) - 1;
    close += n_quotes;
    while (close < length && text[close] == '_')
        close++;
    return close < length ? close : length;
}

/* Appends a line without roles, backquotes, and the stars of emphasis. */
static pil_status add_inline(pil_markup_lines *lines, const char *text, size_t length)
{
    pil_buffer plain;
    pil_buffer_init(&plain, SIZE_MAX - 1);
    pil_status status = PIL_OK;
    for (size_t at = 0; at < length && status == PIL_OK;) {
        size_t begin, end, role = at;
        if (text[at] == ':' && (at == 0 || text[at - 1] == ' ' || text[at - 1] == '(')) {
            role = at + 1;
            while (role < length && ((text[role] >= 'a' && text[role] <= 'z') || text[role] == '-'))
                role++;
            role = role + 1 < length && text[role] == ':' && text[role + 1] == '`' ? role + 1 : at;
        }
        size_t behind = text[role] == '`' ? read_quoted(text, length, role, &begin, &end) : 0;
        if (behind > 0) {
            status = pil_buffer_append(&plain, text + begin, end - begin);
            at = behind;
        } else if (text[at] == '*' && length > 1) {
            at++; /* emphasis */
        } else if (text[at] == '\\' && at + 1 < length) {
            at++;
            if (text[at] != ' ')
                status = pil_buffer_append_byte(&plain, text[at]);
            at++;
        } else {
            status = pil_buffer_append_byte(&plain, text[at++]);
        }
    }
    if (status == PIL_OK)
        status = pil_markup_add(lines, plain.bytes, plain.length);
    pil_buffer_dispose(&plain);
    return status;
}

static pil_status take_heading(pil_markup_lines *lines, int level)
{
    pil_status status = pil_markup_open(lines, PIL_BLOCK_HEADING, level);
    if (status == PIL_OK)
        status = add_inline(lines, lines->line, lines->n);
    pil_block_list_close(&lines->blocks);
    return status;
}

/* A heading with a line above and below, or below only; *is_heading says whether it was one. */
static pil_status try_heading(pil_markup_lines *lines, heading_styles *styles, bool *is_heading)
{
    const char *next;
    size_t n_next = pil_markup_peek(lines, &next);
    char above = rule_of(lines->line, lines->n);
    char below = rule_of(next, n_next);
    bool begins = !lines->blocks.is_open;
    *is_heading = true;
    if (begins && above != 0 && n_next > 0 && below == 0) {
        pil_markup_lines ahead = *lines;
        pil_markup_next(&ahead);
        n_next = pil_markup_peek(&ahead, &next);
        if (rule_of(next, n_next) == above) {
            pil_markup_next(lines);
            pil_status status = take_heading(lines, level_of(styles, above, true));
            pil_markup_next(lines);
            return status;
        }
    }
    if (begins && lines->n > 0 && lines->indent == 0 && above == 0 && below != 0 &&
        n_next + 2 >= lines->n / 2) {
        pil_status status = take_heading(lines, level_of(styles, below, false));
        pil_markup_next(lines);
        return status;
    }
    *is_heading = false;
    return PIL_OK;
}

/* Lines that are indented deeper than a directive are its own: code stays as it is, words are text.
 */
static pil_status take_code(pil_markup_lines *lines, size_t indent, bool keeps)
{
    pil_status status = PIL_OK;
    pil_block_list_close(&lines->blocks);
    while (status == PIL_OK) {
        pil_markup_lines ahead = *lines;
        if (!pil_markup_next(&ahead) || (ahead.n > 0 && ahead.indent <= indent))
            break;
        pil_markup_next(lines);
        if (keeps && (lines->n > 0 || lines->blocks.is_open))
            status = pil_markup_add_verbatim(lines);
    }
    pil_block_list_close(&lines->blocks);
    return status;
}

/* ".. name:: words", or a comment. */
static pil_status take_directive(pil_markup_lines *lines)
{
    static const char *const words[] = {
        "note",   "warning",    "tip",     "important", "hint",  "caution",    "attention",
        "danger", "admonition", "seealso", "epigraph",  "topic", "pull-quote", "highlights"};
    const char *name = lines->line + (lines->n > 3 ? 3 : lines->n);
    size_t left = lines->n > 3 ? lines->n - 3 : 0;
    const char *colons = NULL;
    for (size_t i = 0; i + 1 < left && colons == NULL; i++)
        colons = name[i] == ':' && name[i + 1] == ':' ? name + i : NULL;
    size_t n = colons == NULL ? 0 : (size_t)(colons - name);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (n == strlen(words[i]) && memcmp(name, words[i], n) == 0) {
            pil_block_list_close(&lines->blocks);
            return add_inline(lines, colons + 2, left - n - 2);
        }
    }
    bool is_code = (n == 4 && memcmp(name, "code", 4) == 0) ||
                   (n == 10 && memcmp(name, "code-block", 10) == 0);
    return take_code(lines, lines->indent, is_code);
}

/* ":Author: words" at the start. */
static pil_status take_field(pil_reading *reading, const pil_markup_lines *lines, bool *is_field)
{
    char name[16];
    const char *colon = lines->n > 2 ? memchr(lines->line + 1, ':', lines->n - 1) : NULL;
    size_t n = colon == NULL ? 0 : (size_t)(colon - lines->line) - 1;
    *is_field = lines->n > 2 && lines->line[0] == ':' && n > 0 && n < sizeof name &&
                (colon + 1 == lines->line + lines->n || colon[1] == ' ');
    if (!*is_field)
        return PIL_OK;
    memcpy(name, lines->line + 1, n);
    name[n] = '\0';
    pil_read_field field = pil_read_field_of(name);
    return field == PIL_FIELDS ? PIL_OK
                               : pil_reading_set(reading, field, colon + 1, lines->n - n - 2);
}

static pil_status take_line(pil_reading *reading, pil_markup_lines *lines, heading_styles *styles)
{
    bool is_done;
    if (lines->n == 0) {
        pil_block_list_close(&lines->blocks);
        return PIL_OK;
    }
    pil_status status = try_heading(lines, styles, &is_done);
    if (status != PIL_OK || is_done || rule_of(lines->line, lines->n) != 0)
        return status;
    if (pil_markup_begins(lines, ".. ") || (lines->n == 2 && pil_markup_begins(lines, "..")))
        return take_directive(lines);
    status = take_field(reading, lines, &is_done);
    if (status != PIL_OK || is_done)
        return status;
    bool is_item = pil_markup_item_mark(lines) > 0;
    size_t n = lines->n;
    /* A paragraph that ends in "::" comes before code. */
    bool has_code = n > 2 && memcmp(lines->line + n - 2, "::", 2) == 0;
    if (is_item)
        status = pil_markup_open(lines, PIL_BLOCK_LIST_ITEM, 0);
    if (status == PIL_OK && is_item && lines->line[0] == '*') {
        status = pil_markup_add(lines, "-", 1);
        if (status == PIL_OK)
            status = add_inline(lines, lines->line + 2, n - 2);
    } else if (status == PIL_OK) {
        status = add_inline(lines, lines->line, n - has_code);
    }
    return status == PIL_OK && has_code ? take_code(lines, lines->indent, true) : status;
}

static pil_status read_lines(pil_reading *reading, pil_markup_lines *lines)
{
    heading_styles styles = {.n = 0};
    pil_status status = PIL_OK;
    while (status == PIL_OK && pil_markup_next(lines))
        status = take_line(reading, lines, &styles);
    return status;
}

pil_status pil_read_rst(pil_reading *reading, const char *bytes, size_t length, pil_error *err)
{
    return pil_markup_read(reading, bytes, length, read_lines, err);
}
