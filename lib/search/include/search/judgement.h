/* Why a paragraph is no hit. */
#ifndef SEARCH_JUDGEMENT_H
#define SEARCH_JUDGEMENT_H

#include "search/hit.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct pil_judgement {
    bool is_known;            /* the index has read the file, or tried to */
    const char *skipped;      /* why it was skipped the last time, or "" */
    const pil_hit *paragraph; /* the one that was judged, with what it lacks in missing; NULL: the
                                 file has none, or none at that line or before */
    bool is_match;            /* it is a hit: the others are empty then */
    bool lacks_all;           /* it has none of the words and phrases */
    bool has_excluded;        /* it has something that must not occur */
    const uint32_t *required; /* [0..n_required): numbers of the words that must occur and that it
                                 lacks */
    size_t n_required;
    const uint32_t *filters; /* [0..n_filters): numbers of the query's filters that leave it out */
    size_t n_filters;
} pil_judgement;

#endif
