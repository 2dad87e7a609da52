#include "support/read_articles.h"

#include "base/buffer.h"

#include <criterion/criterion.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define LONG "The mission in the region goes on for as long as it is needed by the people there."

typedef struct markdown_case {
    const char *name, *text, *read;
} markdown_case;

/* read without the line of the article, whose title is "file" then. */
static void expect_read(const markdown_case *cases, size_t n_cases)
{
    static const char untitled[] = "article line=1 title=file\n";
    for (size_t i = 0; i < n_cases; i++) {
        char *got = pil_test_read(PIL_FORMAT_MARKDOWN, cases[i].text, strlen(cases[i].text));
        const char *shown =
            strncmp(got, untitled, sizeof untitled - 1) == 0 ? got + sizeof untitled - 1 : got;
        cr_expect_str_eq(shown, cases[i].read, "%s\ngot:\n%sexpected:\n%s", cases[i].name, shown,
                         cases[i].read);
        free(got);
    }
}

#define EXPECT_READ(cases) expect_read(cases, sizeof(cases) / sizeof(cases)[0])

Test(read_markdown, inline_markup_is_taken_off)
{
    static const markdown_case cases[] = {
        {"emphasis, code, links",
         "Some *words* are **strong**, `code` or [linked](https://example.org \"x\") here.",
         "1||Some words are strong, code or linked here.\n"},
        {"nested", "***[all `of` it](x)*** is said about the same thing here, again.",
         "1||all of it is said about the same thing here, again.\n"},
        {"images and struck words", "An ![old map](map.png) of ~~this~~ that region is shown here.",
         "1||An old map of this that region is shown here.\n"},
        {"line breaks", "Soft\nbreaks are spaces.  \nHard ones\\\nare<br>line ends in it.",
         "1||Soft breaks are spaces.\\nHard ones\\nare\\nline ends in it.\n"},
        {"entities and escapes",
         "AT&amp;T is \\*not\\* &quot;strong&quot; &#233; in this sentence.",
         "1||AT&T is *not* \"strong\" \u00E9 in this sentence.\n"},
        {"autolinks", "See <https://example.org/a> and www.example.org for more of that.",
         "1||See https://example.org/a and www.example.org for more of that.\n"},
        {"inline HTML", "Some <b>bold</b> and <!-- gone --> words are in this one sentence.",
         "1||Some bold and  words are in this one sentence.\n"},
    };
    EXPECT_READ(cases);
}

Test(read_markdown, headings_become_the_path)
{
    static const markdown_case cases[] = {
        {"hashes", "# The *title*\n\n" LONG "\n\n## Part\n\n" LONG "\n",
         "article line=1 title=The title\n3|The title|" LONG "\n7|The title > Part|" LONG "\n"},
        {"underlined", "The\ntitle\n===\n\n" LONG "\n",
         "article line=1 title=The title\n5|The title|" LONG "\n"},
        {"nothing below", "# One\n\n# Two\n", "article line=1 title=One\n1||One\\nTwo\n"},
    };
    EXPECT_READ(cases);
}

Test(read_markdown, lists_are_flattened_with_their_marks)
{
    static const markdown_case cases[] = {
        {"nested", "The missions are these:\n\n* KFOR\n* SFOR\n  * IFOR\n\n3. three\n4. four\n",
         "1||The missions are these:\\n- KFOR\\n- SFOR\\n- IFOR\\n3. three\\n4. four\n"},
        {"an item of two paragraphs", "- " LONG " " LONG "\n\n  " LONG " " LONG "\n",
         "1||- " LONG " " LONG "\n3||" LONG " " LONG "\n"},
        {"tasks", "- [x] first one done\n- [ ] second one to do\n",
         "1||- first one done\\n- second one to do\n"},
    };
    EXPECT_READ(cases);
}

Test(read_markdown, other_blocks_are_paragraphs)
{
    static const markdown_case cases[] = {
        {"quotations", "> " LONG "\n> > " LONG "\n", "1||" LONG "\n2||" LONG "\n"},
        {"a table", "| Name | In *year* |\n|---|---|\n| IFOR | 1995 |\n| SFOR |\n",
         "1||Name | In year\\nIFOR | 1995\\nSFOR |\n"},
        {"text right above a table",
         "\n\nThe missions of these many years are:\n| A |\n|---|\n| B |\n",
         "3||The missions of these many years are:\\nA\\nB\n"},
        {"code", "```c\nint main(void);\n  return 0; /* and a comment */\n```\n",
         "1||int main(void);\\n  return 0; /* and a comment */\n"},
        {"HTML", "Text.\n\n<div align=\"center\">\n<p>" LONG "</p>\n<script>no</script>\n</div>\n",
         "1||Text.\\n" LONG "\n"},
        {"rules vanish", LONG "\n\n* * *\n\n" LONG "\n", "1||" LONG "\n5||" LONG "\n"},
        {"footnotes stand at the end", LONG "[^1]\n\n[^1]: " LONG "\n\n# Part\n\n" LONG "\n",
         "1||" LONG "\n7|Part|" LONG "\n3|Part|" LONG "\n"},
        {"empty", "", ""},
    };
    EXPECT_READ(cases);
}

