#include "search/facet.h"
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

TestSuite(facet, .init = init, .fini = dispose);

static void add(const char *path, const char *text, const char *source, const char *date,
                const char *author, const char *language)
{
    const pil_index_fixture_article article = {
        .text = text, .source = source, .date = date, .author = author, .language = language};
    pil_index_fixture_add_article(fixture.writer, path, &article);
}

static const pil_facet_field all_fields[] = {PIL_FACET_SOURCE, PIL_FACET_YEAR, PIL_FACET_AUTHOR,
                                             PIL_FACET_LANGUAGE};

/* "lang: en 3, de 1, ? 2" of one facet, in out. */
static void list_facet(const pil_facet *facet, char *out, size_t size)
{
    int n = snprintf(out, size, "%s:", pil_facet_name(facet->field));
    for (size_t i = 0; i < facet->n_values; i++)
        n += snprintf(out + n, size - (size_t)n, " %s %d,", facet->values[i].value,
                      (int)facet->values[i].n_paragraphs);
    snprintf(out + n, size - (size_t)n, " ? %d", (int)facet->n_unknown);
}

static pil_hits *count(const char *query, uint32_t limit)
{
    const pil_search_options options = {.limit = limit, .facets = all_fields, .n_facets = 4};
    pil_hits *hits = pil_search_fixture_run(&fixture.search, query, false, &options);
    cr_assert_eq(hits->n_facets, 4);
    return hits;
}

static void expect_facet(const char *query, pil_facet_field field, const char *wanted)
{
    char list[1024];
    pil_hits *hits = count(query, 1);
    list_facet(&hits->facets[field], list, sizeof list);
    cr_expect_str_eq(list, wanted, "[%s] has [%s]", query, list);
    pil_hits_free(hits);
}

Test(facet, paragraphs_are_counted_by_what_their_article_says)
{
    add("a", "peace now\n\nno war\n\npeace again", "Daily", "2023-11-22", "Ann", "en");
    add("b", "peace\n\npeace", "Weekly", "2021", "Bea", "en");
    add("c", "peace", "Daily", "2021-05", "Ann", "de");
    pil_searched_index_commit(&fixture);
    expect_facet("peace", PIL_FACET_SOURCE, "source: Daily 3, Weekly 2, ? 0");
    expect_facet("peace", PIL_FACET_YEAR, "year: 2021 3, 2023 2, ? 0");
    expect_facet("peace", PIL_FACET_AUTHOR, "author: Ann 3, Bea 2, ? 0");
    expect_facet("peace", PIL_FACET_LANGUAGE, "lang: en 4, de 1, ? 0");
    expect_facet("war", PIL_FACET_SOURCE, "source: Daily 1, ? 0");
}

Test(facet, equal_counts_are_in_the_order_of_their_values)
{
    add("a", "peace", "Weekly", NULL, "Cid", NULL);
    add("b", "peace", "Daily", NULL, "Bea", NULL);
    add("c", "peace", "Hourly", NULL, "Ann", NULL);
    pil_searched_index_commit(&fixture);
    expect_facet("peace", PIL_FACET_SOURCE, "source: Daily 1, Hourly 1, Weekly 1, ? 0");
    expect_facet("peace", PIL_FACET_AUTHOR, "author: Ann 1, Bea 1, Cid 1, ? 0");
}

Test(facet, what_is_not_said_is_counted_apart)
{
    add("a", "peace\n\npeace", NULL, "last spring", NULL, NULL);
    add("b", "peace", "Daily", "2023", NULL, NULL);
    pil_searched_index_commit(&fixture);
    expect_facet("peace", PIL_FACET_SOURCE, "source: Daily 1, ? 2");
    expect_facet("peace", PIL_FACET_YEAR, "year: 2023 1, ? 2");
    expect_facet("peace", PIL_FACET_AUTHOR, "author: ? 3");
}

Test(facet, all_segments_count_but_dead_paragraphs_do_not)
{
    add("a", "peace\n\npeace", "Daily", "2023", NULL, NULL);
    add("b", "peace", "Weekly", "2023", NULL, NULL);
    pil_searched_index_commit(&fixture);
    add("a", "peace", "Monthly", "2022", NULL, NULL);
    add("c", "war\n\npeace\n\npeace", "Daily", "2023", NULL, NULL);
    pil_searched_index_commit(&fixture);
    cr_assert_gt(fixture.search.snapshot.manifest.n_segments, 1);
    expect_facet("peace", PIL_FACET_SOURCE, "source: Daily 2, Monthly 1, Weekly 1, ? 0");
    expect_facet("peace", PIL_FACET_YEAR, "year: 2023 3, 2022 1, ? 0");
}

Test(facet, phrases_and_fields_restrict_what_is_counted)
{
    add("a", "peace and war\n\nwar and peace", "Daily", "2023", NULL, NULL);
    add("b", "peace and war", "Weekly", "2022", NULL, NULL);
    pil_searched_index_commit(&fixture);
    expect_facet("\"peace and war\"", PIL_FACET_SOURCE, "source: Daily 1, Weekly 1, ? 0");
    expect_facet("peace source:daily", PIL_FACET_YEAR, "year: 2023 2, ? 0");
}

Test(facet, all_matches_are_counted_however_few_are_shown)
{
    for (int i = 0; i < 40; i++) {
        char path[16], date[8];
        snprintf(path, sizeof path, "p%02d", i);
        snprintf(date, sizeof date, "%d", 1990 + i % 3);
        add(path, "one peace\n\ntwo\n\nthree\n\nfour peace", "Daily", date, NULL, NULL);
    }
    pil_searched_index_commit(&fixture);
    for (uint32_t limit = 0; limit < 3; limit++) {
        pil_hits *hits = count("peace", limit);
        cr_expect_eq(hits->n_items, limit);
        cr_expect_eq(hits->n_matches, 80);
        pil_hits_free(hits);
    }
    expect_facet("peace", PIL_FACET_YEAR, "year: 1990 28, 1991 26, 1992 26, ? 0");
    expect_facet("two", PIL_FACET_YEAR, "year: 1990 14, 1991 13, 1992 13, ? 0");
}

Test(facet, nothing_found_has_no_values)
{
    pil_searched_index_commit(&fixture);
    expect_facet("peace", PIL_FACET_SOURCE, "source: ? 0");
    add("a", "war", "Daily", NULL, NULL, NULL);
    pil_searched_index_commit(&fixture);
    expect_facet("peace", PIL_FACET_SOURCE, "source: ? 0");
}

Test(facet, years_are_those_in_which_dates_begin)
{
    cr_expect_eq(pil_facet_year("2023-11-22"), 2023);
    cr_expect_eq(pil_facet_year("2023"), 2023);
    cr_expect_eq(pil_facet_year("0987-01-01T00:00:00Z"), 987);
    cr_expect_eq(pil_facet_year(""), -1);
    cr_expect_eq(pil_facet_year("yesterday"), -1);
    cr_expect_eq(pil_facet_year("22.11.2023"), -1);
}
