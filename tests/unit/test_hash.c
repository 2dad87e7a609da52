#include "base/hash.h"

#include <criterion/criterion.h>
#include <string.h>

/* The check value of the CRC catalogues. */
Test(hash, crc32_is_the_one_of_the_standard)
{
    cr_expect_eq(pil_crc32("123456789", 9), 0xCBF43926u);
    cr_expect_eq(pil_crc32("", 0), 0);
}

Test(hash, crc32_finds_every_change_of_one_bit)
{
    unsigned char bytes[64] = "the record of a paragraph";
    uint32_t before = pil_crc32(bytes, sizeof bytes);
    for (size_t bit = 0; bit < sizeof bytes * 8; bit++) {
        bytes[bit / 8] ^= (unsigned char)(1u << bit % 8);
        cr_expect_neq(pil_crc32(bytes, sizeof bytes), before, "bit %zu", bit);
        bytes[bit / 8] ^= (unsigned char)(1u << bit % 8);
    }
}

/* Stored in indexes: published values of XXH3, seed 0. */
Test(hash, hash64_and_digest_are_those_of_xxh3)
{
    cr_expect_eq(pil_hash64("", 0), 0x2D06800538D394C2u);
    cr_expect_str_eq(pil_digest_of("", 0).hex, "99aa06d3014798d86001c324468d497f");
    cr_expect_neq(pil_hash64("a", 1), pil_hash64("b", 1));
}

Test(hash, a_digest_is_32_small_hex_digits)
{
    pil_digest digest = pil_digest_of("Pilcrow", 7);
    cr_expect_eq(strlen(digest.hex), PIL_DIGEST_LENGTH);
    cr_expect_eq(strspn(digest.hex, "0123456789abcdef"), PIL_DIGEST_LENGTH);
}

Test(hash, a_stream_gives_the_digest_of_the_whole)
{
    static char bytes[10000];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)(i * 31 % 251);
    pil_digest_stream *stream = pil_digest_stream_new();
    cr_assert_not_null(stream);
    cr_expect_str_eq(pil_digest_stream_get(stream).hex, pil_digest_of("", 0).hex);
    size_t at = 0;
    for (size_t step = 1; at < sizeof bytes; step += 37) {
        size_t length = step < sizeof bytes - at ? step : sizeof bytes - at;
        pil_digest_stream_add(stream, bytes + at, length);
        at += length;
        cr_expect_str_eq(pil_digest_stream_get(stream).hex, pil_digest_of(bytes, at).hex);
    }
    pil_digest_stream_free(stream);
    pil_digest_stream_free(NULL);
}
