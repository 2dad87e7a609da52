/* What definitions of acronyms are found in a text, and what they do in a search. */
#include "base/buffer.h"
#include "index/acronym.h"
#include "search/acronyms.h"
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

TestSuite(acronyms, .init = init, .fini = dispose);

/* Appends "SHORT=Long form;" for each acronym of the table. */
static void show(const pil_acronym *list, size_t n, pil_buffer *out)
{
    for (size_t i = 0; i < n; i++)
        cr_assert_eq(pil_buffer_appendf(out, "%s%s=%s/%u", i > 0 ? ";" : "", list[i].short_form,
                                        list[i].long_form, (unsigned)list[i].n_paragraphs),
                     PIL_OK);
}

static void expect_mined(const char *text, const char *wanted)
{
    pil_analyser *analyser;
    const pil_token *tokens;
    size_t n_tokens, n;
    pil_acronym_table table = {0};
    pil_acronym *list;
    pil_buffer got;
    pil_buffer_init(&got, 1 << 16);
    cr_assert_eq(pil_analyser_new(&analyser, NULL), PIL_OK);
    cr_assert_eq(pil_analyser_run(analyser, "en", text, strlen(text), &tokens, &n_tokens, NULL),
                 PIL_OK);
    cr_assert_eq(pil_acronym_table_mine(&table, text, strlen(text), tokens, n_tokens), PIL_OK);
    cr_assert_eq(pil_acronym_table_list(&table, SIZE_MAX, &list, &n), PIL_OK);
    show(list, n, &got);
    cr_expect_str_eq(got.length > 0 ? got.bytes : "", wanted, "%s: %s", text,
                     got.length > 0 ? got.bytes : "");
    free(list);
    pil_acronym_table_dispose(&table);
    pil_analyser_free(analyser);
    pil_buffer_dispose(&got);
}

Test(acronyms, both_orders_are_found)
{
    expect_mined("The Kosovo Force (KFOR) came.", "KFOR=Kosovo Force/1");
    expect_mined("They call it KFOR (Kosovo Force).", "KFOR=Kosovo Force/1");
    expect_mined("They call it KFOR (the Kosovo Force).", "KFOR=Kosovo Force/1");
    expect_mined("The European Union Force (EUFOR, or Althea)", "EUFOR=European Union Force/1");
    expect_mined("Partnership for Peace (PfP)", "PfP=Partnership for Peace/1");
    expect_mined("the United  Nations\n(\"U.N.\") met", "U.N.=United Nations/1");
    expect_mined("official development assistance (ODA)", "ODA=official development assistance/1");
    expect_mined("the Euro-Atlantic Partnership Council (EAPC)",
                 "EAPC=Euro-Atlantic Partnership Council/1");
    expect_mined("\xD0\xA1\xD0\xBB\xD1\x83\xD0\xB6\xD0\xB1\xD0\xB0 \xD0\x91\xD0\xB5\xD0\xB7\xD0\xB1"
                 "\xD0\xB5\xD0\xB4\xD0\xBD\xD0\xBE\xD1\x81\xD1\x82\xD0\xB8 (\xD0\xA1\xD0\x91)",
                 "\xD0\xA1\xD0\x91=\xD0\xA1\xD0\xBB\xD1\x83\xD0\xB6\xD0\xB1\xD0\xB0 \xD0\x91\xD0"
                 "\xB5\xD0\xB7\xD0\xB1\xD0\xB5\xD0\xB4\xD0\xBD\xD0\xBE\xD1\x81\xD1\x82\xD0\xB8/1");
}

Test(acronyms, the_shortest_words_that_match_are_taken)
{
    expect_mined("In Kosovo, the Kosovo Force (KFOR)", "KFOR=Kosovo Force/1");
    expect_mined("the Organization of African Unity (OAU)", "OAU=Organization of African Unity/1");
    expect_mined("members of African Unity (OAU)", "");
}

Test(acronyms, several_in_a_paragraph_and_one_defined_twice)
{
    expect_mined("Kosovo Force (KFOR), Implementation Force (IFOR); again Kosovo Force (KFOR).",
                 "IFOR=Implementation Force/1;KFOR=Kosovo Force/1");
}

