/* A batch of articles inverted in memory: for each term the paragraphs that have it. The terms,
 * postings and lexicon of one batch, sorted, ready to be merged with those of others into a
 * segment. No allocation for single postings: they are counted, then placed.
 *
 * Thread rule: none shared; one batch is inverted by one thread. */
#ifndef INDEX_INVERSION_H
#define INDEX_INVERSION_H

#include "base/error.h"
#include "index/acronym.h"
#include "index/batch.h"
#include "index/common_words.h"
#include "lexicon.h"
#include "text/analyser.h"

#include <stddef.h>
#include <stdint.h>

/* Postings in glass's own coding: for each paragraph, ascending, the varint of (document id minus
 * the one before, minus 1; the one before the first is 0), then the varint of its wdf. */
typedef struct pil_postings {
    const unsigned char *bytes;
    size_t length;
    uint32_t n;                    /* paragraphs: the term frequency */
    uint32_t last;                 /* document id of the last one */
    uint64_t collection_frequency; /* sum of the wdfs */
    uint32_t max_wdf;
} pil_postings;

typedef struct pil_inverted_term {
    const char *bytes; /* with its prefix, as schema.h has them */
    uint32_t length;
    pil_postings postings;
} pil_inverted_term;

/* Document ids count the wanted paragraphs of the batch from 1. */
typedef struct pil_inversion {
    uint32_t n_paragraphs;
    pil_postings lengths; /* wdf is the paragraph's length in words; every paragraph is there */
    uint32_t min_length, max_length; /* min: the smallest above 0; 0 when there is none */
    pil_inverted_term *terms;        /* [0..n_terms), sorted by bytes; no term twice */
    size_t n_terms;
    pil_lexicon_word *words; /* [0..n_words), sorted by pil_lexicon_compare; none twice */
    size_t n_words;
    pil_acronym_table acronyms; /* that the paragraphs define */
    pil_arena arena;            /* of the terms and words */
} pil_inversion;

/* Inverts the wanted articles of batch, whose strings the inversion does not keep. Terms are those
 * of docs/index-format.md: stems, common grams (common may be NULL: none), labels.
 * PIL_NO_MEMORY, PIL_INTERNAL from the analyser. The caller frees *out. */
PIL_NODISCARD pil_status pil_inversion_make(const pil_batch *batch, pil_analyser *analyser,
                                            const pil_common_words *common, pil_inversion **out,
                                            pil_error *err);
void pil_inversion_free(pil_inversion *inversion);
/* What it takes in memory, from lengths alone: the same on every machine. */
size_t pil_inversion_bytes(const pil_inversion *inversion);

#endif
