/* pilcrow --like=PLACE: paragraphs that are like one that is there. */
#ifndef QUERY_LIKE_COMMAND_H
#define QUERY_LIKE_COMMAND_H

#include "cli/exit_code.h"
#include "session.h"

/* Finds the paragraph by its id or its place, looks for the words that tell most of it, which it
 * tells, and shows the hits; the paragraph itself is none. */
pil_exit_code pil_like_command(pil_session *session);

#endif
