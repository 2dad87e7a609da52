#include "clause_plan.h"

#include "base/intern.h"
#include "homographs.h"
#include "index/schema.h"
#include "query_list.h"
#include "rarity.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

pil_status pil_plan_term(const char *stem, size_t stem_bytes, xc_query **out, pil_error *err)
{
    char term[XC_MAX_TERM_BYTES];
    int length = snprintf(term, sizeof term, "%s%.*s", PIL_PREFIX_STEM, (int)stem_bytes, stem);
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
            status =
                pil_plan_term(reading->tokens[i].term, reading->tokens[i].term_bytes, &term, err);
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

void pil_clause_plan_dispose(pil_clause_plan *plan)
{
    xc_query_free(plan->query);
    xc_query_free(plan->candidates);
    *plan = (pil_clause_plan){0};
}

pil_status pil_plan_copy(const xc_query *query, xc_query **out, pil_error *err)
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
    bool is_alone;  /* there is one reading only */
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

/* query AND condition, which is taken over. */
static pil_status with_words(const xc_query *query, xc_query **condition, pil_error *err)
{
    xc_query *both = NULL;
    xc_error failure;
    const xc_query *const parts[] = {query, *condition};
    xc_status status = xc_query_combine(XC_AND, parts, 2, &both, &failure);
    xc_query_free(*condition);
    *condition = both;
    return status == XC_OK ? PIL_OK : pil_status_from_xapian(&failure, err);
}

/* The grams of one reading say nothing of the words of another: of "security of the council" in a
 * language that has none of its words but "of the", they would let through all that English has. */
static pil_status add_condition(const pil_clause_reader *reader, const pil_reading *reading,
                                const xc_query *query, reading_list *list, pil_error *err)
{
    xc_query *condition = NULL;
    pil_status status = PIL_OK;
    if (!list->is_near)
        status = pil_grams_condition(&reader->grams, reading, &condition, err);
    list->has_grams |= condition != NULL;
    if (status == PIL_OK && condition != NULL && !list->is_alone)
        status = with_words(query, &condition, err);
    if (status == PIL_OK && condition == NULL)
        status = pil_plan_copy(query, &condition, err);
    if (status == PIL_OK && find_same(&list->conditions, condition) < list->conditions.n) {
        xc_query_free(condition);
        condition = NULL;
    }
    return status == PIL_OK ? pil_query_list_push(&list->conditions, condition, err) : status;
}

/* What an alternative counts: never more than its weight times what the words as typed do, for a
 * rarer spelling must not stand before theirs. */
static pil_status temper(const pil_clause_reader *reader, const pil_reading *typed,
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

static pil_status add_reading(const pil_clause_reader *reader, const pil_reading *reading,
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

pil_status pil_plan_scale(xc_query **query, double factor, pil_error *err)
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
static pil_status finish_clause(reading_list *list, pil_clause_plan *plan, pil_error *err)
{
    pil_status status = PIL_OK;
    for (size_t i = 0; i < list->queries.n && status == PIL_OK; i++)
        status = pil_plan_scale(&list->queries.items[i], list->weights[i], err);
    if (status == PIL_OK)
        status = pil_query_list_combine(XC_OR, &list->queries, &plan->query, err);
    if (status != PIL_OK || plan->query == NULL)
        return status;
    if (!list->has_grams)
        return pil_plan_copy(plan->query, &plan->candidates, err);
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

/* In an index of several languages a stem may be of another word, so that terms alone would not
 * decide. */
static pil_status leave_out_homographs(const pil_clause_reader *reader, size_t number,
                                       pil_clause_plan *plan, pil_error *err)
{
    xc_query *homographs, *without;
    xc_error failure;
    pil_status status = pil_homographs_query(reader, number, &homographs, err);
    if (status != PIL_OK || homographs == NULL)
        return status;
    const xc_query *const parts[] = {plan->query, homographs};
    if (xc_query_combine(XC_AND_NOT, parts, 2, &without, &failure) != XC_OK)
        status = pil_status_from_xapian(&failure, err);
    xc_query_free(homographs);
    if (status != PIL_OK)
        return status;
    pil_clause_plan_dispose(plan);
    *plan = (pil_clause_plan){.query = without, .is_decided = true};
    return pil_plan_copy(without, &plan->candidates, err);
}

/* Whether a word is one term in all the languages of the index. */
static pil_status decide(const pil_clause_reader *reader, size_t number, bool *is_decided,
                         pil_error *err)
{
    pil_status status = PIL_OK;
    *is_decided = !reader->query->clauses[number].is_exact;
    for (size_t i = 0; i < reader->areas->languages->n && status == PIL_OK; i++) {
        const pil_reading *readings;
        size_t n_readings = 0;
        status = pil_matcher_readings(reader->matcher, reader->areas->languages->codes[i], number,
                                      &readings, &n_readings, err);
        for (size_t j = 0; j < n_readings && status == PIL_OK; j++)
            *is_decided &= readings[j].n_positions == 1 && !readings[j].is_exact;
    }
    return status;
}

static pil_status plan_words(const pil_clause_reader *reader, size_t number, pil_clause_plan *plan,
                             pil_error *err)
{
    const pil_clause *clause = &reader->query->clauses[number];
    reading_list list = {.is_near = clause->kind == PIL_CLAUSE_NEAR};
    pil_status status = PIL_OK;
    for (size_t i = 0; i < reader->n_languages && status == PIL_OK; i++) {
        const pil_reading *readings;
        size_t n_readings = 0;
        status = pil_matcher_readings(reader->matcher, reader->languages[i], number, &readings,
                                      &n_readings, err);
        list.is_alone = reader->n_languages == 1 && n_readings == 1;
        for (size_t j = 0; j < n_readings && status == PIL_OK; j++) {
            double weight;
            status = temper(reader, &readings[0], &readings[j], &weight, err);
            if (status == PIL_OK)
                status = add_reading(reader, &readings[j], weight, &list, err);
        }
    }
    if (status == PIL_OK)
        status = finish_clause(&list, plan, err);
    if (status == PIL_OK && reader->weights != NULL)
        status = pil_plan_scale(&plan->query, reader->weights[number], err);
    if (status == PIL_OK && reader->weights != NULL)
        status = pil_plan_scale(&plan->candidates, reader->weights[number], err);
    if (status == PIL_OK)
        status = decide(reader, number, &plan->is_decided, err);
    if (status == PIL_OK && plan->is_decided && plan->query != NULL)
        status = leave_out_homographs(reader, number, plan, err);
    dispose_readings(&list);
    return status;
}

/* Adds the forms from *at on that are as near as that one, as one word; moves *at behind them.
 * stems: room for one for each form. A stem that was there before is left out: it counts as much as
 * its nearest form. */
static pil_status add_distance(const pil_clause_reader *reader, const pil_clause_forms *forms,
                               size_t *at, pil_intern *seen, const char **stems, pil_error *err)
{
    uint32_t distance = forms->items[*at].distance;
    size_t n = 0;
    for (; *at < forms->n && forms->items[*at].distance == distance; ++*at) {
        const char *stem = forms->items[*at].stem;
        uint32_t number;
        bool is_new;
        if (pil_intern_add(seen, stem, strlen(stem), &number, &is_new) != PIL_OK)
            return pil_error_no_memory(err);
        if (is_new)
            stems[n++] = stem;
    }
    return pil_accumulators_add_word(reader->accumulators, stems, n, ldexp(1, -(int)distance), err);
}

/* What a clause stands for is one word, however many there are; those that are a slip away count
 * half as much, and so on. */
static pil_status plan_forms(const pil_clause_reader *reader, const pil_clause_forms *forms,
                             pil_clause_plan *plan, pil_error *err)
{
    pil_intern seen = {0};
    plan->is_decided = forms->is_decided;
    if (forms->n == 0)
        return PIL_OK;
    const char **stems = calloc(forms->n, sizeof *stems);
    pil_status status = stems == NULL ? pil_error_no_memory(err) : PIL_OK;
    for (size_t at = 0; at < forms->n && status == PIL_OK;)
        status = add_distance(reader, forms, &at, &seen, stems, err);
    free(stems);
    pil_intern_dispose(&seen);
    if (status == PIL_OK)
        status = pil_accumulators_take(reader->accumulators, reader->scores, err);
    plan->scores = *reader->scores;
    if (status == PIL_OK)
        status = pil_scores_query(plan->scores, reader->manifest, &plan->query, err);
    if (status != PIL_OK || plan->query == NULL)
        return status;
    return pil_plan_copy(plan->query, &plan->candidates, err);
}

pil_status pil_plan_everything(xc_query **out, pil_error *err)
{
    xc_error failure;
    if (xc_query_match_all(out, &failure) != XC_OK)
        return pil_status_from_xapian(&failure, err);
    return PIL_OK;
}

pil_status pil_clause_plan_make(const pil_clause_reader *reader, size_t number,
                                pil_clause_plan *plan, pil_error *err)
{
    const pil_clause *clause = &reader->query->clauses[number];
    *plan = (pil_clause_plan){.is_decided = false};
    switch (clause->kind) {
    case PIL_CLAUSE_PATTERN:
    case PIL_CLAUSE_FUZZY:
        return plan_forms(reader, &reader->expansions->clauses[number], plan, err);
    case PIL_CLAUSE_REGEX:
        return pil_plan_everything(&plan->candidates, err); /* terms say nothing of it */
    case PIL_CLAUSE_FILTER:
        plan->is_filter = true;
        return pil_clause_filters_query(reader->filters, clause->filter, &plan->candidates,
                                        &plan->is_decided, err);
    default:
        return plan_words(reader, number, plan, err);
    }
}
