/* A template for hits: text with the names of fields in braces, "{rank}\t{path}:{line}". */
#ifndef QUERY_TEMPLATE_H
#define QUERY_TEMPLATE_H

#include "base/arena.h"
#include "base/error.h"
#include "hit_fields.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct pil_template_piece {
    bool is_field;
    pil_hit_field field; /* when it is one */
    const char *text;    /* otherwise */
    size_t text_bytes;
} pil_template_piece;

typedef struct pil_template {
    pil_template_piece *pieces; /* [0..n_pieces), in order */
    size_t n_pieces;
    pil_arena arena; /* of all that */
} pil_template;

/* Reads a template. "{{" and "}}" are braces; \t, \n, \0 and \\ are a tab, a line feed, a NUL and a
 * backslash. PIL_INVALID_ARGUMENT with a message for the user, PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_template_read(const char *text, pil_template *out, pil_error *err);
void pil_template_dispose(pil_template *read);

#endif
