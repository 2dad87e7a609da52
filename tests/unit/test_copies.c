#include "lib/search/copies.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static pil_analyser *analyser;
static pil_copies *copies;
static pil_arena arena;

static void init(void)
{
    pil_error err;
    cr_assert_eq(pil_analyser_new(&analyser, &err), PIL_OK);
    copies = pil_copies_new();
    cr_assert_not_null(copies);
}

static void dispose(void)
{
    pil_copies_free(copies);
    pil_arena_dispose(&arena);
    pil_analyser_free(analyser);
}

TestSuite(copies, .init = init, .fini = dispose);

/* Looks for a text, and adds it when it is no copy; *is_new says so. */
static uint32_t take(const char *text, bool *is_new)
{
    const pil_token *tokens;
    pil_text_runs runs;
    size_t n;
    uint32_t number;
    pil_error err;
    cr_assert_eq(pil_analyser_run(analyser, "en", text, strlen(text), &tokens, &n, &err), PIL_OK);
    cr_assert_eq(pil_copies_runs(&arena, tokens, n, &runs, &err), PIL_OK);
    number = pil_copies_find(copies, &runs);
    *is_new = number == PIL_COPIES_NONE;
    if (*is_new)
        cr_assert_eq(pil_copies_add(copies, &runs, &number, &err), PIL_OK);
    return number;
}

static void expect_copy(const char *text, uint32_t of)
{
    bool is_new;
    cr_expect_eq(take(text, &is_new), of, "%s", text);
    cr_expect_not(is_new, "%s", text);
}

static void expect_new(const char *text)
{
    bool is_new;
    (void)take(text, &is_new);
    cr_expect(is_new, "%s", text);
}

#define STORY                                                                                      \
    "The ministers of the six countries met on Tuesday to discuss the new railway through the "    \
    "valley, which has been planned for thirty years and of which not one kilometre has been "     \
    "built. They agreed that the work should begin in spring, and that each country would pay "    \
    "for its own part of the line."

Test(copies, another_dateline_other_quotes_and_a_small_edit_make_a_copy)
{
    expect_new("SKOPJE, 5 May (Wire) - " STORY);
    expect_copy("PRISTINA (Another Agency): " STORY, 0);
    expect_copy(STORY, 0);
    expect_copy("\xE2\x80\x9C" STORY "\xE2\x80\x9D", 0);
    expect_copy(
        "The ministers of the six countries met on Tuesday to discuss the new railway through "
        "the valley, which has been planned for forty years and of which not one kilometre "
        "has been built. They agreed that the work should begin in spring, and that each "
        "country would pay for its own part of the line.",
        0);
}

Test(copies, case_accents_and_endings_do_not_matter)
{
    expect_new("Mr. Kova\xC4\x8D"
               "evski's proposals were accepted");
    expect_copy("MR KOVACEVSKI'S PROPOSAL WERE ACCEPTED", 0);
}

Test(copies, a_form_filled_in_otherwise_is_no_copy)
{
    expect_new(
        "The Assembly will now hear an address by the President of the Republic of Albania.");
    expect_new("The Assembly will now hear an address by the President of the Republic of Kenya.");
    expect_new("In 2019 exports grew by 5 per cent and imports by 3 per cent, the office said.");
    expect_new("In 2020 exports grew by 5 per cent and imports by 3 per cent, the office said.");
    expect_copy("In 2020, exports grew by 5 per cent and imports by 3 per cent, the office said!",
                3);
}

Test(copies, a_text_that_goes_on_is_no_copy)
{
    expect_new(STORY);
    expect_new(STORY " The opposition, which had not been invited, said that the line would never "
                     "carry a train, and pointed to the bridge that was begun before the war.");
}

Test(copies, texts_of_few_words_or_none)
{
    expect_new("");
    expect_new("...");
    expect_new("yes");
    expect_new("no");
    expect_new("yes no");
    expect_copy("Yes!", 2);
    expect_copy("yes, no", 4);
    expect_new("no yes");
}

