/* Citations to be pasted into a text: the paragraph as a quotation, and its source. */
#include "format.h"

#include "citation.h"
#include "hit_fields.h"
#include "markdown.h"
#include "output.h"
#include "style.h"

#include <stdlib.h>
#include <string.h>

enum { FIELD_MAX_BYTES = 64 * 1024 * 1024 };

#define OPENING_QUOTE "\xE2\x80\x9C"
#define CLOSING_QUOTE "\xE2\x80\x9D"

typedef struct citation_formatter {
    pil_formatter base;
    pil_output output;
    pil_flow flow;
    pil_buffer field;
    bool is_markdown;
    bool is_first;   /* no hit has been written */
    bool needs_part; /* something stands before, from which a part is set apart by a comma */
} citation_formatter;

/* Takes a field of the hit into self->field. */
static pil_status take(citation_formatter *self, pil_hit_field field, const pil_hit *hit,
                       pil_error *err)
{
    pil_buffer_clear(&self->field);
    return pil_hit_field_append(field, hit, &self->base.settings, &self->field, err);
}

static void put_taken(citation_formatter *self)
{
    if (self->is_markdown)
        pil_markdown_put(&self->output, self->field.bytes, self->field.length, false);
    else
        pil_output_bytes(&self->output, self->field.bytes, self->field.length);
}

static bool ends_with(const pil_buffer *text, const char *end)
{
    size_t length = strlen(end);
    return text->length >= length && memcmp(text->bytes + text->length - length, end, length) == 0;
}

static bool ends_sentence(const pil_buffer *text)
{
    return ends_with(text, ".") || ends_with(text, "?") || ends_with(text, "!") ||
           ends_with(text, "\xE2\x80\xA6");
}

/* A field that is a sentence by itself, with what stands around it; nothing when it is empty. */
static pil_status put_sentence(citation_formatter *self, pil_hit_field field, const pil_hit *hit,
                               const char *before, const char *behind, pil_error *err)
{
    pil_status status = take(self, field, hit, err);
    if (status != PIL_OK || self->field.length == 0)
        return status;
    pil_output_string(&self->output, before);
    put_taken(self);
    pil_output_string(&self->output, ends_sentence(&self->field) ? "" : ".");
    pil_output_string(&self->output, behind);
    pil_output_string(&self->output, " ");
    return PIL_OK;
}

/* What was taken, as one of the parts with commas between them; nothing when it is empty. */
static void put_part(citation_formatter *self, const char *around)
{
    if (self->field.length == 0)
        return;
    pil_output_string(&self->output, self->needs_part ? ", " : "");
    pil_output_string(&self->output, around);
    put_taken(self);
    pil_output_string(&self->output, around);
    self->needs_part = true;
}

/* As precise as it is given; what is no date, as it is written. */
static pil_status put_date(citation_formatter *self, const pil_hit *hit, pil_error *err)
{
    pil_citation_date date;
    pil_status status = PIL_OK;
    if (pil_citation_date_read(hit->date, &date)) {
        pil_buffer_clear(&self->field);
        status = pil_buffer_appendf(&self->field, "%04u", date.year);
        if (status == PIL_OK && date.month > 0)
            status = pil_buffer_appendf(&self->field, "-%02u", date.month);
        if (status == PIL_OK && date.day > 0)
            status = pil_buffer_appendf(&self->field, "-%02u", date.day);
        if (status != PIL_OK)
            return pil_error_no_memory(err);
    } else {
        status = take(self, PIL_HIT_DATE, hit, err);
    }
    if (status == PIL_OK)
        put_part(self, "");
    return status;
}

