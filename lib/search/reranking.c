/* docs/ranking.md has the formula, and what each part is worth. */
#include "reranking.h"

#include "head.h"
#include "searcher_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DEPTH = 200 };

/* Where each text is asked whether it matches at all, and only copies are looked for. Rare ones
 * take long to find. */
enum { DEPTH_OF_COPIES = 50 };

/* Sums of the same numbers differ in the last bits by their order, which is that of the segments;
 * what differs by less is equal. */
#define UNIT 0x1p-30

/* Of fewer it does not show which are alike. */
enum { MIN_TEXTS_COMPARED = PIL_SIMILARITY_NEIGHBOURS + 1 };

/* How much of the score of a paragraph that has none of the words comes from those like it. */
#define SIMILARITY_FACTOR 0.8

/* How much of its score what is new gains at most. */
#define RECENCY_FACTOR 0.5

/* What is left of the score of a copy. */
#define COPY_FACTOR 0.5

/* ---- paragraphs beside each other ---- */

static pil_status add_neighbours(pil_head *self, pil_error *err)
{
    if (!pil_head_wants(self->run, PIL_RANKING_NEIGHBOURS))
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
static pil_status add_similarity(pil_head *self, double *scores, double *means, pil_error *err)
{
    for (size_t i = 0; i < self->n; i++)
        scores[i] = self->items[i].score;
    pil_status status =
        pil_similarity_means(self->texts, self->n, self->table.terms.n_entries, scores, means, err);
    for (size_t i = 0; i < self->n && status == PIL_OK; i++) {
        pil_head_item *item = &self->items[i];
        item->added->similarity = SIMILARITY_FACTOR * (1 - item->coverage) * (means[i] - scores[i]);
        item->score += item->added->similarity;
    }
    return status;
}

static bool have_all_words(const pil_head *self)
{
    for (size_t i = 0; i < self->n; i++)
        if (self->items[i].coverage < 1)
            return false;
    return true;
}

static pil_status look_at_similar(pil_head *self, pil_error *err)
{
    if (!pil_head_wants(self->run, PIL_RANKING_SIMILARITY) || self->n < MIN_TEXTS_COMPARED ||
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

/* floor: the score of the best that was not looked at, behind which none falls. */
static void keep_above(pil_head *self, double floor)
{
    for (size_t i = 0; i < self->n; i++) {
        pil_head_item *item = &self->items[i];
        if (item->score >= floor)
            continue;
        item->added->similarity += floor - item->score;
        item->score = floor;
    }
}

static void add_recency(pil_head *self)
{
    for (size_t i = 0; i < self->n; i++) {
        pil_head_item *item = &self->items[i];
        item->added->recency = RECENCY_FACTOR * item->recency * item->score;
        item->score += item->added->recency;
    }
}

/* ---- paragraphs behind each other ---- */

/* What is equal stands as in the files, so that it does not hang on how the index came about
 * which of two copies is the first. */
static int compare_items(const void *left, const void *right)
{
    const pil_head_item *a = left, *b = right;
    if (a->score != b->score)
        return a->score > b->score ? -1 : 1;
    int order = strcmp(a->file, b->file);
    if (order != 0)
        return order;
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    return a->number < b->number ? -1 : a->number > b->number;
}

/* None falls below floor by it. */
static void round_scores(pil_head *self, double floor)
{
    for (size_t i = 0; i < self->n; i++)
        self->items[i].score = fmax(nearbyint(self->items[i].score / UNIT) * UNIT, floor);
}

static void sort(pil_head *self)
{
    qsort(self->items, self->n, sizeof *self->items, compare_items);
}

/* The items are sorted. */
static pil_status find_copies(pil_head *self, pil_copies *copies, double floor, pil_error *err)
{
    for (size_t i = 0; i < self->n; i++) {
        pil_head_item *item = &self->items[i];
        uint32_t number = pil_copies_find(copies, &item->runs);
        if (number == PIL_COPIES_NONE) {
            pil_status status = pil_copies_add(copies, &item->runs, &number, err);
            if (status != PIL_OK)
                return status;
            continue;
        }
        double score = COPY_FACTOR * item->score;
        item->added->copies = (score > floor ? score : floor) - item->score;
        item->score += item->added->copies;
    }
    return PIL_OK;
}

static pil_status move_copies(pil_head *self, double floor, pil_error *err)
{
    if (!pil_head_wants(self->run, PIL_RANKING_COPIES))
        return PIL_OK;
    pil_copies *copies = pil_copies_new();
    pil_status status =
        copies == NULL ? pil_error_no_memory(err) : find_copies(self, copies, floor, err);
    pil_copies_free(copies);
    sort(self);
    return status;
}

/* ---- the ranking ---- */

pil_status pil_reranking_depth(pil_searcher *run, uint32_t *out, pil_error *err)
{
    uint32_t of_words = PIL_RANKING_ALL_PARTS & ~PIL_RANKING_COPIES;
    bool has_words = false;
    pil_status status = PIL_OK;
    if ((run->options->ranking_without & of_words) != of_words)
        status = pil_query_words_exist(run, &has_words, err);
    if (has_words || run->options->recency_half_age > 0)
        *out = DEPTH;
    else if (pil_head_wants(run, PIL_RANKING_COPIES))
        *out = run->plan.needs_text ? DEPTH_OF_COPIES : DEPTH;
    else
        *out = 0;
    return status;
}

/* How many of the first depth items are looked at. Of those that score the same either all are or
 * none: their order is that of the documents, which merging changes. */
static size_t count_looked_at(const pil_found_list *list, uint32_t depth)
{
    if (list->n <= depth)
        return list->n;
    size_t n = depth;
    while (n > 0 && list->items[n - 1].score <= list->items[depth].score + UNIT)
        n--;
    return n;
}

static pil_status give_order(const pil_head *self, pil_found_list *list, pil_error *err)
{
    pil_found *ordered = malloc((self->n + 1) * sizeof *ordered);
    if (ordered == NULL)
        return pil_error_no_memory(err);
    for (size_t i = 0; i < self->n; i++) {
        ordered[i] = *self->items[i].found;
        ordered[i].score = self->items[i].score;
        ordered[i].added = self->items[i].added;
    }
    if (self->n > 0)
        memcpy(list->items, ordered, self->n * sizeof *ordered);
    free(ordered);
    return PIL_OK;
}

pil_status pil_reranking_apply(pil_searcher *run, uint32_t depth, pil_found_list *list,
                               pil_error *err)
{
    pil_head head;
    size_t n = count_looked_at(list, depth);
    double floor = n < list->n ? list->items[n].score : 0;
    pil_status status = pil_head_read(&head, run, list, n, err);
    if (status == PIL_OK)
        status = add_neighbours(&head, err);
    if (status == PIL_OK)
        status = look_at_similar(&head, err);
    if (status == PIL_OK) {
        keep_above(&head, floor);
        add_recency(&head);
        round_scores(&head, floor);
        sort(&head);
        status = move_copies(&head, floor, err);
    }
    if (status == PIL_OK)
        status = give_order(&head, list, err);
    pil_head_dispose(&head);
    return status;
}
