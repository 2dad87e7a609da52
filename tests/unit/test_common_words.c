#include "index/common_words.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void offer(pil_common_choice *choice, const char *stem, uint32_t n, bool is_stop_word)
{
    pil_common_choice_offer(choice, stem, strlen(stem), n, is_stop_word);
}

static void expect_line(const pil_common_choice *choice, uint32_t n_paragraphs, const char *line)
{
    char *made = pil_common_choice_line(choice, n_paragraphs);
    cr_expect_str_eq(made, line);
    free(made);
}

Test(common_words, are_those_that_one_in_fifty_has_in_order_of_their_bytes)
{
    pil_common_choice choice = {.n_items = 0};
    offer(&choice, "of", 20, true);
    offer(&choice, "council", 30, false);
    offer(&choice, "rare", 19, false);
    offer(&choice, "the", 19, true);
    expect_line(&choice, 1000, "council of");
}

/* All words but the last places are taken. */
static void fill(pil_common_choice *choice, size_t n_free)
{
    for (size_t i = 0; i < PIL_COMMON_WORDS_MAX - n_free; i++) {
        char stem[24];
        snprintf(stem, sizeof stem, "f%02zu", i);
        offer(choice, stem, 900, false);
    }
}

static bool has(const pil_common_choice *choice, const char *stem)
{
    for (size_t i = 0; i < choice->n_items; i++)
        if (strcmp(choice->items[i].stem, stem) == 0)
            return true;
    return false;
}

Test(common_words, of_equally_frequent_ones_stop_words_go_first)
{
    pil_common_choice choice = {.n_items = 0};
    fill(&choice, 2);
    offer(&choice, "above", 100, false);
    offer(&choice, "below", 100, false);
    offer(&choice, "with", 100, true);
    offer(&choice, "more", 101, false);
    cr_expect_eq(choice.n_items, PIL_COMMON_WORDS_MAX);
    cr_expect(has(&choice, "with"));
    cr_expect(has(&choice, "more"));
    cr_expect_not(has(&choice, "above"));
    cr_expect_not(has(&choice, "below"));
}

Test(common_words, of_equally_frequent_others_the_bytes_decide)
{
    pil_common_choice choice = {.n_items = 0};
    fill(&choice, 1);
    offer(&choice, "below", 100, false);
    offer(&choice, "above", 100, false);
    cr_expect(has(&choice, "above"));
    cr_expect_not(has(&choice, "below"));
}
