/* What dead paragraphs have in the lexicon of their segment. Private to this folder. */
#ifndef INDEX_DEAD_WORDS_H
#define INDEX_DEAD_WORDS_H

#include "base/intern.h"
#include "index/acronym.h"
#include "index/segment.h"
#include "lexicon.h"
#include "text/analyser.h"

#include <stdint.h>

typedef struct pil_dead_count {
    uint32_t n_written, n_derived;
} pil_dead_count;

/* Zero-initialise to start empty. */
typedef struct pil_dead_words {
    pil_intern words;       /* language "/" form */
    pil_dead_count *counts; /* [0..words.n_entries) */
    size_t capacity;
    pil_acronym_table acronyms;
    uint64_t text_bytes; /* of the dead paragraphs */
} pil_dead_words;

/* Counts the dead paragraphs of segment. PIL_CORRUPT, PIL_IO, PIL_NO_MEMORY, PIL_INTERNAL. */
PIL_NODISCARD pil_status pil_dead_words_count(pil_dead_words *dead, pil_segment *segment,
                                              pil_analyser *analyser, pil_error *err);
void pil_dead_words_dispose(pil_dead_words *dead);

/* Takes them off word's counts. PIL_CORRUPT when it has fewer; PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_dead_words_subtract(const pil_dead_words *dead, pil_lexicon_word *word,
                                                 pil_error *err);
/* Takes them off the acronyms in table, those of the segment. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_dead_words_subtract_acronyms(const pil_dead_words *dead,
                                                          pil_acronym_table *table, pil_error *err);

#endif
