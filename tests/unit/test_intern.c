#include "base/intern.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static uint32_t add(pil_intern *table, const char *string, size_t length, bool *is_new)
{
    uint32_t number = PIL_INTERN_NONE;
    cr_assert_eq(pil_intern_add(table, string, length, &number, is_new), PIL_OK);
    return number;
}

Test(intern, strings_are_numbered_in_order_of_arrival)
{
    pil_intern table = {0};
    bool is_new = false;
    cr_expect_eq(add(&table, "b", 1, &is_new), 0);
    cr_expect(is_new);
    cr_expect_eq(add(&table, "a", 1, &is_new), 1);
    cr_expect(is_new);
    cr_expect_eq(add(&table, "b", 1, &is_new), 0);
    cr_expect_not(is_new);
    cr_expect_eq(add(&table, "a", 1, NULL), 1);
    cr_expect_eq(table.n_entries, 2);
    pil_intern_dispose(&table);
}

Test(intern, strings_are_told_apart_by_all_their_bytes)
{
    pil_intern table = {0};
    cr_expect_eq(add(&table, "a\0b", 3, NULL), 0);
    cr_expect_eq(add(&table, "a\0c", 3, NULL), 1);
    cr_expect_eq(add(&table, "a", 1, NULL), 2);
    cr_expect_eq(add(&table, "a", 2, NULL), 3);
    cr_expect_eq(add(&table, "", 0, NULL), 4);
    cr_expect_eq(add(&table, "", 0, NULL), 4);
    cr_expect_eq(pil_intern_find(&table, "a\0c", 3), 1);
    cr_expect_eq(pil_intern_find(&table, "", 0), 4);
    pil_intern_dispose(&table);
}

Test(intern, what_was_not_added_is_not_found)
{
    pil_intern table = {0};
    cr_expect_eq(pil_intern_find(&table, "a", 1), PIL_INTERN_NONE);
    add(&table, "a", 1, NULL);
    cr_expect_eq(pil_intern_find(&table, "b", 1), PIL_INTERN_NONE);
    cr_expect_eq(table.n_entries, 1);
    pil_intern_dispose(&table);
}

/* Far more than the table begins with, so that it grows many times. */
Test(intern, many_strings_keep_their_numbers)
{
    enum { N = 200000 };
    pil_intern table = {0};
    char string[16];
    for (unsigned i = 0; i < N; i++) {
        int length = snprintf(string, sizeof string, "s%u", i);
        cr_assert_eq(add(&table, string, (size_t)length, NULL), i);
    }
    for (unsigned i = 0; i < N; i++) {
        int length = snprintf(string, sizeof string, "s%u", i);
        cr_assert_eq(pil_intern_find(&table, string, (size_t)length), i);
        cr_assert_eq(table.entries[i].length, (uint32_t)length);
        cr_assert_str_eq(table.entries[i].bytes, string);
    }
    cr_expect_gt(pil_intern_bytes(&table), (size_t)N * 8);
    pil_intern_dispose(&table);
}

Test(intern, a_cleared_table_begins_at_zero_again)
{
    pil_intern table = {0};
    pil_intern_clear(&table);
    for (char c = 'a'; c <= 'z'; c++)
        add(&table, &c, 1, NULL);
    pil_intern_clear(&table);
    cr_expect_eq(table.n_entries, 0);
    cr_expect_eq(pil_intern_find(&table, "a", 1), PIL_INTERN_NONE);
    cr_expect_eq(add(&table, "z", 1, NULL), 0);
    pil_intern_dispose(&table);
    cr_expect_eq(pil_intern_bytes(&table), 0);
    cr_expect_eq(add(&table, "again", 5, NULL), 0);
    pil_intern_dispose(&table);
}
