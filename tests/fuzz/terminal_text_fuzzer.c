/* Any bytes: what comes out is UTF-8 without anything unsafe, and stays as it is when it is made
 * safe again. */
#include "base/utf8.h"
#include "cli/terminal_text.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { OUTPUT_MAX = 1 << 24 };

static void require(bool condition)
{
    if (!condition)
        abort();
}

static void check_safe(const pil_buffer *out, bool keeps_lines)
{
    for (size_t at = 0; at < out->length;) {
        bool is_valid;
        uint32_t character = pil_utf8_next(out->bytes, out->length, &at, &is_valid);
        require(is_valid);
        if (!keeps_lines || (character != '\n' && character != '\t'))
            require(!pil_terminal_is_unsafe(character));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    pil_buffer once, twice;
    pil_buffer_init(&once, OUTPUT_MAX);
    pil_buffer_init(&twice, OUTPUT_MAX);
    for (unsigned flags = 0; flags <= PIL_TERMINAL_KEEP_LINES; flags++) {
        pil_buffer_clear(&once);
        pil_buffer_clear(&twice);
        require(pil_terminal_escape(text, size, flags, &once) == PIL_OK);
        check_safe(&once, flags != 0);
        require(pil_terminal_escape(once.bytes, once.length, flags, &twice) == PIL_OK);
        require(once.length == twice.length && memcmp(once.bytes, twice.bytes, once.length) == 0);
    }
    pil_buffer_clear(&once);
    require(pil_terminal_quote_path(text, size, &once) == PIL_OK);
    check_safe(&once, false);
    require(once.length >= size);
    pil_buffer_dispose(&once);
    pil_buffer_dispose(&twice);
    return 0;
}
