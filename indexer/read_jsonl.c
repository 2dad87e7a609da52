#include "read_internal.h"

#include "base/intern.h"
#include "base/utf8.h"
#include "json_parser.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

/* A record that is nested deeper is no article; a longer id is no id. */
enum { NESTING_MAX = 64, ID_MAX_BYTES = 1024 };

/* Where the reading is, and what it found. */
typedef struct record_reader {
    pil_reading *reading;
    pil_json_parser *parser;
    pil_arena arena; /* of the record at hand */
    pil_buffer padded;
    uint32_t line;
    size_t n_records;     /* handed out */
    size_t n_not_objects; /* lines that hold no JSON object */
    bool is_array;        /* the first of them begins with a bracket */
    char id[ID_MAX_BYTES + 1];
} record_reader;

static const pil_json_value missing = {.kind = PIL_JSON_NULL};

/* The member of that name; null when object, which may be anything, has none. */
static const pil_json_value *member(const pil_json_value *object, const char *name)
{
    size_t n = object->kind == PIL_JSON_OBJECT ? object->n_items : 0;
    for (size_t i = 0; i < n; i++) {
        if (strcmp(object->items[i].name, name) == 0)
            return &object->items[i];
    }
    return &missing;
}

/* Whether two members of an object have one name, or one has a NUL in its name, here or below. The
 * parser has bounded the depth. */
static pil_status check_names(const pil_json_value *value, bool *are_good)
{
    pil_intern names = {0};
    pil_status status = PIL_OK;
    for (size_t i = 0; i < value->n_items && *are_good && status == PIL_OK; i++) {
        const pil_json_value *item = &value->items[i];
        uint32_t number;
        bool is_new = true;
        if (value->kind == PIL_JSON_OBJECT)
            status = pil_intern_add(&names, item->name, item->name_length, &number, &is_new);
        *are_good = is_new && (item->name == NULL || strlen(item->name) == item->name_length);
        if (status == PIL_OK && item->n_items > 0)
            status = check_names(item, are_good);
    }
    pil_intern_dispose(&names);
    return status;
}

