/* Several paragraphs of each article, one below the other. */
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

TestSuite(grouping, .init = init, .fini = dispose);

static void add(const char *path, const char *date, const char *text)
{
    const pil_index_fixture_article article = {.text = text, .date = date};
    pil_index_fixture_add_article(fixture.writer, path, &article);
}

/* The shorter a paragraph, the better: a:5 is best, then c:1, b:1, a:2, a:3 ... */
static void add_articles(void)
{
    add("a", "2003", "peace 1 2 3 4 5\n\npeace 1 2\n\npeace 1 2 3\n\nwar\n\npeace");
    add("b", "2001", "peace 1 x");
    pil_searched_index_commit(&fixture);
    add("c", "2002", "peace y\n\npeace 1 2 3 4 5 6 7\n\npeace 1 2 3 4 5 6 7 8");
    pil_searched_index_commit(&fixture);
}

static pil_hits *find(uint32_t per_article, pil_search_options options)
{
    options.group_by_article = true;
    options.per_article = per_article;
    return pil_search_fixture_run(&fixture.search, "peace", false, &options);
}

static void expect_found(uint32_t per_article, pil_search_options options, const char *wanted)
{
    pil_hits *hits = find(per_article, options);
    char *list = pil_search_fixture_list(&fixture.search, hits);
    cr_expect_str_eq(list, wanted, "%u of each: [%s]", (unsigned)per_article, list);
    free(list);
    pil_hits_free(hits);
}

Test(grouping, the_best_of_each_article_stand_below_its_best)
{
    add_articles();
    const pil_search_options options = {.limit = 10};
    expect_found(0, options, "a:5 c:1 b:1");
    expect_found(1, options, "a:5 c:1 b:1");
    expect_found(2, options, "a:5 a:2 c:1 c:2 b:1");
    expect_found(3, options, "a:5 a:2 a:3 c:1 c:2 c:3 b:1");
    expect_found(100, options, "a:5 a:2 a:3 a:1 c:1 c:2 c:3 b:1");
}

Test(grouping, each_knows_its_place_in_the_group_and_how_many_are_not_shown)
{
    static const uint32_t numbers[] = {1, 2, 1, 2, 1}, sizes[] = {2, 2, 2, 2, 1},
                          more[] = {2, 2, 1, 1, 0};
    add_articles();
    pil_hits *hits = find(2, (pil_search_options){.limit = 10});
    cr_assert_eq(hits->n_items, 5);
    for (size_t i = 0; i < 5; i++) {
        cr_expect_eq(hits->items[i].rank, i + 1);
        cr_expect_eq(hits->items[i].group_number, numbers[i], "hit %zu", i);
        cr_expect_eq(hits->items[i].group_size, sizes[i], "hit %zu", i);
        cr_expect_eq(hits->items[i].n_more_in_article, more[i], "hit %zu", i);
    }
    pil_hits_free(hits);
}

Test(grouping, pages_are_of_articles_and_ranks_go_on)
{
    add_articles();
    expect_found(2, (pil_search_options){.limit = 1}, "a:5 a:2");
    expect_found(2, (pil_search_options){.limit = 1, .offset = 1}, "c:1 c:2");
    expect_found(2, (pil_search_options){.limit = 5, .offset = 2}, "b:1");
    expect_found(2, (pil_search_options){.limit = 5, .offset = 3}, "");
    pil_hits *hits = find(2, (pil_search_options){.limit = 2, .offset = 1});
    cr_assert_eq(hits->n_items, 3);
    cr_expect_eq(hits->items[0].rank, 3);
    cr_expect_eq(hits->items[2].rank, 5);
    pil_hits_free(hits);
}

Test(grouping, articles_can_be_sorted_with_their_best_first_in_each)
{
    add_articles();
    expect_found(2, (pil_search_options){.limit = 10, .sort = PIL_SORT_OLDEST},
                 "b:1 c:1 c:2 a:5 a:2");
    expect_found(2, (pil_search_options){.limit = 10, .sort = PIL_SORT_PATH},
                 "a:5 a:2 b:1 c:1 c:2");
}

Test(grouping, copies_make_room_for_what_is_next)
{
    add("a", NULL, "peace\n\npeace now x\n\nPeace!\n\npeace later x y");
    add("b", NULL, "peace\n\npeace again x y z w");
    pil_searched_index_commit(&fixture);
    const pil_search_options options = {.limit = 10, .collapse_copies = true};
    expect_found(2, options, "a:1 a:2 b:2");
    expect_found(3, options, "a:1 a:2 a:4 b:2");
    pil_hits *hits = find(2, options);
    cr_assert_eq(hits->n_items, 3);
    cr_expect_eq(hits->items[0].n_copies, 2);
    cr_expect_eq(hits->items[0].n_more_in_article, 2);
    cr_expect_eq(hits->items[2].n_more_in_article, 1);
    pil_hits_free(hits);
}

Test(grouping, many_articles_give_their_best_whatever_else_matches, .timeout = 120)
{
    enum { N_ARTICLES = 60, N_PARAGRAPHS = 12 };
    for (int i = 0; i < N_ARTICLES; i++) {
        char path[16], text[4096] = "";
        int used = 0;
        for (int j = 0; j < N_PARAGRAPHS; j++) {
            used += snprintf(text + used, sizeof text - (size_t)used, "peace");
            for (int k = 0; k < 1 + (i * 7 + j * 5) % 13; k++)
                used += snprintf(text + used, sizeof text - (size_t)used, " w%d", k);
            used += snprintf(text + used, sizeof text - (size_t)used, "\n\n");
        }
        snprintf(path, sizeof path, "p%02d", i);
        add(path, NULL, text);
        if (i == 20 || i == 40)
            pil_searched_index_commit(&fixture);
    }
    pil_searched_index_commit(&fixture);
    pil_hits *all = pil_search_fixture_run(&fixture.search, "peace", false, NULL);
    cr_assert_eq(all->n_items, N_ARTICLES * N_PARAGRAPHS);
    pil_hits *hits = find(3, (pil_search_options){.limit = N_ARTICLES});
    cr_assert_eq(hits->n_items, N_ARTICLES * 3);
    size_t at = 0;
    for (size_t i = 0; i < all->n_items; i++) {
        /* The first of an article in the whole ranking leads its group, which are its first three.
         */
        const char *article = all->items[i].article;
        bool is_first = true;
        for (size_t j = 0; j < i && is_first; j++)
            is_first = strcmp(all->items[j].article, article) != 0;
        for (size_t j = i, n = 0; is_first && n < 3; j++) {
            if (strcmp(all->items[j].article, article) != 0)
                continue;
            cr_expect_str_eq(hits->items[at].id, all->items[j].id, "hit %zu", at);
            cr_expect_eq(hits->items[at].n_more_in_article, N_PARAGRAPHS - 3);
            at++, n++;
        }
    }
    cr_expect_eq(at, hits->n_items);
    pil_hits_free(hits);
    pil_hits_free(all);
}
