#include "base/file.h"
#include "index/manifest.h"
#include "index/schema.h"
#include "support/temporary_directory.h"

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
    return segment;
}

static void kill(pil_manifest_segment *segment, uint32_t first, uint32_t last)
{
    cr_assert_eq(pil_manifest_kill(segment, (pil_docid_range){first, last}, NULL), PIL_OK);
}

static pil_manifest make_manifest(void)
{
    pil_manifest manifest = {.generation = UINT64_MAX};
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
    for (size_t at = 0; at < length; at++) {
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
    cr_expect_eq(read_text("pilcrow-manifest\t2\nwho knows\n", &err), PIL_INCOMPATIBLE);
    cr_expect_not_null(strstr(err.message, "format 2"), "%s", err.message);
    cr_expect_eq(read_text("pilcrow-manifest\t10\n", &err), PIL_INCOMPATIBLE);
}

Test(manifest, an_unknown_feature_is_incompatible)
{
    pil_error err = {0};
    cr_expect_eq(read_sealed("pilcrow-manifest\t1\nfeatures\tquantum\ngeneration\t4\n", &err),
                 PIL_INCOMPATIBLE);
    cr_expect_not_null(strstr(err.message, "quantum"), "%s", err.message);
}

Test(manifest, sealed_nonsense_is_refused)
{
#define HEAD "pilcrow-manifest\t1\nfeatures\t" PIL_FORMAT_FEATURES "\ngeneration\t4\n"
#define HEX32 "0123456789abcdef0123456789abcdef"
#define UUID "01234567-0123-0123-0123-0123456789ab"
    static const char *const bad[] = {
        HEAD "what\tis this\n",
        HEAD "segment\n",
        HEAD "segment\t0123456789abcdef\t" UUID "\t5\t5\t" HEX32 "\n",
        HEAD "segment\t../../../etc/abc\t" UUID "\t5\t5\t" HEX32 "\t" HEX32 "\tstamp\t\n",
        HEAD "segment\t0123456789abcde\t" UUID "\t5\t5\t" HEX32 "\t" HEX32 "\tstamp\t\n",
        HEAD "segment\t0123456789abcdef\t" UUID "\t5\t5\t" HEX32 "\t" HEX32 "\tstamp\t3-2\n",
        HEAD "segment\t0123456789abcdef\t" UUID "\t5\t5\t" HEX32 "\t" HEX32 "\tstamp\t0-2\n",
        HEAD "segment\t0123456789abcdef\t" UUID "\t5\t5\t" HEX32 "\t" HEX32 "\tstamp\t1-6\n",
        HEAD "segment\t0123456789abcdef\t" UUID "\t5\t5\t" HEX32 "\t" HEX32 "\tstamp\t1\n",
        HEAD "segment\t0123456789abcdef\t" UUID "\t5\t5\t" HEX32 "\t" HEX32 "\tstamp\t1-2;\n",
        HEAD "catalogue\t4\t12\n",
        HEAD "catalogue\t4\t12\tshort\n",
    };
    cr_expect_eq(read_sealed(HEAD, NULL), PIL_OK);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        cr_expect_eq(read_sealed(bad[i], NULL), PIL_CORRUPT, "case %zu", i);
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