/* Takes the id into self->id. Returns why it cannot be used, NULL when it can or there is none. */
static const char *take_id(record_reader *self, const pil_json_value *id)
{
    self->id[0] = '\0';
    if (id->kind == PIL_JSON_NULL)
        return NULL;
    if (id->kind == PIL_JSON_INTEGER) {
        snprintf(self->id, sizeof self->id, "%" PRId64, id->integer);
        return NULL;
    }
    if (id->kind != PIL_JSON_STRING)
        return "\"id\" is neither a string nor an integer";
    size_t length = id->length;
    const char *value = id->string;
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
static pil_status add_value(pil_reading *reading, pil_read_field field, const pil_json_value *value)
{
    if (value->kind == PIL_JSON_STRING)
        return pil_reading_add(reading, field, value->string, value->length);
    if (value->kind != PIL_JSON_INTEGER)
        return PIL_OK;
    char digits[32];
    int length = snprintf(digits, sizeof digits, "%" PRId64, value->integer);
    return pil_reading_add(reading, field, digits, (size_t)length);
}

static pil_status take_fields(pil_reading *reading, const pil_json_value *record)
{
    pil_status status = PIL_OK;
    for (size_t at = 0; at < record->n_items && status == PIL_OK; at++) {
        const pil_json_value *value = &record->items[at];
        pil_read_field field = pil_read_field_of(value->name);
        if (field == PIL_FIELDS || value->kind == PIL_JSON_NULL)
            continue;
        pil_buffer_clear(&reading->fields[field]);
        if (value->kind != PIL_JSON_ARRAY)
            status = add_value(reading, field, value);
        for (size_t i = 0; value->kind == PIL_JSON_ARRAY && i < value->n_items && status == PIL_OK;
             i++)
            status = add_value(reading, field, &value->items[i]);
    }
    return status;
}

/* A string of the record as text: NULs, which JSON can express, become U+FFFD. The result points
 * into the record or, behind what is there, into the arena of the paragraphs. */
static pil_status text_of(pil_reading *reading, const pil_json_value *string, const char **text,
                          size_t *length)
{
    *text = string->string;
    *length = string->length;
    if (memchr(*text, '\0', *length) == NULL)
        return PIL_OK;
    pil_buffer_clear(&reading->scratch);
    if (pil_utf8_repair(*text, *length, &reading->scratch, NULL) != PIL_OK)
        return PIL_NO_MEMORY;
    *length = reading->scratch.length;
    *text = pil_arena_copy(&reading->paragraphs.arena, reading->scratch.bytes, *length);
    return *text == NULL ? PIL_NO_MEMORY : PIL_OK;
}

static pil_status take_text(record_reader *self, const pil_json_value *string, pil_error *err)
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

/* A paragraph's text, which should be a string. */
static const pil_json_value *paragraph_string(const pil_json_value *item)
{
    return item->kind == PIL_JSON_OBJECT ? member(item, "text") : item;
}

/* The record counts its paragraphs itself: they stay as they are. Their ranges are those in the
 * paragraphs joined by empty lines. */
static pil_status take_paragraphs(record_reader *self, const pil_json_value *array, pil_error *err)
{
    pil_reading *reading = self->reading;
    size_t begin = 0;
    pil_status status = PIL_OK;
    for (size_t i = 0; i < array->n_items && status == PIL_OK; i++) {
        pil_block block = {.kind = PIL_BLOCK_WHOLE, .begin_byte = begin, .line = self->line};
        const pil_json_value *string = paragraph_string(&array->items[i]);
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
static const char *flaw_of(record_reader *self, const pil_json_value *record)
{
    const char *flaw = take_id(self, member(record, "id"));
    if (flaw != NULL)
        return flaw;
    const pil_json_value *paragraphs = member(record, "paragraphs");
    const pil_json_value *text = member(record, "text");
    if (paragraphs->kind != PIL_JSON_NULL && paragraphs->kind != PIL_JSON_ARRAY)
        return "\"paragraphs\" is not an array";
    if (paragraphs->kind == PIL_JSON_ARRAY) {
        for (size_t i = 0; i < paragraphs->n_items; i++) {
            if (paragraph_string(&paragraphs->items[i])->kind != PIL_JSON_STRING)
                return "\"paragraphs\" holds something that is neither a string nor an object "
                       "with a \"text\"";
        }
        return NULL;
    }
    if (text->kind == PIL_JSON_NULL)
        return "it has neither \"text\" nor \"paragraphs\"";
    return text->kind == PIL_JSON_STRING ? NULL : "\"text\" is not a string";
}

static pil_status take_record(record_reader *self, const pil_json_value *record, const char *raw,
                              size_t raw_bytes, pil_error *err)
{
    const char *flaw = flaw_of(self, record);
    if (flaw != NULL) {
        pil_reading_note(self->reading, self->line, true, "%s", flaw);
        return PIL_OK;
    }
    if (take_fields(self->reading, record) != PIL_OK)
        return pil_error_no_memory(err);
    const pil_json_value *paragraphs = member(record, "paragraphs");
    pil_status status = paragraphs->kind == PIL_JSON_NULL
                            ? take_text(self, member(record, "text"), err)
                            : take_paragraphs(self, paragraphs, err);
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

/* jansson says what is wrong, and where, which simdjson does not: its reason, without the piece of
 * the text that it quotes. */
static pil_status explain(record_reader *self, const char *json, size_t length, pil_error *err)
{
    json_error_t why;
    json_t *value = json_loadb(json, length, JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES, &why);
    bool is_json = value != NULL;
    json_decref(value);
    if (!is_json && json_error_code(&why) == json_error_out_of_memory)
        return pil_error_no_memory(err);
    if (is_json) {
        pil_reading_note(self->reading, self->line, true, "nested deeper than %d levels",
                         NESTING_MAX);
        return PIL_OK;
    }
    self->is_array |= self->n_records == 0 && json[0] == '[';
    self->n_not_objects++;
    char *near = strstr(why.text, " near ");
    if (near != NULL)
        *near = '\0';
    pil_reading_note(self->reading, self->line, true, "not valid JSON: %s (column %d)", why.text,
                     why.column);
    return PIL_OK;
}

/* Parses json[0..length), behind which room bytes can be read. *is_json is false when it is none,
 * or names two members alike. */
static pil_status parse(record_reader *self, const char *json, size_t length, size_t room,
                        pil_json_value *value, bool *is_json)
{
    if (room < PIL_JSON_PADDING) {
        pil_buffer_clear(&self->padded);
        if (pil_buffer_reserve(&self->padded, length + PIL_JSON_PADDING) != PIL_OK)
            return PIL_NO_MEMORY;
        memcpy(self->padded.bytes, json, length);
        memset(self->padded.bytes + length, 0, PIL_JSON_PADDING);
        json = self->padded.bytes;
    }
    pil_arena_clear(&self->arena);
    *is_json = pil_json_parser_run(self->parser, json, length, &self->arena, value);
    return *is_json ? check_names(value, is_json) : PIL_OK;
}

/* The line with what is not UTF-8, and NULs, replaced. */
static pil_status mend(record_reader *self, const char **json, size_t *length)
{
    size_t n_replaced;
    pil_buffer_clear(&self->reading->scratch);
    if (pil_utf8_repair(*json, *length, &self->reading->scratch, &n_replaced) != PIL_OK)
        return PIL_NO_MEMORY;
    *json = self->reading->scratch.bytes;
    *length = self->reading->scratch.length;
    pil_reading_note_replaced(self->reading, self->line, n_replaced);
    return PIL_OK;
}

/* The line[0..length) of the input, behind which room bytes can be read. */
static pil_status take_line(record_reader *self, const char *line, size_t length, size_t room,
                            pil_error *err)
{
    const char *json = line;
    size_t json_length = length;
    pil_json_value value;
    bool is_json;
    pil_status status = parse(self, line, length, room, &value, &is_json);
    if (status == PIL_OK && !is_json &&
        (!pil_utf8_is_valid(line, length) || memchr(line, '\0', length) != NULL)) {
        status = mend(self, &json, &json_length);
        if (status == PIL_OK)
            status = parse(self, json, json_length, 0, &value, &is_json);
    }
    if (status != PIL_OK)
        return pil_error_no_memory(err);
    if (!is_json || (value.kind != PIL_JSON_OBJECT && value.kind != PIL_JSON_ARRAY))
        return explain(self, json, json_length, err);
    if (value.kind == PIL_JSON_OBJECT)
        return take_record(self, &value, line, length, err);
    self->is_array |= self->n_records == 0;
    self->n_not_objects++;
    pil_reading_note(self->reading, self->line, true, "not a JSON object");
    return PIL_OK;
}

static bool is_blank(const char *line, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r')
            return false;
    }
    return true;
}

static pil_status read_lines(record_reader *self, const pil_read_input *input, pil_error *err)
{
    pil_status status = PIL_OK;
    for (size_t at = input->begin; at < input->length && status == PIL_OK;) {
        const char *line = input->text + at;
        const char *end = memchr(line, '\n', input->length - at);
        size_t length = end == NULL ? input->length - at : (size_t)(end - line);
        at += length;
        self->line++;
        if (!is_blank(line, length))
            status = take_line(self, line, length, input->length - at, err);
        at++;
    }
    return status;
}

pil_status pil_read_jsonl(pil_reading *reading, const char *bytes, size_t length, pil_error *err)
{
    record_reader self = {.reading = reading, .parser = pil_json_parser_new(NESTING_MAX)};
    pil_buffer_init(&self.padded, SIZE_MAX / 2);
    pil_read_input input = {0};
    pil_status status = self.parser == NULL ? pil_error_no_memory(err)
                                            : pil_read_input_open(&input, bytes, length, err);
    if (status == PIL_OK)
        status = read_lines(&self, &input, err);
    if (status == PIL_OK)
        pil_reading_note_replaced(reading, 0, input.n_replaced);
    if (status == PIL_OK && self.n_records == 0 && self.n_not_objects > 0)
        status = pil_error_set(err, PIL_BAD_INPUT, "not JSON Lines: no line holds a JSON object%s",
                               self.is_array ? "; jq -c '.[]' makes lines of an array" : "");
    pil_read_input_dispose(&input);
    pil_json_parser_free(self.parser);
    pil_arena_dispose(&self.arena);
    pil_buffer_dispose(&self.padded);
    return status;
}
