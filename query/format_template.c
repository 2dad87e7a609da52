/* Hits as a template of the user's says. */
#include "format.h"

#include "output.h"
#include "template.h"

#include <stdlib.h>

enum { FIELD_MAX_BYTES = 64 * 1024 * 1024 };

typedef struct template_formatter {
    pil_formatter base;
    pil_output output;
    pil_template template;
    pil_buffer field;
} template_formatter;

static pil_status template_begin(pil_formatter *formatter, pil_error *err)
{
    template_formatter *self = (template_formatter *)formatter;
    return pil_template_read(formatter->settings.template_text, &self->template, err);
}

static pil_status template_hit(pil_formatter *formatter, const pil_hit *hit, pil_error *err)
{
    template_formatter *self = (template_formatter *)formatter;
    for (size_t i = 0; i < self->template.n_pieces; i++) {
        const pil_template_piece *piece = &self->template.pieces[i];
        if (!piece->is_field) {
            pil_output_bytes(&self->output, piece->text, piece->text_bytes);
            continue;
        }
        pil_buffer_clear(&self->field);
        pil_status status =
            pil_hit_field_append(piece->field, hit, &formatter->settings, &self->field, err);
        if (status != PIL_OK)
            return status;
        pil_output_bytes(&self->output, self->field.bytes, self->field.length);
    }
    pil_output_bytes(&self->output, formatter->settings.ends_with_nul ? "" : "\n", 1);
    return pil_output_flush(&self->output, err);
}

static pil_status template_end(pil_formatter *formatter, pil_error *err)
{
    return pil_output_finish(&((template_formatter *)formatter)->output, err);
}

static void template_free(pil_formatter *formatter)
{
    template_formatter *self = (template_formatter *)formatter;
    pil_output_dispose(&self->output);
    pil_template_dispose(&self->template);
    pil_buffer_dispose(&self->field);
    free(self);
}

pil_formatter *pil_format_template_new(const pil_format_settings *settings)
{
    static const pil_formatter_vtable vtable = {template_begin, template_hit, template_end,
                                                template_free, NULL};
    template_formatter *self = calloc(1, sizeof *self);
    if (self == NULL)
        return NULL;
    self->base = (pil_formatter){.vtable = &vtable, .settings = *settings};
    pil_output_init(&self->output, settings->out);
    pil_buffer_init(&self->field, FIELD_MAX_BYTES);
    return &self->base;
}
