#include "trec_docid.h"

#include "base/utf8.h"
#include "cli/terminal_text.h"

#include <string.h>

static bool is_white_space(uint32_t character)
{
    return character == ' ' || character == 0xA0 || character == 0x1680 ||
           (character >= 0x2000 && character <= 0x200A) || character == 0x202F ||
           character == 0x205F || character == 0x3000;
}

pil_status pil_trec_docid_append(pil_buffer *out, const char *name)
{
    size_t length = strlen(name);
    pil_status status = PIL_OK;
    for (size_t at = 0; at < length && status == PIL_OK;) {
        size_t begin = at;
        bool is_valid;
        uint32_t character = pil_utf8_next(name, length, &at, &is_valid);
        if (is_valid && character != '%' && !is_white_space(character) &&
            !pil_terminal_is_unsafe(character)) {
            status = pil_buffer_append(out, name + begin, at - begin);
            continue;
        }
        for (; begin < at && status == PIL_OK; begin++)
            status = pil_buffer_appendf(out, "%%%02X", (unsigned)(unsigned char)name[begin]);
    }
    return status;
}
