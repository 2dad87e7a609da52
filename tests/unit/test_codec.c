#include "lib/index/codec.h"

#include <criterion/criterion.h>
#include <string.h>

static pil_buffer bytes;

static void init(void)
{
    pil_buffer_init(&bytes, 1 << 20);
}

static void dispose(void)
{
    pil_buffer_dispose(&bytes);
}

TestSuite(codec, .init = init, .fini = dispose);

/* A sealed message with only these bytes in it. */
static pil_codec_reader sealed(const char *content, size_t length)
{
    pil_buffer_clear(&bytes);
    cr_assert_eq(pil_buffer_append(&bytes, content, length), PIL_OK);
    cr_assert_eq(pil_codec_seal(&bytes, 0), PIL_OK);
    return pil_codec_open(bytes.bytes, bytes.length);
}

Test(codec, numbers_come_back_whatever_their_length)
{
    for (int shift = 0; shift < 64; shift++) {
        for (int delta = -1; delta <= 1; delta++) {
            uint64_t number = (UINT64_C(1) << shift) + (uint64_t)(int64_t)delta;
            pil_buffer_clear(&bytes);
            cr_assert_eq(pil_codec_put_number(&bytes, number), PIL_OK);
            cr_assert_eq(pil_codec_seal(&bytes, 0), PIL_OK);
            pil_codec_reader reader = pil_codec_open(bytes.bytes, bytes.length);
            cr_expect_eq(pil_codec_get_number(&reader), number, "%llu", (unsigned long long)number);
            cr_expect(reader.ok);
            cr_expect_eq(reader.at, reader.length);
        }
    }
}

Test(codec, small_numbers_take_one_byte)
{
    cr_assert_eq(pil_codec_put_number(&bytes, 127), PIL_OK);
    cr_expect_eq(bytes.length, 1);
    cr_assert_eq(pil_codec_put_number(&bytes, 128), PIL_OK);
    cr_expect_eq(bytes.length, 3);
    cr_assert_eq(pil_codec_put_number(&bytes, UINT64_MAX), PIL_OK);
    cr_expect_eq(bytes.length, 13);
}

