#include "proximity.h"

#include "bm25.h"
#include "searcher_internal.h"

#include <stdlib.h>

#define PAIR_FACTOR 0.1
#define WINDOW_FACTOR 0.25

enum { WINDOW_WORDS = 12 };

/* Words of the query farther apart are no pair. */
enum { MAX_DISTANCE = 3 };

/* A word of the query. */
typedef struct asked_word {
    bool is_known;
    double idf, value;        /* value: by rarity and weight */
    uint32_t first, distance; /* the clause before it in a pair, plus 1, or 0; how far away it is */
    uint32_t last_position;   /* in the text, plus 1; 0: not yet */
    uint32_t n_times;         /* that the text has the pair */
    uint32_t n_in_window;
} asked_word;

/* Where the text has one. */
typedef struct occurrence {
    uint32_t position, clause;
} occurrence;

static void find_words(const pil_query_words *words, const pil_words_of_language *in,
                       asked_word *asked)
{
    for (size_t i = 0; i < in->n; i++) {
        const pil_word_reading *reading = &in->readings[i];
        asked_word *word = &asked[reading->clause];
        if (word->is_known || !reading->is_counted || !reading->is_known)
            continue;
        word->is_known = true;
        word->idf = reading->idf;
        word->value = reading->idf * pil_query_word_weight(words, reading->clause);
    }
}

static size_t find_occurrences(const pil_words_of_language *in, const pil_token *tokens,
                               const pil_text_terms *text, occurrence *out)
{
    size_t n = 0;
    for (size_t i = 0; i < text->n_tokens; i++) {
        uint32_t number = text->numbers[i];
        if (number < in->n_clauses && in->clauses[number] > 0)
            out[n++] = (occurrence){tokens[i].position, in->clauses[number] - 1};
    }
    return n;
}

/* ---- pairs ---- */

static void find_pairs(const pil_query_words *words, asked_word *asked)
{
    uint32_t last = 0;
    for (uint32_t i = 0; i < words->run->query->n_clauses; i++) {
        if (!asked[i].is_known || words->run->weights[i] < 1)
            continue;
        if (last > 0 && i + 1 - last <= MAX_DISTANCE) {
            asked[i].first = last;
            asked[i].distance = i + 1 - last;
        }
        last = i + 1;
    }
}

static double score_pairs(const pil_query_words *words, const occurrence *occurrences, size_t n,
                          double length, asked_word *asked)
{
    double sum = 0;
    find_pairs(words, asked);
    for (size_t i = 0; i < n; i++) {
        asked_word *word = &asked[occurrences[i].clause];
        uint32_t at = occurrences[i].position + 1;
        uint32_t before = word->first > 0 ? asked[word->first - 1].last_position : 0;
        if (before > 0 && at > before && at - before <= word->distance + 1)
            word->n_times++;
        word->last_position = at;
    }
    for (size_t i = 0; i < words->run->query->n_clauses; i++) {
        if (asked[i].n_times == 0)
            continue;
        double other = asked[asked[i].first - 1].idf;
        double idf = asked[i].idf < other ? asked[i].idf : other;
        sum += idf * pil_bm25_saturate(asked[i].n_times / pil_bm25_norm(length));
    }
    return sum;
}

/* ---- windows ---- */

static double score_window(const occurrence *occurrences, size_t n, asked_word *asked)
{
    double value = 0, best = 0;
    for (size_t begin = 0, i = 0; i < n; i++) {
        asked_word *word = &asked[occurrences[i].clause];
        value += word->n_in_window++ == 0 ? word->value : 0;
        for (; occurrences[i].position - occurrences[begin].position >= WINDOW_WORDS; begin++) {
            word = &asked[occurrences[begin].clause];
            value -= --word->n_in_window == 0 ? word->value : 0;
        }
        best = value > best ? value : best;
    }
    return best;
}

pil_status pil_proximity_score(const pil_query_words *words, const pil_words_of_language *in,
                               const pil_token *tokens, const pil_text_terms *text, double length,
                               double *out, pil_error *err)
{
    asked_word *asked = calloc(words->run->query->n_clauses + 1, sizeof *asked);
    occurrence *occurrences = malloc((text->n_tokens + 1) * sizeof *occurrences);
    pil_status status = PIL_OK;
    if (asked == NULL || occurrences == NULL) {
        status = pil_error_no_memory(err);
    } else {
        find_words(words, in, asked);
        size_t n = find_occurrences(in, tokens, text, occurrences);
        *out = PAIR_FACTOR * score_pairs(words, occurrences, n, length, asked) +
               WINDOW_FACTOR * score_window(occurrences, n, asked);
    }
    free(occurrences);
    free(asked);
    return status;
}
