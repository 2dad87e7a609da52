/* The best paragraphs ordered anew: by words of the same families and near each other, by
 * paragraphs beside them and by such as are alike. */
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

TestSuite(reranking, .init = init, .fini = dispose);

static pil_hits *run_without(const char *query, uint32_t without)
{
    const pil_search_options options = {
        .limit = 1000, .explains = true, .ranking_without = without};
    return pil_search_fixture_run(&fixture.search, query, false, &options);
}

/* Frees the hits. */
static void expect_hits(pil_hits *hits, const char *query, const char *wanted)
{
    char *list = pil_search_fixture_list(&fixture.search, hits);
    cr_expect_str_eq(list, wanted, "[%s] finds [%s], not [%s]", query, list, wanted);
    free(list);
    pil_hits_free(hits);
}

static void expect_order(const char *query, uint32_t without, const char *wanted)
{
    expect_hits(run_without(query, without), query, wanted);
}

/* What the parts of a kind give a hit. */
static double sum_of(const pil_hit *hit, pil_part_kind kind)
{
    double sum = 0;
    for (size_t i = 0; i < hit->n_parts; i++)
        sum += hit->parts[i].kind == kind ? hit->parts[i].score : 0;
    return sum;
}

Test(reranking, words_that_stand_together_come_first)
{
    pil_index_fixture_add(fixture.writer, "a", "defense was collective and long ago");
    pil_index_fixture_add(fixture.writer, "b", "long ago was and collective defense");
    pil_index_fixture_add(fixture.writer, "c", "long collective ago and was defense");
    pil_searched_index_commit(&fixture);
    expect_order("collective defense", 0, "b:1 a:1 c:1");
    expect_order("collective defense", PIL_RANKING_PROXIMITY, "a:1 b:1 c:1");
}

Test(reranking, stop_words_may_stand_between)
{
    pil_index_fixture_add(fixture.writer, "a", "war or then long ago the peace here");
    pil_index_fixture_add(fixture.writer, "b", "long ago then here the war or peace");
    pil_searched_index_commit(&fixture);
    expect_order("war and peace", 0, "b:1 a:1");
    expect_order("war and peace", PIL_RANKING_PROXIMITY, "a:1 b:1");
}

/* Of two that have one of the words, the one that is like those that have both. */
static void add_alike(void)
{
    for (int i = 0; i < 12; i++) {
        char path[16], text[96];
        snprintf(path, sizeof path, "b%02d", i);
        snprintf(text, sizeof text, "treaty and verification of missiles warheads silos x%d", i);
        pil_index_fixture_add(fixture.writer, path, text);
        snprintf(path, sizeof path, "n%02d", i);
        snprintf(text, sizeof text, "something different of which nobody spoke y%d", i);
        pil_index_fixture_add(fixture.writer, path, text);
    }
    pil_index_fixture_add(fixture.writer, "1", "treaty and marriage of princes dowries weddings z");
    pil_index_fixture_add(fixture.writer, "2",
                          "treaty and inspection of missiles warheads silos z");
    pil_searched_index_commit(&fixture);
}

static const char *name_of(const pil_hit *hit)
{
    return strrchr(hit->article, '/') + 1;
}

static size_t rank_of(const pil_hits *hits, const char *path)
{
    size_t i = 0;
    while (i < hits->n_items && strcmp(name_of(&hits->items[i]), path) != 0)
        i++;
    cr_assert_lt(i, hits->n_items, "%s is found", path);
    return i;
}

Test(reranking, a_paragraph_gains_by_those_that_are_like_it)
{
    add_alike();
    pil_hits *plain = run_without("treaty verification", PIL_RANKING_ALL_PARTS);
    cr_expect_eq(plain->items[rank_of(plain, "1")].score, plain->items[rank_of(plain, "2")].score);
    pil_hits_free(plain);
    pil_hits *hits = run_without("treaty verification", 0);
    const pil_hit *first = &hits->items[0], *unlike = &hits->items[rank_of(hits, "1")],
                  *like = &hits->items[rank_of(hits, "2")];
    cr_expect_gt(like->score, unlike->score);
    cr_expect_gt(sum_of(like, PIL_PART_SIMILARITY), 0);
    cr_expect_eq(sum_of(first, PIL_PART_SIMILARITY), 0, "it has all words");
    pil_hits_free(hits);
}

