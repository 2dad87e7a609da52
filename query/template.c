#include "template.h"

#include <stdio.h>
#include <string.h>

/* A template being read. */
typedef struct reader {
    const char *at;
    pil_template *out;
    char *text; /* room for all text that is no field */
    size_t text_bytes;
    size_t begin; /* of the piece of text at hand */
} reader;

static void end_text(reader *self)
{
    if (self->text_bytes > self->begin)
        self->out->pieces[self->out->n_pieces++] = (pil_template_piece){
            .text = self->text + self->begin, .text_bytes = self->text_bytes - self->begin};
    self->begin = self->text_bytes;
}

static pil_status fail_unknown(const char *name, size_t length, pil_error *err)
{
    char known[256] = "";
    for (int i = 0; i < PIL_HIT_N_FIELDS; i++) {
        size_t n = strlen(known);
        snprintf(known + n, sizeof known - n, "%s%s", i > 0 ? ", " : "",
                 pil_hit_field_name((pil_hit_field)i));
    }
    return pil_error_set(err, PIL_INVALID_ARGUMENT,
                         "the template names a field {%.*s}; there are: %s", (int)length, name,
                         known);
}

/* At an opening brace. */
static pil_status read_field(reader *self, pil_error *err)
{
    const char *name = self->at + 1;
    size_t length = strcspn(name, "{}");
    pil_hit_field field;
    if (name[length] != '}')
        return pil_error_set(err, PIL_INVALID_ARGUMENT,
                             "a brace of the template is not closed: %.40s; a brace itself is "
                             "written {{",
                             self->at);
    if (!pil_hit_field_find(name, length, &field))
        return fail_unknown(name, length < 40 ? length : 40, err);
    end_text(self);
    self->out->pieces[self->out->n_pieces++] =
        (pil_template_piece){.is_field = true, .field = field};
    self->at = name + length + 1;
    return PIL_OK;
}

/* At a backslash. */
static pil_status read_escape(reader *self, pil_error *err)
{
    static const char letters[] = "tn0\\", meant[] = "\t\n\0\\";
    const char *letter = self->at[1] == '\0' ? NULL : strchr(letters, self->at[1]);
    if (letter == NULL)
        return pil_error_set(err, PIL_INVALID_ARGUMENT,
                             "the template has a backslash before something else than t, n, 0 or "
                             "a backslash: %.40s",
                             self->at);
    self->text[self->text_bytes++] = meant[letter - letters];
    self->at += 2;
    return PIL_OK;
}

static pil_status read_next(reader *self, pil_error *err)
{
    char c = *self->at;
    if (c == '\\')
        return read_escape(self, err);
    if (c == '{' && self->at[1] != '{')
        return read_field(self, err);
    if (c == '}' && self->at[1] != '}')
        return pil_error_set(err, PIL_INVALID_ARGUMENT,
                             "a brace of the template was not opened: %.40s; a brace itself is "
                             "written }}",
                             self->at);
    self->text[self->text_bytes++] = c;
    self->at += c == '{' || c == '}' ? 2 : 1;
    return PIL_OK;
}

pil_status pil_template_read(const char *text, pil_template *out, pil_error *err)
{
    size_t length = strlen(text);
    *out = (pil_template){0};
    reader self = {.at = text, .out = out};
    /* There is a byte at least for each piece. */
    out->pieces = pil_arena_alloc(&out->arena, (length + 1) * sizeof *out->pieces);
    self.text = pil_arena_alloc(&out->arena, length + 1);
    pil_status status =
        out->pieces == NULL || self.text == NULL ? pil_error_no_memory(err) : PIL_OK;
    while (status == PIL_OK && *self.at != '\0')
        status = read_next(&self, err);
    if (status == PIL_OK)
        end_text(&self);
    else
        pil_template_dispose(out);
    return status;
}

void pil_template_dispose(pil_template *read)
{
    pil_arena_dispose(&read->arena);
    *read = (pil_template){0};
}
