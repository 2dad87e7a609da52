/* The sources that the catalogue has and a walk has not found: removed, or moved elsewhere. */
#ifndef INDEXER_DISAPPEARED_H
#define INDEXER_DISAPPEARED_H

#include "base/error.h"
#include "base/intern.h"
#include "index/catalogue.h"
#include "walk.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct pil_disappeared_source {
    char *stored_path;
    pil_source_stat stat;
    pil_digest content;
    uint64_t recipe;
    size_t n_articles;
    bool is_indexed; /* read whole, with the recipe above */
    bool is_unsure;  /* its directory is only out of sight: not to be removed */
    bool is_taken;   /* found again elsewhere */
} pil_disappeared_source;

/* Zero-initialise. */
typedef struct pil_disappeared {
    pil_disappeared_source *items;
    size_t n_items, capacity;
    pil_intern by_stat; /* numbers are indices into first_by_stat */
    pil_intern by_content;
    uint32_t *first_by_stat, *first_by_content; /* index into items */
} pil_disappeared;

void pil_disappeared_dispose(pil_disappeared *list);

/* Fills list with the sources of catalogue at and below roots[0..n_roots) that walk lacks. */
PIL_NODISCARD pil_status pil_disappeared_find(pil_disappeared *list, const pil_catalogue *catalogue,
                                              const char *index_directory, const char *const *roots,
                                              size_t n_roots, const pil_walk *walk, pil_error *err);

/* The one that stat (by inode, size and time) or content shows to be what is now elsewhere; NULL
 * when there is none. content NULL: not known. Only those indexed by recipe count. */
pil_disappeared_source *pil_disappeared_match(pil_disappeared *list, const pil_source_stat *stat,
                                              const pil_digest *content, uint64_t recipe);

#endif
