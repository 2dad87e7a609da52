#include "tell.h"

#include "cli/terminal_text.h"

#include <stdarg.h>
#include <stdio.h>

enum { MESSAGE_MAX_BYTES = 1 << 17 };

static pil_status append_message(pil_buffer *text, const char *format, va_list values)
{
    va_list again;
    va_copy(again, values);
    int length = vsnprintf(NULL, 0, format, values);
    pil_status status = length < 0 ? PIL_INTERNAL : pil_buffer_reserve(text, (size_t)length);
    if (status == PIL_OK) {
        vsnprintf(text->bytes + text->length, (size_t)length + 1, format, again);
        pil_buffer_set_length(text, text->length + (size_t)length);
    }
    va_end(again);
    return status;
}

static void tell(const char *place, const char *format, va_list values)
{
    pil_buffer text, safe;
    pil_buffer_init(&text, MESSAGE_MAX_BYTES);
    pil_buffer_init(&safe, 8 * MESSAGE_MAX_BYTES);
    pil_status status = place == NULL ? PIL_OK : pil_buffer_appendf(&text, "%s: ", place);
    if (status == PIL_OK)
        status = append_message(&text, format, values);
    if (status == PIL_OK)
        status = pil_terminal_escape(text.bytes, text.length, 0, &safe);
    if (status == PIL_OK)
        fprintf(stderr, "pilcrow: %s\n", safe.bytes);
    pil_buffer_dispose(&text);
    pil_buffer_dispose(&safe);
}

void pil_tell(const char *format, ...)
{
    va_list values;
    va_start(values, format);
    tell(NULL, format, values);
    va_end(values);
}

void pil_tell_of(const char *place, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    tell(place, format, values);
    va_end(values);
}
