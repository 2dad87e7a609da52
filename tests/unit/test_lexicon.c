#include "lib/index/lexicon.h"

#include "base/buffer.h"
#include "lib/index/codec.h"
#include "text/analyser.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Blocks as they were handed out: keys and values one behind the other. */
enum { MAX_BLOCKS = 1000 };
static struct {
    size_t key, key_length, value, value_length; /* in bytes */
} blocks[MAX_BLOCKS];
static size_t n_blocks;
static pil_buffer bytes;
static pil_lexicon_writer *writer;

static pil_status take(void *context, const char *key, size_t key_length, const char *value,
                       size_t value_length, pil_error *err)
{
    (void)context;
    if (n_blocks == MAX_BLOCKS)
        return pil_error_set(err, PIL_IO, "no more");
    blocks[n_blocks].key = bytes.length;
    blocks[n_blocks].key_length = key_length;
    cr_assert_eq(pil_buffer_append(&bytes, key, key_length), PIL_OK);
    blocks[n_blocks].value = bytes.length;
    blocks[n_blocks].value_length = value_length;
    cr_assert_eq(pil_buffer_append(&bytes, value, value_length), PIL_OK);
    n_blocks++;
    return PIL_OK;
}

static void init(void)
{
    n_blocks = 0;
    pil_buffer_init(&bytes, 1 << 26);
    writer = pil_lexicon_writer_new(take, NULL);
    cr_assert_not_null(writer);
}

static void dispose(void)
{
    pil_lexicon_writer_free(writer);
    pil_buffer_dispose(&bytes);
}

TestSuite(lexicon, .init = init, .fini = dispose);

static void add(const char *language, const char *form, const char *stem, uint32_t n_written,
                uint32_t n_derived)
{
    const pil_lexicon_word word = {language, form, stem, n_written, n_derived};
    pil_error err = {0};
    cr_assert_eq(pil_lexicon_writer_add(writer, &word, &err), PIL_OK, "%s", err.message);
}

static void finish(void)
{
    cr_assert_eq(pil_lexicon_writer_finish(writer, NULL), PIL_OK);
}

static pil_lexicon_block *open_block(size_t at)
{
    pil_lexicon_block *block;
    pil_error err = {0};
    cr_assert_eq(pil_lexicon_block_open(&block, bytes.bytes + blocks[at].key, blocks[at].key_length,
                                        bytes.bytes + blocks[at].value, blocks[at].value_length,
                                        &err),
                 PIL_OK, "%s", err.message);
    return block;
}

/* All words of all blocks, a line each; the caller frees. */
static char *read_all(void)
{
    pil_buffer out;
    pil_buffer_init(&out, 1 << 26);
    for (size_t i = 0; i < n_blocks; i++) {
        pil_lexicon_block *block = open_block(i);
        pil_lexicon_word word;
        pil_status status;
        pil_error err = {0};
        while ((status = pil_lexicon_block_next(block, &word, &err)) == PIL_OK)
            cr_assert_eq(pil_buffer_appendf(&out, "%s/%s %s %u %u\n", word.language, word.form,
                                            word.stem, word.n_written, word.n_derived),
                         PIL_OK);
        cr_expect_eq(status, PIL_DONE, "%s", err.message);
        cr_expect_eq(pil_lexicon_block_next(block, &word, NULL), PIL_DONE, "and again");
        pil_lexicon_block_close(block);
    }
    return pil_buffer_take(&out, NULL);
}

Test(lexicon, words_come_back)
{
    add("", "3rd", "3rd", 7, 0);
    add("de", "\xC3\xA4rger", "arg", 1, 1);
    add("en", "happiness", "happi", 15, 0);
    add("en", "happy", "happi", 16, 3);
    add("en", "happyend", "happyend", 0, 1);
    add("en", "walk", "walk", 32, 0);
    add("en", "walked", "walk", UINT32_MAX, UINT32_MAX);
    add("en", "went", "go", 0, 0);
    add("en", "x", "", 1, 0);
    finish();
    char *all = read_all();
    cr_expect_str_eq(all, "/3rd 3rd 7 0\n"
                          "de/\xC3\xA4rger arg 1 1\n"
                          "en/happiness happi 15 0\n"
                          "en/happy happi 16 3\n"
                          "en/happyend happyend 0 1\n"
                          "en/walk walk 32 0\n"
                          "en/walked walk 4294967295 4294967295\n"
                          "en/went go 0 0\n"
                          "en/x  1 0\n");
    free(all);
    cr_expect_eq(n_blocks, 3, "one for each language");
}

