/* pilcrow --get ID...: paragraphs by their ids. */
#ifndef QUERY_GET_COMMAND_H
#define QUERY_GET_COMMAND_H

#include "cli/exit_code.h"
#include "session.h"

/* Reads the ids that the session's options have, opens the index if it is not open, and shows what
 * has these ids; which of them nothing has is told. */
pil_exit_code pil_get_command(pil_session *session);

#endif
