/* Bibliography entries for BibTeX and biber, one a paragraph. */
#include "format.h"

#include "base/intern.h"
#include "citation.h"
#include "hit_fields.h"
#include "output.h"

#include <stdlib.h>
#include <string.h>

enum { FIELD_MAX_BYTES = 64 * 1024 * 1024 };

typedef struct bibtex_formatter {
    pil_formatter base;
    pil_output output;
    pil_buffer field;
    pil_intern keys; /* that were written */
} bibtex_formatter;

/* True when each brace of a text has its other one. */
static bool has_pairs(const char *text, size_t length)
{
    size_t n_open = 0;
    for (size_t at = 0; at < length; at++) {
        if (text[at] == '}' && n_open == 0)
            return false;
        n_open += text[at] == '{';
        n_open -= text[at] == '}';
    }
    return n_open == 0;
}

/* What TeX shows as this character. BibTeX counts braces even behind a backslash: those that do not
 * come in pairs get names. */
static const char *tex_of(char character, bool pairs)
{
    switch (character) {
    case '\\':
        return "{\\textbackslash}";
    case '{':
        return pairs ? "\\{" : "{\\textbraceleft}";
    case '}':
        return pairs ? "\\}" : "{\\textbraceright}";
    case '~':
        return "{\\textasciitilde}";
    case '^':
        return "{\\textasciicircum}";
    case '%':
        return "\\%";
    case '&':
        return "\\&";
    case '$':
        return "\\$";
    case '#':
        return "\\#";
    case '_':
        return "\\_";
    default:
        return NULL;
    }
}

static void put_tex(pil_output *output, const char *text, size_t length)
{
    bool pairs = has_pairs(text, length);
    size_t copied = 0;
    for (size_t at = 0; at < length; at++) {
        const char *tex = tex_of(text[at], pairs);
        if (tex == NULL)
            continue;
        pil_output_bytes(output, text + copied, at - copied);
        pil_output_string(output, tex);
        copied = at + 1;
    }
    pil_output_bytes(output, text + copied, length - copied);
}

/* An address is taken as it is by \url: what must not be in one is percent-encoded. */
static void put_url(pil_output *output, const char *url)
{
    for (const char *at = url; *at != '\0'; at++) {
        unsigned char byte = (unsigned char)*at;
        if (byte > ' ' && byte < 0x7F && strchr("\\{}^`\"<>|", byte) == NULL)
            pil_output_bytes(output, at, 1);
        else
            pil_output_format(output, "%%%02X", (unsigned)byte);
    }
}

static pil_status take(bibtex_formatter *self, pil_hit_field field, const pil_hit *hit,
                       pil_error *err)
{
    pil_buffer_clear(&self->field);
    return pil_hit_field_append(field, hit, &self->base.settings, &self->field, err);
}

static void begin_field(bibtex_formatter *self, const char *name)
{
    pil_output_format(&self->output, ",\n  %-7s = {", name);
}

static void end_field(bibtex_formatter *self)
{
    pil_output_string(&self->output, "}");
}

/* A field of the hit, nothing when it is empty. Braces keep a title's capitals as they are. */
static pil_status put_field(bibtex_formatter *self, const char *name, pil_hit_field field,
                            const pil_hit *hit, pil_error *err)
{
    pil_status status = take(self, field, hit, err);
    if (status != PIL_OK || self->field.length == 0)
        return status;
    begin_field(self, name);
    pil_output_string(&self->output, "{");
    put_tex(&self->output, self->field.bytes, self->field.length);
    pil_output_string(&self->output, "}");
    end_field(self);
    return PIL_OK;
}

/* Each name in braces, so that it is taken as it is, without a first and a last name. */
static pil_status put_authors(bibtex_formatter *self, const pil_hit *hit, pil_error *err)
{
    pil_status status = take(self, PIL_HIT_AUTHOR, hit, err);
    const char *at = self->field.bytes;
    pil_citation_author author;
    bool is_first = true;
    while (status == PIL_OK && pil_citation_next_author(&at, &author)) {
        if (is_first)
            begin_field(self, "author");
        pil_output_string(&self->output, is_first ? "{" : " and {");
        put_tex(&self->output, author.name, author.length_bytes);
        pil_output_string(&self->output, "}");
        is_first = false;
    }
    if (!is_first)
        end_field(self);
    return status;
}

