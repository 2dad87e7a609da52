/* Whether all ways to write a word meet, through a real index. */
#include "support/index_fixture.h"
#include "support/search_fixture.h"
#include "support/temporary_directory.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *directory;
static pil_search_fixture search;

static void init(void)
{
    directory = pil_temporary_directory_new();
}

static void dispose(void)
{
    pil_search_fixture_close(&search);
    pil_temporary_directory_remove(directory);
}

TestSuite(compounds, .init = init, .fini = dispose);

/* An index of one article with these paragraphs. */
static void index_text(const char *text)
{
    pil_index_writer *writer = pil_index_fixture_open(directory, PIL_INDEX_FIXTURE_LARGE);
    pil_index_fixture_add(writer, "a", text);
    pil_index_fixture_commit(writer);
    pil_index_writer_close(writer);
    pil_search_fixture_close(&search);
    pil_search_fixture_open(&search, directory);
}

/* The numbers of the paragraphs found, ascending, as digits. */
static void expect_paragraphs(const char *query, const char *wanted)
{
    char got[16] = "";
    bool is_found[10] = {false};
    pil_hits *hits = pil_search_fixture_run(&search, query, true, NULL);
    for (size_t i = 0; i < hits->n_items; i++) {
        cr_assert_lt(hits->items[i].paragraph, 10);
        cr_expect_not(is_found[hits->items[i].paragraph], "%s twice", query);
        is_found[hits->items[i].paragraph] = true;
        cr_expect_eq(hits->items[i].n_missing, 0);
        cr_expect_gt(hits->items[i].n_ranges, 0, "%s: nothing to highlight", query);
    }
    for (int i = 0; i < 10; i++)
        if (is_found[i])
            snprintf(got + strlen(got), sizeof got - strlen(got), "%d", i);
    cr_expect_str_eq(got, wanted, "%s finds %s", query, got);
    pil_hits_free(hits);
}

static void expect_all_meet(const char *const *forms, size_t n, const char *all)
{
    for (size_t i = 0; i < n; i++) {
        expect_paragraphs(forms[i], all);
        char loud[128];
        snprintf(loud, sizeof loud, "+%s", forms[i]);
        if (strchr(forms[i], ' ') == NULL)
            expect_paragraphs(loud, all);
    }
}

Test(compounds, euro_atlantic_is_one_however_it_is_written)
{
    static const char *const forms[] = {"Euro-Atlantic",
                                        "EuroAtlantic",
                                        "Euro Atlantic",
                                        "euro-atlantic",
                                        "euroatlantic",
                                        "EURO ATLANTIC",
                                        "Euro\xE2\x80\x91"
                                        "Atlantic"};
    index_text("The Euro-Atlantic area.\n\nThe EuroAtlantic area.\n\nThe Euro Atlantic area.\n\n"
               "Some other area.\n\nThe euro fell.");
    expect_all_meet(forms, sizeof forms / sizeof forms[0], "123");
}

/* Each form alone in the index: what finds the others must not depend on them all being there. */
Test(compounds, each_form_finds_each_other_when_it_is_alone)
{
    static const char *const groups[][4] = {
        {"Euro-Atlantic", "EuroAtlantic", "Euro Atlantic", NULL},
        {"U.N.", "UN", NULL},
        {"NATO\xE2\x80\x99s", "NATO's", "NATO", NULL},
        {"Kova\xC4\x8D"
         "evski",
         "Kovacevski",
         "Kovac\xCC\x8C"
         "evski",
         NULL},
        {"defence", "defences", "Defence's", NULL},
        {"decision-making", "decision making", NULL},
        {"O'Brien",
         "O\xE2\x80\x99"
         "Brien",
         "OBrien", NULL},
        {"caf\xC3\xA9", "cafe", "CAFE\xCC\x81", NULL},
    };
    for (size_t g = 0; g < sizeof groups / sizeof groups[0]; g++) {
        for (size_t i = 0; groups[g][i] != NULL; i++) {
            char text[128];
            snprintf(text, sizeof text, "Before the %s was read.\n\nNothing of the kind.",
                     groups[g][i]);
            index_text(text);
            for (size_t j = 0; groups[g][j] != NULL; j++)
                expect_paragraphs(groups[g][j], "1");
        }
    }
}

Test(compounds, parts_of_a_compound_are_found_and_not_the_reverse)
{
    index_text(
        "The Euro-Atlantic area.\n\nThe EuroAtlantic area.\n\nThe Atlantic, not the euro.\n\n"
        "Pacific.");
    expect_paragraphs("Atlantic", "123");
    expect_paragraphs("Euro-Atlantic", "12");
    expect_paragraphs("\"Euro Atlantic\"", "12");
    expect_paragraphs("Euro Atlantic", "123");
}

Test(compounds, a_joined_word_is_split_only_into_words_of_the_index)
{
    index_text("The peace keeping force.\n\nThe pea and the cekeeping.\n\nIt is peacekeeping.");
    expect_paragraphs("peacekeeping", "3");
    index_text("The peace keeping force.\n\nPeace and keeping.");
    expect_paragraphs("peacekeeping", "1");
}

Test(compounds, two_words_find_the_one_that_they_make)
{
    index_text("It is peacekeeping.\n\nPeace.\n\nKeeping.");
    expect_paragraphs("peace keeping", "1");
    expect_paragraphs("keeping peace", "");
    expect_paragraphs("peace war keeping", "");
}

Test(compounds, halves_that_are_too_short_are_not_joined_or_split)
{
    index_text("Together.\n\nTo gether.\n\nInto.\n\nIn to.");
    expect_paragraphs("to gether", "2");
    expect_paragraphs("into", "3");
}

Test(compounds, they_are_looked_for_over_all_segments)
{
    pil_index_writer *writer = pil_index_fixture_open(directory, PIL_INDEX_FIXTURE_LARGE);
    static const char *const texts[] = {"peace", "keeping", "peace keeping"};
    static const char *const paths[] = {"a", "b", "c"};
    for (size_t i = 0; i < 3; i++) {
        pil_index_fixture_add(writer, paths[i], texts[i]);
        pil_index_fixture_commit(writer);
    }
    pil_index_writer_close(writer);
    pil_search_fixture_open(&search, directory);
    pil_hits *hits = pil_search_fixture_run(&search, "peacekeeping", false, NULL);
    char *list = pil_search_fixture_list(&search, hits);
    cr_expect_str_eq(list, "c:1");
    free(list);
    pil_hits_free(hits);
}
