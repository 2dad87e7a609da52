#include "similarity.h"

#include "greatest.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The cosine of texts that are taken to be copies. */
#define COPY 0.95

pil_status pil_similarity_weigh(const pil_weighed_text *texts, size_t n_texts, uint32_t n_numbers,
                                pil_error *err)
{
    uint32_t *n_having = calloc((size_t)n_numbers + 1, sizeof *n_having);
    if (n_having == NULL)
        return pil_error_no_memory(err);
    for (size_t i = 0; i < n_texts; i++)
        for (size_t j = 0; j < texts[i].n; j++)
            n_having[texts[i].terms[j].number]++;
    for (size_t i = 0; i < n_texts; i++) {
        for (size_t j = 0; j < texts[i].n; j++) {
            double m = n_having[texts[i].terms[j].number];
            texts[i].terms[j].weight *= log(1 + ((double)n_texts - m + 0.5) / (m + 0.5));
        }
    }
    free(n_having);
    return PIL_OK;
}

/* The texts that have a term, one list behind the other. */
typedef struct postings {
    uint32_t *begins; /* [0..n_numbers] */
    struct {
        uint32_t text;
        double weight;
    } * items;
} postings;

static void dispose(postings *lists)
{
    free(lists->begins);
    free(lists->items);
}

static double norm(const pil_weighed_text *text)
{
    double sum = 0;
    for (size_t i = 0; i < text->n; i++)
        sum += text->terms[i].weight * text->terms[i].weight;
    return sum > 0 ? sqrt(sum) : 1;
}

/* The weights are those of vectors of length 1. */
static pil_status invert(const pil_weighed_text *texts, size_t n_texts, uint32_t n_numbers,
                         postings *out, pil_error *err)
{
    size_t n = 0;
    for (size_t i = 0; i < n_texts; i++)
        n += texts[i].n;
    *out = (postings){.begins = calloc((size_t)n_numbers + 2, sizeof *out->begins),
                      .items = malloc((n + 1) * sizeof *out->items)};
    if (out->begins == NULL || out->items == NULL)
        return pil_error_no_memory(err);
    uint32_t *ends = out->begins + 1; /* which are the next begins in the end */
    for (size_t i = 0; i < n_texts; i++)
        for (size_t j = 0; j < texts[i].n; j++)
            ends[texts[i].terms[j].number + 1]++;
    for (uint32_t i = 1; i <= n_numbers; i++)
        ends[i] += ends[i - 1];
    for (size_t i = 0; i < n_texts; i++) {
        double length = norm(&texts[i]);
        for (size_t j = 0; j < texts[i].n; j++) {
            uint32_t at = ends[texts[i].terms[j].number]++;
            out->items[at].text = (uint32_t)i;
            out->items[at].weight = texts[i].terms[j].weight / length;
        }
    }
    return PIL_OK;
}

/* cosines[0..n_texts) of a text with all others; 0 with itself. */
static void compare(const pil_weighed_text *texts, size_t n_texts, size_t text,
                    const postings *lists, double *cosines)
{
    double length = norm(&texts[text]);
    memset(cosines, 0, n_texts * sizeof *cosines);
    for (size_t i = 0; i < texts[text].n; i++) {
        uint32_t number = texts[text].terms[i].number;
        double weight = texts[text].terms[i].weight / length;
        for (uint32_t j = lists->begins[number]; j < lists->begins[number + 1]; j++)
            cosines[lists->items[j].text] += weight * lists->items[j].weight;
    }
    cosines[text] = 0;
    for (size_t i = 0; i < n_texts; i++)
        if (cosines[i] >= COPY)
            cosines[i] = 0;
}

static double mean(const double *cosines, const double *values, size_t n_texts, double threshold,
                   double own)
{
    double sum = 0, weights = 0;
    for (size_t i = 0; i < n_texts; i++) {
        if (cosines[i] <= 0 || cosines[i] < threshold)
            continue;
        sum += cosines[i] * values[i];
        weights += cosines[i];
    }
    return weights > 0 ? sum / weights : own;
}

pil_status pil_similarity_means(const pil_weighed_text *texts, size_t n_texts, uint32_t n_numbers,
                                const double *values, double *means, pil_error *err)
{
    postings lists;
    double *cosines = malloc((n_texts + 1) * sizeof *cosines);
    pil_status status = invert(texts, n_texts, n_numbers, &lists, err);
    if (status == PIL_OK && cosines == NULL)
        status = pil_error_no_memory(err);
    for (size_t i = 0; i < n_texts && status == PIL_OK; i++) {
        compare(texts, n_texts, i, &lists, cosines);
        double threshold = pil_greatest(cosines, n_texts, PIL_SIMILARITY_NEIGHBOURS);
        means[i] = mean(cosines, values, n_texts, threshold, values[i]);
    }
    free(cosines);
    dispose(&lists);
    return status;
}
