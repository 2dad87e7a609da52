/* What a hit's score is made of. The score of a clause is libxapian's own; how it comes about is
 * worked out from the text and the statistics of the index, by the formula of its BM25. */
#include "base/intern.h"
#include "index/schema.h"
#include "rarity.h"
#include "searcher_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The terms of a paragraph: strings in order of arrival, and how often each stands there as a word.
 * A term that only derives from a word, as the parts of one joined do, stands there 0 times. */
typedef struct term_counts {
    pil_intern terms;
    uint32_t *n_times; /* [0..terms.n_entries) */
    uint32_t n_words;  /* in the paragraph */
} term_counts;

static pil_status count_terms(pil_searcher *run, const pil_hit *hit, term_counts *out,
                              pil_error *err)
{
    const pil_token *tokens;
    size_t n_tokens;
    pil_status status = pil_analyser_run(run->analyser, hit->language, hit->text, hit->text_bytes,
                                         &tokens, &n_tokens, err);
    if (status != PIL_OK)
        return status;
    out->n_times = calloc(n_tokens + 1, sizeof *out->n_times);
    if (out->n_times == NULL)
        return pil_error_no_memory(err);
    for (size_t i = 0; i < n_tokens; i++) {
        uint32_t number;
        if (pil_intern_add(&out->terms, tokens[i].term, tokens[i].term_bytes, &number, NULL) !=
            PIL_OK)
            return pil_error_no_memory(err);
        bool is_word = tokens[i].kind == PIL_TOKEN_WORD;
        out->n_times[number] += is_word;
        out->n_words += is_word;
    }
    return PIL_OK;
}

/* Whether the paragraph has, at each position of the reading, a term that stands there. */
static bool has_reading(const term_counts *counts, const pil_reading *reading)
{
    uint32_t n_covered = 0;
    for (uint32_t at = 0; at < reading->n_positions; at++) {
        bool is_covered = false;
        for (size_t i = 0; i < reading->n_tokens && !is_covered; i++) {
            const pil_reading_token *token = &reading->tokens[i];
            is_covered =
                token->position <= at && at < token->position + token->n_positions &&
                pil_intern_find(&counts->terms, token->term, token->term_bytes) != PIL_INTERN_NONE;
        }
        n_covered += is_covered;
    }
    return n_covered == reading->n_positions;
}

/* The parts of one clause, in the hits' arena. */
typedef struct clause_parts {
    pil_score_part *items;
    size_t n, capacity;
} clause_parts;

static pil_status add_part(pil_searcher *run, uint32_t word, const pil_reading_token *token,
                           uint32_t n_times, double weight, clause_parts *parts, pil_error *err)
{
    for (size_t i = 0; i < parts->n; i++) {
        if (strcmp(parts->items[i].term, token->term) != 0)
            continue;
        if (weight > parts->items[i].factor)
            parts->items[i].factor = weight;
        return PIL_OK;
    }
    if (parts->n == parts->capacity) {
        size_t capacity = 2 * parts->capacity + 4;
        pil_score_part *grown = pil_arena_alloc(&run->hits->arena, capacity * sizeof *grown);
        if (grown == NULL)
            return pil_error_no_memory(err);
        if (parts->n > 0)
            memcpy(grown, parts->items, parts->n * sizeof *grown);
        parts->items = grown;
        parts->capacity = capacity;
    }
    const char *term = pil_arena_copy(&run->hits->arena, token->term, token->term_bytes);
    if (term == NULL)
        return pil_error_no_memory(err);
    parts->items[parts->n++] =
        (pil_score_part){.word = word, .term = term, .n_times = n_times, .factor = weight};
    return PIL_OK;
}

/* The terms of the clause that the paragraph has as words, in all readings that it has whole. */
static pil_status find_terms(pil_searcher *run, size_t clause, const term_counts *counts,
                             clause_parts *parts, pil_error *err)
{
    pil_status status = PIL_OK;
    for (size_t l = 0; l < run->n_languages && status == PIL_OK; l++) {
        const pil_reading *readings;
        size_t n_readings = 0;
        status = pil_matcher_readings(run->matcher, run->languages[l], clause, &readings,
                                      &n_readings, err);
        for (size_t i = 0; i < n_readings && status == PIL_OK; i++) {
            if (!has_reading(counts, &readings[i]))
                continue;
            for (size_t j = 0; j < readings[i].n_tokens && status == PIL_OK; j++) {
                const pil_reading_token *token = &readings[i].tokens[j];
                uint32_t number = pil_intern_find(&counts->terms, token->term, token->term_bytes);
                if (number != PIL_INTERN_NONE && counts->n_times[number] > 0)
                    status = add_part(run, (uint32_t)clause, token, counts->n_times[number],
                                      readings[i].weight, parts, err);
            }
        }
    }
    return status;
}

