/* Tables of all fields: csv and tsv. */
#include "format.h"

#include "hit_fields.h"
#include "output.h"
#include "table_field.h"

#include <stdlib.h>
#include <string.h>

enum { FIELD_MAX_BYTES = 64 * 1024 * 1024 };

typedef struct table_formatter {
    pil_formatter base;
    pil_output output;
    pil_buffer field;
    char separator; /* ',' or TAB */
} table_formatter;

static void end_field(table_formatter *self, int field)
{
    pil_output_bytes(&self->output, field + 1 == PIL_HIT_N_FIELDS ? "\n" : &self->separator, 1);
}

static int first_field(const table_formatter *self)
{
    return self->base.settings.has_topics ? PIL_HIT_TOPIC : PIL_HIT_TOPIC + 1;
}

static pil_status table_begin(pil_formatter *formatter, pil_error *err)
{
    table_formatter *self = (table_formatter *)formatter;
    for (int i = first_field(self); i < PIL_HIT_N_FIELDS; i++) {
        const char *name = pil_hit_field_name((pil_hit_field)i);
        pil_table_put_field(&self->output, self->separator, name, strlen(name));
        end_field(self, i);
    }
    return pil_output_flush(&self->output, err);
}

static pil_status table_hit(pil_formatter *formatter, const pil_hit *hit, pil_error *err)
{
    table_formatter *self = (table_formatter *)formatter;
    for (int i = first_field(self); i < PIL_HIT_N_FIELDS; i++) {
        pil_buffer_clear(&self->field);
        pil_status status =
            pil_hit_field_append((pil_hit_field)i, hit, &formatter->settings, &self->field, err);
        if (status != PIL_OK)
            return status;
        pil_table_put_field(&self->output, self->separator, self->field.bytes, self->field.length);
        end_field(self, i);
    }
    return pil_output_flush(&self->output, err);
}

static pil_status table_end(pil_formatter *formatter, pil_error *err)
{
    return pil_output_finish(&((table_formatter *)formatter)->output, err);
}

static void table_free(pil_formatter *formatter)
{
    table_formatter *self = (table_formatter *)formatter;
    pil_output_dispose(&self->output);
    pil_buffer_dispose(&self->field);
    free(self);
}

static pil_formatter *table_new(const pil_format_settings *settings, char separator)
{
    static const pil_formatter_vtable vtable = {table_begin, table_hit, table_end, table_free,
                                                NULL};
    table_formatter *self = calloc(1, sizeof *self);
    if (self == NULL)
        return NULL;
    self->base = (pil_formatter){.vtable = &vtable, .settings = *settings};
    self->separator = separator;
    pil_output_init(&self->output, settings->out);
    pil_buffer_init(&self->field, FIELD_MAX_BYTES);
    return &self->base;
}

pil_formatter *pil_format_csv_new(const pil_format_settings *settings)
{
    return table_new(settings, ',');
}

pil_formatter *pil_format_tsv_new(const pil_format_settings *settings)
{
    return table_new(settings, '\t');
}
