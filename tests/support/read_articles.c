#include "support/read_articles.h"

#include "base/buffer.h"
#include "base/utf8.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void add(pil_buffer *out, const char *before, const char *value)
{
    require(pil_buffer_append_string(out, before) == PIL_OK);
    require(pil_utf8_is_valid(value, strlen(value)));
    for (; *value != '\0'; value++) {
        pil_status status = *value == '\n'   ? pil_buffer_append_string(out, "\\n")
                            : *value == '\\' ? pil_buffer_append_string(out, "\\\\")
                                             : pil_buffer_append_byte(out, *value);
        require(status == PIL_OK);
    }
}

static void add_if(pil_buffer *out, const char *before, const char *value)
{
    if (value != NULL)
        add(out, before, value);
}

static void add_paragraphs(pil_buffer *out, const pil_paragraphs *paragraphs)
{
    for (size_t i = 0; i < paragraphs->n_items; i++) {
        const pil_paragraph *p = &paragraphs->items[i];
        require(p->length_bytes == strlen(p->text) && p->length_bytes > 0);
        require(p->begin_byte < p->end_byte);
        require(pil_buffer_appendf(out, "%" PRIu32, p->line) == PIL_OK);
        add(out, "|", p->heading);
        add(out, "|", p->text);
        require(pil_buffer_append_byte(out, '\n') == PIL_OK);
    }
}

static pil_status on_article(void *context, const pil_article *article, pil_error *err)
{
    pil_buffer *out = context;
    (void)err;
    add(out, "article", "");
    add_if(out, " id=", article->record_id);
    require(pil_buffer_appendf(out, " line=%" PRIu32, article->record_line) == PIL_OK);
    add_if(out, " title=", article->title);
    add_if(out, " author=", article->author);
    add_if(out, " date=", article->date);
    add_if(out, " language=", article->language);
    add_if(out, " source=", article->source);
    add_if(out, " url=", article->url);
    require(pil_buffer_append_byte(out, '\n') == PIL_OK);
    add_paragraphs(out, article->paragraphs);
    return PIL_OK;
}

static void on_note(void *context, const pil_read_note *note)
{
    pil_buffer *out = context;
    require(pil_buffer_appendf(out, "note %" PRIu32 " %s", note->line,
                               note->skipped ? "skipped" : "mended") == PIL_OK);
    add(out, ": ", note->message);
    require(pil_buffer_append_byte(out, '\n') == PIL_OK);
}

char *pil_test_read(pil_format format, const char *bytes, size_t length)
{
    pil_buffer out;
    pil_error err = {0};
    pil_buffer_init(&out, SIZE_MAX - 1);
    pil_article_sink sink = {.article = on_article, .note = on_note, .context = &out};
    pil_status status = pil_read_articles(format, bytes, length,
                                          &(pil_read_options){.file_title = "file"}, &sink, &err);
    if (status != PIL_OK) {
        add(&out, pil_status_name(status), ": ");
        add(&out, err.message, "");
        require(pil_buffer_append_byte(&out, '\n') == PIL_OK);
    }
    char *text = pil_buffer_take(&out, NULL);
    require(text != NULL);
    return text;
}

char *pil_test_describe(const pil_paragraphs *paragraphs)
{
    pil_buffer out;
    pil_buffer_init(&out, SIZE_MAX - 1);
    add_paragraphs(&out, paragraphs);
    char *text = pil_buffer_take(&out, NULL);
    require(text != NULL);
    return text;
}
