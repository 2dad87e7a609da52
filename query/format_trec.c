#include "format.h"

#include "cli/paths.h"
#include "output.h"
#include "trec_docid.h"

#include <stdlib.h>

typedef struct trec_formatter {
    pil_formatter base;
    pil_output output;
} trec_formatter;

static pil_status trec_begin(pil_formatter *formatter, pil_error *err)
{
    (void)formatter, (void)err;
    return PIL_OK;
}

static pil_status trec_hit(pil_formatter *formatter, const pil_hit *hit, pil_error *err)
{
    trec_formatter *self = (trec_formatter *)formatter;
    const pil_format_settings *settings = &formatter->settings;
    pil_output *output = &self->output;
    char *docid = pil_path_display(hit->article, settings->cwd);
    pil_buffer name;
    pil_buffer_init(&name, SIZE_MAX / 2);
    if (docid == NULL || pil_trec_docid_append(&name, docid) != PIL_OK) {
        free(docid);
        pil_buffer_dispose(&name);
        return pil_error_no_memory(err);
    }
    pil_output_string(output, settings->topic);
    pil_output_string(output, " Q0 ");
    pil_output_bytes(output, name.bytes, name.length);
    pil_output_format(output, ":%u %u %.6f ", (unsigned)hit->paragraph, (unsigned)hit->rank,
                      hit->score);
    pil_output_string(output, settings->run);
    pil_output_string(output, "\n");
    free(docid);
    pil_buffer_dispose(&name);
    return pil_output_flush(output, err);
}

static pil_status trec_end(pil_formatter *formatter, pil_error *err)
{
    return pil_output_finish(&((trec_formatter *)formatter)->output, err);
}

static void trec_free(pil_formatter *formatter)
{
    pil_output_dispose(&((trec_formatter *)formatter)->output);
    free(formatter);
}

static const pil_formatter_vtable trec_vtable = {trec_begin, trec_hit, trec_end, trec_free, NULL};

pil_formatter *pil_format_trec_new(const pil_format_settings *settings)
{
    trec_formatter *self = calloc(1, sizeof *self);
    if (self == NULL)
        return NULL;
    self->base = (pil_formatter){.vtable = &trec_vtable, .settings = *settings};
    pil_output_init(&self->output, settings->out);
    return &self->base;
}
