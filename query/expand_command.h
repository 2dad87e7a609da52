/* pilcrow --expand WORD...: what the words match in this index. */
#ifndef QUERY_EXPAND_COMMAND_H
#define QUERY_EXPAND_COMMAND_H

#include "cli/exit_code.h"
#include "session.h"

/* Reads the query that the session's options have, opens the index and shows what it reaches, as
 * text or as JSON. */
pil_exit_code pil_expand_command(pil_session *session);

#endif
