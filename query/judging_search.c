#include "judging_search.h"

#include "answer.h"
#include "like_search.h"
#include "read_query.h"
#include "search/match.h"
#include "search_notes.h"

#include <string.h>

static pil_status search_words(pil_session *session, const pil_topic *topic, pil_judging_way way,
                               pil_hits **hits, pil_error *err)
{
    pil_search_options options = pil_search_options_of(session);
    options.no_variants |= way == PIL_JUDGING_AS_TYPED;
    if (way == PIL_JUDGING_BY_BM25) {
        options.ranking_without = PIL_RANKING_ALL_PARTS;
        options.recency_half_age = 0;
    }
    bool requires_all = session->options->all || way == PIL_JUDGING_ALL_WORDS;
    return pil_search_text(session, &session->snapshot, topic->query, topic->query_bytes,
                           requires_all, &options, hits, err);
}

static pil_status search_alike(pil_session *session, const pil_hit *best, pil_hits **hits,
                               pil_error *err)
{
    pil_likeness likeness;
    const pil_paragraph_place place = {.path = best->article, .line = best->line};
    pil_status status =
        pil_like(&session->snapshot, session->analyser, &place, best->paragraph, &likeness, err);
    if (status == PIL_OK && *likeness.words != '\0')
        status = pil_like_search(session, &likeness, hits, err);
    pil_arena_dispose(&likeness.arena);
    return status;
}

static pil_status search(pil_session *session, const pil_topic *topic, pil_judging_way way,
                         pil_judging_hits *out, pil_error *err)
{
    pil_status status = PIL_OK;
    if (way != PIL_JUDGING_ALIKE)
        status = search_words(session, topic, way, &out->found[way], err);
    else if (out->n_items[PIL_JUDGING_AS_ASKED] > 0)
        status = search_alike(session, &out->items[PIL_JUDGING_AS_ASKED][0], &out->found[way], err);
    if (status != PIL_OK || out->found[way] == NULL)
        return status;
    pil_search_notes_late(session, out->found[way]);
    out->items[way] = out->found[way]->items;
    out->n_items[way] = out->found[way]->n_items;
    return PIL_OK;
}

/* Replaces the matches of the hit by those of the matcher's query. */
static pil_status mark(pil_matcher *matcher, pil_hit *hit, pil_arena *arena, pil_error *err)
{
    pil_match match;
    pil_status status =
        pil_matcher_run(matcher, hit->language, hit->text, hit->text_bytes, &match, err);
    if (status != PIL_OK)
        return status;
    size_t bytes = match.n_ranges * sizeof *match.ranges;
    pil_match_range *ranges = pil_arena_alloc(arena, bytes + 1);
    if (ranges == NULL)
        return pil_error_no_memory(err);
    if (bytes > 0)
        memcpy(ranges, match.ranges, bytes);
    hit->ranges = ranges;
    hit->n_ranges = match.n_ranges;
    return PIL_OK;
}

/* What is alike was found by the words of another paragraph: those of the topic are to be seen. */
static pil_status mark_alike(pil_session *session, const pil_topic *topic, pil_judging_hits *out,
                             pil_error *err)
{
    size_t n = out->n_items[PIL_JUDGING_ALIKE];
    pil_query *query = NULL;
    pil_matcher *matcher = NULL;
    pil_hit *copies = pil_arena_alloc(&out->arena, (n + 1) * sizeof *copies);
    if (copies == NULL)
        return pil_error_no_memory(err);
    pil_status status =
        pil_read_query(session, topic->query, topic->query_bytes, false, &query, NULL, err);
    if (status == PIL_OK)
        status = pil_matcher_new(query, session->analyser, &matcher, err);
    for (size_t i = 0; i < n && status == PIL_OK; i++) {
        copies[i] = out->items[PIL_JUDGING_ALIKE][i];
        status = mark(matcher, &copies[i], &out->arena, err);
    }
    pil_matcher_free(matcher);
    pil_query_free(query);
    out->items[PIL_JUDGING_ALIKE] = copies;
    return status;
}

pil_status pil_judging_search(pil_session *session, const pil_topic *topic, pil_judging_hits *out,
                              pil_error *err)
{
    pil_status status = PIL_OK;
    *out = (pil_judging_hits){.items = {NULL}};
    if (topic->problem != NULL)
        return pil_error_set(err, PIL_BAD_QUERY, "%s", topic->problem);
    for (int way = 0; way < PIL_N_JUDGING_WAYS && status == PIL_OK; way++)
        status = search(session, topic, (pil_judging_way)way, out, err);
    return status == PIL_OK ? mark_alike(session, topic, out, err) : status;
}

pil_status pil_judging_naming_find(const pil_judging_hits *hits, const pil_qrels *qrels,
                                   const char *cwd, pil_naming *out, pil_error *err)
{
    pil_status status = PIL_OK;
    *out = PIL_N_NAMINGS;
    for (int i = 0; i < PIL_N_JUDGING_WAYS && status == PIL_OK && *out == PIL_N_NAMINGS; i++)
        status = pil_judged_naming_find(qrels, hits->items[i], hits->n_items[i], cwd, out, err);
    return status;
}

/* What is alike comes last: of what the topic's words find, too, their hits stay. */
pil_status pil_judging_pool_make(const pil_judging_hits *hits, const char *topic_id,
                                 const pil_qrels *qrels, pil_naming naming, const char *cwd,
                                 pil_pool *out, pil_error *err)
{
    pil_status status = PIL_OK;
    *out = (pil_pool){0};
    for (int i = 0; i < PIL_N_JUDGING_WAYS && status == PIL_OK; i++)
        status = pil_pool_add(out, hits->items[i], hits->n_items[i], naming, cwd, err);
    return status == PIL_OK ? pil_pool_order(out, topic_id, qrels, err) : status;
}

void pil_judging_hits_dispose(pil_judging_hits *hits)
{
    for (int i = 0; i < PIL_N_JUDGING_WAYS; i++)
        pil_hits_free(hits->found[i]);
    pil_arena_dispose(&hits->arena);
    *hits = (pil_judging_hits){.items = {NULL}};
}
