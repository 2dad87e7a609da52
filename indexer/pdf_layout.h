/* What is printed on pages, line by line, into blocks: running heads and page numbers are dropped,
 * lines become paragraphs, also across columns and pages, words that were hyphenated are whole.
 * docs/formats.md has the rules. Knows no PDF: its reader gives it lines in reading order. */
#ifndef INDEXER_PDF_LAYOUT_H
#define INDEXER_PDF_LAYOUT_H

#include "base/arena.h"
#include "base/error.h"
#include "block_list.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A printed line, or the part of it in one column. Places in points, from the top left. */
typedef struct pil_pdf_line {
    uint32_t page; /* from 1, not falling */
    double left, top, right, bottom;
    double size; /* of the letters */
    bool is_bold;
    const char *text; /* valid UTF-8, trimmed, never empty */
    size_t length;
    bool is_dropped; /* set by the functions on furniture below */
} pil_pdf_line;

/* The pages' size; zero-initialise. */
typedef struct pil_pdf_lines {
    pil_pdf_line *items; /* [0..n_items) */
    size_t n_items, capacity;
    uint32_t n_pages;
    double page_height; /* of most pages */
    pil_arena arena;    /* holds the texts */
} pil_pdf_lines;

/* Appends a line; its text is copied. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_pdf_lines_add(pil_pdf_lines *lines, const pil_pdf_line *line);
void pil_pdf_lines_dispose(pil_pdf_lines *lines);

/* Appends the blocks of all pages to out. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_pdf_layout(pil_pdf_lines *lines, pil_block_list *out);

/* Marks running heads and page numbers. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_pdf_find_furniture(pil_pdf_lines *lines);
/* Whether a line is only a page number, as "12" or "Page 3 of 10". */
bool pil_pdf_is_page_number(const pil_pdf_line *line);
/* Marks what is no part of the text: the same, but where nothing else is printed, page numbers
 * alone. pil_pdf_layout calls it. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_pdf_drop_furniture(pil_pdf_lines *lines);

#endif
