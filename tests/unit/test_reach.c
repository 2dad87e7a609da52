#include "search/reach.h"

#include "base/buffer.h"
#include "support/index_fixture.h"
#include "support/search_fixture.h"

#include <criterion/criterion.h>
#include <inttypes.h>
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

TestSuite(reach, .init = init, .fini = dispose);

static void index_text(const char *path, const char *text, const char *language)
{
    const pil_index_fixture_article article = {.text = text, .language = language};
    cr_assert_eq(pil_index_fixture_add_article(fixture.writer, path, &article), PIL_ARTICLE_NEW);
}

/* Each word with what it reaches: "word: form/language/n form/language/n kind=text/n". */
static void expect(const char *query, const pil_search_options *options, const char *wanted)
{
    pil_query *parsed;
    pil_reach *reach;
    pil_buffer got;
    pil_buffer_init(&got, 1 << 16);
    cr_assert_eq(
        pil_query_parse(query, strlen(query), NULL, fixture.search.analyser, &parsed, NULL, NULL),
        PIL_OK);
    cr_assert_eq(pil_reach_find(&fixture.search.snapshot, parsed, fixture.search.analyser, options,
                                &reach, NULL),
                 PIL_OK);
    size_t at = 0;
    for (size_t word = 0; word < reach->n_words; word++) {
        cr_assert_eq(pil_buffer_appendf(&got, "%s:", reach->words[word]), PIL_OK);
        for (; at < reach->n_items && reach->items[at].word == word; at++) {
            const pil_reached *item = &reach->items[at];
            if (item->is_form)
                cr_assert_eq(pil_buffer_appendf(&got, " %s/%s/%" PRIu64, item->text, item->language,
                                                item->n_paragraphs),
                             PIL_OK);
            else
                cr_assert_eq(pil_buffer_appendf(&got, " %d=%s/%" PRIu64, (int)item->kind,
                                                item->text, item->n_paragraphs),
                             PIL_OK);
        }
        cr_assert_eq(pil_buffer_append_byte(&got, ';'), PIL_OK);
    }
    cr_expect_eq(at, reach->n_items);
    cr_expect_str_eq(got.bytes, wanted, "%s: %s", query, got.bytes);
    pil_reach_free(reach);
    pil_query_free(parsed);
    pil_buffer_dispose(&got);
}

Test(reach, forms_are_those_of_the_stem_in_each_language_the_most_frequent_first)
{
    const pil_search_options options = {0}, in_english = {.language = "en"};
    index_text("a", "Nations.\n\nA nation.\n\nNations, national.", "en");
    pil_searched_index_commit(&fixture);
    index_text("b", "Nations unies.", "fr");
    index_text("c", "Nations.", "en");
    pil_searched_index_commit(&fixture);
    expect("nation", &options, "nation: nations/en/3 nation/en/1 national/en/1 nations/fr/1;");
    expect("nation", &in_english, "nation: nations/en/3 nation/en/1 national/en/1;");
    expect("=nation", &options, "nation:;");
    expect("nothing else", &options, "nothing:;else:;");
}

Test(reach, alternatives_follow_with_the_paragraphs_that_they_are_found_in)
{
    const pil_search_options options = {0}, as_typed = {.as_typed = true};
    index_text("a",
               "Peace keeping in defense.\n\nKeeping the peace in defence.\n\nDefenses of peace.",
               "en");
    pil_searched_index_commit(&fixture);
    expect("peacekeeping defence", &options,
           "peacekeeping: 0=peace keeping/1;defence: defence/en/1 1=defense/2;");
    expect("peacekeeping defence", &as_typed, "peacekeeping:;defence: defence/en/1;");
}

Test(reach, an_empty_index_has_nothing)
{
    const pil_search_options options = {0};
    pil_searched_index_commit(&fixture);
    expect("nation", &options, "nation:;");
}
