/* Markdown for notes: each paragraph as a quotation, the matches strong, with its source. */
#include "format.h"

#include "base/intern.h"
#include "flow.h"
#include "hit_fields.h"
#include "markdown.h"
#include "output.h"

#include <stdlib.h>
#include <string.h>

enum { FIELD_MAX_BYTES = 64 * 1024 * 1024 };

typedef struct markdown_formatter {
    pil_formatter base;
    pil_output output;
    pil_flow flow;
    pil_buffer field;
    bool is_first;
    pil_intern passages; /* with several topics: the ids of those that were written, numbered */
} markdown_formatter;

/* Puts the field with what stands around it, nothing when it is empty. */
static pil_status put_field(markdown_formatter *self, const pil_hit *hit, pil_hit_field field,
                            const char *before, const char *behind, pil_error *err)
{
    pil_buffer_clear(&self->field);
    pil_status status = pil_hit_field_append(field, hit, &self->base.settings, &self->field, err);
    if (status != PIL_OK || self->field.length == 0)
        return status;
    pil_output_string(&self->output, before);
    pil_markdown_put(&self->output, self->field.bytes, self->field.length, false);
    pil_output_string(&self->output, behind);
    return PIL_OK;
}

/* "*Title*, author, source, date. path:line, page, paragraph" */
static pil_status put_source(markdown_formatter *self, const pil_hit *hit, pil_error *err)
{
    static const struct {
        pil_hit_field field;
        const char *before, *behind;
    } parts[] = {
        {PIL_HIT_AUTHOR, "", ", "},
        {PIL_HIT_TITLE, "*", "*, "},
        {PIL_HIT_SOURCE, "", ", "},
        {PIL_HIT_DATE, "", ", "},
        {PIL_HIT_PATH, "", ""},
        {PIL_HIT_MEMBER, "#", ""},
        {PIL_HIT_LINE, ":", ""},
        {PIL_HIT_PAGE, ", p.\xC2\xA0", ""},
        {PIL_HIT_PARAGRAPH, ", \xC2\xB6", ""},
    };
    pil_status status = PIL_OK;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0] && status == PIL_OK; i++)
        status = put_field(self, hit, parts[i].field, parts[i].before, parts[i].behind, err);
    if (hit->n_copies > 0)
        pil_output_format(&self->output, ", and %zu %s", hit->n_copies,
                          hit->n_copies == 1 ? "copy" : "copies");
    pil_output_string(&self->output, "\n");
    return status;
}

static pil_status put_neighbours(markdown_formatter *self, const pil_neighbour *neighbours,
                                 size_t n, bool are_before, pil_error *err)
{
    pil_status status = PIL_OK;
    for (size_t i = 0; i < n && status == PIL_OK; i++) {
        if (!are_before)
            pil_output_string(&self->output, ">\n");
        status = pil_markdown_quote(&self->output, &self->flow, neighbours[i].text,
                                    neighbours[i].text_bytes, NULL, 0, err);
        if (are_before)
            pil_output_string(&self->output, ">\n");
    }
    return status;
}

static pil_status markdown_begin(pil_formatter *formatter, pil_error *err)
{
    (void)formatter, (void)err;
    return PIL_OK;
}

/* A section of the dossier. */
static pil_status markdown_topic(pil_formatter *formatter, pil_error *err)
{
    markdown_formatter *self = (markdown_formatter *)formatter;
    const pil_format_settings *settings = &formatter->settings;
    pil_output_string(&self->output, self->is_first ? "" : "\n");
    self->is_first = false;
    pil_status status = pil_markdown_topic(&self->output, &self->flow, settings, err);
    if (status != PIL_OK)
        return status;
    if (settings->last_rank == 0)
        pil_output_string(&self->output, "\nNo paragraph was found.\n");
    return pil_output_flush(&self->output, err);
}

/* A passage has a number in the dossier and stands in it once: *is_known when it does already. */
static pil_status put_number(markdown_formatter *self, const pil_hit *hit, bool *is_known,
                             pil_error *err)
{
    uint32_t number;
    bool is_new;
    if (pil_intern_add(&self->passages, hit->id, strlen(hit->id), &number, &is_new) != PIL_OK)
        return pil_error_no_memory(err);
    *is_known = !is_new;
    pil_output_format(&self->output,
                      is_new ? "**[%u]**\n\n" : "As **[%u]**: ", (unsigned)number + 1);
    return PIL_OK;
}

static pil_status put_passage(markdown_formatter *self, const pil_hit *hit, pil_error *err)
{
    pil_output_string(&self->output, hit->is_cut_before ? "> \xE2\x80\xA6\n>\n" : "");
    pil_status status = put_neighbours(self, hit->before, hit->n_before, true, err);
    if (status == PIL_OK)
        status = pil_markdown_quote(&self->output, &self->flow, hit->text, hit->text_bytes,
                                    hit->ranges, hit->n_ranges, err);
    if (status == PIL_OK)
        status = put_neighbours(self, hit->after, hit->n_after, false, err);
    pil_output_string(&self->output, hit->is_cut_after ? ">\n> \xE2\x80\xA6\n" : "");
    pil_output_string(&self->output, ">\n> \xE2\x80\x94 ");
    return status;
}

static pil_status markdown_hit(pil_formatter *formatter, const pil_hit *hit, pil_error *err)
{
    markdown_formatter *self = (markdown_formatter *)formatter;
    bool is_known = false;
    pil_status status = PIL_OK;
    if (!self->is_first)
        pil_output_string(&self->output, "\n");
    self->is_first = false;
    if (formatter->settings.has_topics)
        status = put_number(self, hit, &is_known, err);
    if (status == PIL_OK && !is_known)
        status = put_passage(self, hit, err);
    if (status == PIL_OK)
        status = put_source(self, hit, err);
    return status == PIL_OK ? pil_output_flush(&self->output, err) : status;
}

static pil_status markdown_end(pil_formatter *formatter, pil_error *err)
{
    return pil_output_finish(&((markdown_formatter *)formatter)->output, err);
}

static void markdown_free(pil_formatter *formatter)
{
    markdown_formatter *self = (markdown_formatter *)formatter;
    pil_output_dispose(&self->output);
    pil_flow_dispose(&self->flow);
    pil_buffer_dispose(&self->field);
    pil_intern_dispose(&self->passages);
    free(self);
}

pil_formatter *pil_format_markdown_new(const pil_format_settings *settings)
{
    static const pil_formatter_vtable vtable = {markdown_begin, markdown_hit, markdown_end,
                                                markdown_free, markdown_topic};
    markdown_formatter *self = calloc(1, sizeof *self);
    if (self == NULL)
        return NULL;
    self->base = (pil_formatter){.vtable = &vtable, .settings = *settings};
    self->is_first = true;
    pil_output_init(&self->output, settings->out);
    pil_flow_init(&self->flow);
    pil_buffer_init(&self->field, FIELD_MAX_BYTES);
    return &self->base;
}
