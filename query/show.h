/* Hits on standard output, in the format that the options name. */
#ifndef QUERY_SHOW_H
#define QUERY_SHOW_H

#include "base/error.h"
#include "search/searcher.h"
#include "session.h"

/* Writes what the options ask for: the hits or how many paragraphs match, and the facets. That
 * nobody reads them any more is no failure. PIL_IO, PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_show(const pil_session *session, const pil_hits *hits, pil_error *err);

#endif
