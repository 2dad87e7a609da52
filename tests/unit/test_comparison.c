/* Two ways of asking: who wins, and how it is shown. */
#include "query/comparison.h"
#include "query/comparison_output.h"
#include "query/comparison_svg.h"
#include "query/comparison_text.h"

#include "base/utf8.h"
#include "support/sample_hit.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct sample_topic {
    const char *id;
    double a, b; /* of nDCG@10 */
} sample_topic;

static pil_comparison compare(const sample_topic *topics, size_t n)
{
    pil_comparison comparison = {.options = {"--all", ""}};
    pil_error err = {0};
    for (size_t i = 0; i < n; i++) {
        pil_measures ways[PIL_N_WAYS] = {{{0}}, {{0}}};
        ways[PIL_WAY_A].values[PIL_MEASURE_NDCG_10] = topics[i].a;
        ways[PIL_WAY_B].values[PIL_MEASURE_NDCG_10] = topics[i].b;
        cr_assert_eq(pil_comparison_add(&comparison, topics[i].id, ways, &err), PIL_OK);
    }
    cr_assert_eq(pil_comparison_finish(&comparison, &err), PIL_OK);
    return comparison;
}

static char *written(const pil_comparison *comparison, unsigned width)
{
    char *text = NULL;
    size_t length;
    pil_error err;
    pil_format_settings settings = pil_sample_settings();
    settings.out = open_memstream(&text, &length);
    settings.width = width;
    cr_assert_eq(pil_comparison_text(&settings, comparison, &err), PIL_OK);
    fclose(settings.out);
    return text;
}

static char *drawn(const pil_comparison *comparison)
{
    char *text = NULL;
    size_t length;
    pil_error err;
    FILE *out = open_memstream(&text, &length);
    cr_assert_eq(pil_comparison_svg(out, comparison, &err), PIL_OK);
    fclose(out);
    return text;
}

static void expect_has(const char *text, const char *part)
{
    cr_expect_not_null(strstr(text, part), "[%s] is not in %s", part, text);
}

static size_t count(const char *text, const char *part)
{
    size_t n = 0;
    for (const char *at = text; (at = strstr(at, part)) != NULL; at++)
        n++;
    return n;
}

/* 0.1 + 0.2 and 0.3 differ by rounding only. */
static const sample_topic some[] = {{"up", 0.25, 0.5},
                                    {"same", 0.1 + 0.2, 0.3},
                                    {"down", 1, 0.5},
                                    {"first", 0, 0.75},
                                    {"up2", 0, 0.25}};

Test(comparison, topics_are_won_lost_or_tied_and_ranked_by_how_much)
{
    pil_comparison comparison = compare(some, 5);
    const pil_compared_means *means = &comparison.means[PIL_MEASURE_NDCG_10];
    static const char *const wanted[] = {"first", "up", "up2", "down"};
    cr_expect_eq(means->n_wins[PIL_WAY_A], 1);
    cr_expect_eq(means->n_wins[PIL_WAY_B], 3);
    cr_expect_eq(means->n_ties, 1);
    cr_expect_float_eq(means->ways[PIL_WAY_A], 1.55 / 5, 1e-12);
    cr_expect_float_eq(means->ways[PIL_WAY_B], 2.3 / 5, 1e-12);
    cr_expect(means->test.is_exact);
    cr_assert_eq(comparison.n_ranked, 4);
    for (size_t i = 0; i < 4; i++)
        cr_expect_str_eq(comparison.topics[comparison.ranking[i]].id, wanted[i]);
    cr_expect_eq(comparison.means[PIL_MEASURE_AP].n_ties, 5);
    cr_expect_eq(comparison.means[PIL_MEASURE_AP].test.p, 1);
    pil_comparison_dispose(&comparison);
}

Test(comparison, text_has_a_line_for_each_topic_that_differs)
{
    pil_comparison comparison = compare(some, 5);
    char *text = written(&comparison, 0);
    expect_has(text, "A: --all\nB: as given\ntopics: 5\n\n"
                     "nDCG@10             A        B      B-A\n"
                     "first          0.0000   0.7500  +0.7500\n"
                     "up             0.2500   0.5000  +0.2500\n"
                     "up2            0.0000   0.2500  +0.2500\n"
                     "equal: 1\n"
                     "down           1.0000   0.5000  -0.5000\n\n");
    expect_has(text, "nDCG@10        0.3100   0.4600  +0.1500   +48.4%       1       3      1");
    expect_has(
        text, "AP             0.0000   0.0000  +0.0000        -       0       0      5   1.0000\n");
    free(text);
    pil_comparison_dispose(&comparison);
}

Test(comparison, bars_go_left_or_right_of_one_line)
{
    pil_comparison comparison = compare(some, 5);
    char *text = written(&comparison, 60);
    /* Of 60 columns 42 are taken: 9 are left on either side. */
    expect_has(text, "+0.7500           │█████████\n");
    expect_has(text, "+0.2500           │███\n");
    expect_has(text, "-0.5000     ██████│\n");
    free(text);
    pil_comparison_dispose(&comparison);
}

