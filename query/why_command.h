/* pilcrow --why-not=PATH[:LINE] WORD...: why a paragraph is not among the hits. */
#ifndef QUERY_WHY_COMMAND_H
#define QUERY_WHY_COMMAND_H

#include "cli/exit_code.h"
#include "session.h"

/* Judges the paragraph by the query that the session's options have, and prints what it lacks, what
 * leaves it out, or which hit it is. PIL_EXIT_NO_HITS when the index does not have it. */
pil_exit_code pil_why_command(pil_session *session);

#endif
