#include "table_field.h"

#include <stdbool.h>
#include <string.h>

void pil_table_put_field(pil_output *output, char separator, const char *text, size_t length)
{
    bool is_quoted = separator == ',' &&
                     (memchr(text, ',', length) != NULL || memchr(text, '"', length) != NULL);
    if (!is_quoted) {
        pil_output_bytes(output, text, length);
        return;
    }
    pil_output_string(output, "\"");
    for (size_t at = 0; at < length;) {
        const char *quote = memchr(text + at, '"', length - at);
        size_t end = quote == NULL ? length : (size_t)(quote - text) + 1;
        pil_output_bytes(output, text + at, end - at);
        if (quote != NULL)
            pil_output_string(output, "\"");
        at = end;
    }
    pil_output_string(output, "\"");
}
