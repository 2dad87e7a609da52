#include "index/schema.h"
#include "support/index_fixture.h"
#include "support/search_fixture.h"
#include "support/temporary_directory.h"

#include <criterion/criterion.h>
#include <math.h>
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

TestSuite(searcher, .init = init, .fini = dispose);

static void commit(void)
{
    pil_searched_index_commit(&fixture);
}

static void expect_list(const pil_hits *hits, const char *wanted, const char *query)
{
    char *list = pil_search_fixture_list(&fixture.search, hits);
    cr_expect_str_eq(list, wanted, "[%s] finds [%s]", query, list);
    free(list);
}

static void expect_found(const char *query, const char *wanted)
{
    pil_hits *hits = pil_search_fixture_run(&fixture.search, query, false, NULL);
    expect_list(hits, wanted, query);
    pil_hits_free(hits);
}

/* The same with every word required. */
static void expect_all_found(const char *query, const char *wanted)
{
    pil_hits *hits = pil_search_fixture_run(&fixture.search, query, true, NULL);
    expect_list(hits, wanted, query);
    pil_hits_free(hits);
}

/* ---- what is found ---- */

Test(searcher, an_empty_index_has_no_hits)
{
    commit();
    pil_hits *hits =
        pil_search_fixture_run(&fixture.search, "peace \"and war\" -truce", false, NULL);
    cr_expect_eq(hits->n_items, 0);
    cr_expect_not(hits->some_have_all);
    cr_expect_eq(hits->n_words, 3);
    cr_expect_str_eq(hits->words[1], "and war");
    pil_hits_free(hits);
}

Test(searcher, more_words_and_rarer_words_are_better)
{
    pil_index_fixture_add(fixture.writer, "a",
                          "the dialogue goes on\n\nkosovo and the dialogue\n\nkosovo again\n\n"
                          "dialogue once more\n\nnothing here");
    commit();
    expect_found("kosovo dialogue", "a:2 a:3 a:4 a:1");
    expect_all_found("kosovo dialogue", "a:2");
}

Test(searcher, a_hit_has_its_place_and_metadata)
{
    const pil_index_fixture_article article = {.record_id = "7",
                                               .text = "first\n\nsecond words",
                                               .title = "A title",
                                               .author = "Ann",
                                               .date = "2023-11-22",
                                               .source = "Paper",
                                               .url = "https://example.org"};
    pil_index_fixture_add_article(fixture.writer, "d/x.jsonl", &article);
    commit();
    pil_hits *hits = pil_search_fixture_run(&fixture.search, "words", false, NULL);
    cr_assert_eq(hits->n_items, 1);
    const pil_hit *hit = &hits->items[0];
    char path[512];
    snprintf(path, sizeof path, "%s/d/x.jsonl", fixture.parent);
    cr_expect_str_eq(hit->path, path);
    snprintf(path, sizeof path, "%s/d/x.jsonl#7", fixture.parent);
    cr_expect_str_eq(hit->article, path);
    cr_expect_eq(hit->rank, 1);
    cr_expect_gt(hit->score, 0);
    cr_expect_eq(hit->line, 3);
    cr_expect_eq(hit->page, 0);
    cr_expect_eq(hit->paragraph, 2);
    cr_expect_eq(strlen(hit->id), 16);
    cr_expect_str_eq(hit->title, "A title");
    cr_expect_str_eq(hit->author, "Ann");
    cr_expect_str_eq(hit->date, "2023-11-22");
    cr_expect_str_eq(hit->language, "en");
    cr_expect_str_eq(hit->source, "Paper");
    cr_expect_str_eq(hit->url, "https://example.org");
    cr_expect_str_eq(hit->heading, "");
    cr_expect_eq(hit->begin_byte, 7);
    cr_expect_eq(hit->end_byte, 19);
    cr_expect_str_eq(hit->text, "second words");
    cr_expect_eq(hit->text_bytes, 12);
    cr_assert_eq(hit->n_ranges, 1);
    cr_expect_eq(hit->ranges[0].begin, 7);
    cr_expect_eq(hit->ranges[0].end, 12);
    cr_expect_eq(hit->ranges[0].word, 0);
    cr_expect_eq(hit->n_before + hit->n_after, 0);
    pil_hits_free(hits);
}

