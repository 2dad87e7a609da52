/* The oracle of the segment writer: the same articles by way of libxapian's WritableDatabase, so
 * that a segment can be compared with what libxapian makes of them. Written for plainness, from
 * docs/index-format.md alone: it shares with the library what reads a text (the analyser) and the
 * stored forms of records, articles and lexicon, but counts everything itself. */
#ifndef SUPPORT_ORACLE_H
#define SUPPORT_ORACLE_H

#include "index/batch.h"
#include "index/common_words.h"
#include "index/dictionary.h"
#include "text/analyser.h"

#include <stddef.h>

/* Articles, and what depends on the segment that they are from. */
typedef struct pil_oracle_input {
    const pil_batch *batch;         /* its wanted articles */
    const pil_common_words *common; /* NULL: no grams */
    pil_compressor *compressor;     /* NULL: texts as they are */
} pil_oracle_input;

/* Makes a database at path of inputs[0..n), one behind the other. Aborts with a message when
 * anything fails. */
void pil_oracle_build(const char *path, const pil_oracle_input *inputs, size_t n,
                      pil_analyser *analyser);

#endif
