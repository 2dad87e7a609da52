/* pilcrow --judge=QRELS --topics=FILE: asks of paragraph after paragraph whether it answers its
 * topic, and keeps what is answered. */
#ifndef QUERY_JUDGE_COMMAND_H
#define QUERY_JUDGE_COMMAND_H

#include "cli/exit_code.h"
#include "session.h"

/* Shows what the file does not judge yet, on standard output, and reads the answers from standard
 * input, until there are no more, or the user quits. What fails is told. */
pil_exit_code pil_judge_command(pil_session *session);

#endif
