/* What docx and odt have in common: paragraphs, headings, list items and tables into blocks, notes
 * at the end, Dublin Core as metadata. */
#ifndef INDEXER_OFFICE_TEXT_H
#define INDEXER_OFFICE_TEXT_H

#include "block_list.h"
#include "read_internal.h"

#include <stdbool.h>
#include <stddef.h>

/* A document's text while it comes. */
typedef struct pil_office_text {
    pil_block_list *out;
    size_t row_depth; /* open table rows, one in another */
    size_t n_cells;   /* begun in the outermost row */
    bool cell_waits;  /* the next text begins a cell */
    bool space_waits; /* the next text is of another paragraph of its cell */
    bool is_open;     /* a paragraph outside of tables */
} pil_office_text;

/* Begins and ends a paragraph: a heading when level is 1 to 6, else a list item or a plain one.
 * PIL_NO_MEMORY, as all below. */
PIL_NODISCARD pil_status pil_office_begin_paragraph(pil_office_text *text, int level,
                                                    bool is_list_item);
void pil_office_end_paragraph(pil_office_text *text);
PIL_NODISCARD pil_status pil_office_begin_row(pil_office_text *text);
void pil_office_begin_cell(pil_office_text *text);
void pil_office_end_row(pil_office_text *text);
PIL_NODISCARD pil_status pil_office_add(pil_office_text *text, const char *bytes, size_t length);

/* Takes title, creator, date and language of the metadata in xml[0..length), an XML file with
 * Dublin Core's elements. PIL_BAD_INPUT, PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_office_read_metadata(pil_reading *reading, const char *xml,
                                                  size_t length, pil_error *err);

#endif