/* ---- against all pairs ---- */

enum { N_TEXTS = 400, MAX_WORDS = 80, N_NAMES = 60 };

/* Words are numbers, spelt so that the analyser leaves them alone. */
typedef struct word_list {
    int words[MAX_WORDS];
    size_t n;
} word_list;

static bool has_run(const word_list *list, size_t n_before, const int *run)
{
    for (size_t i = 0; i + 3 <= list->n && i < n_before; i++)
        if (memcmp(&list->words[i], run, 3 * sizeof *run) == 0)
            return true;
    return false;
}

/* Jaccard's coefficient over the different runs, by its definition. */
static bool are_copies(const word_list *a, const word_list *b)
{
    size_t n_common = 0, n_a = 0, n_b = 0;
    for (size_t i = 0; i + 3 <= a->n; i++) {
        bool is_first = !has_run(a, i, &a->words[i]);
        n_a += is_first;
        n_common += is_first && has_run(b, b->n, &a->words[i]);
    }
    for (size_t i = 0; i + 3 <= b->n; i++)
        n_b += !has_run(b, i, &b->words[i]);
    if (a->n < PIL_COPIES_SHORT_WORDS || b->n < PIL_COPIES_SHORT_WORDS)
        return n_a == n_common && n_b == n_common;
    return (double)n_common / (double)(n_a + n_b - n_common) >= 0.75;
}

/* A new text, or an earlier one with up to six changes. */
static void make_text(word_list *lists, size_t i)
{
    word_list *list = &lists[i];
    if (i == 0 || rand() % 3 == 0) {
        list->n = 3 + (size_t)rand() % (MAX_WORDS - 10);
        for (size_t j = 0; j < list->n; j++)
            list->words[j] = rand() % N_NAMES;
        return;
    }
    *list = lists[(size_t)rand() % i];
    for (int changes = rand() % 7; changes > 0; changes--) {
        size_t at = (size_t)rand() % list->n;
        int kind = rand() % 3;
        if (kind == 0 || (kind == 1 && list->n == MAX_WORDS) || (kind == 2 && list->n == 3)) {
            list->words[at] = rand() % N_NAMES;
        } else if (kind == 1) {
            memmove(&list->words[at + 1], &list->words[at], (list->n - at) * sizeof(int));
            list->words[at] = rand() % N_NAMES;
            list->n++;
        } else {
            memmove(&list->words[at], &list->words[at + 1], (list->n - at - 1) * sizeof(int));
            list->n--;
        }
    }
}

static void spell(const word_list *list, char *out, size_t size)
{
    int used = 0;
    for (size_t i = 0; i < list->n; i++)
        used += snprintf(out + used, size - (size_t)used, "q%dx ", list->words[i]);
}

Test(copies, finds_what_comparing_all_pairs_finds, .timeout = 120)
{
    static word_list lists[N_TEXTS];
    uint32_t originals[N_TEXTS];
    size_t n_originals = 0, n_copies = 0;
    srand(7);
    for (size_t i = 0; i < N_TEXTS; i++) {
        char text[MAX_WORDS * 8];
        bool is_new;
        make_text(lists, i);
        spell(&lists[i], text, sizeof text);
        uint32_t wanted = PIL_COPIES_NONE;
        for (size_t j = 0; j < n_originals && wanted == PIL_COPIES_NONE; j++)
            if (are_copies(&lists[originals[j]], &lists[i]))
                wanted = (uint32_t)j;
        uint32_t found = take(text, &is_new);
        cr_assert_eq(is_new, wanted == PIL_COPIES_NONE, "text %zu: %s", i, text);
        cr_assert_eq(found, is_new ? n_originals : wanted, "text %zu: %s", i, text);
        if (is_new)
            originals[n_originals++] = (uint32_t)i;
        else
            n_copies++;
    }
    cr_expect_gt(n_originals, 50);
    cr_expect_gt(n_copies, 50);
}
