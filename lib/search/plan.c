#include "plan.h"

#include "grams.h"
#include "index/schema.h"
#include "query_list.h"
#include "rarity.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
    pil_query_list tokens = {0};
    pil_status status = PIL_OK;
    for (size_t i = 0; i < reading->n_tokens && status == PIL_OK; i++) {
        xc_query *term = NULL;
        if (covers(&reading->tokens[i], position))
            status = term_query(&reading->tokens[i], &term, err);
        if (status == PIL_OK)
            status = pil_query_list_push(&tokens, term, err);
    }
    if (status == PIL_OK)
        return pil_query_list_combine(XC_OR, &tokens, out, err);
    pil_query_list_dispose(&tokens);
    return status;
}

/* Every paragraph that can have the reading, and others that have its words elsewhere. */
static pil_status reading_query(const pil_reading *reading, xc_query **out, pil_error *err)
{
    pil_query_list positions = {0};
    pil_status status = PIL_OK;
    for (uint32_t at = 0; at < reading->n_positions && status == PIL_OK; at++) {
        xc_query *position = NULL;
        status = position_query(reading, at, &position, err);
        if (status == PIL_OK)
            status = pil_query_list_push(&positions, position, err);
    }
    if (status == PIL_OK)
        return pil_query_list_combine(XC_AND, &positions, out, err);
    pil_query_list_dispose(&positions);
    return status;
}

/* What a clause is in all languages; identical readings once. */
typedef struct clause_plan {
    xc_query *query;      /* by its words; NULL when no language has a word in it */
    xc_query *candidates; /* what of it the grams leave, with the same weights; NULL likewise */
    bool is_decided;      /* by its terms; else the text must be looked at */
} clause_plan;

static void dispose_clause(clause_plan *plan)
{
    xc_query_free(plan->query);
    xc_query_free(plan->candidates);
    *plan = (clause_plan){0};
}

/* What clauses are read by. */
typedef struct clause_reader {
    const pil_query *query;
    pil_matcher *matcher;
    const char *const *languages;
    size_t n_languages;
    xc_database *database;
    pil_grams grams;
} clause_reader;

static pil_status copy_query(const xc_query *query, xc_query **out, pil_error *err)
{
    xc_error failure;
    const xc_query *const parts[] = {query};
    if (xc_query_combine(XC_OR, parts, 1, out, &failure) != XC_OK)
        return pil_status_from_xapian(&failure, err);
    return PIL_OK;
}

/* The place of a query in list that is the same; list->n when there is none. */
static size_t find_same(const pil_query_list *list, const xc_query *query)
{
    char *text = NULL;
    size_t at = 0;
    if (xc_query_describe(query, &text, NULL) != XC_OK)
        return list->n;
    for (bool is_found = false; at < list->n && !is_found; at += !is_found) {
        char *other = NULL;
        if (xc_query_describe(list->items[at], &other, NULL) == XC_OK)
            is_found = strcmp(text, other) == 0;
        xc_free(other);
    }
    xc_free(text);
    return at;
}

/* The readings of a clause in all languages: any of them, and one condition for each, which its
 * paragraphs hold. */
typedef struct reading_list {
    pil_query_list queries, conditions;
    double *weights; /* of queries, each as much as its best reading */
    size_t weights_capacity;
    bool is_near;   /* the words need not be side by side */
    bool has_grams; /* some condition has; the others are the queries again */
} reading_list;

static void dispose_readings(reading_list *list)
{
    pil_query_list_dispose(&list->queries);
    pil_query_list_dispose(&list->conditions);
    free(list->weights);
}

static pil_status push_reading(reading_list *list, xc_query *query, double weight, pil_error *err)
{
    if (list->queries.n == list->weights_capacity) {
        size_t capacity = 2 * list->weights_capacity + 4;
        double *grown = realloc(list->weights, capacity * sizeof *grown);
        if (grown == NULL) {
            xc_query_free(query);
            return pil_error_no_memory(err);
        }
        list->weights = grown;
        list->weights_capacity = capacity;
    }
    list->weights[list->queries.n] = weight;
    return pil_query_list_push(&list->queries, query, err);
}

static pil_status add_condition(const clause_reader *reader, const pil_reading *reading,
                                const xc_query *query, reading_list *list, pil_error *err)
{
    xc_query *condition = NULL;
    pil_status status = PIL_OK;
    if (!list->is_near)
        status = pil_grams_condition(&reader->grams, reading, &condition, err);
    list->has_grams |= condition != NULL;
    if (status == PIL_OK && condition == NULL)
        status = copy_query(query, &condition, err);
    if (status == PIL_OK && find_same(&list->conditions, condition) < list->conditions.n) {
        xc_query_free(condition);
        condition = NULL;
    }
    return status == PIL_OK ? pil_query_list_push(&list->conditions, condition, err) : status;
}

/* What an alternative counts: never more than its weight times what the words as typed do, for a
 * rarer spelling must not stand before theirs. */
