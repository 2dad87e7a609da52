/* What a query is answered with in the end: its hits or, when it finds too little, those of nearer
 * words (--fix) or of fewer (--all). */
#ifndef QUERY_ANSWER_H
#define QUERY_ANSWER_H

#include "search/query.h"
#include "search/searcher.h"
#include "session.h"

/* A query with what was found for it. */
typedef struct pil_answer {
    pil_query *query;
    pil_hits *hits; /* NULL before it was searched for */
} pil_answer;

/* What the options say of a search. */
pil_search_options pil_search_options_of(const pil_session *session);

/* Reads text[0..length), with require_all as pil_read_query, and searches snapshot for it, which
 * may be open in another session. Statuses as pil_read_query and pil_search; the caller frees
 * *hits. */
PIL_NODISCARD pil_status pil_search_text(const pil_session *session, pil_snapshot *snapshot,
                                         const char *text, size_t length, bool require_all,
                                         const pil_search_options *options, pil_hits **hits,
                                         pil_error *err);

/* Searches the session's open index for answer->query, which was read from text[0..length), or for
 * what is put in its place, which replaces it, and says so; of a topic only that there are no hits.
 * session->is_relaxed tells whether they are of fewer words. seen: those are no hits any more, as
 * in pil_search_options, and when there are no others nothing else is tried; NULL: all are.
 * Statuses as pil_search. */
PIL_NODISCARD pil_status pil_answer_find(pil_session *session, const char *text, size_t length,
                                         const pil_seen *seen, pil_answer *answer, pil_error *err);

/* Whether a limit was hit, so that the answer may lack something. */
bool pil_answer_is_limited(const pil_answer *answer);

void pil_answer_dispose(pil_answer *answer);

#endif
