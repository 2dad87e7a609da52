/* What like texts say of each other, against plain loops over dense vectors. */
#include "similarity.h"

#include "feedback.h"

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

/* ---- feedback ---- */

/* How many of values[0..n) are greater than values[i]. */
static int count_greater(const double *values, int n, int i)
{
    int greater = 0;
    for (int j = 0; j < n; j++)
        greater += values[j] > values[i];
    return greater;
}

static void naive_gains(const sample *self, double *gains)
{
    double weights[N_NUMBERS] = {0}, greatest = 0;
    for (int t = 0; t < N_NUMBERS; t++) {
        int n_having = 0;
        for (int i = 0; i < N_TEXTS; i++) {
            n_having += self->dense[i][t] > 0;
            if (count_greater(self->values, N_TEXTS, i) < PIL_FEEDBACK_TEXTS)
                weights[t] += self->values[i] * self->dense[i][t];
        }
        weights[t] = n_having > 1 ? weights[t] : 0;
    }
    for (int i = 0; i < N_TEXTS; i++) {
        gains[i] = 0;
        for (int t = 0; t < N_NUMBERS; t++)
            if (count_greater(weights, N_NUMBERS, t) < PIL_FEEDBACK_TERMS)
                gains[i] += weights[t] * self->dense[i][t];
        greatest = gains[i] > greatest ? gains[i] : greatest;
    }
    for (int i = 0; i < N_TEXTS && greatest > 0; i++)
        gains[i] /= greatest;
}

Test(similarity, gains_are_products_with_the_heaviest_terms_of_the_best)
{
    static sample made;
    double gains[N_TEXTS], wanted[N_TEXTS];
    for (uint32_t seed = 1; seed <= 20; seed++) {
        make(&made, seed);
        fill_dense(&made);
        cr_assert_eq(pil_feedback_gains(made.texts, N_TEXTS, N_NUMBERS, made.values, gains, NULL),
                     PIL_OK);
        naive_gains(&made, wanted);
        for (int i = 0; i < N_TEXTS; i++)
            cr_expect_float_eq(gains[i], wanted[i], 1e-9, "seed %u text %d: %g", seed, i, gains[i]);
    }
}

Test(similarity, texts_without_terms_gain_nothing)
{
    const pil_weighed_text none[2] = {{NULL, 0}, {NULL, 0}};
    const double scores[2] = {2, 1};
    double gains[2], means[2];
    cr_assert_eq(pil_feedback_gains(none, 2, 0, scores, gains, NULL), PIL_OK);
    cr_assert_eq(pil_similarity_means(none, 2, 0, scores, means, NULL), PIL_OK);
    for (int i = 0; i < 2; i++) {
        cr_expect_eq(gains[i], 0);
        cr_expect_eq(means[i], scores[i]);
    }
}
