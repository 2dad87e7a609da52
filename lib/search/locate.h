/* The paragraphs of a file. Private to this folder. */
#ifndef SEARCH_LOCATE_H
#define SEARCH_LOCATE_H

#include "base/arena.h"
#include "base/error.h"
#include "index/snapshot.h"
#include "search/paragraph_place.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct pil_located_paragraph {
    uint32_t shard, docid;
    uint32_t line; /* in its file */
} pil_located_paragraph;

typedef struct pil_located {
    bool is_known;                /* the index has read the file, or tried to */
    const char *skipped;          /* why it was skipped the last time, or "" */
    pil_located_paragraph *items; /* [0..n), that live, as in the file */
    size_t n, capacity;
} pil_located;

/* Finds the living paragraphs at place: in the paragraph of a line, which is the last that begins
 * there or before, or those that begin on a page; all of them when neither is said. The lines and
 * pages of an archive are those of the files in it: without the name of one they are nowhere. Reads
 * the whole catalogue, and the records of the file. PIL_CORRUPT, PIL_IO, PIL_NO_MEMORY. Everything
 * is in arena. */
PIL_NODISCARD pil_status pil_locate(pil_snapshot *snapshot, const pil_paragraph_place *place,
                                    pil_arena *arena, pil_located *out, pil_error *err);

#endif
