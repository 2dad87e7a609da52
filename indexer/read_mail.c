/* Mail: one message, a mailbox of them, a web page saved as one. */
#include "mail_message.h"

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

static pil_status take_message(pil_reading *reading, const char *bytes, size_t length,
                               uint32_t line, pil_error *err)
{
    char id[256];
    pil_error failure = {0};
    pil_mail_message_id(bytes, length, id);
    /* One without an id is known by where it begins. */
    if (id[0] == '\0')
        snprintf(id, sizeof id, "line-%lu", (unsigned long)line);
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
    pil_status status = PIL_OK;
    uint32_t line = 1;
    for (size_t at = 0; at < length && status == PIL_OK;) {
        size_t begin = next_line(bytes, length, at), end = begin;
        uint32_t first = line + 1;
        for (line++; end < length && !begins_message(bytes, length, end); line++)
            end = next_line(bytes, length, end);
        if (end > begin)
            status = take_message(reading, bytes + begin, end - begin, first, err);
        at = end;
    }
    return status;
}
