/* Judgements, the measures of rankings by them, and how hits are found among the judged. */
#include "query/evaluate.h"
#include "query/judged_names.h"
#include "query/measures.h"
#include "query/qrels.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

static pil_qrels qrels;

static void read_qrels(const char *text)
{
    pil_error err = {0};
    cr_assert_eq(pil_qrels_read(text, strlen(text), &qrels, &err), PIL_OK, "%s", err.message);
}

static void expect_refused(const char *text, const char *message)
{
    pil_error err = {0};
    cr_expect_eq(pil_qrels_read(text, strlen(text), &qrels, &err), PIL_INVALID_ARGUMENT);
    cr_expect_str_eq(err.message, message, "[%s]: %s", text, err.message);
    pil_qrels_dispose(&qrels);
}

Test(measures, judgements_are_read_whatever_blanks_stand_between)
{
    read_qrels("t1 0 a 2\r\n\n  t2\t0\tb   -1 \nt1 Q0 b 0\nt1 0 c 1");
    cr_expect_eq(qrels.topic_ids.n_entries, 2);
    const pil_qrels_topic *topic = pil_qrels_find(&qrels, "t1");
    cr_assert_not_null(topic);
    cr_expect_eq(topic->n, 3);
    cr_expect_eq(topic->n_relevant, 2);
    cr_expect_eq(pil_qrels_grade(&qrels, topic, "a"), 2);
    cr_expect_eq(pil_qrels_grade(&qrels, topic, "b"), 0);
    cr_expect_eq(pil_qrels_grade(&qrels, topic, "zzz"), 0);
    cr_expect_eq(pil_qrels_grade(&qrels, pil_qrels_find(&qrels, "t2"), "b"), -1);
    cr_expect_eq(pil_qrels_find(&qrels, "t2")->n_relevant, 0);
    cr_expect_null(pil_qrels_find(&qrels, "t3"));
    pil_qrels_dispose(&qrels);
}

Test(measures, what_is_no_judgement_is_refused_with_its_line)
{
    static const char what[] =
        "line 2 is no judgement: topic, 0, document and grade, with blanks between";
    expect_refused("t 0 a 1\nt 0 a\n", what);
    expect_refused("t 0 a 1\nt 0 a 1 1\n", what);
    expect_refused("t 0 a 1\nt 0 b one\n", what);
    expect_refused("t 0 a 1\nt 0 b -\n", what);
    expect_refused("t 0 a 1\nt 0 b 1001\n", what);
    expect_refused("t 0 a 1\nu 0 a 1\nt 0 a 0\n", "a is judged twice for topic t");
}

static pil_measures measure(const int *grades, size_t n)
{
    pil_measures measures;
    cr_assert_eq(pil_measures_of(grades, n, pil_qrels_find(&qrels, "t"), &measures, NULL), PIL_OK);
    return measures;
}

static void expect_value(const pil_measures *measures, int measure, double wanted)
{
    cr_expect_float_eq(measures->values[measure], wanted, 1e-12, "%s is %g, not %g",
                       pil_measure_titles[measure], measures->values[measure], wanted);
}

/* Four relevant ones, of grades 3, 2, 1 and 1; found are those of 2, at rank 2, and of 3, at 5. */
Test(measures, a_ranking_is_measured_by_the_textbook)
{
    read_qrels("t 0 a 3\nt 0 b 2\nt 0 c 1\nt 0 d 1\nt 0 e 0\nt 0 f -1\n");
    static const int grades[] = {0, 2, -1, 0, 3};
    pil_measures found = measure(grades, 5);
    double best = 3 + 2 / log2(3) + 1 / log2(4) + 1 / log2(5);
    expect_value(&found, PIL_MEASURE_NDCG_10, (2 / log2(3) + 3 / log2(6)) / best);
    expect_value(&found, PIL_MEASURE_AP, (1. / 2 + 2. / 5) / 4);
    expect_value(&found, PIL_MEASURE_RR, 0.5);
    expect_value(&found, PIL_MEASURE_P_10, 0.2);
    expect_value(&found, PIL_MEASURE_RECALL_100, 0.5);
    expect_value(&found, PIL_MEASURE_SUCCESS_1, 0);
    expect_value(&found, PIL_MEASURE_SUCCESS_5, 1);
    expect_value(&found, PIL_MEASURE_SUCCESS_10, 1);
    pil_qrels_dispose(&qrels);
}