/* How often the query has the clause where it does not exclude. */
static uint32_t count_times(const pil_node *node, size_t clause)
{
    uint32_t n = 0;
    for (; node != NULL; node = node->next) {
        if (node->occur == PIL_OCCUR_MUST_NOT)
            continue;
        if (node->is_group)
            n += count_times(node->parts, clause);
        else if (node->clause == clause)
            n += node->n_times;
    }
    return n;
}

/* What libxapian gives the paragraph for the clause alone. */
static pil_status clause_score(pil_searcher *run, const pil_found *found, size_t clause,
                               double *score, pil_error *err)
{
    const xc_docid_range range = {found->docid, found->docid};
    const xc_shard_ranges shard = {run->snapshot->segments[found->shard].entry->uuid,
                                   PIL_UUID_LENGTH, &range, 1};
    xc_query *document = NULL, *query = NULL;
    xc_results *results = NULL;
    xc_error failure;
    pil_status status = PIL_OK;
    *score = 0;
    if (run->plan.clauses[clause] == NULL)
        return PIL_OK;
    if (xc_query_docid_ranges(&shard, 1, &document, &failure) != XC_OK)
        return pil_status_from_xapian(&failure, err);
    const xc_query *const parts[] = {run->plan.clauses[clause], document};
    if (xc_query_combine(XC_FILTER, parts, 2, &query, &failure) != XC_OK)
        status = pil_status_from_xapian(&failure, err);
    else
        status = pil_searcher_run_query(run, query, 0, 1, 0, false, &results, err);
    if (status == PIL_OK && results->n_hits > 0)
        *score = results->hits[0].weight * count_times(run->query->root->parts, clause);
    xc_query_free(document);
    xc_query_free(query);
    xc_results_free(results);
    return status;
}

/* Fills in what each term has in the index, and its share of the clause's score. */
static pil_status weigh(pil_searcher *run, const xc_stats *stats, double length, double score,
                        clause_parts *parts, pil_error *err)
{
    double sum = 0;
    for (size_t i = 0; i < parts->n; i++) {
        pil_score_part *part = &parts->items[i];
        char term[XC_MAX_TERM_BYTES];
        int n_bytes = snprintf(term, sizeof term, "%s%s", PIL_PREFIX_STEM, part->term);
        xc_error failure;
        if (xc_database_term(run->snapshot->combined, term, (size_t)n_bytes, &part->n_paragraphs,
                             NULL, &failure) != XC_OK)
            return pil_status_from_xapian(&failure, err);
        double norm = PIL_BM25_K1 * (1 - PIL_BM25_B + PIL_BM25_B * length);
        part->idf = pil_rarity_weight(stats->n_docs, part->n_paragraphs);
        part->length = length;
        part->score =
            part->factor * part->idf * part->n_times * (PIL_BM25_K1 + 1) / (part->n_times + norm);
        sum += part->score;
    }
    for (size_t i = 0; i < parts->n && sum > 0; i++) {
        parts->items[i].factor *= score / sum;
        parts->items[i].score *= score / sum;
    }
    return PIL_OK;
}

static pil_status explain_clause(pil_searcher *run, const pil_found *found, size_t clause,
                                 const term_counts *counts, const xc_stats *stats, pil_hit *hit,
                                 pil_error *err)
{
    clause_parts parts = {0};
    double score = 0;
    double length = stats->average_length > 0 ? counts->n_words / stats->average_length : 0;
    if (length < PIL_BM25_MIN_LENGTH)
        length = PIL_BM25_MIN_LENGTH;
    pil_status status = clause_score(run, found, clause, &score, err);
    if (status == PIL_OK && score > 0)
        status = find_terms(run, clause, counts, &parts, err);
    if (status == PIL_OK)
        status = weigh(run, stats, length, score, &parts, err);
    if (status != PIL_OK || parts.n == 0)
        return status;
    pil_score_part *all =
        pil_arena_alloc(&run->hits->arena, (hit->n_parts + parts.n) * sizeof *all);
    if (all == NULL)
        return pil_error_no_memory(err);
    if (hit->n_parts > 0)
        memcpy(all, hit->parts, hit->n_parts * sizeof *all);
    memcpy(all + hit->n_parts, parts.items, parts.n * sizeof *all);
    hit->parts = all;
    hit->n_parts += parts.n;
    return PIL_OK;
}

pil_status pil_searcher_explain(pil_searcher *run, const pil_found *found, pil_hit *hit,
                                pil_error *err)
{
    term_counts counts = {0};
    xc_stats stats;
    xc_error failure;
    if (xc_database_stats(run->snapshot->combined, &stats, &failure) != XC_OK)
        return pil_status_from_xapian(&failure, err);
    pil_status status = count_terms(run, hit, &counts, err);
    for (size_t i = 0; i < run->plan.n_clauses && status == PIL_OK; i++)
        if (run->query->clauses[i].occur != PIL_OCCUR_MUST_NOT)
            status = explain_clause(run, found, i, &counts, &stats, hit, err);
    pil_intern_dispose(&counts.terms);
    free(counts.n_times);
    return status;
}
