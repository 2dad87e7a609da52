#include "base/utf8.h"

#include <criterion/criterion.h>
#include <stdint.h>
#include <string.h>

Test(utf8, every_character_is_read_as_it_was_written)
{
    for (uint32_t c = 0; c <= 0x10FFFF; c++) {
        char bytes[4];
        size_t length = pil_utf8_encode(c, bytes), at = 0;
        bool is_valid = false;
        bool is_surrogate = c >= 0xD800 && c <= 0xDFFF;
        cr_assert_eq(length, c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4);
        uint32_t read = pil_utf8_next(bytes, length, &at, &is_valid);
        cr_assert_eq(is_valid, !is_surrogate, "U+%04X", c);
        cr_assert_eq(read, is_surrogate ? PIL_UTF8_REPLACEMENT : c);
        cr_assert(is_surrogate || at == length);
        cr_assert_eq(pil_utf8_is_valid(bytes, length), !is_surrogate);
    }
}

Test(utf8, characters_are_counted_and_not_bytes)
{
    cr_expect_eq(pil_utf8_count("", 0), 0);
    cr_expect_eq(pil_utf8_count("Kovačevski", strlen("Kovačevski")), 10);
    cr_expect_eq(pil_utf8_count("a\xFF\xC4", 3), 3);
}

/* Table 3-8 of the Unicode Standard and its neighbours: one replacement for each maximal part. */
static const struct {
    const char *bytes;
    size_t length;
    const char *repaired;
    size_t n_replaced;
} broken[] = {
    {"abc", 3, "abc", 0},
    {"\xC0\xAF\xE0\x80\xBF\xF0\x81\x82"
     "A",
     9, "????????A", 8},
    {"\xED\xA0\x80\xED\xBF\xBF\xED\xAF"
     "A",
     9, "????????A", 8},
    {"\xF4\x91\x92\x93\xFF"
     "A\x80\xBF"
     "B",
     9, "?????A??B", 7},
    {"\xE1\x80\xE2\xF0\x91\x92\xF1\xBF"
     "A",
     9, "????A", 4},
    {"\xC4", 1, "?", 1},
    {"\xE2\x80", 2, "?", 1},
    {"\xF0\x9F\x91", 3, "?", 1},
    {"a\0b", 3, "a?b", 1},
    {"\x80", 1, "?", 1},
    {"\xC4\x8D\xC4", 3, "\xC4\x8D?", 1},
    {"\xF5\x80\x80\x80", 4, "????", 4},
    {"\xE0\x9F\xBF", 3, "???", 3},
    {"\xF0\x8F\xBF\xBF", 4, "????", 4},
};

/* In the table above ? stands for U+FFFD. */
static void spell_out(const char *text, pil_buffer *out)
{
    for (; *text != '\0'; text++)
        cr_assert_eq(*text == '?' ? pil_buffer_append_string(out, "\xEF\xBF\xBD")
                                  : pil_buffer_append_byte(out, *text),
                     PIL_OK);
}

Test(utf8, repair_replaces_what_is_invalid_and_nothing_else)
{
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        pil_buffer out, expected;
        size_t n_replaced = 99;
        pil_buffer_init(&out, 100);
        pil_buffer_init(&expected, 100);
        spell_out(broken[i].repaired, &expected);
        cr_assert_eq(pil_utf8_repair(broken[i].bytes, broken[i].length, &out, &n_replaced), PIL_OK);
        cr_expect_str_eq(out.bytes, expected.bytes, "case %zu", i);
        cr_expect_eq(n_replaced, broken[i].n_replaced, "case %zu: %zu", i, n_replaced);
        cr_expect(pil_utf8_is_valid(out.bytes, out.length));
        bool has_nul = memchr(broken[i].bytes, '\0', broken[i].length) != NULL;
        cr_expect_eq(pil_utf8_is_valid(broken[i].bytes, broken[i].length),
                     broken[i].n_replaced == (has_nul ? 1 : 0), "case %zu", i);
        pil_buffer_dispose(&out);
        pil_buffer_dispose(&expected);
    }
}

Test(utf8, repair_appends_and_stops_at_the_cap)
{
    pil_buffer out;
    pil_buffer_init(&out, 6);
    cr_assert_eq(pil_buffer_append_string(&out, "ab"), PIL_OK);
    cr_expect_eq(pil_utf8_repair("c\xFF", 2, &out, NULL), PIL_OK);
    cr_expect_str_eq(out.bytes, "abc\xEF\xBF\xBD");
    cr_expect_eq(pil_utf8_repair("d", 1, &out, NULL), PIL_INVALID_ARGUMENT);
    pil_buffer_dispose(&out);
}

