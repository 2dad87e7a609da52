#include "randomisation.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

enum {
    UNIT_BITS = 36, /* a unit is 2^-36: sums of integers are the same in any order, and those of
                       67 million differences fit */
    GROUP = 8,      /* differences whose signs are one byte */
    N_SIGNS = 1 << GROUP
};

/* splitmix64 (Steele, Lea and Flood 2014): fast, and every bit of it passes the usual tests. */
static uint64_t next_random(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

/* The sum of a group for each of its assignments: bit i set leaves the sign of units[i]. */
static void sum_group(const int64_t units[GROUP], int64_t sums[N_SIGNS])
{
    sums[0] = 0;
    for (unsigned i = 0; i < GROUP; i++)
        sums[0] -= units[i];
    for (unsigned i = 0; i < GROUP; i++)
        for (unsigned signs = 1U << i; signs < 2U << i; signs++)
            sums[signs] = sums[signs - (1U << i)] + 2 * units[i];
}

/* Adds a group to the sums of all assignments: number f has as its signs the bits of f. */
static void add_exact(const int64_t group[N_SIGNS], unsigned first_bit, int64_t *sums, size_t n)
{
    for (size_t f = 0; f < n; f++)
        sums[f] += group[f >> first_bit & (N_SIGNS - 1)];
}

/* The same for random ones. A draw has the signs for eight. */
static void add_random(const int64_t group[N_SIGNS], uint64_t *state, int64_t *sums, size_t n)
{
    for (size_t f = 0; f < n; f += 8) {
        uint64_t draw = next_random(state);
        for (size_t i = 0; i < 8; i++)
            sums[f + i] += group[draw >> 8 * i & (N_SIGNS - 1)];
    }
}

/* units: [0..m), then zeros up to a multiple of GROUP. */
static void sum_assignments(const int64_t *units, size_t m, bool is_exact, int64_t *sums, size_t n)
{
    uint64_t state = PIL_RANDOMISATION_SEED;
    int64_t group[N_SIGNS];
    for (size_t i = 0; i < m; i += GROUP) {
        sum_group(units + i, group);
        if (is_exact)
            add_exact(group, (unsigned)i, sums, n);
        else
            add_random(group, &state, sums, n);
    }
}

/* Puts the differences that are not 0 into units. */
static size_t round_differences(const double *differences, size_t n, int64_t *units)
{
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        units[m] = (int64_t)llround(ldexp(differences[i], UNIT_BITS));
        m += units[m] != 0;
    }
    return m;
}

static pil_randomisation count(const int64_t *units, size_t m, bool is_exact, const int64_t *sums,
                               size_t n)
{
    int64_t found = 0;
    size_t n_as_far = 0;
    for (size_t i = 0; i < m; i++)
        found += units[i];
    int64_t least = (found < 0 ? -found : found) - (int64_t)m; /* what rounding may take away */
    for (size_t f = 0; f < n; f++)
        n_as_far += (sums[f] < 0 ? -sums[f] : sums[f]) >= least;
    double extra = is_exact ? 0 : 1;
    return (pil_randomisation){.p = ((double)n_as_far + extra) / ((double)n + extra),
                               .is_exact = is_exact};
}

pil_status pil_randomisation_test(const double *differences, size_t n, pil_randomisation *out,
                                  pil_error *err)
{
    int64_t *units = calloc(n + GROUP, sizeof *units);
    int64_t *sums = NULL;
    pil_status status = PIL_OK;
    if (units != NULL) {
        size_t m = round_differences(differences, n, units);
        bool is_exact = m <= PIL_RANDOMISATION_EXACT_MAX;
        size_t n_sums = is_exact ? (size_t)1 << m : PIL_RANDOMISATION_FLIPS;
        sums = calloc(n_sums, sizeof *sums);
        if (sums != NULL) {
            sum_assignments(units, m, is_exact, sums, n_sums);
            *out = count(units, m, is_exact, sums, n_sums);
        }
    }
    if (sums == NULL)
        status = pil_error_no_memory(err);
    free(units);
    free(sums);
    return status;
}
