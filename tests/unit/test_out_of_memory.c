/* Memory may run out at any allocation: the function then says so, and leaks nothing (which the
 * sanitizers see). */
#include "base/arena.h"
#include "base/buffer.h"
#include "base/file.h"
#include "base/intern.h"
#include "base/utf8.h"
#include "cli/options.h"
#include "cli/paths.h"
#include "cli/terminal_text.h"
#include "lib/search/copies.h"
#include "passage/passage.h"
#include "query/comparison.h"
#include "query/comparison_output.h"
#include "query/comparison_svg.h"
#include "query/comparison_text.h"
#include "query/facets.h"
#include "query/judging_pool.h"
#include "query/query_options.h"
#include "query/timeline.h"
#include "search/query.h"
#include "support/failing_allocation.h"
#include "text/analyser.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ATTEMPTS_MAX = 10000 };

static const char sample[] =
    "# Skopje\n\nThe Allied leaders met: \"an attack on one\" is an attack on all.\n\n"
    "Kova\xC4\x8D"
    "evski, Euro-Atlantic; U.N. \xD0\xA1\xD1\x80\xD0\xB1\xD0\xB8\xD1\x98\xD0\xB0\n\n"
    "A third paragraph, long enough not to join its neighbours, says little more than that.\n";

/* Runs work with more and more allocations that succeed, until none fails. Each earlier run has to
 * say that memory ran out. */
static void expect_no_memory(pil_status (*work)(void))
{
    for (size_t n = 0; n < ATTEMPTS_MAX; n++) {
        pil_failing_allocation_after(n);
        pil_status status = work();
        if (!pil_failing_allocation_stop()) {
            cr_expect_eq(status, PIL_OK, "with all allocations: status %d", (int)status);
            cr_expect_gt(n, 0, "nothing was allocated");
            return;
        }
        cr_expect_eq(status, PIL_NO_MEMORY, "allocation %zu: status %d", n, (int)status);
    }
    cr_assert_fail("no end of allocations");
}

static pil_status grow_buffer(void)
{
    pil_buffer buffer;
    pil_buffer_init(&buffer, 1 << 20);
    pil_status status = PIL_OK;
    for (int i = 0; i < 1000 && status == PIL_OK; i++)
        status = pil_buffer_appendf(&buffer, "line %d of the buffer\n", i);
    pil_buffer_dispose(&buffer);
    return status;
}

Test(out_of_memory, a_buffer_that_grows)
{
    expect_no_memory(grow_buffer);
}

static pil_status fill_arena(void)
{
    pil_arena arena = {0};
    pil_status status = PIL_OK;
    for (size_t i = 0; i < 100 && status == PIL_OK; i++)
        if (pil_arena_copy(&arena, sample, sizeof sample) == NULL ||
            pil_arena_alloc(&arena, i * 1000) == NULL)
            status = PIL_NO_MEMORY;
    pil_arena_dispose(&arena);
    return status;
}

Test(out_of_memory, an_arena_that_grows)
{
    expect_no_memory(fill_arena);
}

static pil_status fill_intern(void)
{
    pil_intern table = {0};
    pil_status status = PIL_OK;
    for (int i = 0; i < 5000 && status == PIL_OK; i++) {
        char word[32];
        uint32_t number = 0;
        int length = snprintf(word, sizeof word, "word-%d", i);
        status = pil_intern_add(&table, word, (size_t)length, &number, NULL);
        if (status == PIL_OK)
            cr_expect_eq(number, (uint32_t)i);
        cr_expect_eq(table.n_entries, (uint32_t)i + (status == PIL_OK));
    }
    pil_intern_dispose(&table);
    return status;
}

Test(out_of_memory, a_table_of_strings_that_grows)
{
    expect_no_memory(fill_intern);
}

static pil_status repair(void)
{
    pil_buffer out;
    size_t n_replaced = 0;
    pil_buffer_init(&out, 1 << 20);
    pil_status status = pil_utf8_repair("a\xFFz", 3, &out, &n_replaced);
    if (status == PIL_OK)
        status = pil_utf8_from_utf16("\x00"
                                     "a",
                                     2, true, &out, &n_replaced);
    pil_buffer_dispose(&out);
    return status;
}

