/* What is to show of a paragraph: its record, its article's metadata, its neighbours. Private to
 * this folder. Thread rule: as the snapshot's. */
#ifndef SEARCH_FETCH_H
#define SEARCH_FETCH_H

#include "base/arena.h"
#include "base/error.h"
#include "index/snapshot.h"
#include "search/hit.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct pil_fetch {
    pil_snapshot *snapshot; /* borrowed, as is the arena */
    pil_arena *arena;       /* holds what hits point to */
    bool section;           /* false; set it for hits to come with the section that they are in */
    pil_buffer record_strings, meta_strings;
} pil_fetch;

void pil_fetch_init(pil_fetch *fetch, pil_snapshot *snapshot, pil_arena *arena);
void pil_fetch_dispose(pil_fetch *fetch);

/* Where an article is. */
typedef struct pil_fetched_article {
    pil_segment *segment;
    pil_docid_range documents;
    uint32_t line;
} pil_fetched_article;

/* Fills in *hit what is stored of paragraph docid of the segment with that number in the snapshot,
 * with up to context paragraphs on either side, or, when fetch->section is set, with those of its
 * section that are no further than PIL_SECTION_PARAGRAPHS_MAX, if these are more; what it has of a
 * query is left alone. PIL_CORRUPT, PIL_IO, PIL_NO_MEMORY, PIL_NOT_FOUND. */
PIL_NODISCARD pil_status pil_fetch_hit(pil_fetch *fetch, size_t segment_number, uint32_t docid,
                                       uint32_t context, pil_hit *hit, pil_fetched_article *article,
                                       pil_error *err);

/* Fills in *copy where that paragraph is. As above. */
PIL_NODISCARD pil_status pil_fetch_place(pil_fetch *fetch, size_t segment_number, uint32_t docid,
                                         pil_copy *copy, pil_error *err);

#endif
