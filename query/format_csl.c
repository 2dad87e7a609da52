/* Citations as CSL-JSON, which reference managers and citation processors read: one array. */
#include "format.h"

#include "base/intern.h"
#include "citation.h"
#include "json_value.h"
#include "output.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { NOTE_MAX_BYTES = 1024 * 1024 };

typedef struct csl_formatter {
    pil_formatter base;
    pil_output output;
    pil_buffer note;
    pil_intern ids; /* that were written */
} csl_formatter;

/* Sets a string, unless it is empty. The setters fail when memory ran out. */
static bool set_string(json_t *item, const char *key, const char *text)
{
    return *text == '\0' || pil_json_set(item, key, pil_json_string(text, strlen(text)));
}

/* Something the article was published in makes it a newspaper's, an address a web page. */
static const char *type_of(const pil_hit *hit)
{
    return hit->source[0] != '\0' ? "article-newspaper"
           : hit->url[0] != '\0'  ? "webpage"
                                  : "article";
}

/* An object with one string; NULL when memory ran out. */
static json_t *literal_of(const char *text, size_t length)
{
    return json_pack("{s:o}", "literal", pil_json_string(text, length));
}

/* Names are literal: which part of one is the family's is not known. */
static bool set_authors(json_t *item, const pil_hit *hit)
{
    const char *at = hit->author;
    pil_citation_author author;
    json_t *authors = NULL;
    bool is_done = true;
    while (is_done && pil_citation_next_author(&at, &author)) {
        if (authors == NULL) {
            authors = json_array();
            is_done = pil_json_set(item, "author", authors);
        }
        is_done = is_done &&
                  json_array_append_new(authors, literal_of(author.name, author.length_bytes)) == 0;
    }
    return is_done;
}

/* The date's parts as far as they are known. */
static json_t *parts_of(const pil_citation_date *date)
{
    if (date->day > 0)
        return json_pack("{s:[[iii]]}", "date-parts", (int)date->year, (int)date->month,
                         (int)date->day);
    if (date->month > 0)
        return json_pack("{s:[[ii]]}", "date-parts", (int)date->year, (int)date->month);
    return json_pack("{s:[[i]]}", "date-parts", (int)date->year);
}

static bool set_issued(json_t *item, const pil_hit *hit)
{
    pil_citation_date date;
    if (hit->date[0] == '\0')
        return true;
    json_t *issued = pil_citation_date_read(hit->date, &date)
                         ? parts_of(&date)
                         : literal_of(hit->date, strlen(hit->date));
    return pil_json_set(item, "issued", issued);
}

static bool set_item(json_t *item, const pil_hit *hit, const char *id, const char *note)
{
    return item != NULL && set_string(item, "id", id) && set_string(item, "type", type_of(hit)) &&
           set_authors(item, hit) && set_string(item, "title", hit->title) &&
           set_string(item, "container-title", hit->source) && set_issued(item, hit) &&
           set_string(item, "URL", hit->url) && set_string(item, "language", hit->language) &&
           set_string(item, "note", note);
}

static pil_status put_item(csl_formatter *self, const pil_hit *hit, const char *id, pil_error *err)
{
    json_t *item = NULL;
    pil_buffer_clear(&self->note);
    pil_status status = pil_citation_note(hit, &self->base.settings, &self->note, err);
    if (status != PIL_OK)
        return status;
    item = json_object();
    bool is_done =
        set_item(item, hit, id, self->note.bytes) && pil_json_put_line(&self->output, item);
    json_decref(item);
    return is_done ? pil_output_flush(&self->output, err) : pil_error_no_memory(err);
}

static pil_status csl_begin(pil_formatter *formatter, pil_error *err)
{
    (void)err;
    pil_output_string(&((csl_formatter *)formatter)->output, "[\n");
    return PIL_OK;
}

static pil_status csl_hit(pil_formatter *formatter, const pil_hit *hit, pil_error *err)
{
    csl_formatter *self = (csl_formatter *)formatter;
    char id[PIL_CITATION_KEY_BYTES];
    uint32_t number;
    bool is_new;
    pil_citation_key(hit, id);
    if (pil_intern_add(&self->ids, id, strlen(id), &number, &is_new) != PIL_OK)
        return pil_error_no_memory(err);
    if (!is_new)
        return PIL_OK;
    pil_output_string(&self->output, number > 0 ? "," : "");
    return put_item(self, hit, id, err);
}

static pil_status csl_end(pil_formatter *formatter, pil_error *err)
{
    csl_formatter *self = (csl_formatter *)formatter;
    pil_output_string(&self->output, "]\n");
    return pil_output_finish(&self->output, err);
}

static void csl_free(pil_formatter *formatter)
{
    csl_formatter *self = (csl_formatter *)formatter;
    pil_output_dispose(&self->output);
    pil_buffer_dispose(&self->note);
    pil_intern_dispose(&self->ids);
    free(self);
}

pil_formatter *pil_format_csl_new(const pil_format_settings *settings)
{
    static const pil_formatter_vtable vtable = {csl_begin, csl_hit, csl_end, csl_free, NULL};
    csl_formatter *self = calloc(1, sizeof *self);
    if (self == NULL)
        return NULL;
    self->base = (pil_formatter){.vtable = &vtable, .settings = *settings};
    pil_output_init(&self->output, settings->out);
    pil_buffer_init(&self->note, NOTE_MAX_BYTES);
    return &self->base;
}
