/* Plain text: blocks of lines become units (a paragraph, a heading, a list item), units become
 * what the builder takes. */
#include "layout_internal.h"
#include "passage_internal.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

enum {
    BODY_WEIGHT = 80,       /* what follows a heading weighs this at least */
    UNDERLINED_WEIGHT = 120 /* an underlined line that weighs more is no heading */
};

/* Lines of the source that go together. */
typedef struct unit {
    pil_block_kind kind;
    int level;
    size_t begin, end; /* in the text */
    uint32_t line;     /* from 0 */
    size_t n_lines;
    bool keeps_lines;               /* its line ends stay; else they become spaces */
    pil_layout_candidate candidate; /* a line alone, which may turn out to be a heading */
} unit;

/* What came before a line that may be a heading. */
typedef enum preceding {
    AFTER_NOTHING,
    AFTER_TITLE,
    AFTER_HEADING,
    AFTER_SENTENCE, /* text that ends as sentences do */
    AFTER_ITEM,
    AFTER_OTHER /* text that breaks off, or another short line */
} preceding;

typedef struct layout {
    const char *text;
    size_t offset;
    uint32_t first_line;
    pil_layout_style style;
    pil_passage_builder builder;
    pil_buffer scratch;
    unit held; /* when has_held: a candidate, until the unit behind it decides */
    bool has_held;
    bool has_units;
    preceding before;
} layout;

/* --- a unit's text --- */

static bool is_wide(const char *text, size_t at)
{
    unsigned char lead = (unsigned char)text[at];
    return lead >= 0xE3 && lead <= 0xE9;
}

/* What stands for a line end inside a paragraph: a space, but nothing between ideographs and
 * behind the hyphen of a word that goes on. */
static const char *joint(const char *text, const pil_layout_line *line, const pil_layout_line *next)
{
    size_t last = pil_utf8_boundary(text, line->end, line->end - 1);
    if (is_wide(text, last) && is_wide(text, next->begin))
        return "";
    if (text[line->end] == '\xC2' && text[line->end + 1] == '\xAD')
        return ""; /* a soft hyphen, which was trimmed with the white space */
    if (text[last] != '-' || last == line->begin)
        return " ";
    size_t before = pil_utf8_boundary(text, last, last - 1);
    size_t at = next->begin;
    bool goes_on = u_isalnum((UChar32)pil_utf8_next(text, last, &before, NULL)) &&
                   u_isalnum((UChar32)pil_utf8_next(text, next->end, &at, NULL));
    return goes_on ? "" : " ";
}

/* The lines of source[begin..end) without the white space around them, joined. */
static pil_status join_lines(layout *l, size_t begin, size_t end, bool keeps_lines)
{
    pil_layout_reader reader = {.text = l->text, .length = end, .at = begin};
    pil_layout_line line, last = {0};
    bool has_last = false, page_ends;
    pil_buffer_clear(&l->scratch);
    pil_status status = pil_buffer_reserve(&l->scratch, end - begin);
    while (status == PIL_OK) {
        size_t start = reader.at;
        if (!pil_layout_next_line(&reader, &line, &page_ends))
            break;
        if (line.begin == line.end)
            continue;
        if (has_last)
            status = pil_buffer_append_string(&l->scratch,
                                              keeps_lines ? "\n" : joint(l->text, &last, &line));
        size_t from = keeps_lines && has_last ? start : line.begin;
        if (status == PIL_OK)
            status = pil_buffer_append(&l->scratch, l->text + from, line.end - from);
        last = line;
        has_last = true;
    }
    return status;
}

static uint32_t line_ends_in(const char *text, size_t begin, size_t end)
{
    pil_layout_reader reader = {.text = text, .length = end, .at = begin};
    pil_layout_line line;
    bool page_ends;
    while (pil_layout_next_line(&reader, &line, &page_ends))
        continue;
    return reader.number;
}

/* Hands a unit to the builder, cut into pieces in the source when it is too long: so each piece
 * has a range of its own. */