Test(reranking, a_paragraph_that_has_the_word_in_another_spelling_gains_less_by_neighbours)
{
    pil_index_fixture_add(fixture.writer, "a", "on the defense\n\ntreaty on defence");
    pil_index_fixture_add(fixture.writer, "b", "on the defense\n\ntreaty on weapons");
    pil_searched_index_commit(&fixture);
    pil_hits *hits = run_without("treaty defense", 0);
    double with = 0, without = 0;
    for (size_t i = 0; i < hits->n_items; i++)
        *(strcmp(name_of(&hits->items[i]), "a") == 0 ? &with : &without) +=
            sum_of(&hits->items[i], PIL_PART_NEIGHBOURS);
    cr_expect_gt(with, 0);
    cr_expect_gt(without, 2 * with);
    pil_hits_free(hits);
}

/* What others of its family than the word itself give to a paragraph of that language. */
static double family_gain(const char *language, const char *query, const char *text)
{
    const pil_index_fixture_article article = {.text = text, .language = language};
    pil_index_fixture_add_article(fixture.writer, "a", &article);
    pil_searched_index_commit(&fixture);
    pil_hits *hits = run_without(query, 0);
    cr_assert_eq(hits->n_items, 1, "[%s] finds [%s]", query, text);
    double gain = sum_of(&hits->items[0], PIL_PART_FAMILIES);
    pil_hits_free(hits);
    return gain;
}

Test(reranking, words_of_the_same_family_count_a_little)
{
    double gain = family_gain("en", "Kosovo dialogue", "the dialogue of the Kosovar leaders");
    cr_expect_gt(gain, 0);
    cr_expect_eq(family_gain("en", "Kosovo dialogue", "the dialogue of the Serbian leaders"), 0);
    cr_expect_eq(family_gain("en", "Kosovo dialogue", "the dialogue of the kosher kitchen"), 0,
                 "it begins otherwise");
    cr_expect_eq(family_gain("en", "contract dialogue", "the dialogue on contraband"), 0,
                 "too little of it is the same");
    cr_expect_eq(family_gain("en", "12345 dialogue", "the dialogue of 123456"), 0, "numbers");
}

Test(reranking, of_a_single_word_only_titles_tell_more)
{
    const pil_index_fixture_article article = {.text = "on Kosovo the Kosovar leaders spoke",
                                               .title = "Kosovo"};
    pil_index_fixture_add(fixture.writer, "b", "of Kosovo the Kosovar leaders said more");
    pil_index_fixture_add_article(fixture.writer, "a", &article);
    pil_searched_index_commit(&fixture);
    pil_hits *hits = run_without("Kosovo", 0);
    cr_assert_eq(hits->n_items, 2);
    for (size_t i = 0; i < hits->n_items; i++)
        for (size_t j = 0; j < hits->items[i].n_parts; j++)
            cr_expect_leq(hits->items[i].parts[j].kind, PIL_PART_TITLE, "hit %zu part %zu", i, j);
    pil_hits_free(hits);
}

Test(reranking, parts_of_compounds_are_of_the_family_where_words_are_written_together)
{
    cr_expect_gt(family_gain("no", "skatt debatt", "en debatt om skattereform"), 0);
    cr_expect_gt(family_gain("no", "skattereform debatt", "en debatt om reform"), 0);
    cr_expect_eq(family_gain("no", "natur debatt", "en debatt om ur"), 0, "it is too short");
    cr_expect_eq(family_gain("en", "work debate", "a debate on workmanship"), 0);
}