static void put_date(bibtex_formatter *self, const pil_citation_date *date)
{
    static const char *const months[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                         "jul", "aug", "sep", "oct", "nov", "dec"};
    pil_output_format(&self->output, ",\n  year    = {%04u}", date->year);
    if (date->month > 0)
        pil_output_format(&self->output, ",\n  month   = %s", months[date->month - 1]);
    if (date->day > 0)
        pil_output_format(&self->output, ",\n  day     = {%u}", date->day);
}

/* Where it is; also what is no date. */
static pil_status put_note(bibtex_formatter *self, const pil_hit *hit, bool has_date,
                           pil_error *err)
{
    pil_buffer_clear(&self->field);
    pil_status status = pil_citation_note(hit, &self->base.settings, &self->field, err);
    begin_field(self, "note");
    put_tex(&self->output, self->field.bytes, self->field.length);
    if (status == PIL_OK)
        status = take(self, PIL_HIT_DATE, hit, err);
    if (status == PIL_OK && !has_date && self->field.length > 0) {
        pil_output_string(&self->output, ", dated ");
        put_tex(&self->output, self->field.bytes, self->field.length);
    }
    end_field(self);
    return status;
}

static pil_status put_entry(bibtex_formatter *self, const pil_hit *hit, const char *key,
                            pil_error *err)
{
    pil_citation_date date;
    bool has_date = pil_citation_date_read(hit->date, &date);
    pil_output_format(&self->output, "@%s{%s", hit->source[0] != '\0' ? "article" : "misc", key);
    pil_status status = put_authors(self, hit, err);
    if (status == PIL_OK)
        status = put_field(self, "title", PIL_HIT_TITLE, hit, err);
    if (status == PIL_OK)
        status = put_field(self, "journal", PIL_HIT_SOURCE, hit, err);
    if (has_date)
        put_date(self, &date);
    if (status == PIL_OK && hit->url[0] != '\0') {
        begin_field(self, "url");
        put_url(&self->output, hit->url);
        end_field(self);
    }
    if (status == PIL_OK)
        status = put_note(self, hit, has_date, err);
    pil_output_string(&self->output, "\n}\n");
    return status;
}

static pil_status bibtex_begin(pil_formatter *formatter, pil_error *err)
{
    (void)formatter, (void)err;
    return PIL_OK;
}

static pil_status bibtex_hit(pil_formatter *formatter, const pil_hit *hit, pil_error *err)
{
    bibtex_formatter *self = (bibtex_formatter *)formatter;
    char key[PIL_CITATION_KEY_BYTES];
    uint32_t number;
    bool is_new;
    pil_citation_key(hit, key);
    if (pil_intern_add(&self->keys, key, strlen(key), &number, &is_new) != PIL_OK)
        return pil_error_no_memory(err);
    if (!is_new)
        return PIL_OK;
    pil_output_string(&self->output, number > 0 ? "\n" : "");
    pil_status status = put_entry(self, hit, key, err);
    return status == PIL_OK ? pil_output_flush(&self->output, err) : status;
}

static pil_status bibtex_end(pil_formatter *formatter, pil_error *err)
{
    return pil_output_finish(&((bibtex_formatter *)formatter)->output, err);
}

static void bibtex_free(pil_formatter *formatter)
{
    bibtex_formatter *self = (bibtex_formatter *)formatter;
    pil_output_dispose(&self->output);
    pil_buffer_dispose(&self->field);
    pil_intern_dispose(&self->keys);
    free(self);
}

pil_formatter *pil_format_bibtex_new(const pil_format_settings *settings)
{
    static const pil_formatter_vtable vtable = {bibtex_begin, bibtex_hit, bibtex_end, bibtex_free,
                                                NULL};
    bibtex_formatter *self = calloc(1, sizeof *self);
    if (self == NULL)
        return NULL;
    self->base = (pil_formatter){.vtable = &vtable, .settings = *settings};
    pil_output_init(&self->output, settings->out);
    pil_buffer_init(&self->field, FIELD_MAX_BYTES);
    return &self->base;
}
