/* Web archives: ISO 28500. Each page, text or document that a server answered with is an article.
 */
#include "cage_limits.h"
#include "http_message.h"
#include "read_member.h"
#include "unpack.h"

#include <archive_entry.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { PIECE_BYTES = 64 * 1024, HEAD_MAX_BYTES = 64 * 1024, URL_MAX_BYTES = 1000 };

typedef struct warc_reading {
    pil_reading *reading;
    struct archive *archive;
    pil_buffer bytes; /* unpacked and not taken */
    size_t n_taken;   /* of them */
    bool at_end;
    uint64_t *room;
    pil_buffer scratch;
    size_t n_records;
} warc_reading;

/* Unpacks until n bytes are there that were not taken, or the end. */
static pil_status fill(warc_reading *run, size_t n, pil_error *err)
{
    if (run->n_taken > 0 && run->bytes.length - run->n_taken < n) {
        size_t left = run->bytes.length - run->n_taken;
        memmove(run->bytes.bytes, run->bytes.bytes + run->n_taken, left);
        pil_buffer_set_length(&run->bytes, left);
        run->n_taken = 0;
    }
    while (!run->at_end && run->bytes.length - run->n_taken < n) {
        if (pil_buffer_reserve(&run->bytes, PIECE_BYTES) != PIL_OK)
            return pil_error_no_memory(err);
        la_ssize_t got =
            archive_read_data(run->archive, run->bytes.bytes + run->bytes.length, PIECE_BYTES);
        if (got < 0)
            return pil_error_set(err, PIL_BAD_INPUT, "a damaged web archive: %.100s",
                                 archive_error_string(run->archive));
        if ((uint64_t)got > *run->room)
            return pil_error_set(err, PIL_BAD_INPUT,
                                 "it unpacks to more than %d times its size: a "
                                 "bomb",
                                 PIL_CAGE_OUTPUT_TIMES);
        *run->room -= (uint64_t)got;
        run->at_end = got == 0;
        pil_buffer_set_length(&run->bytes, run->bytes.length + (size_t)got);
    }
    return PIL_OK;
}

static const char *pending(const warc_reading *run, size_t *n)
{
    *n = run->bytes.length - run->n_taken;
    return run->bytes.bytes + run->n_taken;
}

/* A header's value as a string; "" when there is none or it is too long. */
static void copy_header(const char *head, size_t length, const char *name, char *out, size_t size)
{
    const char *value;
    size_t n;
    out[0] = '\0';
    if (!pil_http_header(head, length, name, &value, &n) || n >= size)
        return;
    memcpy(out, value, n);
    out[n] = '\0';
    /* Some write addresses in brackets. */
    if (n > 2 && out[0] == '<' && out[n - 1] == '>') {
        memmove(out, out + 1, n - 2);
        out[n - 2] = '\0';
    }
}

/* What a body is, by its media type. */
static pil_format format_of_type(const char *head, size_t length)
{
    static const struct {
        const char *type;
        pil_format format;
    } types[] = {
        {"text/html", PIL_FORMAT_HTML},
        {"application/xhtml+xml", PIL_FORMAT_HTML},
        {"text/plain", PIL_FORMAT_TEXT},
        {"application/pdf", PIL_FORMAT_PDF},
    };
    const char *value;
    size_t n;
    if (!pil_http_header(head, length, "Content-Type", &value, &n))
        return PIL_FORMAT_NONE;
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        size_t type_length = strlen(types[i].type);
        if (n >= type_length && strncasecmp(value, types[i].type, type_length) == 0)
            return types[i].format;
    }
    return PIL_FORMAT_NONE;
}

/* A server's answer. */
static pil_status take_response(warc_reading *run, const char *url, const char *message,
                                size_t length, pil_error *err)
{
    const char *body;
    size_t body_length;
    pil_error failure = {0};
    size_t head = pil_http_head_length(message, length);
    pil_format format = format_of_type(message, head);
    if (format == PIL_FORMAT_NONE)
        return PIL_OK;
    pil_status status =
        pil_http_body(message, length, run->room, &run->scratch, &body, &body_length, &failure);
    /* Pages that were not there are part of every archive. */
    if (status == PIL_BAD_INPUT)
        return PIL_OK;
    if (status != PIL_OK)
        return pil_error_no_memory(err);
    run->n_records++;
    return pil_read_member(run->reading, format, url, url, body, body_length, run->room, err);
}

