/* Copies among the hits of a search: shown once, and on no page again. */
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

TestSuite(collapse, .init = init, .fini = dispose);

static void add(const char *path, const char *date, const char *text)
{
    const pil_index_fixture_article article = {.text = text, .date = date};
    pil_index_fixture_add_article(fixture.writer, path, &article);
}

static void expect_found(const pil_search_options *options, const char *wanted)
{
    pil_hits *hits = pil_search_fixture_run(&fixture.search, "peace", false, options);
    char *list = pil_search_fixture_list(&fixture.search, hits);
    cr_expect_str_eq(list, wanted, "finds [%s]", list);
    free(list);
    pil_hits_free(hits);
}

static const char *name_of(const char *path)
{
    return strrchr(path, '/') + 1;
}

Test(collapse, the_best_is_shown_with_where_its_copies_are)
{
    add("a", NULL, "peace came to the valley at last\n\nnothing");
    add("b", NULL, "other\n\n\xE2\x80\x9CPeace came to the valley, at last.\xE2\x80\x9D");
    pil_searched_index_commit(&fixture);
    add("c", NULL, "peace came to the hills at last and stayed there");
    add("d", NULL, "PEACE CAME TO THE VALLEY AT LAST");
    pil_searched_index_commit(&fixture);
    const pil_search_options options = {.limit = 10, .collapse_copies = true};
    pil_hits *hits = pil_search_fixture_run(&fixture.search, "peace", false, &options);
    cr_assert_eq(hits->n_items, 2);
    const pil_hit *hit = &hits->items[0];
    cr_expect_str_eq(name_of(hit->path), "a");
    cr_assert_eq(hit->n_copies, 2);
    cr_expect_str_eq(name_of(hit->copies[0].path), "b");
    cr_expect_eq(hit->copies[0].line, 3);
    cr_expect_eq(hit->copies[0].paragraph, 2);
    cr_expect_str_eq(name_of(hit->copies[1].path), "d");
    cr_expect_eq(hit->copies[1].line, 1);
    cr_expect_eq(hit->copies[1].paragraph, 1);
    cr_expect_eq(hits->items[1].n_copies, 0);
    cr_expect_eq(hits->items[1].rank, 2);
    pil_hits_free(hits);
    const pil_search_options all = {.limit = 10};
    hits = pil_search_fixture_run(&fixture.search, "peace", false, &all);
    cr_expect_eq(hits->n_items, 4);
    cr_expect_eq(hits->items[0].n_copies, 0);
    pil_hits_free(hits);
}

/* Paragraphs of n kinds, each some times over, of which the first kinds rank highest. */
static void add_kinds(int n_kinds, int n_times)
{
    for (int time = 0; time < n_times; time++) {
        for (int kind = 0; kind < n_kinds; kind++) {
            char path[32], date[16], text[2048] = "peace";
            int used = 5;
            for (int i = 0; i <= kind; i++)
                used += snprintf(text + used, sizeof text - (size_t)used, " w%dx%d", kind, i);
            snprintf(path, sizeof path, "%02d-%d", kind, time);
            snprintf(date, sizeof date, "%d", 1990 + (kind * 7) % n_kinds);
            add(path, date, text);
        }
    }
    pil_searched_index_commit(&fixture);
}

/* The pages of limit hits each, put together: the kind of each, and how many copies there are. */
static void expect_pages(pil_search_options options, int n_kinds, size_t n_copies, bool is_by_score)
{
    bool is_found[64] = {false};
    int n = 0;
    for (;; options.offset += options.limit) {
        pil_hits *hits = pil_search_fixture_run(&fixture.search, "peace", false, &options);
        for (size_t i = 0; i < hits->n_items; i++, n++) {
            int kind = (int)strtol(name_of(hits->items[i].path), NULL, 10);
            cr_expect_not(is_found[kind], "kind %d again, on the page from %u", kind,
                          (unsigned)options.offset);
            is_found[kind] = true;
            cr_expect(!is_by_score || kind == n);
            cr_expect_eq(hits->items[i].rank, n + 1);
            cr_expect_eq(hits->items[i].n_copies, n_copies, "kind %d has %zu", kind,
                         hits->items[i].n_copies);
        }
        bool is_last = hits->n_items < options.limit;
        pil_hits_free(hits);
        if (is_last)
            break;
    }
    cr_expect_eq(n, n_kinds);
}

Test(collapse, pages_neither_repeat_a_copy_nor_lose_a_paragraph)
{
    add_kinds(20, 4);
    for (uint32_t limit = 1; limit < 9; limit += 3) {
        pil_search_options options = {.limit = limit, .collapse_copies = true};
        expect_pages(options, 20, 3, true);
        options.sort = PIL_SORT_NEWEST;
        expect_pages(options, 20, 3, false);
        options.group_by_article = true;
        expect_pages(options, 20, 3, false);
        options.sort = PIL_SORT_SCORE;
        expect_pages(options, 20, 3, true);
    }
}

Test(collapse, a_page_is_filled_however_many_copies_come_first, .timeout = 120)
{
    char path[16];
    for (int i = 0; i < 900; i++) {
        snprintf(path, sizeof path, "c%d", i);
        add(path, NULL, "peace and war");
    }
    add("x", NULL, "peace and other things that are long");
    add("y", NULL, "peace, and again other things that are longer than those");
    pil_searched_index_commit(&fixture);
    const pil_search_options options = {.limit = 3, .collapse_copies = true};
    pil_hits *hits = pil_search_fixture_run(&fixture.search, "peace", false, &options);
    cr_assert_eq(hits->n_items, 3);
    cr_expect_eq(hits->items[0].n_copies, 899);
    cr_expect_str_eq(name_of(hits->items[1].path), "x");
    cr_expect_str_eq(name_of(hits->items[2].path), "y");
    pil_hits_free(hits);
    /* What is not needed for the page is looked for among the next 40. */
    const pil_search_options one = {.limit = 1, .collapse_copies = true};
    hits = pil_search_fixture_run(&fixture.search, "peace", false, &one);
    cr_assert_eq(hits->n_items, 1);
    cr_expect_eq(hits->items[0].n_copies, 40);
    pil_hits_free(hits);
}

Test(collapse, of_an_article_the_best_that_is_no_copy_is_shown)
{
    add("a", NULL, "peace now");
    add("b", NULL, "peace now\n\nwar\n\npeace at some other time");
    add("c", NULL, "peace now!");
    pil_searched_index_commit(&fixture);
    const pil_search_options options = {
        .limit = 10, .collapse_copies = true, .group_by_article = true};
    expect_found(&options, "a:1 b:3");
}

Test(collapse, by_date_the_first_to_have_it_is_shown)
{
    add("a", "2003", "peace now");
    add("b", "2001", "peace now");
    add("c", "2002", "peace then");
    pil_searched_index_commit(&fixture);
    const pil_search_options oldest = {
        .limit = 10, .collapse_copies = true, .sort = PIL_SORT_OLDEST};
    expect_found(&oldest, "b:1 c:1");
    const pil_search_options newest = {
        .limit = 10, .collapse_copies = true, .sort = PIL_SORT_NEWEST};
    expect_found(&newest, "a:1 c:1");
}

Test(collapse, nothing_found_is_nothing)
{
    const pil_search_options options = {.limit = 10, .collapse_copies = true};
    pil_searched_index_commit(&fixture);
    expect_found(&options, "");
    add("a", NULL, "war");
    pil_searched_index_commit(&fixture);
    expect_found(&options, "");
    const pil_search_options none = {.limit = 0, .collapse_copies = true};
    expect_found(&none, "");
}
