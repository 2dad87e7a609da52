#include "date.h"
#include "read_internal.h"

#include "base/utf8.h"
#include "text/analyser.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unicode/uchar.h>

void pil_reading_init(pil_reading *reading, const pil_article_sink *sink,
                      const pil_read_options *options)
{
    *reading = (pil_reading){.sink = sink};
    if (options != NULL)
        reading->options = *options;
    for (int field = 0; field < PIL_FIELDS; field++)
        pil_buffer_init(&reading->fields[field], PIL_METADATA_MAX_BYTES);
    pil_buffer_init(&reading->scratch, SIZE_MAX - 1);
}

void pil_reading_dispose(pil_reading *reading)
{
    for (int field = 0; field < PIL_FIELDS; field++)
        pil_buffer_dispose(&reading->fields[field]);
    pil_buffer_dispose(&reading->scratch);
    pil_paragraphs_dispose(&reading->paragraphs);
    free(reading->blocks);
}

static void give_note(const pil_reading *reading, pil_read_note note, const char *format,
                      va_list values)
{
    char message[512];
    vsnprintf(message, sizeof message, format, values);
    note.message = message;
    if (reading->sink->note != NULL)
        reading->sink->note(reading->sink->context, &note);
}

void pil_reading_note(const pil_reading *reading, uint32_t line, bool skipped, const char *format,
                      ...)
{
    va_list values;
    va_start(values, format);
    give_note(reading, (pil_read_note){.line = line, .skipped = skipped}, format, values);
    va_end(values);
}

void pil_reading_note_ocr(const pil_reading *reading, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    give_note(reading, (pil_read_note){.wants_ocr = true}, format, values);
    va_end(values);
}

void pil_reading_note_replaced(const pil_reading *reading, uint32_t line, size_t n_replaced)
{
    if (n_replaced > 0)
        pil_reading_note(reading, line, false,
                         "%zu byte sequences that are not UTF-8, or NUL, became U+FFFD; if it is "
                         "in another encoding, convert it, for example with iconv -f ISO-8859-1 "
                         "-t UTF-8",
                         n_replaced);
}

/* Appends value with its white space collapsed and its control characters dropped, as far as the
 * field has room. */
static pil_status append_tidy(pil_buffer *field, const char *value, size_t length)
{
    size_t start = field->length;
    bool space = false;
    pil_status status = PIL_OK;
    for (size_t at = 0; at < length && status == PIL_OK;) {
        size_t begin = at;
        UChar32 c = (UChar32)pil_utf8_next(value, length, &at, NULL);
        if (u_isUWhiteSpace(c)) {
            space = field->length > start;
            continue;
        }
        if (u_iscntrl(c))
            continue;
        if (field->length + 1 + (at - begin) > field->max_length)
            break;
        if (space)
            status = pil_buffer_append_byte(field, ' ');
        if (status == PIL_OK)
            status = pil_buffer_append(field, value + begin, at - begin);
        space = false;
    }
    return status;
}

pil_status pil_reading_set(pil_reading *reading, pil_read_field field, const char *value,
                           size_t length)
{
    pil_buffer *to = &reading->fields[field];
    pil_buffer tidy;
    pil_buffer_init(&tidy, to->max_length);
    pil_status status = append_tidy(&tidy, value, length);
    if (status == PIL_OK && tidy.length > 0) {
        pil_buffer_clear(to);
        status = pil_buffer_append(to, tidy.bytes, tidy.length);
    }
    pil_buffer_dispose(&tidy);
    return status;
}

pil_status pil_reading_add(pil_reading *reading, pil_read_field field, const char *value,
                           size_t length)
{
    pil_buffer *to = &reading->fields[field];
    size_t before = to->length;
    if (before == 0)
        return pil_reading_set(reading, field, value, length);
    if (before + 2 >= to->max_length)
        return PIL_OK;
    pil_status status = pil_buffer_append_string(to, ", ");
    if (status == PIL_OK)
        status = append_tidy(to, value, length);
    if (status == PIL_OK && to->length == before + 2)
        pil_buffer_set_length(to, before);
    return status;
}

pil_read_field pil_read_field_of(const char *name)
{
    static const struct {
        const char *name;
        pil_read_field field;
    } names[] = {
        {"title", PIL_FIELD_TITLE},       {"author", PIL_FIELD_AUTHOR},
        {"authors", PIL_FIELD_AUTHOR},    {"date", PIL_FIELD_DATE},
        {"language", PIL_FIELD_LANGUAGE}, {"lang", PIL_FIELD_LANGUAGE},
        {"source", PIL_FIELD_SOURCE},     {"url", PIL_FIELD_URL},
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcasecmp(name, names[i].name) == 0)
            return names[i].field;
    }
    return PIL_FIELDS;
}

