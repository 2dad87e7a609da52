#include "base/file.h"
#include "index/manifest.h"
#include "index/schema.h"
#include "support/temporary_directory.h"
#include "support/thoroughness.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *directory;

static void init(void)
{
    directory = pil_temporary_directory_new();
}

static void dispose(void)
{
    pil_temporary_directory_remove(directory);
}

TestSuite(manifest, .init = init, .fini = dispose);

static pil_manifest_segment make_segment(unsigned number, uint32_t n_paragraphs)
{
    pil_manifest_segment segment = {.n_paragraphs = n_paragraphs, .text_bytes = n_paragraphs * 9u};
    char seed[32];
    int length = snprintf(seed, sizeof seed, "segment %u", number);
    segment.version_file = pil_digest_of(seed, (size_t)length);
    segment.checksums = pil_digest_of(seed, (size_t)length - 1);
    memcpy(segment.id, segment.version_file.hex, PIL_SEGMENT_ID_LENGTH);
    snprintf(segment.uuid, sizeof segment.uuid, "%08x-aaaa-bbbb-cccc-ddddeeeeffff", number);
    segment.stamp = strdup("analyser 1, ICU 72.1, \xE2\x82\xAC");
    segment.n_words = n_paragraphs * UINT64_C(70);
    /* Segment 0 has neither a list of common words nor dictionaries. */
    segment.common = number == 0 ? 0 : 4;
    for (uint64_t i = number; i > 0; i--)
        cr_assert_eq(pil_manifest_segment_need(&segment, i * 3, NULL), PIL_OK);
    return segment;
}

static void kill(pil_manifest_segment *segment, uint32_t first, uint32_t last)
{
    cr_assert_eq(pil_manifest_kill(segment, (pil_docid_range){first, last}, NULL), PIL_OK);
}

static void add_dictionary(pil_manifest *manifest, uint64_t number)
{
    const pil_manifest_dictionary dictionary = {number, 1000 + number,
                                                pil_digest_of(&number, sizeof number)};
    cr_assert_eq(pil_manifest_add_dictionary(manifest, &dictionary, NULL), PIL_OK);
}

static void add_common(pil_manifest *manifest, uint64_t number, const char *words)
{
    pil_manifest_common common = {number, number << 30, strdup(words)};
    cr_assert_eq(pil_manifest_add_common(manifest, &common, NULL), PIL_OK);
    cr_assert_null(common.words);
}

/* Dictionaries 3, 5 and 6, of which 5 is not used; lists of common words 2 and 4, of which 2 is not
 * used. */
static pil_manifest make_manifest(void)
{
    pil_manifest manifest = {.generation = UINT64_MAX};
    add_dictionary(&manifest, 3);
    add_dictionary(&manifest, 5);
    add_dictionary(&manifest, 6);
    add_common(&manifest, 2, "");
    add_common(&manifest, 4, "and be of that the \xC3\xA0");
    for (unsigned i = 0; i < 3; i++) {
        pil_manifest_segment segment = make_segment(i, 100 * (i + 1));
        if (i > 0) {
            kill(&segment, 1, 3);
            kill(&segment, 100 * i, 100 * i);
            kill(&segment, 50, 60);
        }
        cr_assert_eq(pil_manifest_add_segment(&manifest, &segment, NULL), PIL_OK);
        cr_assert_null(segment.stamp);
    }
    manifest.n_catalogues = 2;
    manifest.catalogues = calloc(2, sizeof *manifest.catalogues);
    manifest.catalogues[0] = (pil_manifest_catalogue){3, 4096, pil_digest_of("base", 4)};
    manifest.catalogues[1] = (pil_manifest_catalogue){9, 17, pil_digest_of("changes", 7)};
    return manifest;
}

