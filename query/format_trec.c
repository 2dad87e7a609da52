#include "format.h"

#include "base/utf8.h"
#include "cli/paths.h"
#include "cli/terminal_text.h"
#include "output.h"

#include <stdlib.h>
#include <string.h>

typedef struct trec_formatter {
    pil_formatter base;
    pil_output output;
} trec_formatter;

static bool is_white_space(uint32_t character)
{
    return character == ' ' || character == 0xA0 || character == 0x1680 ||
           (character >= 0x2000 && character <= 0x200A) || character == 0x202F ||
           character == 0x205F || character == 0x3000;
}

/* Readers of runs split at white space, and some of them at any that Unicode knows. */
static void append_docid(pil_output *output, const char *id)
{
    size_t length = strlen(id);
    for (size_t at = 0; at < length;) {
        size_t begin = at;
        bool is_valid;
        uint32_t character = pil_utf8_next(id, length, &at, &is_valid);
        if (is_valid && character != '%' && !is_white_space(character) &&
            !pil_terminal_is_unsafe(character)) {
            pil_output_bytes(output, id + begin, at - begin);
            continue;
        }
        for (; begin < at; begin++)
            pil_output_format(output, "%%%02X", (unsigned)(unsigned char)id[begin]);
    }
}

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
    if (docid == NULL)
        return pil_error_no_memory(err);
    pil_output_string(output, settings->topic);
    pil_output_string(output, " Q0 ");
    append_docid(output, docid);
    pil_output_format(output, ":%u %u %.6f ", (unsigned)hit->paragraph, (unsigned)hit->rank,
                      hit->score);
    pil_output_string(output, settings->run);
    pil_output_string(output, "\n");
    free(docid);
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
