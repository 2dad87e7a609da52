/* docs/ranking.md has the formula, and what each part is worth. */
#include "reranking.h"

#include "head.h"
#include "searcher_internal.h"

#include <stdlib.h>
#include <string.h>

enum { DEPTH = 200 };

/* Of fewer it does not show which are alike. */
enum { MIN_TEXTS_COMPARED = PIL_SIMILARITY_NEIGHBOURS + 1 };

/* How much of the score of a paragraph that has none of the words comes from those like it. */
#define SIMILARITY_FACTOR 0.8

/* ---- paragraphs beside each other ---- */

static pil_status add_neighbours(pil_head *self, pil_error *err)
{
    if (!pil_head_wants(self, PIL_RANKING_NEIGHBOURS))
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
    if (!pil_head_wants(self, PIL_RANKING_SIMILARITY) || self->n < MIN_TEXTS_COMPARED ||
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

static void give_scores(const pil_head *self)
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
    pil_head head;
    size_t n = count_looked_at(list, depth);
    pil_status status = pil_head_read(&head, run, list, n, err);
    if (status == PIL_OK)
        status = add_neighbours(&head, err);
    if (status == PIL_OK)
        status = look_at_similar(&head, err);
    if (status == PIL_OK) {
        give_scores(&head);
        qsort(list->items, n, sizeof *list->items, compare_scores);
        keep_above(list, n, n < list->n ? list->items[n].score : 0);
    }
    pil_head_dispose(&head);
    return status;
}
