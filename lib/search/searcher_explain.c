/* What a hit's score is made of. The score of a clause is libxapian's own; how it comes about is
 * worked out from the text and the statistics of the index, by the formula of its BM25. */
#include "bm25.h"
#include "index/schema.h"
#include "searcher_internal.h"
#include "term_counts.h"
#include "titles.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Whether the paragraph has, at each position of the reading, a term that stands there. */
static bool has_reading(const pil_term_counts *counts, const pil_reading *reading)
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
static pil_status find_terms(pil_searcher *run, size_t clause, const pil_term_counts *counts,
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
                uint32_t n_times = pil_term_counts_find(counts, token);
                if (n_times > 0)
                    status = add_part(run, (uint32_t)clause, token, n_times, readings[i].weight,
                                      parts, err);
            }
        }
    }
    return status;
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
        *score = results->hits[0].weight;
    xc_query_free(document);
    xc_query_free(query);
    xc_results_free(results);
    return status;
}

/* In how many paragraphs what a part is looked up by is: its term, or all that a pattern stands
 * for, as if no paragraph had two of them. */
static pil_status count_paragraphs(pil_searcher *run, const xc_stats *stats, pil_score_part *part,
                                   pil_error *err)
{
    const pil_clause_forms *forms = &run->expansions.clauses[part->word];
    uint64_t n = 0;
    for (size_t i = 0; i < forms->n; i++)
        n += forms->items[i].n_paragraphs;
    part->n_paragraphs = n < stats->n_docs ? (uint32_t)n : stats->n_docs;
    if (run->query->clauses[part->word].pattern != NULL)
        return PIL_OK;
    char term[XC_MAX_TERM_BYTES];
    int n_bytes = snprintf(term, sizeof term, "%s%s", PIL_PREFIX_STEM, part->term);
    xc_error failure;
    if (xc_database_term(run->snapshot->combined, term, (size_t)n_bytes, &part->n_paragraphs, NULL,
                         &failure) != XC_OK)
        return pil_status_from_xapian(&failure, err);
    return PIL_OK;
}

/* Fills in what each part has in the index, and its share of the clause's score. */
static pil_status weigh(pil_searcher *run, const xc_stats *stats, double length, double score,
                        clause_parts *parts, pil_error *err)
{
    double sum = 0;
    for (size_t i = 0; i < parts->n; i++) {
        pil_score_part *part = &parts->items[i];
        pil_status status = count_paragraphs(run, stats, part, err);
        if (status != PIL_OK)
            return status;
        part->idf = pil_bm25_idf(stats->n_docs, part->n_paragraphs);
        part->length = length;
        part->score = part->factor * part->idf * pil_bm25_tf(part->n_times, length);
        sum += part->score;
    }
    for (size_t i = 0; i < parts->n && sum > 0; i++) {
        parts->items[i].factor *= score / sum;
        parts->items[i].score *= score / sum;
    }
    return PIL_OK;
}

/* A clause that stands for many words is one part, by its pattern. */
static pil_status find_forms(pil_searcher *run, size_t clause, const pil_hit *hit,
                             clause_parts *parts, pil_error *err)
{
    const char *pattern = run->query->clauses[clause].pattern;
    const pil_reading_token token = {.term = pattern, .term_bytes = (uint32_t)strlen(pattern)};
    uint32_t n_times = 0;
    for (size_t i = 0; i < hit->n_ranges; i++)
        n_times += hit->ranges[i].word == clause;
    return add_part(run, (uint32_t)clause, &token, n_times > 0 ? n_times : 1, 1, parts, err);
}

/* ---- how often the tree counts a clause ---- */

/* What the paragraph has of the clauses by their terms, as libxapian weighs it. */
typedef struct tree_count {
    const double *scores; /* of each clause by itself */
    uint32_t *n_times;    /* of each clause: filled in */
} tree_count;

/* Whether libxapian finds the paragraph by the group: what the text alone decides is not asked. */
static bool is_found(const tree_count *count, const pil_node *node)
{
    bool has_must = false, has_should = false, has_one = false;
    if (!node->is_group)
        return count->scores[node->clause] > 0;
    for (const pil_node *part = node->parts; part != NULL; part = part->next) {
        if (part->only_restricts || part->occur == PIL_OCCUR_MUST_NOT)
            continue;
        bool is_part_found = is_found(count, part);
        if (part->occur == PIL_OCCUR_MUST && !is_part_found)
            return false;
        has_must |= part->occur == PIL_OCCUR_MUST;
        has_should |= part->occur == PIL_OCCUR_SHOULD;
        has_one |= part->occur == PIL_OCCUR_SHOULD && is_part_found;
    }
    return has_must || has_one || !has_should;
}

/* Each part that is found adds its weight. */
static void count_times(const tree_count *count, const pil_node *group)
{
    for (const pil_node *part = group->parts; part != NULL; part = part->next) {
        if (part->occur == PIL_OCCUR_MUST_NOT || !is_found(count, part))
            continue;
        if (part->is_group)
            count_times(count, part);
        else
            count->n_times[part->clause] += part->n_times;
    }
}