Test(lexicon, a_key_is_the_last_form_of_its_block)
{
    add("en", "apple", "appl", 1, 0);
    add("en", "pear", "pear", 1, 0);
    add("fr", "poire", "poir", 1, 0);
    finish();
    cr_assert_eq(n_blocks, 2);
    cr_expect_eq(blocks[0].key_length, strlen("word/en/pear"));
    cr_expect_eq(memcmp(bytes.bytes + blocks[0].key, "word/en/pear", 12), 0);
    cr_expect_eq(memcmp(bytes.bytes + blocks[1].key, "word/fr/poire", 13), 0);
}

Test(lexicon, finishing_without_a_word_hands_out_nothing)
{
    finish();
    add("en", "a", "a", 1, 0);
    finish();
    finish();
    cr_expect_eq(n_blocks, 1);
}

/* Words of all lengths, with and without prefixes in common. */
static void random_form(uint32_t *state, char form[PIL_TERM_MAX_BYTES + 1])
{
    *state = *state * 1664525 + 1013904223;
    size_t length = (*state >> 8) % PIL_TERM_MAX_BYTES + 1;
    for (size_t i = 0; i < length; i++) {
        *state = *state * 1664525 + 1013904223;
        form[i] = "ab\xC3\xFF"[*state >> 30];
        if (i < 30)
            form[i] = *state >> 24 & 0xF ? 'a' : 'b';
    }
    form[length] = '\0';
}

static int by_form(const void *a, const void *b)
{
    return strcmp(a, b);
}

Test(lexicon, any_words_come_back_in_blocks_of_a_kibibyte)
{
    enum { N = 3000 };
    static char forms[N][PIL_TERM_MAX_BYTES + 1];
    char stem[PIL_TERM_MAX_BYTES + 1];
    uint32_t state = 99;
    for (size_t i = 0; i < N; i++)
        random_form(&state, forms[i]);
    qsort(forms, N, sizeof forms[0], by_form);
    pil_buffer wanted;
    pil_buffer_init(&wanted, 1 << 26);
    for (size_t i = 0; i < N; i++) {
        if (i > 0 && strcmp(forms[i], forms[i - 1]) == 0)
            continue;
        random_form(&state, stem);
        uint32_t n_written = state >> (state & 31), n_derived = i % 3 == 0 ? state : 0;
        add("en", forms[i], i % 2 == 0 ? stem : forms[i], n_written, n_derived);
        cr_assert_eq(pil_buffer_appendf(&wanted, "en/%s %s %u %u\n", forms[i],
                                        i % 2 == 0 ? stem : forms[i], n_written, n_derived),
                     PIL_OK);
    }
    finish();
    char *all = read_all();
    cr_expect_str_eq(all, wanted.bytes);
    free(all);
    cr_expect_gt(n_blocks, 50);
    for (size_t i = 0; i < n_blocks; i++)
        cr_expect_leq(blocks[i].value_length, 1500);
    pil_buffer_dispose(&wanted);
}

Test(lexicon, the_order_is_that_of_the_keys)
{
    static const pil_lexicon_word words[] = {
        {"", "b", "", 0, 0},    {"de", "z", "", 0, 0},  {"de", "z\xC3", "", 0, 0},
        {"en-x", "", "", 0, 0}, {"en", "", "", 0, 0},   {"en", "a", "", 0, 0},
        {"en", "ab", "", 0, 0}, {"enx", "a", "", 0, 0},
    };
    size_t n = sizeof words / sizeof words[0];
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++) {
            char a[32], b[32];
            snprintf(a, sizeof a, "%s/%s", words[i].language, words[i].form);
            snprintf(b, sizeof b, "%s/%s", words[j].language, words[j].form);
            int got = pil_lexicon_compare(&words[i], &words[j]), wanted = strcmp(a, b);
            cr_expect_eq((got > 0) - (got < 0), (wanted > 0) - (wanted < 0), "%s %s", a, b);
        }
    }
}

