#include "support/read_articles.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct json_case {
    const char *name, *lines, *read;
} json_case;

static void expect_read(const json_case *cases, size_t n_cases)
{
    for (size_t i = 0; i < n_cases; i++) {
        char *got = pil_test_read(PIL_FORMAT_JSONL, cases[i].lines, strlen(cases[i].lines));
        cr_expect_str_eq(got, cases[i].read, "%s\ngot:\n%sexpected:\n%s", cases[i].name, got,
                         cases[i].read);
        free(got);
    }
}

#define EXPECT_READ(cases) expect_read(cases, sizeof(cases) / sizeof(cases)[0])

#define GOOD "{\"text\":\"Good.\"}\n"
#define GOOD_AT(line) "article line=" line " title=file\n" line "||Good.\n"

Test(read_jsonl, each_line_is_an_article)
{
    static const json_case cases[] = {
        {"empty", "", ""},
        {"all fields",
         "{\"id\":\"a\",\"title\":\"T\",\"author\":\"A\",\"date\":\"1990\",\"language\":\"en\","
         "\"source\":\"S\",\"url\":\"U\",\"text\":\"One.\"}",
         "article id=a line=1 title=T author=A date=1990 language=en source=S url=U\n1||One.\n"},
        {"numbers and lists",
         "{\"id\":7,\"date\":1990,\"author\":[\"A\",\"B\"],\"title\":1984,\"text\":\"One.\"}",
         "article id=7 line=1 title=1984 author=A, B date=1990\n1||One.\n"},
        {"nulls and other types",
         "{\"id\":null,\"title\":null,\"date\":{},\"author\":[1.5,[]],\"text\":\"One.\"}",
         "article line=1 title=file\n1||One.\n"},
        {"blank lines and CR LF", "\r\n" GOOD " \t\r\n\n" GOOD, GOOD_AT("2") GOOD_AT("5")},
        {"a byte order mark", "\xEF\xBB\xBF" GOOD, GOOD_AT("1")},
        {"no text at all", "{\"text\":\"\"}\n{\"paragraphs\":[]}\n",
         "article line=1 title=file\narticle line=2 title=file\n"},
        {"nothing but a title",
         "{\"title\":\"On peace\",\"text\":\"\"}\n{\"title\":\"T\",\"text\":\"One.\"}\n",
         "article line=1 title=On peace\n1||On peace\n"
         "article line=2 title=T\n2||One.\n"},
        {"fields of one article are not the next one's",
         "{\"id\":1,\"title\":\"T\",\"lang\":\"de\",\"text\":\"One.\"}\n" GOOD,
         "article id=1 line=1 title=T language=de\n1||One.\n" GOOD_AT("2")},
    };
    EXPECT_READ(cases);
}

Test(read_jsonl, text_is_split_by_the_rules_for_plain_text)
{
    static const json_case cases[] = {
        {"blank lines",
         "\n{\"text\":\"The first paragraph is long enough to stand.\\n\\nThe second one is long "
         "enough as well.\"}",
         "article line=2 title=file\n2||The first paragraph is long enough to stand.\n"
         "2||The second one is long enough as well.\n"},
        {"a heading",
         "{\"text\":\"Allies meet\\n\\nThe first paragraph is long enough to stand.\"}",
         "article line=1 title=Allies meet\n"
         "1|Allies meet|The first paragraph is long enough to stand.\n"},
    };
    EXPECT_READ(cases);
}

Test(read_jsonl, given_paragraphs_stay_as_they_are)
{
    static const json_case cases[] = {
        {"short ones",
         "{\"paragraphs\":[\"Yes.\",{\"text\":\" No.\\n\\nNever.\",\"n\":2},\"\"],\"text\":\"x\"}",
         "article line=1 title=file\n1||Yes.\n1||No.\\n\\nNever.\n"},
        {"null ones", "{\"paragraphs\":null,\"text\":\"Good.\"}", GOOD_AT("1")},
    };
    EXPECT_READ(cases);
}

