#include "index/record.h"
#include "lib/index/codec.h"

#include <criterion/criterion.h>
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

TestSuite(article_meta, .init = init, .fini = dispose);

static const pil_article_meta sample = {
    .id = "news/a.jsonl#7",
    .path = "news/a.jsonl",
    .title = "A title",
    .author = "An author",
    .date = "2023-11-22",
    .language = "en",
    .source = "A paper",
    .url = "https://example.org/7",
    .n_paragraphs = 12,
    .line = 3,
    .id_seed = 0xDEADBEEF,
    .generation = UINT64_C(1) << 40,
};

static pil_status decode(pil_article_meta *meta)
{
    return pil_article_meta_decode(stored.bytes, stored.length, &strings, meta, NULL);
}

static const char *given(const char *string)
{
    return string == NULL ? "" : string;
}

static void round_trip(const pil_article_meta *meta)
{
    pil_article_meta got;
    pil_buffer_clear(&stored);
    cr_assert_eq(pil_article_meta_encode(meta, &stored, NULL), PIL_OK);
    cr_assert_eq(decode(&got), PIL_OK);
    cr_expect_str_eq(got.id, given(meta->id));
    cr_expect_str_eq(got.path, given(meta->path));
    cr_expect_str_eq(got.title, given(meta->title));
    cr_expect_str_eq(got.author, given(meta->author));
    cr_expect_str_eq(got.date, given(meta->date));
    cr_expect_str_eq(got.language, given(meta->language));
    cr_expect_str_eq(got.source, given(meta->source));
    cr_expect_str_eq(got.url, given(meta->url));
    bool has_path = strncmp(given(meta->id), given(meta->path), strlen(given(meta->path))) != 0;
    cr_expect_eq(got.member_bytes, has_path ? 0 : meta->member_bytes);
    cr_expect_eq(got.n_paragraphs, meta->n_paragraphs);
    cr_expect_eq(got.line, meta->line);
    cr_expect_eq(got.id_seed, meta->id_seed);
    cr_expect_eq(got.generation, meta->generation);
}

Test(article_meta, what_is_stored_comes_back)
{
    round_trip(&sample);
}

Test(article_meta, what_is_not_given_is_empty)
{
    round_trip(&(pil_article_meta){0});
}

Test(article_meta, each_field_comes_back_left_out)
{
    for (unsigned fields = 0; fields < 1 << 10; fields++) {
        pil_article_meta meta = sample;
        if (fields & 1)
            meta.title = NULL;
        if (fields & 2)
            meta.author = "";
        if (fields & 4)
            meta.date = NULL;
        if (fields & 8)
            meta.language = fields & 1 ? "" : "x-language";
        if (fields & 16)
            meta.source = NULL;
        if (fields & 32)
            meta.url = NULL;
        if (fields & 64)
            meta.line = fields & 1 ? 0 : 1;
        if (fields & 128)
            meta.path = fields & 1 ? "elsewhere" : "";
        if (fields & 256) {
            pil_digest key = pil_digest_of(meta.id, strlen(meta.id));
            meta.id_seed = pil_article_id_seed(&key);
        }
        if (fields & 512)
            meta.member_bytes = 1;
        round_trip(&meta);
    }
}

Test(article_meta, extremes_come_back)
{
    pil_article_meta meta = sample;
    meta.n_paragraphs = meta.line = meta.id_seed = UINT32_MAX;
    meta.generation = UINT64_MAX;
    round_trip(&meta);
    meta.id = "";
    meta.path = "longer than the id";
    round_trip(&meta);
    meta.id = meta.path;
    round_trip(&meta);
}

Test(article_meta, a_member_that_the_id_does_not_have_is_refused)
{
    pil_article_meta got, meta = sample;
    meta.id = "a.zip#notes/b.txt";
    meta.path = "a.zip";
    meta.member_bytes = strlen("notes/b.txt");
    round_trip(&meta);
    meta.member_bytes++;
    pil_buffer_clear(&stored);
    cr_assert_eq(pil_article_meta_encode(&meta, &stored, NULL), PIL_OK);
    cr_expect_eq(decode(&got), PIL_CORRUPT);
    meta.id = meta.path;
    pil_buffer_clear(&stored);
    cr_assert_eq(pil_article_meta_encode(&meta, &stored, NULL), PIL_OK);
    cr_expect_eq(decode(&got), PIL_CORRUPT);
}

