/* The order in which a search shows what it found. */
#include "search/searcher.h"
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

TestSuite(sorting, .init = init, .fini = dispose);

static void add(const char *path, const char *date, const char *text)
{
    const pil_index_fixture_article article = {.text = text, .date = date};
    pil_index_fixture_add_article(fixture.writer, path, &article);
}

static void expect_found(const pil_search_options *options, const char *query, const char *wanted)
{
    pil_hits *hits = pil_search_fixture_run(&fixture.search, query, false, options);
    char *list = pil_search_fixture_list(&fixture.search, hits);
    cr_expect_str_eq(list, wanted, "[%s] finds [%s]", query, list);
    for (size_t i = 0; i < hits->n_items; i++)
        cr_expect_eq(hits->items[i].rank, options->offset + i + 1);
    free(list);
    pil_hits_free(hits);
}

static void expect_sorted(pil_sort sort, const char *wanted)
{
    const pil_search_options options = {
        .limit = 100, .sort = sort, .ranking_without = PIL_RANKING_COPIES};
    expect_found(&options, "peace", wanted);
}

/* Articles with dates of all kinds, in two segments; "b" and "e" begin on the same day. */
static void add_dated(void)
{
    add("c", "2023-11-22", "peace x x x x");
    add("a", NULL, "peace\n\nwar\n\npeace x");
    add("e", "2021-01-01", "peace x x\n\npeace");
    pil_searched_index_commit(&fixture);
    add("d", "spring", "peace x x x");
    add("b", "2021", "peace x");
    pil_searched_index_commit(&fixture);
    cr_assert_gt(fixture.search.snapshot.manifest.n_segments, 1);
}

Test(sorting, dates_go_up_or_down_and_what_has_none_is_last)
{
    add_dated();
    expect_sorted(PIL_SORT_OLDEST, "e:2 b:1 e:1 c:1 a:1 a:3 d:1");
    expect_sorted(PIL_SORT_NEWEST, "c:1 e:2 b:1 e:1 a:1 a:3 d:1");
}

Test(sorting, paths_are_in_the_order_of_their_bytes_and_paragraphs_in_that_of_the_file)
{
    add_dated();
    expect_sorted(PIL_SORT_PATH, "a:1 a:3 b:1 c:1 d:1 e:1 e:2");
}

Test(sorting, articles_of_one_file_are_in_the_order_of_their_lines)
{
    const char *const ids[] = {"z", "m", "a"};
    pil_index_fixture_begin(fixture.writer, "x.jsonl");
    for (int i = 0; i < 3; i++) {
        const pil_index_fixture_article article = {.record_id = ids[i],
                                                   .text = "w\n\npeace\n\npeace x"};
        pil_index_fixture_give(fixture.writer, "x.jsonl", &article);
    }
    pil_index_fixture_end(fixture.writer);
    add("w.txt", NULL, "peace");
    pil_searched_index_commit(&fixture);
    const pil_search_options options = {.limit = 100, .sort = PIL_SORT_PATH};
    pil_hits *hits = pil_search_fixture_run(&fixture.search, "peace", false, &options);
    cr_assert_eq(hits->n_items, 7);
    for (size_t i = 1; i < hits->n_items; i++) {
        const pil_hit *hit = &hits->items[i], *before = &hits->items[i - 1];
        int difference = strcmp(before->path, hit->path);
        cr_expect(difference < 0 || (difference == 0 && before->line <= hit->line));
    }
    pil_hits_free(hits);
}

Test(sorting, pages_make_up_the_whole)
{
    add_dated();
    for (int sort = PIL_SORT_SCORE; sort <= PIL_SORT_PATH; sort++) {
        const pil_search_options whole = {.limit = 100, .sort = (pil_sort)sort};
        pil_hits *all = pil_search_fixture_run(&fixture.search, "peace", false, &whole);
        cr_assert_eq(all->n_items, 7);
        for (uint32_t offset = 0; offset < 9; offset += 2) {
            const pil_search_options page = {.limit = 2, .offset = offset, .sort = (pil_sort)sort};
            pil_hits *hits = pil_search_fixture_run(&fixture.search, "peace", false, &page);
            cr_expect_eq(hits->n_items, offset >= 7 ? 0 : offset == 6 ? 1 : 2);
            for (size_t i = 0; i < hits->n_items; i++) {
                cr_expect_str_eq(hits->items[i].id, all->items[offset + i].id);
                cr_expect_eq(hits->items[i].rank, offset + i + 1);
            }
            pil_hits_free(hits);
        }
        pil_hits_free(all);
    }
}

Test(sorting, of_each_article_the_best_is_shown_whatever_the_order)
{
    add_dated();
    add("a", "2024", "peace x x\n\nwar\n\npeace");
    pil_searched_index_commit(&fixture);
    pil_search_options options = {.limit = 100,
                                  .sort = PIL_SORT_PATH,
                                  .group_by_article = true,
                                  .ranking_without = PIL_RANKING_COPIES};
    expect_found(&options, "peace", "a:3 b:1 c:1 d:1 e:2");
    options.sort = PIL_SORT_NEWEST;
    expect_found(&options, "peace", "a:3 c:1 e:2 b:1 d:1");
    options.offset = 1;
    options.limit = 2;
    expect_found(&options, "peace", "c:1 e:2");
}

Test(sorting, phrases_and_nothing_at_all_can_be_sorted)
{
    add("b", "2021", "war and peace\n\npeace and war");
    add("a", "2020", "war and peace");
    pil_searched_index_commit(&fixture);
    const pil_search_options options = {.limit = 100, .sort = PIL_SORT_OLDEST};
    expect_found(&options, "\"and peace\"", "a:1 b:1");
    expect_found(&options, "truce", "");
    const pil_search_options none = {.limit = 0, .sort = PIL_SORT_OLDEST};
    expect_found(&none, "peace", "");
}

Test(sorting, dead_paragraphs_are_not_among_them)
{
    add("b", "2021", "peace\n\npeace");
    add("a", "2020", "peace");
    pil_searched_index_commit(&fixture);
    add("b", "2019", "peace again");
    pil_searched_index_commit(&fixture);
    expect_sorted(PIL_SORT_OLDEST, "b:1 a:1");
    expect_sorted(PIL_SORT_PATH, "a:1 b:1");
}
