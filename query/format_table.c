/* Tables of all fields: csv and tsv. */
#include "format.h"

#include "hit_fields.h"
#include "output.h"

#include <stdlib.h>
#include <string.h>

enum { FIELD_MAX_BYTES = 64 * 1024 * 1024 };

typedef struct table_formatter {
    pil_formatter base;
    pil_output output;
    pil_buffer field;
    char separator; /* ',' or TAB */
} table_formatter;

/* RFC 4180: what has a separator or a quote in it stands between quotes, a quote being two. A tab
 * or a line break is in no field. */
static void put_field(table_formatter *self, const char *text, size_t length)
{
    bool is_quoted = self->separator == ',' &&
                     (memchr(text, ',', length) != NULL || memchr(text, '"', length) != NULL);
    if (!is_quoted) {
        pil_output_bytes(&self->output, text, length);
        return;
    }
    pil_output_string(&self->output, "\"");
    for (size_t at = 0; at < length;) {
        const char *quote = memchr(text + at, '"', length - at);
        size_t end = quote == NULL ? length : (size_t)(quote - text) + 1;
        pil_output_bytes(&self->output, text + at, end - at);
        if (quote != NULL)
            pil_output_string(&self->output, "\"");
        at = end;
    }
    pil_output_string(&self->output, "\"");
}

static void end_field(table_formatter *self, int field)
{
    pil_output_bytes(&self->output, field + 1 == PIL_HIT_N_FIELDS ? "\n" : &self->separator, 1);
}

static pil_status table_begin(pil_formatter *formatter, pil_error *err)
{
    table_formatter *self = (table_formatter *)formatter;
    for (int i = 0; i < PIL_HIT_N_FIELDS; i++) {
        const char *name = pil_hit_field_name((pil_hit_field)i);
        put_field(self, name, strlen(name));
        end_field(self, i);
    }
    return pil_output_flush(&self->output, err);
}

static pil_status table_hit(pil_formatter *formatter, const pil_hit *hit, pil_error *err)
{
    table_formatter *self = (table_formatter *)formatter;
    for (int i = 0; i < PIL_HIT_N_FIELDS; i++) {
        pil_buffer_clear(&self->field);
        pil_status status =
            pil_hit_field_append((pil_hit_field)i, hit, &formatter->settings, &self->field, err);
        if (status != PIL_OK)
            return status;
        put_field(self, self->field.bytes, self->field.length);
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
    static const pil_formatter_vtable vtable = {table_begin, table_hit, table_end, table_free};
    table_formatter *self = calloc(1, sizeof *self);
    if (self == NULL)
        return NULL;
    self->base = (pil_formatter){&vtable, *settings};
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