static void expect_same_segment(const pil_manifest_segment *a, const pil_manifest_segment *b)
{
    cr_expect_str_eq(a->id, b->id);
    cr_expect_str_eq(a->uuid, b->uuid);
    cr_expect_eq(a->n_paragraphs, b->n_paragraphs);
    cr_expect_eq(a->text_bytes, b->text_bytes);
    cr_expect_str_eq(a->version_file.hex, b->version_file.hex);
    cr_expect_str_eq(a->checksums.hex, b->checksums.hex);
    cr_expect_str_eq(a->stamp, b->stamp);
    cr_expect_eq(a->n_words, b->n_words);
    cr_expect_eq(a->common, b->common);
    cr_assert_eq(a->n_dictionaries, b->n_dictionaries);
    for (size_t i = 0; i < a->n_dictionaries; i++)
        cr_expect_eq(a->dictionaries[i], b->dictionaries[i]);
    cr_assert_eq(a->n_dead, b->n_dead);
    for (size_t i = 0; i < a->n_dead; i++) {
        cr_expect_eq(a->dead[i].first, b->dead[i].first);
        cr_expect_eq(a->dead[i].last, b->dead[i].last);
    }
}

static void expect_same(const pil_manifest *a, const pil_manifest *b)
{
    cr_expect_eq(a->generation, b->generation);
    cr_assert_eq(a->n_segments, b->n_segments);
    for (size_t i = 0; i < a->n_segments; i++)
        expect_same_segment(&a->segments[i], &b->segments[i]);
    cr_assert_eq(a->n_catalogues, b->n_catalogues);
    for (size_t i = 0; i < a->n_catalogues; i++) {
        cr_expect_eq(a->catalogues[i].generation, b->catalogues[i].generation);
        cr_expect_eq(a->catalogues[i].n_bytes, b->catalogues[i].n_bytes);
        cr_expect_str_eq(a->catalogues[i].digest.hex, b->catalogues[i].digest.hex);
    }
    cr_assert_eq(a->n_dictionaries, b->n_dictionaries);
    for (size_t i = 0; i < a->n_dictionaries; i++) {
        cr_expect_eq(a->dictionaries[i].number, b->dictionaries[i].number);
        cr_expect_eq(a->dictionaries[i].n_bytes, b->dictionaries[i].n_bytes);
        cr_expect_str_eq(a->dictionaries[i].digest.hex, b->dictionaries[i].digest.hex);
    }
    cr_assert_eq(a->n_commons, b->n_commons);
    for (size_t i = 0; i < a->n_commons; i++) {
        cr_expect_eq(a->commons[i].number, b->commons[i].number);
        cr_expect_eq(a->commons[i].text_bytes, b->commons[i].text_bytes);
        cr_expect_str_eq(a->commons[i].words, b->commons[i].words);
    }
}

static pil_status read_it(void)
{
    pil_manifest manifest = {0};
    pil_status status = pil_manifest_read(directory, &manifest, NULL);
    pil_manifest_dispose(&manifest);
    return status;
}

static void write_sample(void)
{
    pil_manifest manifest = make_manifest();
    cr_assert_eq(pil_manifest_write(directory, &manifest, NULL), PIL_OK);
    pil_manifest_dispose(&manifest);
}

/* ---- reading and writing ---- */

Test(manifest, what_is_written_is_read)
{
    pil_manifest written = make_manifest(), read = {0};
    pil_error err = {0};
    cr_assert_eq(pil_manifest_write(directory, &written, &err), PIL_OK, "%s", err.message);
    cr_assert_eq(pil_manifest_read(directory, &read, &err), PIL_OK, "%s", err.message);
    expect_same(&read, &written);
    pil_manifest_dispose(&written);
    pil_manifest_dispose(&read);
}

Test(manifest, an_empty_one_comes_back)
{
    pil_manifest written = {.generation = 1}, read = {0};
    cr_assert_eq(pil_manifest_write(directory, &written, NULL), PIL_OK);
    cr_assert_eq(pil_manifest_read(directory, &read, NULL), PIL_OK);
    expect_same(&read, &written);
    pil_manifest_dispose(&read);
}

Test(manifest, writing_replaces_the_one_before)
{
    pil_manifest read = {0};
    write_sample();
    cr_assert_eq(pil_manifest_write(directory, &(pil_manifest){.generation = 2}, NULL), PIL_OK);
    cr_assert_eq(pil_manifest_read(directory, &read, NULL), PIL_OK);
    cr_expect_eq(read.generation, 2);
    cr_expect_eq(read.n_segments, 0);
    pil_manifest_dispose(&read);
}

