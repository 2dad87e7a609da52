/* The files that have hits, each once, in the order of their best one. */
#include "format.h"

#include "base/intern.h"
#include "cli/paths.h"
#include "output.h"

#include <stdlib.h>
#include <string.h>

typedef struct files_formatter {
    pil_formatter base;
    pil_output output;
    pil_intern paths; /* that were written */
} files_formatter;

static pil_status files_begin(pil_formatter *formatter, pil_error *err)
{
    (void)formatter, (void)err;
    return PIL_OK;
}

/* With a NUL behind it a path is written as it is: who asks for that can read it. */
static pil_status put_path(files_formatter *self, const char *path, pil_error *err)
{
    char *shown = pil_path_display(path, self->base.settings.cwd);
    if (shown == NULL)
        return pil_error_no_memory(err);
    if (self->base.settings.ends_with_nul) {
        pil_output_bytes(&self->output, shown, strlen(shown) + 1);
    } else {
        pil_output_path(&self->output, shown);
        pil_output_string(&self->output, "\n");
    }
    free(shown);
    return pil_output_flush(&self->output, err);
}

static pil_status files_hit(pil_formatter *formatter, const pil_hit *hit, pil_error *err)
{
    files_formatter *self = (files_formatter *)formatter;
    uint32_t number;
    bool is_new;
    if (pil_intern_add(&self->paths, hit->path, strlen(hit->path), &number, &is_new) != PIL_OK)
        return pil_error_no_memory(err);
    return is_new ? put_path(self, hit->path, err) : PIL_OK;
}

static pil_status files_end(pil_formatter *formatter, pil_error *err)
{
    return pil_output_finish(&((files_formatter *)formatter)->output, err);
}

static void files_free(pil_formatter *formatter)
{
    files_formatter *self = (files_formatter *)formatter;
    pil_output_dispose(&self->output);
    pil_intern_dispose(&self->paths);
    free(self);
}

pil_formatter *pil_format_files_new(const pil_format_settings *settings)
{
    static const pil_formatter_vtable vtable = {files_begin, files_hit, files_end, files_free,
                                                NULL};
    files_formatter *self = calloc(1, sizeof *self);
    if (self == NULL)
        return NULL;
    self->base = (pil_formatter){.vtable = &vtable, .settings = *settings};
    pil_output_init(&self->output, settings->out);
    return &self->base;
}
