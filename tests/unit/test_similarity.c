/* What like texts say of each other, against plain loops over dense vectors. */
#include "similarity.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { N_TEXTS = 40, N_NUMBERS = 30, MAX_TERMS = 12 };

typedef struct sample {
    pil_weighed_term lists[N_TEXTS][MAX_TERMS];
    pil_weighed_text texts[N_TEXTS];
    double dense[N_TEXTS][N_NUMBERS]; /* the same as the lists */
    double values[N_TEXTS];
} sample;

static uint32_t draw(uint32_t *state, uint32_t n)
{
    *state = *state * 1664525 + 1013904223;
    return (*state >> 10) % n;
}

/* Text 7 is a copy of text 3, and text 11 has no term. */
static void make(sample *self, uint32_t state)
{
    memset(self, 0, sizeof *self);
    for (int i = 0; i < N_TEXTS; i++) {
        size_t n = 0;
        for (uint32_t number = 0; number < N_NUMBERS && n < MAX_TERMS && i != 11; number++)
            if (draw(&state, 4) == 0)
                self->lists[i][n++] = (pil_weighed_term){number, 0.5 + draw(&state, 100) / 50.0};
        self->values[i] = 1 + draw(&state, 1000) / 100.0;
        self->texts[i] = (pil_weighed_text){self->lists[i], n};
    }
    memcpy(self->lists[7], self->lists[3], sizeof self->lists[3]);
    self->texts[7].n = self->texts[3].n;
}

static void fill_dense(sample *self)
{
    memset(self->dense, 0, sizeof self->dense);
    for (int i = 0; i < N_TEXTS; i++)
        for (size_t j = 0; j < self->texts[i].n; j++)
            self->dense[i][self->lists[i][j].number] = self->lists[i][j].weight;
}

static double product(const double *a, const double *b)
{
    double sum = 0;
    for (int i = 0; i < N_NUMBERS; i++)
        sum += a[i] * b[i];
    return sum;
}

static double cosine(const sample *self, int i, int j)
{
    double lengths = sqrt(product(self->dense[i], self->dense[i])) *
                     sqrt(product(self->dense[j], self->dense[j]));
    return lengths > 0 ? product(self->dense[i], self->dense[j]) / lengths : 0;
}

/* How many other texts, copies aside, are more like text i than text j is. */
static int count_nearer(const sample *self, int i, int j)
{
    int n = 0;
    for (int k = 0; k < N_TEXTS; k++) {
        double other = cosine(self, i, k);
        n += k != i && other < 0.95 && other > cosine(self, i, j);
    }
    return n;
}

static double naive_mean(const sample *self, int i)
{
    double sum = 0, weights = 0;
    for (int j = 0; j < N_TEXTS; j++) {
        double weight = cosine(self, i, j);
        if (j == i || weight >= 0.95 || count_nearer(self, i, j) >= PIL_SIMILARITY_NEIGHBOURS)
            continue;
        sum += weight * self->values[j];
        weights += weight;
    }
    return weights > 0 ? sum / weights : self->values[i];
}

Test(similarity, means_are_those_of_the_nearest_by_cosine)
{
    static sample made;
    double means[N_TEXTS];
    for (uint32_t seed = 1; seed <= 20; seed++) {
        make(&made, seed);
        fill_dense(&made);
        cr_assert_eq(pil_similarity_means(made.texts, N_TEXTS, N_NUMBERS, made.values, means, NULL),
                     PIL_OK);
        for (int i = 0; i < N_TEXTS; i++)
            cr_expect_float_eq(means[i], naive_mean(&made, i), 1e-9, "seed %u text %d: %g", seed, i,
                               means[i]);
        cr_expect_eq(means[11], made.values[11], "it is like no other");
    }
}

Test(similarity, terms_of_few_texts_weigh_more)
{
    static sample made, weighed;
    make(&made, 3);
    make(&weighed, 3);
    cr_assert_eq(pil_similarity_weigh(weighed.texts, N_TEXTS, N_NUMBERS, NULL), PIL_OK);
    fill_dense(&made);
    for (int i = 0; i < N_TEXTS; i++) {
        for (size_t j = 0; j < made.texts[i].n; j++) {
            double n = 0;
            for (int k = 0; k < N_TEXTS; k++)
                n += made.dense[k][made.lists[i][j].number] > 0;
            cr_expect_float_eq(weighed.lists[i][j].weight,
                               made.lists[i][j].weight * log(1 + (N_TEXTS - n + 0.5) / (n + 0.5)),
                               1e-9);
        }
    }
}

Test(similarity, texts_without_terms_keep_their_scores)
{
    const pil_weighed_text none[2] = {{NULL, 0}, {NULL, 0}};
    const double scores[2] = {2, 1};
    double means[2];
    cr_assert_eq(pil_similarity_means(none, 2, 0, scores, means, NULL), PIL_OK);
    for (int i = 0; i < 2; i++)
        cr_expect_eq(means[i], scores[i]);
}