static pil_status temper(const clause_reader *reader, const pil_reading *typed,
                         const pil_reading *alternative, double *weight, pil_error *err)
{
    double rarity_of_typed, rarity;
    *weight = alternative->weight;
    if (alternative->weight == 1 || typed->weight < 1)
        return PIL_OK;
    pil_status status = pil_rarity(reader->database, typed, &rarity_of_typed, err);
    if (status == PIL_OK)
        status = pil_rarity(reader->database, alternative, &rarity, err);
    if (status == PIL_OK && rarity_of_typed > 0 && rarity > rarity_of_typed)
        *weight *= rarity_of_typed / rarity;
    return status;
}

static pil_status add_reading(const clause_reader *reader, const pil_reading *reading,
                              double weight, reading_list *list, pil_error *err)
{
    xc_query *query = NULL;
    pil_status status = reading_query(reading, &query, err);
    if (status != PIL_OK || query == NULL)
        return status;
    size_t same = find_same(&list->queries, query);
    if (same < list->queries.n) {
        if (weight > list->weights[same])
            list->weights[same] = weight;
        xc_query_free(query);
        return PIL_OK;
    }
    status = add_condition(reader, reading, query, list, err);
    if (status == PIL_OK)
        return push_reading(list, query, weight, err);
    xc_query_free(query);
    return status;
}

/* Makes query count factor times as much. */
static pil_status scale(xc_query **query, double factor, pil_error *err)
{
    xc_error failure;
    xc_query *scaled;
    if (*query == NULL || factor == 1)
        return PIL_OK;
    if (xc_query_scale(*query, factor, &scaled, &failure) != XC_OK)
        return pil_status_from_xapian(&failure, err);
    xc_query_free(*query);
    *query = scaled;
    return PIL_OK;
}

/* The conditions go with the whole clause, not with their readings: which readings a paragraph is
 * weighted by must not depend on them. */
static pil_status finish_clause(reading_list *list, uint32_t n_times, clause_plan *plan,
                                pil_error *err)
{
    pil_status status = PIL_OK;
    for (size_t i = 0; i < list->queries.n && status == PIL_OK; i++)
        status = scale(&list->queries.items[i], list->weights[i], err);
    if (status == PIL_OK)
        status = pil_query_list_combine(XC_OR, &list->queries, &plan->query, err);
    if (status == PIL_OK)
        status = scale(&plan->query, n_times, err);
    if (status != PIL_OK || plan->query == NULL)
        return status;
    if (!list->has_grams)
        return copy_query(plan->query, &plan->candidates, err);
    xc_query *condition;
    xc_error failure;
    status = pil_query_list_combine(XC_OR, &list->conditions, &condition, err);
    if (status != PIL_OK)
        return status;
    const xc_query *const parts[] = {plan->query, condition};
    if (xc_query_combine(XC_FILTER, parts, 2, &plan->candidates, &failure) != XC_OK)
        status = pil_status_from_xapian(&failure, err);
    xc_query_free(condition);
    return status;
}

static pil_status plan_clause(const clause_reader *reader, size_t number, clause_plan *plan,
                              pil_error *err)
{
    const pil_clause *clause = &reader->query->clauses[number];
    reading_list list = {.is_near = clause->kind == PIL_CLAUSE_NEAR};
    pil_status status = PIL_OK;
    *plan = (clause_plan){.is_decided = !clause->is_exact};
    for (size_t i = 0; i < reader->n_languages && status == PIL_OK; i++) {
        const pil_reading *readings;
        size_t n_readings = 0;
        status = pil_matcher_readings(reader->matcher, reader->languages[i], number, &readings,
                                      &n_readings, err);
        for (size_t j = 0; j < n_readings && status == PIL_OK; j++) {
            plan->is_decided &= readings[j].n_positions == 1 && !readings[j].is_exact;
            double weight;
            status = temper(reader, &readings[0], &readings[j], &weight, err);
            if (status == PIL_OK)
                status = add_reading(reader, &readings[j], weight, &list, err);
        }
    }
    if (status == PIL_OK)
        status = finish_clause(&list, clause->n_times, plan, err);
    dispose_readings(&list);
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
static pil_status optional_query(pil_query_list *should, xc_query **out, pil_error *err)
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
        status = pil_query_list_push(should, nothing, err);
    return status == PIL_OK ? pil_query_list_combine(XC_OR, should, out, err) : status;
}

/* must AND should-if-it-occurs AND_NOT excluded AND_NOT dead; takes the lists over. Not by way of
 * XC_AND_MAYBE, which loses a hit now and then when libxapian 1.4 leaves out what cannot enter the
 * results: its posting list skips a document when it turns into an AND. */
static pil_status assemble(pil_query_list *must, pil_query_list *should, pil_query_list *excluded,
                           const xc_query *dead, xc_query **out, pil_error *err)
{
    xc_query *optional = NULL, *query = NULL, *unwanted = NULL;
    pil_status status;
    if (must->n == 0) {
        status = pil_query_list_combine(XC_OR, should, &query, err);
        if (status == PIL_OK && query != NULL)
            status = in_order(query, &query, err);
    } else {
        status = optional_query(should, &optional, err);
        if (status == PIL_OK)
            status = pil_query_list_push(must, optional, err);
        if (status == PIL_OK)
            status = pil_query_list_combine(XC_AND, must, &query, err);
    }
    if (status == PIL_OK)
        status = pil_query_list_combine(XC_OR, excluded, &unwanted, err);
    if (status == PIL_OK)
        status = without(query, unwanted, &query, err);
    if (status == PIL_OK)
        status = without(query, dead, &query, err);
    xc_query_free(unwanted);
    pil_query_list_dispose(must);
    pil_query_list_dispose(should);
    pil_query_list_dispose(excluded);
    *out = query;
    return status;
}

