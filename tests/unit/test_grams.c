/* Common grams leave fewer paragraphs to look at, and change nothing else: each query is run with
 * them and without. */
#include "support/index_fixture.h"
#include "support/search_fixture.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static pil_searched_index fixture;

static void init(void)
{
    pil_searched_index_open(&fixture);
}

static void dispose(void)
{
    pil_searched_index_dispose(&fixture);
}

TestSuite(grams, .init = init, .fini = dispose);

static void commit(void)
{
    pil_searched_index_commit(&fixture);
}

static void set_common(const char *words)
{
    pil_index_writer_close(fixture.writer);
    pil_index_fixture_set_common(fixture.directory, words);
    fixture.writer = pil_index_fixture_open(fixture.directory, PIL_INDEX_FIXTURE_LARGE);
}

/* As if the index had no common words. */
static pil_hits *run_without_grams(const char *query, const pil_search_options *options)
{
    pil_manifest *manifest = &fixture.search.snapshot.manifest;
    size_t n = manifest->n_commons;
    manifest->n_commons = 0;
    pil_hits *hits = pil_search_fixture_run(&fixture.search, query, false, options);
    manifest->n_commons = n;
    return hits;
}

static void expect_equal(const pil_hits *hits, const pil_hits *others, const char *query)
{
    cr_assert_eq(hits->n_items, others->n_items, "[%s]", query);
    for (size_t i = 0; i < hits->n_items; i++) {
        const pil_hit *hit = &hits->items[i], *other = &others->items[i];
        cr_expect_str_eq(hit->id, other->id, "[%s] rank %zu", query, i + 1);
        cr_expect(hit->score == other->score, "[%s] rank %zu: %.17g, not %.17g", query, i + 1,
                  hit->score, other->score);
        cr_expect_eq(hit->n_more_in_article, other->n_more_in_article);
    }
    cr_expect_eq(hits->some_have_all, others->some_have_all, "[%s]", query);
    cr_expect_eq(hits->n_unknown, others->n_unknown, "[%s]", query);
}

/* Runs query both ways; returns how many hits there are. */
static size_t compare(const char *query, uint64_t *n_verified, uint64_t *n_verified_without)
{
    static const pil_search_options options[] = {
        {.limit = 100000}, {.limit = 3}, {.limit = 100000, .group_by_article = true}};
    size_t n = 0;
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        pil_hits *hits = pil_search_fixture_run(&fixture.search, query, false, &options[i]);
        pil_hits *others = run_without_grams(query, &options[i]);
        expect_equal(hits, others, query);
        cr_expect_leq(hits->n_verified, others->n_verified, "[%s]", query);
        if (i == 0) {
            n = hits->n_items;
            *n_verified = hits->n_verified;
            *n_verified_without = others->n_verified;
        }
        pil_hits_free(hits);
        pil_hits_free(others);
    }
    return n;
}

static void expect_verified(const char *query, size_t n_hits, uint64_t n, uint64_t n_without)
{
    uint64_t n_verified, n_verified_without;
    cr_expect_eq(compare(query, &n_verified, &n_verified_without), n_hits, "[%s]", query);
    cr_expect_eq(n_verified, n, "[%s] looks at %lu", query, (unsigned long)n_verified);
    cr_expect_eq(n_verified_without, n_without, "[%s] without grams looks at %lu", query,
                 (unsigned long)n_verified_without);
}

Test(grams, only_what_has_common_words_side_by_side_is_looked_at)
{
    pil_index_fixture_add(fixture.writer, "old", "peace");
    commit();
    set_common("be not of the to");
    pil_index_fixture_add(fixture.writer, "a",
                          "to be or not to be\n\nto have not been to that\n\nthe state of not "
                          "being to us\n\nbe to\n\nthe being of peace");
    commit();
    expect_verified("\"to be\"", 1, 1, 3);
    expect_verified("\"to be or not to be\"", 1, 1, 1);
    expect_verified("\"of the\"", 0, 0, 2);
    expect_verified("\"peace of the\"", 0, 0, 1);
    expect_verified("\"of peace\"", 1, 1, 1);
    expect_verified("\"not to\" peace", 1, 1, 3);
    expect_verified("peace -\"of the\" +be", 4, 4, 4);
}

/* In a language without a stemmer "secured" is another term than in English, and of the words of
 * the phrase only "of the" is common. */
Test(grams, what_another_language_lacks_lets_nothing_through)
{
    const pil_index_fixture_article other = {.text = "secured it was not", .language = "xx"};
    pil_index_fixture_add(fixture.writer, "old", "peace");
    commit();
    set_common("of secur the");
    pil_index_fixture_add(fixture.writer, "a",
                          "secured of the council\n\nthe council of the secured\n\nof the council "
                          "that is secured\n\ncouncil of the secured");
    pil_index_fixture_add_article(fixture.writer, "x", &other);
    commit();
    expect_verified("\"secured of the council\"", 1, 1, 4);
}