static pil_status emit(layout *l, const unit *u)
{
    pil_status status = PIL_OK;
    uint32_t line = u->line;
    for (size_t begin = u->begin; begin < u->end && status == PIL_OK;) {
        size_t end = begin + pil_passage_cut(&l->builder.cutter, l->text + begin, u->end - begin,
                                             !u->keeps_lines);
        pil_block block = {
            .kind = u->kind,
            .level = u->level,
            .text = l->text + begin,
            .length_bytes = end - begin,
            .begin_byte = l->offset + begin,
            .end_byte = l->offset + end,
            .line = l->first_line + line,
        };
        if (u->n_lines > 1) {
            status = join_lines(l, begin, end, u->keeps_lines);
            block.text = l->scratch.bytes;
            block.length_bytes = l->scratch.length;
        }
        if (status == PIL_OK)
            status = pil_passage_builder_add(&l->builder, &block);
        if (end < u->end && u->n_lines > 1)
            line += line_ends_in(l->text, begin, end);
        begin = end;
    }
    return status;
}

/* --- headings --- */

/* Whether u may be what stands under heading. */
static bool is_body(const layout *l, const unit *u, const unit *heading)
{
    if (u->candidate.is_candidate || u->kind == PIL_BLOCK_HEADING || u->kind == PIL_BLOCK_LIST_ITEM)
        return false;
    const char *text = l->text + u->begin;
    size_t length = u->end - u->begin;
    if (length >= (size_t)BODY_WEIGHT * 4)
        return true;
    return length > heading->end - heading->begin &&
           (pil_passage_weight(text, length) >= BODY_WEIGHT ||
            (heading->candidate.is_strong && pil_passage_ends_sentence(text, length)));
}

/* Whether the held line is a heading, now that next is known. */
static bool is_heading(const layout *l, const unit *next)
{
    const unit *held = &l->held;
    if (l->before == AFTER_NOTHING)
        return true;
    if (held->candidate.is_numbered && l->before == AFTER_ITEM)
        return false;
    if (held->candidate.is_strong)
        return is_body(l, next, held) || next->candidate.is_candidate ||
               next->kind == PIL_BLOCK_HEADING;
    /* Behind a title a byline is as likely. */
    return (l->before == AFTER_SENTENCE || l->before == AFTER_HEADING) && is_body(l, next, held);
}

static preceding preceding_of(const layout *l, const unit *u)
{
    if (u->kind == PIL_BLOCK_HEADING)
        return l->before == AFTER_NOTHING ? AFTER_TITLE : AFTER_HEADING;
    if (u->kind == PIL_BLOCK_LIST_ITEM)
        return AFTER_ITEM;
    return pil_passage_ends_sentence(l->text + u->begin, u->end - u->begin) ? AFTER_SENTENCE
                                                                            : AFTER_OTHER;
}

/* Emits the held line; next is the unit behind it, NULL at the end. */
static pil_status release(layout *l, const unit *next)
{
    if (!l->has_held)
        return PIL_OK;
    l->has_held = false;
    unit u = l->held;
    if (next != NULL && is_heading(l, next)) {
        u.kind = PIL_BLOCK_HEADING;
        u.level = u.candidate.level;
    } else if (u.candidate.is_numbered) {
        u.kind = PIL_BLOCK_LIST_ITEM;
    }
    l->before = preceding_of(l, &u);
    return emit(l, &u);
}

static pil_status offer(layout *l, const unit *u)
{
    pil_status status = release(l, u);
    if (status != PIL_OK)
        return status;
    l->has_units = true;
    if (u->candidate.is_candidate) {
        l->held = *u;
        l->has_held = true;
        return PIL_OK;
    }
    l->before = preceding_of(l, u);
    return emit(l, u);
}

/* --- blocks into units --- */

