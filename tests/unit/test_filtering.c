/* Fields against a model: of the hits that a query has without them, those stay whose article and
 * paragraph are as the field says. */
#include "support/index_fixture.h"
#include "support/random_articles.h"
#include "support/search_fixture.h"

#include <criterion/criterion.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { N_ARTICLES = 40, N_VALUES = 4 };

static pil_searched_index fixture;

static const char *const titles[N_VALUES] = {"Peace talks", "The peace", "Talks of war", ""};
static const char *const authors[N_VALUES] = {"Ana Petrova", "J. Doe", "Petrova", ""};
static const char *const dates[N_VALUES] = {"2023", "2023-11-22", "2024-01", "soon"};
static const char *const languages[N_VALUES] = {"en", "de", "sr", "en"};

static void add(int number, unsigned kind)
{
    char path[32];
    snprintf(path, sizeof path, "%s/f%d.txt", number % 3 == 0 ? "reports" : "drafts", number);
    const pil_index_fixture_article article = {.text = "word and more\n\nword again",
                                               .title = titles[kind % 4],
                                               .author = authors[kind / 4 % 4],
                                               .date = dates[kind / 16 % 4],
                                               .language = languages[kind / 64 % 4]};
    pil_index_fixture_add_article(fixture.writer, path, &article);
}

/* Several segments, some of their articles replaced. */
static void init(void)
{
    pil_random random = pil_random_from(4);
    pil_searched_index_open(&fixture);
    for (int i = 0; i < N_ARTICLES; i++) {
        add(i * 7 % 30, pil_random_below(&random, 256));
        if (i % 9 == 8)
            pil_index_fixture_commit(fixture.writer);
    }
    pil_searched_index_commit(&fixture);
}

static void dispose(void)
{
    pil_searched_index_dispose(&fixture);
}

TestSuite(filtering, .init = init, .fini = dispose);

typedef bool (*condition)(const pil_hit *hit);

static void expect_those(const char *fields, condition holds)
{
    char query[128];
    snprintf(query, sizeof query, "word %s", fields);
    pil_hits *all = pil_search_fixture_run(&fixture.search, "word", false, NULL);
    pil_hits *some = pil_search_fixture_run(&fixture.search, query, false, NULL);
    size_t n = 0;
    cr_assert_gt(all->n_items, 20);
    for (size_t i = 0; i < all->n_items; i++) {
        const pil_hit *hit = &all->items[i];
        if (!holds(hit))
            continue;
        bool is_there = false;
        for (size_t j = 0; j < some->n_items; j++)
            is_there = is_there || strcmp(some->items[j].id, hit->id) == 0;
        cr_expect(is_there, "[%s] does not find %s", fields, hit->article);
        n++;
    }
    cr_expect_eq(some->n_items, n, "[%s] finds %zu instead of %zu", fields, some->n_items, n);
    pil_hits_free(all);
    pil_hits_free(some);
}

static bool has_peace(const pil_hit *hit)
{
    return strstr(hit->title, "eace") != NULL;
}

static bool has_peace_talks(const pil_hit *hit)
{
    return strcmp(hit->title, "Peace talks") == 0;
}

static bool is_by_petrova(const pil_hit *hit)
{
    return strstr(hit->author, "Petrova") != NULL;
}

static bool is_of_2023(const pil_hit *hit)
{
    return strncmp(hit->date, "2023", 4) == 0;
}

static bool is_of_november(const pil_hit *hit)
{
    return strcmp(hit->date, "2023") == 0 || strncmp(hit->date, "2023-11", 7) == 0;
}

static bool is_of_2024(const pil_hit *hit)
{
    return strncmp(hit->date, "2024", 4) == 0;
}

static bool is_serbian_or_german(const pil_hit *hit)
{
    return strcmp(hit->language, "en") != 0;
}

static bool is_english(const pil_hit *hit)
{
    return strcmp(hit->language, "en") == 0;
}

static bool is_draft(const pil_hit *hit)
{
    return fnmatch("*/drafts/*", hit->path, 0) == 0;
}

static bool is_english_draft_of_2023(const pil_hit *hit)
{
    return is_english(hit) && is_draft(hit) && is_of_2023(hit);
}

