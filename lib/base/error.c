#include "base/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* vsnprintf may have cut a multi-byte character in half: drop what is left of it. */
static void trim_partial_character(char *message)
{
    size_t length = strlen(message);
    size_t start = length;
    while (start > 0 && ((unsigned char)message[start - 1] & 0xC0) == 0x80)
        start--;
    if (start == 0)
        return;
    unsigned char lead = (unsigned char)message[start - 1];
    size_t needed = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    if (length - (start - 1) < needed)
        message[start - 1] = '\0';
}

PIL_PRINTF(2, 0)
static void format_message(pil_error *err, const char *format, va_list values)
{
    vsnprintf(err->message, sizeof err->message, format, values);
    trim_partial_character(err->message);
}

pil_status pil_error_set(pil_error *err, pil_status status, const char *format, ...)
{
    if (err != NULL) {
        va_list values;
        va_start(values, format);
        err->status = status;
        format_message(err, format, values);
        va_end(values);
    }
    return status;
}

pil_status pil_error_set_errno(pil_error *err, int errnum, const char *format, ...)
{
    pil_status status = errnum == ENOMEM                        ? PIL_NO_MEMORY
                        : errnum == ENOENT || errnum == ENOTDIR ? PIL_NOT_FOUND
                                                                : PIL_IO;
    if (err != NULL) {
        va_list values;
        va_start(values, format);
        err->status = status;
        format_message(err, format, values);
        va_end(values);
        char reason[128];
        if (strerror_r(errnum, reason, sizeof reason) != 0)
            snprintf(reason, sizeof reason, "error %d", errnum);
        size_t used = strlen(err->message);
        snprintf(err->message + used, sizeof err->message - used, ": %s", reason);
        trim_partial_character(err->message);
    }
    return status;
}

pil_status pil_error_no_memory(pil_error *err)
{
    return pil_error_set(err, PIL_NO_MEMORY, "out of memory");
}

const char *pil_status_name(pil_status status)
{
    static const char *const names[] = {
        "ok",           "done",        "out of memory",  "invalid argument",
        "system error", "not found",   "exists",         "busy",
        "stale",        "corrupt",     "incompatible",   "bad query",
        "bad input",    "unsupported", "internal error",
    };
    if ((size_t)status >= sizeof names / sizeof names[0])
        return "unknown";
    return names[status];
}