Test(read_jsonl, a_broken_line_does_not_stop_the_others)
{
    static const json_case cases[] = {
        {"not JSON", GOOD "not json\n" GOOD,
         GOOD_AT("1") "note 2 skipped: not valid JSON: '[' or '{' expected (column 3)\n" GOOD_AT(
             "3")},
        {"not an object", "[1]\n" GOOD, "note 1 skipped: not a JSON object\n" GOOD_AT("2")},
        {"cut off", GOOD "{\"text\":\"Go",
         GOOD_AT("1") "note 2 skipped: not valid JSON: premature end of input (column 11)\n"},
        {"two on a line", "{} {}\n" GOOD,
         "note 1 skipped: not valid JSON: end of file expected (column 4)\n" GOOD_AT("2")},
        {"a key twice", "{\"text\":\"a\",\"text\":\"b\"}\n" GOOD,
         "note 1 skipped: not valid JSON: duplicate object key (column 18)\n" GOOD_AT("2")},
        {"a lone surrogate", "{\"text\":\"\\ud800\"}\n" GOOD,
         "note 1 skipped: not valid JSON: invalid Unicode '\\\\uD800' (column 16)\n" GOOD_AT("2")},
        {"a huge number", "{\"n\":1e999,\"text\":\"a\"}\n" GOOD,
         "note 1 skipped: not valid JSON: real number overflow (column 10)\n" GOOD_AT("2")},
        {"a huge integer", "{\"n\":99999999999999999999,\"text\":\"a\"}\n" GOOD,
         "note 1 skipped: not valid JSON: too big integer (column 25)\n" GOOD_AT("2")},
        {"no text", "{\"title\":\"T\"}\n" GOOD,
         "note 1 skipped: it has neither \"text\" nor \"paragraphs\"\n" GOOD_AT("2")},
        {"text of another type", "{\"text\":1}\n" GOOD,
         "note 1 skipped: \"text\" is not a string\n" GOOD_AT("2")},
        {"paragraphs of another type", "{\"paragraphs\":\"a\"}\n" GOOD,
         "note 1 skipped: \"paragraphs\" is not an array\n" GOOD_AT("2")},
        {"a paragraph of another type", "{\"paragraphs\":[1]}\n" GOOD,
         "note 1 skipped: \"paragraphs\" holds something that is neither a string nor an object "
         "with a \"text\"\n" GOOD_AT("2")},
        {"an id of another type", "{\"id\":1.5,\"text\":\"a\"}\n" GOOD,
         "note 1 skipped: \"id\" is neither a string nor an integer\n" GOOD_AT("2")},
        {"an id with a control", "{\"id\":\"a\\u001b\",\"text\":\"a\"}\n" GOOD,
         "note 1 skipped: \"id\" has control characters in it\n" GOOD_AT("2")},
        {"an id with a NUL", "{\"id\":\"a\\u0000b\",\"text\":\"a\"}\n" GOOD,
         "note 1 skipped: \"id\" has control characters in it\n" GOOD_AT("2")},
    };
    EXPECT_READ(cases);
}

Test(read_jsonl, a_file_without_any_record_is_bad_input)
{
    static const json_case cases[] = {
        {"text", "hello\n",
         "note 1 skipped: not valid JSON: '[' or '{' expected (column 5)\n"
         "bad input: not JSON Lines: no line holds a JSON object\n"},
        {"an array", "[{\"text\":\"a\"}]\n",
         "note 1 skipped: not a JSON object\n"
         "bad input: not JSON Lines: no line holds a JSON object; jq -c '.[]' makes lines of an "
         "array\n"},
        {"an object over several lines", "{\n\"text\":\"a\"\n}\n",
         "note 1 skipped: not valid JSON: string or '}' expected (column 1)\n"
         "note 2 skipped: not valid JSON: '[' or '{' expected (column 6)\n"
         "note 3 skipped: not valid JSON: '[' or '{' expected (column 1)\n"
         "bad input: not JSON Lines: no line holds a JSON object\n"},
    };
    EXPECT_READ(cases);
}

