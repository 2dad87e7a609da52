/* Makes text from documents, file names and arguments safe to write to a terminal. */
#ifndef CLI_TERMINAL_TEXT_H
#define CLI_TERMINAL_TEXT_H

#include "base/buffer.h"
#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    PIL_TERMINAL_KEEP_LINES = 1 /* line feeds and tabs pass */
};

/* True for characters that must not reach a terminal as they are: controls (C0, DEL, C1), those
 * that reorder what follows (U+202A-202E, U+2066-2069), line and paragraph separators, U+FEFF and
 * the interlinear marks U+FFF9-FFFB. Joiners, and the left-to-right and right-to-left marks of
 * ordinary Arabic and Hebrew text, are harmless. */
bool pil_terminal_is_unsafe(uint32_t character);

/* Appends text[0..length) with what is unsafe made visible: bytes as \x1B (ASCII controls and
 * what is not UTF-8), other characters as \u{202E}. What comes out is UTF-8, and escaping it again
 * changes nothing. flags: PIL_TERMINAL_KEEP_LINES or 0. PIL_NO_MEMORY, or PIL_INVALID_ARGUMENT
 * at out's cap. */
PIL_NODISCARD pil_status pil_terminal_escape(const char *text, size_t length, unsigned flags,
                                             pil_buffer *out);

/* Appends a path so that it is unambiguous and can be pasted into a shell, but for spaces inside
 * it: one with nothing else odd in it is appended as it is. One with quotes or characters that a
 * shell acts on, or with spaces at an end, is put between single quotes. One with controls,
 * invisible characters, apostrophes or bytes that are not UTF-8 is written $'...', where such a
 * byte is \x1B. Statuses as above. */
PIL_NODISCARD pil_status pil_terminal_quote_path(const char *path, size_t length, pil_buffer *out);

#endif
