#include "plan.h"

#include "index/schema.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Queries that are going to be combined; it owns them. */
typedef struct query_list {
    xc_query **items;
    size_t n, capacity;
} query_list;

static void dispose_list(query_list *list)
{
    for (size_t i = 0; i < list->n; i++)
        xc_query_free(list->items[i]);
    free(list->items);
    *list = (query_list){0};
}

/* Takes query over, also on failure; NULL is left out. */
static pil_status push(query_list *list, xc_query *query, pil_error *err)
{
    if (query == NULL)
        return PIL_OK;
    if (list->n == list->capacity) {
        size_t capacity = list->capacity == 0 ? 8 : list->capacity * 2;
        xc_query **grown = realloc(list->items, capacity * sizeof *grown);
        if (grown == NULL) {
            xc_query_free(query);
            return pil_error_no_memory(err);
        }
        list->items = grown;
        list->capacity = capacity;
    }
    list->items[list->n++] = query;
    return PIL_OK;
}

/* The list under op, emptying it: NULL for none, the one itself for one. */
static pil_status combine(xc_operator op, query_list *list, xc_query **out, pil_error *err)
{
    pil_status status = PIL_OK;
    xc_error failure;
    *out = NULL;
    if (list->n == 1) {
        *out = list->items[0];
        list->n = 0;
    } else if (list->n > 1 && xc_query_combine(op, (const xc_query *const *)list->items, list->n,
                                               out, &failure) != XC_OK) {
        status = pil_status_from_xapian(&failure, err);
    }
    dispose_list(list);
    return status;
}

/* ---- a clause ---- */

static pil_status term_query(const pil_reading_token *token, xc_query **out, pil_error *err)
{
    char term[XC_MAX_TERM_BYTES];
    int length =
        snprintf(term, sizeof term, "%s%.*s", PIL_PREFIX_STEM, (int)token->term_bytes, token->term);
    xc_error failure;
    if (xc_query_term(term, (size_t)length, 1, out, &failure) != XC_OK)
        return pil_status_from_xapian(&failure, err);
    return PIL_OK;
}

static bool covers(const pil_reading_token *token, uint32_t position)
{
    return token->position <= position && position < token->position + token->n_positions;
}

/* One position of a reading: any token that stands there, joined or as a part. Of the terms of one
 * occurrence only those of words as written count, so that their weights may be summed; XC_MAX
 * crashes libxapian 1.4 when its parts end at one document and there are several shards. */
static pil_status position_query(const pil_reading *reading, uint32_t position, xc_query **out,
                                 pil_error *err)
{
    query_list tokens = {0};
    pil_status status = PIL_OK;
    for (size_t i = 0; i < reading->n_tokens && status == PIL_OK; i++) {
        xc_query *term = NULL;
        if (covers(&reading->tokens[i], position))
            status = term_query(&reading->tokens[i], &term, err);
        if (status == PIL_OK)
            status = push(&tokens, term, err);
    }
    if (status == PIL_OK)
        return combine(XC_OR, &tokens, out, err);
    dispose_list(&tokens);
    return status;
}

/* Every paragraph that can have the reading, and others that have its words elsewhere. */
static pil_status reading_query(const pil_reading *reading, xc_query **out, pil_error *err)
{
    query_list positions = {0};
    pil_status status = PIL_OK;
    for (uint32_t at = 0; at < reading->n_positions && status == PIL_OK; at++) {
        xc_query *position = NULL;
        status = position_query(reading, at, &position, err);
        if (status == PIL_OK)
            status = push(&positions, position, err);
    }
    if (status == PIL_OK)
        return combine(XC_AND, &positions, out, err);
    dispose_list(&positions);
    return status;
}

/* What a clause is in all languages; identical readings once. */
typedef struct clause_plan {
    xc_query *query; /* NULL when no language has a word in it */
    bool is_exact;   /* its terms decide it; else the text must be looked at */
} clause_plan;

static bool is_repeated(const query_list *list, xc_query *query)
{
    char *text = NULL;
    bool is_found = false;
    if (xc_query_describe(query, &text, NULL) != XC_OK)
        return false;
    for (size_t i = 0; i < list->n && !is_found; i++) {
        char *other = NULL;
        if (xc_query_describe(list->items[i], &other, NULL) == XC_OK)
            is_found = strcmp(text, other) == 0;
        xc_free(other);
    }
    xc_free(text);
    return is_found;
}

static pil_status add_readings(const pil_reading *readings, size_t n_readings, query_list *list,
                               clause_plan *plan, pil_error *err)
{
    pil_status status = PIL_OK;
    for (size_t i = 0; i < n_readings && status == PIL_OK; i++) {
        xc_query *query = NULL;
        plan->is_exact &= readings[i].n_positions == 1;
        status = reading_query(&readings[i], &query, err);
        if (status == PIL_OK && query != NULL && is_repeated(list, query)) {
            xc_query_free(query);
            query = NULL;
        }
        if (status == PIL_OK)
            status = push(list, query, err);
    }
    return status;
}