Test(manifest, a_missing_one_is_not_found)
{
    cr_expect_eq(read_it(), PIL_NOT_FOUND);
}

Test(manifest, a_copy_shares_nothing)
{
    pil_manifest manifest = make_manifest(), wanted = make_manifest(), copy = {0};
    cr_assert_eq(pil_manifest_copy(&manifest, &copy, NULL), PIL_OK);
    kill(&copy.segments[0], 1, 100);
    pil_manifest_remove_segment(&copy, 1);
    copy.catalogues[0].generation = 77;
    expect_same(&manifest, &wanted);
    pil_manifest_dispose(&manifest);
    cr_expect_eq(copy.n_segments, 2);
    expect_same_segment(&copy.segments[1], &wanted.segments[2]);
    pil_manifest_dispose(&copy);
    pil_manifest_dispose(&wanted);
}

Test(manifest, a_copy_of_an_empty_one_is_empty)
{
    pil_manifest copy = {0};
    cr_assert_eq(pil_manifest_copy(&(pil_manifest){.generation = 5}, &copy, NULL), PIL_OK);
    cr_expect_eq(copy.generation, 5);
    cr_expect_eq(copy.n_segments + copy.n_catalogues, 0);
    pil_manifest_dispose(&copy);
}

/* ---- damage ---- */

Test(manifest, every_changed_byte_is_noticed)
{
    write_sample();
    size_t length;
    char *bytes = pil_temporary_directory_read(directory, PIL_MANIFEST_NAME, &length);
    size_t n_incompatible = 0;
    for (size_t at = 0; at < length; at += PIL_TRY_EACH) {
        for (int bit = 0; bit < 9; bit++) {
            char byte = bytes[at];
            bytes[at] = bit < 8 ? (char)(byte ^ 1 << bit) : '\0';
            pil_temporary_directory_write(directory, PIL_MANIFEST_NAME, bytes, length);
            pil_status status = read_it();
            cr_expect(status == PIL_CORRUPT || status == PIL_INCOMPATIBLE,
                      "byte %zu bit %d is read as %s", at, bit, pil_status_name(status));
            n_incompatible += status == PIL_INCOMPATIBLE;
            bytes[at] = byte;
        }
    }
    /* Only the format number can make damage look like another version. */
    cr_expect_lt(n_incompatible, 16);
    free(bytes);
}

Test(manifest, every_cut_is_noticed)
{
    write_sample();
    size_t length;
    char *bytes = pil_temporary_directory_read(directory, PIL_MANIFEST_NAME, &length);
    for (size_t cut = 0; cut < length; cut++) {
        pil_temporary_directory_write(directory, PIL_MANIFEST_NAME, bytes, cut);
        pil_status status = read_it();
        cr_expect(status == PIL_CORRUPT || status == PIL_INCOMPATIBLE, "cut to %zu: %s", cut,
                  pil_status_name(status));
    }
    free(bytes);
}

Test(manifest, what_was_appended_is_noticed)
{
    write_sample();
    size_t length;
    char *bytes = pil_temporary_directory_read(directory, PIL_MANIFEST_NAME, &length);
    bytes[length] = '\n';
    pil_temporary_directory_write(directory, PIL_MANIFEST_NAME, bytes, length + 1);
    cr_expect_eq(read_it(), PIL_CORRUPT);
    free(bytes);
}

static pil_status read_text(const char *text, pil_error *err)
{
    pil_manifest manifest = {0};
    pil_temporary_directory_write(directory, PIL_MANIFEST_NAME, text, strlen(text));
    pil_status status = pil_manifest_read(directory, &manifest, err);
    cr_expect_eq(manifest.n_segments, 0);
    pil_manifest_dispose(&manifest);
    return status;
}

/* Lines with the checksum that they should have. */
static pil_status read_sealed(const char *lines, pil_error *err)
{
    char text[2048];
    snprintf(text, sizeof text, "%schecksum\t%s\n", lines, pil_digest_of(lines, strlen(lines)).hex);
    return read_text(text, err);
}

