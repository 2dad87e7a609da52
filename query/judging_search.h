/* What is judged for a topic: what it finds, asked in several ways, so that no one of them decides
 * on what counts as relevant. */
#ifndef QUERY_JUDGING_SEARCH_H
#define QUERY_JUDGING_SEARCH_H

#include "base/arena.h"
#include "judging_pool.h"
#include "search/searcher.h"
#include "session.h"
#include "topics.h"

typedef enum pil_judging_way {
    PIL_JUDGING_AS_ASKED,  /* as the options say */
    PIL_JUDGING_AS_TYPED,  /* no other spellings */
    PIL_JUDGING_BY_BM25,   /* ranked by nothing else */
    PIL_JUDGING_ALL_WORDS, /* every word must occur */
    PIL_JUDGING_ALIKE,     /* what is like the best paragraph of the first way, whichever words of
                              the topic it has */
    PIL_N_JUDGING_WAYS
} pil_judging_way;

/* What each way found. */
typedef struct pil_judging_hits {
    const pil_hit *items[PIL_N_JUDGING_WAYS]; /* items[way][0..n_items[way]) */
    size_t n_items[PIL_N_JUDGING_WAYS];
    pil_hits *found[PIL_N_JUDGING_WAYS]; /* what they are of; NULL: the way was not gone */
    pil_arena arena;                     /* of the copies of those that are alike, whose matches
                                            are those of the topic's words */
} pil_judging_hits;

/* Searches for the topic in each way, for as many paragraphs as the options say. PIL_BAD_QUERY when
 * it cannot be run; else statuses as pil_search. The caller disposes of *out, also on failure. */
PIL_NODISCARD pil_status pil_judging_search(pil_session *session, const pil_topic *topic,
                                            pil_judging_hits *out, pil_error *err);

/* How these hits are named in the judgements, as pil_judged_naming_find. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_judging_naming_find(const pil_judging_hits *hits,
                                                 const pil_qrels *qrels, const char *cwd,
                                                 pil_naming *out, pil_error *err);

/* Puts them all into a pool, in its order; they must outlive it. PIL_NO_MEMORY. The caller disposes
 * of *out, also on failure. */
PIL_NODISCARD pil_status pil_judging_pool_make(const pil_judging_hits *hits, const char *topic_id,
                                               const pil_qrels *qrels, pil_naming naming,
                                               const char *cwd, pil_pool *out, pil_error *err);

void pil_judging_hits_dispose(pil_judging_hits *hits);

#endif
