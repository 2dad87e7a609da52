#include "topics.h"

#include "base/buffer.h"
#include "base/intern.h"
#include "base/utf8.h"
#include "cli/terminal_text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A stretch of the text. */
typedef struct stretch {
    const char *bytes;
    size_t length;
} stretch;

/* A topics file being read. */
typedef struct reader {
    stretch rest;
    size_t line; /* of what was read last, from 1 */
    pil_topics *out;
    pil_intern ids;
} reader;

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static stretch trim(stretch text)
{
    while (text.length > 0 && is_space(text.bytes[0]))
        text = (stretch){text.bytes + 1, text.length - 1};
    while (text.length > 0 && is_space(text.bytes[text.length - 1]))
        text.length--;
    return text;
}

/* The next line without its end; false when there is none. */
static bool next_line(reader *self, stretch *line)
{
    if (self->rest.length == 0)
        return false;
    const char *end = memchr(self->rest.bytes, '\n', self->rest.length);
    line->bytes = self->rest.bytes;
    line->length = end == NULL ? self->rest.length : (size_t)(end - line->bytes);
    size_t taken = line->length + (end != NULL);
    self->rest = (stretch){self->rest.bytes + taken, self->rest.length - taken};
    self->line++;
    return true;
}

static bool skip_prefix(stretch *text, const char *prefix)
{
    size_t length = strlen(prefix);
    if (text->length < length || strncasecmp(text->bytes, prefix, length) != 0)
        return false;
    *text = trim((stretch){text->bytes + length, text->length - length});
    return true;
}

/* ---- topics ---- */

static bool is_good_id(stretch id)
{
    for (size_t at = 0; at < id.length;) {
        bool is_valid;
        uint32_t character = pil_utf8_next(id.bytes, id.length, &at, &is_valid);
        if (!is_valid || character == ' ' || pil_terminal_is_unsafe(character))
            return false;
    }
    return true;
}

static const char *find_problem(reader *self, stretch id, stretch query, pil_status *status)
{
    uint32_t number;
    bool is_new = true;
    if (id.length == 0)
        return "it has no id";
    if (!is_good_id(id))
        return "its id has white space or control characters, or is not UTF-8";
    *status = pil_intern_add(&self->ids, id.bytes, id.length, &number, &is_new);
    if (!is_new)
        return "another topic above has the same id";
    return query.length == 0 ? "it has no query" : NULL;
}

static pil_topic *add_item(pil_topics *topics)
{
    if (topics->n_items == topics->capacity) {
        size_t capacity = topics->capacity == 0 ? 64 : 2 * topics->capacity;
        pil_topic *grown = realloc(topics->items, capacity * sizeof *grown);
        if (grown == NULL)
            return NULL;
        topics->items = grown;
        topics->capacity = capacity;
    }
    return &topics->items[topics->n_items++];
}

/* problem is what the caller knows of, or NULL. */
static pil_status add_topic(reader *self, size_t line, stretch id, stretch query,
                            const char *problem)
{
    pil_status status = PIL_OK;
    if (problem == NULL)
        problem = find_problem(self, id, query, &status);
    if (!is_good_id(id))
        id.length = 0;
    pil_topic *topic = add_item(self->out);
    if (status != PIL_OK || topic == NULL)
        return PIL_NO_MEMORY;
    *topic = (pil_topic){.line = line,
                         .id = pil_arena_copy(&self->out->arena, id.bytes, id.length),
                         .query = pil_arena_copy(&self->out->arena, query.bytes, query.length),
                         .query_bytes = query.length,
                         .problem = problem};
    return topic->id == NULL || topic->query == NULL ? PIL_NO_MEMORY : PIL_OK;
}

/* ---- a line each ---- */

static pil_status read_line(reader *self, stretch line)
{
    if (trim(line).length == 0 || line.bytes[0] == '#')
        return PIL_OK;
    const char *tab = memchr(line.bytes, '\t', line.length);
    if (tab == NULL)
        return add_topic(self, self->line, (stretch){"", 0}, (stretch){"", 0},
                         "there is no tab between an id and a query");
    size_t id_length = (size_t)(tab - line.bytes);
    stretch query = {tab + 1, line.length - id_length - 1};
    return add_topic(self, self->line, trim((stretch){line.bytes, id_length}), trim(query), NULL);
}

static pil_status read_lines(reader *self)
{
    stretch line;
    pil_status status = PIL_OK;
    while (status == PIL_OK && next_line(self, &line))
        status = read_line(self, line);
    return status;
}

/* ---- TREC ---- */

enum { QUERY_MAX_BYTES = 1 << 20 };

