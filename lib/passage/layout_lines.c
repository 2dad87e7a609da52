#include "layout_internal.h"
#include "passage_internal.h"

#include <stdint.h>
#include <string.h>

/* Lines are not measured further than COLUMNS_COUNTED. */
enum { TAB_COLUMNS = 8, COLUMNS_COUNTED = 1000, MARK_DIGITS = 3, ROMAN_LETTERS = 5 };

/* Bytes that may end a line; of 0xC2 and 0xE2 the bytes behind decide. */
static const bool stops[256] = {
    ['\n'] = true, ['\r'] = true, ['\v'] = true, ['\f'] = true, [0xC2] = true, [0xE2] = true};

/* Bytes that are looked at together. */
enum { STRIDE = 8 };
static const uint64_t ones = UINT64_C(0x0101010101010101);
static const uint64_t high_bits = UINT64_C(0x8080808080808080);

static uint64_t load(const char *text)
{
    uint64_t bytes;
    memcpy(&bytes, text, STRIDE);
    return bytes;
}

/* Moves at over ASCII text as long as none of STRIDE bytes is a control character of those that end
 * lines. */
static size_t skip_plain(const char *text, size_t length, size_t at)
{
    /* A byte below 0x0E, or with its high bit set, leaves its high bit set. */
    while (length - at >= STRIDE &&
           (((load(text + at) - ones * 0x0E) | load(text + at)) & high_bits) == 0)
        at += STRIDE;
    return at;
}

/* The length of the line end at text[at], 0 when it is none. */
static size_t line_end_length(const char *text, size_t length, size_t at)
{
    const unsigned char *bytes = (const unsigned char *)text + at;
    size_t left = length - at;
    switch (bytes[0]) {
    case '\r':
        return left > 1 && bytes[1] == '\n' ? 2 : 1;
    case 0xC2:
        return left > 1 && bytes[1] == 0x85 ? 2 : 0;
    case 0xE2:
        return left > 2 && bytes[1] == 0x80 && (bytes[2] == 0xA8 || bytes[2] == 0xA9) ? 3 : 0;
    default:
        return 1;
    }
}

static uint32_t columns_of(const char *text, size_t begin, size_t end)
{
    uint32_t columns = 0;
    for (size_t i = begin; i < end && columns < COLUMNS_COUNTED; i++) {
        while (end - i > STRIDE && columns + STRIDE <= COLUMNS_COUNTED &&
               (load(text + i) & high_bits) == 0) {
            columns += STRIDE;
            i += STRIDE;
        }
        unsigned char byte = (unsigned char)text[i];
        columns += (byte & 0xC0) != 0x80;
        columns += byte >= 0xE3 && byte <= 0xED;
    }
    return columns;
}

/* The columns of white space in [begin, end). */
static uint32_t indent_of(const char *text, size_t begin, size_t end)
{
    uint32_t columns = 0;
    for (size_t i = begin; i < end && columns < COLUMNS_COUNTED; i++) {
        unsigned char byte = (unsigned char)text[i];
        if (byte == '\t')
            columns = columns / TAB_COLUMNS * TAB_COLUMNS + TAB_COLUMNS;
        else
            columns += (byte & 0xC0) != 0x80;
    }
    return columns;
}