static pil_status plan_clause(pil_matcher *matcher, size_t clause, uint32_t n_times,
                              const char *const *languages, size_t n_languages, clause_plan *plan,
                              pil_error *err)
{
    query_list list = {0};
    pil_status status = PIL_OK;
    *plan = (clause_plan){.is_exact = true};
    for (size_t i = 0; i < n_languages && status == PIL_OK; i++) {
        const pil_reading *readings;
        size_t n_readings;
        status = pil_matcher_readings(matcher, languages[i], clause, &readings, &n_readings, err);
        if (status == PIL_OK)
            status = add_readings(readings, n_readings, &list, plan, err);
    }
    if (status != PIL_OK) {
        dispose_list(&list);
        return status;
    }
    status = combine(XC_OR, &list, &plan->query, err);
    xc_error failure;
    if (status == PIL_OK && plan->query != NULL && n_times > 1) {
        xc_query *scaled;
        if (xc_query_scale(plan->query, n_times, &scaled, &failure) != XC_OK)
            return pil_status_from_xapian(&failure, err);
        xc_query_free(plan->query);
        plan->query = scaled;
    }
    return status;
}

/* ---- the whole ---- */

static pil_status dead_query(const pil_snapshot *snapshot, xc_query **out, pil_error *err)
{
    const pil_manifest *manifest = &snapshot->manifest;
    size_t n = 0;
    *out = NULL;
    xc_shard_ranges *shards = calloc(manifest->n_segments + 1, sizeof *shards);
    if (shards == NULL)
        return pil_error_no_memory(err);
    for (size_t i = 0; i < manifest->n_segments; i++) {
        const pil_manifest_segment *segment = &manifest->segments[i];
        if (segment->n_dead > 0)
            shards[n++] =
                (xc_shard_ranges){segment->uuid, PIL_UUID_LENGTH, segment->dead, segment->n_dead};
    }
    xc_error failure;
    pil_status status = PIL_OK;
    if (n > 0 && xc_query_docid_ranges(shards, n, out, &failure) != XC_OK)
        status = pil_status_from_xapian(&failure, err);
    free(shards);
    return status;
}

/* Lets query be gone through in order, so that no hit is lost; takes query over. */
static pil_status in_order(xc_query *query, xc_query **out, pil_error *err)
{
    xc_error failure;
    xc_status status = xc_query_in_order(query, out, &failure);
    xc_query_free(query);
    return status == XC_OK ? PIL_OK : pil_status_from_xapian(&failure, err);
}

/* query AND_NOT unwanted; takes query over. Either may be NULL. */
static pil_status without(xc_query *query, const xc_query *unwanted, xc_query **out, pil_error *err)
{
    *out = query;
    if (query == NULL || unwanted == NULL)
        return PIL_OK;
    xc_error failure;
    const xc_query *const parts[] = {query, unwanted};
    xc_status status = xc_query_combine(XC_AND_NOT, parts, 2, out, &failure);
    xc_query_free(query);
    return status == XC_OK ? PIL_OK : pil_status_from_xapian(&failure, err);
}

/* The sum of what should occur, for every document: 0 where nothing does. Takes the list over. */
static pil_status optional_query(query_list *should, xc_query **out, pil_error *err)
{
    xc_error failure;
    xc_query *all = NULL, *nothing = NULL;
    pil_status status = PIL_OK;
    *out = NULL;
    if (should->n == 0)
        return PIL_OK;
    if (xc_query_match_all(&all, &failure) != XC_OK ||
        xc_query_scale(all, 0, &nothing, &failure) != XC_OK)
        status = pil_status_from_xapian(&failure, err);
    xc_query_free(all);
    if (status == PIL_OK)
        status = push(should, nothing, err);
    return status == PIL_OK ? combine(XC_OR, should, out, err) : status;
}

/* must AND should-if-it-occurs AND_NOT excluded AND_NOT dead; takes the lists over. Not by way of
 * XC_AND_MAYBE, which loses a hit now and then when libxapian 1.4 leaves out what cannot enter the
 * results: its posting list skips a document when it turns into an AND. */
