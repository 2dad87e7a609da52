/* What paragraphs score for a word that many terms stand for. The postings of its terms are gone
 * through term by term into one accumulator a paragraph (term-at-a-time), which for hundreds of
 * terms is several times as fast as libxapian's heap of as many posting lists. Private to this
 * folder. */
#ifndef SEARCH_ACCUMULATORS_H
#define SEARCH_ACCUMULATORS_H

#include "base/error.h"
#include "index/snapshot.h"
#include "xapian_c.h"

#include <stddef.h>
#include <stdint.h>

/* Of one segment: docids[0..n), ascending, and what each scores. */
typedef struct pil_segment_scores {
    uint32_t *docids;
    double *scores;
    size_t n;
} pil_segment_scores;

/* One in a list of them, whose first is NULL for none. */
typedef struct pil_scores {
    pil_segment_scores *segments; /* [0..n_segments), those of the snapshot */
    size_t n_segments;
    struct pil_scores *next;
} pil_scores;

void pil_scores_free(pil_scores *list);

/* The paragraphs with their scores as a query; NULL when there are none. The caller frees *out,
 * before scores. PIL_NO_MEMORY, PIL_INTERNAL. */
PIL_NODISCARD pil_status pil_scores_query(const pil_scores *scores, const pil_manifest *manifest,
                                          xc_query **out, pil_error *err);

/* Of one segment, by docid; private to accumulators.c. */
typedef struct pil_segment_accumulators pil_segment_accumulators;

/* All are 0 at first. */
typedef struct pil_accumulators {
    pil_snapshot *snapshot;
    pil_segment_accumulators *segments;
    xc_stats stats; /* of the whole index */
} pil_accumulators;

/* snapshot is borrowed and has a segment at least. Takes 16 bytes a paragraph, of which those are
 * touched that are near one that scores. PIL_CORRUPT, PIL_IO, PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_accumulators_init(pil_accumulators *out, pil_snapshot *snapshot,
                                               pil_error *err);
/* Zero-initialised ones may be disposed of, too. */
void pil_accumulators_dispose(pil_accumulators *accumulators);

/* Adds factor times what each paragraph scores by BM25 for the stems[0..n), different ones, as for
 * one word: its occurrences are theirs together, and it is in the paragraphs that have any of them.
 * As above. */
PIL_NODISCARD pil_status pil_accumulators_add_word(pil_accumulators *accumulators,
                                                   const char *const *stems, size_t n,
                                                   double factor, pil_error *err);

/* Adds factor times scores, which are of the same snapshot. */
void pil_accumulators_add_scores(pil_accumulators *accumulators, const pil_scores *scores,
                                 double factor);

/* Puts what all came to before the list, which owns it; sets all to 0. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_accumulators_take(pil_accumulators *accumulators, pil_scores **list,
                                               pil_error *err);

#endif
