#include "feedback.h"

#include "greatest.h"

#include <stdlib.h>

/* What the best texts say of each term. n_having: scratch. */
static void add_up(const pil_weighed_text *texts, size_t n_texts, uint32_t n_numbers,
                   const double *scores, double threshold, double *weights, uint32_t *n_having)
{
    for (size_t i = 0; i < n_texts; i++) {
        for (size_t j = 0; j < texts[i].n; j++) {
            const pil_weighed_term *term = &texts[i].terms[j];
            n_having[term->number]++;
            if (scores[i] >= threshold)
                weights[term->number] += scores[i] * term->weight;
        }
    }
    for (uint32_t i = 0; i < n_numbers; i++)
        if (n_having[i] < 2)
            weights[i] = 0;
}

/* The products of the texts and the terms that are heavy enough, by the greatest. */
static void multiply(const pil_weighed_text *texts, size_t n_texts, const double *weights,
                     double threshold, double *gains)
{
    double greatest = 0;
    for (size_t i = 0; i < n_texts; i++) {
        gains[i] = 0;
        for (size_t j = 0; j < texts[i].n; j++) {
            double weight = weights[texts[i].terms[j].number];
            if (weight > 0 && weight >= threshold)
                gains[i] += weight * texts[i].terms[j].weight;
        }
        greatest = gains[i] > greatest ? gains[i] : greatest;
    }
    for (size_t i = 0; i < n_texts && greatest > 0; i++)
        gains[i] /= greatest;
}

pil_status pil_feedback_gains(const pil_weighed_text *texts, size_t n_texts, uint32_t n_numbers,
                              const double *scores, double *gains, pil_error *err)
{
    double *weights = calloc((size_t)n_numbers + 1, sizeof *weights);
    uint32_t *n_having = calloc((size_t)n_numbers + 1, sizeof *n_having);
    pil_status status = PIL_OK;
    if (weights == NULL || n_having == NULL) {
        status = pil_error_no_memory(err);
        goto done;
    }
    double threshold = pil_greatest(scores, n_texts, PIL_FEEDBACK_TEXTS);
    add_up(texts, n_texts, n_numbers, scores, threshold, weights, n_having);
    threshold = pil_greatest(weights, n_numbers, PIL_FEEDBACK_TERMS);
    multiply(texts, n_texts, weights, threshold, gains);
done:
    free(n_having);
    free(weights);
    return status;
}
