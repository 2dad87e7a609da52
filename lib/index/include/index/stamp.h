/* What the terms of an index depend on, as one line: the analyser's id and the versions of its
 * libraries. Segments carry it; terms of different stamps must not meet. */
#ifndef INDEX_STAMP_H
#define INDEX_STAMP_H

#include "text/analyser.h"

/* For the caller to free; NULL when memory ran out. */
char *pil_index_stamp(pil_analyser *analyser);

#endif
