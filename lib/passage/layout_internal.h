/* How plain text is laid out: its lines, its blocks (lines without a blank one between them), and
 * what the lines of a block are to each other. */
#ifndef PASSAGE_LAYOUT_INTERNAL_H
#define PASSAGE_LAYOUT_INTERNAL_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* --- layout_lines.c --- */

/* What a line begins with, when that may be the mark of a list item. */
typedef enum pil_layout_mark {
    PIL_MARK_NONE,
    PIL_MARK_DASH,   /* - */
    PIL_MARK_STAR,   /* * */
    PIL_MARK_BULLET, /* a bullet, an en dash */
    PIL_MARK_NUMBER, /* 1. 1) (1) */
    PIL_MARK_LETTER, /* a) (a), roman numerals too */
    PIL_MARKS
} pil_layout_mark;

typedef struct pil_layout_line {
    size_t begin, end; /* without white space at both ends; equal for a blank line */
    uint32_t number;   /* from 0 */
    uint32_t columns;  /* from the margin to the end, counted up to some 1,000; wide characters are
                          two, a tab goes to a multiple of 8 */
    uint32_t indent;   /* columns of white space at its begin */
    uint32_t first_word; /* columns of its first word */
    pil_layout_mark mark;
} pil_layout_line;

typedef struct pil_layout_reader {
    const char *text;
    size_t length;
    size_t at;
    uint32_t number;
} pil_layout_reader;

/* The next line, without its mark. Lines end with LF, CR LF, CR, VT, FF, NEL, LS or PS;
 * *page_ends tells whether it was FF. False at the end. */
bool pil_layout_next_line(pil_layout_reader *reader, pil_layout_line *line, bool *page_ends);
/* True when line is three or more of one character that draws a line: ---, * * *, ===. */
bool pil_layout_is_ruler(const char *text, const pil_layout_line *line, char *character);

/* --- layout_blocks.c --- */

/* A block of more lines is taken in pieces, so that memory stays bounded. */
enum { PIL_LAYOUT_BLOCK_LINES = 4096 };

/* Zero-initialise; free(lines) at the end. */
typedef struct pil_layout_block {
    pil_layout_line *lines;
    size_t n_lines;
} pil_layout_block;

typedef enum pil_layout_mode {
    PIL_MODE_WRAPPED, /* one paragraph whose lines were broken to fit a width */
    PIL_MODE_LINES,   /* each line is a paragraph */
    PIL_MODE_VERSE    /* lines that belong together: verse, an address, a table */
} pil_layout_mode;

/* How the whole text is laid out. */
typedef struct pil_layout_style {
    bool is_wrapped;       /* most lines were broken to fit ... */
    uint32_t wrap_columns; /* ... this width */
    bool is_one_a_line;    /* blocks of several lines are mostly a paragraph a line */
} pil_layout_style;

/* The next block. PIL_OK, PIL_DONE at the end, PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_layout_next_block(pil_layout_reader *reader, pil_layout_block *block);
/* Looks through the whole text once. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_layout_style_of(const char *text, size_t length,
                                             pil_layout_block *scratch, pil_layout_style *style);
/* What lines[0..n_lines) of one block, n_lines at least 1, are to each other. */
pil_layout_mode pil_layout_mode_of(const char *text, const pil_layout_line *lines, size_t n_lines,
                                   const pil_layout_style *style);

/* --- layout_heading.c --- */

/* What a line that stands alone may be as a heading. */
typedef struct pil_layout_candidate {
    bool is_candidate;
    bool is_strong; /* numbered, or in capitals */
    bool is_numbered;
    int level;
} pil_layout_candidate;

/* is_first: it is the first line of the text, where a title is to be expected. */
pil_layout_candidate pil_layout_candidate_of(const char *line, size_t length, bool is_first);

#endif
