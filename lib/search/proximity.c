#include "proximity.h"

#include "bm25.h"
#include "searcher_internal.h"

#include <stdlib.h>

#define FACTOR 0.1

/* Words of the query farther apart are no pair. */
enum { MAX_DISTANCE = 3 };

/* A word that says something, and the one before it. */
typedef struct word_pair {
    bool is_word;
    double idf;
    uint32_t first, distance; /* the clause before it, plus 1, or 0; how far it is in the query */
    uint32_t last_position;   /* in the text, plus 1; 0: not yet */
    uint32_t n_times;         /* that the text has the pair */
} word_pair;

static void find_pairs(const pil_query_words *words, const pil_words_of_language *in,
                       word_pair *pairs)
{
    size_t n_clauses = words->run->query->n_clauses;
    for (size_t i = 0; i < in->n; i++) {
        const pil_word_reading *reading = &in->readings[i];
        word_pair *pair = &pairs[reading->clause];
        if (pair->is_word || !reading->is_counted || !reading->is_known ||
            words->run->weights[reading->clause] < 1)
            continue;
        pair->is_word = true;
        pair->idf = reading->idf;
    }
    uint32_t last = 0;
    for (uint32_t i = 0; i < n_clauses; i++) {
        if (!pairs[i].is_word)
            continue;
        if (last > 0 && i + 1 - last <= MAX_DISTANCE) {
            pairs[i].first = last;
            pairs[i].distance = i + 1 - last;
        }
        last = i + 1;
    }
}

static void count(const pil_words_of_language *in, const pil_token *tokens,
                  const pil_text_terms *text, word_pair *pairs)
{
    for (size_t i = 0; i < text->n_tokens; i++) {
        uint32_t number = text->numbers[i];
        uint32_t clause = number < in->n_clauses ? in->clauses[number] : 0;
        if (clause == 0)
            continue;
        word_pair *pair = &pairs[clause - 1];
        uint32_t at = tokens[i].position + 1;
        uint32_t before = pair->first > 0 ? pairs[pair->first - 1].last_position : 0;
        if (before > 0 && at > before && at - before <= pair->distance + 1)
            pair->n_times++;
        pair->last_position = at;
    }
}

pil_status pil_proximity_score(const pil_query_words *words, const pil_words_of_language *in,
                               const pil_token *tokens, const pil_text_terms *text, double length,
                               double *out, pil_error *err)
{
    size_t n_clauses = words->run->query->n_clauses;
    word_pair *pairs = calloc(n_clauses + 1, sizeof *pairs);
    *out = 0;
    if (pairs == NULL)
        return pil_error_no_memory(err);
    find_pairs(words, in, pairs);
    count(in, tokens, text, pairs);
    for (size_t i = 0; i < n_clauses; i++) {
        if (pairs[i].n_times == 0)
            continue;
        double other = pairs[pairs[i].first - 1].idf;
        double idf = pairs[i].idf < other ? pairs[i].idf : other;
        *out += FACTOR * idf * pil_bm25_saturate(pairs[i].n_times / pil_bm25_norm(length));
    }
    free(pairs);
    return PIL_OK;
}
