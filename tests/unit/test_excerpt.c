#include "query/excerpt.h"

#include "support/sample_hit.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static pil_excerpt excerpt;

static void make_excerpt(void)
{
    pil_excerpt_init(&excerpt);
}

static void free_excerpt(void)
{
    pil_excerpt_dispose(&excerpt);
}

TestSuite(excerpt, .init = make_excerpt, .fini = free_excerpt);

/* The letters a to z are matches of the words 0 to 25, where they stand alone. */
static size_t find_letters(const char *text, pil_match_range *ranges)
{
    size_t n = 0;
    for (uint32_t at = 0; text[at] != '\0'; at++) {
        bool begins = at == 0 || text[at - 1] == ' ';
        bool ends = strchr(" .", text[at + 1]) != NULL;
        if (text[at] >= 'a' && text[at] <= 'z' && begins && ends)
            ranges[n++] = (pil_match_range){at, at + 1, (uint32_t)(text[at] - 'a')};
    }
    return n;
}

/* What stays, with the matches in brackets. */
static void expect_cut(const char *text, size_t max, const char *wanted)
{
    pil_match_range ranges[64];
    pil_hit cut, hit = pil_sample_hit_with_text(text, ranges, find_letters(text, ranges));
    cr_assert_eq(pil_excerpt_cut(&excerpt, &hit, max, &cut, NULL), PIL_OK);
    char marked[512];
    size_t at = 0, copied = 0;
    for (size_t i = 0; i < cut.n_ranges; i++) {
        at += (size_t)snprintf(marked + at, sizeof marked - at, "%.*s[%.*s]",
                               (int)(cut.ranges[i].begin - copied), cut.text + copied,
                               (int)(cut.ranges[i].end - cut.ranges[i].begin),
                               cut.text + cut.ranges[i].begin);
        copied = cut.ranges[i].end;
    }
    snprintf(marked + at, sizeof marked - at, "%s", cut.text + copied);
    cr_expect_str_eq(marked, wanted, "%s\n%s", marked, wanted);
    cr_expect_eq(cut.text_bytes, strlen(cut.text));
}

Test(excerpt, the_sentence_with_the_most_different_words_is_best)
{
    expect_cut("It has a a a. It has a b. It has c.", 1, "… It has [a] [b]. …");
}

Test(excerpt, then_that_with_the_most_matches)
{
    expect_cut("It has a. It has a a. It has b.", 1, "… It has [a] [a]. …");
}

Test(excerpt, then_the_first)
{
    expect_cut("It has a. It has b.", 1, "It has [a]. …");
}

Test(excerpt, words_that_those_before_lack_come_first)
{
    expect_cut("It has a b. It has a b a. Then c.", 2, "… It has [a] [b] [a]. Then [c].");
}

Test(excerpt, sentences_stay_in_the_order_of_the_text)
{
    expect_cut("Here c. None here. There a b. None there.", 2, "Here [c]. … There [a] [b]. …");
}

Test(excerpt, nothing_is_left_out_of_what_has_no_more)
{
    expect_cut("It has a.\nIt has b.", 2, "It has [a].\nIt has [b].");
    expect_cut("It has a", 5, "It has [a]");
}

Test(excerpt, a_sentence_without_a_match_is_left_out)
{
    expect_cut("None. It has a. None.", 3, "… It has [a]. …");
}

Test(excerpt, where_nothing_matches_the_first_stays)
{
    expect_cut("None here. None there.", 3, "None here. …");
    expect_cut("", 1, "");
}

Test(excerpt, a_match_across_sentences_is_cut)
{
    static const pil_match_range ranges[] = {{4, 14, 0}, {15, 18, 1}};
    pil_hit cut, hit = pil_sample_hit_with_text("One end. Begin two. Three.", ranges, 2);
    cr_assert_eq(pil_excerpt_cut(&excerpt, &hit, 1, &cut, NULL), PIL_OK);
    cr_expect_str_eq(cut.text, "One end. …");
    cr_assert_eq(cut.n_ranges, 1);
    cr_expect_eq(cut.ranges[0].begin, 4);
    cr_expect_eq(cut.ranges[0].end, 8);
}

Test(excerpt, it_can_be_used_again)
{
    expect_cut("A z. It has a b c.", 1, "… It has [a] [b] [c].");
    expect_cut("A z. It has a.", 1, "A [z]. …");
}

Test(excerpt, a_sentence_of_one_word_takes_time_linear_in_it)
{
    enum { N = 30000 };
    char *text = malloc(2 * N + 1);
    pil_match_range *ranges = malloc(N * sizeof *ranges);
    cr_assert(text != NULL && ranges != NULL);
    for (uint32_t i = 0; i < N; i++) {
        memcpy(text + 2 * i, "x ", 2);
        ranges[i] = (pil_match_range){2 * i, 2 * i + 1, 0};
    }
    text[2 * N] = '\0';
    pil_hit cut, hit = pil_sample_hit_with_text(text, ranges, N);
    cr_assert_eq(pil_excerpt_cut(&excerpt, &hit, 100, &cut, NULL), PIL_OK);
    cr_expect_eq(cut.n_ranges, N);
    free(text);
    free(ranges);
}
