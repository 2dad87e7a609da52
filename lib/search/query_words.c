#include "query_words.h"

#include "bm25.h"
#include "rarity.h"
#include "searcher_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The readings of a clause that is a word by itself; none for others. */
static pil_status read_word(pil_searcher *run, const char *language, size_t clause,
                            const pil_reading **readings, size_t *n, pil_error *err)
{
    const pil_clause *asked = &run->query->clauses[clause];
    *n = 0;
    if (asked->occur == PIL_OCCUR_MUST_NOT || asked->is_exact)
        return PIL_OK;
    pil_status status = pil_matcher_readings(run->matcher, language, clause, readings, n, err);
    if (status == PIL_OK && *n > 0 && (*readings)[0].n_positions != 1)
        *n = 0;
    return status;
}

static void count_times(const pil_node *group, uint32_t *n_times)
{
    for (const pil_node *part = group->parts; part != NULL; part = part->next) {
        if (part->is_group)
            count_times(part, n_times);
        else if (part->occur != PIL_OCCUR_MUST_NOT)
            n_times[part->clause] += part->n_times;
    }
}

pil_status pil_query_words_init(pil_query_words *out, pil_searcher *run, pil_term_table *table,
                                pil_error *err)
{
    *out = (pil_query_words){.run = run, .table = table};
    xc_error failure;
    size_t n = run->query->n_clauses + 1;
    uint32_t *n_times = pil_arena_alloc(&out->arena, n * sizeof *n_times);
    if (n_times == NULL)
        return pil_error_no_memory(err);
    memset(n_times, 0, n * sizeof *n_times);
    count_times(run->query->root, n_times);
    out->n_times = n_times;
    if (xc_database_stats(run->snapshot->combined, &out->stats, &failure) != XC_OK)
        return pil_status_from_xapian(&failure, err);
    return PIL_OK;
}

void pil_query_words_dispose(pil_query_words *words)
{
    free(words->languages);
    pil_arena_dispose(&words->arena);
}

pil_status pil_query_words_exist(pil_searcher *run, bool *out, pil_error *err)
{
    pil_status status = PIL_OK;
    size_t n = 0;
    for (size_t i = 0; i < run->query->n_clauses && status == PIL_OK && n == 0; i++) {
        const pil_reading *readings;
        for (size_t j = 0; j < run->n_languages && status == PIL_OK && n == 0; j++)
            status = read_word(run, run->languages[j], i, &readings, &n, err);
    }
    *out = n > 0;
    return status;
}

static pil_status add_reading(pil_query_words *words, uint32_t clause, const pil_reading *reading,
                              pil_word_reading *out, pil_error *err)
{
    pil_word_term *terms = pil_arena_alloc(&words->arena, reading->n_tokens * sizeof *terms);
    const char *term =
        pil_arena_copy(&words->arena, reading->tokens[0].term, reading->tokens[0].term_bytes);
    if (terms == NULL || term == NULL)
        return pil_error_no_memory(err);
    *out = (pil_word_reading){.clause = clause,
                              .terms = terms,
                              .n_terms = reading->n_tokens,
                              .n_positions = reading->n_positions,
                              .is_counted = reading->n_positions == 1 && !reading->is_exact,
                              .term = term,
                              .weight = reading->weight};
    pil_status status = pil_rarity(words->run->snapshot->combined, reading, &out->idf, err);
    out->is_known = out->idf > 0;
    if (!out->is_known)
        out->idf = pil_bm25_idf(words->stats.n_docs, 0);
    for (size_t i = 0; i < reading->n_tokens && status == PIL_OK; i++) {
        const pil_reading_token *token = &reading->tokens[i];
        terms[i].position = token->position;
        terms[i].n_positions = token->n_positions;
        status =
            pil_term_table_add(words->table, token->term, token->term_bytes, &terms[i].number, err);
    }
    return status;
}

static pil_status add_readings(pil_query_words *words, uint32_t clause, const char *language,
                               pil_word_reading **items, size_t *n_items, pil_error *err)
{
    const pil_reading *readings;
    size_t n;
    pil_status status = read_word(words->run, language, clause, &readings, &n, err);
    if (status != PIL_OK || n == 0 || words->n_times[clause] == 0)
        return status;
    pil_word_reading *grown = realloc(*items, (*n_items + n) * sizeof *grown);
    if (grown == NULL)
        return pil_error_no_memory(err);
    *items = grown;
    for (size_t i = 0; i < n && status == PIL_OK; i++)
        status = add_reading(words, clause, &readings[i], &grown[(*n_items)++], err);
    return status;
}

