#include "query/randomisation.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

static pil_randomisation test(const double *differences, size_t n)
{
    pil_randomisation found;
    pil_error err = {0};
    cr_assert_eq(pil_randomisation_test(differences, n, &found, &err), PIL_OK);
    return found;
}

/* One assignment of signs after the other, in floating point. */
static double naive_p(const double *differences, size_t n)
{
    double sum = 0, n_as_far = 0;
    for (size_t i = 0; i < n; i++)
        sum += differences[i];
    for (size_t signs = 0; signs < (size_t)1 << n; signs++) {
        double flipped = 0;
        for (size_t i = 0; i < n; i++)
            flipped += (signs >> i & 1) != 0 ? differences[i] : -differences[i];
        n_as_far += fabs(flipped) >= fabs(sum) - 1e-9;
    }
    return n_as_far / (double)((size_t)1 << n);
}

/* Differences as measures make them: of grades over a logarithm, by tenths, of whole steps. */
static double difference_of(uint64_t *state, int kind)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    double value = (double)(*state >> 40) / (double)(1 << 24) * 2 - 1;
    return kind == 0 ? value : kind == 1 ? round(value * 10) / 10 : round(value);
}

Test(randomisation, known_values)
{
    static const struct {
        double differences[6];
        size_t n;
        double p;
    } cases[] = {
        {{0}, 0, 1},
        {{0, 0}, 2, 1},
        {{0.3}, 1, 1},
        {{0.1, 0.2, 0.3, 0.4, 0.5}, 5, 2. / 32},
        {{-1, -1, -1, -1, -1}, 5, 2. / 32},
        {{1, 1, 1, 1, -1}, 5, 12. / 32},
        {{1, 1, -1, -1}, 4, 1},
        /* 0.1 + 0.2 - 0.3 is 0 but for rounding. */
        {{0.1, 0.2, -0.3}, 3, 1},
        /* And so this sum, 0.4, is as far as that of 0.1 + 0.2 - 0.3 + 0.4. */
        {{0.1, 0.2, -0.3, 0.4}, 4, 10. / 16},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        pil_randomisation found = test(cases[i].differences, cases[i].n);
        cr_expect(found.is_exact);
        cr_expect_float_eq(found.p, cases[i].p, 1e-12, "case %zu: %g", i, found.p);
    }
}

Test(randomisation, few_differences_are_tested_as_by_trying_all_signs)
{
    double differences[PIL_RANDOMISATION_EXACT_MAX];
    uint64_t state = 7;
    for (size_t round = 0; round < 300; round++) {
        size_t n = round % 13;
        for (size_t i = 0; i < n; i++)
            differences[i] = difference_of(&state, (int)(round % 3));
        double wanted = naive_p(differences, n);
        pil_randomisation found = test(differences, n);
        cr_expect_float_eq(found.p, wanted, 1e-12, "round %zu: %g, not %g", round, found.p, wanted);
    }
    for (size_t i = 0; i < PIL_RANDOMISATION_EXACT_MAX; i++)
        differences[i] = difference_of(&state, 0) + 0.2;
    pil_randomisation found = test(differences, PIL_RANDOMISATION_EXACT_MAX);
    cr_expect(found.is_exact);
    cr_expect_float_eq(found.p, naive_p(differences, PIL_RANDOMISATION_EXACT_MAX), 1e-12);
}

/* Five standard errors of a share of so many draws. */
Test(randomisation, random_signs_come_near_to_all_of_them)
{
    enum { N = 22 };
    uint64_t state = 11;
    for (size_t round = 0; round < 6; round++) {
        double differences[N];
        for (size_t i = 0; i < N; i++) {
            differences[i] = difference_of(&state, round % 2 == 0 ? 0 : 2) + 0.05 * (double)round;
            differences[i] += differences[i] == 0 ? 0.5 : 0;
        }
        double exact = naive_p(differences, N);
        pil_randomisation found = test(differences, N);
        double error = sqrt(exact * (1 - exact) / PIL_RANDOMISATION_FLIPS);
        cr_expect(!found.is_exact);
        cr_expect_float_eq(found.p, exact, 5 * error + 2. / PIL_RANDOMISATION_FLIPS,
                           "round %zu: %g, not %g", round, found.p, exact);
    }
}

Test(randomisation, what_no_random_assignment_reaches_is_rare_but_not_impossible)
{
    double differences[101];
    for (size_t i = 0; i < 101; i++)
        differences[i] = 0.01 + 0.001 * (double)i;
    cr_expect_float_eq(test(differences, 101).p, 1. / (PIL_RANDOMISATION_FLIPS + 1), 1e-15);
}

Test(randomisation, equal_topics_and_the_direction_change_nothing)
{
    double some[60], with_zeros[120] = {0}, opposite[60];
    uint64_t state = 3;
    for (size_t i = 0; i < 60; i++) {
        some[i] = difference_of(&state, 0) + 0.1;
        with_zeros[2 * i] = some[i];
        opposite[i] = -some[i];
    }
    double p = test(some, 60).p;
    cr_expect_eq(test(with_zeros, 120).p, p);
    cr_expect_eq(test(opposite, 60).p, p);
}
