/* Which styles of a docx are headings: by their outline level or English name, which they have in
 * every language, since their ids are translated. */
#ifndef INDEXER_DOCX_STYLES_H
#define INDEXER_DOCX_STYLES_H

#include "base/arena.h"
#include "base/error.h"

#include <stddef.h>

typedef struct pil_docx_style {
    const char *id;
    const char *based_on; /* id, or NULL */
    int level;            /* of a heading, from 1; 0: none */
} pil_docx_style;

/* Zero-initialise. */
typedef struct pil_docx_styles {
    pil_docx_style *items; /* [0..n_items) */
    size_t n_items, capacity;
    pil_arena arena;
} pil_docx_styles;

/* Reads word/styles.xml. PIL_BAD_INPUT, PIL_NO_MEMORY; dispose in either case. */
PIL_NODISCARD pil_status pil_docx_styles_read(pil_docx_styles *styles, const char *xml,
                                              size_t length, pil_error *err);
/* The level of headings of the style of that id, or of the one that it is based on. */
int pil_docx_styles_level(const pil_docx_styles *styles, const char *id);
void pil_docx_styles_dispose(pil_docx_styles *styles);

#endif
