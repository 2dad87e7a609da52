#include "index/merge_policy.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static pil_manifest manifest;
static double written_bytes, given_bytes;

static void init(void)
{
    manifest = (pil_manifest){0};
    written_bytes = given_bytes = 0;
}

static void dispose(void)
{
    pil_manifest_dispose(&manifest);
}

TestSuite(merge_policy, .init = init, .fini = dispose);

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525 + 1013904223;
    return *state >> 8;
}

enum { BYTES_A_PARAGRAPH = 500 };

static void add(uint32_t n_paragraphs)
{
    pil_manifest_segment segment = {.n_paragraphs = n_paragraphs,
                                    .text_bytes = (uint64_t)n_paragraphs * BYTES_A_PARAGRAPH};
    cr_assert_eq(pil_manifest_add_segment(&manifest, &segment, NULL), PIL_OK);
}

static void commit(uint32_t n_paragraphs)
{
    add(n_paragraphs);
    given_bytes += (double)n_paragraphs * BYTES_A_PARAGRAPH;
    written_bytes += (double)n_paragraphs * BYTES_A_PARAGRAPH;
}

static uint32_t n_live(const pil_manifest_segment *segment)
{
    return segment->n_paragraphs - pil_manifest_n_dead(segment);
}

/* Does what the writer does with the policy's answer. */
static void merge(size_t first, size_t n)
{
    uint32_t live = 0;
    cr_assert_geq(n, 1);
    cr_assert_leq(first + n, manifest.n_segments);
    for (size_t i = first; i < first + n; i++)
        live += n_live(&manifest.segments[i]);
    for (size_t i = 1; i < n; i++)
        pil_manifest_remove_segment(&manifest, first + 1);
    pil_manifest_segment merged = {.n_paragraphs = live,
                                   .text_bytes = (uint64_t)live * BYTES_A_PARAGRAPH};
    pil_manifest_segment_dispose(&manifest.segments[first]);
    manifest.segments[first] = merged;
    written_bytes += (double)live * BYTES_A_PARAGRAPH;
}

static size_t merge_all_that_is_worth_it(void)
{
    size_t first, n, steps = 0;
    while (pil_merge_policy_find(&manifest, false, &first, &n)) {
        merge(first, n);
        cr_assert_lt(++steps, 200, "merging does not come to an end");
    }
    return steps;
}

/* Kills about n paragraphs, an article here and there, as updates do; segments of which nothing
 * lives are dropped. */
static void kill_some(uint32_t n, uint32_t *state)
{
    enum { ARTICLE = 20 };
    uint64_t total = 0;
    for (size_t i = 0; i < manifest.n_segments; i++)
        total += manifest.segments[i].n_paragraphs;
    for (uint32_t k = 0; k < n && total > 0; k += ARTICLE) {
        uint64_t at = ((uint64_t)next_random(state) << 24 | next_random(state)) % total;
        size_t i = 0;
        while (at >= manifest.segments[i].n_paragraphs)
            at -= manifest.segments[i++].n_paragraphs;
        pil_docid_range range = {.first = (uint32_t)(at / ARTICLE * ARTICLE) + 1};
        range.last = range.first + ARTICLE - 1;
        if (range.last > manifest.segments[i].n_paragraphs)
            range.last = manifest.segments[i].n_paragraphs;
        cr_assert_eq(pil_manifest_kill(&manifest.segments[i], range, NULL), PIL_OK);
    }
    for (size_t i = manifest.n_segments; i-- > 0;) {
        if (n_live(&manifest.segments[i]) == 0)
            pil_manifest_remove_segment(&manifest, i);
    }
}

static double amplification(void)
{
    return written_bytes / given_bytes;
}

/* How the index is used: how large its commits are, and how much of each replaces older text. */
static void simulate(const char *name, uint32_t n_commits, uint32_t smallest, uint32_t largest,
                     unsigned percent_updates)
{
    uint32_t state = 7;
    pil_manifest_dispose(&manifest);
    written_bytes = given_bytes = 0;
    for (uint32_t i = 0; i < n_commits; i++) {
        uint32_t n = smallest + next_random(&state) % (largest - smallest + 1);
        kill_some(n * percent_updates / 100, &state);
        commit(n);
        merge_all_that_is_worth_it();
        cr_assert_leq(manifest.n_segments, (size_t)PIL_MAX_SEGMENTS, "%s, commit %u", name, i);
    }
    cr_expect_leq(amplification(), 12.0, "%s: %.2f", name, amplification());
}