static pil_status append_parts(pil_searcher *run, const pil_score_part *parts, size_t n,
                               pil_hit *hit, pil_error *err)
{
    pil_score_part *all = pil_arena_alloc(&run->hits->arena, (hit->n_parts + n) * sizeof *all);
    if (all == NULL)
        return pil_error_no_memory(err);
    if (hit->n_parts > 0)
        memcpy(all, hit->parts, hit->n_parts * sizeof *all);
    memcpy(all + hit->n_parts, parts, n * sizeof *all);
    hit->parts = all;
    hit->n_parts += n;
    return PIL_OK;
}

static pil_status explain_clause(pil_searcher *run, double score, size_t clause,
                                 const pil_term_counts *counts, const xc_stats *stats, pil_hit *hit,
                                 pil_error *err)
{
    clause_parts parts = {0};
    double length = stats->average_length > 0 ? counts->n_words / stats->average_length : 0;
    if (length < PIL_BM25_MIN_LENGTH)
        length = PIL_BM25_MIN_LENGTH;
    pil_status status = run->query->clauses[clause].pattern != NULL
                            ? find_forms(run, clause, hit, &parts, err)
                            : find_terms(run, clause, counts, &parts, err);
    if (status == PIL_OK)
        status = weigh(run, stats, length, score, &parts, err);
    /* A pattern stands for many words, which are weighed as one. */
    pil_score_part whole = {
        .word = (uint32_t)clause, .term = "", .length = length, .factor = 1, .score = score};
    if (parts.n == 0 && score > 0)
        parts = (clause_parts){.items = &whole, .n = 1};
    if (status != PIL_OK || parts.n == 0)
        return status;
    return append_parts(run, parts.items, parts.n, hit, err);
}

/* ---- the title ---- */

/* What the title adds for a clause that the query has n_times. */
static pil_status explain_boost(pil_searcher *run, const pil_title_boost *boost, size_t clause,
                                uint32_t n_times, const xc_stats *stats, pil_hit *hit,
                                pil_error *err)
{
    const char *term = pil_arena_copy(&run->hits->arena, boost->term, strlen(boost->term));
    if (term == NULL)
        return pil_error_no_memory(err);
    pil_score_part part = {.word = (uint32_t)clause,
                           .term = term,
                           .idf = boost->idf,
                           .n_times = boost->n_times,
                           .length = boost->length,
                           .factor = n_times * boost->factor,
                           .score = n_times * boost->score,
                           .is_of_title = true};
    pil_status status = count_paragraphs(run, stats, &part, err);
    return status == PIL_OK ? append_parts(run, &part, 1, hit, err) : status;
}

static pil_status explain_title(pil_searcher *run, const xc_stats *stats, pil_hit *hit,
                                pil_error *err)
{
    const pil_titled paragraph = {hit->title, hit->language, hit->text, hit->text_bytes};
    size_t n = run->query->n_clauses;
    pil_title_boost *boosts = calloc(n + 1, sizeof *boosts);
    uint32_t *n_times = calloc(n + 1, sizeof *n_times);
    pil_status status = boosts == NULL || n_times == NULL ? pil_error_no_memory(err) : PIL_OK;
    if (status == PIL_OK) {
        pil_titles_count(run->query->root, n_times);
        status = pil_title_boosts(run, &paragraph, boosts, err);
    }
    for (size_t i = 0; i < n && status == PIL_OK; i++)
        if (boosts[i].score > 0 && n_times[i] > 0)
            status = explain_boost(run, &boosts[i], i, n_times[i], stats, hit, err);
    free(boosts);
    free(n_times);
    return status;
}

static pil_status explain_clauses(pil_searcher *run, const pil_found *found,
                                  const pil_term_counts *counts, const xc_stats *stats,
                                  pil_hit *hit, pil_error *err)
{
    size_t n = run->plan.n_clauses;
    double *scores = calloc(n + 1, sizeof *scores);
    uint32_t *n_times = calloc(n + 1, sizeof *n_times);
    pil_status status = scores == NULL || n_times == NULL ? pil_error_no_memory(err) : PIL_OK;
    for (size_t i = 0; i < n && status == PIL_OK; i++)
        if (run->query->clauses[i].occur != PIL_OCCUR_MUST_NOT)
            status = clause_score(run, found, i, &scores[i], err);
    if (status == PIL_OK)
        count_times(&(tree_count){.scores = scores, .n_times = n_times}, run->query->root);
    for (size_t i = 0; i < n && status == PIL_OK; i++)
        if (scores[i] > 0 && n_times[i] > 0)
            status = explain_clause(run, scores[i] * n_times[i], i, counts, stats, hit, err);
    free(scores);
    free(n_times);
    return status;
}

pil_status pil_searcher_explain(pil_searcher *run, const pil_found *found, pil_hit *hit,
                                pil_error *err)
{
    pil_term_counts counts = {0};
    xc_stats stats;
    xc_error failure;
    if (xc_database_stats(run->snapshot->combined, &stats, &failure) != XC_OK)
        return pil_status_from_xapian(&failure, err);
    pil_status status =
        pil_term_counts_of(run->analyser, hit->language, hit->text, hit->text_bytes, &counts, err);
    if (status == PIL_OK)
        status = explain_clauses(run, found, &counts, &stats, hit, err);
    if (status == PIL_OK && found->has_title_score)
        status = explain_title(run, &stats, hit, err);
    pil_term_counts_dispose(&counts);
    return status;
}