/* The header says so: next gives at most the bytes there are, never past the end. */
Test(utf8, no_sequence_of_up_to_four_bytes_is_read_past_its_end)
{
    static const unsigned char bytes[] = {0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF,
                                          0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE,
                                          0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF};
    enum { N = sizeof bytes };
    for (unsigned i = 0; i < N * N * N * N; i++) {
        char text[4] = {(char)bytes[i % N], (char)bytes[i / N % N], (char)bytes[i / N / N % N],
                        (char)bytes[i / N / N / N]};
        for (size_t length = 1; length <= 4; length++) {
            size_t at = 0;
            bool all_valid = true;
            while (at < length) {
                size_t before = at;
                bool is_valid;
                uint32_t c = pil_utf8_next(text, length, &at, &is_valid);
                cr_assert(at > before && at <= length);
                cr_assert(is_valid || c == PIL_UTF8_REPLACEMENT);
                char encoded[4];
                if (is_valid)
                    cr_assert_eq(pil_utf8_encode(c, encoded), at - before);
                all_valid = all_valid && is_valid;
            }
            cr_assert_eq(pil_utf8_is_valid(text, length), all_valid);
        }
    }
}

Test(utf8, a_boundary_is_the_begin_of_a_character)
{
    static const char text[] = "a\xC4\x8D\xE2\x80\x99\xF0\x9F\x91\x8D";
    static const size_t boundaries[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10};
    for (size_t at = 0; at <= 10; at++)
        cr_expect_eq(pil_utf8_boundary(text, 10, at), boundaries[at], "at %zu", at);
    cr_expect_eq(pil_utf8_boundary("", 0, 0), 0);
}

Test(utf8, a_boundary_in_garbage_is_at_most_three_bytes_back)
{
    static const char text[] = "\x80\x80\x80\x80\x80\x80\x80\x80";
    for (size_t at = 0; at <= 8; at++) {
        size_t boundary = pil_utf8_boundary(text, 8, at);
        cr_expect(boundary <= at && at - boundary <= 3, "at %zu: %zu", at, boundary);
    }
}

static void expect_utf16(const char *bytes, size_t length, bool big_endian, const char *expected,
                         size_t expected_replaced)
{
    pil_buffer out;
    size_t n_replaced = 99;
    pil_buffer_init(&out, 100);
    cr_assert_eq(pil_utf8_from_utf16(bytes, length, big_endian, &out, &n_replaced), PIL_OK);
    cr_expect_str_eq(out.bytes, expected, "%s instead of %s", out.bytes, expected);
    cr_expect_eq(n_replaced, expected_replaced, "%s: %zu", expected, n_replaced);
    pil_buffer_dispose(&out);
}

Test(utf8, utf16_becomes_utf8_in_both_byte_orders)
{
    expect_utf16("", 0, true, "", 0);
    expect_utf16("\0a\x01\x0D \x19", 6, true, "a\xC4\x8D\xE2\x80\x99", 0);
    expect_utf16("a\0\x0D\x01\x19 ", 6, false, "a\xC4\x8D\xE2\x80\x99", 0);
    expect_utf16("\xD8\x3D\xDC\x4D", 4, true, "\xF0\x9F\x91\x8D", 0);
    expect_utf16("\x3D\xD8\x4D\xDC", 4, false, "\xF0\x9F\x91\x8D", 0);
}

Test(utf8, broken_utf16_is_replaced_and_counted)
{
    expect_utf16("\xD8\x3D\0a", 4, true,
                 "\xEF\xBF\xBD"
                 "a",
                 1);
    expect_utf16("\xDC\x4D\0a", 4, true,
                 "\xEF\xBF\xBD"
                 "a",
                 1);
    expect_utf16("\xD8\x3D", 2, true, "\xEF\xBF\xBD", 1);
    expect_utf16("\0a\0", 3, true, "a\xEF\xBF\xBD", 1);
    expect_utf16("\0\0\0a", 4, true,
                 "\xEF\xBF\xBD"
                 "a",
                 1);
    expect_utf16("\xD8\x3D\xD8\x3D\xDC\x4D", 6, true, "\xEF\xBF\xBD\xF0\x9F\x91\x8D", 1);
}

/* U+FFFD that stands in the source is no damage. */
Test(utf8, a_replacement_character_in_utf16_is_not_counted)
{
    expect_utf16("\xFF\xFD", 2, true, "\xEF\xBF\xBD", 0);
}
