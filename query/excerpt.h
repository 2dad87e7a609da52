/* The sentences of a paragraph that answer best. */
#ifndef QUERY_EXCERPT_H
#define QUERY_EXCERPT_H

#include "base/buffer.h"
#include "base/error.h"
#include "search/hit.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct pil_excerpt_sentence {
    size_t begin_byte, end_byte;    /* of the hit's text */
    size_t first_range, last_range; /* [first_range, last_range) begin in it */
    bool is_chosen;
} pil_excerpt_sentence;

/* What is known of one of the query's words. */
typedef struct pil_excerpt_word {
    bool is_covered; /* a sentence that was chosen has it */
    size_t seen;     /* when it was last seen, in looks at a sentence; 0: never */
} pil_excerpt_word;

/* Initialise before the first use; it can then be used for hit after hit. */
typedef struct pil_excerpt {
    pil_excerpt_sentence *sentences; /* all of the hit at hand, in order */
    size_t n_sentences, sentences_capacity;
    pil_excerpt_word *words; /* by their numbers */
    size_t words_capacity;
    size_t n_looks;  /* at a sentence, for the hit at hand */
    pil_buffer text; /* of what was cut */
    pil_match_range *ranges;
    size_t n_ranges, ranges_capacity;
} pil_excerpt;

void pil_excerpt_init(pil_excerpt *excerpt);
void pil_excerpt_dispose(pil_excerpt *excerpt);

/* Finds the sentences of hit and chooses up to max (at least 1) of them, one after the other: that
 * with the most of the different words that those before lack, then of all different words, then of
 * matches, then the first. One without a match is chosen only where none has one. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_excerpt_choose(pil_excerpt *excerpt, const pil_hit *hit, size_t max,
                                            pil_error *err);

/* Chooses, and makes *cut the hit with the chosen sentences only: in the order of the text, with an
 * ellipsis where something is left out. It points into excerpt and hit until either changes. */
PIL_NODISCARD pil_status pil_excerpt_cut(pil_excerpt *excerpt, const pil_hit *hit, size_t max,
                                         pil_hit *cut, pil_error *err);

#endif
