#include "support/read_articles.h"

#include "base/buffer.h"

#include <criterion/criterion.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define LONG "The mission in the region goes on for as long as it is needed by the people there."

typedef struct html_case {
    const char *name, *html, *read;
} html_case;

/* read without the line of the article when its title is "file". */
static void expect_read(const html_case *cases, size_t n_cases)
{
    static const char untitled[] = "article line=1 title=file\n";
    for (size_t i = 0; i < n_cases; i++) {
        char *got = pil_test_read(PIL_FORMAT_HTML, cases[i].html, strlen(cases[i].html));
        const char *shown =
            strncmp(got, untitled, sizeof untitled - 1) == 0 ? got + sizeof untitled - 1 : got;
        cr_expect_str_eq(shown, cases[i].read, "%s\ngot:\n%sexpected:\n%s", cases[i].name, shown,
                         cases[i].read);
        free(got);
    }
}

#define EXPECT_READ(cases) expect_read(cases, sizeof(cases) / sizeof(cases)[0])

Test(read_html, text_is_what_a_reader_sees)
{
    static const html_case cases[] = {
        {"empty", "", ""},
        {"plain text", LONG, "1||" LONG "\n"},
        {"paragraphs and white space",
         "<p>Some\n <b>bold</b>ly  <i> set </i>words are in this one</p>\n<p>" LONG,
         "1||Some boldly set words are in this one\n3||" LONG "\n"},
        {"text in a div", "<div>" LONG "<div>" LONG "</div>" LONG "</div>",
         "1||" LONG "\n1||" LONG "\n1||" LONG "\n"},
        {"breaks", "<p>One line of it<br>and another line<br/><br>" LONG,
         "1||One line of it\\nand another line\n1||" LONG "\n"},
        {"entities",
         "<p>AT&amp;T &lt;b&gt; &eacute;&#233;&#xe9; &mdash; all of it is here &unknown;",
         "1||AT&T <b> \u00E9\u00E9\u00E9 \u2014 all of it is here &unknown;\n"},
        {"numbers of windows-1252",
         "<p>It&#146;s a &#147;quotation&#148; from the old days of the web.",
         "1||It\u2019s a \u201Cquotation\u201D from the old days of the web.\n"},
        {"soft hyphens", "<p>co&shy;operation is what this long sentence is about",
         "1||cooperation is what this long sentence is about\n"},
        {"what is not shown",
         "<head><style>a</style></head><p>" LONG "<script>b</script><!-- c -->"
         "<noscript>d</noscript><template>e</template><svg><title>f</title><text>g</text></svg>"
         "<select><option>h</select><textarea>i</textarea><button>j</button>",
         "1||" LONG "\n"},
        {"navigation", "<nav><ul><li>Home</ul></nav><p>" LONG, "1||" LONG "\n"},
        {"a broken page", "<p>" LONG "</b></div><p <b>" LONG "</table><td>" LONG,
         "1||" LONG "\n1||" LONG "\n1||" LONG "\n"},
        {"preformatted", "<pre>\nline one\n  line two\tof a text that is shown as it stands</pre>",
         "2||line one\\n  line two\tof a text that is shown as it stands\n"},
    };
    EXPECT_READ(cases);
}

Test(read_html, headings_lists_and_tables)
{
    static const html_case cases[] = {
        {"headings", "<h1>The <i>title</i></h1><p>" LONG "<h3>Part</h3>\n<p>" LONG,
         "article line=1 title=The title\n1|The title|" LONG "\n2|The title > Part|" LONG "\n"},
        {"lists",
         "<p>The missions are these:</p><ul><li>KFOR<li><p>SFOR</p><ol><li>one<li>two</ol></ul>",
         "1||The missions are these:\\n- KFOR\\n- SFOR\\n1. one\\n2. two\n"},
        {"a table",
         "<table><caption>The missions</caption><tr><th>Name<th>Year<tr><td>IFOR<td>1995"
         "<tr><td>SFOR</table>",
         "1||The missions\\nName | Year\\nIFOR | 1995\\nSFOR\n"},
        {"a page laid out by a table",
         "<table><tr><td><h2>Part</h2><p>" LONG " " LONG "</p></td></tr></table>",
         "article line=1 title=Part\n1|Part|" LONG " " LONG "\n"},
        {"no heading is lost", "<h2>One</h2><h2>Two</h2>",
         "article line=1 title=One\n1||One\\nTwo\n"},
    };
    EXPECT_READ(cases);
}

