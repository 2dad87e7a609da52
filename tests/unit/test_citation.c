#include "query/citation.h"

#include "support/sample_hit.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static void expect_date(const char *date, const char *wanted)
{
    pil_citation_date read;
    char text[64] = "none";
    if (pil_citation_date_read(date, &read))
        snprintf(text, sizeof text, "%u-%u-%u", read.year, read.month, read.day);
    cr_expect_str_eq(text, wanted, "%s: %s", date, text);
}

Test(citation, a_date_keeps_its_precision)
{
    expect_date("2023", "2023-0-0");
    expect_date("2023-05", "2023-5-0");
    expect_date("2023-02-28", "2023-2-28");
    expect_date("2023-01-01", "2023-1-1");
    expect_date("2023/12/31", "2023-12-31");
    expect_date("2023-11-22T10:30:00Z", "2023-11-22");
    expect_date("Spring 2023", "none");
    expect_date("", "none");
}

/* The authors, each in brackets. */
static void expect_authors(const char *list, const char *wanted)
{
    char text[256] = "";
    pil_citation_author author;
    size_t at = 0;
    while (pil_citation_next_author(&list, &author))
        at += (size_t)snprintf(text + at, sizeof text - at, "[%.*s]", (int)author.length_bytes,
                               author.name);
    cr_expect_str_eq(text, wanted);
}

Test(citation, authors_are_parted_by_semicolons_only)
{
    expect_authors("Ana Petrova", "[Ana Petrova]");
    expect_authors("Ana Petrova; Jovan Doe;", "[Ana Petrova][Jovan Doe]");
    expect_authors(" ; ;A ;; B ", "[A][B]");
    expect_authors("Ministry of Trade and Industry", "[Ministry of Trade and Industry]");
    expect_authors("Petrova, Ana", "[Petrova, Ana]");
    expect_authors("", "");
}

Test(citation, a_place_has_the_page_where_it_is_known)
{
    pil_hit hit = pil_sample_hit();
    pil_buffer place;
    pil_buffer_init(&place, 100);
    cr_assert_eq(pil_citation_place(&hit, &place), PIL_OK);
    cr_expect_str_eq(place.bytes, "paragraph 5");
    pil_buffer_clear(&place);
    hit.page = 12;
    cr_assert_eq(pil_citation_place(&hit, &place), PIL_OK);
    cr_expect_str_eq(place.bytes, "p. 12, paragraph 5");
    pil_buffer_dispose(&place);
}

Test(citation, a_note_names_the_file_where_there_is_no_address)
{
    const pil_format_settings settings = pil_sample_settings();
    pil_hit hit = pil_sample_hit();
    pil_buffer note;
    pil_buffer_init(&note, 100);
    cr_assert_eq(pil_citation_note(&hit, &settings, &note, NULL), PIL_OK);
    cr_expect_str_eq(note.bytes, "paragraph 5, nato/skopje.txt");
    pil_buffer_clear(&note);
    hit.url = "https://example.org/";
    cr_assert_eq(pil_citation_note(&hit, &settings, &note, NULL), PIL_OK);
    cr_expect_str_eq(note.bytes, "paragraph 5");
    pil_buffer_dispose(&note);
}
