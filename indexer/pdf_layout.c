#include "pdf_layout.h"

#include "base/intern.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

/* In sizes of letters: a gap between lines that is that much wider than usual ends a paragraph; so
 * much is an indent; so far from the right edge a line is short. */
#define WIDE_GAP 0.35
#define INDENT 0.7
#define SHORT_LINE 3.0
#define BESIDE 3.0 /* what stands no further behind is the same line */
/* Sizes that differ by more are of different texts; a heading's is so much larger. */
#define OTHER_SIZE 0.12
#define HEADING_SIZE 1.12
#define NOTE_SIZE 0.92
enum { HEADING_MAX_BYTES = 200, HEADING_MAX_LINES = 3, HEADING_LEVELS = 6 };

/* Lines that follow each other: the text, or the notes below it. */
typedef struct flow {
    pil_pdf_line **lines; /* [0..n) */
    size_t n;
    size_t at; /* the first that is in no piece yet */
} flow;

typedef struct layout {
    pil_pdf_lines *lines;
    flow text, notes;
    pil_intern words; /* those that stand whole in a line */
    double body_size, usual_gap;
    double heading_sizes[HEADING_LEVELS]; /* falling */
    size_t n_heading_sizes;
    pil_block_list *out;
} layout;

pil_status pil_pdf_lines_add(pil_pdf_lines *lines, const pil_pdf_line *line)
{
    if (lines->n_items == lines->capacity) {
        size_t capacity = lines->capacity == 0 ? 256 : lines->capacity * 2;
        pil_pdf_line *grown = realloc(lines->items, capacity * sizeof *grown);
        if (grown == NULL)
            return PIL_NO_MEMORY;
        lines->items = grown;
        lines->capacity = capacity;
    }
    char *text = pil_arena_copy(&lines->arena, line->text, line->length);
    if (text == NULL)
        return PIL_NO_MEMORY;
    lines->items[lines->n_items] = *line;
    lines->items[lines->n_items++].text = text;
    return PIL_OK;
}

void pil_pdf_lines_dispose(pil_pdf_lines *lines)
{
    free(lines->items);
    pil_arena_dispose(&lines->arena);
}

/* ---- characters ---- */

static UChar32 first_character(const pil_pdf_line *line)
{
    size_t at = 0;
    return (UChar32)pil_utf8_next(line->text, line->length, &at, NULL);
}

static UChar32 last_character(const pil_pdf_line *line)
{
    size_t at = pil_utf8_boundary(line->text, line->length, line->length - 1);
    return (UChar32)pil_utf8_next(line->text, line->length, &at, NULL);
}

/* Ends in what ends a sentence, also within quotes, brackets, or before a note's number. */
static bool ends_sentence(const pil_pdf_line *line)
{
    size_t length = line->length;
    while (length > 0) {
        size_t at = pil_utf8_boundary(line->text, length, length - 1);
        size_t begin = at;
        UChar32 c = (UChar32)pil_utf8_next(line->text, length, &at, NULL);
        if (c == '.' || c == '?' || c == '!' || c == ':' || c == ';' || c == 0x2026 ||
            c == 0x3002 || c == 0x061F)
            return true;
        bool may_follow = c == '"' || c == '\'' || c == ')' || c == ']' || c == 0x201D ||
                          c == 0x2019 || c == 0xBB || c == 0xAB || u_isdigit(c);
        if (!may_follow)
            return false;
        length = begin;
    }
    return false;
}