/* lines[0..n_lines) as one unit. */
static unit unit_of(pil_block_kind kind, const pil_layout_line *lines, size_t n_lines)
{
    return (unit){
        .kind = kind,
        .begin = lines[0].begin,
        .end = lines[n_lines - 1].end,
        .line = lines[0].number,
        .n_lines = n_lines,
        .keeps_lines = kind == PIL_BLOCK_VERBATIM,
    };
}

/* A line that stands by itself. */
static pil_status single(layout *l, const pil_layout_line *line)
{
    char drawn;
    if (pil_layout_is_ruler(l->text, line, &drawn))
        return PIL_OK;
    unit u =
        unit_of(line->mark == PIL_MARK_NONE ? PIL_BLOCK_PARAGRAPH : PIL_BLOCK_LIST_ITEM, line, 1);
    if (line->mark == PIL_MARK_NONE || line->mark == PIL_MARK_NUMBER)
        u.candidate = pil_layout_candidate_of(l->text + u.begin, u.end - u.begin, !l->has_units);
    return offer(l, &u);
}

static pil_status sure_heading(layout *l, const pil_layout_line *line, size_t begin, int level)
{
    unit u = unit_of(PIL_BLOCK_HEADING, line, 1);
    u.begin = begin;
    u.level = level;
    return offer(l, &u);
}

/* The level of "# Heading", with the offset of its text; 0 when line is none. */
static int hash_heading(const layout *l, const pil_layout_line *line, size_t *begin)
{
    size_t at = line->begin;
    while (at < line->end && l->text[at] == '#')
        at++;
    size_t level = at - line->begin;
    *begin = pil_passage_skip_space(l->text, at, line->end);
    bool is_heading_line =
        level >= 1 && level <= PIL_HEADING_LEVELS && *begin > at && *begin < line->end;
    return is_heading_line ? (int)level : 0;
}

static bool underlines(const layout *l, const pil_layout_line *title, const pil_layout_line *under,
                       char *drawn)
{
    if (!pil_layout_is_ruler(l->text, under, drawn) || *drawn == '#' || *drawn == '.' ||
        title->mark != PIL_MARK_NONE || pil_layout_is_ruler(l->text, title, &(char){0}))
        return false;
    size_t length = title->end - title->begin;
    size_t width = under->end - under->begin;
    size_t weight = pil_passage_weight(l->text + title->begin, length);
    return weight <= UNDERLINED_WEIGHT && width * 2 >= weight && width <= weight * 2 + 2;
}

/* The headings at the begin of a block that are marked as such; *n_taken lines were theirs. */
static pil_status marked_heading(layout *l, const pil_layout_line *lines, size_t n_lines,
                                 size_t *n_taken)
{
    *n_taken = 0;
    size_t begin;
    int level = hash_heading(l, &lines[0], &begin);
    /* Several such lines are rather the comments of a script. */
    if (level > 0 && (n_lines == 1 || l->text[lines[1].begin] != '#')) {
        *n_taken = 1;
        return sure_heading(l, &lines[0], begin, level);
    }
    char over = '\0', under = '\0';
    size_t at = n_lines >= 3 && pil_layout_is_ruler(l->text, &lines[0], &over);
    if (at + 1 < n_lines && underlines(l, &lines[at], &lines[at + 1], &under) &&
        (over == '\0' || over == under)) {
        *n_taken = at + 2;
        return sure_heading(l, &lines[at], lines[at].begin,
                            under == '='   ? 1
                            : under == '-' ? 2
                                           : 3);
    }
    return PIL_OK;
}

/* A paragraph may also begin with an indented line, as in books. */
static bool begins_indented(const layout *l, const pil_layout_line *lines, size_t n_lines, size_t i)
{
    uint32_t indent = lines[i].indent, margin = lines[i - 1].indent;
    const pil_layout_line *before = &lines[i - 1];
    if (i >= 2)
        margin = margin < lines[i - 2].indent ? margin : lines[i - 2].indent;
    return indent >= margin + 2 && indent <= margin + 12 && before->indent <= margin + 12 &&
           (i + 1 == n_lines || lines[i + 1].indent <= margin || lines[i + 1].indent == indent) &&
           pil_passage_ends_sentence(l->text + before->begin, before->end - before->begin);
}

