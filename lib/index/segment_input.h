/* What a segment is put together from: batches that were inverted in memory, or segments on the
 * disk. The same code makes a segment of the one or of the other.
 *
 * An input is a set of streams, each read once from front to back, in this order: acronyms,
 * articles, words, lengths, terms; records may be read at any time. Its live paragraphs are
 * numbered from 1. Thread rule: one thread at a time for each input. */
#ifndef INDEX_SEGMENT_INPUT_H
#define INDEX_SEGMENT_INPUT_H

#include "base/error.h"
#include "index/acronym.h"
#include "index/record.h"
#include "inversion.h"
#include "lexicon.h"

#include <stddef.h>
#include <stdint.h>

typedef struct pil_segment_input pil_segment_input;

/* What next gives is valid until it is called again. PIL_DONE behind the last; PIL_CORRUPT, PIL_IO,
 * PIL_NO_MEMORY, PIL_INTERNAL. */
typedef struct pil_segment_input_ops {
    /* adds all of them to table */
    pil_status (*acronyms)(pil_segment_input *input, pil_acronym_table *table, pil_error *err);
    pil_status (*next_article)(pil_segment_input *input, pil_article_meta *meta, pil_error *err);
    /* in order of the lexicon */
    pil_status (*next_word)(pil_segment_input *input, pil_lexicon_word *word, pil_error *err);
    /* of all paragraphs at once, as pil_inversion has them; valid until the first next_term */
    pil_status (*lengths)(pil_segment_input *input, pil_postings *lengths, pil_error *err);
    /* by their bytes */
    pil_status (*next_term)(pil_segment_input *input, pil_inverted_term *term, pil_error *err);
    /* the encoded record of the next paragraph */
    pil_status (*next_record)(pil_segment_input *input, const void **bytes, size_t *length,
                              pil_error *err);
    void (*close)(pil_segment_input *input);
} pil_segment_input_ops;

struct pil_segment_input {
    const pil_segment_input_ops *ops;
    uint32_t n_paragraphs;
    uint64_t text_bytes;
};

#endif
