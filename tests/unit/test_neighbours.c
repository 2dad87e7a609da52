/* What paragraphs gain from those before them, against plain loops. */
#include "neighbours.h"

#include <criterion/criterion.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { N_TEXTS = 60, N_CLAUSES = 6 };

typedef struct sample {
    pil_word_use uses[N_TEXTS][N_CLAUSES];
    pil_placed_text texts[N_TEXTS];
} sample;

static uint32_t draw(uint32_t *state, uint32_t n)
{
    *state = *state * 1664525 + 1013904223;
    return (*state >> 10) % n;
}

/* Two segments with articles of four paragraphs, of which some were not looked at, in no order. */
static void make(sample *self, uint32_t state)
{
    memset(self, 0, sizeof *self);
    for (uint32_t i = 0; i < N_TEXTS; i++) {
        uint32_t place = i * 7 % N_TEXTS, docid = place / 2 + place / 10 + 1;
        pil_word_use *uses = self->uses[i];
        size_t n = 0;
        for (uint32_t clause = 0; clause < N_CLAUSES; clause++)
            if (draw(&state, 2) == 0)
                uses[n++] = (pil_word_use){
                    .clause = clause, .value = 1 + clause, .times = draw(&state, 3) / 2.0};
        self->texts[i] = (pil_placed_text){.shard = place % 2,
                                           .article = (docid - 1) / 4 * 4 + 1,
                                           .docid = docid,
                                           .uses = uses,
                                           .n_uses = n};
    }
}

static const pil_word_use *find(const pil_placed_text *text, uint32_t clause)
{
    for (size_t i = 0; i < text->n_uses; i++)
        if (text->uses[i].clause == clause)
            return &text->uses[i];
    return NULL;
}

static bool is_right_before(const pil_placed_text *a, const pil_placed_text *b)
{
    return a->shard == b->shard && a->article == b->article && a->docid + 1 == b->docid;
}

static double saturate(double x)
{
    return x * 2.2 / (x + 1.2);
}

static double naive_gain(const sample *self, int i)
{
    double sum = 0;
    for (uint32_t clause = 0; clause < N_CLAUSES; clause++) {
        const pil_word_use *use = find(&self->texts[i], clause);
        double own = use == NULL ? 0 : use->times, before = 0;
        for (int j = 0; j < N_TEXTS; j++) {
            const pil_word_use *other = find(&self->texts[j], clause);
            before += other != NULL && is_right_before(&self->texts[j], &self->texts[i])
                          ? other->times
                          : 0;
        }
        sum += (1 + clause) * (saturate(own + 0.2 * before / (before + 1.2)) - saturate(own));
    }
    return sum;
}

Test(neighbours, gains_are_of_the_words_in_the_paragraph_before)
{
    static sample made;
    double gains[N_TEXTS], all = 0;
    for (uint32_t seed = 1; seed <= 20; seed++) {
        make(&made, seed);
        cr_assert_eq(pil_neighbours_gains(made.texts, N_TEXTS, N_CLAUSES, gains, NULL), PIL_OK);
        for (int i = 0; i < N_TEXTS; i++) {
            cr_expect_float_eq(gains[i], naive_gain(&made, i), 1e-9, "seed %u text %d: %g", seed, i,
                               gains[i]);
            all += gains[i];
        }
    }
    cr_expect_gt(all, 0);
}

Test(neighbours, of_no_texts_there_is_nothing_to_gain)
{
    cr_expect_eq(pil_neighbours_gains(NULL, 0, 0, NULL, NULL), PIL_OK);
}
