/* pilcrow WORD...: one query, its hits and what is to be said of them. */
#ifndef QUERY_SEARCH_COMMAND_H
#define QUERY_SEARCH_COMMAND_H

#include "cli/exit_code.h"
#include "session.h"

/* Parses the query that the session's options have, opens the index if it is not open, searches,
 * tells and shows. */
pil_exit_code pil_search_command(pil_session *session);

#endif
