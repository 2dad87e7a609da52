#include "search/suggest.h"

#include "base/edit_distance.h"
#include "support/index_fixture.h"
#include "support/search_fixture.h"

#include <criterion/criterion.h>
#include <stdint.h>
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

TestSuite(suggest, .init = init, .fini = dispose);

static void commit(void)
{
    pil_searched_index_commit(&fixture);
}

static void expect(const char *query, const char *wanted)
{
    pil_error err = {0};
    pil_query *parsed = NULL;
    pil_buffer out;
    pil_buffer_init(&out, 1024);
    cr_assert_eq(
        pil_query_parse(query, strlen(query), NULL, fixture.search.analyser, &parsed, NULL, &err),
        PIL_OK);
    cr_assert_eq(pil_suggest(&fixture.search.snapshot, &parsed->clauses[0], fixture.search.analyser,
                             &out, &err),
                 PIL_OK, "%s", err.message);
    cr_expect_str_eq(out.length > 0 ? out.bytes : "", wanted, "for [%s]: %s", query,
                     out.length > 0 ? out.bytes : "nothing");
    pil_buffer_dispose(&out);
    pil_query_free(parsed);
}

Test(suggest, a_word_with_a_slip_gives_the_word_that_was_meant)
{
    pil_index_fixture_add(fixture.writer, "a",
                          "The dialogue in Četinje on collective defense, cat, Приштина");
    commit();
    expect("dialoge", "dialogue");
    expect("DIALOUGE", "dialogue");
    expect("colective", "collective");
    expect("kollectiv", "collective");
    expect("Cetinie", "cetinje");
}

Test(suggest, too_little_likeness_gives_nothing)
{
    pil_index_fixture_add(fixture.writer, "a", "dialogue cat collective defense");
    commit();
    expect("car", "");
    expect("dilge", "");
    expect("kollektyv", "");
    expect("quokka", "");
}

Test(suggest, only_single_words_that_are_not_wanted_as_written_are_looked_at)
{
    pil_index_fixture_add(fixture.writer, "a", "dialogue");
    commit();
    expect("dialoge", "dialogue");
    expect("=dialoge", "");
    expect("\"dialoge\"", "");
    expect("dialoge-dialoge", "");
    expect("=Dialogue", "");
}

Test(suggest, a_word_that_is_there_gives_nothing)
{
    pil_index_fixture_add(fixture.writer, "a", "carting\n\nparting parting");
    commit();
    expect("carting", "");
}

Test(suggest, the_nearest_wins_then_what_most_paragraphs_have_then_the_first)
{
    pil_index_fixture_add(fixture.writer, "a",
                          "parliament\n\nparlaments\n\nparlaments\n\nparlaments");
    pil_index_fixture_add(fixture.writer, "b", "stone store stove\n\nstove\n\nparting carting");
    commit();
    expect("parlament", "parlaments");
    expect("parliamen", "parliament");
    expect("stowe", "stove");
    expect("yarting", "carting");
}

Test(suggest, segments_and_languages_are_summed)
{
    for (int i = 0; i < 3; i++) {
        char path[16];
        const pil_index_fixture_article german = {.text = "stove", .language = "de"};
        snprintf(path, sizeof path, "f%d", i);
        pil_index_fixture_add_article(fixture.writer, path, &german);
        commit();
    }
    pil_index_fixture_add(fixture.writer, "s", "store\n\nstore");
    commit();
    cr_assert_gt(fixture.search.snapshot.manifest.n_segments, 1);
    expect("stoae", "stove");
}

enum { N_WORDS = 300 };

/* Random words in random numbers of paragraphs, against a scan of all of them. */
Test(suggest, random_words_give_what_a_scan_gives)
{
    static char words[N_WORDS][16];
    static size_t counts[N_WORDS];
    uint32_t seed = 7;
    pil_buffer text;
    pil_buffer_init(&text, 1 << 20);
    for (size_t i = 0; i < N_WORDS; i++) {
        for (size_t j = 0; j < 6 + i % 4; j++) {
            seed = seed * 1664525u + 1013904223u;
            words[i][j] = "bcdf"[(seed >> 16) % 4];
        }
        counts[i] = 1 + (seed >> 20) % 4;
        for (size_t j = 0; j < counts[i]; j++)
            cr_assert_eq(pil_buffer_appendf(&text, "%s\n\n", words[i]), PIL_OK);
    }
    const pil_index_fixture_article article = {.text = text.bytes, .language = "xx"};
    pil_index_fixture_add_article(fixture.writer, "a", &article);
    pil_buffer_dispose(&text);
    commit();
    size_t n_found = 0;
    for (int round = 0; round < 300; round++) {
        char word[16] = "";
        size_t length = 6 + (size_t)round % 4, limit = length < 8 ? 1 : 2;
        for (size_t j = 0; j < length; j++) {
            seed = seed * 1664525u + 1013904223u;
            word[j] = "bcdf"[(seed >> 16) % 4];
        }
        size_t best_distance = limit + 1, best_count = 0;
        const char *best = "";
        for (size_t i = 0; i < N_WORDS; i++) {
            size_t distance = pil_edit_distance(word, length, words[i], strlen(words[i]), limit);
            size_t count = 0;
            for (size_t j = 0; j < N_WORDS; j++)
                count += strcmp(words[i], words[j]) == 0 ? counts[j] : 0;
            bool is_better =
                distance < best_distance ||
                (distance == best_distance &&
                 (count > best_count || (count == best_count && strcmp(words[i], best) < 0)));
            if (distance > limit || !is_better)
                continue;
            best_distance = distance;
            best_count = count;
            best = words[i];
        }
        n_found += best_distance > 0 && best_distance <= limit;
        expect(word, best_distance == 0 ? "" : best);
    }
    cr_assert_gt(n_found, 50);
}
