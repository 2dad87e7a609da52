#include "index/record.h"
#include "lib/index/codec.h"
#include "support/temporary_directory.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static char *directory;
static pil_buffer stored, strings;
static pil_dictionaries *dictionaries;
static pil_compression *compression;
static pil_compressor *compressor; /* without a dictionary */

static void init(void)
{
    directory = pil_temporary_directory_new();
    pil_buffer_init(&stored, PIL_RECORD_MAX_BYTES);
    pil_buffer_init(&strings, PIL_RECORD_MAX_BYTES);
    cr_assert_eq(pil_dictionaries_open(&dictionaries, directory, &(pil_manifest){0}, NULL), PIL_OK);
    compression = pil_compression_new(0, NULL, 0);
    compressor = pil_compressor_new(compression);
    cr_assert_not_null(compressor);
}

static void dispose(void)
{
    pil_compressor_free(compressor);
    pil_compression_free(compression);
    pil_dictionaries_close(dictionaries);
    pil_buffer_dispose(&stored);
    pil_buffer_dispose(&strings);
    pil_temporary_directory_remove(directory);
}

TestSuite(record, .init = init, .fini = dispose);

#define TEXT                                                                                       \
    "An attack on one is an attack on all, and an attack on all is an attack on one, for one is "  \
    "for all, and all are for one."

static const pil_record sample = {
    .number = 17,
    .repeat = 2,
    .begin_byte = UINT64_C(1) << 40,
    .end_byte = (UINT64_C(1) << 40) + 300,
    .line = 70000,
    .page = 3,
    .language = "en",
    .heading = "One > Two",
    .text = TEXT,
    .text_bytes = sizeof TEXT - 1,
};

static void expect_same(const pil_record *got, const pil_record *wanted)
{
    cr_expect_eq(got->number, wanted->number);
    cr_expect_eq(got->repeat, wanted->repeat);
    cr_expect_eq(got->begin_byte, wanted->begin_byte);
    cr_expect_eq(got->end_byte, wanted->end_byte);
    cr_expect_eq(got->line, wanted->line);
    cr_expect_eq(got->page, wanted->page);
    cr_expect_str_eq(got->language, wanted->language);
    cr_expect_str_eq(got->heading, wanted->heading);
    cr_assert_eq(got->text_bytes, wanted->text_bytes);
    cr_expect_eq(memcmp(got->text, wanted->text, wanted->text_bytes), 0);
    cr_expect_eq(got->text[got->text_bytes], '\0');
}

static pil_status decode(pil_record *record, pil_error *err)
{
    return pil_record_decode(stored.bytes, stored.length, dictionaries, &strings, record, err);
}

static void round_trip_with(const pil_record *record, pil_compressor *with)
{
    pil_record got;
    pil_error err = {0};
    pil_buffer_clear(&stored);
    cr_assert_eq(pil_record_encode(record, with, &stored, &err), PIL_OK, "%s", err.message);
    cr_assert_eq(decode(&got, &err), PIL_OK, "%s", err.message);
    expect_same(&got, record);
}

static void round_trip(const pil_record *record)
{
    round_trip_with(record, NULL);
    round_trip_with(record, compressor);
}

/* Text that compresses to about two thirds. The caller frees it. */
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

Test(record, each_field_comes_back_alone_and_left_out)
{
    const pil_record plain = {
        .number = 1, .language = "", .heading = "", .text = "x", .text_bytes = 1, .end_byte = 1};
    for (unsigned fields = 0; fields < 1 << 8; fields++) {
        pil_record record = plain;
        if (fields & 1)
            record.repeat = 1;
        if (fields & 2)
            record.line = 300;
        if (fields & 4)
            record.page = 1;
        if (fields & 8)
            record.heading = "H";
        if (fields & 16)
            record.language = "en";
        if (fields & 32)
            record.language = "x-language";
        if (fields & 64)
            record.end_byte = 0;
        if (fields & 128)
            record.text = TEXT, record.text_bytes = record.end_byte = sizeof TEXT - 1;
        round_trip(&record);
    }
}

Test(record, a_record_without_the_rare_fields_takes_ten_bytes_beside_its_text)
{
    const pil_record record = {.number = 9,
                               .begin_byte = 1000,
                               .end_byte = 1003,
                               .language = "en",
                               .text = "abc",
                               .text_bytes = 3};
    cr_assert_eq(pil_record_encode(&record, NULL, &stored, NULL), PIL_OK);
    /* flags and language 2, number 1, begin 2, checksum 4 */
    cr_expect_eq(stored.length, 9 + 3);
}

Test(record, languages_come_back_in_the_table_or_not)
{
    static const char *const languages[] = {"",  "en",    "de",      "eo", "xx",
                                            "e", "en-GB", "sr-Latn", "eng"};
    for (size_t i = 0; i < sizeof languages / sizeof languages[0]; i++) {
        pil_record record = sample;
        record.language = languages[i];
        round_trip(&record);
    }
}