Test(reranking, words_within_a_dozen_of_each_other_count_more)
{
    pil_index_fixture_add(fixture.writer, "a",
                          "defense w1 w2 w3 w4 w5 w6 w7 w8 w9 w10 w11 w12 collective");
    pil_index_fixture_add(fixture.writer, "b",
                          "w1 defense w2 w3 w4 w5 w6 w7 w8 w9 w10 w11 collective w12");
    pil_searched_index_commit(&fixture);
    expect_order("collective defense", 0, "b:1 a:1");
    expect_order("collective defense", PIL_RANKING_PROXIMITY, "a:1 b:1");
}

Test(reranking, a_paragraph_gains_by_the_one_before_it_in_its_article)
{
    pil_index_fixture_add(fixture.writer, "a", "kosovo was named\n\nx\n\nthe dialogue began");
    pil_index_fixture_add(fixture.writer, "b", "kosovo was named\n\nthe dialogue began\n\nx");
    pil_searched_index_commit(&fixture);
    expect_order("kosovo dialogue", PIL_RANKING_ALL_PARTS, "a:1 a:3 b:1 b:2");
    expect_order("kosovo dialogue", 0, "b:2 a:1 a:3 b:1");
}

static pil_hits *run_recent(const char *query, uint32_t half_age)
{
    const pil_search_options options = {
        .limit = 1000, .explains = true, .recency_half_age = half_age, .today = 20260301};
    return pil_search_fixture_run(&fixture.search, query, false, &options);
}

Test(reranking, the_parts_of_an_explanation_are_the_score)
{
    add_alike();
    static const char *const queries[] = {"treaty verification silos", "inspection or verification",
                                          "princes missiles spoke", "treaty",
                                          "Kosovo dialogue settlement"};
    const pil_index_fixture_article article = {
        .title = "A settlement",
        .date = "2026",
        .text = "# A settlement\n\n# Dialogue\n\nthe Kosovar side was named in the "
                "settlement\n\nof Kosovo it said so"};
    double sums[PIL_PART_COPIES + 1] = {0};
    pil_index_fixture_add_article(fixture.writer, "article", &article);
    pil_index_fixture_add(fixture.writer, "other", "a settlement for the Kosovar dialogue");
    pil_index_fixture_add(fixture.writer, "copy", "a settlement for the Kosovar dialogue");
    pil_searched_index_commit(&fixture);
    for (size_t q = 0; q < sizeof queries / sizeof queries[0]; q++) {
        pil_hits *hits = run_recent(queries[q], 100);
        for (size_t i = 0; i < hits->n_items; i++) {
            double sum = 0;
            for (size_t j = 0; j < hits->items[i].n_parts; j++)
                sum += hits->items[i].parts[j].score;
            for (int kind = 0; kind <= PIL_PART_COPIES; kind++)
                sums[kind] += sum_of(&hits->items[i], (pil_part_kind)kind);
            cr_expect_float_eq(sum, hits->items[i].score, 1e-9, "[%s] hit %zu", queries[q], i);
        }
        pil_hits_free(hits);
    }
    for (int kind = 0; kind <= PIL_PART_COPIES; kind++)
        cr_expect_neq(sums[kind], 0, "there are parts of kind %d", kind);
}

#define ACCORD                                                                                     \
    "the ministers agreed on Tuesday that the border crossing at the lake would be open by night " \
    "from May on, and that lorries would no longer wait there for the papers of the harvest"

static void add_copies(void)
{
    pil_index_fixture_add(fixture.writer, "c", ACCORD " (corrected)");
    pil_index_fixture_add(fixture.writer, "b", ACCORD);
    pil_index_fixture_add(fixture.writer, "d", "of the border crossing at the river nobody spoke");
    pil_index_fixture_add(fixture.writer, "a", ACCORD);
    pil_searched_index_commit(&fixture);
}

