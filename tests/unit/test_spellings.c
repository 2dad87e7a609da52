#include "spellings.h"
#include "support/index_fixture.h"
#include "support/search_fixture.h"

#include <criterion/criterion.h>
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

TestSuite(spellings, .init = init, .fini = dispose);

static void index_text(const char *path, const char *text, const char *language)
{
    const pil_index_fixture_article article = {.text = text, .language = language};
    cr_assert_eq(pil_index_fixture_add_article(fixture.writer, path, &article), PIL_ARTICLE_NEW);
}

static void expect(const char *query, bool no_variants, const char *wanted)
{
    const pil_search_options options = {.limit = 100, .no_variants = no_variants};
    pil_hits *hits = pil_search_fixture_run(&fixture.search, query, false, &options);
    char *list = pil_search_fixture_list(&fixture.search, hits);
    cr_expect_str_eq(list, wanted, "%s finds %s", query, list);
    for (size_t i = 0; i < hits->n_items; i++)
        cr_expect_gt(hits->items[i].n_ranges, 0);
    free(list);
    pil_hits_free(hits);
}

Test(spellings, a_word_finds_its_other_spelling_behind_its_own)
{
    index_text("a", "Their defense was good.\n\nTheir defence was good.\n\nNothing was good.",
               "en");
    pil_searched_index_commit(&fixture);
    expect("defence", false, "a:2 a:1");
    expect("defense", false, "a:1 a:2");
    expect("Defences", false, "a:2 a:1");
    expect("defence", true, "a:2");
}

/* BM25 gives a rare word more than a common one; the spelling that was typed stays first. */
Test(spellings, a_rare_spelling_does_not_stand_before_the_one_that_was_typed)
{
    index_text("a",
               "Their defense was good.\n\nTheir defence was good.\n\nTheir defence was fair.\n\n"
               "Their defence was poor.\n\nTheir silence was long.\n\nTheir silence was short.",
               "en");
    pil_searched_index_commit(&fixture);
    expect("defence", false, "a:2 a:3 a:4 a:1");
}

Test(spellings, a_word_of_the_index_in_another_form_is_enough)
{
    index_text("a", "They organized it.\n\nThey travelled.\n\nThe actor.", "en");
    pil_searched_index_commit(&fixture);
    expect("organising", false, "a:1");
    expect("traveling", false, "a:2");
}

Test(spellings, a_word_that_the_index_lacks_is_not_looked_for)
{
    pil_variant spellings[PIL_VARIANTS_MAX];
    size_t n;
    index_text("a", "The centre.", "en");
    pil_searched_index_commit(&fixture);
    cr_assert_eq(pil_spellings_of(&fixture.search.snapshot, "center", 6, "en", spellings, &n, NULL),
                 PIL_OK);
    cr_assert_eq(n, 1);
    cr_expect_str_eq(spellings[0].form, "centre");
    cr_assert_eq(pil_spellings_of(&fixture.search.snapshot, "actor", 5, "en", spellings, &n, NULL),
                 PIL_OK);
    cr_expect_eq(n, 0);
    cr_assert_eq(pil_spellings_of(&fixture.search.snapshot, "centre", 6, "en", spellings, &n, NULL),
                 PIL_OK);
    cr_expect_eq(n, 0);
}

Test(spellings, phrases_and_words_near_each_other_vary_too)
{
    index_text("a",
               "The collective defense of labor.\n\nThe collective defence of labour.\n\n"
               "A collective, in defense.\n\nThe centre-right labour defense.",
               "en");
    pil_searched_index_commit(&fixture);
    expect("\"collective defence\"", false, "a:2 a:1");
    expect("\"collective defence\"", true, "a:2");
    expect("\"defence of labor\"", false, "a:2 a:1");
    expect("labor NEAR/2 defence", false, "a:2 a:1 a:4");
    expect("center-right", false, "a:4");
}

Test(spellings, what_is_wanted_as_written_and_what_is_excluded_stays_as_it_is)
{
    index_text("a", "Their defense.\n\nTheir defence.", "en");
    pil_searched_index_commit(&fixture);
    expect("=defence", false, "a:2");
    expect("=\"Their defence\"", false, "a:2");
    expect("their -defence", false, "a:1");
    expect("defence -defense", false, "a:2");
}

Test(spellings, they_are_for_english_and_for_unknown_languages)
{
    index_text("a", "Colour.", "en");
    index_text("b", "Color.", "es");
    index_text("c", "Color.", "");
    pil_searched_index_commit(&fixture);
    expect("colour", false, "a:1 c:1");
}
