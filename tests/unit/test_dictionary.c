#include "index/dictionary.h"
#include "index/record.h"
#include "lib/index/compression.h"
#include "support/temporary_directory.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { N_SAMPLES = 600 };

static char *directory;
static pil_buffer samples, dictionary, strings;
static size_t lengths[N_SAMPLES];
static const char *text_of[N_SAMPLES];

/* Sentences of a small vocabulary, as paragraphs have them. */
static void make_samples(void)
{
    static const char *const words[] = {
        "the ",        "assembly ", "of ",         "nations ",      "security ",    "council ",
        "peace ",      "and ",      "resolution ", "in ",           "development ", "that ",
        "government ", "people ",   "rights ",     "international "};
    size_t begins[N_SAMPLES];
    uint32_t state = 7;
    for (size_t i = 0; i < N_SAMPLES; i++) {
        begins[i] = samples.length;
        for (int word = 0; word < 40; word++) {
            state = state * 1664525 + 1013904223;
            cr_assert_eq(pil_buffer_append_string(&samples, words[state >> 28]), PIL_OK);
        }
        lengths[i] = samples.length - begins[i];
    }
    for (size_t i = 0; i < N_SAMPLES; i++)
        text_of[i] = samples.bytes + begins[i];
}

static void init(void)
{
    directory = pil_temporary_directory_new();
    pil_buffer_init(&samples, 1 << 24);
    pil_buffer_init(&dictionary, 1 << 24);
    pil_buffer_init(&strings, PIL_RECORD_MAX_BYTES);
    make_samples();
}

static void dispose(void)
{
    pil_buffer_dispose(&samples);
    pil_buffer_dispose(&dictionary);
    pil_buffer_dispose(&strings);
    pil_temporary_directory_remove(directory);
}

TestSuite(dictionary, .init = init, .fini = dispose);

static void train(void)
{
    pil_error err = {0};
    cr_assert_eq(pil_dictionary_train(samples.bytes, lengths, N_SAMPLES, &dictionary, &err), PIL_OK,
                 "%s", err.message);
}

/* ---- training ---- */

Test(dictionary, it_takes_a_twentieth_of_the_samples)
{
    train();
    cr_expect_gt(dictionary.length, samples.length / 50);
    cr_expect_leq(dictionary.length, samples.length / 20);
}

Test(dictionary, it_depends_on_nothing_but_the_samples)
{
    train();
    size_t length = dictionary.length;
    train();
    cr_assert_eq(dictionary.length, 2 * length, "it is appended");
    cr_expect_eq(memcmp(dictionary.bytes, dictionary.bytes + length, length), 0);
}

Test(dictionary, too_few_samples_make_none)
{
    static const size_t counts[] = {0, 1, 5, 15, 60};
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        cr_expect_eq(pil_dictionary_train(samples.bytes, lengths, counts[i], &dictionary, NULL),
                     PIL_OK);
        cr_expect_eq(dictionary.length, 0, "%zu samples", counts[i]);
    }
}

Test(dictionary, samples_that_are_all_empty_or_all_one_make_none_or_one)
{
    size_t *empty = calloc(1000, sizeof *empty);
    cr_expect_eq(pil_dictionary_train("", empty, 1000, &dictionary, NULL), PIL_OK);
    cr_expect_eq(dictionary.length, 0);
    char *same = malloc(100000);
    memset(same, 'a', 100000);
    for (size_t i = 0; i < 1000; i++)
        empty[i] = 100;
    cr_expect_eq(pil_dictionary_train(same, empty, 1000, &dictionary, NULL), PIL_OK);
    free(same);
    free(empty);
}

Test(dictionary, no_more_is_looked_at_than_that)
{
    size_t n = 2 * PIL_DICTIONARY_SAMPLE_BYTES / 400;
    size_t *all = malloc(n * sizeof *all);
    char *bytes = malloc(n * 400);
    for (size_t i = 0; i < n; i++) {
        all[i] = 400;
        for (size_t j = 0; j < 400; j++)
            bytes[i * 400 + j] = samples.bytes[(i * 977 + j) % samples.length];
    }
    cr_assert_eq(pil_dictionary_train(bytes, all, n, &dictionary, NULL), PIL_OK);
    cr_expect_leq(dictionary.length, PIL_DICTIONARY_MAX_BYTES);
    size_t length = dictionary.length;
    memset(bytes + PIL_DICTIONARY_SAMPLE_BYTES, '?', n * 400 - PIL_DICTIONARY_SAMPLE_BYTES);
    cr_assert_eq(pil_dictionary_train(bytes, all, n, &dictionary, NULL), PIL_OK);
    cr_assert_eq(dictionary.length, 2 * length);
    cr_expect_eq(memcmp(dictionary.bytes, dictionary.bytes + length, length), 0);
    free(all);
    free(bytes);
}

