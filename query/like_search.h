/* Searching for what is like a paragraph. */
#ifndef QUERY_LIKE_SEARCH_H
#define QUERY_LIKE_SEARCH_H

#include "search/like.h"
#include "session.h"

/* Searches for the words of likeness, which are as the text has them, as the session's options say;
 * the paragraph itself is no hit. Statuses as pil_search; the caller frees *hits. */
PIL_NODISCARD pil_status pil_like_search(pil_session *session, const pil_likeness *likeness,
                                         pil_hits **hits, pil_error *err);

#endif
