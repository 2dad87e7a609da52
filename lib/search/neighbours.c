#include "neighbours.h"

#include "bm25.h"

#include <stdbool.h>
#include <stdlib.h>

/* By what pil_bm25_saturate gives, which stays below 2.2. */
#define TIMES (0.2 / 2.2)

/* Of each clause, 0 between two texts. */
typedef struct sums {
    double *own;    /* times that the text and the title have it */
    double *around; /* times that the neighbours do */
} sums;

static int compare_places(const void *left, const void *right)
{
    const pil_placed_text *a = *(const pil_placed_text *const *)left;
    const pil_placed_text *b = *(const pil_placed_text *const *)right;
    if (a->shard != b->shard)
        return a->shard < b->shard ? -1 : 1;
    return a->docid < b->docid ? -1 : a->docid > b->docid;
}

static bool are_near(const pil_placed_text *before, const pil_placed_text *after)
{
    return before->shard == after->shard && before->article == after->article &&
           after->docid - before->docid <= 1;
}

static void add(const pil_placed_text *text, double *times)
{
    for (size_t i = 0; i < text->n_uses; i++)
        times[text->uses[i].clause] += text->uses[i].times;
}

/* What the neighbour's words are worth that were not counted yet. */
static double take(const pil_placed_text *neighbour, sums *of)
{
    double sum = 0;
    for (size_t i = 0; i < neighbour->n_uses; i++) {
        const pil_word_use *use = &neighbour->uses[i];
        double own = of->own[use->clause], *around = &of->around[use->clause];
        sum += use->value * pil_bm25_gain(own, TIMES * pil_bm25_saturate(*around));
        *around = 0;
    }
    return sum;
}

static double gain(const pil_placed_text *text, const pil_placed_text *const *around, size_t n,
                   sums *of)
{
    double sum = 0;
    for (size_t i = 0; i < text->n_uses; i++)
        of->own[text->uses[i].clause] = text->uses[i].times + text->uses[i].title;
    for (size_t i = 0; i < n; i++)
        if (around[i] != text)
            add(around[i], of->around);
    for (size_t i = 0; i < n; i++)
        if (around[i] != text)
            sum += take(around[i], of);
    for (size_t i = 0; i < text->n_uses; i++)
        of->own[text->uses[i].clause] = 0;
    return sum;
}

static void find_gains(const pil_placed_text *texts, const pil_placed_text **placed, size_t n,
                       sums *of, double *gains)
{
    for (size_t begin = 0, end = 0, i = 0; i < n; i++) {
        while (!are_near(placed[begin], placed[i]))
            begin++;
        while (end < n && (end < i || are_near(placed[i], placed[end])))
            end++;
        gains[placed[i] - texts] = gain(placed[i], placed + begin, end - begin, of);
    }
}

pil_status pil_neighbours_gains(const pil_placed_text *texts, size_t n_texts, size_t n_clauses,
                                double *gains, pil_error *err)
{
    pil_status status = PIL_OK;
    const pil_placed_text **placed = malloc((n_texts + 1) * sizeof *placed);
    sums of = {.own = calloc(n_clauses + 1, sizeof *of.own),
               .around = calloc(n_clauses + 1, sizeof *of.around)};
    if (placed == NULL || of.own == NULL || of.around == NULL) {
        status = pil_error_no_memory(err);
    } else {
        for (size_t i = 0; i < n_texts; i++)
            placed[i] = &texts[i];
        qsort(placed, n_texts, sizeof *placed, compare_places);
        find_gains(texts, placed, n_texts, &of, gains);
    }
    free(of.around);
    free(of.own);
    free(placed);
    return status;
}
