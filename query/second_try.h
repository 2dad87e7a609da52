/* What is tried when a search finds too little: nearer words, fewer words. */
#ifndef QUERY_SECOND_TRY_H
#define QUERY_SECOND_TRY_H

#include "base/buffer.h"
#include "base/error.h"
#include "search/query.h"
#include "search/searcher.h"
#include "session.h"

/* Puts into text, which query was read from, the nearest words of the index in place of those that
 * hits, found for it, name as unknown, and tells which. *is_changed is whether there are any. Only
 * for the first three. Statuses as pil_suggest. */
PIL_NODISCARD pil_status pil_second_try_fix(pil_session *session, const pil_query *query,
                                            const pil_hits *hits, pil_buffer *text,
                                            bool *is_changed, pil_error *err);

/* Tells which of the words that query requires is to blame for finding nothing: that without which
 * there are hits. Changes query while it runs. Statuses as pil_search. */
PIL_NODISCARD pil_status pil_second_try_blame(pil_session *session, pil_query *query,
                                              pil_error *err);

#endif
