/* The greatest of many numbers. Private to this folder. */
#ifndef SEARCH_GREATEST_H
#define SEARCH_GREATEST_H

#include <stddef.h>

enum { PIL_GREATEST_MAX = 20 };

/* Which of values[0..n) would stand at place, from 1 to PIL_GREATEST_MAX, were they in order,
 * greatest first; 0 when there are not so many above 0. Linear in n but for values in ascending
 * order. */
double pil_greatest(const double *values, size_t n, size_t place);

#endif
