/* How good a ranking is, by what was judged: the measures that trec_eval has under the names
 * ndcg_cut_10, map, recip_rank, P_10, recall_100 and success_1, _5 and _10, computed as there. */
#ifndef QUERY_MEASURES_H
#define QUERY_MEASURES_H

#include "qrels.h"

#include <stddef.h>

enum {
    PIL_MEASURE_NDCG_10,    /* discounted cumulative gain of the first 10, by that of the best
                               ranking there could be (Jarvelin and Kekalainen 2002): the gain is
                               the grade, the discount 1 / log2(rank + 1) */
    PIL_MEASURE_AP,         /* average over the relevant documents of the precision at the rank of
                               each; 0 for those not found. Its mean over topics is called MAP */
    PIL_MEASURE_RR,         /* 1 / the rank of the first relevant one; its mean MRR */
    PIL_MEASURE_P_10,       /* share of relevant ones among the first 10 places */
    PIL_MEASURE_RECALL_100, /* share of the relevant ones that is among the first 100 */
    PIL_MEASURE_SUCCESS_1,  /* 1 when a relevant one is among the first; else 0 */
    PIL_MEASURE_SUCCESS_5,
    PIL_MEASURE_SUCCESS_10,
    PIL_N_MEASURES
};

/* For people, as in "nDCG@10", and for programs, as in "ndcg_10". */
extern const char *const pil_measure_titles[PIL_N_MEASURES];
extern const char *const pil_measure_names[PIL_N_MEASURES];

typedef struct pil_measures {
    double values[PIL_N_MEASURES]; /* 0 to 1 */
} pil_measures;

/* The measures of a ranking for topic: grades[0..n), best first, is what its documents were judged,
 * 0 where they were not. Without a relevant document all are 0. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_measures_of(const int *grades, size_t n, const pil_qrels_topic *topic,
                                         pil_measures *out, pil_error *err);

#endif