/* A <top> being read. */
typedef struct trec_topic {
    bool is_open;
    size_t line;
    pil_buffer number, title;
    pil_buffer *field; /* which of the two the text at hand belongs to; NULL: neither */
} trec_topic;

static pil_status end_trec_topic(reader *self, trec_topic *topic)
{
    if (!topic->is_open)
        return PIL_OK;
    topic->is_open = false;
    topic->field = NULL;
    return add_topic(self, topic->line, trim((stretch){topic->number.bytes, topic->number.length}),
                     trim((stretch){topic->title.bytes, topic->title.length}), NULL);
}

static void begin_trec_topic(reader *self, trec_topic *topic)
{
    topic->is_open = true;
    topic->line = self->line;
    topic->field = NULL;
    pil_buffer_clear(&topic->number);
    pil_buffer_clear(&topic->title);
}

/* The text up to the next element; a title may go over several lines. */
static pil_status add_text(trec_topic *topic, stretch text)
{
    if (topic->field == NULL || text.length == 0)
        return PIL_OK;
    pil_status status = PIL_OK;
    if (topic->field->length > 0)
        status = pil_buffer_append_byte(topic->field, ' ');
    if (status == PIL_OK)
        status = pil_buffer_append(topic->field, text.bytes, text.length);
    return status;
}

static bool begins_tag(stretch text)
{
    return text.length > 1 && text.bytes[0] == '<' &&
           (isalpha((unsigned char)text.bytes[1]) || text.bytes[1] == '/') &&
           memchr(text.bytes, '>', text.length) != NULL;
}

/* At a tag, which *text is moved behind. */
static pil_status read_tag(reader *self, trec_topic *topic, stretch *text)
{
    pil_status status = PIL_OK;
    topic->field = NULL;
    if (skip_prefix(text, "<top>")) {
        status = end_trec_topic(self, topic);
        begin_trec_topic(self, topic);
    } else if (skip_prefix(text, "</top>")) {
        status = end_trec_topic(self, topic);
    } else if (skip_prefix(text, "<num>")) {
        topic->field = &topic->number;
        skip_prefix(text, "Number:");
    } else if (skip_prefix(text, "<title>")) {
        topic->field = &topic->title;
        skip_prefix(text, "Topic:");
    } else {
        size_t taken = (size_t)((const char *)memchr(text->bytes, '>', text->length) - text->bytes);
        *text = trim((stretch){text->bytes + taken + 1, text->length - taken - 1});
    }
    return status;
}

static pil_status read_trec_line(reader *self, trec_topic *topic, stretch text)
{
    pil_status status = PIL_OK;
    while (text.length > 0 && status == PIL_OK) {
        if (begins_tag(text)) {
            status = read_tag(self, topic, &text);
            continue;
        }
        size_t end = memchr(text.bytes, '>', text.length) == NULL ? text.length : 1;
        while (end < text.length && !begins_tag((stretch){text.bytes + end, text.length - end}))
            end++;
        status = add_text(topic, trim((stretch){text.bytes, end}));
        text = (stretch){text.bytes + end, text.length - end};
    }
    return status;
}

static pil_status read_trec(reader *self)
{
    trec_topic topic = {0};
    stretch line;
    pil_buffer_init(&topic.number, QUERY_MAX_BYTES);
    pil_buffer_init(&topic.title, QUERY_MAX_BYTES);
    pil_status status = PIL_OK;
    while (status == PIL_OK && next_line(self, &line))
        status = read_trec_line(self, &topic, trim(line));
    if (status == PIL_OK)
        status = end_trec_topic(self, &topic);
    pil_buffer_dispose(&topic.number);
    pil_buffer_dispose(&topic.title);
    return status;
}

/* ---- the whole ---- */

pil_status pil_topics_read(const char *text, size_t length, pil_topics *out, pil_error *err)
{
    *out = (pil_topics){0};
    reader self = {.rest = {text, length}, .out = out};
    if (length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0)
        self.rest = (stretch){text + 3, length - 3};
    stretch begin = trim(self.rest);
    pil_status status = skip_prefix(&begin, "<top>") ? read_trec(&self) : read_lines(&self);
    pil_intern_dispose(&self.ids);
    if (status == PIL_INVALID_ARGUMENT)
        return pil_error_set(err, status, "a topic is longer than any query may be");
    return status == PIL_OK ? PIL_OK : pil_error_no_memory(err);
}

void pil_topics_dispose(pil_topics *topics)
{
    free(topics->items);
    pil_arena_dispose(&topics->arena);
    *topics = (pil_topics){0};
}
