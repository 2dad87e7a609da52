#include "cage_wire.h"

#include "base/hash.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

/* Lengths that stand for no string, and for the string before. */
#define NO_STRING UINT32_MAX
#define SAME_STRING (UINT32_MAX - 1)

/* No id, title or the like is longer. */
enum { STRING_MAX_BYTES = 64 * 1024 };

/* ---- writing ---- */

/* A frame being appended: what fails first is kept. */
typedef struct wire_writer {
    pil_buffer *out;
    size_t begin; /* of the frame */
    pil_status status;
} wire_writer;

static void put_bytes(wire_writer *to, const void *bytes, size_t length)
{
    if (to->status == PIL_OK)
        to->status = pil_buffer_append(to->out, bytes, length);
}

static void put_number(wire_writer *to, uint64_t number, size_t n_bytes)
{
    char bytes[8];
    for (size_t i = 0; i < n_bytes; i++)
        bytes[i] = (char)(number >> (8 * i));
    put_bytes(to, bytes, n_bytes);
}

static void put_u32(wire_writer *to, uint32_t number)
{
    put_number(to, number, 4);
}

static void put_string_of(wire_writer *to, const char *string, size_t length)
{
    if (length >= SAME_STRING)
        to->status = PIL_INVALID_ARGUMENT;
    put_u32(to, (uint32_t)length);
    put_bytes(to, string, length);
}

static void put_string(wire_writer *to, const char *string)
{
    if (string == NULL)
        put_u32(to, NO_STRING);
    else
        put_string_of(to, string, strlen(string));
}

/* A library's words may be in any encoding. */
static void put_message(wire_writer *to, const char *message)
{
    pil_buffer text;
    pil_buffer_init(&text, STRING_MAX_BYTES);
    if (to->status == PIL_OK)
        to->status = pil_utf8_repair(message, strlen(message), &text, NULL);
    put_string(to, text.bytes);
    pil_buffer_dispose(&text);
}

static wire_writer begin_frame(pil_buffer *out, pil_wire_type type)
{
    wire_writer to = {.out = out, .begin = out->length};
    put_number(&to, type, 1);
    put_u32(&to, 0);
    return to;
}

static pil_status end_frame(wire_writer *to)
{
    if (to->status != PIL_OK) {
        pil_buffer_set_length(to->out, to->begin);
        return to->status;
    }
    size_t length = to->out->length - to->begin - PIL_WIRE_HEAD_BYTES;
    if (length > UINT32_MAX) {
        pil_buffer_set_length(to->out, to->begin);
        return PIL_INVALID_ARGUMENT;
    }
    for (size_t i = 0; i < 4; i++)
        to->out->bytes[to->begin + 1 + i] = (char)(length >> (8 * i));
    return PIL_OK;
}

pil_status pil_wire_put_hello(pil_buffer *out, const pil_wire_hello *hello)
{
    wire_writer to = begin_frame(out, PIL_WIRE_HELLO);
    put_u32(&to, hello->landlock_abi);
    put_u32(&to, hello->has_seccomp);
    return end_frame(&to);
}

pil_status pil_wire_put_request(pil_buffer *out, const pil_wire_request *request)
{
    wire_writer to = begin_frame(out, PIL_WIRE_REQUEST);
    put_u32(&to, (uint32_t)request->format);
    put_number(&to, request->n_bytes, 8);
    put_string(&to, request->file_name);
    put_string(&to, request->text_column);
    put_string(&to, request->ocr_language);
    return end_frame(&to);
}

static void put_paragraphs(wire_writer *to, const pil_paragraphs *paragraphs)
{
    const char *heading = NULL;
    put_u32(to, (uint32_t)paragraphs->n_items);
    for (size_t i = 0; i < paragraphs->n_items; i++) {
        const pil_paragraph *p = &paragraphs->items[i];
        put_number(to, p->begin_byte, 8);
        put_number(to, p->end_byte, 8);
        put_u32(to, p->line);
        put_u32(to, p->page);
        /* Paragraphs under one heading share its string. */
        if (i > 0 && p->heading == heading)
            put_u32(to, SAME_STRING);
        else
            put_string(to, p->heading);
        heading = p->heading;
        put_string_of(to, p->text, p->length_bytes);
    }
}

