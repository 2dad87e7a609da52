/* Hits on standard output, in the format that the options name. */
#ifndef QUERY_SHOW_H
#define QUERY_SHOW_H

#include "base/error.h"
#include "search/searcher.h"
#include "session.h"

/* Writes the hits. That nobody reads them any more is no failure. PIL_IO when they could not be
 * written, PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_show_hits(const pil_session *session, const pil_hits *hits,
                                       pil_error *err);

/* Writes how many paragraphs match. PIL_IO likewise. */
PIL_NODISCARD pil_status pil_show_count(const pil_hits *hits, pil_error *err);

#endif
