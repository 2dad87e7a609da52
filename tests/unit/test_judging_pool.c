/* The paragraphs that are judged for a topic, in an order without ranks. */
#include "query/judging_pool.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

enum { N_HITS = 40 };

static pil_hit hits[N_HITS];
static char articles[N_HITS][32], texts[N_HITS][32];
static pil_qrels qrels;

/* Hit i is paragraph 1 of /d/a<i>.txt and has a text of its own. */
static void make_hits(void)
{
    for (int i = 0; i < N_HITS; i++) {
        snprintf(articles[i], sizeof articles[i], "/d/a%d.txt", i);
        snprintf(texts[i], sizeof texts[i], "text %d", i);
        hits[i] = (pil_hit){.path = articles[i],
                            .article = articles[i],
                            .paragraph = 1,
                            .id = "",
                            .text = texts[i],
                            .text_bytes = strlen(texts[i])};
    }
}

static void set_text(size_t hit, const char *text)
{
    hits[hit].text = text;
    hits[hit].text_bytes = strlen(text);
}

static void read_qrels(const char *text)
{
    cr_assert_eq(pil_qrels_read(text, strlen(text), &qrels, NULL), PIL_OK);
}

static void add(pil_pool *pool, size_t first, size_t n)
{
    cr_assert_eq(pil_pool_add(pool, hits + first, n, PIL_NAMING_PARAGRAPH, "/d", NULL), PIL_OK);
}

static void order(pil_pool *pool, const char *topic_id)
{
    cr_assert_eq(pil_pool_order(pool, topic_id, &qrels, NULL), PIL_OK);
}

static void dispose(pil_pool *pool)
{
    pil_pool_dispose(pool);
    pil_qrels_dispose(&qrels);
}

static const char *name_at(const pil_pool *pool, size_t i)
{
    return pool->paragraphs[i].documents[0].name;
}

Test(judging_pool, a_paragraph_that_several_searches_find_is_there_once, .init = make_hits)
{
    pil_pool pool = {0};
    add(&pool, 0, 10);
    add(&pool, 5, 10);
    order(&pool, "t");
    cr_expect_eq(pool.n, 15);
    for (size_t i = 0; i < pool.n; i++)
        cr_expect_eq(pool.paragraphs[i].n_documents, 1);
    dispose(&pool);
}

Test(judging_pool, the_order_does_not_depend_on_who_found_what_first, .init = make_hits)
{
    pil_pool one = {0}, other = {0};
    add(&one, 0, N_HITS);
    add(&other, 30, 10);
    add(&other, 10, 25);
    add(&other, 0, 15);
    order(&one, "t");
    order(&other, "t");
    cr_assert_eq(one.n, N_HITS);
    cr_assert_eq(other.n, N_HITS);
    for (size_t i = 0; i < N_HITS; i++)
        cr_expect_str_eq(name_at(&one, i), name_at(&other, i));
    dispose(&one);
    dispose(&other);
}

/* Spearman's rank correlation of the order with the ranks; among so many it is beyond 0.5 by chance
 * once in a thousand. */
static double correlation_with_ranks(const pil_pool *pool)
{
    double sum = 0;
    for (size_t i = 0; i < pool->n; i++) {
        double difference = (double)i - (double)(pool->paragraphs[i].documents[0].hit - hits);
        sum += difference * difference;
    }
    return 1 - 6 * sum / ((double)pool->n * ((double)pool->n * (double)pool->n - 1));
}

Test(judging_pool, the_order_tells_nothing_of_ranks_and_is_another_for_each_topic,
     .init = make_hits)
{
    pil_pool first = {0}, second = {0};
    add(&first, 0, N_HITS);
    add(&second, 0, N_HITS);
    order(&first, "t1");
    order(&second, "t2");
    double one = correlation_with_ranks(&first), other = correlation_with_ranks(&second);
    cr_expect(one > -0.5 && one < 0.5, "%f", one);
    cr_expect(other > -0.5 && other < 0.5, "%f", other);
    size_t n_same = 0;
    for (size_t i = 0; i < N_HITS; i++)
        n_same += strcmp(name_at(&first, i), name_at(&second, i)) == 0;
    cr_expect_lt(n_same, N_HITS / 4);
    dispose(&first);
    dispose(&second);
}

static pil_pool_paragraph find(const pil_pool *pool, const char *text)
{
    size_t i = 0;
    while (i < pool->n && strcmp(pool->paragraphs[i].documents[0].hit->text, text) != 0)
        i++;
    cr_assert_lt(i, pool->n, "%s", text);
    return pool->paragraphs[i];
}

Test(judging_pool, equal_texts_are_one_paragraph_and_get_a_line_each, .init = make_hits)
{
    pil_pool pool = {0};
    pil_buffer lines;
    pil_buffer_init(&lines, 1000);
    set_text(3, "the same");
    set_text(7, "the same");
    set_text(1, "the same");
    add(&pool, 0, 10);
    order(&pool, "t");
    cr_expect_eq(pool.n, 8);
    const pil_pool_paragraph same = find(&pool, "the same");
    cr_expect_eq(same.n_documents, 3);
    cr_expect_eq(same.n_open, 3);
    cr_assert_eq(pil_pool_put_lines(&same, "t", 2, &lines), PIL_OK);
    cr_expect_str_eq(lines.bytes, "t 0 a1.txt:1 2\nt 0 a3.txt:1 2\nt 0 a7.txt:1 2\n");
    pil_buffer_dispose(&lines);
    dispose(&pool);
}

Test(judging_pool, what_the_file_has_of_the_topic_is_judged, .init = make_hits)
{
    pil_pool pool = {0};
    pil_buffer lines;
    pil_buffer_init(&lines, 1000);
    set_text(1, "the same");
    set_text(2, "the same");
    read_qrels("t 0 a0.txt:1 0\nt 0 a1.txt:1 3\nu 0 a3.txt:1 1\n");
    add(&pool, 0, 4);
    order(&pool, "t");
    cr_expect_eq(pool.n, 3);
    cr_expect(find(&pool, "text 0").is_judged);
    cr_expect_not(find(&pool, "text 3").is_judged);
    const pil_pool_paragraph same = find(&pool, "the same");
    cr_expect_not(same.is_judged);
    cr_expect_eq(same.n_open, 1);
    cr_assert_eq(pil_pool_put_lines(&same, "t", 0, &lines), PIL_OK);
    cr_expect_str_eq(lines.bytes, "t 0 a2.txt:1 0\n");
    pil_buffer_dispose(&lines);
    dispose(&pool);
}

Test(judging_pool, paragraphs_of_one_name_are_one_line)
{
    pil_pool pool = {0};
    make_hits();
    hits[0].article = hits[0].path = "/d/one/a.txt";
    hits[1].article = hits[1].path = "/d/other/a.txt";
    cr_assert_eq(pil_pool_add(&pool, hits, 2, PIL_NAMING_PARAGRAPH_SHORT, "/d", NULL), PIL_OK);
    order(&pool, "t");
    cr_expect_eq(pool.n, 1);
    cr_expect_str_eq(name_at(&pool, 0), "a.txt:1");
    dispose(&pool);
}

Test(judging_pool, nothing_found_is_nothing_to_judge)
{
    pil_pool pool = {0};
    order(&pool, "t");
    cr_expect_eq(pool.n, 0);
    dispose(&pool);
}