Test(acronyms, what_defines_nothing_is_left_alone)
{
    static const char *const texts[] = {"It is late (see below).",
                                        "Of the force (KFOR) nothing is known",
                                        "Kosovo. Force (KFOR)",
                                        "Kosovo Force (K)",
                                        "Kosovo Force (KFOR",
                                        "Kosovo Force KFOR)",
                                        "Kosovo Force ()",
                                        "(KFOR)",
                                        "(",
                                        "()",
                                        "((((KFOR",
                                        "Kosovo Force (a b c KFOR)",
                                        "Kosovo Force (...)",
                                        "implementation of resolution 181 (II)",
                                        "ordinary now (owner)",
                                        "Fields (F I E L D S)"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        expect_mined(texts[i], "");
}

Test(acronyms, any_bytes_are_read)
{
    char text[256];
    uint32_t state = 7;
    pil_analyser *analyser;
    cr_assert_eq(pil_analyser_new(&analyser, NULL), PIL_OK);
    for (int round = 0; round < 2000; round++) {
        static const char letters[] = "AbC (().,;-\"'\xC3\xA9\xFF\n KFOR Kosovo Force";
        for (size_t i = 0; i < sizeof text; i++) {
            state = state * 1664525 + 1013904223;
            text[i] = letters[(state >> 16) % (sizeof letters - 1)];
        }
        pil_acronym_table table = {0};
        const pil_token *tokens;
        size_t n;
        cr_assert_eq(pil_analyser_run(analyser, "en", text, sizeof text, &tokens, &n, NULL),
                     PIL_OK);
        cr_assert_eq(pil_acronym_table_mine(&table, text, sizeof text, tokens, n), PIL_OK);
        pil_acronym_table_dispose(&table);
    }
    pil_analyser_free(analyser);
}

/* ---- in an index ---- */

static void expect_listed(const char *wanted)
{
    pil_acronyms acronyms;
    pil_buffer got;
    pil_buffer_init(&got, 1 << 16);
    cr_assert_eq(pil_acronyms_read(&fixture.search.snapshot, &acronyms, NULL), PIL_OK);
    show(acronyms.items, acronyms.n_items, &got);
    cr_expect_str_eq(got.length > 0 ? got.bytes : "", wanted);
    pil_acronyms_dispose(&acronyms);
    pil_buffer_dispose(&got);
}

static void expect(const char *query, const char *wanted)
{
    const pil_search_options options = {.limit = 100};
    pil_hits *hits = pil_search_fixture_run(&fixture.search, query, false, &options);
    char *list = pil_search_fixture_list(&fixture.search, hits);
    cr_expect_str_eq(list, wanted, "%s finds %s", query, list);
    free(list);
    pil_hits_free(hits);
}

Test(acronyms, segments_are_added_up_and_merging_keeps_them)
{
    pil_index_fixture_add(fixture.writer, "a", "The Kosovo Force (KFOR).\n\nKFOR (Kosovo Force).");
    pil_searched_index_commit(&fixture);
    pil_index_fixture_add(fixture.writer, "b", "Kosovo Force (KFOR).\n\nUnited Nations (UN).");
    pil_searched_index_commit(&fixture);
    expect_listed("KFOR=Kosovo Force/3;UN=United Nations/1");
    pil_index_fixture_merge(fixture.writer, true);
    pil_searched_index_commit(&fixture);
    expect_listed("KFOR=Kosovo Force/3;UN=United Nations/1");
    /* What was replaced is gone with the next merge. */
    pil_index_fixture_add(fixture.writer, "b", "Nothing of the kind.");
    pil_index_fixture_commit(fixture.writer);
    pil_index_fixture_merge(fixture.writer, true);
    pil_searched_index_commit(&fixture);
    expect_listed("KFOR=Kosovo Force/2");
}

Test(acronyms, either_form_finds_the_other)
{
    pil_index_fixture_add(fixture.writer, "a",
                          "The Kosovo Force (KFOR).\n\nOnly KFOR.\n\nOnly the Kosovo Force.\n\n"
                          "The force in Kosovo.");
    pil_searched_index_commit(&fixture);
    expect("KFOR", "a:1 a:2 a:3");
    expect("kfor", "a:1 a:2 a:3");
    expect("\"Kosovo Force\"", "a:1 a:3 a:2");
    expect("+Kosovo +Force", "a:1 a:3 a:4 a:2");
    expect("=KFOR", "a:2 a:1");
    expect("only -KFOR", "a:3");
}

Test(acronyms, a_common_word_stands_for_one_only_as_it_is_written)
{
    char text[2048];
    int length = snprintf(text, sizeof text,
                          "World Health Organization (WHO).\n\nThe World Health Organization.\n\n");
    for (int i = 0; i < 12; i++)
        length += snprintf(text + length, sizeof text - (size_t)length, "Those who came.\n\n");
    pil_index_fixture_add(fixture.writer, "a", text);
    pil_searched_index_commit(&fixture);
    pil_hits *hits = pil_search_fixture_run(&fixture.search, "who", false, NULL);
    cr_expect_eq(hits->n_items, 13);
    pil_hits_free(hits);
    hits = pil_search_fixture_run(&fixture.search, "WHO", false, NULL);
    cr_expect_eq(hits->n_items, 14);
    pil_hits_free(hits);
    expect("\"World Health Organization\"", "a:1 a:2");
}

/* Three with a third of the paragraphs of the most frequent one, one with less. */
Test(acronyms, of_several_meanings_the_frequent_ones_are_taken)
{
    pil_index_fixture_add(
        fixture.writer, "a",
        "Alpha Beta (AB).\n\nAlpha Beta (AB).\n\nAlpha Beta (AB).\n\n"
        "Alpha Beta (AB).\n\nAxis Box (AB).\n\nAxis Box (AB).\n\nArea Band (AB).");
    pil_index_fixture_add(fixture.writer, "b", "Axis box.\n\nArea band.\n\nAlpha beta.");
    pil_searched_index_commit(&fixture);
    const pil_search_options options = {.limit = 100};
    pil_hits *hits = pil_search_fixture_run(&fixture.search, "AB", false, &options);
    char *list = pil_search_fixture_list(&fixture.search, hits);
    cr_expect_not_null(strstr(list, "b:1"));
    cr_expect_null(strstr(list, "b:2"), "%s", list);
    cr_expect_not_null(strstr(list, "b:3"));
    free(list);
    pil_hits_free(hits);
}
