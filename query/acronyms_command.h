/* pilcrow --acronyms: those that the texts of the index define. */
#ifndef QUERY_ACRONYMS_COMMAND_H
#define QUERY_ACRONYMS_COMMAND_H

#include "cli/exit_code.h"
#include "session.h"

/* Opens the index and lists them, the most frequent first, as text or as JSON Lines. */
pil_exit_code pil_acronyms_command(pil_session *session);

#endif
