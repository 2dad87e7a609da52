#include "base/buffer.h"
#include "search/query.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static pil_analyser *analyser;

static void make_analyser(void)
{
    cr_assert_eq(pil_analyser_new(&analyser, NULL), PIL_OK);
}

static void free_analyser(void)
{
    pil_analyser_free(analyser);
}

TestSuite(query, .init = make_analyser, .fini = free_analyser);

static pil_query *parse(const char *text)
{
    pil_query *query = NULL;
    pil_error err = {0};
    pil_status status = pil_query_parse(text, strlen(text), NULL, analyser, &query, NULL, &err);
    cr_assert_eq(status, PIL_OK, "%s: %s", text, err.message);
    return query;
}

static void append(pil_buffer *out, const char *before, const char *text, const char *after)
{
    cr_assert_eq(pil_buffer_appendf(out, "%s%s%s", before, text, after), PIL_OK);
}

static void describe_clause(const pil_query *query, const pil_clause *clause, pil_buffer *out)
{
    char number[24];
    snprintf(number, sizeof number, "~%u", clause->distance);
    switch (clause->kind) {
    case PIL_CLAUSE_WORD:
        append(out, clause->is_exact ? "=" : "", clause->text, "");
        return;
    case PIL_CLAUSE_PHRASE:
        append(out, clause->is_exact ? "=\"" : "\"", clause->text, "\"");
        return;
    case PIL_CLAUSE_NEAR:
        append(out, "\"", clause->text, "\"");
        append(out, clause->in_sentence ? "~s" : number, "", "");
        return;
    case PIL_CLAUSE_PATTERN:
        append(out, "<", clause->pattern, ">");
        return;
    case PIL_CLAUSE_FUZZY:
        append(out, "<", clause->pattern, number);
        append(out, ">", "", "");
        return;
    case PIL_CLAUSE_REGEX:
        append(out, "/", clause->pattern, clause->ignores_case ? "/i" : "/");
        return;
    case PIL_CLAUSE_FILTER:
        append(out, pil_filter_field_name(query->tree_filters[clause->filter].field),
               query->tree_filters[clause->filter].value, "");
        return;
    }
}

static void describe_parts(const pil_query *query, const pil_node *group, pil_buffer *out)
{
    static const char *const signs[] = {"", "+", "-"};
    for (const pil_node *part = group->parts; part != NULL; part = part->next) {
        append(out,
               part == group->parts ? ""
               : group->is_any      ? " | "
                                    : " ",
               signs[part->occur], part->is_group ? "(" : "");
        if (part->is_group)
            describe_parts(query, part, out);
        else
            describe_clause(query, &query->clauses[part->clause], out);
        if (part->is_group)
            append(out, ")", "", "");
        else if (part->n_times > 1)
            cr_assert_eq(pil_buffer_appendf(out, "*%u", part->n_times), PIL_OK);
    }
}

/* The tree as one string, like: collective +"attack on all" -(war | conflict) =NATO*2 "peace
 * talks"~5 <defen*>. The caller disposes of out. */
static void describe(const pil_query *query, pil_buffer *out)
{
    pil_buffer_init(out, SIZE_MAX / 2);
    describe_parts(query, query->root, out);
}

typedef struct reading_case {
    const char *query, *clauses;
    size_t n_notes;
} reading_case;

static void expect_readings(const reading_case *cases, size_t n_cases)
{
    for (size_t i = 0; i < n_cases; i++) {
        pil_buffer got;
        pil_query *query = parse(cases[i].query);
        describe(query, &got);
        cr_expect_str_eq(got.bytes, cases[i].clauses, "[%s] was read as [%s], not [%s]",
                         cases[i].query, got.bytes, cases[i].clauses);
        cr_expect_eq(query->n_notes, cases[i].n_notes, "[%s] has %zu notes, the first: %s",
                     cases[i].query, query->n_notes,
                     query->n_notes > 0 ? query->notes[0] : "(none)");
        pil_buffer_dispose(&got);
        pil_query_free(query);
    }
}

