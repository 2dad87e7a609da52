/* The lexicons of several inputs as one sorted stream, with their counts added up. Private to this
 * folder. */
#ifndef INDEX_WORD_MERGE_H
#define INDEX_WORD_MERGE_H

#include "segment_input.h"

typedef struct pil_word_merge pil_word_merge;

/* inputs are borrowed. PIL_NO_MEMORY, or what an input returned. */
PIL_NODISCARD pil_status pil_word_merge_new(pil_word_merge **out, pil_segment_input *const *inputs,
                                            size_t n_inputs, pil_error *err);
void pil_word_merge_free(pil_word_merge *merge);
/* The next word, valid until the next call; PIL_DONE behind the last. */
PIL_NODISCARD pil_status pil_word_merge_next(pil_word_merge *merge, pil_lexicon_word *word,
                                             pil_error *err);

#endif
