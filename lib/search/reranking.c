/* docs/ranking.md has the formula, and what each part is worth. */
#include "reranking.h"

#include "bm25.h"
#include "families.h"
#include "neighbours.h"
#include "proximity.h"
#include "searcher_internal.h"
#include "similarity.h"
#include "titles.h"

#include <stdlib.h>
#include <string.h>

enum { DEPTH = 200 };

/* Of fewer it does not show which are alike. */
enum { MIN_TEXTS_COMPARED = PIL_SIMILARITY_NEIGHBOURS + 1 };

/* How much of the score of a paragraph that has none of the words comes from those like it. */
#define SIMILARITY_FACTOR 0.8

/* How much of a word a paragraph has that has only others of its family. */
#define FAMILY_COVERAGE 0.5

/* A paragraph that is looked at. */
typedef struct head_item {
    pil_found *found;
    pil_reranked *added;
    double score;
    double coverage; /* how much of the query it or its title has, from 0 to 1; what is not read
                        has all */
} head_item;

typedef struct head {
    pil_searcher *run;
    pil_term_table table;
    pil_query_words words;
    head_item *items;        /* [0..n), as the list has them */
    pil_weighed_text *texts; /* [0..n) */
    pil_placed_text *places; /* [0..n) */
    size_t n;
    pil_families families;
    pil_title_boost *boosts; /* of each clause, as the next: scratch */
    uint32_t *n_akin;        /* words of its family in the text */
    pil_buffer strings;
} head;

static bool wants(const head *self, pil_ranking_part part)
{
    return (self->run->options->ranking_without & part) == 0;
}

/* ---- a paragraph ---- */

/* The share of the query's words that the text or the title has, by what they count. Words that no
 * text has are not asked for. */
static double find_coverage(const head *self, const pil_words_of_language *in,
                            const pil_text_terms *text, const pil_text_terms *title)
{
    double all = 0, had = 0;
    for (size_t i = 0; i < in->n;) {
        uint32_t clause = in->readings[i].clause;
        bool is_had = false;
        double idf = 0;
        for (; i < in->n && in->readings[i].clause == clause; i++) {
            const pil_word_reading *reading = &in->readings[i];
            is_had |=
                pil_word_reading_is_in(reading, text) || pil_word_reading_is_in(reading, title);
            if (reading->is_known && idf == 0)
                idf = reading->idf;
        }
        double weight = idf * self->run->weights[clause] * self->words.n_times[clause];
        all += weight;
        had += (is_had ? 1 : self->n_akin[clause] > 0 ? FAMILY_COVERAGE : 0) * weight;
    }
    return all > 0 ? had / all : 1;
}

/* The terms of the text and the title with what BM25F counts them, without stop words. */
static pil_status weigh_terms(head *self, size_t at, const pil_text_terms *text,
                              const pil_text_terms *title, double length, pil_error *err)
{
    pil_weighed_term *terms =
        pil_arena_alloc(&self->table.arena, (text->n + title->n + 1) * sizeof *terms);
    if (terms == NULL)
        return pil_error_no_memory(err);
    size_t n = 0;
    for (size_t i = 0, j = 0; i < text->n || j < title->n;) {
        bool is_text =
            i < text->n && (j == title->n || text->items[i].number <= title->items[j].number);
        bool is_title =
            j < title->n && (i == text->n || title->items[j].number <= text->items[i].number);
        uint32_t number = is_text ? text->items[i].number : title->items[j].number;
        double times = is_text ? text->items[i].n_times / pil_bm25_norm(length) : 0;
        times += is_title ? title->items[j].n_times : 0;
        i += is_text;
        j += is_title;
        if (times > 0 && !self->table.is_stop[number])
            terms[n++] = (pil_weighed_term){number, pil_bm25_saturate(times)};
    }
    self->texts[at] = (pil_weighed_text){terms, n};
    return PIL_OK;
}

/* The words of the query that the text has, for those around it. */
static pil_status note_uses(head *self, const pil_words_of_language *in, const pil_text_terms *text,
                            double length, pil_placed_text *place, pil_error *err)
{
    pil_word_use *uses = pil_arena_alloc(&self->table.arena, (in->n + 1) * sizeof *uses);
    if (uses == NULL)
        return pil_error_no_memory(err);
    place->uses = uses;
    const pil_word_reading *reading;
    uint32_t n_times;
    for (size_t i = 0; (reading = pil_words_next(in, text, &i, &n_times)) != NULL;) {
        uint32_t clause = reading->clause;
        double times = n_times / pil_bm25_norm(length);
        double title = PIL_TITLE_TIMES * self->boosts[clause].n_times;
        if (times + title > 0)
            uses[place->n_uses++] = (pil_word_use){
                .clause = clause,
                .value = pil_word_reading_factor(&self->words, reading) * reading->idf,
                .times = times,
                .title = title};
    }
    return PIL_OK;
}

