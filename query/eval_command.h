/* pilcrow --eval=QRELS --topics=FILE: how good the hits of topics are, by what was judged. */
#ifndef QUERY_EVAL_COMMAND_H
#define QUERY_EVAL_COMMAND_H

#include "cli/exit_code.h"
#include "session.h"

/* Runs the topics of the session's options that were judged, and writes the measures of each and
 * their mean. What fails is told. */
pil_exit_code pil_eval_command(pil_session *session);

#endif
