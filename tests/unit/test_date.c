/* Dates as sources write them: into ISO 8601 as precise as they are, or left alone. */
#include "indexer/date.h"

#include <criterion/criterion.h>

typedef struct date_case {
    const char *text, *date; /* "" when it is none */
} date_case;

static void expect(bool (*read)(const char *, char *), const date_case *cases, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char out[PIL_DATE_BYTES];
        bool found = read(cases[i].text, out);
        cr_expect_str_eq(out, cases[i].date, "%s: %s", cases[i].text, out);
        cr_expect_eq(found, cases[i].date[0] != '\0', "%s", cases[i].text);
    }
}

#define EXPECT(read, cases) expect(read, cases, sizeof(cases) / sizeof(cases)[0])

Test(date, a_date_becomes_iso_and_keeps_its_precision)
{
    static const date_case cases[] = {
        {"2023", "2023"},
        {"2023-11", "2023-11"},
        {"2023/11", "2023-11"},
        {"2023-11-22", "2023-11-22"},
        {"2023.11.2", "2023-11-02"},
        {" 20231122", "2023-11-22"},
        {"2023-11-22T10:00:00Z", "2023-11-22T10:00:00Z"},
        {"2023-11-22 10:00", "2023-11-22T10:00"},
        {"2023-11-22T10:00:00.123+0100", "2023-11-22T10:00:00+01:00"},
        {"22.11.2023", "2023-11-22"},
        {"2. 1. 2023", "2023-01-02"},
        {"22 November 2023", "2023-11-22"},
        {"November 22, 2023", "2023-11-22"},
        {"Nov. 2nd, 2023", "2023-11-02"},
        {"22nd of November 2023", "2023-11-22"},
        {"Sept 2023", "2023-09"},
        {"May 2023", "2023-05"},
        {"Wed, 22 Nov 2023 10:00:00 +0100", "2023-11-22T10:00:00+01:00"},
        {"Wednesday, 22-Nov-2023 10:00:00 GMT", "2023-11-22T10:00:00Z"},
        {"Monday, March 6, 2023", "2023-03-06"},
        {"29 February 2024", "2024-02-29"},
    };
    EXPECT(pil_date_normalise, cases);
}

Test(date, what_is_no_date_or_may_be_two_is_left_alone)
{
    static const date_case cases[] = {
        {"", ""},
        {"yesterday", ""},
        {"3/4/2023", ""},
        {"2023-13-01", ""},
        {"29 February 2023", ""},
        {"31.4.2023", ""},
        {"22 Novem 2023", ""},
        {"123", ""},
        {"20231322", ""},
        {"2023-11-22x", ""},
        {"99999999999999", ""},
        {"May", ""},
    };
    EXPECT(pil_date_normalise, cases);
}

Test(date, names_of_files_and_addresses_may_have_one)
{
    static const date_case cases[] = {
        {"2023-11-22 talks.txt", "2023-11-22"},
        {"talks_20231122.txt", "2023-11-22"},
        {"talks-2023_11.txt", "2023-11"},
        {"https://example.org/news/2023/11/22/talks.html", "2023-11-22"},
        {"https://example.org/2023/11/talks", "2023-11"},
        {"a-2023-11-b-2022-01-02.txt", "2022-01-02"},
        {"talks-2023.txt", ""},
        {"1234567890.txt", ""},
        {"99991231.txt", ""},
        {"v2023.99.txt", ""},
        {"", ""},
    };
    EXPECT(pil_date_of_name, cases);
}