pil_status pil_reading_add_block(pil_reading *reading, const pil_block *block)
{
    if (reading->n_blocks == reading->block_capacity) {
        size_t capacity = reading->block_capacity == 0 ? 64 : reading->block_capacity * 2;
        if (capacity > SIZE_MAX / sizeof *block)
            return PIL_NO_MEMORY;
        pil_block *blocks = realloc(reading->blocks, capacity * sizeof *block);
        if (blocks == NULL)
            return PIL_NO_MEMORY;
        reading->blocks = blocks;
        reading->block_capacity = capacity;
    }
    reading->blocks[reading->n_blocks++] = *block;
    return PIL_OK;
}

/* The code of the language that was given, or NULL. The articles of a file are mostly in the same
 * one, and looking up a name is slow. */
static const char *language_code(pil_reading *reading)
{
    const pil_buffer *given = &reading->fields[PIL_FIELD_LANGUAGE];
    if (given->length == 0 || given->length >= sizeof reading->language_given)
        return NULL;
    if (strcmp(given->bytes, reading->language_given) != 0) {
        memcpy(reading->language_given, given->bytes, given->length + 1);
        _Static_assert(sizeof reading->language_code >= PIL_LANGUAGE_MAX, "room for a code");
        pil_language_normalise(given->bytes, reading->language_code);
    }
    return reading->language_code[0] == '\0' ? NULL : reading->language_code;
}

static const char *field_of(const pil_reading *reading, pil_read_field field)
{
    return reading->fields[field].length == 0 ? NULL : reading->fields[field].bytes;
}

/* The date as ISO 8601, if it can be understood; without one that in the address, or in the name of
 * the file, when the file is the article. */
static const char *date_of(const pil_reading *reading, const pil_article *article,
                           char date[PIL_DATE_BYTES])
{
    const char *given = field_of(reading, PIL_FIELD_DATE);
    const char *url = field_of(reading, PIL_FIELD_URL);
    const char *name = article->record_id == NULL ? reading->options.file_name : NULL;
    if (given != NULL)
        return pil_date_normalise(given, date) ? date : given;
    if (url != NULL && pil_date_of_name(url, date))
        return date;
    return name != NULL && pil_date_of_name(name, date) ? date : NULL;
}

/* An article that has nothing but a title is found by it: it is its only paragraph. */
static pil_status title_as_text(pil_reading *reading, const pil_article *article, pil_error *err)
{
    const pil_buffer *title = &reading->fields[PIL_FIELD_TITLE];
    if (reading->paragraphs.n_items > 0 || title->length == 0)
        return PIL_OK;
    const pil_block block = {.kind = PIL_BLOCK_WHOLE,
                             .text = title->bytes,
                             .length_bytes = title->length,
                             .end_byte = title->length,
                             .line = article->record_line};
    return pil_paragraphs_from_blocks(&reading->paragraphs, &block, 1, err);
}

pil_status pil_reading_deliver(pil_reading *reading, pil_article *article, pil_error *err)
{
    pil_status status = PIL_OK;
    const char *heading = reading->paragraphs.title;
    if (reading->fields[PIL_FIELD_TITLE].length == 0 && heading != NULL)
        status = pil_reading_set(reading, PIL_FIELD_TITLE, heading, strlen(heading));
    if (status != PIL_OK)
        return pil_error_no_memory(err);
    status = title_as_text(reading, article, err);
    if (status != PIL_OK)
        return status;
    article->title = field_of(reading, PIL_FIELD_TITLE);
    if (article->title == NULL)
        article->title = reading->options.file_title;
    article->author = field_of(reading, PIL_FIELD_AUTHOR);
    char date[PIL_DATE_BYTES];
    article->date = date_of(reading, article, date);
    article->language = language_code(reading);
    article->source = field_of(reading, PIL_FIELD_SOURCE);
    article->url = field_of(reading, PIL_FIELD_URL);
    article->paragraphs = &reading->paragraphs;
    status = reading->sink->article(reading->sink->context, article, err);
    for (int field = 0; field < PIL_FIELDS; field++)
        pil_buffer_clear(&reading->fields[field]);
    pil_paragraphs_clear(&reading->paragraphs);
    reading->n_blocks = 0;
    return status;
}

pil_status pil_reading_deliver_blocks(pil_reading *reading, pil_block_list *blocks,
                                      const char *bytes, size_t length, pil_error *err)
{
    pil_block_list_finish(blocks);
    pil_status status =
        pil_paragraphs_from_blocks(&reading->paragraphs, blocks->items, blocks->n_items, err);
    if (status != PIL_OK)
        return status;
    pil_article article = {.record_line = 1, .raw = bytes, .raw_bytes = length};
    return pil_reading_deliver(reading, &article, err);
}
