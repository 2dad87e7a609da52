#include "titles.h"

#include "bm25.h"
#include "rarity.h"
#include "searcher_internal.h"
#include "term_counts.h"

#include <stdlib.h>
#include <string.h>

/* Less where the text of each is asked whether it matches. */
enum { DEPTH = 200, DEPTH_TEXT = 50 };

/* How often the words of a reading of one position stand there. */
static uint32_t count_reading(const pil_term_counts *counts, const pil_reading *reading)
{
    uint32_t n = 0;
    for (size_t i = 0; i < reading->n_tokens; i++)
        n += pil_term_counts_find(counts, &reading->tokens[i]);
    return n;
}

/* The readings of a clause that is a word by itself and may count in a title; none for others. */
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

/* The first reading of the clause that the title has, so that of the word as typed; NULL for none.
 */
static pil_status find_in_title(pil_searcher *run, const char *language, size_t clause,
                                const pil_term_counts *title, const pil_reading **out,
                                pil_error *err)
{
    const pil_reading *readings;
    size_t n;
    pil_status status = read_word(run, language, clause, &readings, &n, err);
    *out = NULL;
    for (size_t i = 0; i < n && status == PIL_OK && *out == NULL; i++)
        if (readings[i].n_positions == 1 && !readings[i].is_exact &&
            count_reading(title, &readings[i]) > 0)
            *out = &readings[i];
    return status;
}

static pil_status weigh(pil_searcher *run, const pil_reading *reading, const pil_term_counts *title,
                        const pil_term_counts *text, pil_title_boost *boost, pil_error *err)
{
    xc_stats stats;
    xc_error failure;
    if (xc_database_stats(run->snapshot->combined, &stats, &failure) != XC_OK)
        return pil_status_from_xapian(&failure, err);
    pil_status status = pil_rarity(run->snapshot->combined, reading, &boost->idf, err);
    if (boost->idf == 0) /* no text has it */
        boost->idf = pil_bm25_idf(stats.n_docs, 0);
    if (stats.average_length > 0)
        boost->length = text->n_words / stats.average_length;
    boost->term = reading->tokens[0].term;
    boost->n_times = count_reading(title, reading);
    boost->factor = reading->weight;
    double in_text = count_reading(text, reading) / pil_bm25_norm(boost->length);
    boost->score = reading->weight * boost->idf *
                   (pil_bm25_saturate(in_text + boost->n_times) - pil_bm25_saturate(in_text));
    return status;
}

/* The text is analysed only when the title has a word of the query. */
static pil_status boost_clauses(pil_searcher *run, const pil_titled *paragraph,
                                const pil_term_counts *title, pil_title_boost *boosts,
                                pil_error *err)
{
    pil_term_counts text = {0};
    bool has_text = false;
    pil_status status = PIL_OK;
    for (size_t i = 0; i < run->query->n_clauses && status == PIL_OK; i++) {
        const pil_reading *reading;
        status = find_in_title(run, paragraph->language, i, title, &reading, err);
        if (status != PIL_OK || reading == NULL)
            continue;
        if (!has_text)
            status = pil_term_counts_of(run->analyser, paragraph->language, paragraph->text,
                                        paragraph->text_bytes, &text, err);
        has_text = true;
        if (status == PIL_OK)
            status = weigh(run, reading, title, &text, &boosts[i], err);
        boosts[i].factor *= run->weights[i];
        boosts[i].score *= run->weights[i];
    }
    pil_term_counts_dispose(&text);
    return status;
}

pil_status pil_title_boosts(pil_searcher *run, const pil_titled *paragraph, pil_title_boost *boosts,
                            pil_error *err)
{
    pil_term_counts title = {0};
    memset(boosts, 0, run->query->n_clauses * sizeof *boosts);
    if (*paragraph->title == '\0')
        return PIL_OK;
    pil_status status = pil_term_counts_of(run->analyser, paragraph->language, paragraph->title,
                                           strlen(paragraph->title), &title, err);
    if (status == PIL_OK)
        status = boost_clauses(run, paragraph, &title, boosts, err);
    pil_term_counts_dispose(&title);
    return status;
}