Test(read_markdown, front_matter_comes_first)
{
    static const markdown_case cases[] = {
        {"good", "---\ntitle: T\n---\n# Heading\n\n" LONG "\n",
         "article line=1 title=T\n6|Heading|" LONG "\n"},
        {"broken", "---\ntitle: a: b\n---\n# Heading\n\n" LONG "\n",
         "note 2 mended: the front matter is not valid YAML (mapping values are not allowed in "
         "this context): its title, author and so on are not used; a value with a colon in it "
         "needs quotes\narticle line=1 title=Heading\n6|Heading|" LONG "\n"},
    };
    EXPECT_READ(cases);
}

Test(read_markdown, every_line_end_counts_lines_alike)
{
    static const markdown_case cases[] = {
        {"CR LF", "# A\r\n\r\n" LONG "\r\n\r\n" LONG,
         "article line=1 title=A\n3|A|" LONG "\n5|A|" LONG "\n"},
        {"CR", "# A\r\r" LONG "\r\r" LONG, "article line=1 title=A\n3|A|" LONG "\n5|A|" LONG "\n"},
    };
    EXPECT_READ(cases);
}

typedef struct range_seen {
    const char *bytes;
    size_t n_paragraphs;
} range_seen;

static pil_status see_ranges(void *context, const pil_article *article, pil_error *err)
{
    static const char *const sources[] = {
        "Some *words* are\nin this one paragraph of some length.",
        "- " LONG "\n- " LONG,
        "```\n" LONG "\n```",
        "> " LONG,
    };
    range_seen *seen = context;
    (void)err;
    seen->n_paragraphs = article->paragraphs->n_items;
    cr_assert_eq(seen->n_paragraphs, 4);
    for (size_t i = 0; i < seen->n_paragraphs; i++) {
        const pil_paragraph *p = &article->paragraphs->items[i];
        const char *source = sources[i] + (i == 3 || i == 1 ? 2 : 0);
        cr_expect_eq(p->end_byte - p->begin_byte, strlen(source), "%zu: [%zu, %zu)", i,
                     p->begin_byte, p->end_byte);
        cr_expect_eq(strncmp(seen->bytes + p->begin_byte, source, strlen(source)), 0, "%zu", i);
    }
    return PIL_OK;
}

Test(read_markdown, ranges_are_those_of_the_source)
{
    static const char bytes[] = "# Title\n\nSome *words* are\nin this one paragraph of some length."
                                "\n\n- " LONG "\n- " LONG "\n\n```\n" LONG "\n```\n\n> " LONG "\n";
    range_seen seen = {.bytes = bytes};
    pil_article_sink sink = {.article = see_ranges, .context = &seen};
    cr_assert_eq(pil_read_articles(PIL_FORMAT_MARKDOWN, bytes, sizeof bytes - 1, NULL, &sink, NULL),
                 PIL_OK);
}

Test(read_markdown, a_table_of_endless_columns_costs_no_memory)
{
    pil_buffer text;
    pil_buffer_init(&text, 1 << 20);
    static const char *const pieces[] = {"a|", "-|", "|x|\n"};
    for (int piece = 0; piece < 3; piece++) {
        for (int i = 0; i < 5000; i++)
            cr_assert_eq(pil_buffer_append_string(&text, pieces[piece]), PIL_OK);
        cr_assert_eq(pil_buffer_append_byte(&text, '\n'), PIL_OK);
    }
    char *got = pil_test_read(PIL_FORMAT_MARKDOWN, text.bytes, text.length);
    cr_expect_eq(strncmp(got, "note 0 mended: a table with far more columns", 44), 0);
    cr_expect_lt(strlen(got), 4 * text.length);
    free(got);
    pil_buffer_dispose(&text);
}

Test(read_markdown, deep_nesting_does_no_harm)
{
    static const char *const pieces[] = {"> ", "- ", "[", "**a ", "![", "<div>", "x`", "*a **b "};
    for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
        pil_buffer text;
        pil_buffer_init(&text, 1 << 20);
        for (int n = 0; n < 20000; n++)
            cr_assert_eq(pil_buffer_append_string(&text, pieces[i]), PIL_OK);
        cr_assert_eq(pil_buffer_append_string(&text, "inside"), PIL_OK);
        char *got = pil_test_read(PIL_FORMAT_MARKDOWN, text.bytes, text.length);
        cr_expect_not_null(strstr(got, "inside"), "piece %zu", i);
        free(got);
        pil_buffer_dispose(&text);
    }
}
