/* Why is this paragraph no hit? */
#include "index/schema.h"
#include "locate.h"
#include "searcher_internal.h"

#include <string.h>

/* ---- words ---- */

static size_t n_wanted(const pil_query *query)
{
    size_t n = 0;
    for (size_t i = 0; i < query->n_clauses; i++)
        n += query->clauses[i].occur != PIL_OCCUR_MUST_NOT;
    return n;
}

static pil_status read_text(pil_searcher *run, const pil_located_paragraph *place,
                            pil_record *record, pil_error *err)
{
    return pil_segment_record(&run->snapshot->segments[place->shard], place->docid,
                              &run->fetch.record_strings, record, err);
}

/* The paragraph that is nearest to a hit: a match before others, then the one that has most of the
 * words, then the first. */
static pil_status choose(pil_searcher *run, const pil_located *located, size_t *best,
                         pil_error *err)
{
    size_t least = SIZE_MAX;
    pil_status status = PIL_OK;
    for (size_t i = 0; i < located->n && status == PIL_OK; i++) {
        pil_record record;
        pil_match match;
        const pil_located_paragraph *place = &located->items[i];
        status = read_text(run, place, &record, err);
        if (status == PIL_OK)
            status = pil_clause_filters_give(run->clause_filters, place->shard, place->docid,
                                             &record, run->matcher, err);
        if (status == PIL_OK)
            status = pil_matcher_run(run->matcher, record.language, record.text, record.text_bytes,
                                     &match, err);
        if (status != PIL_OK)
            break;
        size_t distance = match.n_missing + (match.is_accepted ? 0 : run->query->n_clauses + 1);
        if (distance < least) {
            least = distance;
            *best = i;
        }
    }
    return status;
}

static pil_status judge_words(pil_searcher *run, const pil_located_paragraph *place, pil_hit *hit,
                              pil_judgement *out, pil_error *err)
{
    pil_match match;
    pil_arena *arena = &run->hits->arena;
    const pil_record record = {.language = hit->language, .heading = hit->heading};
    pil_status status = pil_clause_filters_give(run->clause_filters, place->shard, place->docid,
                                                &record, run->matcher, err);
    if (status == PIL_OK)
        status =
            pil_matcher_run(run->matcher, hit->language, hit->text, hit->text_bytes, &match, err);
    if (status != PIL_OK)
        return status;
    uint32_t *missing = pil_arena_alloc(arena, (match.n_missing + 1) * sizeof *missing);
    uint32_t *required = pil_arena_alloc(arena, (match.n_missing + 1) * sizeof *required);
    if (missing == NULL || required == NULL)
        return pil_error_no_memory(err);
    for (size_t i = 0; i < match.n_missing; i++) {
        missing[i] = match.missing[i];
        if (run->query->clauses[missing[i]].occur == PIL_OCCUR_MUST)
            required[out->n_required++] = missing[i];
    }
    hit->missing = missing;
    hit->n_missing = match.n_missing;
    out->required = required;
    out->is_match = match.is_accepted;
    out->lacks_all = match.n_missing == n_wanted(run->query);
    out->has_excluded = !match.is_accepted && !out->lacks_all && out->n_required == 0;
    return PIL_OK;
}

/* ---- fields ---- */

/* Whether the paragraph is in an article that passes. */
static pil_status has_article(pil_searcher *run, pil_filtering *filtering,
                              const pil_located_paragraph *place, bool *passes, pil_error *err)
{
    pil_selection articles;
    pil_status status = pil_filtering_articles(filtering, run->snapshot, &articles, err);
    if (status != PIL_OK)
        return status;
    *passes = pil_selection_has(&articles, place->shard, place->docid);
    pil_selection_dispose(&articles);
    return PIL_OK;
}

/* Whether it passes these filters and no others. */
static pil_status passes_filters(pil_searcher *run, pil_filter *filters, size_t n,
                                 const pil_located_paragraph *place, bool *passes, pil_error *err)
{
    pil_filtering *filtering = NULL;
    pil_status status = pil_filtering_new(&filtering, filters, n, run->analyser, err);
    *passes = true;
    if (status == PIL_OK && pil_filtering_has_article_filters(filtering))
        status = has_article(run, filtering, place, passes, err);
    if (status == PIL_OK && *passes && pil_filtering_has_paragraph_filters(filtering)) {
        pil_record record;
        status = read_text(run, place, &record, err);
        if (status == PIL_OK)
            status = pil_filtering_accepts(filtering, &record, passes, err);
    }
    pil_filtering_free(filtering);
    return status;
}

/* The filters that are asked with number i: of one field any is enough, what excludes stands alone.
 * None when an earlier one took it along. */
static size_t gather(const pil_query *query, size_t i, pil_filter *out)
{
    const pil_filter *first = &query->filters[i];
    size_t n = 0;
    out[n++] = *first;
    if (first->excludes)
        return n;
    for (size_t j = 0; j < query->n_filters; j++) {
        const pil_filter *other = &query->filters[j];
        if (j == i || other->excludes || other->field != first->field)
            continue;
        if (j < i)
            return 0;
        out[n++] = *other;
    }
    return n;
}

static pil_status judge_filters(pil_searcher *run, const pil_located_paragraph *place,
                                pil_judgement *out, pil_error *err)
{
    const pil_query *query = run->query;
    pil_arena *arena = &run->hits->arena;
    uint32_t *failed = pil_arena_alloc(arena, (query->n_filters + 1) * sizeof *failed);
    pil_filter *filters = pil_arena_alloc(arena, (query->n_filters + 1) * sizeof *filters);
    if (failed == NULL || filters == NULL)
        return pil_error_no_memory(err);
    pil_status status = PIL_OK;
    for (size_t i = 0; i < query->n_filters && status == PIL_OK; i++) {
        bool passes = true;
        size_t n = gather(query, i, filters);
        if (n > 0)
            status = passes_filters(run, filters, n, place, &passes, err);
        if (status == PIL_OK && !passes)
            failed[out->n_filters++] = (uint32_t)i;
    }
    out->filters = failed;
    out->is_match &= out->n_filters == 0;
    return status;
}

/* ---- the whole ---- */

pil_status pil_searcher_judge(pil_searcher *run, pil_error *err)
{
    pil_arena *arena = &run->hits->arena;
    const pil_paragraph_place *asked = run->options->judged;
    pil_located located;
    pil_fetched_article article;
    size_t best = 0;
    pil_judgement *judgement = pil_arena_alloc(arena, sizeof *judgement);
    pil_hit *hit = pil_arena_alloc(arena, sizeof *hit);
    if (judgement == NULL || hit == NULL)
        return pil_error_no_memory(err);
    pil_status status = pil_locate(run->snapshot, asked, arena, &located, err);
    if (status != PIL_OK)
        return status;
    *judgement = (pil_judgement){.is_known = located.is_known, .skipped = located.skipped};
    run->hits->judgement = judgement;
    if (located.n == 0)
        return PIL_OK;
    status = choose(run, &located, &best, err);
    *hit = (pil_hit){0};
    if (status == PIL_OK)
        status = pil_fetch_hit(&run->fetch, located.items[best].shard, located.items[best].docid, 0,
                               hit, &article, err);
    if (status == PIL_OK)
        status = judge_words(run, &located.items[best], hit, judgement, err);
    if (status == PIL_OK)
        status = judge_filters(run, &located.items[best], judgement, err);
    judgement->paragraph = hit;
    return status;
}
