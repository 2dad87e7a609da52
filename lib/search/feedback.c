#include "feedback.h"

#include <stdlib.h>
#include <string.h>

static int compare_descending(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return a > b ? -1 : a < b;
}

/* The value number wanted, from 1, of values[0..n) when they are sorted, greatest first; 0 when
 * there are not so many. sorted: room for n. */
static double find_threshold(const double *values, size_t n, size_t wanted, double *sorted)
{
    if (n < wanted)
        return 0;
    memcpy(sorted, values, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, compare_descending);
    return sorted[wanted - 1];
}

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
    size_t n_sorted = n_texts > n_numbers ? n_texts : n_numbers;
    double *sorted = malloc((n_sorted + 1) * sizeof *sorted);
    double *weights = calloc((size_t)n_numbers + 1, sizeof *weights);
    uint32_t *n_having = calloc((size_t)n_numbers + 1, sizeof *n_having);
    pil_status status = PIL_OK;
    if (sorted == NULL || weights == NULL || n_having == NULL) {
        status = pil_error_no_memory(err);
        goto done;
    }
    double threshold = find_threshold(scores, n_texts, PIL_FEEDBACK_TEXTS, sorted);
    add_up(texts, n_texts, n_numbers, scores, threshold, weights, n_having);
    threshold = find_threshold(weights, n_numbers, PIL_FEEDBACK_TERMS, sorted);
    multiply(texts, n_texts, weights, threshold, gains);
done:
    free(n_having);
    free(weights);
    free(sorted);
    return status;
}