/* Where a term is of several words, it is of the first. */
static pil_status number_clauses(pil_query_words *words, pil_words_of_language *made,
                                 pil_error *err)
{
    size_t n = words->table->terms.n_entries;
    uint32_t *clauses = pil_arena_alloc(&words->arena, (n + 1) * sizeof *clauses);
    if (clauses == NULL)
        return pil_error_no_memory(err);
    memset(clauses, 0, (n + 1) * sizeof *clauses);
    for (size_t i = made->n; i-- > 0;)
        for (size_t j = 0; j < made->readings[i].n_terms && made->readings[i].is_counted; j++)
            clauses[made->readings[i].terms[j].number] = made->readings[i].clause + 1;
    made->clauses = clauses;
    made->n_clauses = n;
    return PIL_OK;
}

static pil_status make(pil_query_words *words, const char *language, pil_words_of_language *made,
                       pil_error *err)
{
    pil_word_reading *items = NULL, *kept = NULL;
    pil_status status = PIL_OK;
    size_t n = 0;
    snprintf(made->language, sizeof made->language, "%s", language);
    for (uint32_t i = 0; i < words->run->query->n_clauses && status == PIL_OK; i++)
        status = add_readings(words, i, language, &items, &n, err);
    if (status == PIL_OK)
        kept = pil_arena_alloc(&words->arena, (n + 1) * sizeof *kept);
    if (status == PIL_OK && kept == NULL)
        status = pil_error_no_memory(err);
    if (status == PIL_OK && n > 0)
        memcpy(kept, items, n * sizeof *kept);
    free(items);
    made->readings = kept;
    made->n = n;
    return status == PIL_OK ? number_clauses(words, made, err) : status;
}

pil_status pil_query_words_in(pil_query_words *words, const char *language,
                              const pil_words_of_language **out, pil_error *err)
{
    for (size_t i = 0; i < words->n_languages; i++) {
        *out = words->languages[i];
        if (strcmp((*out)->language, language) == 0)
            return PIL_OK;
    }
    if (words->n_languages == words->capacity) {
        size_t capacity = 2 * words->capacity + 4;
        pil_words_of_language **grown = realloc(words->languages, capacity * sizeof *grown);
        if (grown == NULL)
            return pil_error_no_memory(err);
        words->languages = grown;
        words->capacity = capacity;
    }
    pil_words_of_language *made = pil_arena_alloc(&words->arena, sizeof *made);
    if (made == NULL)
        return pil_error_no_memory(err);
    pil_status status = make(words, language, made, err);
    words->languages[words->n_languages++] = made;
    *out = made;
    return status;
}

uint32_t pil_word_reading_count(const pil_word_reading *reading, const pil_text_terms *text)
{
    uint32_t n = 0;
    for (size_t i = 0; i < reading->n_terms; i++) {
        const pil_text_term *term = pil_text_terms_find(text, reading->terms[i].number);
        n += term == NULL ? 0 : term->n_times;
    }
    return n;
}

double pil_query_word_weight(const pil_query_words *words, uint32_t clause)
{
    return words->run->weights[clause] * words->n_times[clause];
}

double pil_word_reading_factor(const pil_query_words *words, const pil_word_reading *reading)
{
    return reading->weight * pil_query_word_weight(words, reading->clause);
}

const pil_word_reading *pil_words_next(const pil_words_of_language *in, const pil_text_terms *text,
                                       size_t *at, uint32_t *n_times)
{
    const pil_word_reading *found = NULL, *first = &in->readings[*at];
    *n_times = 0;
    if (*at == in->n)
        return NULL;
    for (; *at < in->n && in->readings[*at].clause == first->clause; ++*at) {
        const pil_word_reading *reading = &in->readings[*at];
        if (*n_times == 0 && reading->is_counted) {
            *n_times = pil_word_reading_count(reading, text);
            found = reading;
        }
    }
    return *n_times > 0 ? found : first;
}

bool pil_word_reading_is_in(const pil_word_reading *reading, const pil_text_terms *text)
{
    for (uint32_t at = 0; at < reading->n_positions; at++) {
        bool is_covered = false;
        for (size_t i = 0; i < reading->n_terms && !is_covered; i++) {
            const pil_word_term *term = &reading->terms[i];
            is_covered = term->position <= at && at < term->position + term->n_positions &&
                         pil_text_terms_find(text, term->number) != NULL;
        }
        if (!is_covered)
            return false;
    }
    return true;
}
