#include "tell.h"

#include "cli/terminal_text.h"

#include <stdarg.h>
#include <stdio.h>

enum { MESSAGE_MAX_BYTES = 1 << 17 };

void pil_tell(const char *format, ...)
{
    pil_buffer text, safe;
    pil_buffer_init(&text, MESSAGE_MAX_BYTES);
    pil_buffer_init(&safe, 8 * MESSAGE_MAX_BYTES);
    va_list values;
    va_start(values, format);
    int length = vsnprintf(NULL, 0, format, values);
    va_end(values);
    if (length >= 0 && pil_buffer_reserve(&text, (size_t)length) == PIL_OK) {
        va_start(values, format);
        vsnprintf(text.bytes, (size_t)length + 1, format, values);
        va_end(values);
        if (pil_terminal_escape(text.bytes, (size_t)length, 0, &safe) == PIL_OK)
            fprintf(stderr, "pilcrow: %s\n", safe.bytes);
    }
    pil_buffer_dispose(&text);
    pil_buffer_dispose(&safe);
}
