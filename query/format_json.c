#include "format.h"

#include "base/utf8.h"
#include "cli/paths.h"
#include "cli/terminal_text.h"
#include "output.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* The version of the objects: it changes when a field is removed or changes its meaning. */
enum { JSON_VERSION = 1 };

enum { STRING_MAX_BYTES = 64 * 1024 * 1024 };

typedef struct json_formatter {
    pil_formatter base;
    pil_output output;
} json_formatter;

/* A JSON string; what is not UTF-8 is replaced by U+FFFD. NULL when memory ran out. */
static json_t *string_of(const char *text, size_t length)
{
    if (pil_utf8_is_valid(text, length))
        return json_stringn_nocheck(text, length);
    pil_buffer mended;
    pil_buffer_init(&mended, STRING_MAX_BYTES);
    json_t *string = NULL;
    if (pil_utf8_repair(text, length, &mended, NULL) == PIL_OK)
        string = json_stringn_nocheck(mended.bytes, mended.length);
    pil_buffer_dispose(&mended);
    return string;
}

/* null for what is unknown, so that `.title // .path` works in jq. */
static json_t *string_or_null(const char *text)
{
    return *text == '\0' ? json_null() : string_of(text, strlen(text));
}

/* The bytes of a path that no JSON string can hold, as hexadecimal digits. */
static json_t *hex_of(const char *text)
{
    static const char digits[] = "0123456789abcdef";
    size_t length = strlen(text);
    char *hex = malloc(2 * length + 1);
    if (hex == NULL)
        return NULL;
    for (size_t i = 0; i < length; i++) {
        hex[2 * i] = digits[(unsigned char)text[i] >> 4];
        hex[2 * i + 1] = digits[(unsigned char)text[i] & 0xF];
    }
    json_t *string = json_stringn_nocheck(hex, 2 * length);
    free(hex);
    return string;
}

/* Setting and appending take the value over, and fail when it is NULL. */
static bool set(json_t *object, const char *key, json_t *value)
{
    return json_object_set_new_nocheck(object, key, value) == 0;
}

static bool set_number(json_t *object, const char *key, uint64_t number)
{
    return set(object, key, json_integer((json_int_t)number));
}

static bool set_path(json_t *object, const pil_hit *hit, const char *cwd)
{
    char *path = pil_path_display(hit->path, cwd);
    bool is_done = path != NULL && set(object, "path", string_of(path, strlen(path)));
    if (is_done && !pil_utf8_is_valid(path, strlen(path)))
        is_done = set(object, "path_bytes", hex_of(path));
    free(path);
    return is_done;
}

static bool set_place(json_t *object, const pil_hit *hit, const char *cwd)
{
    return set_number(object, "v", JSON_VERSION) && set_number(object, "rank", hit->rank) &&
           set(object, "score", json_real(hit->score)) && set_path(object, hit, cwd) &&
           set_number(object, "line", hit->line) &&
           (hit->page == 0 || set_number(object, "page", hit->page)) &&
           set(object, "article", string_of(hit->article, strlen(hit->article))) &&
           set_number(object, "paragraph", hit->paragraph) &&
           set(object, "id", string_of(hit->id, strlen(hit->id)));
}

static bool set_metadata(json_t *object, const pil_hit *hit)
{
    return set(object, "title", string_or_null(hit->title)) &&
           set(object, "author", string_or_null(hit->author)) &&
           set(object, "date", string_or_null(hit->date)) &&
           set(object, "language", string_or_null(hit->language)) &&
           set(object, "source", string_or_null(hit->source)) &&
           set(object, "url", string_or_null(hit->url)) &&
           set(object, "heading", string_or_null(hit->heading));
}

static bool set_text(json_t *object, const pil_hit *hit)
{
    return set_number(object, "begin", hit->begin_byte) &&
           set_number(object, "end", hit->end_byte) &&
           set(object, "text", string_of(hit->text, hit->text_bytes));
}

static bool set_ranges(json_t *object, const pil_hit *hit)
{
    json_t *ranges = json_array();
    bool is_done = set(object, "ranges", ranges);
    for (size_t i = 0; i < hit->n_ranges && is_done; i++) {
        json_t *range = json_array();
        is_done = json_array_append_new(ranges, range) == 0 &&
                  json_array_append_new(range, json_integer(hit->ranges[i].begin)) == 0 &&
                  json_array_append_new(range, json_integer(hit->ranges[i].end)) == 0;
    }
    return is_done;
}