Test(codec, a_number_over_64_bits_is_refused)
{
    static const struct {
        const char *content;
        size_t length;
        bool fits;
    } cases[] = {
        {"\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01", 10, true},
        {"\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x02", 10, false},
        {"\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7F", 10, false},
        {"\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01", 11, false},
        {"\xFF", 1, false},
        {"", 0, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        pil_codec_reader reader = sealed(cases[i].content, cases[i].length);
        cr_assert(reader.ok);
        uint64_t number = pil_codec_get_number(&reader);
        cr_expect_eq(reader.ok, cases[i].fits, "case %zu", i);
        cr_expect_eq(number, cases[i].fits ? UINT64_MAX : 0, "case %zu", i);
    }
}

Test(codec, a_number_over_32_bits_is_refused_where_32_are_wanted)
{
    cr_assert_eq(pil_codec_put_number(&bytes, UINT32_MAX), PIL_OK);
    cr_assert_eq(pil_codec_put_number(&bytes, (uint64_t)UINT32_MAX + 1), PIL_OK);
    cr_assert_eq(pil_codec_seal(&bytes, 0), PIL_OK);
    pil_codec_reader reader = pil_codec_open(bytes.bytes, bytes.length);
    cr_expect_eq(pil_codec_get_u32(&reader), UINT32_MAX);
    cr_expect(reader.ok);
    cr_expect_eq(pil_codec_get_u32(&reader), 0);
    cr_expect_not(reader.ok);
}

Test(codec, strings_come_back_with_their_zero_bytes)
{
    cr_assert_eq(pil_codec_put_string(&bytes, "a\0b", 3), PIL_OK);
    cr_assert_eq(pil_codec_put_string(&bytes, NULL, 0), PIL_OK);
    cr_assert_eq(pil_codec_put_string(&bytes, "last", 4), PIL_OK);
    cr_assert_eq(pil_codec_seal(&bytes, 0), PIL_OK);
    pil_codec_reader reader = pil_codec_open(bytes.bytes, bytes.length);
    size_t length;
    const char *string = pil_codec_get_string(&reader, &length);
    cr_expect_eq(length, 3);
    cr_expect_eq(memcmp(string, "a\0b", 3), 0);
    pil_codec_get_string(&reader, &length);
    cr_expect_eq(length, 0);
    string = pil_codec_get_string(&reader, &length);
    cr_expect_eq(length, 4);
    cr_expect_eq(memcmp(string, "last", 4), 0);
    cr_expect(reader.ok);
}

Test(codec, a_string_longer_than_what_is_there_is_refused)
{
    pil_codec_reader reader = sealed("\x05"
                                     "four",
                                     5);
    size_t length = 99;
    cr_expect_str_eq(pil_codec_get_string(&reader, &length), "");
    cr_expect_eq(length, 0);
    cr_expect_not(reader.ok);
    /* And so is all that would come behind. */
    cr_expect_eq(pil_codec_get_number(&reader), 0);
    cr_expect_str_eq(pil_codec_get_string(&reader, &length), "");
    reader = sealed("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01x", 11);
    pil_codec_get_string(&reader, &length);
    cr_expect_not(reader.ok);
}

Test(codec, the_checksum_covers_only_what_follows_the_start)
{
    cr_assert_eq(pil_buffer_append_string(&bytes, "before"), PIL_OK);
    cr_assert_eq(pil_codec_put_number(&bytes, 7), PIL_OK);
    cr_assert_eq(pil_codec_seal(&bytes, 6), PIL_OK);
    pil_codec_reader reader = pil_codec_open(bytes.bytes + 6, bytes.length - 6);
    cr_expect(reader.ok);
    cr_expect_eq(pil_codec_get_number(&reader), 7);
}

Test(codec, every_flipped_bit_and_every_cut_is_noticed)
{
    for (int i = 0; i < 40; i++)
        cr_assert_eq(pil_codec_put_number(&bytes, (uint64_t)i * 12345), PIL_OK);
    cr_assert_eq(pil_codec_seal(&bytes, 0), PIL_OK);
    for (size_t bit = 0; bit < bytes.length * 8; bit++) {
        bytes.bytes[bit / 8] = (char)(bytes.bytes[bit / 8] ^ 1 << bit % 8);
        cr_expect_not(pil_codec_open(bytes.bytes, bytes.length).ok, "bit %zu", bit);
        bytes.bytes[bit / 8] = (char)(bytes.bytes[bit / 8] ^ 1 << bit % 8);
    }
    for (size_t length = 0; length < bytes.length; length++)
        cr_expect_not(pil_codec_open(bytes.bytes, length).ok, "%zu bytes", length);
    cr_expect(pil_codec_open(bytes.bytes, bytes.length).ok);
}

Test(codec, bytes_come_back_and_none_is_read_past_the_end)
{
    pil_codec_reader reader = sealed("\xFF\x01", 2);
    cr_expect_eq(pil_codec_get_byte(&reader), 0xFF);
    cr_expect_eq(pil_codec_get_byte(&reader), 1);
    cr_expect(reader.ok);
    cr_expect_eq(pil_codec_get_byte(&reader), 0);
    cr_expect_not(reader.ok);
}

Test(codec, a_string_is_kept_unless_it_has_a_zero_byte)
{
    pil_buffer strings;
    pil_buffer_init(&strings, 100);
    cr_assert_eq(pil_buffer_reserve(&strings, 50), PIL_OK);
    pil_codec_reader reader = sealed("\x03one\0\x03t\0o\x01x", 11);
    const char *one = pil_codec_keep_string(&reader, &strings);
    const char *empty = pil_codec_keep_string(&reader, &strings);
    cr_expect(reader.ok);
    cr_expect_str_eq(one, "one");
    cr_expect_str_eq(empty, "");
    cr_expect_eq(strings.length, 5);
    cr_expect_str_eq(pil_codec_keep_string(&reader, &strings), "");
    cr_expect_not(reader.ok);
    cr_expect_eq(strings.length, 5);
    pil_buffer_dispose(&strings);
}
