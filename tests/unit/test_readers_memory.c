/* Memory may run out at any allocation of our own: the readers then say so, and leak nothing
 * (which the sanitizers see). */
#include "indexer/article.h"
#include "support/failing_allocation.h"

#include <criterion/criterion.h>
#include <string.h>

enum { ATTEMPTS_MAX = 10000 };

typedef struct memory_case {
    const char *name;
    pil_format format;
    const char *text;
} memory_case;

static pil_status take(void *context, const pil_article *article, pil_error *err)
{
    size_t *n_paragraphs = context;
    (void)err;
    *n_paragraphs += article->paragraphs->n_items;
    return PIL_OK;
}

static pil_status read_once(const memory_case *c, size_t *n_paragraphs)
{
    pil_error err = {0};
    pil_article_sink sink = {.article = take, .context = n_paragraphs};
    *n_paragraphs = 0;
    return pil_read_articles(c->format, c->text, strlen(c->text),
                             &(pil_read_options){.file_title = "file"}, &sink, &err);
}

Test(readers_memory, a_reader_that_has_none_says_so)
{
    static const memory_case cases[] = {
        {"text", PIL_FORMAT_TEXT,
         "---\ntitle: T\nauthor: [A, B]\n---\nSection\n\nThe text is \xFF long enough to stand.\n\n"
         "Roses are red\nViolets are blue\n\n- a\n- b\n"},
        {"Markdown", PIL_FORMAT_MARKDOWN,
         "# T\n\nThe *text* is \xFF long enough to stand here.\n\n- a\n- b\n\n|c|\n|-|\n|d|\n\n"
         "```\ncode\n```\n\n<div><p>shown</p></div>\n"},
        {"HTML", PIL_FORMAT_HTML,
         "<html lang=en><title>T</title><meta name=author content=A><meta name=author content=B>"
         "<h1>H</h1><p>The caf\xE9 is long enough to "
         "stand.<ol><li>a<li>b</ol><table><tr><td>c<td>d"},
        {"JSON Lines", PIL_FORMAT_JSONL,
         "{\"id\":1,\"author\":[\"A\",\"B\"],\"text\":\"One \\u0000 two.\"}\n"
         "{\"paragraphs\":[\"One \xFF.\",\"Two \\u0000.\"]}\n"},
        {"Org", PIL_FORMAT_ORG,
         "#+TITLE: T\n* Head\nThe [[a][text]] is long enough.\n- "
         "a\n|b|c|\n#+begin_src\nd\n#+end_src\n"},
        {"reStructuredText", PIL_FORMAT_RST,
         ":Author: A\n\nHead\n====\nThe `text <a>`_ is long enough.\n\n* a\n\nb::\n\n  c\n"},
        {"LaTeX", PIL_FORMAT_TEX,
         "\\title{T}\\begin{document}\\section{H}The t\\'ext.\\begin{verbatim}a\\end{verbatim}"},
        {"RTF", PIL_FORMAT_RTF,
         "{\\rtf1{\\info{\\title T}}\\outlinelevel0 H\\par\\pard The t\\'e9xt.\\par}"},
        {"CSV", PIL_FORMAT_CSV, "id,title,text\n1,T,\"One text.\nTwo.\"\n,,Three\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const memory_case *c = &cases[i];
        size_t n_paragraphs = 0;
        bool failed = true;
        size_t n = 0;
        for (; failed && n < ATTEMPTS_MAX; n++) {
            pil_failing_allocation_after(n);
            pil_status status = read_once(c, &n_paragraphs);
            failed = pil_failing_allocation_stop();
            cr_expect_eq(status, failed ? PIL_NO_MEMORY : PIL_OK, "%s, allocation %zu: status %d",
                         c->name, n, (int)status);
        }
        cr_expect(!failed && n > 5 && n_paragraphs > 0, "%s: %zu allocations, %zu paragraphs",
                  c->name, n, n_paragraphs);
    }
}
