#include "read_internal.h"

#include "base/utf8.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

/* A record that is nested deeper is no article; a longer id is no id. */
enum { NESTING_MAX = 64, ID_MAX_BYTES = 1024 };

/* Where the reading is, and what it found. */
typedef struct record_reader {
    pil_reading *reading;
    uint32_t line;
    size_t n_records;     /* handed out */
    size_t n_not_objects; /* lines that hold no JSON object */
    bool is_array;        /* the first of them begins with a bracket */
    char id[ID_MAX_BYTES + 1];
} record_reader;

/* Whether there are more than levels arrays and objects within each other. */
static bool is_nested_deeper(const json_t *value, int levels)
{
    if (levels == 0)
        return json_is_array(value) || json_is_object(value);
    if (json_is_array(value)) {
        for (size_t i = 0; i < json_array_size(value); i++) {
            if (is_nested_deeper(json_array_get(value, i), levels - 1))
                return true;
        }
    } else if (json_is_object(value)) {
        /* jansson's iterators take no const; nothing is changed through them. */
        union {
            const json_t *given;
            json_t *iterated;
        } object = {.given = value};
        for (void *at = json_object_iter(object.iterated); at != NULL;
             at = json_object_iter_next(object.iterated, at)) {
            if (is_nested_deeper(json_object_iter_value(at), levels - 1))
                return true;
        }
    }
    return false;
}

/* Takes the id into self->id. Returns why it cannot be used, NULL when it can or there is none. */
static const char *take_id(record_reader *self, const json_t *id)
{
    self->id[0] = '\0';
    if (id == NULL || json_is_null(id))
        return NULL;
    if (json_is_integer(id)) {
        snprintf(self->id, sizeof self->id, "%" JSON_INTEGER_FORMAT, json_integer_value(id));
        return NULL;
    }
    if (!json_is_string(id))
        return "\"id\" is neither a string nor an integer";
    size_t length = json_string_length(id);
    const char *value = json_string_value(id);
    if (length > ID_MAX_BYTES)
        return "\"id\" is longer than 1,024 bytes";
    for (size_t i = 0; i < length; i++) {
        if ((unsigned char)value[i] < ' ' || value[i] == 0x7F)
            return "\"id\" has control characters in it";
    }
    memcpy(self->id, value, length + 1);
    return NULL;
}