Test(record, extremes_come_back)
{
    pil_record record = {.number = UINT32_MAX,
                         .repeat = UINT32_MAX,
                         .begin_byte = 5,
                         .end_byte = 5,
                         .line = UINT32_MAX,
                         .page = UINT32_MAX,
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
    static const size_t lengths[] = {0,   1,    2,     7,     127,    128,    255,
                                     256, 8192, 65535, 65536, 131071, 131072, 131073};
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        char *text = make_text(lengths[i]);
        pil_record record = sample;
        record.text = text;
        record.text_bytes = lengths[i];
        round_trip(&record);
        memset(text, ' ', lengths[i] / 2);
        round_trip(&record);
        memset(text, 'a', lengths[i]);
        round_trip(&record);
        free(text);
    }
}

Test(record, a_text_is_compressed_where_that_helps)
{
    char *text = make_text(60000);
    pil_record record = sample;
    record.text = text;
    record.text_bytes = 60000;
    cr_assert_eq(pil_record_encode(&record, compressor, &stored, NULL), PIL_OK);
    cr_expect_lt(stored.length, 45000);
    memset(text, 'x', 60000);
    pil_buffer_clear(&stored);
    cr_assert_eq(pil_record_encode(&record, compressor, &stored, NULL), PIL_OK);
    cr_expect_lt(stored.length, 60);
    /* Nothing to be had: as long as without a compressor. */
    record.text = "qwertyuiop";
    record.text_bytes = 10;
    pil_buffer_clear(&stored);
    cr_assert_eq(pil_record_encode(&record, compressor, &stored, NULL), PIL_OK);
    size_t length = stored.length;
    pil_buffer_clear(&stored);
    cr_assert_eq(pil_record_encode(&record, NULL, &stored, NULL), PIL_OK);
    cr_expect_eq(stored.length, length);
    free(text);
}

Test(record, strings_that_are_not_given_are_empty)
{
    pil_record record = sample, got;
    record.language = NULL;
    record.heading = NULL;
    cr_assert_eq(pil_record_encode(&record, NULL, &stored, NULL), PIL_OK);
    cr_assert_eq(decode(&got, NULL), PIL_OK);
    cr_expect_str_eq(got.language, "");
    cr_expect_str_eq(got.heading, "");
}

Test(record, encoding_appends_and_seals_only_its_own)
{
    pil_record got;
    cr_assert_eq(pil_buffer_append_string(&stored, "before"), PIL_OK);
    cr_assert_eq(pil_record_encode(&sample, compressor, &stored, NULL), PIL_OK);
    cr_expect_eq(memcmp(stored.bytes, "before", 6), 0);
    cr_assert_eq(
        pil_record_decode(stored.bytes + 6, stored.length - 6, dictionaries, &strings, &got, NULL),
        PIL_OK);
    expect_same(&got, &sample);
}

static pil_status decode_record(void)
{
    pil_record got;
    return decode(&got, NULL);
}

static void expect_flips_and_cuts_refused(void)
{
    for (size_t bit = 0; bit < stored.length * 8; bit++) {
        stored.bytes[bit / 8] = (char)(stored.bytes[bit / 8] ^ 1 << bit % 8);
        cr_expect_eq(decode_record(), PIL_CORRUPT, "bit %zu", bit);
        stored.bytes[bit / 8] = (char)(stored.bytes[bit / 8] ^ 1 << bit % 8);
    }
    cr_expect_eq(decode_record(), PIL_OK);
    for (size_t length = stored.length; stored.length > 0;) {
        stored.length--;
        cr_expect_eq(decode_record(), PIL_CORRUPT, "cut from %zu to %zu bytes", length,
                     stored.length);
    }
}

Test(record, every_flipped_bit_and_every_cut_is_refused)
{
    cr_assert_eq(pil_record_encode(&sample, NULL, &stored, NULL), PIL_OK);
    expect_flips_and_cuts_refused();
}

Test(record, every_flipped_bit_and_every_cut_of_a_compressed_one_is_refused)
{
    cr_assert_eq(pil_record_encode(&sample, NULL, &stored, NULL), PIL_OK);
    size_t length = stored.length;
    pil_buffer_clear(&stored);
    cr_assert_eq(pil_record_encode(&sample, compressor, &stored, NULL), PIL_OK);
    cr_assert_lt(stored.length, length, "it is not compressed");
    expect_flips_and_cuts_refused();
}

