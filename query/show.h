/* Hits on standard output, in the format that the options name. */
#ifndef QUERY_SHOW_H
#define QUERY_SHOW_H

#include "base/error.h"
#include "format.h"
#include "search/searcher.h"
#include "session.h"

/* Writes what the options ask for: the hits or how many paragraphs match, and the facets. PIL_DONE
 * when nobody reads them any more, PIL_IO when they could not be written, PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_show(const pil_session *session, const pil_hits *hits, pil_error *err);

/* Its parts, for whoever has several queries. */

/* What the options, the environment and standard output say of formats, for the hits, or NULL when
 * they are of several topics or there are none. */
pil_format_settings pil_show_settings(const pil_session *session, const pil_hits *hits);

/* The formatter that the options name, for the hits or, when hits is NULL, for those of several
 * topics. The caller frees it; NULL when memory ran out. */
pil_formatter *pil_show_formatter_new(const pil_session *session, const pil_hits *hits);

/* The rank of the last hit; 0 when there is none, or hits is NULL. */
uint32_t pil_show_last_rank(const pil_hits *hits);

/* Writes how many paragraphs match, as a line, in which it stands behind the topic's id and a tab
 * unless topic is NULL. Statuses as above. */
PIL_NODISCARD pil_status pil_show_count(const pil_hits *hits, const char *topic, pil_error *err);

/* Writes text as it is. Statuses as above. */
PIL_NODISCARD pil_status pil_show_text(const char *text, pil_error *err);

#endif
