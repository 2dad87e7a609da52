#include "index/record.h"
#include "lib/index/codec.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static pil_buffer stored, strings;

static void init(void)
{
    pil_buffer_init(&stored, PIL_RECORD_MAX_BYTES);
    pil_buffer_init(&strings, PIL_RECORD_MAX_BYTES);
}

static void dispose(void)
{
    pil_buffer_dispose(&stored);
    pil_buffer_dispose(&strings);
}

TestSuite(record, .init = init, .fini = dispose);

static const pil_record sample = {
    .id = UINT64_C(0xFEDCBA9876543210),
    .number = 17,
    .begin_byte = UINT64_C(1) << 40,
    .end_byte = (UINT64_C(1) << 40) + 300,
    .line = 70000,
    .page = 3,
    .generation = 12,
    .language = "en",
    .heading = "One > Two",
    .text = "An attack on one is an attack on all.",
    .text_bytes = 37,
};

static void expect_same(const pil_record *got, const pil_record *wanted)
{
    cr_expect_eq(got->id, wanted->id);
    cr_expect_eq(got->number, wanted->number);
    cr_expect_eq(got->begin_byte, wanted->begin_byte);
    cr_expect_eq(got->end_byte, wanted->end_byte);
    cr_expect_eq(got->line, wanted->line);
    cr_expect_eq(got->page, wanted->page);
    cr_expect_eq(got->generation, wanted->generation);
    cr_expect_str_eq(got->language, wanted->language);
    cr_expect_str_eq(got->heading, wanted->heading);
    cr_assert_eq(got->text_bytes, wanted->text_bytes);
    cr_expect_eq(memcmp(got->text, wanted->text, wanted->text_bytes), 0);
    cr_expect_eq(got->text[got->text_bytes], '\0');
}

static void round_trip(const pil_record *record)
{
    pil_record got;
    pil_error err = {0};
    pil_buffer_clear(&stored);
    cr_assert_eq(pil_record_encode(record, &stored, &err), PIL_OK, "%s", err.message);
    cr_assert_eq(pil_record_decode(stored.bytes, stored.length, &strings, &got, &err), PIL_OK, "%s",
                 err.message);
    expect_same(&got, record);
}

/* Text that does not compress to nothing. The caller frees it. */
static char *make_text(size_t length)
{
    char *text = malloc(length + 1);
    uint32_t state = 12345;
    for (size_t i = 0; i < length; i++) {
        state = state * 1664525 + 1013904223;
        text[i] = (char)('a' + (state >> 24) % 26);
    }
    text[length] = '\0';
    return text;
}

Test(record, what_is_stored_comes_back)
{
    round_trip(&sample);
}

Test(record, extremes_come_back)
{
    pil_record record = {.id = UINT64_MAX,
                         .number = UINT32_MAX,
                         .begin_byte = 5,
                         .end_byte = 5,
                         .line = UINT32_MAX,
                         .page = UINT32_MAX,
                         .generation = UINT64_MAX,
                         .language = "",
                         .heading = "",
                         .text = "",
                         .text_bytes = 0};
    round_trip(&record);
    record.begin_byte = 0;
    record.end_byte = UINT64_MAX;
    round_trip(&record);
}

Test(record, texts_of_any_length_come_back)
{
    static const size_t lengths[] = {1, 127, 128, 4095, 4096, 4097, 8192, 65535, 65536};
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        char *text = make_text(lengths[i]);
        pil_record record = sample;
        record.text = text;
        record.text_bytes = lengths[i];
        round_trip(&record);
        free(text);
    }
}

Test(record, a_text_above_4096_bytes_is_compressed_and_a_shorter_one_is_not)
{
    char *text = make_text(8192);
    memset(text, 'a', 8192);
    pil_record record = sample;
    record.text = text;
    record.text_bytes = 4096;
    cr_assert_eq(pil_record_encode(&record, &stored, NULL), PIL_OK);
    cr_expect_geq(stored.length, 4096);
    pil_buffer_clear(&stored);
    record.text_bytes = 4097;
    cr_assert_eq(pil_record_encode(&record, &stored, NULL), PIL_OK);
    cr_expect_lt(stored.length, 200);
    free(text);
}

