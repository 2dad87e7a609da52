#include "query/format.h"

#include "support/sample_hit.h"

#include <criterion/criterion.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static char *rendered(const pil_format_settings *settings, const pil_hit *hits, size_t n_hits)
{
    return pil_sample_render(pil_format_json_new, settings, hits, n_hits);
}

/* The object that one hit becomes; the caller drops it. */
static json_t *object_of(const pil_format_settings *settings, const pil_hit *hit)
{
    char *text = rendered(settings, hit, 1);
    json_error_t error;
    json_t *object = json_loads(text, JSON_ALLOW_NUL, &error);
    cr_assert_not_null(object, "%s: %s", error.text, text);
    free(text);
    return object;
}

Test(format_json, a_hit_is_one_object_on_one_line_with_its_fields_in_order)
{
    const pil_hit hits[] = {pil_sample_hit(), pil_sample_hit()};
    const pil_format_settings settings = pil_sample_settings();
    static const char line[] =
        "{\"v\":1,\"rank\":1,\"score\":8.4123,\"path\":\"nato/skopje.txt\",\"line\":12,"
        "\"article\":\"/home/u/news/nato/skopje.txt\",\"paragraph\":5,"
        "\"id\":\"0123456789abcdef\",\"title\":\"Skopje\",\"author\":null,"
        "\"date\":\"2023-11-22\",\"language\":\"en\",\"source\":null,\"url\":null,"
        "\"heading\":\"Deterrence\",\"begin\":1000,\"end\":1051,"
        "\"text\":\"Allies rely on collective\\ndefense, and on dialogue.\","
        "\"missing\":[\"Kosovo\"],\"ranges\":[[15,25],[26,33],[42,50]]}\n";
    char *text = rendered(&settings, hits, 2);
    cr_expect_eq(strlen(text), 2 * strlen(line), "%s", text);
    cr_expect_eq(strncmp(text, line, strlen(line)), 0, "%s", text);
    cr_expect_str_eq(text + strlen(line), line);
    free(text);
}

Test(format_json, no_hit_is_no_output)
{
    const pil_format_settings settings = pil_sample_settings();
    char *text = rendered(&settings, NULL, 0);
    cr_expect_str_empty(text);
    free(text);
}

Test(format_json, sentences_are_ranges_of_the_text)
{
    const pil_match_range ranges[] = {{0, 3, 0}, {14, 17, 0}, {18, 21, 1}};
    pil_format_settings settings = pil_sample_settings();
    settings.max_sentences = 1;
    const pil_hit hit = pil_sample_hit_with_text("One here. Yes one two. No.", ranges, 3);
    json_t *object = object_of(&settings, &hit);
    char *sentences = json_dumps(json_object_get(object, "sentences"), JSON_COMPACT);
    cr_expect_str_eq(sentences, "[[10,22]]");
    cr_expect_str_eq(json_string_value(json_object_get(object, "text")), hit.text);
    free(sentences);
    json_decref(object);
}

Test(format_json, context_grouping_and_page_add_their_fields)
{
    const pil_neighbour before[] = {{4, 10, "before", 6}};
    pil_format_settings settings = pil_sample_settings();
    settings.has_context = true;
    settings.is_grouped = true;
    pil_hit hit = pil_sample_hit();
    hit.before = before;
    hit.n_before = 1;
    hit.page = 7;
    hit.n_more_in_article = 3;
    json_t *object = object_of(&settings, &hit);
    const json_t *entry = json_array_get(json_object_get(object, "before"), 0);
    cr_expect_eq(json_integer_value(json_object_get(entry, "paragraph")), 4);
    cr_expect_eq(json_integer_value(json_object_get(entry, "line")), 10);
    cr_expect_str_eq(json_string_value(json_object_get(entry, "text")), "before");
    cr_expect(json_is_array(json_object_get(object, "after")));
    cr_expect_eq(json_array_size(json_object_get(object, "after")), 0);
    cr_expect_eq(json_integer_value(json_object_get(object, "page")), 7);
    cr_expect_eq(json_integer_value(json_object_get(object, "more_in_article")), 3);
    json_decref(object);
}