Test(reranking, what_says_nearly_the_same_as_a_better_paragraph_has_half_of_its_score)
{
    add_copies();
    expect_order("border crossing lake", 0, "a:1 d:1 b:1 c:1");
    expect_order("border crossing lake", PIL_RANKING_COPIES, "a:1 b:1 c:1 d:1");
    expect_order("lake", 0, "a:1 b:1 c:1");
    pil_hits *hits = run_without("border crossing lake", 0);
    const pil_hit *first = &hits->items[0], *copy = &hits->items[rank_of(hits, "b")];
    cr_expect_float_eq(copy->score, first->score / 2, 1e-9);
    cr_expect_float_eq(sum_of(copy, PIL_PART_COPIES), -first->score / 2, 1e-9);
    cr_expect_eq(sum_of(first, PIL_PART_COPIES), 0);
    pil_hits_free(hits);
}

Test(reranking, copies_that_phrases_and_patterns_find_have_half_of_their_scores_too)
{
    add_copies();
    expect_order("\"border crossing\"", 0, "d:1 a:1 b:1 c:1");
    expect_order("cross*", 0, "d:1 a:1 b:1 c:1");
}

Test(reranking, copies_that_are_not_shown_are_not_moved)
{
    add_copies();
    const pil_search_options options = {.limit = 10, .collapse_copies = true};
    pil_hits *hits =
        pil_search_fixture_run(&fixture.search, "border crossing lake", false, &options);
    cr_assert_eq(hits->n_items, 2);
    cr_expect_eq(rank_of(hits, "a"), 0);
    cr_expect_eq(hits->items[0].n_copies, 2);
    pil_hits_free(hits);
}

Test(reranking, articles_of_nothing_but_the_same_title_are_not_copies)
{
    const pil_index_fixture_article article = {.text = "Sets and algebra",
                                               .title = "Sets and algebra"};
    pil_index_fixture_add_article(fixture.writer, "a", &article);
    pil_index_fixture_add_article(fixture.writer, "b", &article);
    pil_searched_index_commit(&fixture);
    pil_hits *hits = run_without("algebra", 0);
    cr_assert_eq(hits->n_items, 2);
    cr_expect_eq(hits->items[0].score, hits->items[1].score);
    pil_hits_free(hits);
}

static void add_dated(const char *path, const char *date, const char *text)
{
    const pil_index_fixture_article article = {.text = text, .date = date};
    pil_index_fixture_add_article(fixture.writer, path, &article);
}

static void add_news(void)
{
    add_dated("new", "2026-02-28", "a ceasefire was in force at the lake");
    add_dated("old", "1996", "no ceasefire was in force by the river");
    add_dated("undated", NULL, "the ceasefire was in force on the hill");
    add_dated("best", "1996", "ceasefire talks at the ferry");
    pil_searched_index_commit(&fixture);
}

static void expect_recent(const char *query, uint32_t half_age, const char *wanted)
{
    expect_hits(run_recent(query, half_age), query, wanted);
}

Test(reranking, newer_articles_come_first_when_that_is_asked_for)
{
    add_news();
    expect_recent("ceasefire force", 0, "new:1 old:1 undated:1 best:1");
    expect_recent("ceasefire", 0, "best:1 new:1 old:1 undated:1");
    expect_recent("ceasefire", 365, "new:1 best:1 old:1 undated:1");
    expect_recent("ceasefire talks", 365, "best:1 new:1 old:1 undated:1");
    expect_recent("\"ceasefire was in\"", 365, "new:1 old:1 undated:1");
}

Test(reranking, by_recency_a_score_grows_by_half_at_most)
{
    add_news();
    pil_hits *plain = run_recent("ceasefire force", 0),
             *recent = run_recent("ceasefire force", 100);
    cr_assert_eq(plain->n_items, 4);
    cr_assert_eq(recent->n_items, 4);
    double before = plain->items[rank_of(plain, "new")].score;
    const pil_hit *new = &recent->items[rank_of(recent, "new")];
    cr_expect_float_eq(new->score, before * (1 + 0.5 * 100 / 101), 1e-9);
    cr_expect_float_eq(sum_of(new, PIL_PART_RECENCY), new->score - before, 1e-9);
    before = plain->items[rank_of(plain, "undated")].score;
    cr_expect_float_eq(recent->items[rank_of(recent, "undated")].score, before, 1e-9);
    pil_hits_free(plain);
    pil_hits_free(recent);
}

