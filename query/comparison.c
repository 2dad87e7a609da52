#include "comparison.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Far below what a rank can make of a measure, and far above what rounding can. */
static const double rounding = 1e-9;

double pil_compared_difference(const pil_compared_topic *topic, size_t measure)
{
    double difference =
        topic->ways[PIL_WAY_B].values[measure] - topic->ways[PIL_WAY_A].values[measure];
    return fabs(difference) < rounding ? 0 : difference;
}

pil_status pil_comparison_add(pil_comparison *self, const char *id,
                              const pil_measures ways[PIL_N_WAYS], pil_error *err)
{
    if (self->n_topics == self->capacity) {
        size_t capacity = self->capacity == 0 ? 64 : self->capacity * 2;
        pil_compared_topic *grown = realloc(self->topics, capacity * sizeof *grown);
        if (grown == NULL)
            return pil_error_no_memory(err);
        self->topics = grown;
        self->capacity = capacity;
    }
    pil_compared_topic *topic = &self->topics[self->n_topics++];
    topic->id = id;
    memcpy(topic->ways, ways, sizeof topic->ways);
    return PIL_OK;
}

/* differences has room for one a topic. */
static pil_status compare_means(pil_comparison *self, size_t measure, double *differences,
                                pil_error *err)
{
    pil_compared_means *means = &self->means[measure];
    *means = (pil_compared_means){.n_ties = 0};
    for (size_t i = 0; i < self->n_topics; i++) {
        const pil_compared_topic *topic = &self->topics[i];
        for (size_t way = 0; way < PIL_N_WAYS; way++)
            means->ways[way] += topic->ways[way].values[measure];
        differences[i] = pil_compared_difference(topic, measure);
        means->n_wins[PIL_WAY_A] += differences[i] < 0;
        means->n_wins[PIL_WAY_B] += differences[i] > 0;
        means->n_ties += differences[i] == 0;
    }
    for (size_t way = 0; way < PIL_N_WAYS && self->n_topics > 0; way++)
        means->ways[way] /= (double)self->n_topics;
    return pil_randomisation_test(differences, self->n_topics, &means->test, err);
}

typedef struct ranked_difference {
    double difference;
    size_t topic;
} ranked_difference;

static int compare_ranked(const void *left, const void *right)
{
    const ranked_difference *a = left, *b = right;
    if (a->difference != b->difference)
        return a->difference > b->difference ? -1 : 1;
    return a->topic < b->topic ? -1 : a->topic > b->topic;
}

static pil_status rank_topics(pil_comparison *self, pil_error *err)
{
    ranked_difference *list = malloc((self->n_topics + 1) * sizeof *list);
    self->ranking = malloc((self->n_topics + 1) * sizeof *self->ranking);
    pil_status status = PIL_OK;
    if (list == NULL || self->ranking == NULL) {
        status = pil_error_no_memory(err);
        goto done;
    }
    for (size_t i = 0; i < self->n_topics; i++) {
        double difference = pil_compared_difference(&self->topics[i], PIL_COMPARED_MEASURE);
        if (difference != 0)
            list[self->n_ranked++] = (ranked_difference){difference, i};
    }
    qsort(list, self->n_ranked, sizeof *list, compare_ranked);
    for (size_t i = 0; i < self->n_ranked; i++)
        self->ranking[i] = list[i].topic;
done:
    free(list);
    return status;
}

pil_status pil_comparison_finish(pil_comparison *self, pil_error *err)
{
    double *differences = malloc((self->n_topics + 1) * sizeof *differences);
    pil_status status = differences == NULL ? pil_error_no_memory(err) : PIL_OK;
    for (size_t i = 0; i < PIL_N_MEASURES && status == PIL_OK; i++)
        status = compare_means(self, i, differences, err);
    if (status == PIL_OK)
        status = rank_topics(self, err);
    free(differences);
    return status;
}

void pil_comparison_dispose(pil_comparison *self)
{
    free(self->topics);
    free(self->ranking);
    *self = (pil_comparison){.n_topics = 0};
}
