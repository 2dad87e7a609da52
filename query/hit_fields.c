#include "hit_fields.h"

#include "cli/paths.h"
#include "cli/terminal_text.h"
#include "flow.h"

#include <stdlib.h>
#include <string.h>

static const char *const names[PIL_HIT_N_FIELDS] = {
    "topic",     "rank",    "score",   "path",   "line",  "page",     "article",
    "paragraph", "id",      "title",   "author", "date",  "language", "source",
    "url",       "heading", "missing", "text",   "member"};

const char *pil_hit_field_name(pil_hit_field field)
{
    return names[field];
}

bool pil_hit_field_find(const char *name, size_t length, pil_hit_field *out)
{
    for (int i = 0; i < PIL_HIT_N_FIELDS; i++) {
        if (strlen(names[i]) == length && memcmp(names[i], name, length) == 0) {
            *out = (pil_hit_field)i;
            return true;
        }
    }
    return false;
}

static pil_status append_line(const char *text, size_t length, pil_buffer *out)
{
    pil_flow flow;
    pil_flow_init(&flow);
    pil_status status = pil_flow_set(&flow, text, length, NULL, 0);
    if (status == PIL_OK)
        status = pil_buffer_append(out, flow.text.bytes, flow.text.length);
    pil_flow_dispose(&flow);
    return status;
}

static pil_status append_path(const char *path, const char *cwd, pil_buffer *out)
{
    char *shown = pil_path_display(path, cwd);
    if (shown == NULL)
        return PIL_NO_MEMORY;
    pil_status status = pil_terminal_escape(shown, strlen(shown), 0, out);
    free(shown);
    return status;
}

static pil_status append_missing(const pil_hit *hit, const pil_format_settings *settings,
                                 pil_buffer *out)
{
    pil_status status = PIL_OK;
    for (size_t i = 0; i < hit->n_missing && status == PIL_OK; i++) {
        if (hit->missing[i] >= settings->n_words)
            continue;
        const char *word = settings->words[hit->missing[i]];
        status = pil_buffer_append_string(out, i > 0 ? "; " : "");
        if (status == PIL_OK)
            status = append_line(word, strlen(word), out);
    }
    return status;
}

/* The text fields that are there as they are. */
static const char *string_of(pil_hit_field field, const pil_hit *hit)
{
    switch (field) {
    case PIL_HIT_ID:
        return hit->id;
    case PIL_HIT_TITLE:
        return hit->title;
    case PIL_HIT_AUTHOR:
        return hit->author;
    case PIL_HIT_DATE:
        return hit->date;
    case PIL_HIT_LANGUAGE:
        return hit->language;
    case PIL_HIT_SOURCE:
        return hit->source;
    case PIL_HIT_URL:
        return hit->url;
    default:
        return hit->heading;
    }
}

static pil_status append(pil_hit_field field, const pil_hit *hit,
                         const pil_format_settings *settings, pil_buffer *out)
{
    switch (field) {
    case PIL_HIT_TOPIC:
        return append_line(settings->topic, strlen(settings->topic), out);
    case PIL_HIT_RANK:
        return pil_buffer_appendf(out, "%u", (unsigned)hit->rank);
    case PIL_HIT_SCORE:
        return pil_buffer_appendf(out, "%.6f", hit->score);
    case PIL_HIT_PATH:
        return append_path(hit->path, settings->cwd, out);
    case PIL_HIT_LINE:
        return pil_buffer_appendf(out, "%u", (unsigned)hit->line);
    case PIL_HIT_PAGE:
        return hit->page == 0 ? PIL_OK : pil_buffer_appendf(out, "%u", (unsigned)hit->page);
    case PIL_HIT_ARTICLE:
        return pil_terminal_escape(hit->article, strlen(hit->article), 0, out);
    case PIL_HIT_MEMBER:
        return pil_terminal_escape(hit->member, strlen(hit->member), 0, out);
    case PIL_HIT_PARAGRAPH:
        return pil_buffer_appendf(out, "%u", (unsigned)hit->paragraph);
    case PIL_HIT_MISSING:
        return append_missing(hit, settings, out);
    case PIL_HIT_TEXT:
        return append_line(hit->text, hit->text_bytes, out);
    default: {
        const char *string = string_of(field, hit);
        return append_line(string, strlen(string), out);
    }
    }
}

pil_status pil_hit_field_append(pil_hit_field field, const pil_hit *hit,
                                const pil_format_settings *settings, pil_buffer *out,
                                pil_error *err)
{
    pil_status status = append(field, hit, settings, out);
    if (status == PIL_OK || status == PIL_NO_MEMORY)
        return status == PIL_OK ? PIL_OK : pil_error_no_memory(err);
    return pil_error_set(err, status, "a result is too large to be shown");
}

pil_status pil_hit_file_append(const pil_hit *hit, const pil_format_settings *settings,
                               pil_buffer *out, pil_error *err)
{
    pil_status status = pil_hit_field_append(PIL_HIT_PATH, hit, settings, out, err);
    if (status != PIL_OK || hit->member[0] == '\0')
        return status;
    if (pil_buffer_append_byte(out, '#') != PIL_OK)
        return pil_error_no_memory(err);
    return pil_hit_field_append(PIL_HIT_MEMBER, hit, settings, out, err);
}