Test(comparison, what_is_little_beside_the_rest_still_has_a_bar)
{
    const sample_topic topics[] = {{"much", 0, 1}, {"little", 0, 0.0001}, {"less", 0.0001, 0}};
    pil_comparison comparison = compare(topics, 3);
    char *text = written(&comparison, 60);
    expect_has(text, "+0.0001           │▌\n");
    expect_has(text, "-0.0001          ▐│\n");
    free(text);
    pil_comparison_dispose(&comparison);
}

Test(comparison, no_topic_is_wider_than_the_terminal)
{
    sample_topic topics[] = {{"topic-with-a-long-name", 0, 1}, {"ни", 0.2, 0}, {"x", 0, 0.001}};
    pil_comparison comparison = compare(topics, 3);
    for (unsigned width = 55; width < 160; width++) {
        char *text = written(&comparison, width);
        const char *line = strstr(text, "nDCG@10  ");
        cr_assert_not_null(line);
        while (*line != '\n') {
            size_t length = strcspn(line, "\n");
            cr_expect_leq(pil_utf8_count(line, length), width, "%u: %s", width, text);
            line += length + 1;
        }
        free(text);
    }
    pil_comparison_dispose(&comparison);
}

enum { N_MANY = 2 * PIL_COMPARISON_MAX_SHOWN + 12 };

/* The first half is better with B, the rest, but for the last two, with A. */
static pil_comparison compare_many(void)
{
    static sample_topic topics[N_MANY];
    static char ids[N_MANY][8];
    for (size_t i = 0; i < N_MANY; i++) {
        double much = 0.001 * (double)(i + 1);
        snprintf(ids[i], sizeof ids[i], "t%zu", i);
        topics[i] = (sample_topic){ids[i], 0.5, i < N_MANY / 2 ? 0.5 + much : 0.5 - much};
    }
    topics[N_MANY - 1].b = topics[N_MANY - 2].b = 0.5;
    return compare(topics, N_MANY);
}

Test(comparison, of_many_topics_the_strongest_are_shown_and_the_others_counted)
{
    pil_comparison comparison = compare_many();
    char *text = written(&comparison, 0);
    expect_has(text, "t6             0.5000   0.5070  +0.0070\n"
                     "more that B wins, by 0.0060 or less: 6\n"
                     "equal: 2\n"
                     "more that A wins, by 0.0300 or less: 4\n"
                     "t30            0.5000   0.4690  -0.0310\n");
    cr_expect_null(strstr(text, "\nt5 "));
    cr_expect_null(strstr(text, "\nt29 "));
    free(text);
    pil_comparison_dispose(&comparison);
}

Test(comparison, nothing_to_compare_is_no_fault)
{
    pil_comparison comparison = compare(NULL, 0);
    free(written(&comparison, 80));
    free(drawn(&comparison));
    cr_expect_eq(comparison.means[0].test.p, 1);
    pil_comparison_dispose(&comparison);
}

Test(comparison, a_picture_has_a_bar_for_each_topic_that_differs)
{
    pil_comparison comparison = compare(some, 5);
    char *svg = drawn(&comparison);
    cr_expect_eq(count(svg, "<rect class=\"b\""), 3);
    cr_expect_eq(count(svg, "<rect class=\"a\""), 1);
    /* The axis ends at 0.8: 0.75 of it is 290 / 0.8 * 0.75 wide. */
    expect_has(svg, "x=\"545.00\" y=\"140.00\" width=\"271.88\"");
    expect_has(svg, "<title>down: 1.0000 and 0.5000, -0.5000</title>");
    expect_has(svg, ">first</text>");
    free(svg);
    pil_comparison_dispose(&comparison);
}

Test(comparison, text_in_a_picture_is_no_markup)
{
    const sample_topic topics[] = {{"<t>&\"'\x1b[1m\xEF\xBF\xBF!", 0, 1}};
    pil_comparison comparison = compare(topics, 1);
    comparison.options[PIL_WAY_B] = "--synonyms=<a>&b]]>";
    char *svg = drawn(&comparison);
    expect_has(svg, "<title>&lt;t&gt;&amp;\"'\\x1B[1m!: 0.0000");
    expect_has(svg, "B: --synonyms=&lt;a&gt;&amp;b]]&gt;</text>");
    free(svg);
    pil_comparison_dispose(&comparison);
}

Test(comparison, a_reader_that_is_gone_ends_it_quietly)
{
    pil_error err;
    pil_comparison comparison = compare(some, 5);
    pil_format_settings settings = pil_sample_settings();
    settings.out = pil_sample_broken_pipe();
    cr_expect_eq(pil_comparison_text(&settings, &comparison, &err), PIL_DONE);
    cr_expect_eq(pil_comparison_svg(settings.out, &comparison, &err), PIL_DONE);
    cr_expect_eq(pil_comparison_json(settings.out, &comparison, &err), PIL_DONE);
    cr_expect_eq(pil_comparison_table(settings.out, ',', &comparison, &err), PIL_DONE);
    fclose(settings.out);
    pil_comparison_dispose(&comparison);
}