Test(format_json, copies_are_listed_when_they_are_collapsed)
{
    const pil_copy copies[] = {{"/home/u/news/a.txt", "", 3, 2}, {"/x/caf\xE9", "", 1, 1}};
    pil_format_settings settings = pil_sample_settings();
    pil_hit hit = pil_sample_hit();
    json_t *object = object_of(&settings, &hit);
    cr_expect_null(json_object_get(object, "copies"));
    json_decref(object);
    settings.has_copies = true;
    object = object_of(&settings, &hit);
    cr_expect_eq(json_array_size(json_object_get(object, "copies")), 0);
    cr_expect(json_is_array(json_object_get(object, "copies")));
    json_decref(object);
    hit.copies = copies;
    hit.n_copies = 2;
    object = object_of(&settings, &hit);
    const json_t *array = json_object_get(object, "copies");
    cr_assert_eq(json_array_size(array), 2);
    const json_t *first = json_array_get(array, 0), *second = json_array_get(array, 1);
    cr_expect_str_eq(json_string_value(json_object_get(first, "path")), "a.txt");
    cr_expect_eq(json_integer_value(json_object_get(first, "line")), 3);
    cr_expect_eq(json_integer_value(json_object_get(first, "paragraph")), 2);
    cr_expect_str_eq(json_string_value(json_object_get(second, "path_bytes")), "2f782f636166e9");
    json_decref(object);
}

Test(format_json, text_comes_through_exactly_and_terminals_get_no_controls)
{
    static const char text[] = "\x1B[2J \"q\" \\ \x7F \xC2\x9B \xE2\x80\xAE \xE2\x80\xA8 "
                               "\xF0\x9F\x91\xA9 </script>\t";
    const pil_format_settings settings = pil_sample_settings();
    pil_hit hit = pil_sample_hit_with_text(text, NULL, 0);
    json_t *object = object_of(&settings, &hit);
    cr_expect_str_eq(json_string_value(json_object_get(object, "text")), text);
    json_decref(object);
    char *line = rendered(&settings, &hit, 1);
    cr_expect_null(strpbrk(line, "\x1B\x7F"), "%s", line);
    cr_expect_not_null(strstr(line, "\\u007F \\u009B \\u202E \\u2028 "), "%s", line);
    free(line);
}

Test(format_json, a_path_that_is_not_utf8_is_also_given_in_hexadecimal)
{
    const pil_format_settings settings = pil_sample_settings();
    pil_hit hit = pil_sample_hit();
    hit.path = "/home/u/news/a\xFF\n.txt";
    json_t *object = object_of(&settings, &hit);
    cr_expect_str_eq(json_string_value(json_object_get(object, "path")), "a\xEF\xBF\xBD\n.txt");
    cr_expect_str_eq(json_string_value(json_object_get(object, "path_bytes")), "61ff0a2e747874");
    json_decref(object);
    hit.path = "/home/u/news/a.txt";
    object = object_of(&settings, &hit);
    cr_expect_null(json_object_get(object, "path_bytes"));
    json_decref(object);
}

Test(format_json, a_full_disk_is_an_error)
{
    pil_format_settings settings = pil_sample_settings();
    settings.out = fopen("/dev/full", "w");
    cr_assert_not_null(settings.out);
    const pil_hit hit = pil_sample_hit();
    cr_expect_eq(pil_sample_run(pil_format_json_new, &settings, &hit, 1, NULL), PIL_IO);
    fclose(settings.out);
}

Test(format_json, a_section_tells_whether_it_is_cut)
{
    pil_format_settings settings = pil_sample_settings();
    settings.has_context = true;
    settings.has_sections = true;
    pil_hit hit = pil_sample_hit();
    hit.is_cut_after = true;
    json_t *object = object_of(&settings, &hit);
    cr_expect(json_is_false(json_object_get(object, "cut_before")));
    cr_expect(json_is_true(json_object_get(object, "cut_after")));
    json_decref(object);
}
