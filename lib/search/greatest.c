#include "greatest.h"

#include <assert.h>

double pil_greatest(const double *values, size_t n, size_t place)
{
    double kept[PIL_GREATEST_MAX]; /* [0..n_kept), greatest first */
    size_t n_kept = 0;
    assert(place >= 1 && place <= PIL_GREATEST_MAX);
    for (size_t i = 0; i < n; i++) {
        if (values[i] <= 0 || (n_kept == place && values[i] <= kept[place - 1]))
            continue;
        size_t at = n_kept < place ? n_kept++ : place - 1;
        for (; at > 0 && kept[at - 1] < values[i]; at--)
            kept[at] = kept[at - 1];
        kept[at] = values[i];
    }
    return n_kept == place ? kept[place - 1] : 0;
}
