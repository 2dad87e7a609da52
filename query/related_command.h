/* pilcrow --related WORD...: words that go with what is found. */
#ifndef QUERY_RELATED_COMMAND_H
#define QUERY_RELATED_COMMAND_H

#include "cli/exit_code.h"
#include "session.h"

/* Searches, and prints the words that are in many of the best hits and in few other paragraphs. */
pil_exit_code pil_related_command(pil_session *session);

#endif
