#include "search/dates.h"
#include "search/filter.h"

#include <criterion/criterion.h>
#include <string.h>

static pil_status read_as(pil_filter_field field, const char *value, pil_filter *out,
                          pil_error *err)
{
    *out = (pil_filter){.field = field, .value = value, .value_bytes = strlen(value)};
    return pil_filter_read(out, 0, err);
}

static void expect_days(pil_filter_field field, const char *value, uint32_t first, uint32_t last)
{
    pil_filter filter;
    pil_error err = {0};
    cr_assert_eq(read_as(field, value, &filter, &err), PIL_OK, "%s: %s", value, err.message);
    cr_expect_eq(filter.first_day, first, "%s: from %u", value, filter.first_day);
    cr_expect_eq(filter.last_day, last, "%s: to %u", value, filter.last_day);
}

static void expect_refused(pil_filter_field field, const char *value, const char *message)
{
    pil_filter filter;
    pil_error err = {0};
    cr_expect_eq(read_as(field, value, &filter, &err), PIL_BAD_QUERY, "%s", value);
    cr_expect_not_null(strstr(err.message, message), "%s: %s", value, err.message);
}

Test(filter, names_end_in_a_colon)
{
    static const struct {
        const char *text;
        size_t length;
        pil_filter_field field;
    } cases[] = {
        {"title:Skopje", 6, PIL_FILTER_TITLE}, {"author:A", 7, PIL_FILTER_AUTHOR},
        {"source:A", 7, PIL_FILTER_SOURCE},    {"heading:A", 8, PIL_FILTER_HEADING},
        {"path:*", 5, PIL_FILTER_PATH},        {"lang:sr", 5, PIL_FILTER_LANGUAGE},
        {"date:2023", 5, PIL_FILTER_DATE},     {"year:2023", 5, PIL_FILTER_DATE},
        {"after:2023", 6, PIL_FILTER_AFTER},   {"before:2023", 7, PIL_FILTER_BEFORE},
    };
    pil_filter_field field;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cr_expect_eq(pil_filter_name(cases[i].text, strlen(cases[i].text), &field),
                     cases[i].length);
        cr_expect_eq(field, cases[i].field, "%s", cases[i].text);
    }
    static const char *const others[] = {"http://a", "titles:a", "Title:a", "title", "ratio:3", ""};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        cr_expect_eq(pil_filter_name(others[i], strlen(others[i]), &field), 0, "%s", others[i]);
}

Test(filter, a_date_is_all_its_days)
{
    expect_days(PIL_FILTER_DATE, "2023", 20230101, 20231231);
    expect_days(PIL_FILTER_DATE, "2023-02", 20230201, 20230228);
    expect_days(PIL_FILTER_DATE, "2024-02", 20240201, 20240229);
    expect_days(PIL_FILTER_DATE, "1900-02", 19000201, 19000228);
    expect_days(PIL_FILTER_DATE, "2000-02", 20000201, 20000229);
    expect_days(PIL_FILTER_DATE, "2023-11-22", 20231122, 20231122);
}

Test(filter, a_range_may_be_open)
{
    expect_days(PIL_FILTER_DATE, "2022..2024-06", 20220101, 20240630);
    expect_days(PIL_FILTER_DATE, "2022-05-01..2022-05-02", 20220501, 20220502);
    expect_days(PIL_FILTER_DATE, "2022..", 20220101, UINT32_MAX);
    expect_days(PIL_FILTER_DATE, "..2022", 0, 20221231);
}

Test(filter, after_and_before_meet_where_a_date_begins)
{
    pil_filter filter;
    expect_days(PIL_FILTER_AFTER, "2020-05", 20200501, UINT32_MAX);
    cr_assert_eq(read_as(PIL_FILTER_BEFORE, "2020-05", &filter, NULL), PIL_OK);
    cr_expect_eq(filter.first_day, 0);
    cr_expect_lt(filter.last_day, 20200501);
    cr_expect_geq(filter.last_day, 20200430);
}

Test(filter, what_is_no_date_is_refused_with_an_example)
{
    static const char *const dates[] = {
        "20x3", "tomorrow", "2023-13",          "2023-00", "2023-02-30",
        "23",   "2023-1",   "2023/11/22",       "..",      "2023...2024",
        "",     "2022..x",  "2022..2023..2024", "20233"};
    for (size_t i = 0; i < sizeof dates / sizeof dates[0]; i++)
        expect_refused(PIL_FILTER_DATE, dates[i], "is no date: write 2023, 2023-05");
    expect_refused(PIL_FILTER_AFTER, "2020..2021", "is no date");
    expect_refused(PIL_FILTER_DATE, "2024..2022", "ends before it begins");
    expect_refused(PIL_FILTER_LANGUAGE, "klingonese", "is no language");
}

Test(filter, the_dates_of_articles_may_go_on)
{
    uint32_t first, last;
    cr_assert(pil_dates_of_article("2023-11-22T10:30:00Z", &first, &last));
    cr_expect(first == 20231122 && last == 20231122);
    cr_assert(pil_dates_of_article("1990", &first, &last));
    cr_expect(first == 19900101 && last == 19901231);
    cr_assert(pil_dates_of_article("2023/11/22", &first, &last));
    cr_expect(first == 20231122 && last == 20231122);
    cr_assert(pil_dates_of_article("2023.11 and more", &first, &last));
    cr_expect(first == 20231101 && last == 20231130);
    static const char *const others[] = {"22 November 2023",
                                         "",
                                         "2023-13",
                                         "2023-11-31",
                                         "2023-1-5",
                                         "2023-11/22",
                                         "2023-111",
                                         "2023\xE2\x80\x93"
                                         "11"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        cr_expect_not(pil_dates_of_article(others[i], &first, &last), "%s", others[i]);
}
