#include "query/format.h"

#include "query/hit_fields.h"
#include "support/sample_hit.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#define NAMES                                                                                      \
    "rank,score,path,line,page,article,paragraph,id,title,author,date,language,source,url,"        \
    "heading,missing,text,member\n"

static char *csv_of(const pil_hit *hits, size_t n_hits)
{
    const pil_format_settings settings = pil_sample_settings();
    return pil_sample_render(pil_format_csv_new, &settings, hits, n_hits);
}

/* Reads one field as RFC 4180 defines it, and nothing that it does not, into out; returns what
 * stands behind it. */
static const char *read_field(const char *at, char *out)
{
    if (*at != '"') {
        while (*at != ',' && *at != '\n') {
            cr_assert(*at != '"' && *at != '\0', "a quote in a field without quotes");
            *out++ = *at++;
        }
        *out = '\0';
        return at;
    }
    for (at++; *at != '"' || at[1] == '"'; at++) {
        cr_assert_neq(*at, '\0', "a quote that is not closed");
        at += *at == '"';
        *out++ = *at;
    }
    *out = '\0';
    return at + 1;
}

/* Field number of the record after the names; there must be as many as names. */
static void expect_field(const char *csv, pil_hit_field number, const char *wanted)
{
    static char field[4096];
    const char *at = strchr(csv, '\n') + 1;
    for (int i = PIL_HIT_RANK; i < PIL_HIT_N_FIELDS; i++) {
        at = read_field(at, field);
        if (i == (int)number)
            cr_expect_str_eq(field, wanted);
        cr_assert_eq(*at, i + 1 == PIL_HIT_N_FIELDS ? '\n' : ',');
        at++;
    }
    cr_expect_eq(*at, '\0');
}

Test(format_table, a_line_of_names_stands_above_a_line_a_hit)
{
    const pil_hit hit = pil_sample_hit_with_text("plain words", NULL, 0);
    char *csv = csv_of(&hit, 1);
    cr_expect_eq(strncmp(csv, NAMES, strlen(NAMES)), 0, "%s", csv);
    expect_field(csv, PIL_HIT_RANK, "1");
    expect_field(csv, PIL_HIT_PATH, "nato/skopje.txt");
    expect_field(csv, PIL_HIT_TEXT, "plain words");
    free(csv);
}

Test(format_table, no_hits_are_the_names)
{
    char *csv = csv_of(NULL, 0);
    cr_expect_str_eq(csv, NAMES);
    free(csv);
}

Test(format_table, what_is_odd_comes_back_from_a_strict_reader)
{
    static const struct {
        const char *text, *wanted;
    } cases[] = {
        {"one, two", "one, two"},
        {"a \"quote\", and \"\" more", "a \"quote\", and \"\" more"},
        {"\"", "\""},
        {"\"all\"", "\"all\""},
        {"two\nlines\tand  spaces ", "two lines and spaces"},
        {"an \x1B[31mescape", "an \\x1B[31mescape"},
        {"\xE2\x80\xAEreversed", "\\u{202E}reversed"},
        {"bad \xFF byte", "bad \\xFF byte"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const pil_hit hit = pil_sample_hit_with_text(cases[i].text, NULL, 0);
        char *csv = csv_of(&hit, 1);
        expect_field(csv, PIL_HIT_TEXT, cases[i].wanted);
        free(csv);
    }
}

Test(format_table, words_that_are_lacking_are_one_field)
{
    static const uint32_t missing[] = {2, 3};
    pil_hit hit = pil_sample_hit();
    hit.missing = missing;
    hit.n_missing = 2;
    char *csv = csv_of(&hit, 1);
    expect_field(csv, PIL_HIT_MISSING, "dialogue; Kosovo");
    free(csv);
}

Test(format_table, the_file_in_an_archive_is_a_field_of_its_own)
{
    pil_hit hit = pil_sample_hit();
    hit.path = "/home/u/news/reports.zip";
    hit.member = "inner.zip#a, b.txt";
    char *csv = csv_of(&hit, 1);
    expect_field(csv, PIL_HIT_PATH, "reports.zip");
    expect_field(csv, PIL_HIT_MEMBER, "inner.zip#a, b.txt");
    free(csv);
}

/* Neither tabs nor line breaks are in a field, so that quotes mean nothing there. */
Test(format_table, tsv_has_tabs_and_no_quotes)
{
    const pil_format_settings settings = pil_sample_settings();
    const pil_hit hit = pil_sample_hit_with_text("a \"b\",\tc", NULL, 0);
    char *tsv = pil_sample_render(pil_format_tsv_new, &settings, &hit, 1);
    size_t n_tabs = 0;
    for (const char *at = tsv; (at = strchr(at, '\t')) != NULL; at++)
        n_tabs++;
    cr_expect_eq(n_tabs, 2 * (PIL_HIT_N_FIELDS - 2));
    cr_expect_not_null(strstr(tsv, "\ta \"b\", c\t\n"));
    free(tsv);
}

Test(format_table, of_several_topics_the_first_column_is_the_topic)
{
    pil_format_settings settings = pil_sample_settings();
    settings.has_topics = true;
    settings.topic = "t31";
    const pil_hit hit = pil_sample_hit();
    char *csv = pil_sample_render(pil_format_csv_new, &settings, &hit, 1);
    cr_expect_eq(strncmp(csv, "topic," NAMES "t31,1,", strlen("topic," NAMES "t31,1,")), 0, "%s",
                 csv);
    free(csv);
}

Test(format_table, a_full_disk_is_an_error)
{
    pil_format_settings settings = pil_sample_settings();
    settings.out = fopen("/dev/full", "w");
    cr_assert_not_null(settings.out);
    const pil_hit hit = pil_sample_hit();
    cr_expect_eq(pil_sample_run(pil_format_csv_new, &settings, &hit, 1, NULL), PIL_IO);
    fclose(settings.out);
}

Test(format_table, a_reader_that_is_gone_is_a_quiet_end)
{
    pil_format_settings settings = pil_sample_settings();
    settings.out = pil_sample_broken_pipe();
    const pil_hit hit = pil_sample_hit();
    cr_expect_eq(pil_sample_run(pil_format_tsv_new, &settings, &hit, 1, NULL), PIL_DONE);
    fclose(settings.out);
}
