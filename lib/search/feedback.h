/* What the best texts have in common beside the words of the query. Private to this folder. */
#ifndef SEARCH_FEEDBACK_H
#define SEARCH_FEEDBACK_H

#include "similarity.h"

/* How much each text has of what the best ones have: gains[0..n_texts), 1 for the one with most; 0
 * for all when the best have nothing in common with others. scores[0..n_texts) are above 0. The
 * PIL_FEEDBACK_TEXTS with the best scores, and all that are as good as the last of them, give their
 * terms, each text in proportion to its score. The PIL_FEEDBACK_TERMS heaviest of these count, and
 * all that are as heavy as the last, of those that more than one text has. Pseudo-relevance
 * feedback, after Rocchio, "Relevance feedback in information retrieval", 1971. PIL_NO_MEMORY. */
enum { PIL_FEEDBACK_TEXTS = 10, PIL_FEEDBACK_TERMS = 20 };
PIL_NODISCARD pil_status pil_feedback_gains(const pil_weighed_text *texts, size_t n_texts,
                                            uint32_t n_numbers, const double *scores, double *gains,
                                            pil_error *err);

#endif