static pil_status take_record(warc_reading *run, const char *head, size_t head_length,
                              const char *block, size_t length, pil_error *err)
{
    char type[32], url[URL_MAX_BYTES];
    copy_header(head, head_length, "WARC-Type", type, sizeof type);
    copy_header(head, head_length, "WARC-Target-URI", url, sizeof url);
    if (url[0] == '\0')
        return PIL_OK;
    if (strcasecmp(type, "response") == 0)
        return take_response(run, url, block, length, err);
    pil_format format = format_of_type(head, head_length);
    if (strcasecmp(type, "resource") != 0 || format == PIL_FORMAT_NONE)
        return PIL_OK;
    run->n_records++;
    return pil_read_member(run->reading, format, url, url, block, length, run->room, err);
}

/* The next record; *is_last when there is none. */
static pil_status next_record(warc_reading *run, bool *is_last, pil_error *err)
{
    size_t n;
    char digits[24];
    pil_status status = fill(run, HEAD_MAX_BYTES, err);
    const char *bytes = pending(run, &n);
    while (n > 0 && (*bytes == '\r' || *bytes == '\n')) {
        bytes++;
        n--;
        run->n_taken++;
    }
    *is_last = n == 0;
    if (status != PIL_OK || n == 0)
        return status;
    size_t head = pil_http_head_length(bytes, n);
    copy_header(bytes, head, "Content-Length", digits, sizeof digits);
    if (n < 5 || memcmp(bytes, "WARC/", 5) != 0 || head == 0 || digits[0] < '0' || digits[0] > '9')
        return pil_error_set(err, PIL_BAD_INPUT, "not a web archive, or a damaged one");
    unsigned long long length = strtoull(digits, NULL, 10);
    if (length > PIL_CAGE_OUTPUT_BYTES)
        return pil_error_set(err, PIL_BAD_INPUT, "a record of more than %llu MB: not read",
                             (unsigned long long)(PIL_CAGE_OUTPUT_BYTES >> 20));
    status = fill(run, head + (size_t)length, err);
    if (status != PIL_OK)
        return status;
    bytes = pending(run, &n);
    if (n < head + length)
        return pil_error_set(err, PIL_BAD_INPUT, "it ends in the middle of a record");
    run->n_taken += head + (size_t)length;
    return take_record(run, bytes, head, bytes + head, (size_t)length, err);
}

static pil_status read_records(warc_reading *run, pil_error *err)
{
    bool is_last = false;
    pil_status status = PIL_OK;
    pil_error failure = {0};
    while (status == PIL_OK && !is_last)
        status = next_record(run, &is_last, &failure);
    if (status == PIL_OK && run->n_records == 0)
        status = pil_error_set(&failure, PIL_BAD_INPUT, "no page in it");
    if (status == PIL_BAD_INPUT && run->n_records > 0) {
        pil_reading_note(run->reading, 0, true, "what follows is missing: %s", failure.message);
        return PIL_OK;
    }
    if (status != PIL_OK && err != NULL)
        *err = failure;
    return status;
}

pil_status pil_read_warc(pil_reading *reading, const char *bytes, size_t length, pil_error *err)
{
    struct archive_entry *entry;
    uint64_t room = pil_cage_unpacked_max(length);
    warc_reading run = {.reading = reading, .archive = pil_unpack_new()};
    run.room = reading->options.unpack_room == NULL ? &room : reading->options.unpack_room;
    pil_buffer_init(&run.bytes, SIZE_MAX - 1);
    pil_buffer_init(&run.scratch, SIZE_MAX - 1);
    if (run.archive == NULL)
        return pil_error_no_memory(err);
    archive_read_support_format_raw(run.archive);
    pil_status status =
        archive_read_open_memory(run.archive, bytes, length) != ARCHIVE_OK ||
                archive_read_next_header(run.archive, &entry) != ARCHIVE_OK
            ? pil_error_set(err, PIL_BAD_INPUT, "not a web archive, or a damaged one")
            : read_records(&run, err);
    archive_read_free(run.archive);
    pil_buffer_dispose(&run.bytes);
    pil_buffer_dispose(&run.scratch);
    return status;
}