/* Adds a string or a whole number to a field; other values say nothing. */
static pil_status add_value(pil_reading *reading, pil_read_field field, const json_t *value)
{
    if (json_is_string(value))
        return pil_reading_add(reading, field, json_string_value(value), json_string_length(value));
    if (!json_is_integer(value))
        return PIL_OK;
    char digits[32];
    int length =
        snprintf(digits, sizeof digits, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    return pil_reading_add(reading, field, digits, (size_t)length);
}

static pil_status take_fields(pil_reading *reading, json_t *record)
{
    pil_status status = PIL_OK;
    const char *name;
    json_t *value;
    json_object_foreach(record, name, value)
    {
        pil_read_field field = pil_read_field_of(name);
        if (field == PIL_FIELDS || json_is_null(value))
            continue;
        pil_buffer_clear(&reading->fields[field]);
        if (json_is_array(value)) {
            for (size_t i = 0; i < json_array_size(value) && status == PIL_OK; i++)
                status = add_value(reading, field, json_array_get(value, i));
        } else {
            status = add_value(reading, field, value);
        }
        if (status != PIL_OK)
            return status;
    }
    return PIL_OK;
}

/* A string of the record as text: NULs, which JSON can express, become U+FFFD. The result points
 * into the record or, behind what is there, into the arena of the paragraphs. */
static pil_status text_of(pil_reading *reading, const json_t *string, const char **text,
                          size_t *length)
{
    *text = json_string_value(string);
    *length = json_string_length(string);
    if (memchr(*text, '\0', *length) == NULL)
        return PIL_OK;
    pil_buffer_clear(&reading->scratch);
    if (pil_utf8_repair(*text, *length, &reading->scratch, NULL) != PIL_OK)
        return PIL_NO_MEMORY;
    *length = reading->scratch.length;
    *text = pil_arena_copy(&reading->paragraphs.arena, reading->scratch.bytes, *length);
    return *text == NULL ? PIL_NO_MEMORY : PIL_OK;
}

static pil_status take_text(record_reader *self, const json_t *string, pil_error *err)
{
    pil_paragraphs *paragraphs = &self->reading->paragraphs;
    const char *text;
    size_t length;
    if (text_of(self->reading, string, &text, &length) != PIL_OK)
        return pil_error_no_memory(err);
    pil_status status = pil_paragraphs_from_text(paragraphs, text, length, 0, 1, err);
    for (size_t i = 0; i < paragraphs->n_items; i++)
        paragraphs->items[i].line = self->line;
    return status;
}

static const json_t *paragraph_string(const json_t *item)
{
    const json_t *string = json_is_object(item) ? json_object_get(item, "text") : item;
    return json_is_string(string) ? string : NULL;
}

/* The record counts its paragraphs itself: they stay as they are. Their ranges are those in the
 * paragraphs joined by empty lines. */
static pil_status take_paragraphs(record_reader *self, const json_t *items, pil_error *err)
{
    pil_reading *reading = self->reading;
    size_t begin = 0;
    pil_status status = PIL_OK;
    for (size_t i = 0; i < json_array_size(items) && status == PIL_OK; i++) {
        pil_block block = {.kind = PIL_BLOCK_WHOLE, .begin_byte = begin, .line = self->line};
        const json_t *string = paragraph_string(json_array_get(items, i));
        status = text_of(reading, string, &block.text, &block.length_bytes);
        block.end_byte = begin + block.length_bytes;
        begin = block.end_byte + 2;
        if (status == PIL_OK)
            status = pil_reading_add_block(reading, &block);
    }
    if (status != PIL_OK)
        return pil_error_no_memory(err);
    status =
        pil_paragraphs_from_blocks(&reading->paragraphs, reading->blocks, reading->n_blocks, err);
    for (size_t i = 0; i < reading->paragraphs.n_items; i++)
        reading->paragraphs.items[i].line = self->line;
    return status;
}

/* Why the record is no article, NULL when it is one. */
static const char *flaw_of(record_reader *self, const json_t *record)
{
    if (is_nested_deeper(record, NESTING_MAX))
        return "nested deeper than 64 levels";
    const char *flaw = take_id(self, json_object_get(record, "id"));
    if (flaw != NULL)
        return flaw;
    const json_t *paragraphs = json_object_get(record, "paragraphs");
    const json_t *text = json_object_get(record, "text");
    if (json_is_array(paragraphs)) {
        for (size_t i = 0; i < json_array_size(paragraphs); i++) {
            if (paragraph_string(json_array_get(paragraphs, i)) == NULL)
                return "\"paragraphs\" holds something that is neither a string nor an object "
                       "with a \"text\"";
        }
        return NULL;
    }
    if (paragraphs != NULL && !json_is_null(paragraphs))
        return "\"paragraphs\" is not an array";
    if (text == NULL || json_is_null(text))
        return "it has neither \"text\" nor \"paragraphs\"";
    return json_is_string(text) ? NULL : "\"text\" is not a string";
}

static pil_status take_record(record_reader *self, json_t *record, const char *raw,
                              size_t raw_bytes, pil_error *err)
{
    const char *flaw = flaw_of(self, record);
    if (flaw != NULL) {
        pil_reading_note(self->reading, self->line, true, "%s", flaw);
        return PIL_OK;
    }
    if (take_fields(self->reading, record) != PIL_OK)
        return pil_error_no_memory(err);
    const json_t *paragraphs = json_object_get(record, "paragraphs");
    pil_status status = json_is_array(paragraphs)
                            ? take_paragraphs(self, paragraphs, err)
                            : take_text(self, json_object_get(record, "text"), err);
    if (status != PIL_OK)
        return status;
    pil_article article = {
        .record_id = self->id[0] == '\0' ? NULL : self->id,
        .record_line = self->line,
        .raw = raw,
        .raw_bytes = raw_bytes,
    };
    self->n_records++;
    return pil_reading_deliver(self->reading, &article, err);
}

/* jansson's reason without the piece of the text that it quotes. */
static void note_not_json(record_reader *self, json_error_t *why)
{
    char *near = strstr(why->text, " near ");
    if (near != NULL)
        *near = '\0';
    self->n_not_objects++;
    pil_reading_note(self->reading, self->line, true, "not valid JSON: %s (column %d)", why->text,
                     why->column);
}

static pil_status take_line(record_reader *self, const char *line, size_t length, pil_error *err)
{
    const char *json = line;
    size_t json_length = length;
    if (!pil_utf8_is_valid(line, length) || memchr(line, '\0', length) != NULL) {
        size_t n_replaced;
        pil_buffer_clear(&self->reading->scratch);
        if (pil_utf8_repair(line, length, &self->reading->scratch, &n_replaced) != PIL_OK)
            return pil_error_no_memory(err);
        json = self->reading->scratch.bytes;
        json_length = self->reading->scratch.length;
        pil_reading_note_replaced(self->reading, self->line, n_replaced);
    }
    json_error_t why;
    json_t *record = json_loadb(json, json_length, JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES, &why);
    pil_status status = PIL_OK;
    if (json_is_object(record)) {
        status = take_record(self, record, line, length, err);
    } else if (record != NULL) {
        self->is_array |= self->n_records == 0;
        self->n_not_objects++;
        pil_reading_note(self->reading, self->line, true, "not a JSON object");
    } else if (json_error_code(&why) == json_error_out_of_memory) {
        status = pil_error_no_memory(err);
    } else {
        self->is_array |= self->n_records == 0 && json[0] == '[';
        note_not_json(self, &why);
    }
    json_decref(record);
    return status;
}

static bool is_blank(const char *line, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r')
            return false;
    }
    return true;
}

pil_status pil_read_jsonl(pil_reading *reading, const char *bytes, size_t length, pil_error *err)
{
    record_reader self = {.reading = reading};
    pil_read_input input;
    pil_status status = pil_read_input_open(&input, bytes, length, err);
    for (size_t at = input.begin; at < input.length && status == PIL_OK;) {
        const char *line = input.text + at;
        const char *end = memchr(line, '\n', input.length - at);
        size_t line_length = end == NULL ? input.length - at : (size_t)(end - line);
        at += line_length + 1;
        self.line++;
        if (!is_blank(line, line_length))
            status = take_line(&self, line, line_length, err);
    }
    if (status == PIL_OK)
        pil_reading_note_replaced(reading, 0, input.n_replaced);
    if (status == PIL_OK && self.n_records == 0 && self.n_not_objects > 0)
        status = pil_error_set(err, PIL_BAD_INPUT, "not JSON Lines: no line holds a JSON object%s",
                               self.is_array ? "; jq -c '.[]' makes lines of an array" : "");
    pil_read_input_dispose(&input);
    return status;
}