Test(out_of_memory, repairing_text)
{
    expect_no_memory(repair);
}

static pil_status parse_options(void)
{
    char *arguments[] = {(char[]){"pilcrow"}, (char[]){"-n5"}, (char[]){"Kosovo"},
                         (char[]){"-Serbia"}, NULL};
    pil_query_options options;
    pil_status status = pil_query_options_parse(4, arguments, &options, NULL);
    pil_query_options_dispose(&options);
    return status;
}

static pil_status print_help(void)
{
    pil_buffer out;
    pil_buffer_init(&out, 1 << 20);
    pil_status status = pil_options_help(&pil_query_option_table, &out);
    pil_buffer_dispose(&out);
    return status;
}

Test(out_of_memory, options)
{
    expect_no_memory(parse_options);
    expect_no_memory(print_help);
}

static pil_status find_index(void)
{
    pil_index_places places = {.cwd = "/nowhere/below", .home = "/home/reader"};
    char *path = NULL;
    pil_status status = pil_index_path(&places, &path, NULL, NULL);
    free(path);
    return status;
}

static pil_status show_paths(void)
{
    pil_buffer out;
    pil_buffer_init(&out, 1 << 20);
    char *shown = pil_path_display("/home/reader/a\nb", "/home/reader");
    pil_status status = shown == NULL ? PIL_NO_MEMORY : PIL_OK;
    if (status == PIL_OK)
        status = pil_terminal_quote_path(shown, strlen(shown), &out);
    if (status == PIL_OK)
        status = pil_terminal_escape("a\x1B[2J", 5, 0, &out);
    free(shown);
    pil_buffer_dispose(&out);
    return status;
}

Test(out_of_memory, paths)
{
    expect_no_memory(find_index);
    expect_no_memory(show_paths);
}

static pil_status cut_paragraphs(void)
{
    pil_paragraphs paragraphs = {0};
    pil_status status =
        pil_paragraphs_from_text(&paragraphs, sample, sizeof sample - 1, 0, 1, NULL);
    pil_paragraphs_dispose(&paragraphs);
    return status;
}

Test(out_of_memory, cutting_paragraphs)
{
    expect_no_memory(cut_paragraphs);
}

static pil_status analyse(void)
{
    pil_analyser *analyser = NULL;
    const pil_token *tokens = NULL;
    size_t n_tokens = 0;
    pil_status status = pil_analyser_new(&analyser, NULL);
    if (status == PIL_OK)
        status =
            pil_analyser_run(analyser, "en", sample, sizeof sample - 1, &tokens, &n_tokens, NULL);
    pil_analyser_free(analyser);
    return status;
}

Test(out_of_memory, analysing_text)
{
    expect_no_memory(analyse);
}

static pil_status parse_query(void)
{
    static const char query[] = "+Kosovo dialogue -\"attack on all\" Euro-Atlantic defen*";
    pil_analyser *analyser = NULL;
    pil_query *parsed = NULL;
    pil_status status = pil_analyser_new(&analyser, NULL);
    if (status == PIL_OK)
        status = pil_query_parse(query, sizeof query - 1, NULL, analyser, &parsed, NULL, NULL);
    pil_query_free(parsed);
    pil_analyser_free(analyser);
    return status;
}

Test(out_of_memory, parsing_a_query)
{
    expect_no_memory(parse_query);
}

