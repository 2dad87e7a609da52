#include "cli/terminal_text.h"

#include "base/utf8.h"

#include <string.h>

bool pil_terminal_is_unsafe(uint32_t character)
{
    if (character < 0x20 || (character >= 0x7F && character <= 0x9F))
        return true;
    if (character < 0x2028)
        return false;
    return (character >= 0x2028 && character <= 0x202E) ||
           (character >= 0x2066 && character <= 0x2069) || character == 0xFEFF ||
           (character >= 0xFFF9 && character <= 0xFFFB);
}

static pil_status append_bytes_as_hex(const char *bytes, size_t length, pil_buffer *out)
{
    pil_status status = PIL_OK;
    for (size_t i = 0; i < length && status == PIL_OK; i++)
        status = pil_buffer_appendf(out, "\\x%02X", (unsigned)(unsigned char)bytes[i]);
    return status;
}

pil_status pil_terminal_escape(const char *text, size_t length, unsigned flags, pil_buffer *out)
{
    pil_status status = PIL_OK;
    size_t copied = 0;
    for (size_t at = 0; at < length && status == PIL_OK;) {
        size_t begin = at;
        bool is_valid;
        uint32_t character = pil_utf8_next(text, length, &at, &is_valid);
        bool is_kept =
            (flags & PIL_TERMINAL_KEEP_LINES) && (character == '\n' || character == '\t');
        if (is_valid && (is_kept || !pil_terminal_is_unsafe(character)))
            continue;
        status = pil_buffer_append(out, text + copied, begin - copied);
        copied = at;
        if (status == PIL_OK && is_valid && character >= 0x80)
            status = pil_buffer_appendf(out, "\\u{%X}", (unsigned)character);
        else if (status == PIL_OK)
            status = append_bytes_as_hex(text + begin, at - begin, out);
    }
    return status == PIL_OK ? pil_buffer_append(out, text + copied, length - copied) : status;
}

/* Characters that show nothing, or change how their neighbours show: two paths that differ only
 * in them look the same. */
static bool is_invisible(uint32_t character)
{
    return pil_terminal_is_unsafe(character) || character == 0xAD || character == 0x61C ||
           (character >= 0x200B && character <= 0x200F) ||
           (character >= 0x2060 && character <= 0x206F) ||
           (character >= 0xE0000 && character <= 0xE0FFF);
}

typedef enum quoting { QUOTING_NONE, QUOTING_SINGLE, QUOTING_ESCAPES } quoting;

static quoting quoting_needed(const char *path, size_t length)
{
    quoting needed = QUOTING_NONE;
    if (length == 0 || path[length - 1] == ' ' || strchr(" #~=", path[0]) != NULL)
        needed = QUOTING_SINGLE;
    for (size_t at = 0; at < length;) {
        bool is_valid;
        uint32_t character = pil_utf8_next(path, length, &at, &is_valid);
        if (!is_valid || character == '\'' || is_invisible(character))
            return QUOTING_ESCAPES;
        if (character < 0x80 && strchr("\"`$;&|<>\\*?()[]{}!", (int)character) != NULL)
            needed = QUOTING_SINGLE;
    }
    return needed;
}

static pil_status append_path_character(const char *bytes, size_t length, bool is_plain,
                                        pil_buffer *out)
{
    if (!is_plain)
        return append_bytes_as_hex(bytes, length, out);
    pil_status status = PIL_OK;
    if (*bytes == '\'' || *bytes == '\\')
        status = pil_buffer_append_byte(out, '\\');
    return status == PIL_OK ? pil_buffer_append(out, bytes, length) : status;
}

static pil_status append_with_escapes(const char *path, size_t length, pil_buffer *out)
{
    pil_status status = pil_buffer_append_string(out, "$'");
    for (size_t at = 0; at < length && status == PIL_OK;) {
        size_t begin = at;
        bool is_valid;
        uint32_t character = pil_utf8_next(path, length, &at, &is_valid);
        if (character == '\n' || character == '\t')
            status = pil_buffer_append_string(out, character == '\n' ? "\\n" : "\\t");
        else
            status = append_path_character(path + begin, at - begin,
                                           is_valid && !is_invisible(character), out);
    }
    return status == PIL_OK ? pil_buffer_append_byte(out, '\'') : status;
}

pil_status pil_terminal_quote_path(const char *path, size_t length, pil_buffer *out)
{
    pil_status status = PIL_OK;
    switch (quoting_needed(path, length)) {
    case QUOTING_NONE:
        return pil_buffer_append(out, path, length);
    case QUOTING_SINGLE:
        status = pil_buffer_append_byte(out, '\'');
        if (status == PIL_OK)
            status = pil_buffer_append(out, path, length);
        return status == PIL_OK ? pil_buffer_append_byte(out, '\'') : status;
    case QUOTING_ESCAPES:
        break;
    }
    return append_with_escapes(path, length, out);
}
