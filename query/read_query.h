/* Reading queries: that of the command line, or of a topic. */
#ifndef QUERY_READ_QUERY_H
#define QUERY_READ_QUERY_H

#include "cli/exit_code.h"
#include "search/query.h"
#include "session.h"

/* Reads a query; with require_all everything in it that has no sign must occur. Statuses and
 * *fault, which may be NULL, as pil_query_parse; the caller frees *query. */
PIL_NODISCARD pil_status pil_read_query(const pil_session *session, const char *text, size_t length,
                                        bool require_all, pil_query **query, pil_query_fault *fault,
                                        pil_error *err);

/* Reads the query that the session's options have, as they say. NULL, with *code, after having told
 * what is wrong and where; the caller frees it. */
pil_query *pil_read_query_or_tell(const pil_session *session, pil_exit_code *code);

/* The day on this machine, as search/dates.h has it; 0 when it cannot be told. */
uint32_t pil_today(void);

#endif
