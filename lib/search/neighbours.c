#include "neighbours.h"

#include "bm25.h"

#include <stdbool.h>
#include <stdlib.h>

/* By what pil_bm25_saturate gives, which stays below 2.2. */
#define TIMES (0.2 / 2.2)

static int compare_places(const void *left, const void *right)
{
    const pil_placed_text *a = *(const pil_placed_text *const *)left;
    const pil_placed_text *b = *(const pil_placed_text *const *)right;
    if (a->shard != b->shard)
        return a->shard < b->shard ? -1 : 1;
    return a->docid < b->docid ? -1 : a->docid > b->docid;
}

static bool is_right_before(const pil_placed_text *before, const pil_placed_text *text)
{
    return before->shard == text->shard && before->article == text->article &&
           before->docid + 1 == text->docid;
}

/* times: of each clause, 0 between two texts. */
static double gain(const pil_placed_text *before, const pil_placed_text *text, double *times)
{
    double sum = 0;
    for (size_t i = 0; i < text->n_uses; i++)
        times[text->uses[i].clause] = text->uses[i].times;
    for (size_t i = 0; i < before->n_uses; i++) {
        const pil_word_use *use = &before->uses[i];
        sum +=
            use->value * pil_bm25_gain(times[use->clause], TIMES * pil_bm25_saturate(use->times));
    }
    for (size_t i = 0; i < text->n_uses; i++)
        times[text->uses[i].clause] = 0;
    return sum;
}

pil_status pil_neighbours_gains(const pil_placed_text *texts, size_t n_texts, size_t n_clauses,
                                double *gains, pil_error *err)
{
    const pil_placed_text **placed = malloc((n_texts + 1) * sizeof *placed);
    double *times = calloc(n_clauses + 1, sizeof *times);
    bool has_room = placed != NULL && times != NULL;
    for (size_t i = 0; i < n_texts && has_room; i++)
        placed[i] = &texts[i];
    if (has_room)
        qsort(placed, n_texts, sizeof *placed, compare_places);
    for (size_t i = 0; i < n_texts && has_room; i++)
        gains[placed[i] - texts] = i > 0 && is_right_before(placed[i - 1], placed[i])
                                       ? gain(placed[i - 1], placed[i], times)
                                       : 0;
    free(times);
    free(placed);
    return has_room ? PIL_OK : pil_error_no_memory(err);
}