/* The same for those that are read. */
static pil_status read_good(const char *lines)
{
    char text[2048];
    snprintf(text, sizeof text, "%schecksum\t%s\n", lines, pil_digest_of(lines, strlen(lines)).hex);
    pil_temporary_directory_write(directory, PIL_MANIFEST_NAME, text, strlen(text));
    return read_it();
}

Test(manifest, a_foreign_file_is_told_from_damage)
{
    static const char *const texts[] = {"",
                                        "\n",
                                        "{\"name\": \"app\"}\n",
                                        "pilcrow-manifes",
                                        "pilcrow-manifest",
                                        "pilcrow-manifest 1\n"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        pil_error err = {0};
        cr_expect_eq(read_text(texts[i], &err), PIL_CORRUPT);
        cr_expect(strstr(err.message, "not one of Pilcrow's") != NULL, "[%s] %s", texts[i],
                  err.message);
    }
}

Test(manifest, a_future_format_is_incompatible_whatever_follows)
{
    pil_error err = {0};
    cr_expect_eq(read_text("pilcrow-manifest\t3\nwho knows\n", &err), PIL_INCOMPATIBLE);
    cr_expect_not_null(strstr(err.message, "format 3"), "%s", err.message);
    cr_expect_eq(read_text("pilcrow-manifest\t10\n", &err), PIL_INCOMPATIBLE);
    cr_expect_eq(read_text("pilcrow-manifest\t1\n", &err), PIL_INCOMPATIBLE, "and a past one");
}

Test(manifest, an_unknown_feature_is_incompatible)
{
    pil_error err = {0};
    cr_expect_eq(read_sealed("pilcrow-manifest\t2\nfeatures\tquantum\ngeneration\t4\n", &err),
                 PIL_INCOMPATIBLE);
    cr_expect_not_null(strstr(err.message, "quantum"), "%s", err.message);
}

Test(manifest, sealed_nonsense_is_refused)
{
#define HEAD "pilcrow-manifest\t2\nfeatures\t" PIL_FORMAT_FEATURES "\ngeneration\t4\n"
#define HEX32 "0123456789abcdef0123456789abcdef"
#define UUID "01234567-0123-0123-0123-0123456789ab"
#define SHARED                                                                                     \
    "dictionary\t3\t100\t" HEX32 "\ndictionary\t7\t262144\t" HEX32 "\ncommon\t2\t9\ta b\n"
#define SEGMENT(id, counts, dead)                                                                  \
    "segment\t" id "\t" UUID "\t" counts "\t" HEX32 "\t" HEX32 "\tstamp\t" dead "\n"
#define ID "0123456789abcdef"
    static const char *const good[] = {
        HEAD,
        HEAD SHARED,
        HEAD SHARED SEGMENT(ID, "5\t9\t9\t2\t3,7", "1-2,4-4"),
        HEAD SEGMENT(ID, "4294967295\t9\t9\t0\t-", "4294967295-4294967295"),
        HEAD SEGMENT(ID, "0\t18446744073709551615\t18446744073709551615\t0\t-", ""),
        HEAD SEGMENT(ID, "5\t9\t9\t2\t7,3,7", "") SHARED,
        HEAD "common\t1\t1\t\n",
    };
    static const char *const bad[] = {
        HEAD "what\tis this\n",
        HEAD "generation\t-1\n",
        HEAD "generation\t18446744073709551616\n",
        HEAD "segment\n",
        HEAD "segment\t" ID "\t" UUID "\t5\t5\t5\t0\t-\t" HEX32 "\n",
        HEAD SEGMENT("../../../etc/abc", "5\t9\t9\t0\t-", ""),
        HEAD SEGMENT("0123456789abcde", "5\t9\t9\t0\t-", ""),
        HEAD SEGMENT(ID, "5\t9\t9\t0\t-", "3-2"),
        HEAD SEGMENT(ID, "5\t9\t9\t0\t-", "0-2"),
        HEAD SEGMENT(ID, "5\t9\t9\t0\t-", "1-6"),
        HEAD SEGMENT(ID, "5\t9\t9\t0\t-", "1"),
        HEAD SEGMENT(ID, "5\t9\t9\t0\t-", "1-2;"),
        HEAD SEGMENT(ID, "5\t9\t9\t0\t-", "-1-2"),
        HEAD SEGMENT(ID, "0\t9\t9\t0\t-", "5-5"),
        HEAD SEGMENT(ID, "4294967296\t9\t9\t0\t-", ""),
        HEAD SEGMENT(ID, "\t9\t9\t0\t-", ""),
        HEAD SEGMENT(ID, "5\t-9\t9\t0\t-", ""),
        HEAD SEGMENT(ID, "5\t9\t 9\t0\t-", ""),
        HEAD SEGMENT(ID, "5\t9\t9\t0\t", ""),
        HEAD SHARED SEGMENT(ID, "5\t9\t9\t3\t-", ""),
        HEAD SHARED SEGMENT(ID, "5\t9\t9\t0\t3,5", ""),
        HEAD SHARED SEGMENT(ID, "5\t9\t9\t0\t0", ""),
        HEAD SHARED SEGMENT(ID, "5\t9\t9\t0\t3,", ""),
        HEAD SHARED SEGMENT(ID, "5\t9\t9\t0\t3;7", ""),
        HEAD "dictionary\t0\t100\t" HEX32 "\n",
        HEAD "dictionary\t1\t0\t" HEX32 "\n",
        HEAD "dictionary\t1\t262145\t" HEX32 "\n",
        HEAD "dictionary\t1\t100\tshort\n",
        HEAD SHARED "dictionary\t7\t100\t" HEX32 "\n",
        HEAD "common\t0\t1\ta\n",
        HEAD "common\t1\tmany\ta\n",
        HEAD "common\t1\t1\ta\tb\n",
        HEAD SHARED "common\t2\t1\ta\n",
        HEAD "catalogue\t4\t12\n",
        HEAD "catalogue\t4\t12\tshort\n",
        HEAD "catalogue\t4\t12\t0123456789ABCDEF0123456789abcdef\n",
    };
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        cr_expect_eq(read_good(good[i]), PIL_OK, "good case %zu", i);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        cr_expect_eq(read_sealed(bad[i], NULL), PIL_CORRUPT, "case %zu", i);
}

