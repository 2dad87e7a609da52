/* The articles that documents of a segment are in, one after the other. Private to this folder.
 * Thread rule: as the segment's. */
#ifndef SEARCH_ARTICLE_WALK_H
#define SEARCH_ARTICLE_WALK_H

#include "base/buffer.h"
#include "base/error.h"
#include "index/segment.h"

#include <stdint.h>

typedef struct pil_article_walk {
    pil_segment *segment;      /* borrowed */
    pil_docid_range documents; /* of the article that it is at; {0, 0} before the first */
    pil_article_meta meta;     /* of that article */
    pil_buffer record_strings, meta_strings;
} pil_article_walk;

void pil_article_walk_init(pil_article_walk *walk, pil_segment *segment);
void pil_article_walk_dispose(pil_article_walk *walk);

/* Goes to the article of docid. Within an article nothing is read, of the next one only its
 * metadata, as a rule; else docid's record tells where its article begins. PIL_CORRUPT, PIL_IO,
 * PIL_NO_MEMORY, PIL_NOT_FOUND. */
PIL_NODISCARD pil_status pil_article_walk_to(pil_article_walk *walk, uint32_t docid,
                                             pil_error *err);

#endif