/* ---- a ranking ---- */

pil_status pil_titles_depth(pil_searcher *run, uint32_t *out, pil_error *err)
{
    pil_status status = PIL_OK;
    *out = 0;
    for (size_t i = 0; i < run->query->n_clauses && status == PIL_OK && *out == 0; i++) {
        const pil_reading *readings;
        size_t n = 0;
        for (size_t j = 0; j < run->n_languages && status == PIL_OK && n == 0; j++)
            status = read_word(run, run->languages[j], i, &readings, &n, err);
        if (n > 0)
            *out = run->plan.needs_text ? DEPTH_TEXT : DEPTH;
    }
    return status;
}

void pil_titles_count(const pil_node *group, uint32_t *n_times)
{
    for (const pil_node *part = group->parts; part != NULL; part = part->next) {
        if (part->is_group)
            pil_titles_count(part, n_times);
        else if (part->occur != PIL_OCCUR_MUST_NOT)
            n_times[part->clause] += part->n_times;
    }
}

/* What is equal stands as libxapian has it, in the order of the documents of all shards. */
static int compare_scores(const void *left, const void *right)
{
    const pil_found *a = left, *b = right;
    if (a->score != b->score)
        return a->score > b->score ? -1 : 1;
    if (a->docid != b->docid)
        return a->docid < b->docid ? -1 : 1;
    return a->shard < b->shard ? -1 : a->shard > b->shard;
}

static pil_status boost(pil_searcher *run, pil_found *found, const uint32_t *n_times,
                        pil_title_boost *boosts, pil_buffer *strings, pil_error *err)
{
    pil_segment *segment = &run->snapshot->segments[found->shard];
    pil_record record;
    pil_article_meta meta;
    pil_status status =
        pil_segment_record(segment, found->docid, &run->fetch.record_strings, &record, err);
    if (status == PIL_OK)
        status =
            pil_segment_article(segment, found->docid - record.number + 1, strings, &meta, err);
    if (status != PIL_OK)
        return status;
    const pil_titled paragraph = {meta.title, record.language, record.text, record.text_bytes};
    found->has_title_score = true;
    status = pil_title_boosts(run, &paragraph, boosts, err);
    for (size_t i = 0; i < run->query->n_clauses && status == PIL_OK; i++)
        found->score += n_times[i] * boosts[i].score;
    return status;
}

/* How many of the first depth items are looked at. Of those that score the same either all are or
 * none: their order is that of the documents, which merging changes. */
static size_t count_looked_at(const pil_found_list *list, uint32_t depth)
{
    if (list->n <= depth)
        return list->n;
    size_t n = depth;
    while (n > 0 && list->items[n - 1].score <= list->items[depth].score)
        n--;
    return n;
}

pil_status pil_titles_apply(pil_searcher *run, uint32_t depth, pil_found_list *list, pil_error *err)
{
    size_t n = count_looked_at(list, depth), n_clauses = run->query->n_clauses;
    uint32_t *n_times = calloc(n_clauses + 1, sizeof *n_times);
    pil_title_boost *boosts = calloc(n_clauses + 1, sizeof *boosts);
    pil_status status = n_times == NULL || boosts == NULL ? pil_error_no_memory(err) : PIL_OK;
    pil_buffer strings;
    pil_buffer_init(&strings, 2 * PIL_RECORD_MAX_BYTES);
    if (status == PIL_OK)
        pil_titles_count(run->query->root, n_times);
    for (size_t i = 0; i < n && status == PIL_OK; i++)
        status = boost(run, &list->items[i], n_times, boosts, &strings, err);
    if (status == PIL_OK && n > 0)
        qsort(list->items, n, sizeof *list->items, compare_scores);
    pil_buffer_dispose(&strings);
    free(boosts);
    free(n_times);
    return status;
}