Test(manifest, a_list_of_words_that_is_too_long_is_refused)
{
    pil_manifest manifest = {.generation = 1};
    char words[8192];
    memset(words, 'w', sizeof words - 1);
    words[sizeof words - 1] = '\0';
    add_common(&manifest, 1, words);
    cr_assert_eq(pil_manifest_write(directory, &manifest, NULL), PIL_OK);
    cr_expect_eq(read_it(), PIL_CORRUPT);
    pil_manifest_dispose(&manifest);
}

/* ---- what segments share ---- */

Test(manifest, what_a_segment_needs_is_sorted_and_there_once)
{
    static const uint64_t numbers[] = {5, 3, 9, 5, 1, 9};
    static const uint64_t wanted[] = {1, 3, 5, 9};
    pil_manifest_segment segment = {0};
    for (size_t i = 0; i < 6; i++)
        cr_assert_eq(pil_manifest_segment_need(&segment, numbers[i], NULL), PIL_OK);
    cr_assert_eq(segment.n_dictionaries, 4);
    cr_expect_eq(memcmp(segment.dictionaries, wanted, sizeof wanted), 0);
    pil_manifest_segment_dispose(&segment);
}

Test(manifest, what_segments_share_is_found_by_its_number)
{
    pil_manifest manifest = make_manifest();
    cr_expect_eq(pil_manifest_find_common(&manifest, 4), &manifest.commons[1]);
    cr_expect_eq(pil_manifest_find_common(&manifest, 2), &manifest.commons[0]);
    cr_expect_null(pil_manifest_find_common(&manifest, 3));
    cr_expect_null(pil_manifest_find_common(&manifest, 0));
    cr_expect_eq(pil_manifest_find_dictionary(&manifest, 6), &manifest.dictionaries[2]);
    cr_expect_eq(pil_manifest_find_dictionary(&manifest, 3), &manifest.dictionaries[0]);
    cr_expect_null(pil_manifest_find_dictionary(&manifest, 7));
    pil_manifest_dispose(&manifest);
    cr_expect_null(pil_manifest_find_common(&manifest, 4));
    cr_expect_null(pil_manifest_find_dictionary(&manifest, 6));
}

