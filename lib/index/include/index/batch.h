/* Articles on their way into the index, in a memory of their own, so that one thread can read them
 * and another index them.
 *
 * Thread rule: one thread at a time for each batch. */
#ifndef INDEX_BATCH_H
#define INDEX_BATCH_H

#include "base/arena.h"
#include "base/error.h"
#include "base/hash.h"
#include "index/record.h"
#include "passage/passage.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One article to be indexed, its paragraphs in its language. Strings may be NULL. */
typedef struct pil_new_article {
    pil_article_meta meta; /* of it n_paragraphs, line, generation and id_seed are not read */
    pil_digest content;    /* of the bytes it was read from */
    const pil_paragraphs *paragraphs;
    uint32_t line_offset; /* added to the paragraphs' lines */
} pil_new_article;

typedef struct pil_batch_article {
    pil_article_meta meta; /* whole: strings are never NULL; generation is set by the writer */
    pil_digest key;        /* of meta.id */
    pil_digest content;
    pil_record *paragraphs; /* [0..meta.n_paragraphs), as they will be stored */
    bool is_wanted;         /* set by the writer: false when the index has it already */
} pil_batch_article;

typedef struct pil_batch {
    pil_arena arena; /* holds everything that the articles point to */
    pil_batch_article *articles;
    size_t n_articles, capacity;
    uint64_t text_bytes;
    uint64_t n_paragraphs;
} pil_batch;

/* NULL when memory ran out. */
pil_batch *pil_batch_new(void);
void pil_batch_free(pil_batch *batch);

/* Appends an empty article, to be filled in from the arena. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_batch_append(pil_batch *batch, pil_batch_article **out,
                                          pil_error *err);
/* Appends a copy of article. Metadata is cut to a length that can be shown on a line; paragraphs
 * get their repeat numbers (index/record.h). PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_batch_add(pil_batch *batch, const pil_new_article *article,
                                       pil_error *err);

#endif
