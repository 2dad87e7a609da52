/* How near to each other a paragraph has the words of the query. Private to this folder. */
#ifndef SEARCH_PROXIMITY_H
#define SEARCH_PROXIMITY_H

#include "query_words.h"

/* What the paragraph gains, at least 0: a tenth for pairs, a quarter for its best window.
 *
 * Two words of the query with at most two stop words between them are a pair. It counts where the
 * text has the second behind the first, at most one word farther away than the query has it, as
 * BM25 counts a word that is as rare as the more frequent of the two.
 *
 * A window is twelve words of the text. It counts what the different words of the query in it do by
 * their rarity and weight as they were typed, in whichever spelling the text has them.
 *
 * length: of the text by the average. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_proximity_score(const pil_query_words *words,
                                             const pil_words_of_language *in,
                                             const pil_token *tokens, const pil_text_terms *text,
                                             double length, double *out, pil_error *err);

#endif