/* Which kinds of marks make list items here: those that occur more than once, or behind a
 * colon. A single one is rather a line that happened to be broken before a dash or a number. */
static void find_list_marks(const layout *l, const pil_layout_line *lines, size_t n_lines,
                            bool is_item_mark[PIL_MARKS])
{
    size_t n_marks[PIL_MARKS] = {0};
    for (size_t i = 0; i < n_lines; i++) {
        n_marks[lines[i].mark]++;
        if (i > 0 && l->text[lines[i - 1].end - 1] == ':')
            n_marks[lines[i].mark]++;
    }
    for (int mark = PIL_MARK_DASH; mark < PIL_MARKS; mark++)
        is_item_mark[mark] = n_marks[mark] > 1;
}

/* Lines that belong together: list items, and what is not one. */
static pil_status several(layout *l, const pil_layout_line *lines, size_t n_lines,
                          pil_layout_mode mode)
{
    bool is_item_mark[PIL_MARKS] = {false};
    find_list_marks(l, lines, n_lines, is_item_mark);
    is_item_mark[lines[0].mark] = lines[0].mark != PIL_MARK_NONE;
    pil_status status = PIL_OK;
    for (size_t from = 0; from < n_lines && status == PIL_OK;) {
        bool is_item = is_item_mark[lines[from].mark];
        size_t to = from + 1;
        while (to < n_lines && !is_item_mark[lines[to].mark] &&
               (mode != PIL_MODE_WRAPPED || is_item || !begins_indented(l, lines, n_lines, to)))
            to++;
        unit u = unit_of(is_item                    ? PIL_BLOCK_LIST_ITEM
                         : mode == PIL_MODE_WRAPPED ? PIL_BLOCK_PARAGRAPH
                                                    : PIL_BLOCK_VERBATIM,
                         lines + from, to - from);
        /* What introduces a list is a paragraph, also when it is a single line. */
        if (to - from == 1 && !is_item)
            u.kind = PIL_BLOCK_PARAGRAPH;
        status = offer(l, &u);
        from = to;
    }
    return status;
}

static pil_status add_block(layout *l, const pil_layout_line *lines, size_t n_lines)
{
    size_t n_taken;
    pil_status status = marked_heading(l, lines, n_lines, &n_taken);
    lines += n_taken;
    n_lines -= n_taken;
    if (status != PIL_OK || n_lines == 0)
        return status;
    pil_layout_mode mode = pil_layout_mode_of(l->text, lines, n_lines, &l->style);
    if (mode != PIL_MODE_LINES)
        return several(l, lines, n_lines, mode);
    for (size_t i = 0; i < n_lines && status == PIL_OK; i++)
        status = single(l, &lines[i]);
    return status;
}

pil_status pil_paragraphs_from_text(pil_paragraphs *out, const char *text, size_t length,
                                    size_t offset, uint32_t first_line, pil_error *err)
{
    layout l = {.text = text, .offset = offset, .first_line = first_line};
    pil_layout_block block = {0};
    pil_layout_reader reader = {.text = text, .length = length};
    pil_buffer_init(&l.scratch, SIZE_MAX - 1);
    pil_passage_builder_init(&l.builder, out);
    pil_status status = pil_layout_style_of(text, length, &block, &l.style);
    while (status == PIL_OK) {
        status = pil_layout_next_block(&reader, &block);
        if (status == PIL_OK)
            status = add_block(&l, block.lines, block.n_lines);
    }
    if (status == PIL_DONE)
        status = release(&l, NULL);
    if (status == PIL_OK)
        status = pil_passage_builder_finish(&l.builder);
    pil_passage_builder_dispose(&l.builder);
    pil_buffer_dispose(&l.scratch);
    free(block.lines);
    return status == PIL_OK ? PIL_OK : pil_error_no_memory(err);
}