pil_status pil_wire_put_article(pil_buffer *out, const pil_article *article)
{
    wire_writer to = begin_frame(out, PIL_WIRE_ARTICLE);
    pil_digest digest = pil_digest_of(article->raw, article->raw_bytes);
    put_bytes(&to, digest.hex, PIL_DIGEST_LENGTH);
    put_u32(&to, article->record_line);
    put_u32(&to, (uint32_t)article->member_bytes);
    put_string(&to, article->record_id);
    put_string(&to, article->title);
    put_string(&to, article->author);
    put_string(&to, article->date);
    put_string(&to, article->language);
    put_string(&to, article->source);
    put_string(&to, article->url);
    put_paragraphs(&to, article->paragraphs);
    return end_frame(&to);
}

pil_status pil_wire_put_note(pil_buffer *out, const pil_read_note *note)
{
    wire_writer to = begin_frame(out, PIL_WIRE_NOTE);
    put_u32(&to, note->line);
    put_u32(&to, note->skipped);
    put_u32(&to, note->wants_ocr);
    put_message(&to, note->message);
    return end_frame(&to);
}

pil_status pil_wire_put_end(pil_buffer *out, const pil_wire_end *end)
{
    wire_writer to = begin_frame(out, PIL_WIRE_END);
    put_u32(&to, (uint32_t)end->status);
    put_message(&to, end->message);
    return end_frame(&to);
}

/* ---- reading ---- */

typedef struct wire_reader {
    const char *at, *end;
    pil_arena *arena;
    bool ok;
} wire_reader;

static const char *get_bytes(wire_reader *from, size_t length)
{
    if (!from->ok || length > (size_t)(from->end - from->at)) {
        from->ok = false;
        return NULL;
    }
    const char *bytes = from->at;
    from->at += length;
    return bytes;
}

static uint64_t get_number(wire_reader *from, size_t n_bytes)
{
    const char *bytes = get_bytes(from, n_bytes);
    uint64_t number = 0;
    for (size_t i = 0; bytes != NULL && i < n_bytes; i++)
        number |= (uint64_t)(unsigned char)bytes[i] << (8 * i);
    return number;
}

static uint32_t get_u32(wire_reader *from)
{
    return (uint32_t)get_number(from, 4);
}

static const char *get_text(wire_reader *from, uint32_t length, size_t max)
{
    if (length > max)
        from->ok = false;
    const char *bytes = get_bytes(from, length);
    from->ok = from->ok && pil_utf8_is_valid(bytes, length) &&
               (length == 0 || memchr(bytes, '\0', length) == NULL);
    char *copy = from->ok ? pil_arena_copy(from->arena, bytes, length) : NULL;
    from->ok = copy != NULL;
    return copy;
}

static const char *get_string(wire_reader *from)
{
    uint32_t length = get_u32(from);
    return length == NO_STRING ? NULL : get_text(from, length, STRING_MAX_BYTES);
}

/* Read to the last byte, without fault. */
static bool is_whole(const wire_reader *from)
{
    return from->ok && from->at == from->end;
}

uint32_t pil_wire_body_length(const char *head)
{
    wire_reader from = {.at = head + 1, .end = head + PIL_WIRE_HEAD_BYTES, .ok = true};
    return get_u32(&from);
}

bool pil_wire_get_hello(const char *body, size_t length, pil_wire_hello *out)
{
    wire_reader from = {.at = body, .end = body + length, .ok = true};
    out->landlock_abi = get_u32(&from);
    out->has_seccomp = get_u32(&from) != 0;
    return is_whole(&from);
}

/* A name may be any bytes. */
static const char *get_name(wire_reader *from)
{
    uint32_t length = get_u32(from);
    if (length == NO_STRING)
        return NULL;
    const char *bytes = get_bytes(from, length);
    const char *copy = bytes == NULL ? NULL : pil_arena_copy(from->arena, bytes, length);
    from->ok = from->ok && copy != NULL;
    return copy;
}