Test(searcher, what_was_found_outlives_the_index)
{
    pil_index_fixture_add(fixture.writer, "a", "some words");
    commit();
    pil_hits *hits = pil_search_fixture_run(&fixture.search, "words", false, NULL);
    pil_search_fixture_close(&fixture.search);
    fixture.search = (pil_search_fixture){0};
    cr_assert_eq(hits->n_items, 1);
    cr_expect_str_eq(hits->items[0].text, "some words");
    pil_hits_free(hits);
}

Test(searcher, phrases_are_decided_on_the_text)
{
    pil_index_fixture_add(
        fixture.writer, "a",
        "an attack on all of them\n\nall attack on an ally\n\non all an attack\n\n"
        "attacks on all");
    commit();
    expect_found("\"attack on all\"", "a:4 a:1");
    expect_found("\"on all an\"", "a:3");
    expect_found("\"all of them all\"", "");
    expect_found("\"attack on all\" -them", "a:4");
}

Test(searcher, signs_require_and_exclude)
{
    pil_index_fixture_add(fixture.writer, "a",
                          "peace\n\npeace war\n\nwar\n\nwar truce\n\npeace war truce\n\ntruce");
    commit();
    expect_found("+peace war", "a:2 a:5 a:1");
    expect_found("peace -war", "a:1");
    expect_found("+peace -war -truce", "a:1");
    expect_found("+peace +truce", "a:5");
    expect_found("+peace +absent", "");
    expect_found("peace absent -absent2", "a:1 a:2 a:5");
    expect_found("-war +truce", "a:6");
    expect_found("truce -\"war truce\"", "a:6");
    expect_found("truce -\"peace truce\"", "a:6 a:4 a:5");
    expect_all_found("peace truce", "a:5");
    expect_all_found("peace absent", "");
}

Test(searcher, a_word_typed_twice_counts_twice)
{
    pil_index_fixture_add(fixture.writer, "a", "peace x\n\nwar x\n\nother y\n\nother z\n\nother v");
    commit();
    pil_hits *once = pil_search_fixture_run(&fixture.search, "peace", false, NULL);
    pil_hits *twice = pil_search_fixture_run(&fixture.search, "peace peace", false, NULL);
    cr_assert_eq(once->n_items, 1);
    cr_assert_eq(twice->n_items, 1);
    cr_expect_float_eq(twice->items[0].score, 2 * once->items[0].score, 1e-9);
    cr_expect_eq(twice->n_words, 1);
    pil_hits_free(once);
    pil_hits_free(twice);
    expect_found("peace war war", "a:2 a:1");
}

/* ---- what is told of it ---- */

static void expect_missing(const pil_hit *hit, uint32_t number)
{
    cr_assert_eq(hit->n_missing, 1);
    cr_expect_eq(hit->missing[0], number);
}

Test(searcher, each_hit_tells_what_it_lacks)
{
    pil_index_fixture_add(fixture.writer, "a", "kosovo\n\ndialogue dialogue\n\nother");
    commit();
    pil_hits *hits = pil_search_fixture_run(&fixture.search, "kosovo dialogue", false, NULL);
    cr_assert_eq(hits->n_items, 2);
    cr_expect_not(hits->some_have_all);
    cr_expect_eq(hits->n_unknown, 0);
    for (size_t i = 0; i < 2; i++)
        expect_missing(&hits->items[i], hits->items[i].paragraph == 1 ? 1 : 0);
    pil_hits_free(hits);
}

