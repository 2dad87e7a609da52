/* pilcrow --topics=FILE: the queries of a file, one after the other over one snapshot. */
#ifndef QUERY_TOPICS_COMMAND_H
#define QUERY_TOPICS_COMMAND_H

#include "cli/exit_code.h"
#include "session.h"

/* Reads the file, opens the index, and shows the hits of each topic. What cannot be run is told
 * with its line, and the others run all the same. */
pil_exit_code pil_topics_command(pil_session *session);

#endif