Test(lexicon, what_is_too_long_is_refused)
{
    char form[PIL_TERM_MAX_BYTES + 2];
    memset(form, 'x', sizeof form - 1);
    form[sizeof form - 1] = '\0';
    const pil_lexicon_word words[] = {
        {"en", form, "x", 1, 0}, {"en", "x", form, 1, 0}, {"123456789", "x", "x", 1, 0}};
    for (size_t i = 0; i < 3; i++)
        cr_expect_eq(pil_lexicon_writer_add(writer, &words[i], NULL), PIL_INVALID_ARGUMENT);
    add("12345678", form + 1, form + 1, 1, 0);
    finish();
    char *all = read_all();
    cr_expect_eq(strlen(all), 8 + 1 + 64 + 1 + 64 + 5);
    free(all);
}

Test(lexicon, what_the_sink_says_is_returned)
{
    n_blocks = MAX_BLOCKS;
    add("en", "x", "x", 1, 0);
    pil_error err = {0};
    const pil_lexicon_word word = {"fr", "x", "x", 1, 0};
    cr_expect_eq(pil_lexicon_writer_add(writer, &word, &err), PIL_IO);
    cr_expect_str_eq(err.message, "no more");
}

/* ---- damage ---- */

/* The status that reading the block to its end gives. */
static pil_status read_block(const char *key, size_t key_length, const char *value,
                             size_t value_length)
{
    pil_lexicon_block *block;
    pil_lexicon_word word;
    pil_status status = pil_lexicon_block_open(&block, key, key_length, value, value_length, NULL);
    if (status != PIL_OK)
        return status;
    do
        status = pil_lexicon_block_next(block, &word, NULL);
    while (status == PIL_OK);
    pil_lexicon_block_close(block);
    return status;
}

Test(lexicon, every_flipped_bit_and_every_cut_is_refused)
{
    add("en", "apple", "appl", 1, 0);
    add("en", "apples", "appl", 1, 2);
    finish();
    char *key = bytes.bytes + blocks[0].key;
    size_t length = blocks[0].key_length + blocks[0].value_length;
    for (size_t bit = 0; bit < length * 8; bit++) {
        size_t language = 5 * 8;
        if (bit >= language && bit < language + 16)
            continue; /* another language is not noticed, but it is not the one looked for */
        key[bit / 8] = (char)(key[bit / 8] ^ 1 << bit % 8);
        cr_expect_eq(read_block(key, blocks[0].key_length, bytes.bytes + blocks[0].value,
                                blocks[0].value_length),
                     PIL_CORRUPT, "bit %zu", bit);
        key[bit / 8] = (char)(key[bit / 8] ^ 1 << bit % 8);
    }
    for (size_t cut = 0; cut < blocks[0].value_length; cut++)
        cr_expect_eq(read_block(key, blocks[0].key_length, bytes.bytes + blocks[0].value, cut),
                     PIL_CORRUPT);
    for (size_t cut = 0; cut < blocks[0].key_length; cut++)
        cr_expect_eq(read_block(key, cut, bytes.bytes + blocks[0].value, blocks[0].value_length),
                     PIL_CORRUPT);
    cr_expect_eq(read_block(key, blocks[0].key_length, bytes.bytes + blocks[0].value,
                            blocks[0].value_length),
                 PIL_DONE);
}