Test(searcher, one_that_has_all_words_is_noticed_wherever_it_ranks)
{
    pil_index_fixture_add(fixture.writer, "a",
                          "rare\n\nrare rare\n\ncommon and rare and a great many other words that "
                          "make it long so that it ranks far below the ones which are short\n\n"
                          "common\n\ncommon x\n\ncommon y");
    commit();
    const pil_search_options best = {.limit = 1};
    const pil_search_options none = {.limit = 0};
    const pil_search_options behind = {.limit = 5, .offset = 50};
    static const char *const queries[] = {"rare common", "rare", "\"and rare\" common", "+rare"};
    for (size_t i = 0; i < sizeof queries / sizeof queries[0]; i++) {
        pil_hits *hits = pil_search_fixture_run(&fixture.search, queries[i], false, &best);
        cr_expect_eq(hits->n_items, 1);
        cr_expect(hits->some_have_all, "%s", queries[i]);
        pil_hits_free(hits);
        hits = pil_search_fixture_run(&fixture.search, queries[i], false, &none);
        cr_expect_eq(hits->n_items, 0);
        cr_expect(hits->some_have_all, "%s, none shown", queries[i]);
        pil_hits_free(hits);
        hits = pil_search_fixture_run(&fixture.search, queries[i], false, &behind);
        cr_expect_eq(hits->n_items, 0);
        cr_expect(hits->some_have_all, "%s, from 50 on", queries[i]);
        cr_expect_eq(hits->n_unknown, 0);
        pil_hits_free(hits);
    }
    pil_hits *hits = pil_search_fixture_run(&fixture.search, "rare \"common rare\"", false, &best);
    cr_expect_not(hits->some_have_all, "both words, but not the phrase");
    pil_hits_free(hits);
}

Test(searcher, words_of_no_paragraph_are_named)
{
    size_t n;
    pil_index_fixture_add(fixture.writer, "a", "peace");
    pil_index_fixture_add(fixture.writer, "b", "gone");
    pil_index_fixture_add(fixture.writer, "c", "war");
    commit();
    cr_assert_eq(pil_index_writer_remove_source(fixture.writer, "b", &n, NULL), PIL_OK);
    commit();
    pil_hits *hits =
        pil_search_fixture_run(&fixture.search, "peace absent gone war -never", false, NULL);
    cr_expect_eq(hits->n_items, 2);
    cr_expect_not(hits->some_have_all);
    cr_assert_eq(hits->n_unknown, 2);
    cr_expect_eq(hits->unknown[0], 1);
    cr_expect_eq(hits->unknown[1], 2, "a word of dead paragraphs only");
    cr_expect_str_eq(hits->words[hits->unknown[0]], "absent");
    pil_hits_free(hits);
    hits = pil_search_fixture_run(&fixture.search, "absent", false, NULL);
    cr_expect_eq(hits->n_items, 0);
    cr_expect_not(hits->some_have_all);
    cr_expect_eq(hits->n_unknown, 1);
    pil_hits_free(hits);
}

/* ---- pages, groups, context ---- */

Test(searcher, pages_make_up_the_whole)
{
    char text[2048] = "";
    for (int i = 0; i < 40; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "peace %.*s\n\n", 1 + i % 23,
                 "w w w w w w w w w w w w");
    pil_index_fixture_add(fixture.writer, "a", text);
    commit();
    pil_hits *all = pil_search_fixture_run(&fixture.search, "peace", false, NULL);
    cr_assert_eq(all->n_items, 40);
    for (uint32_t offset = 0; offset < 45; offset += 7) {
        const pil_search_options page = {.offset = offset, .limit = 7};
        pil_hits *hits = pil_search_fixture_run(&fixture.search, "peace", false, &page);
        cr_assert_eq(hits->n_items, offset + 7 <= 40 ? 7 : offset < 40 ? 40 - offset : 0);
        for (size_t i = 0; i < hits->n_items; i++) {
            cr_expect_eq(hits->items[i].rank, offset + i + 1);
            cr_expect_eq(hits->items[i].paragraph, all->items[offset + i].paragraph);
        }
        pil_hits_free(hits);
    }
    pil_hits_free(all);
}