Test(merge_policy, five_thousand_updates_keep_few_segments_and_write_little)
{
    simulate("single articles", 5000, 1, 40, 0);
    simulate("single articles, all updates", 5000, 1, 40, 100);
    simulate("single articles, half updates", 5000, 1, 40, 50);
}

/* When nearly every tier is full, the newest segments must not be written again at each update. */
Test(merge_policy, a_hundred_thousand_updates_of_a_million_paragraphs_write_little)
{
    enum { MILLION = 1000000, ARTICLE = 27, N_UPDATES = 100000 };
    add(MILLION);
    for (int i = 0; i < N_UPDATES; i++) {
        commit(ARTICLE);
        merge_all_that_is_worth_it();
        cr_assert_leq(manifest.n_segments, (size_t)PIL_MAX_SEGMENTS, "update %d", i);
    }
    cr_expect_leq(amplification(), 10.0, "%.2f", amplification());
}

Test(merge_policy, large_commits_keep_few_segments_and_write_little)
{
    simulate("full segments", 5000, 60000, 70000, 0);
    simulate("megabytes", 1000, 2000, 9000, 30);
}

Test(merge_policy, mixed_commits_keep_few_segments_and_write_little)
{
    simulate("from one to many", 1000, 1, 20000, 20);
    uint32_t state = 3;
    pil_manifest_dispose(&manifest);
    written_bytes = given_bytes = 0;
    for (int i = 0; i < 5000; i++) {
        commit(next_random(&state) % 50 == 0 ? 100000 : next_random(&state) % 30 + 1);
        merge_all_that_is_worth_it();
        cr_assert_leq(manifest.n_segments, (size_t)PIL_MAX_SEGMENTS);
    }
    cr_expect_leq(amplification(), 12.0, "%.2f", amplification());
}

/* Sizes that fall, each a tier below the one before: no run of four ever forms. */
Test(merge_policy, falling_sizes_still_leave_few_segments)
{
    uint32_t n = 3000000;
    for (int i = 0; i < 40; i++) {
        commit(n);
        n = n > 10 ? n / 2 : 10;
        merge_all_that_is_worth_it();
        cr_assert_leq(manifest.n_segments, (size_t)PIL_MAX_SEGMENTS);
    }
}

Test(merge_policy, many_segments_of_another_policy_become_few)
{
    for (size_t n = 1; n <= 200; n++) {
        pil_manifest_dispose(&manifest);
        for (size_t i = 0; i < n; i++)
            add((uint32_t)(i * 7919 % 100000 + 1));
        merge_all_that_is_worth_it();
        cr_expect_leq(manifest.n_segments, (size_t)PIL_MAX_SEGMENTS, "from %zu", n);
    }
}

Test(merge_policy, few_segments_are_left_alone)
{
    size_t first, n;
    cr_expect_not(pil_merge_policy_find(&manifest, false, &first, &n));
    for (int i = 0; i < 3; i++) {
        add(1000);
        cr_expect_not(pil_merge_policy_find(&manifest, false, &first, &n));
    }
    add(1000);
    cr_assert(pil_merge_policy_find(&manifest, false, &first, &n));
    cr_expect_eq(first, 0);
    cr_expect_eq(n, 4);
}

Test(merge_policy, small_ones_do_not_drag_in_a_large_one)
{
    size_t first, n;
    add(10000000);
    for (int i = 0; i < 4; i++)
        add(10);
    cr_assert(pil_merge_policy_find(&manifest, false, &first, &n));
    cr_expect_eq(first, 1);
    cr_expect_eq(n, 4);
}

Test(merge_policy, one_of_which_most_is_dead_is_written_anew)
{
    size_t first, n;
    add(1000);
    add(1000);
    cr_assert_eq(pil_manifest_kill(&manifest.segments[1], (pil_docid_range){1, 500}, NULL), PIL_OK);
    cr_expect_not(pil_merge_policy_find(&manifest, false, &first, &n));
    cr_assert_eq(pil_manifest_kill(&manifest.segments[1], (pil_docid_range){501, 501}, NULL),
                 PIL_OK);
    cr_assert(pil_merge_policy_find(&manifest, false, &first, &n));
    cr_expect_eq(first, 1);
    cr_expect_eq(n, 1);
}

