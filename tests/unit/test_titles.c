/* What titles add to scores. */
#include "index/schema.h"
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

TestSuite(titles, .init = init, .fini = dispose);

static void add(const char *path, const char *title, const char *text)
{
    const pil_index_fixture_article article = {.text = text, .title = title};
    pil_index_fixture_add_article(fixture.writer, path, &article);
}

static void expect_found(const char *query, const char *wanted)
{
    pil_hits *hits = pil_search_fixture_run(&fixture.search, query, false, NULL);
    char *list = pil_search_fixture_list(&fixture.search, hits);
    cr_expect_str_eq(list, wanted, "[%s] finds [%s]", query, list);
    free(list);
    pil_hits_free(hits);
}

static void add_three(void)
{
    add("a", "On something else", "Peace came late and war did not.");
    add("b", "The peace of 1995", "Peace came late and war did not.");
    add("c", "A peace", "Nothing of it is in the text.");
    pil_searched_index_commit(&fixture);
}

Test(titles, of_equal_paragraphs_the_one_with_the_word_in_its_title_is_first)
{
    add_three();
    expect_found("peace", "b:1 a:1");
    expect_found("late peace", "b:1 a:1");
    expect_found("late", "a:1 b:1");
}

Test(titles, a_heading_counts_as_the_title_does)
{
    add("a", "Treaties", "# Treaties\n\n# War\n\nIt came late and was long.");
    add("b", "Treaties", "# Treaties\n\n# Peace\n\nIt came late and was long.");
    add("c", "Peace", "# Peace\n\nIt came late and was long.");
    pil_searched_index_commit(&fixture);
    expect_found("late peace", "b:1 c:1 a:1");
    expect_found("late war", "a:1 b:1 c:1");
    const pil_search_options options = {.limit = 10, .ranking_without = PIL_RANKING_COPIES};
    pil_hits *hits = pil_search_fixture_run(&fixture.search, "late peace", false, &options);
    cr_expect_float_eq(hits->items[0].score, hits->items[1].score, 1e-9,
                       "a title that is a heading, too, counts once");
    pil_hits_free(hits);
}

Test(titles, a_heading_that_begins_as_the_title_is_another)
{
    add("a", "Peace", "# Peace\n\nIt came late and was long.");
    add("b", "Peace", "# Peace talks\n\nIt came late and was long.");
    pil_searched_index_commit(&fixture);
    expect_found("late peace", "b:1 a:1");
}

Test(titles, a_title_that_is_all_of_the_text_counts_nothing)
{
    add("a", "On something else", "Peace came late.");
    add("b", "Peace came late.", "Peace came late.");
    pil_searched_index_commit(&fixture);
    expect_found("late peace", "a:1 b:1");
}

Test(titles, a_title_finds_nothing_by_itself)
{
    add_three();
    expect_found("1995", "");
    expect_found("late 1995", "b:1 a:1");
}

Test(titles, forms_and_spellings_of_a_word_count_in_a_title)
{
    add("a", NULL, "Defence is costly. So is defense.");
    add("b", "Defences", "Defence is costly. So is defense.");
    pil_searched_index_commit(&fixture);
    expect_found("defence", "b:1 a:1");
    expect_found("defense", "b:1 a:1");
}

Test(titles, what_is_excluded_or_asked_for_as_written_does_not_count)
{
    add_three();
    expect_found("late -1995", "a:1 b:1");
    expect_found("=Peace", "a:1 b:1");
    expect_found("\"peace came\"", "a:1 b:1");
}

Test(titles, an_explanation_has_what_the_title_adds)
{
    const pil_search_options options = {
        .limit = 9, .explains = true, .ranking_without = PIL_RANKING_COPIES};
    add_three();
    pil_hits *hits = pil_search_fixture_run(&fixture.search, "peace late", false, &options);
    cr_assert_eq(hits->n_items, 2);
    const pil_hit *first = &hits->items[0];
    cr_assert_eq(first->n_parts, 4, "the last is of words near each other");
    double sum = 0;
    for (size_t i = 0; i < first->n_parts; i++) {
        sum += first->parts[i].score;
        if (i < 3)
            cr_expect_eq(first->parts[i].kind, i == 2 ? PIL_PART_TITLE : PIL_PART_TERM);
    }
    cr_expect_float_eq(sum, first->score, 1e-9);
    cr_expect_str_eq(first->parts[2].term, "peac");
    cr_expect_eq(first->parts[2].n_times, 1);
    cr_expect_eq(hits->items[1].n_parts, 3);
    pil_hits_free(hits);
}

/* More paragraphs than titles are looked at: whatever page is asked for, it is of one ranking. */
Test(titles, pages_are_of_one_ranking)
{
    enum { N = 260 };
    char path[16], text[2 * N + 64];
    for (int i = 0; i < N; i++) {
        snprintf(path, sizeof path, "f%03d", i);
        int length = snprintf(text, sizeof text, "peace");
        for (int w = 0; w < i / 4; w++)
            length += snprintf(text + length, sizeof text - (size_t)length, " x");
        add(path, i % 3 == 0 ? "peace" : "other", text);
    }
    pil_searched_index_commit(&fixture);
    pil_hits *all = pil_search_fixture_run(&fixture.search, "peace", false, NULL);
    cr_assert_eq(all->n_items, N);
    for (size_t i = 1; i < N; i++)
        cr_expect_leq(all->items[i].score, all->items[i - 1].score, "hit %zu", i);
    for (uint32_t offset = 0; offset < N; offset += 37) {
        const pil_search_options options = {.offset = offset, .limit = 37};
        pil_hits *page = pil_search_fixture_run(&fixture.search, "peace", false, &options);
        for (size_t i = 0; i < page->n_items; i++) {
            cr_expect_str_eq(page->items[i].id, all->items[offset + i].id, "hit %zu", offset + i);
            cr_expect_eq(page->items[i].rank, offset + i + 1);
        }
        cr_expect_eq(page->n_items, N - offset < 37 ? N - offset : 37);
        pil_hits_free(page);
    }
    pil_hits_free(all);
}

/* Which of equal paragraphs are among the best depends on where they are stored. */
Test(titles, equal_paragraphs_count_alike)
{
    enum { N_BEST = 150, N_EQUAL = 100 };
    char path[16];
    for (int i = 0; i < N_EQUAL; i++) {
        snprintf(path, sizeof path, "e%03d", i);
        add(path, "Peace", "peace and one two three four");
    }
    for (int i = 0; i < N_BEST; i++) {
        snprintf(path, sizeof path, "b%03d", i);
        add(path, "Peace", "peace");
    }
    pil_searched_index_commit(&fixture);
    pil_hits *hits = pil_search_fixture_run(&fixture.search, "peace", false, NULL);
    cr_assert_eq(hits->n_items, N_BEST + N_EQUAL);
    for (size_t i = N_BEST + 1; i < hits->n_items; i++)
        cr_expect_eq(hits->items[i].score, hits->items[N_BEST].score, "hit %zu", i);
    pil_hits_free(hits);
}