Test(read_jsonl, characters_that_are_no_text_are_replaced)
{
    static const json_case cases[] = {
        {"an escaped NUL", "{\"title\":\"a\\u0000b\",\"text\":\"One \\u0000 two.\"}",
         "article line=1 title=ab\n1||One \uFFFD two.\n"},
        {"a NUL in given paragraphs", "{\"paragraphs\":[\"One \\u0000.\",\"Two \\u0000.\"]}",
         "article line=1 title=file\n1||One \uFFFD.\n1||Two \uFFFD.\n"},
        {"not UTF-8", GOOD "{\"text\":\"Caf\xE9 is open.\"}",
         GOOD_AT("1") "note 2 mended: 1 byte sequences that are not UTF-8, or NUL, became U+FFFD; "
                      "if it is in another encoding, convert it, for example with iconv -f "
                      "ISO-8859-1 -t UTF-8\n"
                      "article line=2 title=file\n2||Caf\uFFFD is open.\n"},
    };
    EXPECT_READ(cases);
}

/* {"a":[[...]],"text":"Deep."} with this many brackets. The caller frees it. */
static char *nested(size_t depth)
{
    char *line = malloc(2 * depth + 64);
    cr_assert_not_null(line);
    size_t at = 0;
    memcpy(line, "{\"a\":", 5);
    at += 5;
    memset(line + at, '[', depth);
    memset(line + at + depth, ']', depth);
    at += 2 * depth;
    memcpy(line + at, ",\"text\":\"Deep.\"}", 17);
    return line;
}

Test(read_jsonl, nesting_is_bounded)
{
    static const struct {
        size_t depth;
        const char *read;
    } cases[] = {
        {60, "article line=1 title=file\n1||Deep.\n"},
        {63, "article line=1 title=file\n1||Deep.\n"},
        {64, "note 1 skipped: nested deeper than 64 levels\n"},
        {2000, "note 1 skipped: nested deeper than 64 levels\n"},
        {1000000, "note 1 skipped: not valid JSON: maximum parsing depth reached (column 2053)\n"
                  "bad input: not JSON Lines: no line holds a JSON object\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *line = nested(cases[i].depth);
        char *got = pil_test_read(PIL_FORMAT_JSONL, line, strlen(line));
        cr_expect_str_eq(got, cases[i].read, "%zu: %s", cases[i].depth, got);
        free(got);
        free(line);
    }
}

Test(read_jsonl, ids_are_bounded)
{
    char line[2200] = "{\"text\":\"a.\",\"id\":\"";
    size_t begin = strlen(line);
    memset(line + begin, 'i', 1024);
    snprintf(line + begin + 1024, sizeof line - begin - 1024, "\"}");
    char *got = pil_test_read(PIL_FORMAT_JSONL, line, strlen(line));
    cr_expect_eq(strncmp(got, "article id=iii", 14), 0, "%s", got);
    free(got);
    snprintf(line + begin + 1024, sizeof line - begin - 1024, "i\"}");
    got = pil_test_read(PIL_FORMAT_JSONL, line, strlen(line));
    cr_expect_str_eq(got, "note 1 skipped: \"id\" is longer than 1,024 bytes\n");
    free(got);
}

typedef struct record_seen {
    const char *bytes;
    size_t n_articles;
} record_seen;

static pil_status see_record(void *context, const pil_article *article, pil_error *err)
{
    static const char *const raws[] = {"{\"text\":\"Good.\"}",
                                       " {\"paragraphs\":[\"ab\",\"cd\"]}\r"};
    record_seen *seen = context;
    (void)err;
    cr_assert_lt(seen->n_articles, 2);
    const char *raw = raws[seen->n_articles++];
    cr_expect_eq(article->raw_bytes, strlen(raw));
    cr_expect_eq(strncmp(article->raw, raw, strlen(raw)), 0);
    cr_expect(article->raw >= seen->bytes);
    if (seen->n_articles == 2) {
        cr_assert_eq(article->paragraphs->n_items, 2);
        cr_expect_eq(article->paragraphs->items[1].begin_byte, 4);
        cr_expect_eq(article->paragraphs->items[1].end_byte, 6);
    }
    return PIL_OK;
}

Test(read_jsonl, raw_is_the_line_and_ranges_are_in_the_joined_paragraphs)
{
    static const char bytes[] = GOOD " {\"paragraphs\":[\"ab\",\"cd\"]}\r\n";
    record_seen seen = {.bytes = bytes};
    pil_article_sink sink = {.article = see_record, .context = &seen};
    cr_assert_eq(pil_read_articles(PIL_FORMAT_JSONL, bytes, sizeof bytes - 1, NULL, &sink, NULL),
                 PIL_OK);
    cr_expect_eq(seen.n_articles, 2);
}