/* "•", "-" or "3." and the like, with a space behind. */
static bool begins_item(const pil_pdf_line *line)
{
    size_t at = 0;
    UChar32 c = (UChar32)pil_utf8_next(line->text, line->length, &at, NULL);
    if (c == 0x2022 || c == 0x25CF || c == 0x25AA || c == 0x25A0 || c == 0xB7 || c == 0x2043 ||
        c == 0x25E6 || c == 0x27A2)
        return true;
    if (c == '-' || c == '*' || c == 0x2013 || c == 0x2014)
        return at < line->length && line->text[at] == ' ';
    at = 0;
    bool has_bracket = line->text[0] == '(';
    at += has_bracket;
    size_t begin = at;
    while (at < line->length && line->text[at] >= '0' && line->text[at] <= '9')
        at++;
    if (at == begin && at + 1 < line->length && line->text[at] >= 'a' && line->text[at] <= 'z')
        at++;
    return at > begin && at - begin <= 3 && at + 1 < line->length &&
           (line->text[at] == ')' || (line->text[at] == '.' && !has_bracket)) &&
           line->text[at + 1] == ' ';
}

/* ---- what is usual ---- */

static int by_number(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* Sorts values, and returns the one in the middle; 0 when there is none. */
static double median(double *values, size_t n)
{
    if (n == 0)
        return 0;
    qsort(values, n, sizeof *values, by_number);
    return values[n / 2];
}

/* The next line down in the same column of the same page. */
static bool is_below(const pil_pdf_line *line, const pil_pdf_line *next)
{
    return line->page == next->page && next->top > line->top + line->size * 0.3 &&
           next->left < line->right && next->right > line->left;
}

/* The same line going on behind a gap, as a heading does behind its number. */
static bool is_beside(const pil_pdf_line *line, const pil_pdf_line *next)
{
    double lower = next->top - line->top;
    double gap = next->left - line->right;
    return line->page == next->page && lower < line->size * 0.3 && -lower < line->size * 0.3 &&
           gap > -line->size && gap < BESIDE * line->size;
}

static bool is_of_same_size(const pil_pdf_line *a, const pil_pdf_line *b)
{
    double difference = a->size - b->size;
    double larger = a->size > b->size ? a->size : b->size;
    return difference <= larger * OTHER_SIZE && -difference <= larger * OTHER_SIZE;
}

/* The size of most letters, and the gap between most lines, in sizes. */
static pil_status measure(layout *run)
{
    const pil_pdf_lines *lines = run->lines;
    size_t n = 0;
    double *values = malloc((lines->n_items * 4 + 1) * sizeof *values);
    if (values == NULL)
        return PIL_NO_MEMORY;
    /* A long line counts more often than a short one. */
    for (size_t i = 0; i < lines->n_items; i++) {
        const pil_pdf_line *line = &lines->items[i];
        size_t weight = line->length >= 60 ? 4 : line->length / 20 + 1;
        for (size_t w = 0; w < weight && !line->is_dropped; w++)
            values[n++] = line->size;
    }
    run->body_size = median(values, n);
    n = 0;
    for (size_t i = 0; i + 1 < lines->n_items; i++) {
        const pil_pdf_line *line = &lines->items[i];
        const pil_pdf_line *next = &lines->items[i + 1];
        if (is_below(line, next) && is_of_same_size(line, next) && line->size > 0 &&
            next->top - line->top < 3 * line->size)
            values[n++] = (next->top - line->bottom) / line->size;
    }
    run->usual_gap = median(values, n);
    free(values);
    return PIL_OK;
}

/* Notes are the small print that a page ends with, below its text. */
static size_t find_notes(const layout *run, size_t begin, size_t end)
{
    size_t notes = end;
    while (notes > begin && run->lines->items[notes - 1].size < run->body_size * NOTE_SIZE)
        notes--;
    /* A page of nothing else has no notes. */
    if (notes == begin)
        return end;
    return notes;
}

static pil_status part_lines(layout *run)
{
    pil_pdf_lines *lines = run->lines;
    run->text.lines = malloc((lines->n_items + 1) * sizeof(pil_pdf_line *));
    run->notes.lines = malloc((lines->n_items + 1) * sizeof(pil_pdf_line *));
    if (run->text.lines == NULL || run->notes.lines == NULL)
        return PIL_NO_MEMORY;
    for (size_t begin = 0; begin < lines->n_items;) {
        size_t end = begin;
        while (end < lines->n_items && lines->items[end].page == lines->items[begin].page)
            end++;
        size_t notes = find_notes(run, begin, end);
        for (; begin < end; begin++) {
            flow *to = begin < notes ? &run->text : &run->notes;
            if (!lines->items[begin].is_dropped)
                to->lines[to->n++] = &lines->items[begin];
        }
    }
    return PIL_OK;
}

/* ---- words that were cut ---- */

static bool is_letter_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static bool is_word_byte(char c)
{
    return is_letter_byte(c) || c == '-';
}

/* The words of a line but for the last, which may be half of one, and the first. */
static pil_status note_words(layout *run, const pil_pdf_line *line)
{
    pil_status status = PIL_OK;
    bool is_first = true;
    for (size_t at = 0; at < line->length && status == PIL_OK;) {
        size_t begin = at;
        while (at < line->length && is_word_byte(line->text[at]))
            at++;
        uint32_t number;
        if (at > begin + 2 && at < line->length && !is_first)
            status = pil_intern_add(&run->words, line->text + begin, at - begin, &number, NULL);
        is_first = is_first && at == begin;
        at += at == begin;
    }
    return status;
}

static bool is_known(const layout *run, const char *first, size_t first_length, const char *second,
                     size_t second_length, bool with_hyphen)
{
    char word[128];
    if (first_length + second_length + 1 > sizeof word)
        return false;
    memcpy(word, first, first_length);
    if (with_hyphen)
        word[first_length] = '-';
    memcpy(word + first_length + with_hyphen, second, second_length);
    return pil_intern_find(&run->words, word, first_length + with_hyphen + second_length) !=
           PIL_INTERN_NONE;
}

/* How the text goes on behind a line: "" when the last letter is a hyphen and both halves are one
 * word, whose hyphen (*n_cut bytes) goes unless the text elsewhere has it with one. */
static const char *find_joint(const layout *run, const char *before, size_t length,
                              const pil_pdf_line *next, size_t *n_cut)
{
    static const struct {
        const char *bytes;
        size_t length;
    } hyphens[] = {{"\xC2\xAD", 2}, {"\xE2\x80\x90", 3}, {"-", 1}};
    *n_cut = 0;
    for (size_t i = 0; i < sizeof hyphens / sizeof hyphens[0]; i++) {
        size_t n = hyphens[i].length;
        if (length <= n || memcmp(before + length - n, hyphens[i].bytes, n) != 0)
            continue;
        size_t end = length - n, begin = end, behind = 0;
        while (begin > 0 && is_word_byte(before[begin - 1]))
            begin--;
        while (behind < next->length && is_word_byte(next->text[behind]))
            behind++;
        bool is_soft = i == 0;
        if (begin == end || behind == 0)
            return is_soft ? (*n_cut = n, "") : " ";
        /* "well-\nknown" stays what the text has elsewhere; "exam-\nple" is mostly one word. */
        bool is_one = is_known(run, before + begin, end - begin, next->text, behind, false);
        bool is_two = is_known(run, before + begin, end - begin, next->text, behind, true);
        bool goes = is_soft || is_one || (!is_two && u_islower(first_character(next)));
        *n_cut = goes ? n : 0;
        return "";
    }
    return " ";
}

/* ---- paragraphs ---- */

/* A paragraph while its lines come: [begin..end) of a flow. */
typedef struct piece {
    size_t begin, end;
    double right; /* of its widest line */
} piece;

static bool is_short(const pil_pdf_line *line, double right)
{
    return line->right < right - SHORT_LINE * line->size;
}

/* The line after next, when it is in the column of next. */
static const pil_pdf_line *line_after(const flow *in, size_t next)
{
    bool is_there = next + 1 < in->n && is_below(in->lines[next], in->lines[next + 1]);
    return is_there ? in->lines[next + 1] : NULL;
}

/* Whether lines[next], below the last line of the piece, begins another paragraph. */
static bool breaks_below(const layout *run, const flow *in, const piece *so_far, size_t next)
{
    const pil_pdf_line *line = in->lines[so_far->end - 1];
    const pil_pdf_line *first = in->lines[so_far->begin];
    const pil_pdf_line *below = in->lines[next];
    const pil_pdf_line *after = line_after(in, next);
    double gap = (below->top - line->bottom) / line->size;
    if (gap > run->usual_gap + WIDE_GAP || line->is_bold != below->is_bold || begins_item(below))
        return true;
    bool is_indented = below->left > line->left + INDENT * line->size;
    bool is_hanging = so_far->end - so_far->begin == 1 && begins_item(first);
    bool returns = after != NULL && after->left < below->left - INDENT * line->size / 2;
    if (is_indented && !is_hanging && (returns || after == NULL) && so_far->end - so_far->begin > 1)
        return true;
    if (is_indented && returns && !is_hanging)
        return true;
    double right = so_far->right > below->right ? so_far->right : below->right;
    if (after != NULL && after->right > right)
        right = after->right;
    return is_short(line, right) && ends_sentence(line) && !u_islower(first_character(below));
}

/* Whether lines[next], at the top of another column or page, begins another paragraph. */
static bool breaks_across(const flow *in, const piece *so_far, size_t next)
{
    const pil_pdf_line *line = in->lines[so_far->end - 1];
    const pil_pdf_line *above = in->lines[next];
    bool is_hyphenated = last_character(line) == '-' || last_character(line) == 0xAD;
    bool is_lower = u_islower(first_character(above));
    if (line->is_bold != above->is_bold || begins_item(above) || above->page > line->page + 1)
        return true;
    if (is_hyphenated || is_lower)
        return false;
    return ends_sentence(line) || is_short(line, so_far->right) || so_far->end - so_far->begin == 1;
}

static bool breaks(const layout *run, const flow *in, const piece *so_far, size_t next)
{
    const pil_pdf_line *line = in->lines[so_far->end - 1];
    if (!is_of_same_size(line, in->lines[next]))
        return true;
    if (is_beside(line, in->lines[next]))
        return false;
    return is_below(line, in->lines[next]) ? breaks_below(run, in, so_far, next)
                                           : breaks_across(in, so_far, next);
}

/* ---- headings ---- */

static size_t bytes_of(const flow *in, const piece *of)
{
    size_t n = 0;
    for (size_t i = of->begin; i < of->end; i++)
        n += in->lines[i]->length + 1;
    return n;
}

static bool is_heading(const layout *run, const flow *in, const piece *of)
{
    const pil_pdf_line *line = in->lines[of->begin];
    UChar32 last = last_character(in->lines[of->end - 1]);
    bool stands_out = line->size > run->body_size * HEADING_SIZE ||
                      (line->is_bold && line->size > run->body_size * (1 - OTHER_SIZE));
    bool has_letter = false;
    for (size_t l = of->begin; l < of->end; l++) {
        for (size_t i = 0; i < in->lines[l]->length && !has_letter; i++)
            has_letter = is_letter_byte(in->lines[l]->text[i]);
    }
    return stands_out && has_letter && of->end - of->begin <= HEADING_MAX_LINES &&
           bytes_of(in, of) <= HEADING_MAX_BYTES && last != '.' && last != ',' && last != ';';
}

/* The larger, the higher; what is bold only is lowest. */
static int level_of(const layout *run, const pil_pdf_line *line)
{
    for (size_t i = 0; i < run->n_heading_sizes; i++) {
        if (line->size > run->heading_sizes[i] * (1 - OTHER_SIZE / 2))
            return (int)i + 1;
    }
    return run->n_heading_sizes < HEADING_LEVELS ? (int)run->n_heading_sizes + 1 : HEADING_LEVELS;
}

static void note_heading_size(layout *run, double size)
{
    size_t at = 0;
    while (at < run->n_heading_sizes && run->heading_sizes[at] * (1 - OTHER_SIZE / 2) > size)
        at++;
    if (at < run->n_heading_sizes && size > run->heading_sizes[at] * (1 - OTHER_SIZE / 2) &&
        size < run->heading_sizes[at] * (1 + OTHER_SIZE / 2))
        return;
    if (at == HEADING_LEVELS)
        return;
    size_t n_moved =
        (run->n_heading_sizes < HEADING_LEVELS ? run->n_heading_sizes : HEADING_LEVELS - 1) - at;
    memmove(&run->heading_sizes[at + 1], &run->heading_sizes[at],
            n_moved * sizeof run->heading_sizes[0]);
    run->heading_sizes[at] = size;
    run->n_heading_sizes += run->n_heading_sizes < HEADING_LEVELS;
}

/* ---- out ---- */

static pil_status write_piece(layout *run, const flow *in, const piece *of)
{
    const pil_pdf_line *first = in->lines[of->begin];
    bool as_heading = is_heading(run, in, of);
    pil_block_kind kind = as_heading           ? PIL_BLOCK_HEADING
                          : begins_item(first) ? PIL_BLOCK_LIST_ITEM
                                               : PIL_BLOCK_PARAGRAPH;
    pil_block_list *out = run->out;
    pil_status status =
        pil_block_list_open(out, kind, as_heading ? level_of(run, first) : 0, first->page);
    for (size_t i = of->begin; i < of->end && status == PIL_OK; i++) {
        const pil_pdf_line *line = in->lines[i];
        size_t n_cut = 0;
        const char *joint = "";
        if (i > of->begin)
            joint = find_joint(run, out->text.bytes, out->text.length, line, &n_cut);
        pil_buffer_set_length(&out->text, out->text.length - n_cut);
        status = pil_block_list_add(out, joint, strlen(joint));
        if (status == PIL_OK)
            status = pil_block_list_add(out, line->text, line->length);
    }
    return status;
}

/* The next paragraph of a flow; false when there is none. */
static bool next_piece(const layout *run, flow *in, piece *out)
{
    if (in->at == in->n)
        return false;
    *out = (piece){.begin = in->at, .end = in->at + 1, .right = in->lines[in->at]->right};
    for (in->at++; in->at < in->n && !breaks(run, in, out, in->at); in->at++) {
        out->end = in->at + 1;
        if (in->lines[in->at]->right > out->right)
            out->right = in->lines[in->at]->right;
    }
    return true;
}

static void find_heading_sizes(layout *run)
{
    piece of;
    while (next_piece(run, &run->text, &of)) {
        double size = run->text.lines[of.begin]->size;
        if (size > run->body_size * HEADING_SIZE && is_heading(run, &run->text, &of))
            note_heading_size(run, size);
    }
    run->text.at = 0;
}

/* The notes of a page come behind the paragraphs that begin on it: those that go on behind its end
 * are whole. */
static pil_status write_notes(layout *run, uint32_t before_page)
{
    flow *in = &run->notes;
    pil_status status = PIL_OK;
    piece of;
    while (status == PIL_OK && in->at < in->n && in->lines[in->at]->page < before_page &&
           next_piece(run, in, &of))
        status = write_piece(run, in, &of);
    return status;
}

static pil_status write_all(layout *run)
{
    pil_status status = PIL_OK;
    piece of;
    find_heading_sizes(run);
    while (status == PIL_OK && next_piece(run, &run->text, &of)) {
        status = write_notes(run, run->text.lines[of.begin]->page);
        if (status == PIL_OK)
            status = write_piece(run, &run->text, &of);
    }
    return status == PIL_OK ? write_notes(run, UINT32_MAX) : status;
}

pil_status pil_pdf_layout(pil_pdf_lines *lines, pil_block_list *out)
{
    layout run = {.lines = lines, .out = out};
    pil_status status = pil_pdf_drop_furniture(lines);
    if (status == PIL_OK)
        status = measure(&run);
    if (status == PIL_OK)
        status = part_lines(&run);
    for (size_t i = 0; i < lines->n_items && status == PIL_OK; i++)
        status = note_words(&run, &lines->items[i]);
    if (status == PIL_OK)
        status = write_all(&run);
    free(run.text.lines);
    free(run.notes.lines);
    pil_intern_dispose(&run.words);
    return status;
}
