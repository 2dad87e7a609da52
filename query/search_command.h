/* pilcrow WORD...: one query, its hits and what is to be said of them. */
#ifndef QUERY_SEARCH_COMMAND_H
#define QUERY_SEARCH_COMMAND_H

#include "cli/exit_code.h"
#include "search/query.h"
#include "search/searcher.h"
#include "session.h"

/* Parses the query that the session's options have, opens the index if it is not open, searches,
 * tells and shows. */
pil_exit_code pil_search_command(pil_session *session);

/* Its parts, for whoever has several queries. */

/* What the options say of a search. */
pil_search_options pil_search_options_of(const pil_session *session);

/* Reads a query as the options say. Statuses and *fault, which may be NULL, as pil_query_parse; the
 * caller frees *query. */
PIL_NODISCARD pil_status pil_search_read(const pil_session *session, const char *text,
                                         size_t length, pil_query **query, pil_query_fault *fault,
                                         pil_error *err);

/* Reads the query that the session's options have. NULL, with *code, after having told what is
 * wrong and where; the caller frees it. */
pil_query *pil_search_read_or_tell(const pil_session *session, pil_exit_code *code);

/* Searches the session's open index as the options say. Statuses as pil_search; the caller frees
 * *hits. seen: those are no hits any more, as in pil_search_options; NULL: all are. */
PIL_NODISCARD pil_status pil_search_run(pil_session *session, const pil_query *query,
                                        const pil_seen *seen, pil_hits **hits, pil_error *err);

#endif
