#include "format.h"

#include "base/utf8.h"
#include "cli/paths.h"
#include "excerpt.h"
#include "json_value.h"
#include "output.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

typedef struct json_formatter {
    pil_formatter base;
    pil_output output;
} json_formatter;

/* null for what is unknown, so that `.title // .path` works in jq. */
static json_t *string_or_null(const char *text)
{
    return *text == '\0' ? json_null() : pil_json_string(text, strlen(text));
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
static bool set_number(json_t *object, const char *key, uint64_t number)
{
    return pil_json_set(object, key, json_integer((json_int_t)number));
}

static bool set_path(json_t *object, const char *absolute, const char *cwd)
{
    char *path = pil_path_display(absolute, cwd);
    bool is_done =
        path != NULL && pil_json_set(object, "path", pil_json_string(path, strlen(path)));
    if (is_done && !pil_utf8_is_valid(path, strlen(path)))
        is_done = pil_json_set(object, "path_bytes", hex_of(path));
    free(path);
    return is_done;
}

static bool set_topic(json_t *object, const pil_format_settings *settings)
{
    return !settings->has_topics ||
           pil_json_set(object, "topic", pil_json_string(settings->topic, strlen(settings->topic)));
}

static bool set_member(json_t *object, const char *member)
{
    return member[0] == '\0' ||
           pil_json_set(object, "member", pil_json_string(member, strlen(member)));
}

static bool set_place(json_t *object, const pil_hit *hit, const pil_format_settings *settings)
{
    return set_number(object, "v", PIL_JSON_VERSION) && set_topic(object, settings) &&
           set_number(object, "rank", hit->rank) &&
           pil_json_set(object, "score", json_real(hit->score)) &&
           set_path(object, hit->path, settings->cwd) && set_number(object, "line", hit->line) &&
           (hit->page == 0 || set_number(object, "page", hit->page)) &&
           set_member(object, hit->member) &&
           pil_json_set(object, "article", pil_json_string(hit->article, strlen(hit->article))) &&
           set_number(object, "paragraph", hit->paragraph) &&
           pil_json_set(object, "id", pil_json_string(hit->id, strlen(hit->id)));
}

static bool set_metadata(json_t *object, const pil_hit *hit)
{
    return pil_json_set(object, "title", string_or_null(hit->title)) &&
           pil_json_set(object, "author", string_or_null(hit->author)) &&
           pil_json_set(object, "date", string_or_null(hit->date)) &&
           pil_json_set(object, "language", string_or_null(hit->language)) &&
           pil_json_set(object, "source", string_or_null(hit->source)) &&
           pil_json_set(object, "url", string_or_null(hit->url)) &&
           pil_json_set(object, "heading", string_or_null(hit->heading));
}

static bool set_text(json_t *object, const pil_hit *hit)
{
    return set_number(object, "begin", hit->begin_byte) &&
           set_number(object, "end", hit->end_byte) &&
           pil_json_set(object, "text", pil_json_string(hit->text, hit->text_bytes));
}

static bool set_ranges(json_t *object, const pil_hit *hit)
{
    json_t *ranges = json_array();
    bool is_done = pil_json_set(object, "ranges", ranges);
    for (size_t i = 0; i < hit->n_ranges && is_done; i++) {
        json_t *range = json_array();
        is_done = json_array_append_new(ranges, range) == 0 &&
                  json_array_append_new(range, json_integer(hit->ranges[i].begin)) == 0 &&
                  json_array_append_new(range, json_integer(hit->ranges[i].end)) == 0;
    }
    return is_done;
}

/* The sentences that answer best, as ranges of the text. */
static bool set_sentences(json_t *object, const pil_hit *hit, size_t max)
{
    pil_excerpt excerpt;
    json_t *sentences = json_array();
    pil_excerpt_init(&excerpt);
    bool is_done = pil_json_set(object, "sentences", sentences) &&
                   pil_excerpt_choose(&excerpt, hit, max, NULL) == PIL_OK;
    for (size_t i = 0; is_done && i < excerpt.n_sentences; i++) {
        const pil_excerpt_sentence *sentence = &excerpt.sentences[i];
        if (sentence->is_chosen)
            is_done = json_array_append_new(sentences,
                                            json_pack("[I,I]", (json_int_t)sentence->begin_byte,
                                                      (json_int_t)sentence->end_byte)) == 0;
    }
    pil_excerpt_dispose(&excerpt);
    return is_done;
}

static bool set_missing(json_t *object, const pil_hit *hit, const pil_format_settings *settings)
{
    json_t *missing = json_array();
    bool is_done = pil_json_set(object, "missing", missing);
    for (size_t i = 0; i < hit->n_missing && is_done; i++) {
        if (hit->missing[i] >= settings->n_words)
            continue;
        const char *word = settings->words[hit->missing[i]];
        is_done = json_array_append_new(missing, pil_json_string(word, strlen(word))) == 0;
    }
    return is_done;
}

static bool set_neighbours(json_t *object, const char *key, const pil_neighbour *neighbours,
                           size_t n_neighbours)
{
    json_t *array = json_array();
    bool is_done = pil_json_set(object, key, array);
    for (size_t i = 0; i < n_neighbours && is_done; i++) {
        const pil_neighbour *neighbour = &neighbours[i];
        json_t *entry = json_object();
        is_done =
            json_array_append_new(array, entry) == 0 &&
            set_number(entry, "paragraph", neighbour->number) &&
            set_number(entry, "line", neighbour->line) &&
            pil_json_set(entry, "text", pil_json_string(neighbour->text, neighbour->text_bytes));
    }
    return is_done;
}

static bool set_copies(json_t *object, const pil_hit *hit, const char *cwd)
{
    json_t *array = json_array();
    bool is_done = pil_json_set(object, "copies", array);
    for (size_t i = 0; i < hit->n_copies && is_done; i++) {
        json_t *entry = json_object();
        is_done = json_array_append_new(array, entry) == 0 &&
                  set_path(entry, hit->copies[i].path, cwd) &&
                  set_number(entry, "line", hit->copies[i].line) &&
                  set_member(entry, hit->copies[i].member) &&
                  set_number(entry, "paragraph", hit->copies[i].paragraph);
    }
    return is_done;
}

/* What a part is of beside a term of the text. */
static bool set_kind(json_t *entry, pil_part_kind kind)
{
    static const char *const names[] = {
        [PIL_PART_FAMILIES] = "families",     [PIL_PART_PROXIMITY] = "proximity",
        [PIL_PART_NEIGHBOURS] = "neighbours", [PIL_PART_SIMILARITY] = "similarity",
        [PIL_PART_RECENCY] = "recency",       [PIL_PART_COPIES] = "copies"};
    if (kind == PIL_PART_TERM)
        return true;
    if (kind == PIL_PART_TITLE)
        return pil_json_set(entry, "title", json_true());
    return pil_json_set(entry, "ranking", json_string(names[kind]));
}

static bool set_explanation(json_t *object, const pil_hit *hit, const pil_format_settings *settings)
{
    json_t *parts = json_array();
    bool is_done = pil_json_set(object, "explanation", parts);
    for (size_t i = 0; i < hit->n_parts && is_done; i++) {
        const pil_score_part *part = &hit->parts[i];
        const char *word = part->word < settings->n_words ? settings->words[part->word] : "";
        json_t *entry = json_object();
        is_done = json_array_append_new(parts, entry) == 0 &&
                  pil_json_set(entry, "word", pil_json_string(word, strlen(word))) &&
                  pil_json_set(entry, "stem", pil_json_string(part->term, strlen(part->term))) &&
                  set_kind(entry, part->kind) &&
                  set_number(entry, "paragraphs", part->n_paragraphs) &&
                  pil_json_set(entry, "idf", json_real(part->idf)) &&
                  set_number(entry, "times", part->n_times) &&
                  pil_json_set(entry, "length", json_real(part->length)) &&
                  pil_json_set(entry, "factor", json_real(part->factor)) &&
                  pil_json_set(entry, "score", json_real(part->score));
    }
    return is_done;
}

static bool set_extras(json_t *object, const pil_hit *hit, const pil_format_settings *settings)
{
    bool is_done = true;
    if (settings->max_sentences > 0)
        is_done = set_sentences(object, hit, settings->max_sentences);
    if (is_done && settings->has_context)
        is_done = set_neighbours(object, "before", hit->before, hit->n_before) &&
                  set_neighbours(object, "after", hit->after, hit->n_after);
    if (is_done && settings->has_sections)
        is_done = pil_json_set(object, "cut_before", json_boolean(hit->is_cut_before)) &&
                  pil_json_set(object, "cut_after", json_boolean(hit->is_cut_after));
    if (is_done && settings->is_grouped)
        is_done = set_number(object, "more_in_article", hit->n_more_in_article);
    if (is_done && settings->has_copies)
        is_done = set_copies(object, hit, settings->cwd);
    if (is_done && settings->explains)
        is_done = set_explanation(object, hit, settings);
    return is_done;
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
    json_t *object = json_object();
    bool is_done = object != NULL && set_place(object, hit, settings) &&
                   set_metadata(object, hit) && set_text(object, hit) &&
                   set_missing(object, hit, settings) &&
                   (!settings->is_relaxed || pil_json_set(object, "relaxed", json_true())) &&
                   set_ranges(object, hit) && set_extras(object, hit, settings) &&
                   pil_json_put_line(&self->output, object);
    json_decref(object);
    return is_done ? pil_output_flush(&self->output, err) : pil_error_no_memory(err);
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

static const pil_formatter_vtable json_vtable = {json_begin, json_hit, json_end, json_free, NULL};

pil_formatter *pil_format_json_new(const pil_format_settings *settings)
{
    json_formatter *self = calloc(1, sizeof *self);
    if (self == NULL)
        return NULL;
    self->base = (pil_formatter){.vtable = &json_vtable, .settings = *settings, .keeps_text = true};
    pil_output_init(&self->output, settings->out);
    return &self->base;
}
