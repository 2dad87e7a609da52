/* Mail: one message, a mailbox of them, a web page saved as one. */
#define _GNU_SOURCE /* memmem */
#include "mail_message.h"

#include "base/hash.h"

#include <glib.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

pil_status pil_read_mail(pil_reading *reading, const char *bytes, size_t length, pil_error *err)
{
    return pil_mail_read_message(reading, bytes, length, NULL, 1, false, err);
}

pil_status pil_read_mhtml(pil_reading *reading, const char *bytes, size_t length, pil_error *err)
{
    return pil_mail_read_message(reading, bytes, length, NULL, 1, true, err);
}

enum { ID_BYTES = 300 };

static size_t next_line(const char *bytes, size_t length, size_t at)
{
    const char *end = memchr(bytes + at, '\n', length - at);
    return end == NULL ? length : (size_t)(end - bytes) + 1;
}

/* A mailbox's messages begin with "From ", behind an empty line (RFC 4155). */
static bool begins_message(const char *bytes, size_t length, size_t at)
{
    if (length - at < 5 || memcmp(bytes + at, "From ", 5) != 0)
        return false;
    return at == 0 || (at >= 2 && bytes[at - 2] == '\n') ||
           (at >= 3 && memcmp(bytes + at - 3, "\n\r\n", 3) == 0);
}

/* A hash of what stands behind the headers: they differ in copies of a message. */
static guint hash_body(const char *bytes, size_t length)
{
    const char *body = memmem(bytes, length, "\n\n", 2);
    if (body == NULL)
        body = memmem(bytes, length, "\n\r\n", 3);
    return body == NULL ? 0 : (guint)pil_hash64(body, length - (size_t)(body - bytes));
}

/* What a message is known by: its Message-ID, or where it begins when it has none, or also that
 * when another message has its Message-ID. bodies has the hash of the body for each id so far. */
static void make_id(GHashTable *bodies, const char *bytes, size_t length, uint32_t line,
                    char id[ID_BYTES])
{
    char message_id[256];
    gpointer known;
    gpointer body = GUINT_TO_POINTER(hash_body(bytes, length));
    pil_mail_message_id(bytes, length, message_id);
    bool is_taken = message_id[0] != '\0' &&
                    g_hash_table_lookup_extended(bodies, message_id, NULL, &known) && known != body;
    if (is_taken || message_id[0] == '\0')
        snprintf(id, ID_BYTES, "%s%sline-%lu", message_id, is_taken ? "#" : "",
                 (unsigned long)line);
    else
        snprintf(id, ID_BYTES, "%s", message_id);
    if (!is_taken)
        g_hash_table_replace(bodies, g_strdup(message_id), body);
}

static pil_status take_message(pil_reading *reading, GHashTable *bodies, const char *bytes,
                               size_t length, uint32_t line, pil_error *err)
{
    char id[ID_BYTES];
    pil_error failure = {0};
    make_id(bodies, bytes, length, line, id);
    pil_status status = pil_mail_read_message(reading, bytes, length, id, line, false, &failure);
    if (status == PIL_BAD_INPUT) {
        pil_reading_note(reading, line, true, "%s", failure.message);
        return PIL_OK;
    }
    if (status != PIL_OK && err != NULL)
        *err = failure;
    return status;
}

pil_status pil_read_mbox(pil_reading *reading, const char *bytes, size_t length, pil_error *err)
{
    if (length > 0 && !begins_message(bytes, length, 0))
        return pil_error_set(err, PIL_BAD_INPUT, "not a mailbox: it does not begin with \"From \"");
    GHashTable *bodies = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    pil_status status = PIL_OK;
    uint32_t line = 1;
    for (size_t at = 0; at < length && status == PIL_OK;) {
        size_t begin = next_line(bytes, length, at), end = begin;
        uint32_t first = line + 1;
        for (line++; end < length && !begins_message(bytes, length, end); line++)
            end = next_line(bytes, length, end);
        if (end > begin)
            status = take_message(reading, bodies, bytes + begin, end - begin, first, err);
        at = end;
    }
    g_hash_table_destroy(bodies);
    return status;
}
