/* The sections that hits are in. */
#include "search/lookup.h"
#include "search/searcher.h"

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

TestSuite(section, .init = init, .fini = dispose);

static void add(const char *path, const char *text)
{
    pil_index_fixture_add(fixture.writer, path, text);
}

static size_t append(char *out, size_t at, const pil_neighbour *neighbours, size_t n)
{
    for (size_t i = 0; i < n; i++)
        at += (size_t)snprintf(out + at, 16, "%u ", (unsigned)neighbours[i].number);
    return at;
}

/* The numbers of the paragraphs that come with the only hit of a query, that of the hit in
 * brackets. */
static void expect_paragraphs(const char *query, uint32_t context, const char *wanted)
{
    const pil_search_options options = {.limit = 3, .context = context, .section = true};
    pil_hits *hits = pil_search_fixture_run(&fixture.search, query, false, &options);
    cr_assert_eq(hits->n_items, 1, "%s", query);
    char numbers[2048] = "";
    const pil_hit *hit = &hits->items[0];
    size_t at = append(numbers, 0, hit->before, hit->n_before);
    at += (size_t)snprintf(numbers + at, 16, "[%u] ", (unsigned)hit->paragraph);
    at = append(numbers, at, hit->after, hit->n_after);
    numbers[at - 1] = '\0';
    cr_expect_str_eq(numbers, wanted, "%s: %s", query, numbers);
    cr_expect(!hit->is_cut_before && !hit->is_cut_after, "%s", query);
    pil_hits_free(hits);
}

Test(section, is_what_stands_under_the_same_heading)
{
    add("before", "# One\n\nother");
    add("a", "p1\n\np2\n\n# One\n\np3\n\np4\n\np5\n\n# Two\n\np6\n\n# One\n\np7");
    add("behind", "# One\n\nother");
    pil_searched_index_commit(&fixture);
    expect_paragraphs("p1", 0, "[1] 2");
    expect_paragraphs("p2", 0, "1 [2]");
    expect_paragraphs("p3", 0, "[3] 4 5");
    expect_paragraphs("p4", 0, "3 [4] 5");
    expect_paragraphs("p5", 0, "3 4 [5]");
    expect_paragraphs("p6", 0, "[6]");
    expect_paragraphs("p7", 0, "[7]");
}

Test(section, context_goes_beyond_it)
{
    add("a", "p1\n\np2\n\n# One\n\np3\n\np4\n\np5\n\n# Two\n\np6");
    pil_searched_index_commit(&fixture);
    expect_paragraphs("p4", 1, "3 [4] 5");
    expect_paragraphs("p4", 2, "2 3 [4] 5 6");
    expect_paragraphs("p6", 1, "5 [6]");
}

Test(section, is_the_article_where_there_are_no_headings)
{
    add("a", "p1\n\np2\n\np3");
    pil_searched_index_commit(&fixture);
    expect_paragraphs("p2", 0, "1 [2] 3");
}

/* An article of n paragraphs, p1 to pn. */
static void add_long(const char *path, unsigned n)
{
    char *text = malloc(16 * n);
    size_t at = 0;
    cr_assert_not_null(text);
    for (unsigned i = 1; i <= n; i++)
        at += (size_t)snprintf(text + at, 16, "%sp%u", i > 1 ? "\n\n" : "", i);
    add(path, text);
    free(text);
}

static void expect_extent(const char *query, size_t n_before, bool cut_before, size_t n_after,
                          bool cut_after)
{
    const pil_search_options options = {.limit = 3, .section = true};
    pil_hits *hits = pil_search_fixture_run(&fixture.search, query, false, &options);
    cr_assert_eq(hits->n_items, 1, "%s", query);
    const pil_hit *hit = &hits->items[0];
    cr_expect_eq(hit->n_before, n_before, "%s: %zu", query, hit->n_before);
    cr_expect_eq(hit->n_after, n_after, "%s: %zu", query, hit->n_after);
    cr_expect_eq(hit->is_cut_before, cut_before, "%s", query);
    cr_expect_eq(hit->is_cut_after, cut_after, "%s", query);
    pil_hits_free(hits);
}

Test(section, one_that_is_long_is_cut_and_says_so)
{
    add_long("a", 250);
    pil_searched_index_commit(&fixture);
    expect_extent("p1", 0, false, 100, true);
    expect_extent("p100", 99, false, 100, true);
    expect_extent("p101", 100, false, 100, true);
    expect_extent("p102", 100, true, 100, true);
    expect_extent("p149", 100, true, 100, true);
    expect_extent("p150", 100, true, 100, false);
    expect_extent("p151", 100, true, 99, false);
    expect_extent("p250", 100, true, 0, false);
}

Test(section, comes_with_a_paragraph_that_is_looked_up)
{
    add("a", "p1\n\n# One\n\np2\n\np3");
    pil_searched_index_commit(&fixture);
    pil_hits *found = pil_search_fixture_run(&fixture.search, "p3", false, NULL);
    pil_hits *hits = NULL;
    uint64_t id = 0;
    cr_assert_eq(found->n_items, 1);
    cr_assert(pil_lookup_read_id(found->items[0].id, strlen(found->items[0].id), &id));
    cr_assert_eq(pil_lookup(&fixture.search.snapshot, &id, 1, 0, true, &hits, NULL), PIL_OK);
    cr_assert_eq(hits->n_items, 1);
    cr_expect_eq(hits->items[0].n_before, 1);
    cr_expect_eq(hits->items[0].n_after, 0);
    pil_hits_free(found);
    pil_hits_free(hits);
}