#define LINKS "<ul><li><a href=/1>One</a><li><a href=/2>Two</a><li><a href=/3>Three</a></ul>"
#define SITE "<nav>" LINKS "</nav>"
#define RELATIVE "<ul><li><a href=1.html>One</a><li><a href=2.html>Two</a><li><a href=#3>3</a></ul>"

Test(read_html, what_pages_of_sites_have_around_their_text_is_left_out)
{
    static const html_case cases[] = {
        {"what is outside of main",
         SITE "<p>A motto that is not short of words.</p><main><p>" LONG "</main><p>Copyright",
         "1||" LONG "\n"},
        {"what is outside of the article",
         SITE "<div>Other news</div><article><p>" LONG "</article>", "1||" LONG "\n"},
        {"roles instead of elements",
         SITE
         "<div role=banner>The paper</div><div role=navigation>Menu</div><div role=main><p>" LONG
         "</div><div role=contentinfo>Copyright</div><div role=dialog>Log in</div>",
         "1||" LONG "\n"},
        {"header and footer of a page without main",
         SITE "<header>The paper, since 1950</header><div><h1>Title</h1><p>" LONG
              "</div><footer>Copyright 2024</footer>",
         "article line=1 title=Title\n1|Title|" LONG "\n"},
        {"menus and bars by their class or id",
         SITE "<div class='top-nav'>" RELATIVE "</div><div id=shareBar>Tell others"
              "</div><p>" LONG "<div class='related'><h2>Related</h2>" RELATIVE "</div>",
         "1||" LONG "\n"},
        {"a banner on cookies",
         "<div id=cookie-banner><p>We and our partners use cookies. " LONG "</div><p>" LONG,
         "1||" LONG "\n"},
        {"a list of links with its heading",
         SITE "<article><p>" LONG "<h2>More on this</h2>" LINKS "<h2>End</h2><p>" LONG "</article>",
         "1||" LONG "\n1|End|" LONG "\n"},
        {"links to the host of the page",
         "<link rel=canonical href='https://example.org/a'><p>" LONG
         "<p><a href='https://example.org/b'>b</a> <a href='https://example.org/c'>c</a> "
         "<a href='https://example.org/d'>d</a>",
         "article line=1 title=file url=https://example.org/a\n1||" LONG "\n"},
        {"an aside of links in an article",
         SITE
         "<article><h2>Part</h2><aside><h3>Most read</h3><p><a href=/1>One</a></aside><p>" LONG,
         "article line=1 title=Part\n1|Part|" LONG "\n"},
    };
    EXPECT_READ(cases);
}

Test(read_html, documents_lose_nothing)
{
    static const html_case cases[] = {
        {"contents by relative links", "<p>" LONG RELATIVE "<p>" LONG,
         "1||" LONG "\n1||- One\\n- Two\\n- 3\n1||" LONG "\n"},
        {"references to other hosts",
         SITE "<main><p>" LONG "<ul><li><a href=https://a.org>A</a><li><a href=https://b.org>B</a>"
              "<li><a href=https://c.org>C</a></ul></main>",
         "1||" LONG "\n1||- A\\n- B\\n- C\n"},
        {"a page of links", SITE LINKS, "1||- One\\n- Two\\n- Three\n"},
        {"a main that has little of the text", SITE "<main>Loading</main><div><p>" LONG "</div>",
         "1||Loading\\n" LONG "\n"},
        {"a header with the title", SITE "<header><h1>Title</h1><p>By Ana</header><p>" LONG,
         "article line=1 title=Title\n1|Title|By Ana\\n" LONG "\n"},
        {"text in an aside", SITE "<main><p>" LONG "<aside>" LONG "</aside></main>",
         "1||" LONG "\n1||" LONG "\n"},
        {"text in a place with the name of a menu",
         SITE "<div class=promo>" LONG " " LONG "</div><p>" LONG,
         "1||" LONG " " LONG "\n1||" LONG "\n"},
        {"what is outside of main, where nothing is of a site",
         "<main><p>" LONG "</main><footer>From the corpus. <a href=#top>Back</a></footer>",
         "1||" LONG "\\nFrom the corpus. Back\n"},
        {"a section on cookies", "<div class=section id=cookies>Cookies are baked.</div>" LONG,
         "1||Cookies are baked.\\n" LONG "\n"},
        {"what only has other names beside it", SITE "<div class=has-ads>It stays.</div>" LONG,
         "1||It stays.\\n" LONG "\n"},
    };
    EXPECT_READ(cases);
}