static bool none(const pil_hit *hit)
{
    (void)hit;
    return false;
}

Test(filtering, words_of_titles_and_authors)
{
    expect_those("title:peace", has_peace);
    expect_those("title:PEACE", has_peace);
    expect_those("title:\"talks peace\"", has_peace_talks);
    expect_those("author:petrova", is_by_petrova);
    expect_those("title:peac", none);
    expect_those("title:--", none);
}

Test(filtering, dates)
{
    expect_those("date:2023", is_of_2023);
    expect_those("year:2023", is_of_2023);
    expect_those("date:2023-11", is_of_november);
    expect_those("date:2023-11-01..2023-11-30", is_of_november);
    expect_those("date:..2023", is_of_2023);
    expect_those("before:2024", is_of_2023);
    expect_those("after:2024", is_of_2024);
    expect_those("after:2024 before:2024", none);
}

Test(filtering, paths_and_languages)
{
    expect_those("path:drafts/*", is_draft);
    expect_those("-path:reports/*", is_draft);
    expect_those("path:draft", none);
    expect_those("lang:en", is_english);
    expect_those("lang:English", is_english);
    expect_those("-lang:en", is_serbian_or_german);
}

static bool is_like_pattern(const char *path, const char *pattern)
{
    char query[128];
    pil_index_fixture_add(fixture.writer, path, "zebra");
    pil_searched_index_commit(&fixture);
    snprintf(query, sizeof query, "zebra path:%s", pattern);
    pil_hits *hits = pil_search_fixture_run(&fixture.search, query, false, NULL);
    bool is_found = hits->n_items > 0;
    pil_hits_free(hits);
    size_t n;
    cr_assert_eq(pil_index_writer_remove_source(fixture.writer, path, &n, NULL), PIL_OK);
    return is_found;
}

Test(filtering, patterns_of_paths)
{
    static const struct {
        const char *path, *pattern;
        bool is_like;
    } cases[] = {
        {"a/b.txt", "b.txt", true},
        {"a/b.txt", "a/b.txt", true},
        {"a/b.txt", "b", false},
        {"a/b.txt", "a", false},
        {"a/b.txt", "*", true},
        {"a/b.txt", "a/*", true},
        {"a/b.txt", "a*txt", true},
        {"a/b.txt", "*.md", false},
        {"a/b.txt", "?.txt", true},
        {"a/b.txt", "??.txt", false},
        {"\xC3\xA9.txt", "?.txt", true},
        {"\xC3\xA9.txt", "??.txt", false},
        {"[md]x.txt", "[md]x.txt", true},
        {"dx.txt", "[md]x.txt", false},
        {"a\\b.txt", "a\\b.txt", true},
        {"a/aab.txt", "*a*b*", true},
        {"-", "-", true},
        {"-", "*", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        cr_expect_eq(is_like_pattern(cases[i].path, cases[i].pattern), cases[i].is_like, "%s %s",
                     cases[i].path, cases[i].pattern);
}

Test(filtering, of_one_field_any_is_enough_and_of_several_all_must_pass)
{
    expect_those("lang:sr lang:de", is_serbian_or_german);
    expect_those("lang:en path:drafts/* date:2023", is_english_draft_of_2023);
    expect_those("title:peace -title:peace", none);
}

/* The counts beside the hits are of what passes. */
Test(filtering, counts_and_groups)
{
    pil_hits *some = pil_search_fixture_run(&fixture.search, "word lang:en", false, NULL);
    const pil_search_options counting = {.counts = true};
    pil_hits *counted = pil_search_fixture_run(&fixture.search, "word lang:en", false, &counting);
    cr_expect_eq(counted->n_matches, some->n_items);
    cr_expect_eq(counted->n_items, 0);
    pil_hits_free(some);
    pil_hits_free(counted);
}

Test(filtering, a_language_in_parentheses_is_decided_without_the_text)
{
    pil_hits *hits =
        pil_search_fixture_run(&fixture.search, "word AND (lang:de OR lang:sr)", false, NULL);
    cr_expect_gt(hits->n_items, 0);
    cr_expect_eq(hits->n_verified, 0);
    pil_hits_free(hits);
}