#define EXPECT_READINGS(cases) expect_readings(cases, sizeof(cases) / sizeof *(cases))

Test(query, words_are_separated_by_white_space_of_any_kind)
{
    static const reading_case cases[] = {
        {"collective defense", "collective defense", 0},
        {"  collective \t\r\n\v\f defense ", "collective defense", 0},
        {"collective\u00A0defense\u3000treaty\u2009law\u2028sea",
         "collective defense treaty law sea", 0},
        {"Kovačevski", "Kovačevski", 0},
    };
    EXPECT_READINGS(cases);
}

Test(query, every_usual_quote_makes_a_phrase)
{
    static const reading_case cases[] = {
        {"\"attack on all\"", "+\"attack on all\"", 0},
        {"“attack on all”", "+\"attack on all\"", 0},
        {"„Angriff auf alle“", "+\"Angriff auf alle\"", 0},
        {"„napad na sve”", "+\"napad na sve\"", 0},
        {"”attack mot alla”", "+\"attack mot alla\"", 0},
        {"«attaque contre tous»", "+\"attaque contre tous\"", 0},
        {"»Angriff auf alle«", "+\"Angriff auf alle\"", 0},
        {"“attack on all\"", "+\"attack on all\"", 0},
        {"\"Kosovo\"", "+\"Kosovo\"", 0},
        {"one \"two three\" four", "one +\"two three\" four", 0},
        {"one\"two three\"four", "one +\"two three\" four", 0},
        {"\"the «big» one\"", "+\"the «big» one\"", 0},
        {"\"a b\" \"c d\"", "+\"a b\" +\"c d\"", 0},
    };
    EXPECT_READINGS(cases);
}

Test(query, a_sign_counts_only_right_before_a_word_or_phrase)
{
    static const reading_case cases[] = {
        {"+Kosovo -Serbia dialogue", "+Kosovo -Serbia dialogue", 0},
        {"dialogue -\"Middle East\" +“peace process”",
         "dialogue -\"Middle East\" +\"peace process\"", 0},
        {"A + B", "A B", 1},
        {"A - B", "A B", 1},
        {"Euro-Atlantic", "Euro-Atlantic", 0},
        {"C++ code", "C++ code", 0},
        {"one --two +-three", "one --two +-three", 0},
        {"\"one\"-two", "+\"one\" -two", 0},
        {"\"-one +two\"", "+\"-one +two\"", 0},
        {"one -", "one", 1},
    };
    EXPECT_READINGS(cases);
}

Test(query, a_hyphen_that_is_no_sign_excludes_nothing)
{
    static const char *const queries[] = {"\"Srebrenica\"-resolution", "Srebrenica --resolution",
                                          "Srebrenica +-resolution", "Srebrenica–-resolution",
                                          "Srebrenica\" -- resolution"};
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        pil_query *query = parse(queries[i]);
        for (size_t j = 0; j < query->n_clauses; j++)
            cr_expect_neq(query->clauses[j].occur, PIL_OCCUR_MUST_NOT, "[%s] clause %zu",
                          queries[i], j);
        pil_query_free(query);
    }
}

Test(query, a_quote_that_nothing_closes_is_ignored_with_a_note)
{
    static const reading_case cases[] = {
        {"\"collective defense", "collective defense", 1},
        {"collective\" defense", "collective defense", 1},
        {"+\"collective defense", "+collective defense", 1},
        {"collective defense -\"", "collective defense", 1},
        {"\"one two\" \"three four", "+\"one two\" three four", 1},
        {"«one “two three» four", "+\"one “two three\" four", 0},
        {"«one \"two three", "one two three", 1},
    };
    EXPECT_READINGS(cases);
    pil_query *query = parse("one \"two");
    cr_expect_str_eq(query->notes[0], "nothing closes the quote at “\"two”, so it was ignored");
    pil_query_free(query);
}

