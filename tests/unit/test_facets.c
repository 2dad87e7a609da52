#include "query/facets.h"

#include "support/sample_hit.h"

#include <criterion/criterion.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const pil_facet_value sources[] = {{"Daily, the", 12}, {"a \"b\"\x1B[2J\nc", 3}};
static const pil_facet samples[] = {
    {PIL_FACET_SOURCE, sources, 2, 4},
    {PIL_FACET_YEAR, NULL, 0, 0},
};

typedef enum style { TEXT, TEXT_BEHIND_HITS, COLOR, JSON, CSV, TSV } style;

static pil_status write_to(FILE *out, style how, const pil_facet *facets, size_t n, pil_error *err)
{
    pil_format_settings settings = pil_sample_settings();
    settings.out = out;
    settings.color = how == COLOR;
    switch (how) {
    case JSON:
        return pil_facets_json(&settings, facets, n, err);
    case CSV:
        return pil_facets_table(&settings, facets, n, ',', err);
    case TSV:
        return pil_facets_table(&settings, facets, n, '\t', err);
    default:
        return pil_facets_text(&settings, facets, n, how == TEXT_BEHIND_HITS, err);
    }
}

/* What is written; the caller frees it. */
static char *written(style how, const pil_facet *facets, size_t n)
{
    char *text = NULL;
    size_t length;
    pil_error err;
    FILE *out = open_memstream(&text, &length);
    cr_assert_eq(write_to(out, how, facets, n, &err), PIL_OK);
    fclose(out);
    return text;
}

static void expect_written(style how, const char *wanted)
{
    char *text = written(how, samples, 2);
    cr_expect_str_eq(text, wanted, "%s", text);
    free(text);
}

Test(facets, text_has_a_block_a_field_and_is_safe)
{
    expect_written(TEXT, "paragraphs by source\n"
                         "      12  Daily, the\n"
                         "       3  a \"b\"\\x1B[2J c\n"
                         "       4  not known\n");
    expect_written(TEXT_BEHIND_HITS, "\nparagraphs by source\n"
                                     "      12  Daily, the\n"
                                     "       3  a \"b\"\\x1B[2J c\n"
                                     "       4  not known\n");
    expect_written(COLOR, "\x1B[1mparagraphs by source\x1B[0m\n"
                          "      12  Daily, the\n"
                          "       3  a \"b\"\\x1B[2J c\n"
                          "       4  \x1B[2mnot known\x1B[0m\n");
}

Test(facets, text_stops_after_twenty_values)
{
    pil_facet_value values[PIL_FACETS_MAX_VALUES + 2];
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
        values[i] = (pil_facet_value){"v", 100 - i};
    pil_facet facet = {PIL_FACET_AUTHOR, values, PIL_FACETS_MAX_VALUES, 0};
    char *text = written(TEXT, &facet, 1);
    cr_expect_null(strstr(text, "more"));
    cr_expect_not_null(strstr(text, "      81  v\n"));
    free(text);
    facet.n_values += 2;
    text = written(TEXT, &facet, 1);
    cr_expect_not_null(strstr(text, "      81  v\n          and 2 more\n"));
    cr_expect_null(strstr(text, " 80 "));
    free(text);
    text = written(CSV, &facet, 1);
    cr_expect_not_null(strstr(text, "author,v,79\n"));
    free(text);
}

Test(facets, tables_have_a_row_a_value)
{
    expect_written(CSV, "field,value,paragraphs\n"
                        "source,\"Daily, the\",12\n"
                        "source,\"a \"\"b\"\"\\x1B[2J c\",3\n"
                        "source,,4\n");
    expect_written(TSV, "field\tvalue\tparagraphs\n"
                        "source\tDaily, the\t12\n"
                        "source\ta \"b\"\\x1B[2J c\t3\n"
                        "source\t\t4\n");
}

Test(facets, json_is_one_object_with_all_of_it)
{
    char *text = written(JSON, samples, 2);
    cr_expect_str_eq(text,
                     "{\"v\":1,\"type\":\"facets\",\"facets\":{\"source\":["
                     "{\"value\":\"Daily, the\",\"paragraphs\":12},"
                     "{\"value\":\"a \\\"b\\\"\\u001B[2J\\nc\",\"paragraphs\":3},"
                     "{\"value\":null,\"paragraphs\":4}],\"year\":[]}}\n",
                     "%s", text);
    json_t *object = json_loads(text, 0, NULL);
    cr_expect_not_null(object);
    json_decref(object);
    free(text);
}

Test(facets, a_value_that_is_not_utf8_is_mended_in_json)
{
    const pil_facet_value value = {"Caf\xE9", 1};
    const pil_facet facet = {PIL_FACET_SOURCE, &value, 1, 0};
    char *text = written(JSON, &facet, 1);
    cr_expect_not_null(strstr(text, "Caf\xEF\xBF\xBD"), "%s", text);
    free(text);
}

Test(facets, a_reader_that_is_gone_ends_it_quietly)
{
    for (style how = TEXT; how <= TSV; how++) {
        pil_error err;
        FILE *out = pil_sample_broken_pipe();
        cr_expect_eq(write_to(out, how, samples, 2, &err), PIL_DONE);
        fclose(out);
    }
}