static bool set_missing(json_t *object, const pil_hit *hit, const pil_format_settings *settings)
{
    json_t *missing = json_array();
    bool is_done = set(object, "missing", missing);
    for (size_t i = 0; i < hit->n_missing && is_done; i++) {
        if (hit->missing[i] >= settings->n_words)
            continue;
        const char *word = settings->words[hit->missing[i]];
        is_done = json_array_append_new(missing, string_of(word, strlen(word))) == 0;
    }
    return is_done;
}

static bool set_neighbours(json_t *object, const char *key, const pil_neighbour *neighbours,
                           size_t n_neighbours)
{
    json_t *array = json_array();
    bool is_done = set(object, key, array);
    for (size_t i = 0; i < n_neighbours && is_done; i++) {
        const pil_neighbour *neighbour = &neighbours[i];
        json_t *entry = json_object();
        is_done = json_array_append_new(array, entry) == 0 &&
                  set_number(entry, "paragraph", neighbour->number) &&
                  set_number(entry, "line", neighbour->line) &&
                  set(entry, "text", string_of(neighbour->text, neighbour->text_bytes));
    }
    return is_done;
}

static bool set_extras(json_t *object, const pil_hit *hit, const pil_format_settings *settings)
{
    bool is_done = true;
    if (settings->has_context)
        is_done = set_neighbours(object, "before", hit->before, hit->n_before) &&
                  set_neighbours(object, "after", hit->after, hit->n_after);
    if (is_done && settings->is_grouped)
        is_done = set_number(object, "more_in_article", hit->n_more_in_article);
    return is_done;
}

/* JSON lets DEL, C1 controls and marks that reorder text stand in strings as they are; a terminal
 * does not forgive them. They can only be inside strings here, where \u says the same. */
static void append_safely(pil_output *output, const char *json, size_t length)
{
    size_t copied = 0;
    for (size_t at = 0; at < length;) {
        size_t begin = at;
        uint32_t character = pil_utf8_next(json, length, &at, NULL);
        if (!pil_terminal_is_unsafe(character))
            continue;
        pil_output_bytes(output, json + copied, begin - copied);
        pil_output_format(output, "\\u%04X", (unsigned)character);
        copied = at;
    }
    pil_output_bytes(output, json + copied, length - copied);
}

static pil_status json_begin(pil_formatter *formatter, pil_error *err)
{
    (void)formatter, (void)err;
    return PIL_OK;
}

static pil_status json_hit(pil_formatter *formatter, const pil_hit *hit, pil_error *err)
{
    json_formatter *self = (json_formatter *)formatter;
    const pil_format_settings *settings = &formatter->settings;
    char *text = NULL;
    pil_status status = PIL_NO_MEMORY;
    json_t *object = json_object();
    if (object == NULL || !set_place(object, hit, settings->cwd) || !set_metadata(object, hit) ||
        !set_text(object, hit) || !set_missing(object, hit, settings) || !set_ranges(object, hit) ||
        !set_extras(object, hit, settings))
        goto done;
    text = json_dumps(object, JSON_COMPACT | JSON_REAL_PRECISION(9));
    if (text == NULL)
        goto done;
    append_safely(&self->output, text, strlen(text));
    pil_output_string(&self->output, "\n");
    status = PIL_OK;

done:
    free(text);
    json_decref(object);
    if (status != PIL_OK)
        return pil_error_no_memory(err);
    return pil_output_flush(&self->output, err);
}

static pil_status json_end(pil_formatter *formatter, pil_error *err)
{
    return pil_output_finish(&((json_formatter *)formatter)->output, err);
}

static void json_free(pil_formatter *formatter)
{
    pil_output_dispose(&((json_formatter *)formatter)->output);
    free(formatter);
}

static const pil_formatter_vtable json_vtable = {json_begin, json_hit, json_end, json_free};

pil_formatter *pil_format_json_new(const pil_format_settings *settings)
{
    json_formatter *self = calloc(1, sizeof *self);
    if (self == NULL)
        return NULL;
    self->base = (pil_formatter){&json_vtable, *settings};
    pil_output_init(&self->output, settings->out);
    return &self->base;
}
