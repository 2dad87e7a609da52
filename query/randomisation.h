/* The paired randomisation test, also called permutation test (Fisher 1935; for comparing rankings
 * by topic: Smucker, Allan and Carterette 2007): if two ways of asking were equally good, each
 * topic's difference could as well have had the other sign. How many of all assignments of signs
 * make a mean difference that is at least as far from 0 as the one that was found? */
#ifndef QUERY_RANDOMISATION_H
#define QUERY_RANDOMISATION_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    PIL_RANDOMISATION_EXACT_MAX = 20, /* differences, of which all assignments are looked at */
    PIL_RANDOMISATION_FLIPS = 100000, /* random assignments, if there are more */
    PIL_RANDOMISATION_SEED = 1        /* of these, so that the same topics give the same p */
};

typedef struct pil_randomisation {
    double p;      /* two-sided: the share of such assignments; of random ones, of which the one
                      that was found is one more, (n + 1) / (PIL_RANDOMISATION_FLIPS + 1) */
    bool is_exact; /* all assignments were looked at */
} pil_randomisation;

/* Tests differences[0..n), each from -1 to 1. Those that are 0 change nothing and do not count;
 * without any others p is 1. Sums that differ by less than 1e-11 a difference are equal.
 * PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_randomisation_test(const double *differences, size_t n,
                                                pil_randomisation *out, pil_error *err);

#endif
