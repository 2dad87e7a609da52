/* What a hit's score is made of. The score of a clause is libxapian's own; how it comes about is
 * worked out from the text and the statistics of the index, by the formula of its BM25. */
#include "bm25.h"
#include "index/schema.h"
#include "searcher_internal.h"
#include "text_terms.h"
#include "titles.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The text of a hit. */
typedef struct read_text {
    pil_term_table table;
    pil_text_terms terms;
} read_text;

static const pil_text_term *find_term(const read_text *text, const pil_reading_token *token)
{
    uint32_t number = pil_intern_find(&text->table.terms, token->term, token->term_bytes);
    return number == PIL_INTERN_NONE ? NULL : pil_text_terms_find(&text->terms, number);
}

/* Whether the paragraph has, at each position of the reading, a term that stands there. */
static bool has_reading(const read_text *text, const pil_reading *reading)
{
    uint32_t n_covered = 0;
    for (uint32_t at = 0; at < reading->n_positions; at++) {
        bool is_covered = false;
        for (size_t i = 0; i < reading->n_tokens && !is_covered; i++) {
            const pil_reading_token *token = &reading->tokens[i];
            is_covered = token->position <= at && at < token->position + token->n_positions &&
                         find_term(text, token) != NULL;
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
static pil_status find_terms(pil_searcher *run, size_t clause, const read_text *text,
                             clause_parts *parts, pil_error *err)
{
    pil_status status = PIL_OK;
    for (size_t l = 0; l < run->n_languages && status == PIL_OK; l++) {
        const pil_reading *readings;
        size_t n_readings = 0;
        status = pil_matcher_readings(run->matcher, run->languages[l], clause, &readings,
                                      &n_readings, err);
        for (size_t i = 0; i < n_readings && status == PIL_OK; i++) {
            if (!has_reading(text, &readings[i]))
                continue;
            for (size_t j = 0; j < readings[i].n_tokens && status == PIL_OK; j++) {
                const pil_reading_token *token = &readings[i].tokens[j];
                const pil_text_term *term = find_term(text, token);
                if (term != NULL && term->n_times > 0)
                    status = add_part(run, (uint32_t)clause, token, term->n_times,
                                      readings[i].weight, parts, err);
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
                                 const read_text *text, const xc_stats *stats, pil_hit *hit,
                                 pil_error *err)
{
    clause_parts parts = {0};
    double length = stats->average_length > 0 ? text->terms.n_words / stats->average_length : 0;
    if (length < PIL_BM25_MIN_LENGTH)
        length = PIL_BM25_MIN_LENGTH;
    pil_status status = run->query->clauses[clause].pattern != NULL
                            ? find_forms(run, clause, hit, &parts, err)
                            : find_terms(run, clause, text, &parts, err);
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

/* ---- what is beside BM25 ---- */

/* What the title adds for a clause. */
static pil_status explain_boost(pil_searcher *run, const pil_title_boost *boost, double length,
                                const xc_stats *stats, pil_hit *hit, pil_error *err)
{
    const pil_word_reading *reading = boost->reading;
    const char *term = pil_arena_copy(&run->hits->arena, reading->term, strlen(reading->term));
    if (term == NULL)
        return pil_error_no_memory(err);
    pil_score_part part = {.word = reading->clause,
                           .term = term,
                           .idf = reading->idf,
                           .n_times = boost->n_times,
                           .length = length,
                           .factor = boost->factor,
                           .score = boost->score,
                           .kind = PIL_PART_TITLE};
    pil_status status = count_paragraphs(run, stats, &part, err);
    return status == PIL_OK ? append_parts(run, &part, 1, hit, err) : status;
}

static pil_status explain_title(pil_searcher *run, read_text *text, const xc_stats *stats,
                                pil_hit *hit, pil_error *err)
{
    pil_query_words words;
    const pil_words_of_language *in;
    pil_text_terms title;
    double length = stats->average_length > 0 ? text->terms.n_words / stats->average_length : 0;
    size_t n = run->query->n_clauses;
    pil_title_boost *boosts = calloc(n + 1, sizeof *boosts);
    pil_status status = pil_query_words_init(&words, run, &text->table, err);
    if (status == PIL_OK && boosts == NULL)
        status = pil_error_no_memory(err);
    if (status == PIL_OK)
        status = pil_query_words_in(&words, hit->language, &in, err);
    if (status == PIL_OK)
        status = pil_titles_read(&text->table, run->analyser, hit->language, hit->title,
                                 hit->heading, &title, err);
    if (status == PIL_OK)
        pil_title_boosts(&words, in, &title, &text->terms, length, boosts);
    for (size_t i = 0; i < n && status == PIL_OK; i++)
        if (boosts[i].score > 0)
            status = explain_boost(run, &boosts[i], length, stats, hit, err);
    free(boosts);
    pil_query_words_dispose(&words);
    return status;
}

static pil_status explain_rest(pil_searcher *run, const pil_reranked *added, pil_hit *hit,
                               pil_error *err)
{
    uint32_t none = (uint32_t)run->query->n_clauses;
    const pil_score_part all[] = {
        {.word = none, .term = "", .score = added->families, .kind = PIL_PART_FAMILIES},
        {.word = none, .term = "", .score = added->proximity, .kind = PIL_PART_PROXIMITY},
        {.word = none, .term = "", .score = added->neighbours, .kind = PIL_PART_NEIGHBOURS},
        {.word = none, .term = "", .score = added->similarity, .kind = PIL_PART_SIMILARITY},
        {.word = none, .term = "", .score = added->recency, .kind = PIL_PART_RECENCY},
        {.word = none, .term = "", .score = added->copies, .kind = PIL_PART_COPIES}};
    pil_status status = PIL_OK;
    for (size_t i = 0; i < sizeof all / sizeof all[0] && status == PIL_OK; i++)
        if (all[i].score != 0)
            status = append_parts(run, &all[i], 1, hit, err);
    return status;
}

static pil_status explain_clauses(pil_searcher *run, const pil_found *found, const read_text *text,
                                  const xc_stats *stats, pil_hit *hit, pil_error *err)
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
            status = explain_clause(run, scores[i] * n_times[i], i, text, stats, hit, err);
    free(scores);
    free(n_times);
    return status;
}

pil_status pil_searcher_explain(pil_searcher *run, const pil_found *found, pil_hit *hit,
                                pil_error *err)
{
    read_text text = {0};
    xc_stats stats;
    xc_error failure;
    if (xc_database_stats(run->snapshot->combined, &stats, &failure) != XC_OK)
        return pil_status_from_xapian(&failure, err);
    pil_status status = pil_text_terms_read(&text.table, run->analyser, hit->language, hit->text,
                                            hit->text_bytes, &text.terms, err);
    if (status == PIL_OK)
        status = explain_clauses(run, found, &text, &stats, hit, err);
    if (status == PIL_OK && found->added != NULL &&
        (run->options->ranking_without & PIL_RANKING_TITLES) == 0)
        status = explain_title(run, &text, &stats, hit, err);
    if (status == PIL_OK && found->added != NULL)
        status = explain_rest(run, found->added, hit, err);
    pil_term_table_dispose(&text.table);
    return status;
}