Test(measures, what_comes_late_counts_for_little)
{
    read_qrels("t 0 a 1\nt 0 b 1\n");
    int grades[200] = {0};
    grades[10] = 1;
    pil_measures found = measure(grades, 200);
    expect_value(&found, PIL_MEASURE_NDCG_10, 0);
    expect_value(&found, PIL_MEASURE_P_10, 0);
    expect_value(&found, PIL_MEASURE_RR, 1. / 11);
    expect_value(&found, PIL_MEASURE_SUCCESS_10, 0);
    expect_value(&found, PIL_MEASURE_RECALL_100, 0.5);
    grades[100] = 1;
    found = measure(grades, 200);
    expect_value(&found, PIL_MEASURE_RECALL_100, 0.5);
    expect_value(&found, PIL_MEASURE_AP, (1. / 11 + 2. / 101) / 2);
    pil_qrels_dispose(&qrels);
}

Test(measures, nothing_found_or_nothing_relevant_is_nought)
{
    static const int none[] = {0, 0};
    read_qrels("t 0 a 0\n");
    pil_measures found = measure(none, 2);
    for (int i = 0; i < PIL_N_MEASURES; i++)
        expect_value(&found, i, 0);
    pil_qrels_dispose(&qrels);
    read_qrels("t 0 a 1\n");
    found = measure(none, 0);
    for (int i = 0; i < PIL_N_MEASURES; i++)
        expect_value(&found, i, 0);
    pil_qrels_dispose(&qrels);
}

/* ---- hits ---- */

static const pil_hit hits[] = {
    {.path = "/w/b c.txt",
     .article = "/w/b c.txt",
     .paragraph = 2,
     .id = "00000000000000aa",
     .score = 3},
    {.path = "/w/d.jsonl",
     .article = "/w/d.jsonl#r1",
     .paragraph = 1,
     .id = "00000000000000bb",
     .score = 2},
    {.path = "/w/d.jsonl",
     .article = "/w/d.jsonl#r2",
     .paragraph = 1,
     .id = "00000000000000cc",
     .score = 2},
    {.path = "/w/b c.txt",
     .article = "/w/b c.txt",
     .paragraph = 1,
     .id = "00000000000000dd",
     .score = 1},
};

static void expect_naming(const char *judgements, pil_naming wanted)
{
    pil_naming found;
    read_qrels(judgements);
    cr_assert_eq(pil_judged_naming_find(&qrels, hits, 4, "/w", &found, NULL), PIL_OK);
    cr_expect_eq(found, wanted, "[%s] names as %d", judgements, (int)found);
    pil_qrels_dispose(&qrels);
}

Test(measures, documents_are_paragraphs_or_articles_by_what_was_judged)
{
    expect_naming("t 0 b%20c.txt:2 1\n", PIL_NAMING_PARAGRAPH);
    expect_naming("t 0 d.jsonl#r1:1 1\n", PIL_NAMING_PARAGRAPH);
    expect_naming("t 0 r1:1 1\n", PIL_NAMING_PARAGRAPH_SHORT);
    expect_naming("t 0 d.jsonl#r2 1\n", PIL_NAMING_ARTICLE);
    expect_naming("t 0 r2 0\n", PIL_NAMING_ARTICLE_SHORT);
    expect_naming("t 0 00000000000000dd 1\n", PIL_NAMING_ID);
    expect_naming("t 0 else 1\n", PIL_N_NAMINGS);
    /* By what most are called. */
    expect_naming("t 0 r1:1 1\nt 0 r1 1\nt 0 r2 1\n", PIL_NAMING_ARTICLE_SHORT);
}

/* r2 stands before r1, as trec_eval has it: their scores are the same. */
Test(measures, an_article_counts_once_where_its_best_paragraph_is)
{
    pil_measures found;
    read_qrels("t 0 r1 1\n");
    cr_assert_eq(pil_evaluate(&qrels, pil_qrels_find(&qrels, "t"), PIL_NAMING_ARTICLE_SHORT, hits,
                              4, "/w", &found, NULL),
                 PIL_OK);
    expect_value(&found, PIL_MEASURE_RR, 1. / 3);
    pil_qrels_dispose(&qrels);
    read_qrels("t 0 b%20c.txt:1 1\n");
    cr_assert_eq(pil_evaluate(&qrels, pil_qrels_find(&qrels, "t"), PIL_NAMING_PARAGRAPH, hits, 4,
                              "/w", &found, NULL),
                 PIL_OK);
    expect_value(&found, PIL_MEASURE_RR, 1. / 4);
    pil_qrels_dispose(&qrels);
}
