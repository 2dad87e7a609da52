#include "base/edit_distance.h"

#include <criterion/criterion.h>
#include <stdint.h>
#include <string.h>

static size_t distance(const char *a, const char *b, size_t limit)
{
    return pil_edit_distance(a, strlen(a), b, strlen(b), limit);
}

Test(edit_distance, a_slip_of_any_kind_counts_one)
{
    cr_expect_eq(distance("dialogue", "dialogue", 2), 0);
    cr_expect_eq(distance("dialoge", "dialogue", 2), 1);
    cr_expect_eq(distance("diallogue", "dialogue", 2), 1);
    cr_expect_eq(distance("dialugue", "dialogue", 2), 1);
    cr_expect_eq(distance("dailogue", "dialogue", 2), 1);
    cr_expect_eq(distance("", "ab", 2), 2);
    cr_expect_eq(distance("", "", 0), 0);
}

Test(edit_distance, characters_count_and_not_bytes)
{
    cr_expect_eq(distance("Приштина", "Приштена", 2), 1);
    cr_expect_eq(distance("Cetinje", "Četinje", 2), 1);
}

Test(edit_distance, what_is_further_than_the_limit_is_one_more_than_it)
{
    cr_expect_eq(distance("kitten", "sitting", 3), 3);
    cr_expect_eq(distance("kitten", "sitting", 2), 3);
    cr_expect_eq(distance("kitten", "sitting", 0), 1);
    char longer[PIL_EDIT_DISTANCE_MAX_CHARACTERS + 1];
    memset(longer, 'a', sizeof longer);
    cr_expect_eq(pil_edit_distance(longer, sizeof longer - 1, longer, sizeof longer - 1, 2), 0);
    cr_expect_eq(pil_edit_distance(longer, sizeof longer, longer, sizeof longer, 2), 3);
}

/* By the definition, without tables and without a limit. */
static size_t naive(const char *a, size_t n, const char *b, size_t m)
{
    if (n == 0 || m == 0)
        return n + m;
    size_t best = naive(a, n - 1, b, m - 1) + (a[n - 1] != b[m - 1]);
    size_t dropped = naive(a, n - 1, b, m) + 1, added = naive(a, n, b, m - 1) + 1;
    best = dropped < best ? dropped : best;
    best = added < best ? added : best;
    if (n > 1 && m > 1 && a[n - 1] == b[m - 2] && a[n - 2] == b[m - 1]) {
        size_t swapped = naive(a, n - 2, b, m - 2) + 1;
        best = swapped < best ? swapped : best;
    }
    return best;
}

static void make_word(uint32_t *seed, char word[7])
{
    *seed = *seed * 1664525u + 1013904223u;
    size_t length = (*seed >> 16) % 7;
    for (size_t i = 0; i < length; i++) {
        *seed = *seed * 1664525u + 1013904223u;
        word[i] = (char)('a' + (*seed >> 16) % 3);
    }
    word[length] = '\0';
}

Test(edit_distance, random_words_are_as_far_apart_as_the_definition_says)
{
    uint32_t seed = 1;
    for (int i = 0; i < 3000; i++) {
        char a[7], b[7];
        make_word(&seed, a);
        make_word(&seed, b);
        size_t wanted = naive(a, strlen(a), b, strlen(b));
        for (size_t limit = 0; limit < 8; limit++)
            cr_assert_eq(distance(a, b, limit), wanted > limit ? limit + 1 : wanted,
                         "[%s] [%s] limit %zu", a, b, limit);
    }
}
