#include "titles.h"

#include "bm25.h"
#include "searcher_internal.h"

#include <stdio.h>
#include <string.h>

pil_status pil_titles_read(pil_term_table *table, pil_analyser *analyser, const char *language,
                           const char *title, const char *heading, pil_text_terms *out,
                           pil_error *err)
{
    size_t length = strlen(title);
    if (strncmp(heading, title, length) == 0 &&
        (heading[length] == '\0' || strncmp(heading + length, " > ", 3) == 0))
        heading += length;
    size_t capacity = length + strlen(heading) + 2;
    char *both = pil_arena_alloc(&table->arena, capacity);
    if (both == NULL)
        return pil_error_no_memory(err);
    int n = snprintf(both, capacity, "%s\n%s", title, heading);
    return pil_text_terms_read(table, analyser, language, both, (size_t)n, out, err);
}

static void weigh(const pil_query_words *words, const pil_text_terms *text, double length,
                  pil_title_boost *boost)
{
    const pil_word_reading *reading = boost->reading;
    double in_text = pil_word_reading_count(reading, text) / pil_bm25_norm(length);
    boost->factor = pil_word_reading_factor(words, reading);
    boost->score =
        boost->factor * reading->idf * pil_bm25_gain(in_text, PIL_TITLE_TIMES * boost->n_times);
}

bool pil_title_is_text(const pil_text_terms *title, const pil_text_terms *text)
{
    return title->n == text->n &&
           (text->n == 0 || memcmp(title->items, text->items, text->n * sizeof *text->items) == 0);
}

/* Of a word the first reading counts that the title has, so that as typed. */
void pil_title_boosts(const pil_query_words *words, const pil_words_of_language *in,
                      const pil_text_terms *title, const pil_text_terms *text, double length,
                      pil_title_boost *boosts)
{
    memset(boosts, 0, words->run->query->n_clauses * sizeof *boosts);
    if (pil_title_is_text(title, text))
        return;
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