Test(query, what_has_no_word_is_left_out_with_a_note)
{
    static const reading_case cases[] = {
        {"peace !!! \"...\" ?", "peace", 1},
        {"peace \"\"", "peace", 1},
        {"peace +!!!", "peace", 1},
    };
    EXPECT_READINGS(cases);
    pil_query *query = parse("peace !!! ... ?");
    cr_expect_str_eq(query->notes[0], "there is no word in “!!!”, so it was left out (and 2 more)");
    pil_query_free(query);
}

Test(query, words_near_each_other_have_a_distance)
{
    static const reading_case cases[] = {
        {"\"peace talks\"~5", "+\"peace talks\"~5", 0},
        {"-“peace talks”~0 war", "-\"peace talks\"~0 war", 0},
        {"peace NEAR/5 talks", "+\"peace talks\"~5", 0},
        {"one peace \t NEAR/12  talks two", "one +\"peace talks\"~12 two", 0},
        {"one -peace NEAR/5 talks", "one -\"peace talks\"~5", 0},
        {"+a NEAR/1 b +c NEAR/2 d", "+\"a b\"~1 +\"c d\"~2", 0},
        {"\"x\"a NEAR/1 b\"y z\"", "+\"x\" +\"a b\"~1 +\"y z\"", 0},
        {"Euro-Atlantic NEAR/1 area", "+\"Euro-Atlantic area\"~1", 0},
        {"\"a b\"~99999999999999999999", "+\"a b\"~100000000", 0},
        {"\"a b\"~5 \"a b\"~5 \"a b\"~6 a NEAR/5 b", "+\"a b\"~5*3 +\"a b\"~6", 0},
    };
    EXPECT_READINGS(cases);
}

Test(query, a_distance_that_fits_nothing_is_read_as_words_with_a_note)
{
    static const reading_case cases[] = {
        {"\"a b\"~x", "+\"a b\" ~x", 1},
        {"\"a b\"~5x", "+\"a b\" ~5x", 1},
        {"\"a b\"~5\"c\"", "+\"a b\" ~5 +\"c\"", 1},
        {"\"a b\"~-5", "+\"a b\" ~-5", 1},
        {"\"a b\" ~5", "+\"a b\" ~5", 0},
        {"\"a b\"~ c", "+\"a b\" c", 1},
        {"a~5", "a~5", 0},
        {"NEAR/5 b", "NEAR/5 b", 1},
        {"a NEAR/5", "a NEAR/5", 1},
        {"a NEAR/5 -b", "a NEAR/5 -b", 1},
        {"a NEAR/5 \"b c\"", "a NEAR/5 +\"b c\"", 1},
        {"\"a b\" NEAR/5 c", "+\"a b\" NEAR/5 c", 1},
        {"a NEAR/5 =b", "a NEAR/5 =b", 1},
        {"=a NEAR/5 b", "=a NEAR/5 b", 1},
        {"a NEAR/5 NEAR/6 b", "a NEAR/5 NEAR/6 b", 1},
        {"a NEAR/5 b NEAR/6 c", "+\"a b\"~5 NEAR/6 c", 1},
        {"a NEAR/5 ...", "a NEAR/5", 2},
        {"... NEAR/5 a", "NEAR/5 a", 2},
        {"a near/5 b", "a near/5 b", 0},
        {"a NEAR b", "a NEAR b", 0},
        {"a NEAR/ b", "a NEAR/ b", 0},
        {"a NEAR/5x b", "a NEAR/5x b", 0},
    };
    EXPECT_READINGS(cases);
    pil_query *query = parse("a NEAR/5");
    cr_expect_str_eq(query->notes[0],
                     "“NEAR/5” is no operator where it stands, so it was read as words");
    pil_query_free(query);
}

