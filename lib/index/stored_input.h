/* A segment on the disk as an input of a merge: its tables are read once, front to back, without
 * libxapian and with every chunk checked; dead paragraphs are left out. Private to this folder. */
#ifndef INDEX_STORED_INPUT_H
#define INDEX_STORED_INPUT_H

#include "index/segment.h"
#include "segment_input.h"
#include "text/analyser.h"

/* Opens segment, of the index at directory. What the dead paragraphs had in the lexicon is taken
 * off it: their texts are analysed for that, with analyser. Both are borrowed, also afterwards.
 * PIL_CORRUPT, PIL_IO, PIL_NO_MEMORY, PIL_INTERNAL. */
PIL_NODISCARD pil_status pil_stored_input_open(pil_segment_input **out, const char *directory,
                                               pil_segment *segment, pil_analyser *analyser,
                                               pil_error *err);

#endif
