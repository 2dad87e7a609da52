/* What is said beside the hits of a query: what no paragraph has, what was probably meant. */
#ifndef QUERY_SEARCH_NOTES_H
#define QUERY_SEARCH_NOTES_H

#include "search/query.h"
#include "search/searcher.h"
#include "session.h"

/* How the query was read. */
void pil_search_notes_of_query(const pil_query *query);

/* That there are no hits. */
void pil_search_notes_no_hits(const pil_session *session, const pil_query *query);

/* That time was up. */
void pil_search_notes_late(const pil_session *session, const pil_hits *hits);

/* That none has all words, which words the index lacks. */
void pil_search_notes_of_hits(pil_session *session, const pil_query *query, const pil_hits *hits);

#endif
