/* PATH:LINE as somebody types it. */
#ifndef QUERY_TYPED_PLACE_H
#define QUERY_TYPED_PLACE_H

#include <stdint.h>

/* Splits "path:12" into the path as the index has it, absolute, or "-", and the line, 0 when there
 * is none. cwd may be NULL. A file that is gone may still be in the index. A new string that the
 * caller frees; NULL when memory ran out. */
char *pil_typed_place(const char *text, const char *cwd, uint32_t *line);

#endif