static pil_status put_source(citation_formatter *self, const pil_hit *hit, pil_error *err)
{
    self->needs_part = false;
    pil_status status = put_sentence(self, PIL_HIT_AUTHOR, hit, "", "", err);
    if (status == PIL_OK)
        status = put_sentence(self, PIL_HIT_TITLE, hit, OPENING_QUOTE, CLOSING_QUOTE, err);
    if (status == PIL_OK)
        status = take(self, PIL_HIT_SOURCE, hit, err);
    if (status != PIL_OK)
        return status;
    put_part(self, self->is_markdown ? "*" : "");
    status = put_date(self, hit, err);
    if (status != PIL_OK)
        return status;
    pil_buffer_clear(&self->field);
    if (pil_citation_place(hit, &self->field) != PIL_OK)
        return pil_error_no_memory(err);
    put_part(self, "");
    if (hit->url[0] != '\0') {
        status = take(self, PIL_HIT_URL, hit, err);
    } else {
        pil_buffer_clear(&self->field);
        status = pil_hit_file_append(hit, &self->base.settings, &self->field, err);
    }
    if (status == PIL_OK)
        put_part(self, "");
    pil_output_string(&self->output, "\n");
    return status;
}

/* The paragraph as it is, without emphasis of ours. */
static pil_status put_quotation(citation_formatter *self, const pil_hit *hit, pil_error *err)
{
    pil_status status = PIL_OK;
    if (self->is_markdown) {
        status = pil_markdown_quote(&self->output, &self->flow, hit->text, hit->text_bytes, NULL, 0,
                                    err);
        pil_output_string(&self->output, ">\n> \xE2\x80\x94 ");
        return status;
    }
    status = take(self, PIL_HIT_TEXT, hit, err);
    if (status != PIL_OK)
        return status;
    pil_output_string(&self->output, OPENING_QUOTE);
    put_taken(self);
    pil_output_string(&self->output, CLOSING_QUOTE "\n");
    return PIL_OK;
}

static pil_status citation_begin(pil_formatter *formatter, pil_error *err)
{
    (void)formatter, (void)err;
    return PIL_OK;
}

static pil_status citation_topic(pil_formatter *formatter, pil_error *err)
{
    citation_formatter *self = (citation_formatter *)formatter;
    pil_status status = PIL_OK;
    pil_output_string(&self->output, self->is_first ? "" : "\n");
    self->is_first = false;
    if (self->is_markdown)
        status = pil_markdown_topic(&self->output, &self->flow, &formatter->settings, err);
    else
        pil_style_topic(&self->output, &formatter->settings);
    return status == PIL_OK ? pil_output_flush(&self->output, err) : status;
}

static pil_status citation_hit(pil_formatter *formatter, const pil_hit *hit, pil_error *err)
{
    citation_formatter *self = (citation_formatter *)formatter;
    pil_output_string(&self->output, self->is_first ? "" : "\n");
    self->is_first = false;
    pil_status status = put_quotation(self, hit, err);
    if (status == PIL_OK)
        status = put_source(self, hit, err);
    return status == PIL_OK ? pil_output_flush(&self->output, err) : status;
}

static pil_status citation_end(pil_formatter *formatter, pil_error *err)
{
    return pil_output_finish(&((citation_formatter *)formatter)->output, err);
}

static void citation_free(pil_formatter *formatter)
{
    citation_formatter *self = (citation_formatter *)formatter;
    pil_output_dispose(&self->output);
    pil_flow_dispose(&self->flow);
    pil_buffer_dispose(&self->field);
    free(self);
}

static pil_formatter *citation_new(const pil_format_settings *settings, bool is_markdown)
{
    static const pil_formatter_vtable vtable = {citation_begin, citation_hit, citation_end,
                                                citation_free, citation_topic};
    citation_formatter *self = calloc(1, sizeof *self);
    if (self == NULL)
        return NULL;
    self->base = (pil_formatter){.vtable = &vtable, .settings = *settings};
    self->is_markdown = is_markdown;
    self->is_first = true;
    pil_output_init(&self->output, settings->out);
    pil_flow_init(&self->flow);
    pil_buffer_init(&self->field, FIELD_MAX_BYTES);
    return &self->base;
}

pil_formatter *pil_format_cite_plain_new(const pil_format_settings *settings)
{
    return citation_new(settings, false);
}

pil_formatter *pil_format_cite_markdown_new(const pil_format_settings *settings)
{
    return citation_new(settings, true);
}