Test(article_meta, a_path_and_a_seed_that_follow_from_the_id_take_no_room)
{
    pil_digest key = pil_digest_of("a/file.txt", 10);
    const pil_article_meta meta = {.id = "a/file.txt",
                                   .path = "a/file.txt",
                                   .language = "en",
                                   .n_paragraphs = 3,
                                   .line = 1,
                                   .generation = 1,
                                   .id_seed = pil_article_id_seed(&key)};
    cr_assert_eq(pil_article_meta_encode(&meta, &stored, NULL), PIL_OK);
    /* flags and language 2, paragraphs 1, generation 1, id 11, path 1, title 1, date 1, checksum */
    cr_expect_eq(stored.length, 18 + 4);
}

Test(article_meta, every_flipped_bit_and_every_cut_is_refused)
{
    pil_article_meta got;
    cr_assert_eq(pil_article_meta_encode(&sample, &stored, NULL), PIL_OK);
    for (size_t bit = 0; bit < stored.length * 8; bit++) {
        stored.bytes[bit / 8] = (char)(stored.bytes[bit / 8] ^ 1 << bit % 8);
        cr_expect_eq(decode(&got), PIL_CORRUPT, "bit %zu", bit);
        stored.bytes[bit / 8] = (char)(stored.bytes[bit / 8] ^ 1 << bit % 8);
    }
    cr_expect_eq(decode(&got), PIL_OK);
    while (stored.length > 0) {
        stored.length--;
        cr_expect_eq(decode(&got), PIL_CORRUPT, "cut to %zu bytes", stored.length);
    }
}

static pil_status decode_sealed(const char *bytes, size_t length)
{
    pil_article_meta got;
    pil_buffer_clear(&stored);
    cr_assert_eq(pil_buffer_append(&stored, bytes, length), PIL_OK);
    cr_assert_eq(pil_codec_seal(&stored, 0), PIL_OK);
    return decode(&got);
}

Test(article_meta, sealed_nonsense_is_refused)
{
    static const struct {
        const char *what, *bytes;
        size_t length;
        pil_status status;
    } cases[] = {
#define CASE(what, bytes, status) {what, bytes, sizeof bytes - 1, status}
        /* flags, language, paragraphs, generation, id, path, title, date */
        CASE("sound", "\x02\0\x01\x01\x02id\x01\0\0", PIL_OK),
        CASE("another format", "\x01\0\x01\x01\x02id\x01\0\0", PIL_INCOMPATIBLE),
        CASE("nothing", "", PIL_CORRUPT),
        CASE("something behind", "\x02\0\x01\x01\x02id\x01\0\0\0", PIL_CORRUPT),
        CASE("a path longer than the id", "\x02\0\x01\x01\x02id\x03\0\0", PIL_CORRUPT),
        CASE("a zero byte", "\x02\0\x01\x01\x02i\0\x01\0\0", PIL_CORRUPT),
        CASE("an unknown language", "\x02\x3E\x01\x01\x02id\x01\0\0", PIL_CORRUPT),
        CASE("half a seed", "\x22\0\x01\x01\x01\x01", PIL_CORRUPT),
#undef CASE
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        cr_expect_eq(decode_sealed(cases[i].bytes, cases[i].length), cases[i].status, "%s",
                     cases[i].what);
}

Test(article_meta, one_that_is_too_large_is_not_encoded)
{
    pil_article_meta meta = sample;
    pil_buffer small;
    pil_buffer_init(&small, 20);
    pil_error err = {0};
    cr_expect_eq(pil_article_meta_encode(&meta, &small, &err), PIL_INVALID_ARGUMENT);
    cr_expect_eq(small.length, 0);
    cr_expect_str_not_empty(err.message);
    pil_buffer_dispose(&small);
}
