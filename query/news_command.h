/* pilcrow @NAME --new: the paragraphs that a saved query finds and did not find before. */
#ifndef QUERY_NEWS_COMMAND_H
#define QUERY_NEWS_COMMAND_H

#include "cli/exit_code.h"
#include "session.h"

/* Searches, shows what was not found before, and remembers all that is found now: not before it was
 * written whole, and not when only the number was asked for. */
pil_exit_code pil_news_command(pil_session *session);

#endif
