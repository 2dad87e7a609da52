#include "titles.h"

#include "bm25.h"
#include "searcher_internal.h"

#include <string.h>

/* What a word in the title is in the paragraph. */
#define TIMES 1.5

static void weigh(const pil_query_words *words, const pil_text_terms *text, double length,
                  pil_title_boost *boost)
{
    const pil_word_reading *reading = boost->reading;
    double in_text = pil_word_reading_count(reading, text) / pil_bm25_norm(length);
    boost->factor =
        reading->weight * words->run->weights[reading->clause] * words->n_times[reading->clause];
    boost->score =
        boost->factor * reading->idf *
        (pil_bm25_saturate(in_text + TIMES * boost->n_times) - pil_bm25_saturate(in_text));
}

/* Of a word the first reading counts that the title has, so that as typed. */
void pil_title_boosts(const pil_query_words *words, const pil_words_of_language *in,
                      const pil_text_terms *title, const pil_text_terms *text, double length,
                      pil_title_boost *boosts)
{
    memset(boosts, 0, words->run->query->n_clauses * sizeof *boosts);
    for (size_t i = 0; i < in->n; i++) {
        pil_title_boost *boost = &boosts[in->readings[i].clause];
        if (!in->readings[i].is_counted || boost->reading != NULL)
            continue;
        uint32_t n = pil_word_reading_count(&in->readings[i], title);
        if (n == 0)
            continue;
        boost->reading = &in->readings[i];
        boost->n_times = n;
        weigh(words, text, length, boost);
    }
}