Test(read_html, metadata_comes_from_where_pages_have_it)
{
    static const html_case cases[] = {
        {"a title element", "<title>The\n title &amp; all</title><h1>Other</h1>",
         "article line=1 title=The title & all\n2||Other\n"},
        {"a title of white space", "<title> </title><h1>Other</h1>",
         "article line=1 title=Other\n1||Other\n"},
        {"a heading that comes late", "<p>" LONG "<h1>The title</h1><p>" LONG,
         "article line=1 title=The title\n1||" LONG "\n1|The title|" LONG "\n"},
        {"Open Graph",
         "<html lang=en-GB><meta property='og:title' content='T'><meta property='og:site_name' "
         "content='The Paper'><meta property='og:url' content='https://example.org/a'>"
         "<meta property='article:published_time' content='2023-11-22T10:00:00Z'>",
         "article line=1 title=T date=2023-11-22T10:00:00Z language=en source=The Paper "
         "url=https://example.org/a\n1||T\n"},
        {"plain names",
         "<META NAME=Author CONTENT=A><meta name=author content=B><meta name=date content=1990>"
         "<meta http-equiv=Content-Language content=de>"
         "<link rel='x Canonical' href='https://example.org/b'>",
         "article line=1 title=file author=A, B date=1990 language=de url=https://example.org/b\n"},
        {"citations and Dublin Core",
         "<meta name=citation_author content=A><meta name=DC.creator content=B>"
         "<meta name=DC.date content=2001><meta name=citation_date content=2002>"
         "<meta name=citation_journal_title content=J>",
         "article line=1 title=file author=A date=2002 source=J\n"},
        {"the best source wins in any order",
         "<meta name=date content=3><meta property=article:published_time content=1>"
         "<meta name=date content=4><time datetime=5>x</time>",
         "article line=1 title=file date=1\n1||x\n"},
        {"schema.org's JSON-LD",
         "<script type='application/ld+json'>{\"@graph\":[{\"@type\":\"Organization\",\"name\":"
         "\"No\"},{\"@type\":\"NewsArticle\",\"headline\":\"T\",\"datePublished\":\"2023-11-22\","
         "\"author\":[{\"name\":\"A\"},\"B\"],\"publisher\":{\"name\":\"P\"},\"inLanguage\":\"de\"}"
         "]}"
         "</script><p>x",
         "article line=1 title=T author=A, B date=2023-11-22 language=de source=P\n1||x\n"},
        {"JSON-LD of something else, and what is none",
         "<script type='application/ld+json'>{\"@type\":\"Person\",\"headline\":\"T\"}</script>"
         "<script type='application/ld+json'>{\"@type\":</script><script>{}</script><p>x",
         "1||x\n"},
        {"a time element", "<p><time datetime='2023-11-22'>Wednesday</time>",
         "article line=1 title=file date=2023-11-22\n1||Wednesday\n"},
        {"addresses where names should be, and the reverse",
         "<meta property=article:author content=https://example.org/ana>"
         "<link rel=canonical href=/relative>",
         ""},
    };
    EXPECT_READ(cases);
}

typedef struct charset_case {
    const char *name, *html;
    size_t length;
    const char *text;
} charset_case;

#define BYTES(literal) (literal), sizeof(literal) - 1

