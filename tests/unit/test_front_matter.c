#include "support/read_articles.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct matter_case {
    const char *name, *text, *read;
} matter_case;

static void expect_read(const matter_case *cases, size_t n_cases)
{
    for (size_t i = 0; i < n_cases; i++) {
        char *got = pil_test_read(PIL_FORMAT_TEXT, cases[i].text, strlen(cases[i].text));
        cr_expect_str_eq(got, cases[i].read, "%s\ngot:\n%sexpected:\n%s", cases[i].name, got,
                         cases[i].read);
        free(got);
    }
}

#define EXPECT_READ(cases) expect_read(cases, sizeof(cases) / sizeof(cases)[0])

Test(front_matter, fields_become_metadata)
{
    static const matter_case cases[] = {
        {"all of them",
         "---\ntitle: T\nauthor: A\ndate: 2023-11-22\nlanguage: English\nsource: S\nurl: "
         "https://example.org\n---\nText.",
         "article line=1 title=T author=A date=2023-11-22 language=en source=S "
         "url=https://example.org\n9||Text.\n"},
        {"other spellings", "---\nTitle: T\nauthors: [A, B]\nlang: de-AT\n...\nText.",
         "article line=1 title=T author=A, B language=de\n6||Text.\n"},
        {"authors as a list",
         "---\nauthor:\n  - A\n  - name: B\n    email: b@example.org\n---\nText.",
         "article line=1 title=file author=A, B\n7||Text.\n"},
        {"quoted and folded",
         "---\ntitle: 'Kosovo: the dialogue'\nsource: >\n  two\n  lines\n---\nText.",
         "article line=1 title=Kosovo: the dialogue source=two lines\n7||Text.\n"},
        {"white space and controls", "---\ntitle: \"  a \\t b\\u00A0c \\e[2J \"\n---\nText.",
         "article line=1 title=a b c [2J\n4||Text.\n"},
        {"CR LF", "---\r\ntitle: T\r\n---\r\nText.", "article line=1 title=T\n4||Text.\n"},
        {"unknown keys and nulls", "---\ntags: [a, b]\ntitle: ~\nauthor:\ndate: null\n---\nText.",
         "article line=1 title=file\n7||Text.\n"},
        {"a null in quotes is a word", "---\ntitle: 'null'\n---\nText.",
         "article line=1 title=null\n4||Text.\n"},
        {"no language", "---\nlang: klingon-like\n---\nText.",
         "article line=1 title=file\n4||Text.\n"},
        {"aliases", "---\nx: &a T\ntitle: *a\n---\nText.", "article line=1 title=T\n5||Text.\n"},
        {"empty", "---\n---\nText.", "article line=1 title=file\n3||Text.\n"},
        {"nothing behind it", "---\ntitle: T\n---", "article line=1 title=T\n1||T\n"},
    };
    EXPECT_READ(cases);
}

Test(front_matter, text_between_rules_is_text)
{
    static const matter_case cases[] = {
        {"a sentence", "---\nJust some words.\n---\nText.",
         "article line=1 title=file\n1||---\\nJust some words.\\n---\\nText.\n"},
        {"not at the begin", "\n---\ntitle: T\n---\n",
         "article line=1 title=file\n2||---\\ntitle: T\\n---\n"},
        {"no end", "---\ntitle: T\nText.",
         "article line=1 title=file\n1||---\\ntitle: T\\nText.\n"},
        {"a longer rule", "----\ntitle: T\n----\n\nText.", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *got = pil_test_read(PIL_FORMAT_TEXT, cases[i].text, strlen(cases[i].text));
        if (cases[i].read != NULL)
            cr_expect_str_eq(got, cases[i].read, "%s: got\n%s", cases[i].name, got);
        else
            cr_expect_null(strstr(got, " title=T\n"), "%s", got);
        free(got);
    }
}

#define BROKEN(line, why)                                                                          \
    "note " line " mended: the front matter is not valid YAML (" why                               \
    "): its title, author and so "                                                                 \
    "on are not used; a value with a colon in it needs quotes\n"

Test(front_matter, broken_yaml_is_noted_and_the_text_still_read)
{
    static const matter_case cases[] = {
        {"a colon", "---\ntitle: Kosovo: the dialogue\n---\nText.",
         BROKEN("2", "mapping values are not allowed in this context") "article line=1 "
                                                                       "title=file\n4||Text.\n"},
        {"a bracket", "---\ntitle: T\nauthor: [A\n---\nText.",
         BROKEN("4", "did not find expected ',' or ']'") "article line=1 title=file\n5||Text.\n"},
        {"not meant as front matter", "---\n[broken\n---\nText.",
         "article line=1 title=file\n1||---\\n[broken\\n---\\nText.\n"},
    };
    EXPECT_READ(cases);
}

Test(front_matter, a_huge_block_is_text)
{
    size_t length = 200000;
    char *text = malloc(length + 1);
    cr_assert_not_null(text);
    int n = snprintf(text, length, "---\ntitle: T\n");
    for (size_t at = (size_t)n; at < length; at++)
        text[at] = at % 60 == 0 ? '\n' : 'x';
    memcpy(text + length - 5, "\n---\n", 5);
    text[length] = '\0';
    char *got = pil_test_read(PIL_FORMAT_TEXT, text, length);
    cr_expect_eq(strncmp(got, "article line=1 title=file\n", 26), 0);
    free(got);
    free(text);
}

Test(front_matter, deep_nesting_does_no_harm)
{
    size_t depth = 20000;
    size_t size = 2 * depth + 64;
    char *text = malloc(size);
    cr_assert_not_null(text);
    size_t at = (size_t)snprintf(text, size, "---\ntitle: ");
    memset(text + at, '[', depth);
    at += depth;
    memset(text + at, ']', depth);
    at += depth;
    at += (size_t)snprintf(text + at, size - at, "\n---\nText.");
    char *got = pil_test_read(PIL_FORMAT_TEXT, text, at);
    cr_expect_not_null(strstr(got, "|Text.\n"), "%.300s", got);
    free(got);
    free(text);
}

Test(front_matter, a_value_is_cut_at_a_character)
{
    char text[12000] = "---\ntitle: ";
    size_t at = strlen(text);
    for (int i = 0; i < 2500; i++)
        at += (size_t)snprintf(text + at, sizeof text - at, "\u0107");
    snprintf(text + at, sizeof text - at, "\n---\nText.");
    char *got = pil_test_read(PIL_FORMAT_TEXT, text, strlen(text));
    const char *title = strstr(got, "title=");
    cr_assert_not_null(title);
    cr_expect_leq(strcspn(title, "\n"), 4096 + 6);
    cr_expect_geq(strcspn(title, "\n"), 4000);
    free(got);
}