/* Texts of words that are numbers from first on. */
static pil_status take_copy(pil_copies *copies, pil_arena *arena, int first, uint32_t *number)
{
    enum { N_WORDS = 100 };
    pil_token tokens[N_WORDS];
    char words[N_WORDS][8];
    for (int i = 0; i < N_WORDS; i++) {
        int length = snprintf(words[i], sizeof words[i], "%d", first + i);
        tokens[i] = (pil_token){.term = words[i], .term_bytes = (uint32_t)length};
    }
    pil_text_runs runs;
    pil_status status = pil_copies_runs(arena, tokens, N_WORDS, &runs, NULL);
    if (status == PIL_OK)
        *number = pil_copies_find(copies, &runs);
    if (status == PIL_OK && *number == PIL_COPIES_NONE)
        status = pil_copies_add(copies, &runs, number, NULL);
    return status;
}

static pil_status find_copies(void)
{
    pil_copies *copies = pil_copies_new();
    pil_arena arena = {0};
    pil_status status = copies == NULL ? PIL_NO_MEMORY : PIL_OK;
    for (int i = 0; i < 150 && status == PIL_OK; i++) {
        uint32_t number;
        status = take_copy(copies, &arena, 1000 * (i % 100), &number);
        cr_expect(status != PIL_OK || number == (uint32_t)i % 100);
    }
    pil_copies_free(copies);
    pil_arena_dispose(&arena);
    return status;
}

Test(out_of_memory, looking_for_copies)
{
    expect_no_memory(find_copies);
}

static FILE *nowhere;

static pil_status write_facets(void)
{
    static const pil_facet_value values[] = {{"2023", 12}, {"1999", 3}};
    const pil_facet facet = {PIL_FACET_YEAR, values, 2, 4};
    const pil_format_settings settings = {.out = nowhere, .width = 80};
    pil_error err;
    pil_status status = pil_facets_text(&settings, &facet, 1, true, &err);
    if (status == PIL_OK)
        status = pil_facets_table(&settings, &facet, 1, ',', &err);
    return status == PIL_OK ? pil_timeline_text(&settings, &facet, &err) : status;
}

Test(out_of_memory, writing_facets)
{
    nowhere = fopen("/dev/null", "w");
    cr_assert_not_null(nowhere);
    expect_no_memory(write_facets);
    fclose(nowhere);
}

static pil_status fill_pool(void)
{
    pil_hit hits[40] = {{0}};
    char paths[40][32];
    pil_qrels qrels = {0};
    pil_pool pool = {0};
    pil_error err;
    for (int i = 0; i < 40; i++) {
        snprintf(paths[i], sizeof paths[i], "/d/%d.txt", i);
        hits[i] = (pil_hit){.path = paths[i], .article = paths[i], .text = "", .id = ""};
    }
    pil_status status = pil_pool_add(&pool, hits, 40, PIL_NAMING_PARAGRAPH, "/d", &err);
    if (status == PIL_OK)
        status = pil_pool_order(&pool, "t", &qrels, &err);
    pil_pool_dispose(&pool);
    return status;
}

Test(out_of_memory, putting_together_what_is_to_be_judged)
{
    expect_no_memory(fill_pool);
}

static pil_status write_comparison(void)
{
    static const pil_measures ways[2][PIL_N_WAYS] = {{{{0}}, {{1}}}, {{{0.5}}, {{0.25}}}};
    pil_format_settings settings = {.out = nowhere, .width = 100};
    pil_error err = {0};
    pil_comparison comparison = {.options = {"--all", "--language=en"}};
    pil_status status = pil_comparison_add(&comparison, "t1", ways[0], &err);
    if (status == PIL_OK)
        status = pil_comparison_add(&comparison, "t2", ways[1], &err);
    if (status == PIL_OK)
        status = pil_comparison_finish(&comparison, &err);
    if (status == PIL_OK)
        status = pil_comparison_text(&settings, &comparison, &err);
    if (status == PIL_OK)
        status = pil_comparison_svg(nowhere, &comparison, &err);
    if (status == PIL_OK)
        status = pil_comparison_table(nowhere, ',', &comparison, &err);
    pil_comparison_dispose(&comparison);
    return status;
}

Test(out_of_memory, writing_a_comparison)
{
    nowhere = fopen("/dev/null", "w");
    cr_assert_not_null(nowhere);
    expect_no_memory(write_comparison);
    fclose(nowhere);
}