Test(dictionary, its_file_bears_its_number)
{
    char *path = pil_dictionary_path("/x", UINT64_MAX);
    cr_expect_str_eq(path, "/x/dictionary-18446744073709551615");
    free(path);
}

/* ---- use ---- */

/* A manifest that names the trained dictionary as numbers 5 and 9, whose files are there. */
static pil_manifest_dictionary entries[2];
static pil_manifest make_manifest(void)
{
    train();
    for (size_t i = 0; i < 2; i++) {
        char name[32];
        entries[i].number = i == 0 ? 5 : 9;
        entries[i].n_bytes = dictionary.length - i;
        entries[i].digest = pil_digest_of(dictionary.bytes, dictionary.length - i);
        snprintf(name, sizeof name, "dictionary-%u", (unsigned)entries[i].number);
        pil_temporary_directory_write(directory, name, dictionary.bytes, dictionary.length - i);
    }
    return (pil_manifest){.dictionaries = entries, .n_dictionaries = 2};
}

static pil_dictionaries *open_them(const pil_manifest *manifest)
{
    pil_dictionaries *dictionaries;
    pil_error err = {0};
    cr_assert_eq(pil_dictionaries_open(&dictionaries, directory, manifest, &err), PIL_OK, "%s",
                 err.message);
    return dictionaries;
}

static pil_record record_of(size_t sample)
{
    return (pil_record){.number = 1,
                        .end_byte = lengths[sample],
                        .language = "en",
                        .heading = "",
                        .text = text_of[sample],
                        .text_bytes = lengths[sample]};
}

static void encode(size_t sample, uint64_t number, pil_buffer *out)
{
    pil_compression *compression =
        pil_compression_new(number, dictionary.bytes, number == 0 ? 0 : dictionary.length);
    pil_compressor *compressor = pil_compressor_new(compression);
    cr_assert_not_null(compressor);
    pil_record record = record_of(sample);
    pil_buffer_clear(out);
    cr_assert_eq(pil_record_encode(&record, compressor, out, NULL), PIL_OK);
    pil_compressor_free(compressor);
    pil_compression_free(compression);
}

static pil_status decode(pil_dictionaries *dictionaries, const pil_buffer *stored, size_t sample,
                         pil_error *err)
{
    pil_record got;
    pil_status status =
        pil_record_decode(stored->bytes, stored->length, dictionaries, &strings, &got, err);
    if (status == PIL_OK) {
        cr_expect_eq(got.text_bytes, lengths[sample]);
        cr_expect_eq(memcmp(got.text, text_of[sample], lengths[sample]), 0);
    }
    return status;
}

Test(dictionary, records_come_back_with_the_one_they_name)
{
    pil_manifest manifest = make_manifest();
    pil_dictionaries *dictionaries = open_them(&manifest);
    pil_buffer with, without;
    pil_buffer_init(&with, PIL_RECORD_MAX_BYTES);
    pil_buffer_init(&without, PIL_RECORD_MAX_BYTES);
    size_t with_bytes = 0, without_bytes = 0;
    for (size_t i = 0; i < N_SAMPLES; i += 10) {
        encode(i, 5, &with);
        encode(i, 0, &without);
        with_bytes += with.length;
        without_bytes += without.length;
        pil_error err = {0};
        cr_expect_eq(decode(dictionaries, &with, i, &err), PIL_OK, "%s", err.message);
        cr_expect_eq(decode(dictionaries, &without, i, &err), PIL_OK, "%s", err.message);
    }
    cr_expect_lt(with_bytes * 10, without_bytes * 8);
    pil_buffer_dispose(&with);
    pil_buffer_dispose(&without);
    pil_dictionaries_close(dictionaries);
}

Test(dictionary, what_a_record_becomes_does_not_depend_on_those_before)
{
    make_manifest();
    pil_compression *compression = pil_compression_new(5, dictionary.bytes, dictionary.length);
    pil_compressor *compressor = pil_compressor_new(compression);
    pil_buffer one, other;
    pil_buffer_init(&one, PIL_RECORD_MAX_BYTES);
    pil_buffer_init(&other, PIL_RECORD_MAX_BYTES);
    for (size_t i = N_SAMPLES; i-- > 0;) {
        pil_record record = record_of(i);
        pil_buffer_clear(&one);
        cr_assert_eq(pil_record_encode(&record, compressor, &one, NULL), PIL_OK);
        if (i % 20 != 0)
            continue;
        encode(i, 5, &other);
        cr_expect_eq(one.length, other.length);
        cr_expect_eq(memcmp(one.bytes, other.bytes, one.length), 0);
    }
    pil_buffer_dispose(&one);
    pil_buffer_dispose(&other);
    pil_compressor_free(compressor);
    pil_compression_free(compression);
}

