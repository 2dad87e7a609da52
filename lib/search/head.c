#include "head.h"

#include "bm25.h"
#include "proximity.h"
#include "recency.h"
#include "searcher_internal.h"

#include <stdlib.h>
#include <string.h>

/* How much of a word a paragraph has that has only others of its family. */
#define FAMILY_COVERAGE 0.5

bool pil_head_wants(const pil_searcher *run, pil_ranking_part part)
{
    if (part == PIL_RANKING_COPIES && run->options->collapse_copies)
        return false;
    return (run->options->ranking_without & part) == 0;
}

/* ---- a paragraph ---- */

/* The share of the query's words that the text or the title has, by what they count. Words that no
 * text has are not asked for. */
static double find_coverage(const pil_head *self, const pil_words_of_language *in,
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
        double weight = idf * pil_query_word_weight(&self->words, clause);
        all += weight;
        had += (is_had ? 1 : self->n_akin[clause] > 0 ? FAMILY_COVERAGE : 0) * weight;
    }
    return all > 0 ? had / all : 1;
}

/* The terms of the text and the title with what BM25F counts them, without stop words. */
static pil_status weigh_terms(pil_head *self, size_t at, const pil_text_terms *text,
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

/* The words of the query that the text has, for the one behind it. */
static pil_status note_uses(pil_head *self, const pil_words_of_language *in,
                            const pil_text_terms *text, double length, pil_placed_text *place,
                            pil_error *err)
{
    pil_word_use *uses = pil_arena_alloc(&self->table.arena, (in->n + 1) * sizeof *uses);
    if (uses == NULL)
        return pil_error_no_memory(err);
    place->uses = uses;
    const pil_word_reading *reading;
    uint32_t n_times;
    for (size_t i = 0; (reading = pil_words_next(in, text, &i, &n_times)) != NULL;) {
        if (n_times > 0)
            uses[place->n_uses++] = (pil_word_use){
                .clause = reading->clause,
                .value = pil_word_reading_factor(&self->words, reading) * reading->idf,
                .times = n_times / pil_bm25_norm(length)};
    }
    return PIL_OK;
}

static void add_title(pil_head *self, const pil_words_of_language *in, const pil_text_terms *title,
                      const pil_text_terms *text, double length, pil_head_item *item)
{
    if (!pil_head_wants(self->run, PIL_RANKING_TITLES))
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

static bool is_text_asked(const pil_head *self, const pil_words_of_language *in,
                          const pil_text_terms *title)
{
    uint32_t others = PIL_RANKING_ALL_PARTS & ~(PIL_RANKING_TITLES | PIL_RANKING_COPIES);
    if (pil_head_wants(self->run, PIL_RANKING_COPIES) ||
        (are_several(in) && (self->run->options->ranking_without & others) != others))
        return true;
    for (size_t i = 0; i < in->n; i++)
        if (pil_word_reading_is_in(&in->readings[i], title))
            return pil_head_wants(self->run, PIL_RANKING_TITLES);
    return false;
}

static pil_status score_text(pil_head *self, size_t at, const pil_record *record,
                             const pil_words_of_language *in, const pil_text_terms *title,
                             pil_error *err)
{
    const pil_token *tokens;
    size_t n_tokens;
    pil_text_terms text;
    pil_head_item *item = &self->items[at];
    pil_status status = pil_analyser_run(self->run->analyser, record->language, record->text,
                                         record->text_bytes, &tokens, &n_tokens, err);
    if (status == PIL_OK)
        status = pil_text_terms_of(&self->table, self->run->analyser, record->language, tokens,
                                   n_tokens, &text, err);
    if (status != PIL_OK)
        return status;
    if (pil_head_wants(self->run, PIL_RANKING_COPIES))
        status = pil_copies_runs(&self->table.arena, tokens, n_tokens, &item->runs, err);
    if (item->runs.is_short && pil_title_is_text(title, &text))
        item->runs.n = 0;
    if (status != PIL_OK)
        return status;
    double average = self->words.stats.average_length;
    double length = average > 0 ? text.n_words / average : 0;
    add_title(self, in, title, &text, length, item);
    if (!are_several(in))
        return PIL_OK;
    if (pil_head_wants(self->run, PIL_RANKING_FAMILIES))
        status = pil_families_count(&self->families, &self->words, in, &text, self->n_akin, err);
    if (status == PIL_OK && pil_head_wants(self->run, PIL_RANKING_PROXIMITY))
        status = pil_proximity_score(&self->words, in, tokens, &text, length,
                                     &item->added->proximity, err);
    if (status != PIL_OK)
        return status;
    item->added->families =
        pil_families_score(&self->words, in, &text, length, self->boosts, self->n_akin);
    item->score += item->added->families + item->added->proximity;
    item->coverage = find_coverage(self, in, &text, title);
    if (pil_head_wants(self->run, PIL_RANKING_NEIGHBOURS))
        status = note_uses(self, in, &text, length, &self->places[at], err);
    if (status == PIL_OK && pil_head_wants(self->run, PIL_RANKING_SIMILARITY))
        status = weigh_terms(self, at, &text, title, length, err);
    return status;
}

/* Where the paragraph is, which gives the order of what is equal. */
static pil_status keep_place(pil_head *self, const pil_article_meta *meta, uint32_t number,
                             pil_head_item *item, pil_error *err)
{
    size_t length = strlen(meta->path) + (meta->member_bytes > 0 ? 1 + meta->member_bytes : 0);
    item->file = pil_arena_copy(&self->table.arena, meta->id, length);
    item->line = meta->line;
    item->number = number;
    return item->file == NULL ? pil_error_no_memory(err) : PIL_OK;
}

static pil_status read_item(pil_head *self, size_t at, pil_error *err)
{
    pil_searcher *run = self->run;
    pil_head_item *item = &self->items[at];
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
        status = keep_place(self, &meta, record.number, item, err);
    if (status == PIL_OK && run->options->recency_half_age > 0)
        item->recency =
            pil_recency_share(meta.date, run->options->today, run->options->recency_half_age);
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

/* ---- all of them ---- */

static pil_status init(pil_head *self, pil_searcher *run, pil_found_list *list, size_t n,
                       pil_error *err)
{
    *self = (pil_head){.run = run, .n = n};
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
        self->items[i] = (pil_head_item){.found = &list->items[i],
                                         .added = &added[i],
                                         .score = list->items[i].score,
                                         .coverage = 1};
    return pil_query_words_init(&self->words, run, &self->table, err);
}

void pil_head_dispose(pil_head *head)
{
    pil_query_words_dispose(&head->words);
    pil_term_table_dispose(&head->table);
    pil_buffer_dispose(&head->strings);
    pil_families_dispose(&head->families);
    free(head->n_akin);
    free(head->boosts);
    free(head->places);
    free(head->texts);
    free(head->items);
}

pil_status pil_head_read(pil_head *out, pil_searcher *run, pil_found_list *list, size_t n,
                         pil_error *err)
{
    pil_status status = init(out, run, list, n, err);
    for (size_t i = 0; i < n && status == PIL_OK; i++)
        status = read_item(out, i, err);
    return status;
}
