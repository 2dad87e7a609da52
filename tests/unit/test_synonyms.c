#include "search/synonyms.h"

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
    pil_index_fixture_add(fixture.writer, "a",
                          "The EU met.\n\nThe European Union met.\n\nThe European met a union.\n\n"
                          "The Union met.\n\nThe bloc met.");
    pil_searched_index_commit(&fixture);
}

static void dispose(void)
{
    pil_searched_index_dispose(&fixture);
}

TestSuite(synonyms, .init = init, .fini = dispose);

static pil_synonyms *read_groups(const char *text)
{
    pil_error err = {0};
    pil_synonyms *synonyms;
    cr_assert_eq(
        pil_synonyms_read(text, strlen(text), "groups", fixture.search.analyser, &synonyms, &err),
        PIL_OK, "%s", err.message);
    return synonyms;
}

static void expect(const char *groups, const char *query, bool all, const char *wanted)
{
    pil_synonyms *synonyms = read_groups(groups);
    const pil_search_options options = {.limit = 100, .synonyms = synonyms};
    pil_hits *hits = pil_search_fixture_run(&fixture.search, query, all, &options);
    char *list = pil_search_fixture_list(&fixture.search, hits);
    cr_expect_str_eq(list, wanted, "%s finds %s", query, list);
    free(list);
    pil_hits_free(hits);
    pil_synonyms_free(synonyms);
}

Test(synonyms, a_word_finds_a_phrase_and_a_phrase_a_word)
{
    expect("EU, European Union", "eu", false, "a:1 a:2");
    expect("EU, European Union", "\"european union\"", false, "a:2 a:1");
    expect("EU, European Union", "+European +Union", false, "a:2 a:3 a:1");
    expect("EU, European Union", "\"the EU\"", false, "a:1");
}

Test(synonyms, words_side_by_side_stand_for_the_phrase_only_when_they_occur_alike)
{
    expect("EU, European Union", "European Union", true, "a:2 a:3 a:1");
    expect("EU, European Union", "+European -Union", false, "");
    expect("EU, European Union", "+Union European", true, "a:2 a:3");
}

Test(synonyms, a_member_may_be_in_several_groups)
{
    expect("EU, European Union\nthe bloc, EU", "EU", false, "a:1 a:5 a:2");
    expect("EU, European Union\nthe bloc, EU", "\"European Union\"", false, "a:2 a:1");
}

Test(synonyms, what_is_excluded_or_wanted_as_written_has_none)
{
    expect("EU, European Union", "met -EU", true, "a:4 a:5 a:2 a:3");
    expect("EU, European Union", "=EU", false, "a:1");
}

static void expect_refused(const char *text, size_t length, const char *message)
{
    pil_error err = {0};
    pil_synonyms *synonyms;
    cr_expect_eq(
        pil_synonyms_read(text, length, "groups", fixture.search.analyser, &synonyms, &err),
        PIL_BAD_QUERY);
    cr_expect_str_eq(err.message, message);
    cr_expect_null(synonyms);
}

Test(synonyms, what_cannot_be_understood_is_refused_with_its_line)
{
    expect_refused("a, b\n\n# c\nd", 11,
                   "groups:4: a group is two words or phrases or more, separated by commas");
    expect_refused("a,\n", 3, "groups:1: a word is missing before or behind a comma");
    expect_refused("a, ...\n", 7, "groups:1: a word is missing before or behind a comma");
    expect_refused("a, \xFF\n", 5, "groups:1: not UTF-8");
    expect_refused("a, b\0\n", 6, "groups:1: a NUL in the text");
}

Test(synonyms, nothing_is_no_group)
{
    pil_synonyms_free(read_groups(""));
    pil_synonyms_free(read_groups("\xEF\xBB\xBF"));
    pil_synonyms_free(read_groups("# only this\r\n \t\n"));
    pil_synonyms_free(NULL);
}