Test(searcher, grouping_shows_the_best_of_each_article_and_counts_the_rest)
{
    size_t n;
    pil_index_fixture_add(fixture.writer, "a",
                          "peace\n\npeace and x y z\n\nnothing\n\npeace w w w w w\n\n"
                          "w peace peace w z");
    pil_index_fixture_add(fixture.writer, "b", "peace x x x");
    commit();
    pil_index_fixture_add(fixture.writer, "c",
                          "war\n\npeace w w w w w w w\n\npeace y y\n\nw w w peace");
    pil_index_fixture_add(fixture.writer, "dead", "peace\n\npeace");
    commit();
    cr_assert_eq(pil_index_writer_remove_source(fixture.writer, "dead", &n, NULL), PIL_OK);
    commit();
    const pil_search_options grouped = {.limit = 10, .group_by_article = true};
    pil_hits *hits = pil_search_fixture_run(&fixture.search, "peace", false, &grouped);
    expect_list(hits, "a:1 c:3 b:1", "peace");
    cr_assert_eq(hits->n_items, 3);
    cr_expect_eq(hits->items[0].n_more_in_article, 3);
    cr_expect_eq(hits->items[1].n_more_in_article, 2);
    cr_expect_eq(hits->items[2].n_more_in_article, 0);
    pil_hits_free(hits);
    /* And with a phrase, where terms alone would count too many. */
    hits = pil_search_fixture_run(&fixture.search, "\"peace w\"", false, &grouped);
    cr_assert_eq(hits->n_items, 2);
    for (size_t i = 0; i < 2; i++)
        cr_expect_eq(hits->items[i].n_more_in_article,
                     strstr(hits->items[i].article, "/a") != NULL ? 1 : 0, "%s",
                     hits->items[i].article);
    pil_hits_free(hits);
    const pil_search_options second = {.limit = 1, .offset = 1, .group_by_article = true};
    hits = pil_search_fixture_run(&fixture.search, "peace", false, &second);
    expect_list(hits, "c:3", "peace");
    cr_expect_eq(hits->items[0].rank, 2);
    pil_hits_free(hits);
}

static void expect_neighbours(const pil_neighbour *neighbours, size_t n, uint32_t first,
                              uint32_t n_wanted)
{
    cr_assert_eq(n, n_wanted);
    for (uint32_t i = 0; i < n; i++) {
        char text[16];
        snprintf(text, sizeof text, "p%u x", (unsigned)(first + i));
        cr_expect_eq(neighbours[i].number, first + i);
        cr_expect_eq(neighbours[i].line, 2 * (first + i) - 1);
        cr_expect_str_eq(neighbours[i].text, text);
        cr_expect_eq(neighbours[i].text_bytes, strlen(text));
    }
}

Test(searcher, context_stays_within_the_article)
{
    pil_index_fixture_add(fixture.writer, "before", "other");
    pil_index_fixture_add(fixture.writer, "a", "p1 x\n\np2 x\n\np3 x\n\np4 x\n\np5 x");
    pil_index_fixture_add(fixture.writer, "behind", "other");
    commit();
    for (uint32_t context = 0; context < 8; context++) {
        for (uint32_t at = 1; at <= 5; at++) {
            char query[8];
            snprintf(query, sizeof query, "p%u", (unsigned)at);
            const pil_search_options options = {.limit = 3, .context = context};
            pil_hits *hits = pil_search_fixture_run(&fixture.search, query, false, &options);
            cr_assert_eq(hits->n_items, 1);
            uint32_t first = at > context ? at - context : 1;
            uint32_t last = at + context < 5 ? at + context : 5;
            const pil_hit *hit = &hits->items[0];
            expect_neighbours(hit->before, hit->n_before, first, at - first);
            expect_neighbours(hit->after, hit->n_after, at + 1, last - at);
            pil_hits_free(hits);
        }
    }
}

/* ---- the state of the index ---- */