/* Reads n strings, each of which may be missing, into what out[0..n) points to. */
static void get_strings(wire_reader *from, const char *(*get)(wire_reader *),
                        const char **const *out, size_t n)
{
    for (size_t i = 0; i < n; i++)
        *out[i] = get(from);
}

bool pil_wire_get_request(const char *body, size_t length, pil_arena *arena, pil_wire_request *out)
{
    wire_reader from = {.at = body, .end = body + length, .arena = arena, .ok = true};
    uint32_t format = get_u32(&from);
    out->n_bytes = get_number(&from, 8);
    const char **const names[] = {&out->file_name, &out->text_column, &out->ocr_language};
    get_strings(&from, get_name, names, sizeof names / sizeof names[0]);
    if (format >= PIL_FORMATS)
        return false;
    out->format = (pil_format)format;
    return is_whole(&from);
}

static bool reserve(pil_paragraphs *paragraphs, size_t n)
{
    if (n <= paragraphs->capacity)
        return true;
    pil_paragraph *items = realloc(paragraphs->items, n * sizeof *items);
    if (items == NULL)
        return false;
    paragraphs->items = items;
    paragraphs->capacity = n;
    return true;
}

static void get_paragraph(wire_reader *from, const char **heading, pil_paragraph *out)
{
    out->begin_byte = get_number(from, 8);
    out->end_byte = get_number(from, 8);
    out->line = get_u32(from);
    out->page = get_u32(from);
    uint32_t length = get_u32(from);
    if (length != SAME_STRING)
        *heading = get_text(from, length, STRING_MAX_BYTES);
    from->ok = from->ok && *heading != NULL && out->begin_byte <= out->end_byte && out->line > 0;
    out->heading = *heading;
    out->length_bytes = get_u32(from);
    out->text = get_text(from, (uint32_t)out->length_bytes, PIL_PARAGRAPH_MAX_BYTES);
    from->ok = from->ok && out->length_bytes > 0;
}

bool pil_wire_get_article(const char *body, size_t length, pil_arena *arena,
                          pil_paragraphs *paragraphs, pil_article *out)
{
    wire_reader from = {.at = body, .end = body + length, .arena = arena, .ok = true};
    *out = (pil_article){.raw = get_bytes(&from, PIL_DIGEST_LENGTH),
                         .raw_bytes = PIL_DIGEST_LENGTH,
                         .paragraphs = paragraphs};
    out->record_line = get_u32(&from);
    out->member_bytes = get_u32(&from);
    const char **const strings[] = {&out->record_id, &out->title,  &out->author, &out->date,
                                    &out->language,  &out->source, &out->url};
    get_strings(&from, get_string, strings, sizeof strings / sizeof strings[0]);
    if (out->member_bytes > (out->record_id == NULL ? 0 : strlen(out->record_id)))
        return false;
    pil_paragraphs_clear(paragraphs);
    uint32_t n = get_u32(&from);
    /* A paragraph takes 33 bytes and more: a count that lies allocates nothing. */
    if (!from.ok || n > length / 33 || !reserve(paragraphs, n))
        return false;
    const char *heading = NULL;
    for (uint32_t i = 0; i < n && from.ok; i++)
        get_paragraph(&from, &heading, &paragraphs->items[i]);
    paragraphs->n_items = from.ok ? n : 0;
    return is_whole(&from);
}

bool pil_wire_get_note(const char *body, size_t length, pil_arena *arena, pil_read_note *out)
{
    wire_reader from = {.at = body, .end = body + length, .arena = arena, .ok = true};
    out->line = get_u32(&from);
    out->skipped = get_u32(&from) != 0;
    out->wants_ocr = get_u32(&from) != 0;
    out->message = get_string(&from);
    return is_whole(&from) && out->message != NULL;
}

bool pil_wire_get_end(const char *body, size_t length, pil_arena *arena, pil_wire_end *out)
{
    wire_reader from = {.at = body, .end = body + length, .arena = arena, .ok = true};
    uint32_t status = get_u32(&from);
    out->status = (pil_status)status;
    out->message = get_string(&from);
    return is_whole(&from) && status <= PIL_INTERNAL && out->message != NULL;
}
