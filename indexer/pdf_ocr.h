/* The pages of a PDF as pictures, and the lines of text that OCR finds on them. */
#ifndef INDEXER_PDF_OCR_H
#define INDEXER_PDF_OCR_H

#include "base/error.h"
#include "pdf_layout.h"

#include <stdbool.h>

/* Of poppler's glib interface. */
typedef struct _PopplerDocument PopplerDocument;

/* Appends the lines of the pages for which is_wanted[0..number of pages) is true, NULL being all of
 * them, in a language as pil_ocr_new takes it. PIL_BAD_INPUT with what is missing for OCR;
 * PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_pdf_ocr(PopplerDocument *document, const char *language,
                                     const bool *is_wanted, pil_pdf_lines *lines, pil_error *err);

#endif
