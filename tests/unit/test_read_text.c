#include "support/read_articles.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#define LONG                                                                                       \
    "The mission in the region goes on, and its commander says that it will stay for as long as "  \
    "it is needed by the people there."

typedef struct input_case {
    const char *name;
    const char *bytes;
    size_t length;
    const char *read;
} input_case;

#define BYTES(literal) (literal), sizeof(literal) - 1

static void expect_read(pil_format format, const input_case *cases, size_t n_cases)
{
    for (size_t i = 0; i < n_cases; i++) {
        char *got = pil_test_read(format, cases[i].bytes, cases[i].length);
        cr_expect_str_eq(got, cases[i].read, "%s\ngot:\n%sexpected:\n%s", cases[i].name, got,
                         cases[i].read);
        free(got);
    }
}

#define EXPECT_READ(cases) expect_read(PIL_FORMAT_TEXT, cases, sizeof(cases) / sizeof(cases)[0])

#define MENDED(n)                                                                                  \
    "note 0 mended: " n " byte sequences that are not UTF-8, or NUL, became U+FFFD; if it is in "  \
    "another encoding, convert it, for example with iconv -f ISO-8859-1 -t UTF-8\n"

Test(read_text, formats_are_known_by_name_and_option)
{
    static const struct {
        const char *name;
        pil_format format;
    } cases[] = {
        {"a.txt", PIL_FORMAT_TEXT},
        {"/x/a.TEXT", PIL_FORMAT_TEXT},
        {"a.md", PIL_FORMAT_MARKDOWN},
        {"a.b.Markdown", PIL_FORMAT_MARKDOWN},
        {"a.html", PIL_FORMAT_HTML},
        {"a.htm", PIL_FORMAT_HTML},
        {"a.xhtml", PIL_FORMAT_HTML},
        {"a.jsonl", PIL_FORMAT_JSONL},
        {"a.ndjson", PIL_FORMAT_JSONL},
        {"a.json", PIL_FORMAT_NONE},
        {"a", PIL_FORMAT_NONE},
        {"a.", PIL_FORMAT_NONE},
        {".txt", PIL_FORMAT_NONE},
        {"x/.md", PIL_FORMAT_NONE},
        {"dir.txt/file", PIL_FORMAT_NONE},
        {"", PIL_FORMAT_NONE},
        {"txt", PIL_FORMAT_NONE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        cr_expect_eq(pil_format_of_name(cases[i].name), cases[i].format, "%s", cases[i].name);
}

Test(read_text, a_file_is_one_article)
{
    static const input_case cases[] = {
        {"empty", BYTES(""), "article line=1 title=file\n"},
        {"line ends only", BYTES("\n\n\r\n"), "article line=1 title=file\n"},
        {"no title", BYTES(LONG), "article line=1 title=file\n1||" LONG "\n"},
        {"with a title", BYTES("Allies meet\n\n" LONG),
         "article line=1 title=Allies meet\n3|Allies meet|" LONG "\n"},
        {"with front matter", BYTES("---\ntitle: Other\n---\nAllies meet\n\n" LONG),
         "article line=1 title=Other\n6|Allies meet|" LONG "\n"},
    };
    EXPECT_READ(cases);
}

Test(read_text, encodings_are_recognised)
{
    static const input_case cases[] = {
        {"UTF-8 with a byte order mark", BYTES("\xEF\xBB\xBFShort text."),
         "article line=1 title=file\n1||Short text.\n"},
        {"front matter behind the mark", BYTES("\xEF\xBB\xBF---\nauthor: A\n---\nShort text."),
         "article line=1 title=file author=A\n4||Short text.\n"},
        {"UTF-16LE", BYTES("\xFF\xFEH\0i\0.\0"), "article line=1 title=file\n1||Hi.\n"},
        {"UTF-16BE", BYTES("\xFE\xFF\0H\0i\x01\x07"), "article line=1 title=file\n1||Hi\u0107\n"},
        {"UTF-16 of odd length", BYTES("\xFF\xFEH\0i\0."),
         MENDED("1") "article line=1 title=file\n1||Hi\uFFFD\n"},
        {"a mark alone", BYTES("\xFF\xFE"), "article line=1 title=file\n"},
        {"UTF-32", BYTES("\xFF\xFE\0\0H\0\0\0"),
         "bad input: UTF-32 is not read: convert it with iconv -f UTF-32 -t UTF-8\n"},
    };
    EXPECT_READ(cases);
}

Test(read_text, what_is_not_utf_8_is_replaced_and_counted)
{
    static const input_case cases[] = {
        {"overlong", BYTES("a \xC0\x80 b"),
         MENDED("2") "article line=1 title=file\n1||a \uFFFD\uFFFD b\n"},
        {"surrogate", BYTES("a \xED\xA0\x80 b"),
         MENDED("3") "article line=1 title=file\n1||a \uFFFD\uFFFD\uFFFD b\n"},
        {"no such lead", BYTES("a \xF5 \xFF b"),
         MENDED("2") "article line=1 title=file\n1||a \uFFFD \uFFFD b\n"},
        {"cut at the end", BYTES("a \xE2\x80"),
         MENDED("1") "article line=1 title=file\n1||a \uFFFD\n"},
        {"Latin-1", BYTES("caf\xE9 and na\xEFve are words"),
         MENDED("2") "article line=1 title=file\n1||caf\uFFFD and na\uFFFDve are words\n"},
    };
    EXPECT_READ(cases);
}

Test(read_text, noncharacters_and_controls_stay)
{
    static const input_case cases[] = {
        {"U+FFFE and U+FFFF", BYTES("a \uFFFE\uFFFF b"),
         "article line=1 title=file\n1||a \uFFFE\uFFFF b\n"},
        {"escape sequences", BYTES("a \x1B[2J b \u202E c"),
         "article line=1 title=file\n1||a \x1B[2J b \u202E c\n"},
    };
    EXPECT_READ(cases);
}

/* length bytes: what begins it, then filler. The caller frees it. */
static char *padded(const char *begin, size_t n_begin, const char *filler, size_t length)
{
    char *bytes = malloc(length);
    cr_assert_not_null(bytes);
    for (size_t i = 0; i < length; i++)
        bytes[i] = i < n_begin ? begin[i] : filler[i % strlen(filler)];
    return bytes;
}

Test(read_text, binary_data_is_refused_with_the_reason)
{
    static const input_case cases[] = {
        {"NUL", BYTES("a\0b"), "bad input: binary data (NUL bytes): not text\n"},
        {"NUL behind a UTF-8 mark",
         BYTES("\xEF\xBB\xBF"
               "a\0b"),
         "bad input: binary data (NUL bytes): not text\n"},
        {"controls", BYTES("\1\2\3\4\5\6\7\x0E\x0F\x10 text"),
         "bad input: binary data (control characters): not text\n"},
        {"PDF", BYTES("%PDF-1.4\n"), "bad input: a PDF document: not text\n"},
    };
    EXPECT_READ(cases);
    char *late = padded("", 0, "word ", 8192);
    late[8191] = '\0';
    char *got = pil_test_read(PIL_FORMAT_TEXT, late, 8192);
    cr_expect_str_eq(got, "bad input: binary data (NUL bytes): not text\n");
    free(got);
    free(late);
}

Test(read_text, a_late_nul_is_replaced)
{
    char *bytes = padded("", 0, "word ", 10000);
    bytes[9000] = '\0';
    char *got = pil_test_read(PIL_FORMAT_TEXT, bytes, 10000);
    cr_expect_not_null(strstr(got, "note 0 mended: 1 byte sequences"));
    cr_expect_not_null(strstr(got, "\uFFFD"));
    free(got);
    free(bytes);
}

Test(read_text, another_encoding_is_refused_rather_than_indexed_as_noise)
{
    /* Russian in windows-1251. */
    char *bytes = padded("", 0, "\xCD\xC0\xD2\xCE \xE8 \xC1\xE0\xEB\xEA\xE0\xED\xFB ", 1000);
    char *got = pil_test_read(PIL_FORMAT_TEXT, bytes, 1000);
    cr_expect_eq(strncmp(got, "bad input: not UTF-8 (", 22), 0, "%s", got);
    cr_expect_not_null(strstr(got, "iconv"));
    free(got);
    free(bytes);
}

static pil_status refuse(void *context, const pil_article *article, pil_error *err)
{
    (void)context;
    (void)article;
    return pil_error_set(err, PIL_IO, "enough");
}

Test(read_text, what_the_sink_returns_is_passed_on)
{
    static const pil_article_sink sink = {.article = refuse};
    static const struct {
        pil_format format;
        const char *bytes;
    } cases[] = {
        {PIL_FORMAT_TEXT, "a\xFF"},
        {PIL_FORMAT_MARKDOWN, "a"},
        {PIL_FORMAT_HTML, "<p>a"},
        {PIL_FORMAT_JSONL, "{\"text\":\"a\"}\n{\"text\":\"b\"}"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        pil_error err = {0};
        cr_expect_eq(pil_read_articles(cases[i].format, cases[i].bytes, strlen(cases[i].bytes),
                                       NULL, &sink, &err),
                     PIL_IO);
        cr_expect_str_eq(err.message, "enough");
    }
    cr_expect_eq(pil_read_articles(PIL_FORMAT_NONE, "", 0, NULL, &sink, NULL),
                 PIL_INVALID_ARGUMENT);
}

typedef struct raw_seen {
    size_t n_articles, raw_bytes;
    const char *raw, *title;
    size_t begin_byte;
} raw_seen;

static pil_status see_raw(void *context, const pil_article *article, pil_error *err)
{
    raw_seen *seen = context;
    (void)err;
    seen->n_articles++;
    seen->raw = article->raw;
    seen->raw_bytes = article->raw_bytes;
    seen->title = article->title;
    if (article->paragraphs->n_items > 0)
        seen->begin_byte = article->paragraphs->items[0].begin_byte;
    return PIL_OK;
}

Test(read_text, ranges_count_from_the_begin_of_the_file)
{
    static const char bytes[] = "\xEF\xBB\xBF---\ntitle: T\n---\nShort text.";
    raw_seen seen = {0};
    pil_article_sink sink = {.article = see_raw, .context = &seen};
    cr_assert_eq(pil_read_articles(PIL_FORMAT_TEXT, bytes, sizeof bytes - 1, NULL, &sink, NULL),
                 PIL_OK);
    cr_expect_eq(seen.n_articles, 1);
    cr_expect_eq(seen.raw, bytes);
    cr_expect_eq(seen.raw_bytes, sizeof bytes - 1);
    cr_expect_eq(strncmp(bytes + seen.begin_byte, "Short text.", 11), 0);
}

Test(read_text, an_article_without_any_title_has_none)
{
    raw_seen seen = {.title = "unset"};
    pil_article_sink sink = {.article = see_raw, .context = &seen};
    cr_assert_eq(pil_read_articles(PIL_FORMAT_TEXT, "a.", 2, NULL, &sink, NULL), PIL_OK);
    cr_expect_null(seen.title);
}