Test(read_html, charsets_are_declared_or_guessed)
{
    static const charset_case cases[] = {
        {"UTF-8 undeclared", BYTES("<p>Kova\u010Devski."), "|Kova\u010Devski.\n"},
        {"UTF-8 that is declared otherwise", BYTES("<meta charset=iso-8859-1><p>Kova\u010Devski."),
         "|Kova\u010Devski.\n"},
        {"windows-1252 undeclared", BYTES("<p>It\x92s caf\xE9."), "|It\u2019s caf\u00E9.\n"},
        {"windows-1252 declared as Latin-1", BYTES("<meta charset=ISO-8859-1><p>It\x92s caf\xE9."),
         "|It\u2019s caf\u00E9.\n"},
        {"windows-1250",
         BYTES("<meta charset=windows-1250><p>Kova\xE8"
               "evski."),
         "|Kova\u010Devski.\n"},
        {"windows-1251 by http-equiv",
         BYTES("<META http-equiv=Content-Type content='text/html; charset=windows-1251'><p>\xCD."),
         "|\u041D.\n"},
        {"broken UTF-8", BYTES("<meta charset=utf-8><p>Kova\u010Devski \xFF."),
         "|Kova\u010Devski \uFFFD.\n"},
        {"a charset that ASCII is not part of", BYTES("<meta charset=utf-16><p>caf\xE9."),
         "|caf\uFFFD.\n"},
        {"an unknown charset", BYTES("<meta charset=x-nothing><p>caf\xE9."), "|caf\uFFFD.\n"},
        {"UTF-16", BYTES("\xFF\xFE<\0p\0>\0H\0i\0.\0"), "|Hi.\n"},
        {"a byte order mark", BYTES("\xEF\xBB\xBF<p>Hi."), "1||Hi.\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *got = pil_test_read(PIL_FORMAT_HTML, cases[i].html, cases[i].length);
        cr_expect_not_null(strstr(got, cases[i].text), "%s: %s", cases[i].name, got);
        free(got);
    }
}

Test(read_html, entities_of_a_document_type_are_not_expanded)
{
    static const html_case cases[] = {
        {"external", "<!DOCTYPE html [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><p>a &x; b.",
         "1||]>\\na &x; b.\n"},
        {"laughs", "<!DOCTYPE html [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><p>a &b; b.", NULL},
    };
    expect_read(cases, 1);
    char *got = pil_test_read(PIL_FORMAT_HTML, cases[1].html, strlen(cases[1].html));
    cr_expect_not_null(strstr(got, "a &b; b."), "%s", got);
    free(got);
}

static pil_status see_ranges(void *context, const pil_article *article, pil_error *err)
{
    /* The blocks joined by empty lines. */
    static const char text[] = "Title\n\n" LONG "\n\n" LONG;
    (void)err;
    (void)context;
    cr_assert_eq(article->paragraphs->n_items, 2);
    for (size_t i = 0; i < 2; i++) {
        const pil_paragraph *p = &article->paragraphs->items[i];
        cr_expect_eq(p->end_byte - p->begin_byte, p->length_bytes);
        cr_expect_eq(strncmp(text + p->begin_byte, p->text, p->length_bytes), 0);
    }
    return PIL_OK;
}

Test(read_html, ranges_are_in_the_extracted_text)
{
    static const char html[] = "<h1>Title</h1>\n<p>" LONG "</p>\n<div>" LONG "</div>";
    pil_article_sink sink = {.article = see_ranges};
    cr_assert_eq(pil_read_articles(PIL_FORMAT_HTML, html, sizeof html - 1, NULL, &sink, NULL),
                 PIL_OK);
}

/* piece n times, then "inside". The caller frees it. */
static char *repeated(const char *piece, int n)
{
    pil_buffer text;
    pil_buffer_init(&text, 1 << 24);
    for (int i = 0; i < n; i++)
        cr_assert_eq(pil_buffer_append_string(&text, piece), PIL_OK);
    cr_assert_eq(pil_buffer_append_string(&text, "inside"), PIL_OK);
    return pil_buffer_take(&text, NULL);
}

Test(read_html, deep_nesting_does_no_harm)
{
    static const char *const pieces[] = {
        "<div>", "<b>",  "<table><tr><td>", "<ul><li>", "<p>", "<a><b>",
        "<ol>",  "<h1>", "<pre>",           "<font><p>"};
    for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
        char *html = repeated(pieces[i], 100000);
        char *got = pil_test_read(PIL_FORMAT_HTML, html, strlen(html));
        cr_expect_not_null(strstr(got, "inside"), "piece %zu: %.200s", i, got);
        free(got);
        free(html);
    }
}

Test(read_html, a_tag_of_endless_attributes_is_refused)
{
    pil_buffer html;
    pil_buffer_init(&html, 1 << 24);
    cr_assert_eq(pil_buffer_append_string(&html, "<p title='a > b'"), PIL_OK);
    for (int i = 0; i < 20000; i++)
        cr_assert_eq(pil_buffer_appendf(&html, " a%d=\"1 > 2\"", i), PIL_OK);
    cr_assert_eq(pil_buffer_append_string(&html, ">text"), PIL_OK);
    char *got = pil_test_read(PIL_FORMAT_HTML, html.bytes, html.length);
    cr_expect_str_eq(got, "bad input: an HTML tag with more than 10000 attributes: not read\n");
    free(got);
    pil_buffer_dispose(&html);
    char *words = repeated("a < b and <p> ", 30000);
    got = pil_test_read(PIL_FORMAT_HTML, words, strlen(words));
    cr_expect_not_null(strstr(got, "inside"));
    free(got);
    free(words);
}