Test(query, a_word_or_phrase_can_be_wanted_as_written)
{
    static const reading_case cases[] = {
        {"=NATO treaty", "=NATO treaty", 0},
        {"exact:NATO treaty", "=NATO treaty", 0},
        {"+=NATO -exact:Nato", "+=NATO -=Nato", 0},
        {"=\"North Atlantic\"", "+=\"North Atlantic\"", 0},
        {"-exact:“North Atlantic” peace", "-=\"North Atlantic\" peace", 0},
        {"=Euro-Atlantic", "=Euro-Atlantic", 0},
        {"=NATO =nato NATO nato =NATO", "=NATO*2 =nato NATO*2", 0},
        {"=caf\xC3\xA9 =cafe =caf\xC3\xA9", "=caf\xC3\xA9*2 =cafe", 0},
        {"=war -war", "=war -war", 0},
        {"=war -=war", "=war -=war", 1},
        {"==war", "==war", 0},
        {"= war", "war", 1},
        {"a=b", "a=b", 0},
        {"\"a\"=b", "+\"a\" =b", 0},
        {"exact: war", "exact: war", 0},
        {"inexact:war", "inexact:war", 0},
        {"=NEAR/5 war", "=NEAR/5 war", 0},
        {"=\"a b\"~5", "+=\"a b\" ~5", 1},
    };
    EXPECT_READINGS(cases);
    pil_query *query = parse("\"a\"=b");
    cr_expect_not(query->clauses[1].is_exact);
    pil_query_free(query);
}

Test(query, a_clause_is_kept_once_and_counted)
{
    static const reading_case cases[] = {
        {"Kosovo kosovo KOSOVO, dialogue", "Kosovo*3 dialogue", 0},
        {"\"a b\" \"A, B\"", "+\"a b\"*2", 0},
        {"Kosovo \"Kosovo\"", "Kosovo +\"Kosovo\"", 0},
        {"Kosovo +kosovo", "+Kosovo*2", 0},
        {"+Kosovo kosovo", "+Kosovo*2", 0},
        {"peace -war -War", "peace -war*2", 0},
    };
    EXPECT_READINGS(cases);
}

Test(query, asking_for_what_is_excluded_gives_a_note)
{
    static const reading_case cases[] = {
        {"peace war -war", "peace war -war", 1},
        {"-war war war -war", "-war*2 war*2", 1},
        {"\"war\" -war", "+\"war\" -war", 0},
    };
    EXPECT_READINGS(cases);
}

