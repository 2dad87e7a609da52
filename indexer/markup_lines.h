/* What org, reStructuredText and TeX have in common: they are read line by line, and lines that
 * follow each other are a paragraph. */
#ifndef INDEXER_MARKUP_LINES_H
#define INDEXER_MARKUP_LINES_H

#include "block_list.h"
#include "read_internal.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct pil_markup_lines {
    const char *text;
    size_t length, next; /* where the line behind the one at hand begins */
    const char *line;    /* the one at hand, without its end and the white space before it */
    size_t n;            /* and its length */
    size_t indent;       /* columns of white space that it had */
    uint32_t number;     /* from 1 */
    pil_block_list blocks;
} pil_markup_lines;

/* Opens the lines of valid UTF-8; dispose in any case. */
void pil_markup_init(pil_markup_lines *lines, const char *text, size_t length);
void pil_markup_dispose(pil_markup_lines *lines);
/* Goes to the next line; false at the end. */
bool pil_markup_next(pil_markup_lines *lines);
/* The line behind the one at hand, without its end; its length. */
size_t pil_markup_peek(const pil_markup_lines *lines, const char **line);

bool pil_markup_begins(const pil_markup_lines *lines, const char *words); /* in any case */
/* The length of the mark of a list item that the line begins with, space included; 0: none. */
size_t pil_markup_item_mark(const pil_markup_lines *lines);

/* Begins a block at the line at hand. PIL_NO_MEMORY, as below. */
PIL_NODISCARD pil_status pil_markup_open(pil_markup_lines *lines, pil_block_kind kind, int level);
/* Appends text to the open paragraph, behind a space, or begins one. */
PIL_NODISCARD pil_status pil_markup_add(pil_markup_lines *lines, const char *text, size_t length);
/* Appends the line at hand with its indent, behind a line end: of a block whose lines stay. */
PIL_NODISCARD pil_status pil_markup_add_verbatim(pil_markup_lines *lines);

/* Reads bytes as UTF-8 and hands them to read, then the blocks to the sink. */
PIL_NODISCARD pil_status pil_markup_read(pil_reading *reading, const char *bytes, size_t length,
                                         pil_status (*read)(pil_reading *, pil_markup_lines *),
                                         pil_error *err);

#endif
