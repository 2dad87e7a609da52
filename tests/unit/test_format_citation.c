#include "query/format.h"

#include "support/sample_hit.h"

#include <criterion/criterion.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static void expect_rendered(pil_formatter_maker *make, const pil_hit *hits, size_t n_hits,
                            const char *wanted)
{
    const pil_format_settings settings = pil_sample_settings();
    char *text = pil_sample_render(make, &settings, hits, n_hits);
    cr_expect_str_eq(text, wanted, "%s\nis not\n%s", text, wanted);
    free(text);
}

static pil_hit full_hit(void)
{
    static const pil_match_range ranges[] = {{0, 6, 0}};
    pil_hit hit = pil_sample_hit_with_text("Allies *and* peace.", ranges, 1);
    hit.author = "Ana Petrova";
    hit.title = "On peace";
    hit.source = "A Paper";
    hit.date = "2023-11-22T10:00";
    hit.url = "https://example.org/a_b";
    return hit;
}

Test(format_citation, plain_is_the_quotation_and_its_source)
{
    const pil_hit hit = full_hit();
    expect_rendered(pil_format_cite_plain_new, &hit, 1,
                    "“Allies *and* peace.”\n"
                    "Ana Petrova. “On peace.” A Paper, 2023-11-22, paragraph 5, "
                    "https://example.org/a_b\n");
}

Test(format_citation, markdown_is_a_block_quotation_without_emphasis)
{
    const pil_hit hit = full_hit();
    expect_rendered(pil_format_cite_markdown_new, &hit, 1,
                    "> Allies \\*and\\* peace.\n"
                    ">\n"
                    "> — Ana Petrova. “On peace.” *A Paper*, 2023-11-22, paragraph 5, "
                    "https://example.org/a\\_b\n");
}

Test(format_citation, what_is_not_known_leaves_no_punctuation)
{
    pil_hit hit = pil_sample_hit_with_text("text", NULL, 0);
    expect_rendered(pil_format_cite_plain_new, &hit, 1, "“text”\nparagraph 5, nato/skopje.txt\n");
    hit.title = "Why?";
    hit.page = 12;
    expect_rendered(pil_format_cite_plain_new, &hit, 1,
                    "“text”\n“Why?” p. 12, paragraph 5, nato/skopje.txt\n");
    hit.author = "J. Doe Jr.";
    hit.title = "";
    hit.date = "Spring 2023";
    expect_rendered(pil_format_cite_plain_new, &hit, 1,
                    "“text”\nJ. Doe Jr. Spring 2023, p. 12, paragraph 5, nato/skopje.txt\n");
}

Test(format_citation, citations_are_set_apart_by_an_empty_line)
{
    const pil_hit hits[] = {pil_sample_hit_with_text("one", NULL, 0),
                            pil_sample_hit_with_text("two", NULL, 0)};
    expect_rendered(pil_format_cite_plain_new, hits, 2,
                    "“one”\nparagraph 5, nato/skopje.txt\n"
                    "\n"
                    "“two”\nparagraph 5, nato/skopje.txt\n");
}

Test(format_citation, nothing_of_a_document_is_a_control_character)
{
    pil_hit hit = pil_sample_hit_with_text("a\x1B[31mb", NULL, 0);
    hit.title = "t\x1B]8;;x\x07";
    hit.url = "http://x/\x1B\xFF";
    pil_formatter_maker *const makers[] = {pil_format_cite_plain_new, pil_format_cite_markdown_new,
                                           pil_format_bibtex_new, pil_format_csl_new};
    const pil_format_settings settings = pil_sample_settings();
    for (size_t i = 0; i < sizeof makers / sizeof makers[0]; i++) {
        char *text = pil_sample_render(makers[i], &settings, &hit, 1);
        cr_expect(strpbrk(text, "\x1B\x07\xFF") == NULL, "%s", text);
        free(text);
    }
}

Test(format_citation, bibtex_has_an_article_where_there_is_a_source)
{
    const pil_hit hit = full_hit();
    expect_rendered(pil_format_bibtex_new, &hit, 1,
                    "@article{pilcrow-0123456789abcdef,\n"
                    "  author  = {{Ana Petrova}},\n"
                    "  title   = {{On peace}},\n"
                    "  journal = {{A Paper}},\n"
                    "  year    = {2023},\n"
                    "  month   = nov,\n"
                    "  day     = {22},\n"
                    "  url     = {https://example.org/a_b},\n"
                    "  note    = {paragraph 5}\n"
                    "}\n");
}

Test(format_citation, bibtex_names_the_file_where_there_is_no_address)
{
    pil_hit hit = pil_sample_hit_with_text("text", NULL, 0);
    hit.date = "Spring 2023";
    expect_rendered(pil_format_bibtex_new, &hit, 1,
                    "@misc{pilcrow-0123456789abcdef,\n"
                    "  note    = {paragraph 5, nato/skopje.txt, dated Spring 2023}\n"
                    "}\n");
}

