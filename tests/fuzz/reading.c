#include "reading.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void check_string(const char *string)
{
    require(string == NULL || pil_utf8_is_valid(string, strlen(string)));
}

/* What is being read. */
typedef struct fuzz_reading {
    bool has_members; /* with lines of their own */
    uint32_t line;
} fuzz_reading;

static pil_status check_article(void *context, const pil_article *article, pil_error *err)
{
    fuzz_reading *run = context;
    (void)err;
    require(article->record_line > (run->has_members ? 0 : run->line));
    run->line = article->record_line;
    check_string(article->record_id);
    check_string(article->title);
    check_string(article->author);
    check_string(article->date);
    check_string(article->language);
    check_string(article->source);
    check_string(article->url);
    require(article->raw != NULL);
    for (size_t i = 0; i < article->paragraphs->n_items; i++) {
        const pil_paragraph *p = &article->paragraphs->items[i];
        require(p->length_bytes > 0 && p->length_bytes <= PIL_PARAGRAPH_MAX_BYTES);
        require(strlen(p->text) == p->length_bytes && p->line >= 1);
        require(p->begin_byte < p->end_byte);
        check_string(p->text);
        check_string(p->heading);
    }
    return PIL_OK;
}

static void check_note(void *context, const pil_read_note *note)
{
    (void)context;
    require(note->message[0] != '\0');
    check_string(note->message);
}

void fuzz_read(pil_format format, const uint8_t *data, size_t size)
{
    fuzz_reading run = {.has_members = format == PIL_FORMAT_MAIL || format == PIL_FORMAT_MBOX ||
                                       format == PIL_FORMAT_WARC};
    pil_error err = {0};
    pil_article_sink sink = {.article = check_article, .note = check_note, .context = &run};
    pil_status status = pil_read_articles(format, (const char *)data, size,
                                          &(pil_read_options){.file_title = "file"}, &sink, &err);
    require(status == PIL_OK || (status == PIL_BAD_INPUT && err.message[0] != '\0'));
}