static pil_status assemble(query_list *must, query_list *should, query_list *excluded,
                           const xc_query *dead, xc_query **out, pil_error *err)
{
    xc_query *optional = NULL, *query = NULL, *unwanted = NULL;
    pil_status status;
    if (must->n == 0) {
        status = combine(XC_OR, should, &query, err);
        if (status == PIL_OK && query != NULL)
            status = in_order(query, &query, err);
    } else {
        status = optional_query(should, &optional, err);
        if (status == PIL_OK)
            status = push(must, optional, err);
        if (status == PIL_OK)
            status = combine(XC_AND, must, &query, err);
    }
    if (status == PIL_OK)
        status = combine(XC_OR, excluded, &unwanted, err);
    if (status == PIL_OK)
        status = without(query, unwanted, &query, err);
    if (status == PIL_OK)
        status = without(query, dead, &query, err);
    xc_query_free(unwanted);
    dispose_list(must);
    dispose_list(should);
    dispose_list(excluded);
    *out = query;
    return status;
}

static pil_status copy_query(const xc_query *query, xc_query **out, pil_error *err)
{
    xc_error failure;
    const xc_query *const parts[] = {query};
    if (xc_query_combine(XC_OR, parts, 1, out, &failure) != XC_OK)
        return pil_status_from_xapian(&failure, err);
    return PIL_OK;
}

/* Puts each clause where it belongs. require_all: optional ones are required. terms_decide: what
 * has a term that is excluded can be left out without a look at its text. */
static pil_status sort_clauses(const pil_query *query, const clause_plan *clauses, bool require_all,
                               bool terms_decide, query_list *must, query_list *should,
                               query_list *excluded, pil_error *err)
{
    pil_status status = PIL_OK;
    for (size_t i = 0; i < query->n_clauses && status == PIL_OK; i++) {
        pil_occur occur = query->clauses[i].occur;
        query_list *list = occur == PIL_OCCUR_MUST_NOT              ? excluded
                           : occur == PIL_OCCUR_MUST || require_all ? must
                                                                    : should;
        if (list == excluded && (!clauses[i].is_exact || !terms_decide))
            continue;
        xc_query *copy = NULL;
        if (clauses[i].query != NULL)
            status = copy_query(clauses[i].query, &copy, err);
        else if (list == must) {
            xc_error failure;
            if (xc_query_match_nothing(&copy, &failure) != XC_OK)
                status = pil_status_from_xapian(&failure, err);
        }
        if (status == PIL_OK)
            status = push(list, copy, err);
    }
    return status;
}

static pil_status plan_whole(const pil_query *query, const clause_plan *clauses, bool require_all,
                             bool terms_decide, const xc_query *dead, xc_query **out,
                             pil_error *err)
{
    query_list must = {0}, should = {0}, excluded = {0};
    *out = NULL;
    pil_status status =
        sort_clauses(query, clauses, require_all, terms_decide, &must, &should, &excluded, err);
    if (status == PIL_OK)
        return assemble(&must, &should, &excluded, dead, out, err);
    dispose_list(&must);
    dispose_list(&should);
    dispose_list(&excluded);
    return status;
}

pil_status pil_plan_make(pil_plan *out, const pil_query *query, pil_matcher *matcher,
                         const char *const *languages, size_t n_languages, bool is_ambiguous,
                         const pil_snapshot *snapshot, pil_error *err)
{
    pil_plan plan = {.n_clauses = query->n_clauses, .needs_text = is_ambiguous};
    xc_query *dead = NULL;
    clause_plan *clauses = calloc(query->n_clauses, sizeof *clauses);
    plan.clauses = calloc(query->n_clauses, sizeof *plan.clauses);
    pil_status status = PIL_OK;
    if (clauses == NULL || plan.clauses == NULL)
        status = pil_error_no_memory(err);
    for (size_t i = 0; i < query->n_clauses && status == PIL_OK; i++) {
        status = plan_clause(matcher, i, query->clauses[i].n_times, languages, n_languages,
                             &clauses[i], err);
        plan.clauses[i] = clauses[i].query;
        plan.needs_text |= !clauses[i].is_exact;
    }
    bool terms_decide = !is_ambiguous;
    if (status == PIL_OK)
        status = dead_query(snapshot, &dead, err);
    if (status == PIL_OK)
        status = plan_whole(query, clauses, false, terms_decide, dead, &plan.ranked, err);
    if (status == PIL_OK)
        status = plan_whole(query, clauses, true, terms_decide, dead, &plan.all_words, err);
    for (size_t i = 0; i < query->n_clauses && status == PIL_OK; i++)
        status = without(plan.clauses[i], dead, &plan.clauses[i], err);
    xc_query_free(dead);
    free(clauses);
    if (status == PIL_OK)
        *out = plan;
    else
        pil_plan_dispose(&plan);
    return status;
}

void pil_plan_dispose(pil_plan *plan)
{
    xc_query_free(plan->ranked);
    xc_query_free(plan->all_words);
    for (size_t i = 0; plan->clauses != NULL && i < plan->n_clauses; i++)
        xc_query_free(plan->clauses[i]);
    free(plan->clauses);
    *plan = (pil_plan){0};
}