static void add_title(head *self, const pil_words_of_language *in, const pil_text_terms *title,
                      const pil_text_terms *text, double length, head_item *item)
{
    if (!wants(self, PIL_RANKING_TITLES))
        return;
    pil_title_boosts(&self->words, in, title, text, length, self->boosts);
    for (size_t i = 0; i < self->run->query->n_clauses; i++)
        item->score += self->boosts[i].score;
}

/* Of a single word, which every paragraph has, only the title can tell more. */
static bool are_several(const pil_words_of_language *in)
{
    return in->n > 0 && in->readings[0].clause != in->readings[in->n - 1].clause;
}

static bool is_text_asked(const head *self, const pil_words_of_language *in,
                          const pil_text_terms *title)
{
    uint32_t without = self->run->options->ranking_without;
    if (are_several(in) && (without | PIL_RANKING_TITLES) != PIL_RANKING_ALL_PARTS)
        return true;
    for (size_t i = 0; i < in->n; i++)
        if (pil_word_reading_is_in(&in->readings[i], title))
            return wants(self, PIL_RANKING_TITLES);
    return false;
}

static pil_status score_text(head *self, size_t at, const pil_record *record,
                             const pil_words_of_language *in, const pil_text_terms *title,
                             pil_error *err)
{
    const pil_token *tokens;
    size_t n_tokens;
    pil_text_terms text;
    head_item *item = &self->items[at];
    pil_status status = pil_analyser_run(self->run->analyser, record->language, record->text,
                                         record->text_bytes, &tokens, &n_tokens, err);
    if (status == PIL_OK)
        status = pil_text_terms_of(&self->table, self->run->analyser, record->language, tokens,
                                   n_tokens, &text, err);
    if (status != PIL_OK)
        return status;
    double average = self->words.stats.average_length;
    double length = average > 0 ? text.n_words / average : 0;
    add_title(self, in, title, &text, length, item);
    if (!are_several(in))
        return PIL_OK;
    if (wants(self, PIL_RANKING_FAMILIES))
        status = pil_families_count(&self->families, &self->words, in, &text, self->n_akin, err);
    if (status == PIL_OK && wants(self, PIL_RANKING_PROXIMITY))
        status = pil_proximity_score(&self->words, in, tokens, &text, length,
                                     &item->added->proximity, err);
    if (status != PIL_OK)
        return status;
    item->added->families =
        pil_families_score(&self->words, in, &text, length, self->boosts, self->n_akin);
    item->score += item->added->families + item->added->proximity;
    item->coverage = find_coverage(self, in, &text, title);
    if (wants(self, PIL_RANKING_NEIGHBOURS))
        status = note_uses(self, in, &text, length, &self->places[at], err);
    if (status == PIL_OK && wants(self, PIL_RANKING_SIMILARITY))
        status = weigh_terms(self, at, &text, title, length, err);
    return status;
}

static pil_status read_item(head *self, size_t at, pil_error *err)
{
    pil_searcher *run = self->run;
    head_item *item = &self->items[at];
    pil_segment *segment = &run->snapshot->segments[item->found->shard];
    pil_record record = {0};
    pil_article_meta meta;
    pil_text_terms title;
    const pil_words_of_language *in;
    pil_status status =
        pil_segment_record(segment, item->found->docid, &run->fetch.record_strings, &record, err);
    uint32_t article = item->found->docid - record.number + 1;
    if (status == PIL_OK)
        status = pil_segment_article(segment, article, &self->strings, &meta, err);
    if (status == PIL_OK)
        status = pil_titles_read(&self->table, run->analyser, record.language, meta.title,
                                 record.heading, &title, err);
    if (status == PIL_OK)
        status = pil_query_words_in(&self->words, record.language, &in, err);
    self->places[at] = (pil_placed_text){
        .shard = item->found->shard, .article = article, .docid = item->found->docid};
    if (status != PIL_OK || !is_text_asked(self, in, &title))
        return status;
    return score_text(self, at, &record, in, &title, err);
}

/* ---- paragraphs beside each other ---- */

static pil_status add_neighbours(head *self, pil_error *err)
{
    if (!wants(self, PIL_RANKING_NEIGHBOURS))
        return PIL_OK;
    double *gains = malloc((self->n + 1) * sizeof *gains);
    if (gains == NULL)
        return pil_error_no_memory(err);
    pil_status status =
        pil_neighbours_gains(self->places, self->n, self->run->query->n_clauses, gains, err);
    for (size_t i = 0; i < self->n && status == PIL_OK; i++) {
        self->items[i].added->neighbours = gains[i];
        self->items[i].score += gains[i];
    }
    free(gains);
    return status;
}

