/* A paragraph as a terminal shows it: white space collapsed, what is unsafe escaped, trimmed
 * around its best part and broken into lines, with the ranges to highlight kept in step. */
#ifndef QUERY_FLOW_H
#define QUERY_FLOW_H

#include "base/buffer.h"
#include "base/error.h"
#include "search/hit.h"

#include <stddef.h>
#include <stdint.h>

/* A stretch of text[begin_byte, end_byte) that is not broken. */
typedef struct pil_flow_piece {
    size_t begin_byte, end_byte; /* without the spaces behind it */
    size_t first_column;         /* where it begins when all is on one line */
    unsigned columns;
    unsigned space_columns; /* of the spaces behind it */
} pil_flow_piece;

typedef struct pil_flow_line {
    size_t begin_byte, end_byte;
} pil_flow_line;

/* Initialise before the first use; it can then be set again and again. */
typedef struct pil_flow {
    pil_buffer text;         /* UTF-8 without controls, one space between words */
    pil_match_range *ranges; /* offsets into text, in order */
    size_t n_ranges;
    pil_flow_piece *pieces; /* after pil_flow_break */
    size_t n_pieces;
    size_t n_columns;     /* of the whole text on one line */
    pil_flow_line *lines; /* after pil_flow_wrap */
    size_t n_lines;
    size_t ranges_capacity, pieces_capacity, lines_capacity;
} pil_flow;

/* Which part of a text that is too long stays. */
typedef enum pil_flow_keep {
    PIL_FLOW_KEEP_BEST, /* that with the most of the different words, then the most matches */
    PIL_FLOW_KEEP_BEGIN,
    PIL_FLOW_KEEP_END
} pil_flow_keep;

void pil_flow_init(pil_flow *flow);
void pil_flow_dispose(pil_flow *flow);

/* Takes text[0..length) in, with the ranges of it that match: in order, not overlapping, offsets
 * beyond the text are cut. Nothing of the arguments is kept. PIL_NO_MEMORY, PIL_INVALID_ARGUMENT
 * when the text is far beyond a paragraph's size. */
PIL_NODISCARD pil_status pil_flow_set(pil_flow *flow, const char *text, size_t length,
                                      const pil_match_range *ranges, size_t n_ranges);

/* Finds where lines of at most width (>= 1) columns may be broken, and the width of each piece;
 * words wider than a line are broken between characters. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_flow_break(pil_flow *flow, unsigned width);

/* Cuts the text to about max_columns, putting an ellipsis where something is left out; one that
 * is only a little longer stays as it is. pil_flow_break comes before it, and has been done again
 * after it. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_flow_trim(pil_flow *flow, unsigned width, size_t max_columns,
                                       pil_flow_keep keep);

/* Cuts the end of the text, and puts an ellipsis there, so that it takes at most width (>= 2)
 * columns on one line; there are no ranges to keep. pil_flow_break comes before it. PIL_NO_MEMORY.
 */
PIL_NODISCARD pil_status pil_flow_shorten(pil_flow *flow, unsigned width);

/* Lays the pieces out in lines of at most width columns. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_flow_wrap(pil_flow *flow, unsigned width);

#endif