Test(grams, each_segment_is_asked_for_the_words_of_its_own_list)
{
    static const char text[] = "it is in the area\n\nin it the area is\n\nis it in\n\nthe in";
    pil_index_fixture_add(fixture.writer, "none", text);
    commit();
    set_common("in is the");
    pil_index_fixture_add(fixture.writer, "first", text);
    commit();
    set_common("in it is");
    pil_index_fixture_add(fixture.writer, "second", text);
    commit();
    cr_assert_eq(fixture.search.snapshot.manifest.n_segments, 3);
    cr_assert_eq(fixture.search.snapshot.manifest.n_commons, 2);
    expect_verified("\"is in\"", 3, 5, 9);
    expect_verified("\"in the\"", 3, 7, 9);
    expect_verified("\"it is in\"", 3, 5, 9);
    expect_verified("\"it is in the\"", 3, 4, 6);
    expect_verified("\"the area\"", 6, 6, 6);
}

Test(grams, compounds_and_joined_words_are_found_beside_common_words)
{
    pil_index_fixture_add(fixture.writer, "old", "peace");
    commit();
    set_common("a art the of state stateoftheart to up");
    pil_index_fixture_add(
        fixture.writer, "a",
        "a state-of-the-art of it\n\na stateoftheart of the\n\nthe state of the art\n\n"
        "up-to the\n\nup to the\n\nUpTo the");
    commit();
    uint64_t n[2];
    cr_expect_eq(compare("\"a stateoftheart\"", &n[0], &n[1]), 2);
    cr_expect_eq(compare("\"a state-of-the-art\"", &n[0], &n[1]), 2);
    cr_expect_eq(compare("\"state of the art\"", &n[0], &n[1]), 2);
    cr_expect_eq(compare("\"up to the\"", &n[0], &n[1]), 2);
    cr_expect_eq(compare("\"up-to the\"", &n[0], &n[1]), 3);
    cr_expect_eq(compare("+state-of-the-art", &n[0], &n[1]), 3);
    cr_expect_eq(compare("\"a state-of-the-art of\"", &n[0], &n[1]), 2);
}

/* ---- random texts ---- */

static uint32_t state = 20241103;

static uint32_t random_below(uint32_t n)
{
    state = state * 1664525 + 1013904223;
    return (state >> 10) % n;
}

static const char *const words[] = {"the",    "of",    "to",    "be",    "a",       "in",
                                    "nation", "und",   "peace", "it's",  "Be-In",   "ToBe",
                                    "zone",   "OfThe", "in-a",  "war's", "nations", "inthe"};
enum { N_WORDS = sizeof words / sizeof *words };

/* Low numbers are common words. */
static const char *random_word(void)
{
    uint32_t a = random_below(N_WORDS), b = random_below(N_WORDS);
    return words[a < b ? a : b];
}

static void write_words(char *out, size_t size, uint32_t n_words)
{
    size_t length = 0;
    out[0] = '\0';
    for (uint32_t i = 0; i < n_words; i++)
        length +=
            (size_t)snprintf(out + length, size - length, "%s%s", i > 0 ? " " : "", random_word());
}

static void write_text(char *out, size_t size)
{
    size_t length = 0;
    for (uint32_t i = 1 + random_below(8); i > 0; i--) {
        write_words(out + length, size - length, 1 + random_below(20));
        length += strlen(out + length);
        length += (size_t)snprintf(out + length, size - length, "\n\n");
    }
}

static void add_random_articles(uint32_t n_articles)
{
    static const char *const languages[] = {"en", "en", "de", "", "fr"};
    for (uint32_t i = 0; i < n_articles; i++) {
        char path[16], text[4096];
        snprintf(path, sizeof path, "f%u", (unsigned)random_below(60));
        write_text(text, sizeof text);
        const pil_index_fixture_article article = {.text = text,
                                                   .language = languages[random_below(5)]};
        pil_index_fixture_add_article(fixture.writer, path, &article);
    }
}

static void write_query(char *out, size_t size)
{
    static const char *const signs[] = {"", "", "+", "-"};
    size_t length = 0;
    for (uint32_t i = 0, n = 1 + random_below(3); i < n; i++) {
        char phrase[256];
        write_words(phrase, sizeof phrase, 1 + random_below(5));
        length += (size_t)snprintf(out + length, size - length, "%s\"%s\" ",
                                   signs[random_below(i == 0 ? 3 : 4)], phrase);
        if (random_below(3) == 0)
            length += (size_t)snprintf(out + length, size - length, "%s ", random_word());
    }
}

Test(grams, random_queries_find_the_same_with_the_same_scores)
{
    static const char *const lists[] = {"a be in of the to", "nation of the tobe und", "in it the"};
    size_t n_hits = 0;
    uint64_t n_verified = 0, n_verified_without = 0;
    add_random_articles(30);
    commit();
    for (size_t i = 0; i < 3; i++) {
        set_common(lists[i]);
        add_random_articles(30);
        commit();
        for (int j = 0; j < 120; j++) {
            char query[2048];
            uint64_t n[2];
            write_query(query, sizeof query);
            n_hits += compare(query, &n[0], &n[1]);
            n_verified += n[0];
            n_verified_without += n[1];
        }
    }
    cr_expect_gt(n_hits, 360);
    cr_expect_lt(n_verified, n_verified_without);
}