/* A paragraph that has all words keeps its score. */
static pil_status add_similarity(head *self, double *scores, double *means, pil_error *err)
{
    for (size_t i = 0; i < self->n; i++)
        scores[i] = self->items[i].score;
    pil_status status =
        pil_similarity_means(self->texts, self->n, self->table.terms.n_entries, scores, means, err);
    for (size_t i = 0; i < self->n && status == PIL_OK; i++) {
        head_item *item = &self->items[i];
        item->added->similarity = SIMILARITY_FACTOR * (1 - item->coverage) * (means[i] - scores[i]);
        item->score += item->added->similarity;
    }
    return status;
}

static bool have_all_words(const head *self)
{
    for (size_t i = 0; i < self->n; i++)
        if (self->items[i].coverage < 1)
            return false;
    return true;
}

static pil_status look_at_similar(head *self, pil_error *err)
{
    if (!wants(self, PIL_RANKING_SIMILARITY) || self->n < MIN_TEXTS_COMPARED ||
        have_all_words(self))
        return PIL_OK;
    double *scores = malloc((2 * self->n + 1) * sizeof *scores);
    if (scores == NULL)
        return pil_error_no_memory(err);
    pil_status status =
        pil_similarity_weigh(self->texts, self->n, self->table.terms.n_entries, err);
    if (status == PIL_OK)
        status = add_similarity(self, scores, scores + self->n, err);
    free(scores);
    return status;
}

/* ---- the ranking ---- */

pil_status pil_reranking_depth(pil_searcher *run, uint32_t *out, pil_error *err)
{
    bool has_words = false;
    pil_status status = PIL_OK;
    if (run->options->ranking_without != PIL_RANKING_ALL_PARTS)
        status = pil_query_words_exist(run, &has_words, err);
    *out = has_words ? DEPTH : 0;
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

static pil_status init(head *self, pil_searcher *run, pil_found_list *list, size_t n,
                       pil_error *err)
{
    *self = (head){.run = run, .n = n};
    pil_buffer_init(&self->strings, 2 * PIL_RECORD_MAX_BYTES);
    self->items = calloc(n + 1, sizeof *self->items);
    self->texts = calloc(n + 1, sizeof *self->texts);
    self->places = calloc(n + 1, sizeof *self->places);
    self->boosts = calloc(run->query->n_clauses + 1, sizeof *self->boosts);
    self->n_akin = calloc(run->query->n_clauses + 1, sizeof *self->n_akin);
    pil_reranked *added = pil_arena_alloc(&run->hits->arena, (n + 1) * sizeof *added);
    if (self->items == NULL || self->texts == NULL || self->places == NULL ||
        self->boosts == NULL || self->n_akin == NULL || added == NULL)
        return pil_error_no_memory(err);
    memset(added, 0, (n + 1) * sizeof *added);
    for (size_t i = 0; i < n; i++)
        self->items[i] = (head_item){.found = &list->items[i],
                                     .added = &added[i],
                                     .score = list->items[i].score,
                                     .coverage = 1};
    return pil_query_words_init(&self->words, run, &self->table, err);
}

static void dispose(head *self)
{
    pil_query_words_dispose(&self->words);
    pil_term_table_dispose(&self->table);
    pil_buffer_dispose(&self->strings);
    pil_families_dispose(&self->families);
    free(self->n_akin);
    free(self->boosts);
    free(self->places);
    free(self->texts);
    free(self->items);
}

static void give_scores(const head *self)
{
    for (size_t i = 0; i < self->n; i++) {
        self->items[i].found->score = self->items[i].score;
        self->items[i].found->added = self->items[i].added;
    }
}

/* floor: the score of the best that was not looked at, behind which none falls. */
static void keep_above(pil_found_list *list, size_t n, double floor)
{
    for (size_t i = 0; i < n; i++) {
        pil_found *found = &list->items[i];
        if (found->score >= floor)
            continue;
        found->added->similarity += floor - found->score;
        found->score = floor;
    }
}

pil_status pil_reranking_apply(pil_searcher *run, uint32_t depth, pil_found_list *list,
                               pil_error *err)
{
    head self;
    size_t n = count_looked_at(list, depth);
    pil_status status = init(&self, run, list, n, err);
    for (size_t i = 0; i < n && status == PIL_OK; i++)
        status = read_item(&self, i, err);
    if (status == PIL_OK)
        status = add_neighbours(&self, err);
    if (status == PIL_OK)
        status = look_at_similar(&self, err);
    if (status == PIL_OK) {
        give_scores(&self);
        qsort(list->items, n, sizeof *list->items, compare_scores);
        keep_above(list, n, n < list->n ? list->items[n].score : 0);
    }
    dispose(&self);
    return status;
}