Test(dictionary, they_serve_on_when_their_files_are_gone)
{
    pil_manifest manifest = make_manifest();
    pil_buffer stored;
    pil_buffer_init(&stored, PIL_RECORD_MAX_BYTES);
    encode(3, 5, &stored);
    pil_dictionaries *loaded = open_them(&manifest), *late = open_them(&manifest);
    cr_assert_eq(pil_dictionaries_load(loaded, NULL), PIL_OK);
    char *path = pil_dictionary_path(directory, 5);
    cr_assert_eq(unlink(path), 0);
    free(path);
    pil_error err = {0};
    cr_expect_eq(decode(loaded, &stored, 3, &err), PIL_OK, "%s", err.message);
    cr_expect_eq(pil_dictionaries_load(loaded, &err), PIL_OK);
    cr_expect_eq(decode(late, &stored, 3, &err), PIL_CORRUPT);
    cr_expect_eq(err.status, PIL_CORRUPT);
    cr_expect_not_null(strstr(err.message, "dictionary 5"), "%s", err.message);
    cr_expect_eq(pil_dictionaries_load(late, &err), PIL_STALE);
    pil_dictionaries_close(loaded);
    pil_dictionaries_close(late);
    pil_buffer_dispose(&stored);
}

Test(dictionary, a_changed_file_is_refused)
{
    pil_manifest manifest = make_manifest();
    size_t length = dictionary.length - 1; /* of number 9 */
    for (size_t at = 0; at < length; at += length / 50) {
        dictionary.bytes[at] ^= 4;
        pil_temporary_directory_write(directory, "dictionary-9", dictionary.bytes, length);
        pil_dictionaries *dictionaries = open_them(&manifest);
        pil_error err = {0};
        cr_expect_eq(pil_dictionaries_load(dictionaries, &err), PIL_CORRUPT, "byte %zu", at);
        cr_expect_not_null(strstr(err.message, "dictionary 9"), "%s", err.message);
        pil_dictionaries_close(dictionaries);
        dictionary.bytes[at] ^= 4;
    }
    pil_temporary_directory_write(directory, "dictionary-9", dictionary.bytes, length - 1);
    pil_dictionaries *dictionaries = open_them(&manifest);
    cr_expect_eq(pil_dictionaries_load(dictionaries, NULL), PIL_CORRUPT);
    pil_dictionaries_close(dictionaries);
}

/* ---- blocks ---- */

Test(dictionary, blocks_that_are_cut_or_changed_never_crash)
{
    pil_manifest manifest = make_manifest();
    pil_dictionaries *dictionaries = open_them(&manifest);
    pil_compression *compression = pil_compression_new(5, dictionary.bytes, dictionary.length);
    pil_compressor *compressor = pil_compressor_new(compression);
    const char *block;
    size_t block_length, text_length;
    cr_assert_eq(
        pil_compressor_run(compressor, text_of[0], lengths[0], &block, &block_length, NULL),
        PIL_OK);
    cr_assert_not_null(block);
    char *text = malloc(PIL_BLOCK_TEXT_MAX_BYTES), *bytes = malloc(block_length);
    for (size_t cut = 0; cut < block_length; cut++) {
        pil_status status =
            pil_dictionaries_expand(dictionaries, 5, block, cut, text, &text_length, NULL);
        cr_expect(status == PIL_CORRUPT || text_length <= PIL_BLOCK_TEXT_MAX_BYTES);
    }
    for (size_t bit = 0; bit < block_length * 8; bit++) {
        memcpy(bytes, block, block_length);
        bytes[bit / 8] = (char)(bytes[bit / 8] ^ 1 << bit % 8);
        pil_status status =
            pil_dictionaries_expand(dictionaries, 5, bytes, block_length, text, &text_length, NULL);
        cr_expect(status == PIL_CORRUPT || text_length <= PIL_BLOCK_TEXT_MAX_BYTES);
    }
    cr_expect_eq(
        pil_dictionaries_expand(dictionaries, 6, block, block_length, text, &text_length, NULL),
        PIL_CORRUPT, "no such dictionary");
    free(text);
    free(bytes);
    pil_compressor_free(compressor);
    pil_compression_free(compression);
    pil_dictionaries_close(dictionaries);
}
