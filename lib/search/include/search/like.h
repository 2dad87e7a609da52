/* More like this: the words that tell most of what a paragraph is about. */
#ifndef SEARCH_LIKE_H
#define SEARCH_LIKE_H

#include "base/arena.h"
#include "base/error.h"
#include "index/snapshot.h"
#include "search/hit.h"
#include "search/paragraph_place.h"
#include "search/searcher.h"
#include "text/analyser.h"

/* As many words as are looked for at most. */
enum { PIL_LIKE_MAX_WORDS = 25 };

typedef struct pil_likeness {
    pil_document document; /* the paragraph, for pil_search_options.except */
    const char *words;     /* a query: folded words, spaces between them; "" when it has none that
                              another paragraph has */
    pil_arena arena;       /* of them */
} pil_likeness;

/* Chooses the words of the paragraph at place; of several there, the one with that number in its
 * article, or the first when number is 0. Those with the
 * greatest tf * idf are taken, and only words that another paragraph has. PIL_NOT_FOUND when there
 * is no such paragraph; PIL_CORRUPT, PIL_IO, PIL_NO_MEMORY, PIL_INTERNAL. The caller disposes of
 * *out's arena, also on failure. As thread-safe as snapshot and analyser. */
PIL_NODISCARD pil_status pil_like(pil_snapshot *snapshot, pil_analyser *analyser,
                                  const pil_paragraph_place *place, uint32_t number,
                                  pil_likeness *out, pil_error *err);

#endif
