/* How far two words are apart. */
#ifndef BASE_EDIT_DISTANCE_H
#define BASE_EDIT_DISTANCE_H

#include <stddef.h>

/* Words of more characters are not compared: they are further apart than any limit. */
enum { PIL_EDIT_DISTANCE_MAX_CHARACTERS = 64 };

/* How many characters have to be added, dropped, exchanged or swapped with their neighbour to make
 * b[0..b_length) of a[0..a_length), both UTF-8: the restricted edit distance of Damerau and
 * Levenshtein (optimal string alignment). More than limit is limit + 1. The time is bounded by
 * the product of the lengths, and far less when the words begin differently. No state. */
size_t pil_edit_distance(const char *a, size_t a_length, const char *b, size_t b_length,
                         size_t limit);

#endif
