/* Pages of a PDF that have no text because they are pictures of it. */
#ifndef INDEXER_PDF_SCANNED_H
#define INDEXER_PDF_SCANNED_H

#include "pdf_layout.h"
#include "pdf_ocr.h"
#include "read_internal.h"

/* lines are those of all pages. Where the reading asks for OCR, the lines that it finds on scanned
 * pages take their place in lines; otherwise reading's sink is told which pages these are. A page
 * is scanned when pictures cover half of it and more, and it has no text but running heads and page
 * numbers; so is every page of a document that has no text but page numbers, and it cannot be read
 * without OCR: PIL_BAD_INPUT with a reason. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_pdf_read_scanned(pil_reading *reading, PopplerDocument *document,
                                              pil_pdf_lines *lines, pil_error *err);

#endif
