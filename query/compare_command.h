/* pilcrow --eval=QRELS --topics=FILE --compare A B: which of two ways of asking finds more of what
 * was judged relevant. */
#ifndef QUERY_COMPARE_COMMAND_H
#define QUERY_COMPARE_COMMAND_H

#include "cli/exit_code.h"
#include "session.h"

/* Runs the topics of the session's options that were judged, each as both ways have it and over the
 * same state of the index, and writes how they differ. What fails is told. */
pil_exit_code pil_compare_command(pil_session *session);

#endif