Test(manifest, what_no_segment_names_is_dropped_but_for_the_last)
{
    pil_manifest manifest = make_manifest();
    pil_manifest_drop_unused(&manifest);
    cr_assert_eq(manifest.n_dictionaries, 2);
    cr_expect_eq(manifest.dictionaries[0].number, 3);
    cr_expect_eq(manifest.dictionaries[1].number, 6);
    cr_assert_eq(manifest.n_commons, 1);
    cr_expect_eq(manifest.commons[0].number, 4);
    while (manifest.n_segments > 0)
        pil_manifest_remove_segment(&manifest, 0);
    add_common(&manifest, 8, "the");
    pil_manifest_drop_unused(&manifest);
    cr_assert_eq(manifest.n_dictionaries, 1);
    cr_expect_eq(manifest.dictionaries[0].number, 6);
    cr_assert_eq(manifest.n_commons, 1);
    cr_expect_eq(manifest.commons[0].number, 8);
    pil_manifest_drop_unused(&manifest);
    cr_expect_eq(manifest.n_dictionaries + manifest.n_commons, 2);
    pil_manifest_dispose(&manifest);
    pil_manifest_drop_unused(&manifest);
}

/* ---- the dead ---- */

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525 + 1013904223;
    return *state >> 8;
}

enum { N_DOCS = 60 };

static void expect_ranges(const pil_manifest_segment *segment, const bool *is_dead)
{
    uint32_t n = 0, previous_last = 0;
    for (uint32_t docid = 1; docid <= N_DOCS; docid++) {
        cr_assert_eq(pil_manifest_is_dead(segment, docid), is_dead[docid], "document %u", docid);
        n += is_dead[docid];
    }
    cr_assert_eq(pil_manifest_n_dead(segment), n);
    for (size_t i = 0; i < segment->n_dead; i++) {
        pil_docid_range range = segment->dead[i];
        cr_assert_leq(range.first, range.last);
        cr_assert(i == 0 || range.first > previous_last + 1, "ranges overlap or touch");
        previous_last = range.last;
    }
}

Test(manifest, killing_agrees_with_marking_each_document)
{
    uint32_t state = 2023;
    for (int round = 0; round < 2000; round++) {
        bool is_dead[N_DOCS + 1] = {false};
        pil_manifest_segment segment = {.n_paragraphs = N_DOCS};
        for (int step = 0; step < 25; step++) {
            uint32_t first = next_random(&state) % N_DOCS + 1;
            uint32_t last = first + next_random(&state) % 8;
            if (last > N_DOCS || next_random(&state) % 10 == 0)
                last = N_DOCS;
            kill(&segment, first, last);
            for (uint32_t docid = first; docid <= last; docid++)
                is_dead[docid] = true;
            expect_ranges(&segment, is_dead);
        }
        pil_manifest_segment_dispose(&segment);
    }
}

Test(manifest, killing_at_the_ends_of_the_numbers_is_safe)
{
    pil_manifest_segment segment = {.n_paragraphs = UINT32_MAX};
    kill(&segment, UINT32_MAX, UINT32_MAX);
    kill(&segment, UINT32_MAX - 5, UINT32_MAX - 2);
    cr_expect_eq(segment.n_dead, 2);
    kill(&segment, UINT32_MAX - 1, UINT32_MAX - 1);
    cr_expect_eq(segment.n_dead, 1);
    kill(&segment, 1, UINT32_MAX);
    cr_expect_eq(segment.n_dead, 1);
    cr_expect(pil_manifest_is_dead(&segment, 1));
    cr_expect(pil_manifest_is_dead(&segment, UINT32_MAX));
    pil_manifest_segment_dispose(&segment);
}

Test(manifest, a_segment_has_its_folder)
{
    char *path = pil_manifest_segment_path("/x", "0123456789abcdef");
    cr_expect_str_eq(path, "/x/segments/0123456789abcdef");
    free(path);
}
