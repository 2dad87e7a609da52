/* Two ways of asking the same topics, A and B, measure by measure: differences, who wins, and
 * whether chance explains it. docs/evaluation.md describes it for users. */
#ifndef QUERY_COMPARISON_H
#define QUERY_COMPARISON_H

#include "measures.h"
#include "randomisation.h"

#include <stddef.h>

enum { PIL_WAY_A, PIL_WAY_B, PIL_N_WAYS };

typedef struct pil_compared_topic {
    const char *id; /* borrowed */
    pil_measures ways[PIL_N_WAYS];
} pil_compared_topic;

/* Of one measure. */
typedef struct pil_compared_means {
    double ways[PIL_N_WAYS];
    size_t n_wins[PIL_N_WAYS]; /* topics for which each is better */
    size_t n_ties;
    pil_randomisation test;
} pil_compared_means;

/* Zero-initialise but for the options. */
typedef struct pil_comparison {
    const char *options[PIL_N_WAYS]; /* as given, borrowed */
    pil_compared_topic *topics;      /* [0..n_topics), in the order of the file */
    size_t n_topics, capacity;
    pil_compared_means means[PIL_N_MEASURES];
    size_t *ranking; /* topics that differ in nDCG@10, [0..wins of B) what B wins most first, then
                        [..n_ranked) what A wins, most last; of equal ones the first of the file */
    size_t n_ranked;
} pil_comparison;

/* The measure by which topics are ranked and drawn. */
enum { PIL_COMPARED_MEASURE = PIL_MEASURE_NDCG_10 };

/* Appends a topic. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_comparison_add(pil_comparison *self, const char *id,
                                            const pil_measures ways[PIL_N_WAYS], pil_error *err);

/* After the last topic: finds the means and the ranking. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_comparison_finish(pil_comparison *self, pil_error *err);

void pil_comparison_dispose(pil_comparison *self);

/* How much better B is for a topic; 0 when only rounding tells them apart. */
double pil_compared_difference(const pil_compared_topic *topic, size_t measure);

#endif
