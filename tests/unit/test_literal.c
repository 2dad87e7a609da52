/* Queries that are looked for as they were typed. */
#include "literal.h"

#include "text/analyser.h"

#include <criterion/criterion.h>
#include <string.h>

static pil_literal literal_of(const char *text)
{
    pil_analyser *analyser;
    pil_query *query;
    pil_literal literal;
    cr_assert_eq(pil_analyser_new(&analyser, NULL), PIL_OK);
    cr_assert_eq(pil_query_parse(text, strlen(text), NULL, analyser, &query, NULL, NULL), PIL_OK);
    cr_assert_eq(pil_literal_of(query, &literal), PIL_OK);
    pil_query_free(query);
    pil_analyser_free(analyser);
    return literal;
}

Test(literal, one_word_or_phrase_of_ascii_letters_can_be_looked_for)
{
    static const struct {
        const char *query;
        bool can;
    } cases[] = {{"security", true},
                 {"\"united nations\"", true},
                 {"+\"United Nations\"", true},
                 {"united nations", false},
                 {"\"UniTed nations\"", false},
                 {"\"a nation\"", false},
                 {"\"euro-atlantic area\"", false},
                 {"\"article 5\"", false},
                 {"\"Priština dialogue\"", false},
                 {"=security", false},
                 {"secur*", false},
                 {"\"peace war\"~3", false},
                 {"security -peace", false},
                 {"security -security", false},
                 {"security OR peace", false},
                 {"/peace/", false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        pil_literal literal = literal_of(cases[i].query);
        cr_expect_eq(literal.bytes != NULL, cases[i].can, "%s", cases[i].query);
        pil_literal_dispose(&literal);
    }
}

Test(literal, it_stands_where_nothing_touches_it_but_the_end_of_a_word)
{
    pil_literal literal = literal_of("\"unsaid notes\"");
    static const struct {
        const char *text;
        bool stands;
    } cases[] = {{"unsaid notes", true},
                 {"The unsaid Notes.", true},
                 {"(unsaid notes, and", true},
                 {"x\nunsaid notes\ny", true},
                 {"unsaid  notes", false},
                 {"unsaid\nnotes", false},
                 {"unsaid notes.org", false},
                 {"unsaid notes'", false},
                 {"unsaid notes-led", false},
                 {"post-unsaid notes", false},
                 {"unsaid notesx unsaid note", false},
                 {"unsaid", false},
                 {"", false},
                 {"unSaid notes", false}, /* a compound */
                 {"UNSAID NOTES", false},
                 {"unsaid not unsaid notes!", true}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        cr_expect_eq(pil_literal_stands_in(&literal, cases[i].text, strlen(cases[i].text)),
                     cases[i].stands, "[%s]", cases[i].text);
    pil_literal_dispose(&literal);
}

/* In Turkish I is no capital of i. */
Test(literal, i_has_no_capital)
{
    pil_literal literal = literal_of("\"ice age\"");
    cr_expect(pil_literal_stands_in(&literal, "ice Age", 7));
    cr_expect_not(pil_literal_stands_in(&literal, "Ice age", 7));
    pil_literal_dispose(&literal);
}
