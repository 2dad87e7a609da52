/* Where somebody says a paragraph is. */
#ifndef SEARCH_PARAGRAPH_PLACE_H
#define SEARCH_PARAGRAPH_PLACE_H

#include <stdint.h>

typedef struct pil_paragraph_place {
    const char *path; /* absolute, or "-" for standard input; behind it there may be "#" and the
                         name of a file in an archive, or the id of a record: the rest of an
                         article's id, or of several ids up to a "#" */
    uint32_t line;    /* the paragraph that it is in; 0: not said */
    uint32_t page;    /* the paragraphs that begin on it; 0: not said */
} pil_paragraph_place;

#endif