Test(merge_policy, all_means_one_segment_without_dead)
{
    size_t first, n;
    cr_expect_not(pil_merge_policy_find(&manifest, true, &first, &n));
    add(10);
    cr_expect_not(pil_merge_policy_find(&manifest, true, &first, &n));
    cr_assert_eq(pil_manifest_kill(&manifest.segments[0], (pil_docid_range){1, 1}, NULL), PIL_OK);
    cr_assert(pil_merge_policy_find(&manifest, true, &first, &n));
    cr_expect_eq(n, 1);
    add(100000);
    cr_assert(pil_merge_policy_find(&manifest, true, &first, &n));
    cr_expect_eq(first, 0);
    cr_expect_eq(n, 2);
    merge(first, n);
    cr_expect_not(pil_merge_policy_find(&manifest, true, &first, &n));
}

/* ---- what one segment may hold ---- */

static void add_words(uint64_t n_words)
{
    pil_manifest_segment segment = {
        .n_paragraphs = 1000, .n_words = n_words, .text_bytes = n_words * 6};
    cr_assert_eq(pil_manifest_add_segment(&manifest, &segment, NULL), PIL_OK);
}

Test(merge_policy, no_segment_gets_so_many_words_that_libxapian_would_miscount)
{
    size_t first, n;
    for (int i = 0; i < 4; i++)
        add_words(UINT32_MAX / 4);
    cr_expect(pil_merge_policy_find(&manifest, false, &first, &n));
    cr_expect_eq(n, 4);
    /* One word more, in any of them. */
    for (int i = 0; i < 4; i++) {
        manifest.segments[i].n_words += 3;
        cr_expect_not(pil_merge_policy_find(&manifest, false, &first, &n));
        manifest.segments[i].n_words -= 3;
    }
}

Test(merge_policy, no_segment_gets_2_to_the_31_paragraphs)
{
    size_t first, n;
    for (int i = 0; i < 4; i++)
        add(UINT32_C(1) << 29);
    cr_expect_not(pil_merge_policy_find(&manifest, false, &first, &n));
    cr_expect(pil_merge_policy_find(&manifest, true, &first, &n));
    cr_expect_eq(first, 0);
    cr_expect_eq(n, 3);
    manifest.segments[2].n_paragraphs--;
    cr_expect(pil_merge_policy_find(&manifest, false, &first, &n));
    cr_expect_eq(n, 4);
}

Test(merge_policy, all_means_as_few_segments_as_hold_it)
{
    size_t first, n;
    const uint64_t gigaword = 1000000000;
    add_words(3 * gigaword);
    for (int i = 0; i < 6; i++)
        add_words(gigaword);
    cr_assert(pil_merge_policy_find(&manifest, true, &first, &n));
    cr_expect_eq(first, 0);
    cr_expect_eq(n, 2);
    manifest.segments[0].n_words = 4 * gigaword;
    pil_manifest_remove_segment(&manifest, 1);
    cr_assert(pil_merge_policy_find(&manifest, true, &first, &n));
    cr_expect_eq(first, 1);
    cr_expect_eq(n, 4);
    for (int i = 0; i < 3; i++)
        pil_manifest_remove_segment(&manifest, 2);
    manifest.segments[1].n_words = 4 * gigaword;
    cr_expect_not(pil_merge_policy_find(&manifest, true, &first, &n));
    cr_assert_eq(pil_manifest_kill(&manifest.segments[1], (pil_docid_range){5, 9}, NULL), PIL_OK);
    cr_assert(pil_merge_policy_find(&manifest, true, &first, &n));
    cr_expect_eq(first, 1);
    cr_expect_eq(n, 1);
}

/* An index of full segments has more than there should be; what is small in it is still merged. */
Test(merge_policy, full_segments_are_left_alone_however_many)
{
    size_t first, n;
    for (int i = 0; i < 100; i++)
        add_words(UINT32_MAX / 2 + 1);
    cr_expect_not(pil_merge_policy_find(&manifest, false, &first, &n));
    add_words(1000);
    cr_expect(pil_merge_policy_find(&manifest, false, &first, &n));
    cr_expect_eq(first, 99);
    manifest.segments[99].n_words = UINT32_MAX - 1;
    cr_expect_not(pil_merge_policy_find(&manifest, false, &first, &n));
    add_words(1000);
    cr_expect(pil_merge_policy_find(&manifest, false, &first, &n));
    cr_expect_eq(first, 100);
    cr_expect_eq(n, 2);
}

Test(merge_policy, thousands_of_segments_become_few)
{
    for (uint32_t i = 0; i < 3000; i++)
        add(i % 500 + 1);
    size_t n_steps = merge_all_that_is_worth_it();
    cr_expect_leq(manifest.n_segments, (size_t)PIL_MAX_SEGMENTS);
    cr_expect_leq(n_steps, 3);
}