Test(lexicon, sealed_nonsense_is_refused)
{
    static const struct {
        const char *what, *key, *bytes;
        size_t length;
        pil_status status;
    } cases[] = {
#define CASE(what, key, bytes, status) {what, key, bytes, sizeof bytes - 1, status}
        CASE("sound", "word/en/ab",
             "\x10"
             "a\x04"
             "\x11"
             "b\x04",
             PIL_DONE),
        CASE("nothing", "word/en/", "", PIL_CORRUPT),
        CASE("nothing of the name", "word/en/ab", "", PIL_CORRUPT),
        CASE("the last one missing", "word/en/ab",
             "\x10"
             "a\x04",
             PIL_CORRUPT),
        CASE("another last one", "word/en/ac",
             "\x10"
             "a\x04"
             "\x11"
             "b\x04",
             PIL_CORRUPT),
        CASE("not in order", "word/en/a",
             "\x10"
             "b\x04"
             "\x10"
             "a\x04",
             PIL_CORRUPT),
        CASE("one twice", "word/en/a",
             "\x10"
             "a\x04"
             "\x01\x04",
             PIL_CORRUPT),
        CASE("more shared than there is", "word/en/ab",
             "\x10"
             "a\x04"
             "\x12"
             "b\x04",
             PIL_CORRUPT),
        CASE("a suffix that is cut", "word/en/ab",
             "\x20"
             "a",
             PIL_CORRUPT),
        CASE("a long suffix", "word/en/ab",
             "\xF0\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01"
             "a",
             PIL_CORRUPT),
        CASE("a zero byte", "word/en/ab",
             "\x20"
             "a\0\x04",
             PIL_CORRUPT),
        CASE("no counts", "word/en/a",
             "\x10"
             "a",
             PIL_CORRUPT),
        CASE("a count over 32 bits", "word/en/a",
             "\x10"
             "a\x80\x80\x80\x80\x40",
             PIL_CORRUPT),
        CASE("a stem that drops too much", "word/en/a",
             "\x10"
             "a\x06\x02",
             PIL_CORRUPT),
        CASE("a stem that drops all", "word/en/a",
             "\x10"
             "a\x06\x01",
             PIL_DONE),
        CASE("no language", "word/a",
             "\x10"
             "a\x04",
             PIL_CORRUPT),
        CASE("a long language", "word/abcdefghi/a",
             "\x10"
             "a\x04",
             PIL_CORRUPT),
        CASE("another key", "worm/en/a",
             "\x10"
             "a\x04",
             PIL_CORRUPT),
#undef CASE
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        pil_buffer_clear(&bytes);
        cr_assert_eq(pil_buffer_append(&bytes, cases[i].bytes, cases[i].length), PIL_OK);
        cr_assert_eq(pil_codec_seal(&bytes, 0), PIL_OK);
        cr_expect_eq(read_block(cases[i].key, strlen(cases[i].key), bytes.bytes, bytes.length),
                     cases[i].status, "%s", cases[i].what);
    }
}

/* As long as they may be, and one byte more. */
Test(lexicon, a_sealed_form_or_stem_that_is_too_long_is_refused)
{
    for (size_t length = PIL_TERM_MAX_BYTES; length <= PIL_TERM_MAX_BYTES + 1; length++) {
        char key[160], word[128];
        memset(word, 'x', length);
        word[length] = '\0';
        pil_status wanted = length == PIL_TERM_MAX_BYTES ? PIL_DONE : PIL_CORRUPT;
        snprintf(key, sizeof key, "word/en/%s", word);
        pil_buffer_clear(&bytes);
        cr_assert_eq(pil_buffer_appendf(&bytes, "\xF0%c%s\x04", (char)(length - 15), word), PIL_OK);
        cr_assert_eq(pil_codec_seal(&bytes, 0), PIL_OK);
        cr_expect_eq(read_block(key, strlen(key), bytes.bytes, bytes.length), wanted);
        pil_buffer_clear(&bytes);
        cr_assert_eq(pil_buffer_appendf(&bytes, "\x10y\x06\xF1%c%s", (char)(length - 15), word),
                     PIL_OK);
        cr_assert_eq(pil_codec_seal(&bytes, 0), PIL_OK);
        cr_expect_eq(read_block("word/en/y", 9, bytes.bytes, bytes.length), wanted);
    }
}
