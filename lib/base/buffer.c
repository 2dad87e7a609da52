#include "base/buffer.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char empty[1] = "";

void pil_buffer_init(pil_buffer *buffer, size_t max_length)
{
    *buffer = (pil_buffer){.bytes = empty, .max_length = max_length};
}

void pil_buffer_dispose(pil_buffer *buffer)
{
    if (buffer == NULL)
        return;
    if (buffer->capacity > 0)
        free(buffer->bytes);
    pil_buffer_init(buffer, buffer->max_length);
}

void pil_buffer_clear(pil_buffer *buffer)
{
    pil_buffer_set_length(buffer, 0);
}

void pil_buffer_set_length(pil_buffer *buffer, size_t length)
{
    if (buffer->capacity == 0)
        return;
    buffer->length = length;
    buffer->bytes[length] = '\0';
}

char *pil_buffer_take(pil_buffer *buffer, size_t *length)
{
    if (buffer->capacity == 0 && pil_buffer_reserve(buffer, 0) != PIL_OK)
        return NULL;
    char *bytes = buffer->bytes;
    if (length != NULL)
        *length = buffer->length;
    pil_buffer_init(buffer, buffer->max_length);
    return bytes;
}

pil_status pil_buffer_reserve(pil_buffer *buffer, size_t extra)
{
    if (extra > buffer->max_length || buffer->length > buffer->max_length - extra)
        return PIL_INVALID_ARGUMENT;
    size_t needed = buffer->length + extra + 1;
    if (needed <= buffer->capacity)
        return PIL_OK;
    size_t capacity = buffer->capacity < 64 ? 64 : buffer->capacity;
    while (capacity < needed)
        capacity = capacity > SIZE_MAX / 2 ? needed : capacity * 2;
    char *bytes = realloc(buffer->capacity > 0 ? buffer->bytes : NULL, capacity);
    if (bytes == NULL)
        return PIL_NO_MEMORY;
    bytes[buffer->length] = '\0';
    buffer->bytes = bytes;
    buffer->capacity = capacity;
    return PIL_OK;
}

pil_status pil_buffer_append(pil_buffer *buffer, const void *bytes, size_t length)
{
    pil_status status = pil_buffer_reserve(buffer, length);
    if (status != PIL_OK)
        return status;
    if (length > 0)
        memcpy(buffer->bytes + buffer->length, bytes, length);
    buffer->length += length;
    buffer->bytes[buffer->length] = '\0';
    return PIL_OK;
}

pil_status pil_buffer_append_string(pil_buffer *buffer, const char *string)
{
    return pil_buffer_append(buffer, string, strlen(string));
}

pil_status pil_buffer_append_byte(pil_buffer *buffer, char byte)
{
    return pil_buffer_append(buffer, &byte, 1);
}

pil_status pil_buffer_appendf(pil_buffer *buffer, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    int length = vsnprintf(NULL, 0, format, values);
    va_end(values);
    if (length < 0)
        return PIL_INVALID_ARGUMENT;
    pil_status status = pil_buffer_reserve(buffer, (size_t)length);
    if (status != PIL_OK)
        return status;
    va_start(values, format);
    vsnprintf(buffer->bytes + buffer->length, (size_t)length + 1, format, values);
    va_end(values);
    buffer->length += (size_t)length;
    return PIL_OK;
}
