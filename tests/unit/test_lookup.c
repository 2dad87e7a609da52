#include "search/lookup.h"

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

TestSuite(lookup, .init = init, .fini = dispose);

static void commit(void)
{
    pil_searched_index_commit(&fixture);
}

static pil_hits *look_up(uint64_t id, uint32_t context)
{
    pil_hits *hits = NULL;
    pil_error err = {0};
    cr_assert_eq(pil_lookup(&fixture.search.snapshot, &id, 1, context, false, &hits, &err), PIL_OK,
                 "%s", err.message);
    return hits;
}

static uint64_t id_of(const pil_hit *hit)
{
    uint64_t id = 0;
    cr_assert(pil_lookup_read_id(hit->id, strlen(hit->id), &id));
    return id;
}

/* The id of the best hit for query. */
static uint64_t find(const char *query)
{
    pil_hits *hits = pil_search_fixture_run(&fixture.search, query, false, NULL);
    cr_assert_gt(hits->n_items, 0, "%s", query);
    uint64_t id = id_of(&hits->items[0]);
    pil_hits_free(hits);
    return id;
}

static void expect_text(uint64_t id, const char *wanted)
{
    pil_hits *hits = look_up(id, 0);
    cr_assert_eq(hits->n_items, 1, "%zu paragraphs instead of [%s]", hits->n_items, wanted);
    cr_expect_str_eq(hits->items[0].text, wanted);
    pil_hits_free(hits);
}

static void expect_none(uint64_t id)
{
    pil_hits *hits = look_up(id, 0);
    cr_expect_eq(hits->n_items, 0);
    pil_hits_free(hits);
}

Test(lookup, ids_have_sixteen_small_digits)
{
    uint64_t id;
    cr_assert(pil_lookup_read_id("0123456789abcdef", 16, &id));
    cr_expect_eq(id, UINT64_C(0x0123456789abcdef));
    static const char *const others[] = {
        "0123456789ABCDEF", "0123456789abcde", "0123456789abcdef0", "0123456789abcdeg", "", "nato"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        cr_expect_not(pil_lookup_read_id(others[i], strlen(others[i]), &id), "%s", others[i]);
}

Test(lookup, each_paragraph_is_found_by_its_id)
{
    for (int i = 0; i < 12; i++) {
        char path[16], text[128];
        snprintf(path, sizeof path, "f%d", i);
        snprintf(text, sizeof text, "word %d\n\nword again\n\nword again\n\nword the end %d", i, i);
        pil_index_fixture_add(fixture.writer, path, text);
        if (i % 5 == 4)
            commit();
    }
    commit();
    pil_hits *all = pil_search_fixture_run(&fixture.search, "word", false, NULL);
    cr_assert_eq(all->n_items, 48);
    for (size_t i = 0; i < all->n_items; i++) {
        pil_hits *hits = look_up(id_of(&all->items[i]), 0);
        cr_assert_eq(hits->n_items, 1);
        cr_expect_str_eq(hits->items[0].article, all->items[i].article);
        cr_expect_eq(hits->items[0].paragraph, all->items[i].paragraph);
        cr_expect_str_eq(hits->items[0].text, all->items[i].text);
        pil_hits_free(hits);
    }
    pil_hits_free(all);
}

Test(lookup, an_id_stays_when_its_article_changes_elsewhere)
{
    pil_index_fixture_add(fixture.writer, "a", "one giraffe\n\ntwo");
    commit();
    uint64_t id = find("giraffe"), gone = find("two");
    pil_index_fixture_add(fixture.writer, "a", "new\n\none giraffe\n\n2");
    commit();
    expect_text(id, "one giraffe");
    expect_none(gone);
    pil_index_fixture_merge(fixture.writer, true);
    commit();
    expect_text(id, "one giraffe");
}

Test(lookup, an_id_stays_when_its_file_is_moved)
{
    const pil_source_stat stat = {0};
    size_t n;
    pil_index_fixture_add(fixture.writer, "a", "one giraffe\n\ntwo");
    commit();
    uint64_t id = find("giraffe");
    cr_assert_eq(pil_index_writer_move_source(fixture.writer, "a", "b", &stat, &n, NULL), PIL_OK);
    commit();
    expect_text(id, "one giraffe");
    /* And then changed. */
    pil_index_fixture_add(fixture.writer, "b", "new\n\none giraffe\n\nthree");
    commit();
    expect_text(id, "one giraffe");
    pil_index_fixture_merge(fixture.writer, true);
    commit();
    expect_text(id, "one giraffe");
}

Test(lookup, neighbours_come_along)
{
    pil_index_fixture_add(fixture.writer, "a", "one\n\ntwo giraffe\n\nthree");
    commit();
    pil_hits *hits = look_up(find("giraffe"), 1);
    cr_assert_eq(hits->n_items, 1);
    cr_expect_eq(hits->items[0].n_before, 1);
    cr_expect_eq(hits->items[0].n_after, 1);
    cr_expect_str_eq(hits->items[0].after[0].text, "three");
    pil_hits_free(hits);
}

Test(lookup, of_an_id_that_nothing_has_there_is_nothing)
{
    pil_index_fixture_add(fixture.writer, "a", "one");
    commit();
    expect_none(0);
    expect_none(find("one") ^ 1);
    expect_none(find("one") ^ UINT64_C(1) << 40);
}
