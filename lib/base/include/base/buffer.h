/* A growing byte string with a cap, so that no input can make it grow without bound. */
#ifndef BASE_BUFFER_H
#define BASE_BUFFER_H

#include "base/error.h"

#include <stdarg.h>
#include <stddef.h>

/* bytes[0..length) is the content; there is always a NUL behind it that does not count, and
 * bytes is never NULL after init. Read the members; change them only through these functions. */
typedef struct pil_buffer {
    char *bytes;
    size_t length;
    size_t capacity;
    size_t max_length;
} pil_buffer;

/* Starts empty, without allocating. Appending past max_length fails. */
void pil_buffer_init(pil_buffer *buffer, size_t max_length);
/* Frees what the buffer holds; it may be initialised again. NULL and a zeroed one are fine. */
void pil_buffer_dispose(pil_buffer *buffer);
/* Makes it empty and keeps the memory for the next use. */
void pil_buffer_clear(pil_buffer *buffer);
/* Sets the length to one whose bytes have been written: a shorter one, or one within what was
 * reserved. */
void pil_buffer_set_length(pil_buffer *buffer, size_t length);
/* Moves the content out: the caller frees it; *length (may be NULL) is its length. The buffer is
 * empty afterwards. NULL when memory ran out. */
char *pil_buffer_take(pil_buffer *buffer, size_t *length);

/* Appending: PIL_NO_MEMORY, or PIL_INVALID_ARGUMENT when the cap would be passed; the content is
 * then unchanged. */
PIL_NODISCARD pil_status pil_buffer_append(pil_buffer *buffer, const void *bytes, size_t length);
PIL_NODISCARD pil_status pil_buffer_append_string(pil_buffer *buffer, const char *string);
PIL_NODISCARD pil_status pil_buffer_append_byte(pil_buffer *buffer, char byte);
PIL_NODISCARD pil_status pil_buffer_appendf(pil_buffer *buffer, const char *format, ...)
    PIL_PRINTF(2, 3);
/* Makes room for extra more bytes, so that they can be written at bytes + length. */
PIL_NODISCARD pil_status pil_buffer_reserve(pil_buffer *buffer, size_t extra);

#endif