Test(reranking, of_copies_the_newest_is_the_first_when_recency_counts)
{
    add_dated("a", "1996", ACCORD);
    add_dated("b", "2026-02-01", ACCORD);
    pil_searched_index_commit(&fixture);
    expect_recent("border lake", 0, "a:1 b:1");
    expect_recent("border lake", 30, "b:1 a:1");
}

enum { N_MANY = 300 };

/* Paragraphs of which each fifth is a copy of one far from it, added in this order and committed
 * each hundred, or all at once. */
static void add_many(pil_searched_index *index, bool is_backwards)
{
    static char texts[N_MANY][256];
    uint32_t state = 7;
    for (int i = 0; i < N_MANY; i++) {
        size_t length = 0;
        for (int w = 0; w < 14; w++) {
            state = state * 1664525 + 1013904223;
            length += (size_t)snprintf(texts[i] + length, sizeof texts[i] - length, " t%u",
                                       (unsigned)((state >> 10) % 24));
        }
        if (i % 5 == 4 && i >= 150)
            memcpy(texts[i], texts[i - 147], sizeof texts[i]);
    }
    for (int i = 0; i < N_MANY; i++) {
        char path[16];
        int number = is_backwards ? N_MANY - 1 - i : i;
        snprintf(path, sizeof path, "p%03d", number);
        pil_index_fixture_add(index->writer, path, texts[number]);
        if (is_backwards && i % 100 == 99)
            pil_searched_index_commit(index);
    }
    pil_searched_index_commit(index);
}

static pil_hits *find_many(pil_searched_index *index, const char *query)
{
    pil_hits *hits = pil_search_fixture_run(&index->search, query, false, NULL);
    cr_assert_gt(hits->n_items, 200);
    for (size_t i = 1; i < hits->n_items; i++)
        cr_expect_leq(hits->items[i].score, hits->items[i - 1].score, "[%s] hit %zu", query, i);
    return hits;
}

/* What lies behind the 200, or scores as that does, is in the order of the segments. */
Test(reranking, scores_and_order_are_the_same_however_the_index_is_stored)
{
    static const char *const queries[] = {"t1 t2 t3", "t4 t5 t6 t7", "t8 t9 t10 t11 t12",
                                          "t13 t3 t17 t20 t21", "t0 t1 t22 t23"};
    pil_searched_index whole, split;
    size_t n_copies = 0, n_compared = 0;
    pil_searched_index_open(&whole);
    pil_searched_index_open(&split);
    add_many(&whole, false);
    add_many(&split, true);
    cr_assert_gt(split.search.snapshot.manifest.n_segments, 1);
    for (size_t q = 0; q < sizeof queries / sizeof queries[0]; q++) {
        pil_hits *a = find_many(&whole, queries[q]), *b = find_many(&split, queries[q]);
        cr_assert_eq(a->n_items, b->n_items);
        for (size_t i = 0; a->items[i].score > a->items[200].score; i++, n_compared++) {
            cr_expect_str_eq(name_of(&a->items[i]), name_of(&b->items[i]), "[%s] hit %zu",
                             queries[q], i);
            cr_expect_float_eq(a->items[i].score, b->items[i].score, 1e-9, "[%s] hit %zu",
                               queries[q], i);
        }
        pil_hits_free(a);
        pil_hits_free(b);
        a = pil_search_fixture_run(&whole.search, queries[q], false,
                                   &(pil_search_options){.limit = 200, .explains = true});
        for (size_t i = 0; i < a->n_items; i++)
            n_copies += sum_of(&a->items[i], PIL_PART_COPIES) < 0;
        pil_hits_free(a);
    }
    cr_expect_gt(n_copies, 10);
    cr_expect_gt(n_compared, 800);
    pil_searched_index_dispose(&whole);
    pil_searched_index_dispose(&split);
}
