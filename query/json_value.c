#include "json_value.h"

#include "base/utf8.h"
#include "cli/terminal_text.h"

#include <stdlib.h>
#include <string.h>

enum { STRING_MAX_BYTES = 64 * 1024 * 1024 };

json_t *pil_json_string(const char *text, size_t length)
{
    if (pil_utf8_is_valid(text, length))
        return json_stringn_nocheck(text, length);
    pil_buffer mended;
    pil_buffer_init(&mended, STRING_MAX_BYTES);
    json_t *string = NULL;
    if (pil_utf8_repair(text, length, &mended, NULL) == PIL_OK)
        string = json_stringn_nocheck(mended.bytes, mended.length);
    pil_buffer_dispose(&mended);
    return string;
}

bool pil_json_set(json_t *object, const char *key, json_t *value)
{
    return json_object_set_new_nocheck(object, key, value) == 0;
}

/* JSON lets DEL, C1 controls and marks that reorder text stand in strings as they are; a terminal
 * does not forgive them. They can only be inside strings here, where \u says the same. */
static void append_safely(pil_output *output, const char *json, size_t length)
{
    size_t copied = 0;
    for (size_t at = 0; at < length;) {
        size_t begin = at;
        uint32_t character = pil_utf8_next(json, length, &at, NULL);
        if (!pil_terminal_is_unsafe(character))
            continue;
        pil_output_bytes(output, json + copied, begin - copied);
        pil_output_format(output, "\\u%04X", (unsigned)character);
        copied = at;
    }
    pil_output_bytes(output, json + copied, length - copied);
}

bool pil_json_put_line(pil_output *output, const json_t *object)
{
    char *text = json_dumps(object, JSON_COMPACT | JSON_REAL_PRECISION(9));
    if (text == NULL)
        return false;
    append_safely(output, text, strlen(text));
    pil_output_string(output, "\n");
    free(text);
    return true;
}
