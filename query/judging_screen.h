/* What somebody who judges sees: a paragraph with its topic, and the question. */
#ifndef QUERY_JUDGING_SCREEN_H
#define QUERY_JUDGING_SCREEN_H

#include "base/error.h"
#include "judging_pool.h"
#include "session.h"
#include "topics.h"

#include <stddef.h>

/* Where one is. */
typedef struct pil_judging_place {
    const pil_topic *topic;
    size_t topic_number, n_topics; /* from 1 */
    const pil_pool *pool;          /* of the topic */
    size_t paragraph;              /* its number in the pool, from 0 */
    size_t n_judged;               /* judgements that the file has */
} pil_judging_place;

/* All write to standard output: PIL_DONE when nobody reads it any more, PIL_IO, PIL_NO_MEMORY. */

/* The paragraph in full, as text output has it, but for what tells its rank. */
PIL_NODISCARD pil_status pil_judging_show(const pil_session *session,
                                          const pil_judging_place *place, pil_error *err);

/* The question, for an answer behind it. */
PIL_NODISCARD pil_status pil_judging_ask(pil_error *err);

/* The answer that was read, behind the question; a key below 0 is not shown. */
PIL_NODISCARD pil_status pil_judging_echo(int key, pil_error *err);

/* What the keys do. */
PIL_NODISCARD pil_status pil_judging_help(pil_error *err);

#endif
