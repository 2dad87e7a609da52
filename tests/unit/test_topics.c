#include "query/topics.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static pil_topics topics_of(const char *text, size_t length)
{
    pil_topics topics;
    pil_error err = {0};
    cr_assert_eq(pil_topics_read(text, length, &topics, &err), PIL_OK, "%s", err.message);
    return topics;
}

#define TOPICS(text) topics_of(text, sizeof(text) - 1)

static void expect(const pil_topics *topics, size_t number, size_t line, const char *id,
                   const char *query)
{
    cr_assert_lt(number, topics->n_items);
    const pil_topic *topic = &topics->items[number];
    cr_expect_eq(topic->line, line, "%s: line %zu", id, topic->line);
    cr_expect_str_eq(topic->id, id);
    cr_expect_str_eq(topic->query, query);
    cr_expect_eq(topic->query_bytes, strlen(query));
    cr_expect_null(topic->problem, "%s: %s", id, topic->problem);
}

static void expect_problem(const pil_topics *topics, size_t number, const char *problem)
{
    cr_assert_lt(number, topics->n_items);
    cr_assert_not_null(topics->items[number].problem, "topic %zu has no problem", number);
    cr_expect_str_eq(topics->items[number].problem, problem);
}

Test(topics, a_line_is_an_id_and_a_query)
{
    pil_topics topics = TOPICS("t1\tcollective defense\nt2\t+Kosovo dialogue\tnow");
    cr_expect_eq(topics.n_items, 2);
    expect(&topics, 0, 1, "t1", "collective defense");
    expect(&topics, 1, 2, "t2", "+Kosovo dialogue\tnow");
    pil_topics_dispose(&topics);
}

Test(topics, comments_empty_lines_line_ends_and_a_byte_order_mark_do_not_count)
{
    pil_topics topics = TOPICS("\xEF\xBB\xBF# mine\r\n\r\n  \t\r\n1\t NATO \r\n#2\tEU\n");
    cr_expect_eq(topics.n_items, 1);
    expect(&topics, 0, 4, "1", "NATO");
    pil_topics_dispose(&topics);
}

Test(topics, a_line_that_is_no_topic_has_a_problem)
{
    pil_topics topics =
        TOPICS("just words\n\tNATO\nt1\t \nt 2\tNATO\nt3\x1B[2J\tNATO\nt\xFF\tEU\n");
    cr_assert_eq(topics.n_items, 6);
    expect_problem(&topics, 0, "there is no tab between an id and a query");
    expect_problem(&topics, 1, "it has no id");
    expect_problem(&topics, 2, "it has no query");
    for (size_t i = 3; i < 6; i++) {
        expect_problem(&topics, i, "its id has white space or control characters, or is not UTF-8");
        cr_expect_str_empty(topics.items[i].id);
    }
    pil_topics_dispose(&topics);
}

Test(topics, an_id_stands_once)
{
    pil_topics topics = TOPICS("t1\tNATO\nt2\tEU\nt1\tOSCE\n");
    cr_expect_eq(topics.n_items, 3);
    expect_problem(&topics, 2, "another topic above has the same id");
    pil_topics_dispose(&topics);
}

Test(topics, no_text_has_no_topics)
{
    pil_topics topics = TOPICS("");
    cr_expect_eq(topics.n_items, 0);
    pil_topics_dispose(&topics);
    topics = TOPICS("# nothing\n\n");
    cr_expect_eq(topics.n_items, 0);
    pil_topics_dispose(&topics);
}

Test(topics, a_query_may_have_any_bytes)
{
    pil_topics topics = topics_of("t1\ta\0b\xFF\n", 8);
    cr_assert_eq(topics.n_items, 1);
    cr_expect_eq(topics.items[0].query_bytes, 4);
    cr_expect_arr_eq(topics.items[0].query, "a\0b\xFF", 4);
    pil_topics_dispose(&topics);
}

Test(topics, a_file_of_trec_has_numbers_and_titles)
{
    pil_topics topics = TOPICS("\n<top>\n"
                               "<num> Number: 301\n"
                               "<title> International Organized\n"
                               "Crime\n"
                               "\n"
                               "<desc> Description:\n"
                               "Identify organizations < 10 that participate.\n"
                               "</top>\n"
                               "<TOP><NUM>302</NUM><TITLE>Topic: a < b NEAR/5 c</TITLE></TOP>\n");
    cr_expect_eq(topics.n_items, 2);
    expect(&topics, 0, 2, "301", "International Organized Crime");
    expect(&topics, 1, 10, "302", "a < b NEAR/5 c");
    pil_topics_dispose(&topics);
}

Test(topics, a_top_may_lack_its_end)
{
    pil_topics topics = TOPICS("<top>\n<num>1\n<title>NATO\n<top>\n<num>2\n<title>EU");
    cr_expect_eq(topics.n_items, 2);
    expect(&topics, 0, 1, "1", "NATO");
    expect(&topics, 1, 4, "2", "EU");
    pil_topics_dispose(&topics);
}

Test(topics, a_top_without_number_or_title_has_a_problem)
{
    pil_topics topics =
        TOPICS("<top>\n<title>NATO\n</top>\n<top>\n<num>2\n<desc>EU\n</top>\n<top></top>");
    cr_assert_eq(topics.n_items, 3);
    expect_problem(&topics, 0, "it has no id");
    expect_problem(&topics, 1, "it has no query");
    expect_problem(&topics, 2, "it has no id");
    pil_topics_dispose(&topics);
}

Test(topics, a_line_of_open_brackets_takes_linear_time)
{
    size_t n = 1 << 20;
    char *text = malloc(n + 16);
    cr_assert_not_null(text);
    memcpy(text, "<top>\n", 6);
    for (size_t i = 6; i < n; i += 2)
        memcpy(text + i, "<a", 2);
    pil_topics topics = topics_of(text, n);
    cr_expect_eq(topics.n_items, 1);
    pil_topics_dispose(&topics);
    free(text);
}