static void expect_title(const char *title, const char *wanted)
{
    const pil_format_settings settings = pil_sample_settings();
    pil_hit hit = pil_sample_hit_with_text("text", NULL, 0);
    hit.title = title;
    char *text = pil_sample_render(pil_format_bibtex_new, &settings, &hit, 1);
    cr_expect_not_null(strstr(text, wanted), "%s", text);
    free(text);
}

Test(format_citation, bibtex_escapes_what_is_special_to_tex)
{
    expect_title("5% & $2 #1 a_b", "{{5\\% \\& \\$2 \\#1 a\\_b}}");
    expect_title("a\\b ~ ^", "{{a{\\textbackslash}b {\\textasciitilde} {\\textasciicircum}}}");
    expect_title("Kovačevski \"said\" @", "{{Kovačevski \"said\" @}}");
}

Test(format_citation, braces_of_a_text_never_unbalance_bibtex)
{
    expect_title("a {b {c}} d", "{{a \\{b \\{c\\}\\} d}}");
    expect_title("a } b {", "{{a {\\textbraceright} b {\\textbraceleft}}}");
    expect_title("{", "{{{\\textbraceleft}}}");
}

Test(format_citation, bibtex_parts_authors_only_where_it_is_plain)
{
    const pil_format_settings settings = pil_sample_settings();
    pil_hit hit = full_hit();
    hit.author = "Ministry of Trade and Industry; Ana Petrova";
    char *text = pil_sample_render(pil_format_bibtex_new, &settings, &hit, 1);
    cr_expect_not_null(
        strstr(text, "author  = {{Ministry of Trade and Industry} and {Ana Petrova}}"), "%s", text);
    free(text);
}

Test(format_citation, an_address_is_encoded_where_it_must_be)
{
    const pil_format_settings settings = pil_sample_settings();
    pil_hit hit = full_hit();
    hit.url = "https://x.org/a%20b_~?q={1}&r=\xC3\xA4\\#s";
    char *text = pil_sample_render(pil_format_bibtex_new, &settings, &hit, 1);
    cr_expect_not_null(strstr(text, "{https://x.org/a%20b_~?q=%7B1%7D&r=%C3%A4%5C#s}"), "%s", text);
    free(text);
}

Test(format_citation, a_paragraph_is_one_entry_however_often_it_comes)
{
    pil_hit hits[] = {full_hit(), full_hit(), full_hit()};
    hits[1].id = "fedcba9876543210";
    const pil_format_settings settings = pil_sample_settings();
    char *text = pil_sample_render(pil_format_bibtex_new, &settings, hits, 3);
    char *second = strstr(text, "}\n\n@article{pilcrow-fedcba9876543210,");
    cr_assert_not_null(second, "%s", text);
    cr_expect_null(strstr(second + 3, "pilcrow-0123456789abcdef"), "%s", text);
    free(text);
}

static json_t *loaded(const pil_hit *hits, size_t n_hits)
{
    const pil_format_settings settings = pil_sample_settings();
    char *text = pil_sample_render(pil_format_csl_new, &settings, hits, n_hits);
    json_t *array = json_loads(text, 0, NULL);
    cr_assert(json_is_array(array), "%s", text);
    free(text);
    return array;
}

Test(format_citation, csl_json_is_an_array_of_items)
{
    pil_hit hit = full_hit();
    hit.author = "A; B";
    hit.language = "en";
    expect_rendered(
        pil_format_csl_new, &hit, 1,
        "[\n"
        "{\"id\":\"pilcrow-0123456789abcdef\",\"type\":\"article-newspaper\","
        "\"author\":[{\"literal\":\"A\"},{\"literal\":\"B\"}],\"title\":\"On peace\","
        "\"container-title\":\"A Paper\",\"issued\":{\"date-parts\":[[2023,11,22]]},"
        "\"URL\":\"https://example.org/a_b\",\"language\":\"en\",\"note\":\"paragraph 5\"}\n"
        "]\n");
    expect_rendered(pil_format_csl_new, &hit, 0, "[\n]\n");
}

Test(format_citation, csl_json_has_what_is_known_of_a_date)
{
    static const struct {
        const char *date, *issued;
    } cases[] = {
        {"2023", "{\"date-parts\": [[2023]]}"},
        {"2023-05", "{\"date-parts\": [[2023, 5]]}"},
        {"2023-05-07", "{\"date-parts\": [[2023, 5, 7]]}"},
        {"May 2023", "{\"literal\": \"May 2023\"}"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        pil_hit hit = full_hit();
        hit.date = cases[i].date;
        json_t *array = loaded(&hit, 1);
        char *issued = json_dumps(json_object_get(json_array_get(array, 0), "issued"), 0);
        cr_expect_str_eq(issued, cases[i].issued);
        free(issued);
        json_decref(array);
    }
}

Test(format_citation, csl_json_leaves_out_what_is_not_known)
{
    const pil_hit hits[] = {pil_sample_hit_with_text("text", NULL, 0), full_hit()};
    json_t *array = loaded(hits, 2);
    json_t *item = json_array_get(array, 0);
    cr_expect_eq(json_array_size(array), 1, "the same paragraph twice");
    cr_expect_eq(json_object_size(item), 3);
    cr_expect_str_eq(json_string_value(json_object_get(item, "type")), "article");
    json_decref(array);
}
