/* What was probably meant by a word that the index does not have. */
#ifndef SEARCH_SUGGEST_H
#define SEARCH_SUGGEST_H

#include "base/buffer.h"
#include "base/error.h"
#include "index/snapshot.h"
#include "search/query.h"
#include "text/analyser.h"

/* Appends to out the word of the index, in lower case and without accents, that is nearest to
 * clause: one slip away from a word of 4 to 7 characters, up to two from a longer one; of several
 * the nearest, of those the one that most paragraphs have, then the first in byte order. Appends
 * nothing when there is none, and for a clause that is shorter, no single word, or wanted as
 * written. Paragraphs that were replaced still count until their segment is merged. Goes through
 * the whole lexicon: about 0.15 s for a million different words. As thread-safe as snapshot and
 * analyser. PIL_CORRUPT, PIL_IO, PIL_NO_MEMORY, PIL_INTERNAL. */
PIL_NODISCARD pil_status pil_suggest(pil_snapshot *snapshot, const pil_clause *clause,
                                     pil_analyser *analyser, pil_buffer *out, pil_error *err);

#endif