static bool is_ascii_graph(char byte)
{
    return byte > ' ' && byte < 0x7F;
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* Digits or letters and a closing mark: "1." "1)" "(1)" "a)" "(iv)". The caller has seen that
 * there are enough bytes for the longest of them, NUL-padded. */
static pil_layout_mark numbering(const char *mark, size_t *length)
{
    bool has_bracket = mark[0] == '(';
    size_t begin = has_bracket ? 1 : 0;
    size_t at = begin;
    while (is_digit(mark[at]) && at - begin < MARK_DIGITS)
        at++;
    bool is_number = at > begin;
    if (!is_number && mark[at] >= 'a' && mark[at] <= 'z') {
        at++;
        while (at - begin < ROMAN_LETTERS && mark[at] != '\0' && strchr("ivx", mark[at]) != NULL)
            at++;
    }
    bool closes = mark[at] == ')' || (is_number && !has_bracket && mark[at] == '.');
    *length = at + 1;
    return at == begin || !closes ? PIL_MARK_NONE : is_number ? PIL_MARK_NUMBER : PIL_MARK_LETTER;
}

static pil_layout_mark mark_of(const char *line, size_t line_length)
{
    static const char *const bullets[] = {"\u2022", "\u2023", "\u25E6", "\u25AA", "\u25CF",
                                          "\u2219", "\u00B7", "\u2013", "\u25A0", "\u27A2"};
    char head[ROMAN_LETTERS + 4] = "";
    memcpy(head, line, line_length < sizeof head - 1 ? line_length : sizeof head - 1);
    pil_layout_mark mark = PIL_MARK_NONE;
    size_t length = 1;
    if (head[0] == '-')
        mark = PIL_MARK_DASH;
    else if (head[0] == '*')
        mark = PIL_MARK_STAR;
    else if ((unsigned char)head[0] < 0x80)
        mark = numbering(head, &length);
    else
        for (size_t i = 0; i < sizeof bullets / sizeof bullets[0] && mark == PIL_MARK_NONE; i++) {
            length = strlen(bullets[i]);
            if (strncmp(head, bullets[i], length) == 0)
                mark = PIL_MARK_BULLET;
        }
    bool is_apart = length < line_length && (line[length] == ' ' || line[length] == '\t');
    return is_apart ? mark : PIL_MARK_NONE;
}

/* Whether a line that begins with this byte may begin with a list item's mark. */
static bool may_be_mark(char byte)
{
    return byte == '-' || byte == '*' || byte == '(' || is_digit(byte) ||
           (byte >= 'a' && byte <= 'z') || (unsigned char)byte >= 0xC2;
}

static void describe(const char *text, size_t begin, size_t end, pil_layout_line *line)
{
    size_t first = begin, last = end;
    while (first < end && (text[first] == ' ' || text[first] == '\t'))
        first++;
    if (first < end && !is_ascii_graph(text[first]))
        first = pil_passage_skip_space(text, first, end);
    if (last > first && !is_ascii_graph(text[last - 1]))
        last = pil_passage_trim_end(text, first, last);
    line->begin = first;
    line->end = last;
    if (first == last)
        return;
    line->indent = indent_of(text, begin, first);
    line->columns = line->indent + columns_of(text, first, last);
    size_t most = last - first < COLUMNS_COUNTED ? last - first : COLUMNS_COUNTED;
    const char *space = memchr(text + first, ' ', most);
    line->first_word =
        columns_of(text, first, space == NULL ? first + most : (size_t)(space - text));
    if (may_be_mark(text[first]))
        line->mark = mark_of(text + first, last - first);
}

bool pil_layout_next_line(pil_layout_reader *reader, pil_layout_line *line, bool *page_ends)
{
    if (reader->at >= reader->length)
        return false;
    const char *text = reader->text;
    size_t begin = reader->at, end = begin, ending = 0;
    while ((end = skip_plain(text, reader->length, end)) < reader->length) {
        if (stops[(unsigned char)text[end]] &&
            (ending = line_end_length(text, reader->length, end)) > 0)
            break;
        end++;
    }
    *line = (pil_layout_line){.number = reader->number};
    describe(text, begin, end, line);
    *page_ends = ending > 0 && text[end] == '\f';
    reader->at = end + ending;
    if (ending > 0 && reader->number < UINT32_MAX && !*page_ends)
        reader->number++;
    return true;
}

bool pil_layout_is_ruler(const char *text, const pil_layout_line *line, char *character)
{
    static const char drawing[] = "-=*_~#+.^";
    char first = line->begin < line->end ? text[line->begin] : '\0';
    if (first == '\0' || strchr(drawing, first) == NULL)
        return false;
    size_t n = 0;
    for (size_t i = line->begin; i < line->end; i++) {
        if (text[i] != first && text[i] != ' ')
            return false;
        n += text[i] == first;
    }
    *character = first;
    return n >= 3;
}