Test(record, a_refused_one_leaves_the_output_alone)
{
    pil_record got = sample;
    pil_error err = {0};
    cr_expect_eq(pil_record_decode("nonsense", 8, dictionaries, &strings, &got, &err), PIL_CORRUPT);
    expect_same(&got, &sample);
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

Test(record, another_format_is_told_from_damage)
{
    cr_assert_eq(pil_record_encode(&sample, compressor, &stored, NULL), PIL_OK);
    char *bytes = malloc(stored.length);
    size_t length = stored.length - 4;
    memcpy(bytes, stored.bytes, length);
    cr_expect_eq(bytes[0] & 0x0F, 2);
    bytes[0] = (char)((bytes[0] & 0xF0) | 3);
    cr_expect_eq(decode_sealed(bytes, length), PIL_INCOMPATIBLE);
    bytes[0] = (char)((bytes[0] & 0xF0) | 2);
    cr_expect_eq(decode_sealed(bytes, length), PIL_OK);
    free(bytes);
}

Test(record, sealed_nonsense_is_refused)
{
    static const struct {
        const char *what, *bytes;
        size_t length;
        pil_status status;
    } cases[] = {
#define CASE(what, bytes, status) {what, bytes, sizeof bytes - 1, status}
        CASE("nothing", "", PIL_CORRUPT),
        CASE("no language", "\x02", PIL_CORRUPT),
        CASE("no numbers", "\x02\0", PIL_CORRUPT),
        CASE("no text is an empty one", "\x02\0\x01\0", PIL_OK),
        CASE("three bytes of text",
             "\x02\x01\x01\0"
             "abc",
             PIL_OK),
        CASE("a language that no one has",
             "\x02\x3E\x01\0"
             "abc",
             PIL_CORRUPT),
        CASE("another language",
             "\x02\x3F\x01\0\x02xx"
             "abc",
             PIL_OK),
        CASE("one with a zero byte",
             "\x02\x3F\x01\0\x02x\0"
             "abc",
             PIL_CORRUPT),
        CASE("one that is cut",
             "\x02\x3F\x01\0\x09xx"
             "abc",
             PIL_CORRUPT),
        CASE("a heading that is cut", "\x82\0\x01\0\x09H", PIL_CORRUPT),
        CASE("a number over 32 bits",
             "\x02\0\xFF\xFF\xFF\xFF\x7F\0"
             "abc",
             PIL_CORRUPT),
        CASE("a range that ends before it begins",
             "\x02\x80\x01\x02\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01"
             "abc",
             PIL_CORRUPT),
        CASE("not zstd",
             "\x12\0\0\x01\0"
             "abc",
             PIL_CORRUPT),
        CASE("no block", "\x12\0\0\x01\0", PIL_CORRUPT),
        CASE("a dictionary that is not there",
             "\x12\0\x05\x01\0"
             "abc",
             PIL_CORRUPT),
#undef CASE
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        cr_expect_eq(decode_sealed(cases[i].bytes, cases[i].length), cases[i].status, "%s",
                     cases[i].what);
}

Test(record, one_that_is_too_large_is_not_encoded)
{
    char *text = make_text(PIL_RECORD_MAX_BYTES);
    pil_record record = sample;
    pil_error err = {0};
    cr_assert_eq(pil_buffer_append_string(&stored, "before"), PIL_OK);
    record.text = text;
    record.text_bytes = PIL_RECORD_MAX_BYTES;
    cr_expect_eq(pil_record_encode(&record, NULL, &stored, &err), PIL_INVALID_ARGUMENT);
    cr_expect_str_eq(stored.bytes, "before");
    free(text);
}

/* ---- ids ---- */

Test(record, the_id_of_a_paragraph_has_the_seed_above_and_the_text_below)
{
    uint64_t id = pil_paragraph_id(0xDEADBEEF, "a text", 6, 0);
    cr_expect_eq(id >> 32, 0xDEADBEEF);
    cr_expect_eq(pil_paragraph_id(0xDEADBEEF, "a text", 6, 0), id);
    cr_expect_eq(pil_paragraph_id(1, "a text", 6, 0) & UINT32_MAX, id & UINT32_MAX);
    cr_expect_neq(pil_paragraph_id(0xDEADBEEF, "a test", 6, 0), id);
    for (uint32_t repeat = 1; repeat < 100; repeat++)
        cr_expect_neq(pil_paragraph_id(0xDEADBEEF, "a text", 6, repeat),
                      pil_paragraph_id(0xDEADBEEF, "a text", 6, repeat - 1));
}

/* Part of the format: ids are noted down by users. */
Test(record, ids_are_the_same_everywhere)
{
    pil_digest key = pil_digest_of("an id", 5);
    cr_expect_eq(pil_article_id_seed(&key), 0xec9d1a7a, "%08x", pil_article_id_seed(&key));
    cr_expect_eq(pil_paragraph_id(0, "a text", 6, 0), 0x5b2618bf, "%llx",
                 (unsigned long long)pil_paragraph_id(0, "a text", 6, 0));
    cr_expect_eq(pil_paragraph_id(0, "a text", 6, 1), 0x5090b861, "%llx",
                 (unsigned long long)pil_paragraph_id(0, "a text", 6, 1));
}
