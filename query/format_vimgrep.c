/* path:line:column:text, as editors read it: their path is that of a file that they can open. */
#include "format.h"

#include "hit_fields.h"
#include "output.h"
#include "place.h"

#include <stdlib.h>

enum { FIELD_MAX_BYTES = 64 * 1024 * 1024 };

typedef struct vimgrep_formatter {
    pil_formatter base;
    pil_output output;
    pil_buffer field;
} vimgrep_formatter;

static pil_status vimgrep_begin(pil_formatter *formatter, pil_error *err)
{
    (void)formatter, (void)err;
    return PIL_OK;
}

static pil_status put_field(vimgrep_formatter *self, pil_hit_field field, const pil_hit *hit,
                            pil_error *err)
{
    pil_buffer_clear(&self->field);
    pil_status status = pil_hit_field_append(field, hit, &self->base.settings, &self->field, err);
    if (status == PIL_OK)
        pil_output_bytes(&self->output, self->field.bytes, self->field.length);
    return status;
}

/* An editor opens the archive; where the paragraph is in it, the message says. */
static pil_status put_member(vimgrep_formatter *self, const pil_hit *hit, pil_error *err)
{
    pil_output_string(&self->output, ":1:1:");
    pil_status status = put_field(self, PIL_HIT_MEMBER, hit, err);
    if (status == PIL_OK)
        pil_place_put_spot(&self->output, hit);
    pil_output_string(&self->output, ": ");
    return status;
}

static pil_status vimgrep_hit(pil_formatter *formatter, const pil_hit *hit, pil_error *err)
{
    vimgrep_formatter *self = (vimgrep_formatter *)formatter;
    pil_status status = put_field(self, PIL_HIT_PATH, hit, err);
    if (hit->member[0] == '\0')
        pil_output_format(&self->output, ":%u:1:", (unsigned)hit->line);
    else if (status == PIL_OK)
        status = put_member(self, hit, err);
    if (status == PIL_OK)
        status = put_field(self, PIL_HIT_TEXT, hit, err);
    if (status != PIL_OK)
        return status;
    pil_output_string(&self->output, "\n");
    return pil_output_flush(&self->output, err);
}

static pil_status vimgrep_end(pil_formatter *formatter, pil_error *err)
{
    return pil_output_finish(&((vimgrep_formatter *)formatter)->output, err);
}

static void vimgrep_free(pil_formatter *formatter)
{
    vimgrep_formatter *self = (vimgrep_formatter *)formatter;
    pil_output_dispose(&self->output);
    pil_buffer_dispose(&self->field);
    free(self);
}

pil_formatter *pil_format_vimgrep_new(const pil_format_settings *settings)
{
    static const pil_formatter_vtable vtable = {vimgrep_begin, vimgrep_hit, vimgrep_end,
                                                vimgrep_free, NULL};
    vimgrep_formatter *self = calloc(1, sizeof *self);
    if (self == NULL)
        return NULL;
    self->base = (pil_formatter){.vtable = &vtable, .settings = *settings};
    pil_output_init(&self->output, settings->out);
    pil_buffer_init(&self->field, FIELD_MAX_BYTES);
    return &self->base;
}
