/* A place as somebody types it, which is as it is shown. */
#ifndef QUERY_TYPED_PLACE_H
#define QUERY_TYPED_PLACE_H

#include "search/paragraph_place.h"

/* Reads "path:12", "path:p3" or "path", where a path may be "a.zip#notes/b.txt". *place has the
 * path as the index does, absolute, or "-"; a file that is gone may still be in the index. cwd may
 * be NULL. Returns place->path, a new string that the caller frees; NULL when memory ran out. */
char *pil_typed_place(const char *text, const char *cwd, pil_paragraph_place *place);

#endif
