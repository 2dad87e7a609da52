/* What libxapian is asked for a query, where that cannot be seen in what is found. */
#include "plan.h"
#include "support/index_fixture.h"
#include "support/search_fixture.h"

#include <criterion/criterion.h>
#include <string.h>

static pil_searched_index indexed;

static void init(void)
{
    pil_searched_index_open(&indexed);
    pil_index_fixture_add(indexed.writer, "a", "Defence and defense of the realm.");
    pil_searched_index_commit(&indexed);
}

static void dispose(void)
{
    pil_searched_index_dispose(&indexed);
}

TestSuite(plan, .init = init, .fini = dispose);

/* The plan of text, whose first clause is also found as the alternative, as libxapian tells it. */
static void expect_plan(const char *text, const char *alternative, double weight,
                        const char *const *languages, size_t n_languages, const char *wanted)
{
    pil_query *query;
    pil_matcher *matcher;
    pil_expansions expansions;
    pil_plan plan;
    char *described = NULL;
    pil_analyser *analyser = indexed.search.analyser;
    cr_assert_eq(pil_query_parse(text, strlen(text), NULL, analyser, &query, NULL, NULL), PIL_OK);
    cr_assert_eq(pil_matcher_new(query, analyser, &matcher, NULL), PIL_OK);
    const pil_alternative other = {
        .text = alternative, .text_bytes = strlen(alternative), .weight = weight};
    cr_assert_eq(pil_matcher_add_alternative(matcher, 0, &other, NULL), PIL_OK);
    cr_assert_eq(pil_expansions_make(&expansions, &indexed.search.snapshot, query, matcher, NULL),
                 PIL_OK);
    pil_languages index_languages = {.n = n_languages};
    memcpy(index_languages.codes, languages, n_languages * sizeof *languages);
    pil_language_areas areas = {.languages = &index_languages,
                                .snapshot = &indexed.search.snapshot};
    const pil_plan_settings settings = {.query = query,
                                        .matcher = matcher,
                                        .languages = languages,
                                        .n_languages = n_languages,
                                        .areas = &areas,
                                        .expansions = &expansions};
    cr_assert_eq(pil_plan_make(&plan, &settings, &indexed.search.snapshot, NULL), PIL_OK);
    cr_assert_eq(xc_query_describe(plan.clauses[0], &described, NULL), XC_OK);
    cr_expect_str_eq(described, wanted, "%s: %s", text, described);
    xc_free(described);
    pil_plan_dispose(&plan);
    pil_language_areas_dispose(&areas);
    pil_expansions_dispose(&expansions);
    pil_matcher_free(matcher);
    pil_query_free(query);
}

static const char *const english[] = {"en"};

Test(plan, an_alternative_counts_as_much_as_its_weight)
{
    expect_plan("defence", "defense", 0.5, english, 1, "Query((Zdefenc OR 0.5 * Zdefens))");
    expect_plan("defence", "defense", 1, english, 1, "Query((Zdefenc OR Zdefens))");
    expect_plan("defence defence", "defense", 0.5, english, 1, "Query((Zdefenc OR 0.5 * Zdefens))");
}

Test(plan, a_stem_that_the_word_has_too_counts_once_and_in_full)
{
    expect_plan("defence", "defences", 0.5, english, 1, "Query(Zdefenc)");
}

/* In the first language only the alternative has the stem, in the second the word itself. */
Test(plan, a_stem_that_is_the_words_own_in_any_language_counts_in_full)
{
    static const char *const languages[] = {"xx", "en"};
    expect_plan("defences", "defenc", 0.5, languages, 1, "Query((Zdefences OR 0.5 * Zdefenc))");
    expect_plan("defences", "defenc", 0.5, languages, 2,
                "Query(((Zdefences OR Zdefenc) AND_NOT ((Zdefences FILTER "
                "PostingSource(Xapian::PostingSource subclass)) AND_NOT Zdefenc)))");
}
