#include "lib/index/glass_coding.h"

#include <criterion/criterion.h>
#include <string.h>

static const uint64_t numbers[] = {
    0,          1,          0x7f,       0x80,        0x3fff,          0x4000,
    0x7fff,     0x8000,     0xffff,     0x3fffff,    0x400000,        0x1fffffff,
    0x20000000, 0x7fffffff, 0xffffffff, 0x100000000, UINT64_MAX >> 1, UINT64_MAX - 1,
    UINT64_MAX};
enum { N_NUMBERS = sizeof numbers / sizeof *numbers };

Test(glass_coding, a_number_comes_back_and_is_as_long_as_said)
{
    for (size_t i = 0; i < N_NUMBERS; i++) {
        unsigned char bytes[PIL_GLASS_NUMBER_MAX];
        size_t n = pil_glass_put_number(bytes, numbers[i]);
        cr_expect_eq(n, pil_glass_number_length(numbers[i]));
        cr_expect_leq(n, PIL_GLASS_NUMBER_MAX);
        const unsigned char *at = bytes;
        uint64_t number = 0;
        cr_expect(pil_glass_get_number(&at, bytes + n, &number));
        cr_expect_eq(number, numbers[i]);
        cr_expect_eq(at, bytes + n);
        at = bytes;
        cr_expect_not(pil_glass_get_number(&at, bytes + n - 1, &number), "cut");
        cr_expect_eq(at, bytes, "not moved");
    }
}

Test(glass_coding, low_bits_of_a_number_come_first)
{
    unsigned char bytes[PIL_GLASS_NUMBER_MAX];
    cr_expect_eq(pil_glass_put_number(bytes, 300), 2);
    cr_expect_arr_eq(bytes, "\xac\x02", 2);
}

Test(glass_coding, a_number_above_64_bits_is_refused)
{
    static const unsigned char too_large[] = "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02";
    static const unsigned char too_long[] = "\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01";
    const unsigned char *at = too_large;
    uint64_t number;
    cr_expect_not(pil_glass_get_number(&at, too_large + 10, &number));
    at = too_long;
    cr_expect_not(pil_glass_get_number(&at, too_long + 11, &number));
}

Test(glass_coding, sortable_numbers_come_back_and_sort_as_numbers)
{
    unsigned char before[PIL_GLASS_NUMBER_MAX] = {0};
    size_t before_length = 0;
    for (size_t i = 0; i < N_NUMBERS && numbers[i] <= UINT32_MAX; i++) {
        unsigned char bytes[PIL_GLASS_NUMBER_MAX];
        size_t n = pil_glass_put_sortable(bytes, (uint32_t)numbers[i]);
        size_t shorter = n < before_length ? n : before_length;
        int order = memcmp(before, bytes, shorter);
        cr_expect(order < 0 || (order == 0 && before_length < n));
        const unsigned char *at = bytes;
        uint32_t number = 0;
        cr_expect(pil_glass_get_sortable(&at, bytes + n, &number));
        cr_expect_eq(number, numbers[i]);
        cr_expect_eq(at, bytes + n);
        at = bytes;
        cr_expect_not(pil_glass_get_sortable(&at, bytes + n - 1, &number), "cut");
        memcpy(before, bytes, n);
        before_length = n;
    }
}

Test(glass_coding, sortable_numbers_have_the_bytes_that_libxapian_expects)
{
    static const struct {
        uint32_t number;
        size_t length;
        const char *bytes;
    } cases[] = {{0, 2, "\x00\x00"},
                 {0x7fff, 2, "\x7f\xff"},
                 {0x8000, 3, "\x80\x80\x00"},
                 {0x3fffff, 3, "\xbf\xff\xff"},
                 {0x400000, 4, "\xc0\x40\x00\x00"},
                 {0x1fffffff, 4, "\xdf\xff\xff\xff"},
                 {0x20000000, 5, "\xe0\x20\x00\x00\x00"},
                 {0xffffffff, 5, "\xe0\xff\xff\xff\xff"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        unsigned char bytes[PIL_GLASS_NUMBER_MAX];
        cr_assert_eq(pil_glass_put_sortable(bytes, cases[i].number), cases[i].length);
        cr_expect_arr_eq(bytes, cases[i].bytes, cases[i].length);
    }
}

Test(glass_coding, sortable_bytes_that_no_document_id_has_are_refused)
{
    static const char *const cases[] = {"\x80\x00\x01", "\xc0\x00\x00\x01", "\xe1\x00\x00\x00\x00",
                                        "\xf0\x00\x00\x00\x00\x00", "\xff\xff\xff\xff\xff\xff"};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        unsigned char bytes[6];
        memcpy(bytes, cases[i], 3 + (i > 0) + (i > 1) + (i > 2));
        const unsigned char *at = bytes;
        uint32_t number;
        cr_expect_not(pil_glass_get_sortable(&at, bytes + sizeof bytes, &number), "%zu", i);
    }
}

Test(glass_coding, a_last_number_has_no_high_zero_bytes)
{
    unsigned char bytes[PIL_GLASS_NUMBER_MAX];
    cr_expect_eq(pil_glass_put_last(bytes, 0), 0);
    cr_expect_eq(pil_glass_put_last(bytes, 0x1ff), 2);
    cr_expect_arr_eq(bytes, "\xff\x01", 2);
    cr_expect_eq(pil_glass_put_last(bytes, UINT32_MAX), 4);
}

Test(glass_coding, zero_bytes_of_a_term_are_escaped_and_come_back)
{
    static const struct {
        size_t length;
        const char *term;
        size_t coded_length; /* with the closing 00 */
        const char *coded;
    } cases[] = {{0, "", 1, "\0"},
                 {3, "abc", 4, "abc\0"},
                 {3, "a\0b", 5, "a\0\377b\0"},
                 {2, "\0\0", 5, "\0\377\0\377\0"},
                 {3, "\0\377\0", 6, "\0\377\377\0\377\0"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        unsigned char bytes[16];
        char term[16];
        size_t length;
        size_t n = pil_glass_put_term(bytes, cases[i].term, cases[i].length, true);
        cr_assert_eq(n, cases[i].coded_length);
        cr_expect_arr_eq(bytes, cases[i].coded, n);
        bytes[n] = 7;
        const unsigned char *at = bytes;
        cr_expect(pil_glass_get_term(&at, bytes + n + 1, term, &length));
        cr_expect_eq(at, bytes + n);
        cr_expect_eq(length, cases[i].length);
        cr_expect_arr_eq(term, cases[i].term, length);
        cr_expect_eq(pil_glass_put_term(bytes, cases[i].term, cases[i].length, false), n - 1);
        at = bytes;
        cr_expect_not(pil_glass_get_term(&at, bytes + n - 1, term, &length), "not closed");
        cr_expect_eq(length, cases[i].length);
    }
}
