/* Topics with judgements: how good what is found for each is, once or in several ways. */
#ifndef QUERY_EVAL_RUN_H
#define QUERY_EVAL_RUN_H

#include "cli/exit_code.h"
#include "judged_names.h"
#include "measures.h"
#include "session.h"
#include "topics.h"

/* A run over the topics. Zero-initialise; dispose in any case. */
typedef struct pil_eval_run {
    pil_session *session; /* borrowed; its index is searched */
    pil_qrels qrels;
    pil_topics topics;
    pil_naming naming; /* PIL_N_NAMINGS until some hit was judged */
    size_t n_topics;   /* that were measured */
    size_t n_unjudged; /* of the file's */
    bool some_are_bad;
} pil_eval_run;

/* Reads the judgements and the topics that the session's options name, and opens the index. What
 * fails is told. */
pil_exit_code pil_eval_run_open(pil_eval_run *self, pil_session *session);
void pil_eval_run_dispose(pil_eval_run *self);

/* Measures what is found for a topic as each of ways[0..n_ways) has it, sessions whose options say
 * how to look; out[0..n_ways) are the measures. *is_judged: whether the topic has judgements;
 * otherwise it is only counted. Of one that cannot be run that is told, and nothing is found.
 * Statuses as pil_search. */
PIL_NODISCARD pil_status pil_eval_run_topic(pil_eval_run *self, const pil_topic *topic,
                                            const pil_session *const *ways, size_t n_ways,
                                            pil_measures *out, bool *is_judged, pil_error *err);

/* After the last topic: tells what makes the means others than they seem, and returns the exit
 * code. */
pil_exit_code pil_eval_run_tell_doubts(const pil_eval_run *self);

#endif
