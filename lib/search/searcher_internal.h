/* What the parts of the searcher share. Private to this folder. */
#ifndef SEARCH_SEARCHER_INTERNAL_H
#define SEARCH_SEARCHER_INTERNAL_H

#include "clause_filters.h"
#include "expansion.h"
#include "fetch.h"
#include "filtering.h"
#include "found.h"
#include "languages.h"
#include "plan.h"
#include "search/match.h"
#include "search/searcher.h"

/* One search under way. */
typedef struct pil_searcher {
    pil_snapshot *snapshot;
    const pil_query *query;
    pil_analyser *analyser;
    const pil_search_options *options;
    pil_matcher *matcher;
    pil_filtering *filtering;           /* of filters on all hits */
    pil_clause_filters *clause_filters; /* of those in the tree; NULL when there are none */
    pil_expansions expansions;
    pil_plan plan;
    pil_languages index_languages;
    const char *languages[PIL_LANGUAGES_MAX]; /* those to read the query in */
    size_t n_languages;
    pil_language_areas areas;
    const double *weights; /* of the clauses */
    pil_fetch fetch;
    pil_hits *hits;
    pil_hit *items;       /* hits->items while they are filled in */
    bool wants_all_words; /* the decider rejects what lacks any */
    /* what went wrong in the decider, which cannot return it */
    pil_status decider_status;
    pil_error decider_error;
} pil_searcher;

/* ---- searcher_run.c ---- */

/* The hits of query, from number first (from 0) on, at most max_hits of them; decided: the text of
 * each candidate is asked. check_at_least: as many matches are counted, UINT32_MAX for all. The
 * caller frees *out. PIL_CORRUPT, PIL_IO, PIL_NO_MEMORY, PIL_INTERNAL. */
PIL_NODISCARD pil_status pil_searcher_run_query(pil_searcher *run, const xc_query *query,
                                                uint32_t first, uint32_t max_hits,
                                                uint32_t check_at_least, bool decided,
                                                xc_results **out, pil_error *err);

/* Whether any document has query, by its terms alone: *exists. As above. */
PIL_NODISCARD pil_status pil_searcher_exists(pil_searcher *run, const xc_query *query, bool *exists,
                                             pil_error *err);

/* All hits of the search without their scores, in order of docid. As above. */
PIL_NODISCARD pil_status pil_searcher_find_all(pil_searcher *run, xc_results **out, pil_error *err);

/* ---- searcher_hits.c ---- */

/* Makes chosen[0..n) the hits of the search, in this order. As above. */
PIL_NODISCARD pil_status pil_searcher_fill_hits(pil_searcher *run, const pil_chosen *chosen,
                                                size_t n, pil_error *err);

/* ---- searcher_choice.c ---- */

/* Finds and fills the hits when they are grouped or sorted, or copies collapsed. As above. */
PIL_NODISCARD pil_status pil_searcher_find_choice(pil_searcher *run, pil_error *err);

/* ---- searcher_explain.c ---- */

/* Fills in hit->parts, of a hit that has its text. Runs a query for each word. As above. */
PIL_NODISCARD pil_status pil_searcher_explain(pil_searcher *run, const pil_found *found,
                                              pil_hit *hit, pil_error *err);

/* ---- searcher_judge.c ---- */

/* Fills in hits->judgement of the place in options.judged. Reads the whole catalogue, the file's
 * records, and for each field of the query the metadata of all articles. As above. */
PIL_NODISCARD pil_status pil_searcher_judge(pil_searcher *run, pil_error *err);

/* ---- searcher_unseen.c ---- */

/* The paragraphs that match and are not among options.seen, as a query without weight; fills
 * hits->ids and hits->n_unseen. Reads the record of each paragraph that matches. The caller frees
 * *out. As above, and PIL_UNSUPPORTED when there are more than PIL_SEARCH_MAX_UNSEEN. */
PIL_NODISCARD pil_status pil_searcher_find_unseen(pil_searcher *run, xc_query **out,
                                                  pil_error *err);

/* ---- searcher_facets.c ---- */

/* Counts what options.facets name. Linear in the paragraphs that match, and in their articles. As
 * above. */
PIL_NODISCARD pil_status pil_searcher_count_facets(pil_searcher *run, pil_error *err);

#endif
