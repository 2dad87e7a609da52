/* Texts by the words that they share: what is said of one of them is to some degree said of those
 * like it. Private to this folder. */
#ifndef SEARCH_SIMILARITY_H
#define SEARCH_SIMILARITY_H

#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

/* A term of a text, with what it says of the text. */
typedef struct pil_weighed_term {
    uint32_t number; /* the same in all texts */
    double weight;   /* above 0 */
} pil_weighed_term;

typedef struct pil_weighed_text {
    pil_weighed_term *terms; /* [0..n), by number */
    size_t n;
} pil_weighed_text;

/* Replaces the weights in texts by their products with the term's inverse document frequency among
 * the texts [0..n_texts) alone, ln(1 + (n - m + 0.5) / (m + 0.5)) for one that m of n have: what
 * most of them are about tells nothing of which are alike. Numbers are below n_numbers.
 * PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_similarity_weigh(const pil_weighed_text *texts, size_t n_texts,
                                              uint32_t n_numbers, pil_error *err);

/* What texts that are like each have on average of values: means[i] is the mean of values[j],
 * weighed by the cosine of texts i and j, over the PIL_SIMILARITY_NEIGHBOURS texts with the
 * greatest, and all that are as like it as the last of them. Copies, which say the same again, are
 * left out. A text that shares no term with others has its own value.
 *
 * After Diaz, "Regularizing ad hoc retrieval scores", 2005: texts that are alike should have like
 * scores. Time and memory are quadratic in n_texts. PIL_NO_MEMORY. */
enum { PIL_SIMILARITY_NEIGHBOURS = 10 };
PIL_NODISCARD pil_status pil_similarity_means(const pil_weighed_text *texts, size_t n_texts,
                                              uint32_t n_numbers, const double *values,
                                              double *means, pil_error *err);

#endif
