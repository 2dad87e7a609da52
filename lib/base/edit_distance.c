#include "base/edit_distance.h"

#include "base/utf8.h"

#include <stdbool.h>
#include <stdint.h>

enum { MAX = PIL_EDIT_DISTANCE_MAX_CHARACTERS };

/* MAX + 1 for longer ones. */
static size_t read_characters(const char *text, size_t length, uint32_t characters[MAX])
{
    size_t n = 0;
    for (size_t at = 0; at < length;) {
        if (n == MAX)
            return MAX + 1;
        characters[n++] = pil_utf8_next(text, length, &at, NULL);
    }
    return n;
}

size_t pil_edit_distance(const char *a, size_t a_length, const char *b, size_t b_length,
                         size_t limit)
{
    uint32_t left[MAX], right[MAX];
    size_t n_left = read_characters(a, a_length, left);
    size_t n_right = read_characters(b, b_length, right);
    size_t difference = n_left < n_right ? n_right - n_left : n_left - n_right;
    if (n_left > MAX || n_right > MAX || difference > limit)
        return limit + 1;
    size_t rows[3][MAX + 1];
    size_t nearest_above = 0;
    for (size_t j = 0; j <= n_right; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= n_left; i++) {
        size_t *row = rows[i % 3];
        const size_t *above = rows[(i + 2) % 3], *two_above = rows[(i + 1) % 3];
        size_t nearest = row[0] = i;
        for (size_t j = 1; j <= n_right; j++) {
            size_t best = above[j - 1] + (left[i - 1] != right[j - 1]);
            if (above[j] + 1 < best)
                best = above[j] + 1;
            if (row[j - 1] + 1 < best)
                best = row[j - 1] + 1;
            bool is_swap =
                i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
            if (is_swap && two_above[j - 2] + 1 < best)
                best = two_above[j - 2] + 1;
            row[j] = best;
            if (best < nearest)
                nearest = best;
        }
        /* What follows is reached from these two rows, and no way gets shorter. */
        if (nearest > limit && nearest_above > limit)
            return limit + 1;
        nearest_above = nearest;
    }
    size_t distance = rows[n_left % 3][n_right];
    return distance > limit ? limit + 1 : distance;
}