Test(searcher, dead_paragraphs_are_never_shown)
{
    size_t n;
    pil_index_fixture_add(fixture.writer, "a", "peace old\n\npeace older");
    pil_index_fixture_add(fixture.writer, "b", "peace kept");
    pil_index_fixture_add(fixture.writer, "c", "peace removed");
    commit();
    pil_index_fixture_add(fixture.writer, "a", "peace new");
    cr_assert_eq(pil_index_writer_remove_source(fixture.writer, "c", &n, NULL), PIL_OK);
    pil_index_fixture_add(fixture.writer, "d", "truce first");
    pil_index_fixture_add(fixture.writer, "d", "truce second");
    commit();
    expect_found("peace removed old older", "a:1 b:1");
    expect_found("+removed", "");
    expect_found("\"peace old\"", "");
    expect_found("truce", "d:1");
    expect_found("first", "");
}

typedef struct shown {
    char article[64];
    uint32_t paragraph;
    double score;
} shown;

static int by_place(const void *left, const void *right)
{
    const shown *a = left, *b = right;
    int order = strcmp(a->article, b->article);
    return order != 0 ? order : (a->paragraph > b->paragraph) - (a->paragraph < b->paragraph);
}

static size_t search_all(const char *query, shown *out, size_t max)
{
    pil_hits *hits = pil_search_fixture_run(&fixture.search, query, false, NULL);
    size_t n = hits->n_items;
    cr_assert_leq(n, max);
    for (size_t i = 0; i < n; i++) {
        snprintf(out[i].article, sizeof out[i].article, "%s",
                 strrchr(hits->items[i].article, '/') + 1);
        out[i].paragraph = hits->items[i].paragraph;
        out[i].score = hits->items[i].score;
    }
    qsort(out, n, sizeof *out, by_place);
    pil_hits_free(hits);
    return n;
}

Test(searcher, many_segments_rank_as_one)
{
    enum { N_QUERIES = 6, MAX = 200 };
    static const char *const queries[N_QUERIES] = {
        "peace war",  "+peace truce", "\"peace war\" truce",
        "peace -war", "truce",        "peacewar treaty absent"};
    static const char *const words[] = {"peace", "war", "truce", "treaty", "talks"};
    static shown before[N_QUERIES][MAX], after[MAX];
    size_t n_before[N_QUERIES];
    uint32_t state = 5;
    for (int i = 0; i < 12; i++) {
        char path[16], text[1024] = "";
        snprintf(path, sizeof path, "f%d", i);
        for (int p = 0; p < 5; p++) {
            for (int w = 0; w < 3 + p; w++) {
                state = state * 1664525 + 1013904223;
                snprintf(text + strlen(text), sizeof text - strlen(text), "%s ",
                         words[(state >> 16) % 5]);
            }
            snprintf(text + strlen(text), sizeof text - strlen(text), "\n\n");
        }
        pil_index_fixture_add(fixture.writer, path, text);
        commit();
    }
    cr_assert_geq(pil_index_writer_manifest(fixture.writer)->n_segments, 12);
    for (size_t q = 0; q < N_QUERIES; q++)
        n_before[q] = search_all(queries[q], before[q], MAX);
    pil_index_fixture_merge(fixture.writer, true);
    commit();
    cr_assert_eq(fixture.search.snapshot.manifest.n_segments, 1);
    for (size_t q = 0; q < N_QUERIES; q++) {
        size_t n = search_all(queries[q], after, MAX);
        cr_assert_eq(n, n_before[q], "%s: %zu and %zu", queries[q], n, n_before[q]);
        for (size_t i = 0; i < n; i++) {
            cr_expect_str_eq(after[i].article, before[q][i].article);
            cr_expect_eq(after[i].paragraph, before[q][i].paragraph);
            cr_expect_float_eq(after[i].score, before[q][i].score, 1e-9);
        }
    }
}

/* A page smaller than what matches makes libxapian leave out what cannot get into it. Where all
 * alternatives of a word ended at one paragraph, that once crashed it. */