/* Puts each clause where it belongs. require_all: optional ones are required. terms_decide: what
 * has a term that is excluded can be left out without a look at its text. */
static pil_status sort_clauses(const pil_query *query, const clause_plan *clauses, bool require_all,
                               bool terms_decide, pil_query_list *must, pil_query_list *should,
                               pil_query_list *excluded, pil_error *err)
{
    pil_status status = PIL_OK;
    for (size_t i = 0; i < query->n_clauses && status == PIL_OK; i++) {
        pil_occur occur = query->clauses[i].occur;
        pil_query_list *list = occur == PIL_OCCUR_MUST_NOT              ? excluded
                               : occur == PIL_OCCUR_MUST || require_all ? must
                                                                        : should;
        if (list == excluded && (!clauses[i].is_decided || !terms_decide))
            continue;
        xc_query *copy = NULL;
        if (clauses[i].candidates != NULL)
            status = copy_query(clauses[i].candidates, &copy, err);
        else if (list == must) {
            xc_error failure;
            if (xc_query_match_nothing(&copy, &failure) != XC_OK)
                status = pil_status_from_xapian(&failure, err);
        }
        if (status == PIL_OK)
            status = pil_query_list_push(list, copy, err);
    }
    return status;
}

static pil_status plan_whole(const pil_query *query, const clause_plan *clauses, bool require_all,
                             bool terms_decide, const xc_query *dead, xc_query **out,
                             pil_error *err)
{
    pil_query_list must = {0}, should = {0}, excluded = {0};
    *out = NULL;
    pil_status status =
        sort_clauses(query, clauses, require_all, terms_decide, &must, &should, &excluded, err);
    if (status == PIL_OK)
        return assemble(&must, &should, &excluded, dead, out, err);
    pil_query_list_dispose(&must);
    pil_query_list_dispose(&should);
    pil_query_list_dispose(&excluded);
    return status;
}

static pil_status plan_clauses(const clause_reader *reader, const pil_query *query,
                               clause_plan *clauses, pil_plan *plan, pil_error *err)
{
    pil_status status = PIL_OK;
    for (size_t i = 0; i < query->n_clauses && status == PIL_OK; i++) {
        status = plan_clause(reader, i, &clauses[i], err);
        plan->needs_text |= !clauses[i].is_decided;
    }
    return status;
}

/* Each clause by itself, by its words: whether grams apply makes no difference. */
static pil_status keep_clauses(clause_plan *clauses, const xc_query *dead, pil_plan *plan,
                               pil_error *err)
{
    pil_status status = PIL_OK;
    for (size_t i = 0; i < plan->n_clauses && status == PIL_OK; i++) {
        xc_query *query = clauses[i].query;
        clauses[i].query = NULL;
        status = without(query, dead, &plan->clauses[i], err);
    }
    return status;
}

pil_status pil_plan_make(pil_plan *out, const pil_query *query, pil_matcher *matcher,
                         const char *const *languages, size_t n_languages, bool is_ambiguous,
                         const pil_snapshot *snapshot, pil_error *err)
{
    pil_plan plan = {.n_clauses = query->n_clauses, .needs_text = is_ambiguous};
    clause_reader reader = {.query = query,
                            .matcher = matcher,
                            .languages = languages,
                            .n_languages = n_languages,
                            .database = snapshot->combined};
    xc_query *dead = NULL;
    clause_plan *clauses = calloc(query->n_clauses, sizeof *clauses);
    plan.clauses = calloc(query->n_clauses, sizeof *plan.clauses);
    pil_status status = pil_grams_init(&reader.grams, &snapshot->manifest, err);
    if (status == PIL_OK && (clauses == NULL || plan.clauses == NULL))
        status = pil_error_no_memory(err);
    if (status == PIL_OK)
        status = plan_clauses(&reader, query, clauses, &plan, err);
    bool terms_decide = !is_ambiguous;
    if (status == PIL_OK)
        status = dead_query(snapshot, &dead, err);
    if (status == PIL_OK)
        status = plan_whole(query, clauses, false, terms_decide, dead, &plan.ranked, err);
    if (status == PIL_OK)
        status = plan_whole(query, clauses, true, terms_decide, dead, &plan.all_words, err);
    if (status == PIL_OK)
        status = keep_clauses(clauses, dead, &plan, err);
    for (size_t i = 0; clauses != NULL && i < query->n_clauses; i++)
        dispose_clause(&clauses[i]);
    free(clauses);
    xc_query_free(dead);
    pil_grams_dispose(&reader.grams);
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