Test(query, a_query_that_can_find_nothing_is_refused_with_advice)
{
    static const struct {
        const char *query, *message;
    } cases[] = {
        {"", "the query has no word in it: give at least one word to look for"},
        {" \t\n", "the query has no word in it: give at least one word to look for"},
        {"\"\"", "the query has no word in it: give at least one word to look for"},
        {"\"", "the query has no word in it: give at least one word to look for"},
        {"+", "the query has no word in it: give at least one word to look for"},
        {"-war", "the query only excludes: add a word to look for, as in: peace -war"},
        {"-war -\"cold war\" ...",
         "the query only excludes: add a word to look for, as in: peace -war"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        pil_query *query = (pil_query *)&query;
        pil_error err = {0};
        pil_status status = pil_query_parse(cases[i].query, strlen(cases[i].query), NULL, analyser,
                                            &query, NULL, &err);
        cr_expect_eq(status, PIL_BAD_QUERY, "[%s]", cases[i].query);
        cr_expect_null(query);
        cr_expect_str_eq(err.message, cases[i].message);
    }
}

Test(query, the_words_of_compounds_and_phrases_are_counted)
{
    static const struct {
        const char *query;
        uint32_t n_words;
    } cases[] = {
        {"Kosovo", 1}, {"Euro-Atlantic", 2}, {"EuroAtlantic", 2}, {"\"an attack on all\"", 4}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        pil_query *query = parse(cases[i].query);
        cr_expect_eq(query->clauses[0].n_words, cases[i].n_words, "[%s] has %u words",
                     cases[i].query, query->clauses[0].n_words);
        pil_query_free(query);
    }
}

Test(query, requiring_all_leaves_exclusions_alone)
{
    pil_query *query = parse("one +two -three");
    pil_query_require_all(query);
    pil_buffer got;
    describe(query, &got);
    cr_expect_str_eq(got.bytes, "+one +two -three");
    pil_buffer_dispose(&got);
    pil_query_free(query);
}

Test(query, bytes_that_are_not_utf8_are_kept_and_shown_mended)
{
    pil_query *query = parse("caf\xE9 \xFF\xFE peace");
    cr_assert_eq(query->n_clauses, 2);
    cr_expect_eq(memcmp(query->clauses[0].text, "caf\xE9", 5), 0);
    cr_assert_eq(query->n_notes, 1);
    cr_expect_str_eq(query->notes[0], "there is no word in “\uFFFD\uFFFD”, so it was left out");
    pil_query_free(query);
}

/* "field=value" of each filter, with a "-" before those that exclude. */
static void expect_filters(const char *text, const char *clauses, const char *wanted)
{
    pil_query *query = parse(text);
    pil_buffer got, filters;
    describe(query, &got);
    pil_buffer_init(&filters, SIZE_MAX / 2);
    for (size_t i = 0; i < query->n_filters; i++)
        cr_assert_eq(pil_buffer_appendf(&filters, "%s%s%d=%s", i > 0 ? " " : "",
                                        query->filters[i].excludes ? "-" : "",
                                        (int)query->filters[i].field, query->filters[i].value),
                     PIL_OK);
    cr_expect_str_eq(got.bytes, clauses, "%s", text);
    cr_expect_str_eq(filters.bytes == NULL ? "" : filters.bytes, wanted, "%s", text);
    pil_buffer_dispose(&got);
    pil_buffer_dispose(&filters);
    pil_query_free(query);
}

Test(query, fields_are_no_words)
{
    expect_filters("peace title:Skopje", "peace", "0=Skopje");
    expect_filters("title:Skopje peace", "peace", "0=Skopje");
    expect_filters("peace title:\"Skopje talks\" war", "peace war", "0=Skopje talks");
    expect_filters("peace title:\xE2\x80\x9CSkopje talks\xE2\x80\x9D", "peace", "0=Skopje talks");
    expect_filters("peace -path:*.md +lang:en", "peace", "-4=*.md 5=en");
    expect_filters("a author:b author:c", "a", "1=b 1=c");
}

Test(query, what_only_looks_like_a_field_is_words)
{
    expect_filters("title: Skopje", "title: Skopje", "");
    expect_filters("subtitle:Skopje", "subtitle:Skopje", "");
    expect_filters("http://title:80", "http://title:80", "");
    expect_filters("peace title:", "peace title:", "");
}

Test(query, a_zero_byte_separates_words)
{
    pil_query *query = NULL;
    cr_assert_eq(pil_query_parse("one\0two", 7, NULL, analyser, &query, NULL, NULL), PIL_OK);
    cr_expect_eq(query->n_clauses, 2);
    pil_query_free(query);
}

/* before, "w0 w1 ..." with n words, after: the caller frees it. */
static char *many_words(const char *before, size_t n, const char *after)
{
    pil_buffer text;
    pil_buffer_init(&text, SIZE_MAX / 2);
    cr_assert_eq(pil_buffer_append_string(&text, before), PIL_OK);
    for (size_t i = 0; i < n; i++)
        cr_assert_eq(pil_buffer_appendf(&text, "%sw%zu", i == 0 ? "" : " ", i), PIL_OK);
    cr_assert_eq(pil_buffer_append_string(&text, after), PIL_OK);
    char *taken = pil_buffer_take(&text, NULL);
    cr_assert_not_null(taken);
    return taken;
}

Test(query, words_beyond_the_limit_are_left_out_with_a_note)
{
    char *text = many_words("", PIL_QUERY_MAX_WORDS, "");
    pil_query *query = parse(text);
    cr_expect_eq(query->n_clauses, PIL_QUERY_MAX_WORDS);
    cr_expect_not(query->is_truncated);
    cr_expect_eq(query->n_notes, 0);
    pil_query_free(query);
    free(text);

    text = many_words("", PIL_QUERY_MAX_WORDS + 5, "");
    query = parse(text);
    cr_expect_eq(query->n_clauses, PIL_QUERY_MAX_WORDS);
    cr_expect(query->is_truncated);
    cr_assert_eq(query->n_notes, 1);
    cr_expect_str_eq(query->notes[0],
                     "the query is too long: only its first 128 words are looked up, not “w128”");
    pil_query_free(query);
    free(text);
}

Test(query, a_phrase_beyond_the_limit_is_cut_and_an_exclusion_dropped)
{
    char *text = many_words("one \"", 200, "\"");
    pil_query *query = parse(text);
    cr_assert_eq(query->n_clauses, 2);
    cr_expect(query->is_truncated);
    cr_expect_eq(query->clauses[1].n_words, PIL_QUERY_MAX_WORDS - 1);
    const char *end = query->clauses[1].text + query->clauses[1].text_bytes - 4;
    cr_expect_str_eq(end, "w126");
    cr_expect_str_eq(query->notes[0], "the query is too long: only its first 128 words are looked "
                                      "up, not “w127 w128 w129 w130 w131 w132 w133 w134 …”");
    pil_query_free(query);

    free(text);

    text = many_words("one -\"", 200, "\"");
    query = parse(text);
    cr_expect_eq(query->n_clauses, 1);
    cr_expect(query->is_truncated);
    pil_query_free(query);
    free(text);
}

Test(query, a_file_instead_of_a_query_is_refused)
{
    size_t length = 3 << 20;
    char *text = malloc(length);
    cr_assert_not_null(text);
    memset(text, 'a', length);
    pil_query *query = NULL;
    pil_error err = {0};
    cr_expect_eq(pil_query_parse(text, length, NULL, analyser, &query, NULL, &err), PIL_BAD_QUERY);
    cr_expect_str_eq(err.message, "the query has 3145728 bytes, more than the 2097152 that are "
                                  "read: give fewer words");
    cr_expect_eq(pil_query_parse(text, PIL_QUERY_MAX_BYTES, NULL, analyser, &query, NULL, NULL),
                 PIL_OK);
    pil_query_free(query);
    free(text);
}

/* Generous, since tests may run under sanitizers on a busy machine; a quadratic reader needs
 * minutes. */
Test(query, the_worst_queries_are_read_at_once)
{
    static const char *const units[] = {"\"",
                                        "“",
                                        "\" ",
                                        "a ",
                                        "+\"a\"",
                                        "! ",
                                        "-a",
                                        "a-",
                                        "«\"",
                                        "\xFF",
                                        "aA",
                                        "\"a\" -\"a\" ",
                                        "a NEAR/1 ",
                                        "=a",
                                        "=\"a\"~1",
                                        "NEAR/1",
                                        "a NEAR/1 . ",
                                        "~",
                                        "(",
                                        ")",
                                        "(a ",
                                        "(a) ",
                                        "a OR ",
                                        "a AND NOT ",
                                        "NOT ",
                                        "(a OR b) ",
                                        "-(",
                                        "OR ",
                                        "/",
                                        "/a",
                                        "/a/ ",
                                        "a* ",
                                        "*a",
                                        "a?",
                                        "?",
                                        "a~ ",
                                        "a~",
                                        "lang:en ",
                                        "(lang:en ",
                                        "title:",
                                        "(lang:en title:a) OR "};
    char *text = malloc(PIL_QUERY_MAX_BYTES);
    cr_assert_not_null(text);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        size_t unit = strlen(units[i]), length = 0;
        for (; length + unit <= PIL_QUERY_MAX_BYTES; length += unit)
            memcpy(text + length, units[i], unit);
        pil_query *query = NULL;
        clock_t begin = clock();
        pil_status status = pil_query_parse(text, length, NULL, analyser, &query, NULL, NULL);
        double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
        cr_expect(status == PIL_OK || status == PIL_BAD_QUERY);
        cr_expect_lt(seconds, 5.0, "[%s] repeated took %.3f s", units[i], seconds);
        pil_query_free(query);
    }
    free(text);
}