Test(searcher, alternatives_that_end_together_are_safe_in_many_segments)
{
    static const char *const queries[] = {"Euro-Atlantic", "EuroAtlantic area", "euroatlantic",
                                          "+Euro-Atlantic area", "euro atlantic area"};
    for (int i = 0; i < 3; i++) {
        char path[16];
        snprintf(path, sizeof path, "f%d", i);
        pil_index_fixture_add(fixture.writer, path,
                              "euro here\n\nthe area\n\neuro area and euro area\n\n"
                              "an atlantic area\n\nthe Euro-Atlantic area\n\nin Euro-Atlantic");
        commit();
    }
    for (size_t i = 0; i < sizeof queries / sizeof queries[0]; i++) {
        pil_hits *all = pil_search_fixture_run(&fixture.search, queries[i], false, NULL);
        for (uint32_t limit = 1; limit < all->n_items; limit++) {
            const pil_search_options page = {.limit = limit};
            pil_hits *hits = pil_search_fixture_run(&fixture.search, queries[i], false, &page);
            cr_assert_eq(hits->n_items, limit);
            for (uint32_t at = 0; at < limit; at++)
                cr_expect_float_eq(hits->items[at].score, all->items[at].score, 1e-9, "%s",
                                   queries[i]);
            pil_hits_free(hits);
        }
        pil_hits_free(all);
    }
}

Test(searcher, each_paragraph_is_read_in_its_language)
{
    pil_index_fixture_begin(fixture.writer, "x");
    const pil_index_fixture_article german = {
        .record_id = "de", .text = "Die H\xC3\xA4user brannten", .language = "de"};
    const pil_index_fixture_article english = {
        .record_id = "en", .text = "The houses burned", .language = "en"};
    const pil_index_fixture_article unknown = {.record_id = "un", .text = "houses", .language = ""};
    pil_index_fixture_give(fixture.writer, "x", &german);
    pil_index_fixture_give(fixture.writer, "x", &english);
    pil_index_fixture_give(fixture.writer, "x", &unknown);
    pil_index_fixture_end(fixture.writer);
    commit();
    expect_found("Haus", "x#de:1");
    expect_found("house", "x#en:1");
    expect_found("houses -burning", "x#un:1");
    const pil_search_options options = {.limit = 9, .language = "en"};
    expect_found("H\xC3\xA4user", "x#de:1");
    pil_hits *hits = pil_search_fixture_run(&fixture.search, "H\xC3\xA4user", false, &options);
    expect_list(hits, "", "the query in English");
    pil_hits_free(hits);
}

/* Either word is in one of the paragraphs, which are equally long. */
static void index_two_words(const char *language)
{
    const pil_index_fixture_article article = {
        .text = "of them\n\nall else\n\npeace now\n\nno more", .language = language};
    pil_index_fixture_add_article(fixture.writer, "x", &article);
    commit();
}

Test(searcher, stop_words_count_less)
{
    index_two_words("en");
    expect_found("peace of", "x:3 x:1");
}

Test(searcher, stop_words_of_other_languages_count_in_full)
{
    index_two_words("mk");
    expect_found("peace of", "x:1 x:3");
}

/* ---- what is not as it should be ---- */

/* What terms decide takes no time to speak of and is found all the same. */
Test(searcher, texts_are_asked_until_the_deadline)
{
    pil_index_fixture_add(fixture.writer, "a", "Peace and war.\n\nWar and peace.\n\nPeace.");
    commit();
    static const struct {
        const char *query;
        uint64_t deadline_ms;
        size_t n_hits;
    } cases[] = {{"\"peace and war\"", 0, 1},
                 {"\"peace and war\"", UINT64_MAX, 1},
                 {"\"peace and war\"", 1, 0},
                 {"pea*", 1, 0},
                 {"peace", 1, 3}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const pil_search_options options = {.limit = 9, .deadline_ms = cases[i].deadline_ms};
        pil_hits *hits = pil_search_fixture_run(&fixture.search, cases[i].query, false, &options);
        cr_expect_eq(hits->n_items, cases[i].n_hits, "case %zu: %zu", i, hits->n_items);
        cr_expect_eq(hits->is_late, cases[i].n_hits == 0, "case %zu", i);
        pil_hits_free(hits);
    }
}