Test(record, strings_that_are_not_given_are_empty)
{
    pil_record record = sample, got;
    record.language = NULL;
    record.heading = NULL;
    cr_assert_eq(pil_record_encode(&record, &stored, NULL), PIL_OK);
    cr_assert_eq(pil_record_decode(stored.bytes, stored.length, &strings, &got, NULL), PIL_OK);
    cr_expect_str_eq(got.language, "");
    cr_expect_str_eq(got.heading, "");
}

Test(record, encoding_appends_and_seals_only_its_own)
{
    pil_record got;
    cr_assert_eq(pil_buffer_append_string(&stored, "before"), PIL_OK);
    cr_assert_eq(pil_record_encode(&sample, &stored, NULL), PIL_OK);
    cr_expect_eq(memcmp(stored.bytes, "before", 6), 0);
    cr_assert_eq(pil_record_decode(stored.bytes + 6, stored.length - 6, &strings, &got, NULL),
                 PIL_OK);
    expect_same(&got, &sample);
}

/* Every bit of what stored holds. */
static void expect_flips_refused(pil_status (*decode)(void))
{
    for (size_t bit = 0; bit < stored.length * 8; bit++) {
        stored.bytes[bit / 8] = (char)(stored.bytes[bit / 8] ^ 1 << bit % 8);
        cr_expect_eq(decode(), PIL_CORRUPT, "bit %zu", bit);
        stored.bytes[bit / 8] = (char)(stored.bytes[bit / 8] ^ 1 << bit % 8);
    }
    cr_expect_eq(decode(), PIL_OK);
}

static void expect_cuts_refused(pil_status (*decode)(void))
{
    size_t length = stored.length;
    for (size_t cut = 0; cut < length; cut++) {
        stored.length = cut;
        cr_expect_eq(decode(), PIL_CORRUPT, "cut to %zu bytes", cut);
    }
    stored.length = length;
}

static pil_status decode_record(void)
{
    pil_record got;
    return pil_record_decode(stored.bytes, stored.length, &strings, &got, NULL);
}

Test(record, every_flipped_bit_and_every_cut_is_refused)
{
    cr_assert_eq(pil_record_encode(&sample, &stored, NULL), PIL_OK);
    expect_flips_refused(decode_record);
    expect_cuts_refused(decode_record);
}

Test(record, every_flipped_bit_of_a_compressed_one_is_refused)
{
    char *text = make_text(4200);
    memset(text, 'x', 4000);
    pil_record record = sample;
    record.text = text;
    record.text_bytes = 4200;
    cr_assert_eq(pil_record_encode(&record, &stored, NULL), PIL_OK);
    expect_flips_refused(decode_record);
    free(text);
}

Test(record, a_refused_one_leaves_the_output_alone)
{
    pil_record got = sample;
    pil_error err = {0};
    cr_expect_eq(pil_record_decode("nonsense", 8, &strings, &got, &err), PIL_CORRUPT);
    cr_expect_eq(got.id, sample.id);
    cr_expect_str_not_empty(err.message);
}

/* A record with a valid checksum over these bytes. */
static pil_status decode_sealed(const char *bytes, size_t length)
{
    pil_buffer_clear(&stored);
    cr_assert_eq(pil_buffer_append(&stored, bytes, length), PIL_OK);
    cr_assert_eq(pil_codec_seal(&stored, 0), PIL_OK);
    return decode_record();
}

Test(record, a_future_format_is_told_from_damage)
{
    cr_assert_eq(pil_record_encode(&sample, &stored, NULL), PIL_OK);
    char *bytes = malloc(stored.length);
    size_t length = stored.length - 4;
    memcpy(bytes, stored.bytes, length);
    bytes[0] = 2;
    cr_expect_eq(decode_sealed(bytes, length), PIL_INCOMPATIBLE);
    bytes[0] = 1;
    bytes[1] = 1; /* a dictionary that this program cannot have */
    cr_expect_eq(decode_sealed(bytes, length), PIL_INCOMPATIBLE);
    bytes[1] = 0;
    cr_expect_eq(decode_sealed(bytes, length), PIL_OK);
    free(bytes);
}

