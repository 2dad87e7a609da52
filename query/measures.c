#include "measures.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const pil_measure_titles[PIL_N_MEASURES] = {"nDCG@10", "AP",  "RR",  "P@10",
                                                        "R@100",   "S@1", "S@5", "S@10"};
const char *const pil_measure_names[PIL_N_MEASURES] = {
    "ndcg_10", "ap", "rr", "p_10", "recall_100", "success_1", "success_5", "success_10"};

static int compare_descending(const void *left, const void *right)
{
    const int *a = left, *b = right;
    return *a > *b ? -1 : *a < *b;
}

/* Of the first 10. */
static double gain_of(const int *grades, size_t n)
{
    double gain = 0;
    for (size_t i = 0; i < n && i < 10; i++)
        gain += grades[i] > 0 ? grades[i] / log2((double)i + 2) : 0;
    return gain;
}

static pil_status best_gain(const pil_qrels_topic *topic, double *out, pil_error *err)
{
    int *grades = malloc((topic->n + 1) * sizeof *grades);
    if (grades == NULL)
        return pil_error_no_memory(err);
    for (size_t i = 0; i < topic->n; i++)
        grades[i] = topic->items[i].grade;
    qsort(grades, topic->n, sizeof *grades, compare_descending);
    *out = gain_of(grades, topic->n);
    free(grades);
    return PIL_OK;
}

pil_status pil_measures_of(const int *grades, size_t n, const pil_qrels_topic *topic,
                           pil_measures *out, pil_error *err)
{
    double best = 0, n_relevant = (double)topic->n_relevant;
    *out = (pil_measures){{0}};
    if (topic->n_relevant == 0)
        return PIL_OK;
    pil_status status = best_gain(topic, &best, err);
    if (status != PIL_OK)
        return status;
    double *values = out->values, n_found = 0;
    for (size_t i = 0; i < n; i++) {
        if (grades[i] <= 0)
            continue;
        size_t rank = i + 1;
        n_found++;
        values[PIL_MEASURE_AP] += n_found / (double)rank / n_relevant;
        if (n_found == 1)
            values[PIL_MEASURE_RR] = 1 / (double)rank;
        if (rank <= 10)
            values[PIL_MEASURE_P_10] += 0.1;
        if (rank <= 100)
            values[PIL_MEASURE_RECALL_100] += 1 / n_relevant;
    }
    double first = values[PIL_MEASURE_RR];
    values[PIL_MEASURE_SUCCESS_1] = first >= 1;
    values[PIL_MEASURE_SUCCESS_5] = first >= 1. / 5;
    values[PIL_MEASURE_SUCCESS_10] = first >= 1. / 10;
    values[PIL_MEASURE_NDCG_10] = gain_of(grades, n) / best;
    return PIL_OK;
}