Test(searcher, an_index_of_another_analyser_is_refused)
{
    pil_index_fixture_add(fixture.writer, "a", "peace");
    commit();
    free(fixture.search.snapshot.manifest.segments[0].stamp);
    fixture.search.snapshot.manifest.segments[0].stamp = strdup("analyser 0, ICU 1");
    pil_query *query;
    pil_hits *hits = NULL;
    pil_error err = {0};
    const pil_search_options options = {.limit = 3};
    cr_assert_eq(pil_query_parse("peace", 5, NULL, fixture.search.analyser, &query, NULL, NULL),
                 PIL_OK);
    cr_expect_eq(
        pil_search(&fixture.search.snapshot, query, fixture.search.analyser, &options, &hits, &err),
        PIL_INCOMPATIBLE);
    cr_expect_null(hits);
    cr_expect_not_null(strstr(err.message, "ICU 1"), "%s", err.message);
    pil_query_free(query);
}

/* Where the only occurrence of text in bytes[0..length) begins. */
static size_t find_bytes(const char *bytes, size_t length, const char *text)
{
    size_t n = strlen(text), found = length;
    for (size_t at = 0; at + n <= length; at++) {
        if (memcmp(bytes + at, text, n) != 0)
            continue;
        cr_assert_eq(found, length, "[%s] is stored twice", text);
        found = at;
    }
    cr_assert_lt(found, length, "[%s] is not stored as it is", text);
    return found;
}

/* Flips each bit in turn of a stored record: an answer is right or refused. Not of the blocks
 * around it, which libxapian believes. */
Test(searcher, a_damaged_record_is_refused_and_never_shown, .timeout = 300)
{
    char name[64];
    size_t length, n_refused = 0;
    const pil_search_options options = {.limit = 5, .context = 1};
    /* Flags of two bytes, number, begin and line before the text. */
    enum { HEAD_BYTES = 5, CRC_BYTES = 4 };
    static const char *const queries[] = {"peace war", "\"to war\""};
    pil_index_fixture_add(fixture.writer, "a", "a way to peace\n\nno way to war\n\npeace to all");
    commit();
    snprintf(name, sizeof name, "segments/%s/docdata.glass",
             fixture.search.snapshot.manifest.segments[0].id);
    char *bytes = pil_temporary_directory_read(fixture.directory, name, &length);
    cr_assert_not_null(bytes);
    size_t at = find_bytes(bytes, length, "no way to war");
    size_t last = at + strlen("no way to war") + CRC_BYTES;
    for (size_t bit = (at - HEAD_BYTES) * 8; bit < last * 8; bit++) {
        bytes[bit / 8] = (char)(bytes[bit / 8] ^ 1 << bit % 8);
        pil_temporary_directory_write(fixture.directory, name, bytes, length);
        bytes[bit / 8] = (char)(bytes[bit / 8] ^ 1 << bit % 8);
        pil_snapshot snapshot;
        pil_error err = {0};
        cr_assert_eq(pil_snapshot_open(&snapshot, fixture.directory, &err), PIL_OK, "%s",
                     err.message);
        for (size_t q = 0; q < 2; q++) {
            pil_query *query;
            pil_hits *hits = NULL;
            cr_assert_eq(pil_query_parse(queries[q], strlen(queries[q]), NULL,
                                         fixture.search.analyser, &query, NULL, NULL),
                         PIL_OK);
            pil_status status =
                pil_search(&snapshot, query, fixture.search.analyser, &options, &hits, &err);
            cr_expect(status == PIL_CORRUPT, "bit %zu: %s", bit, pil_status_name(status));
            n_refused += status == PIL_CORRUPT;
            pil_hits_free(hits);
            pil_query_free(query);
        }
        pil_snapshot_close(&snapshot);
    }
    cr_expect_eq(n_refused, 2 * 8 * (last - at + HEAD_BYTES));
    free(bytes);
}