Test(record, sealed_nonsense_is_refused)
{
    /* format, dictionary, id, number, begin, length, line, page, generation, language, heading */
    static const char head[] = "\x01\0\x01\x01\0\x01\x01\0\x01\0\0";
    char bytes[64];
    size_t n = sizeof head - 1;
    memcpy(bytes, head, n);
    cr_expect_eq(decode_sealed(bytes, n), PIL_CORRUPT, "no text");
    memcpy(bytes + n,
           "\0\x03"
           "abc",
           5);
    cr_expect_eq(decode_sealed(bytes, n + 5), PIL_OK);
    cr_expect_eq(decode_sealed(bytes, n + 4), PIL_CORRUPT, "a text that is too short");
    bytes[n] = 2;
    cr_expect_eq(decode_sealed(bytes, n + 5), PIL_CORRUPT, "an unknown coding");
    bytes[n] = 1;
    cr_expect_eq(decode_sealed(bytes, n + 5), PIL_CORRUPT, "not zstd");
    memcpy(bytes + n, "\x01\xFF\xFF\xFF\xFF\x0F", 6);
    cr_expect_eq(decode_sealed(bytes, n + 6), PIL_CORRUPT, "a text of 4 GiB");
    cr_expect_eq(decode_sealed("", 0), PIL_CORRUPT, "nothing");
}

Test(record, one_that_is_too_large_is_not_encoded)
{
    char *text = make_text(PIL_RECORD_MAX_BYTES);
    pil_record record = sample;
    pil_error err = {0};
    record.text = text;
    record.text_bytes = PIL_RECORD_MAX_BYTES;
    cr_expect_eq(pil_record_encode(&record, &stored, &err), PIL_INVALID_ARGUMENT);
    free(text);
}

/* ---- metadata ---- */

static const pil_article_meta meta = {
    .id = "news/a.jsonl#7",
    .path = "news/a.jsonl",
    .title = "A title",
    .author = "An author",
    .date = "2023-11-22",
    .language = "en",
    .source = "A paper",
    .url = "https://example.org/7",
    .n_paragraphs = 12,
};

static pil_status decode_meta(void)
{
    pil_article_meta got;
    return pil_article_meta_decode(stored.bytes, stored.length, &strings, &got, NULL);
}

Test(record, metadata_comes_back)
{
    pil_article_meta got;
    cr_assert_eq(pil_article_meta_encode(&meta, &stored, NULL), PIL_OK);
    cr_assert_eq(pil_article_meta_decode(stored.bytes, stored.length, &strings, &got, NULL),
                 PIL_OK);
    cr_expect_str_eq(got.id, meta.id);
    cr_expect_str_eq(got.path, meta.path);
    cr_expect_str_eq(got.title, meta.title);
    cr_expect_str_eq(got.author, meta.author);
    cr_expect_str_eq(got.date, meta.date);
    cr_expect_str_eq(got.language, meta.language);
    cr_expect_str_eq(got.source, meta.source);
    cr_expect_str_eq(got.url, meta.url);
    cr_expect_eq(got.n_paragraphs, meta.n_paragraphs);
}

Test(record, metadata_that_is_not_given_is_empty)
{
    pil_article_meta got;
    const pil_article_meta none = {0};
    cr_assert_eq(pil_article_meta_encode(&none, &stored, NULL), PIL_OK);
    cr_assert_eq(pil_article_meta_decode(stored.bytes, stored.length, &strings, &got, NULL),
                 PIL_OK);
    cr_expect_str_eq(got.id, "");
    cr_expect_str_eq(got.url, "");
    cr_expect_eq(got.n_paragraphs, 0);
}

Test(record, every_flipped_bit_and_every_cut_of_metadata_is_refused)
{
    cr_assert_eq(pil_article_meta_encode(&meta, &stored, NULL), PIL_OK);
    expect_flips_refused(decode_meta);
    expect_cuts_refused(decode_meta);
}

Test(record, metadata_of_a_future_format_is_told_from_damage)
{
    cr_assert_eq(pil_article_meta_encode(&meta, &stored, NULL), PIL_OK);
    stored.bytes[0] = 9;
    pil_buffer_set_length(&stored, stored.length - 4);
    cr_assert_eq(pil_codec_seal(&stored, 0), PIL_OK);
    cr_expect_eq(decode_meta(), PIL_INCOMPATIBLE);
}
