/* A web server's answer, as archives keep it: RFC 9112, as far as it takes to get at the body. */
#ifndef INDEXER_HTTP_MESSAGE_H
#define INDEXER_HTTP_MESSAGE_H

#include "base/buffer.h"
#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Finds the header of that name in head[0..length), lines of "Name: value"; false when there is
 * none. *value points into head, trimmed. */
bool pil_http_header(const char *head, size_t length, const char *name, const char **value,
                     size_t *value_length);

/* The length of the head of message[0..length), its empty line included; 0 when it has no end. */
size_t pil_http_head_length(const char *message, size_t length);

/* Puts the body of an answer into *body, out of its chunks and its compression: it points into
 * message or into scratch. *room bounds what is unpacked. PIL_BAD_INPUT with a reason when it is no
 * answer, or not one of success; PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_http_body(const char *message, size_t length, uint64_t *room,
                                       pil_buffer *scratch, const char **body, size_t *body_length,
                                       pil_error *err);

#endif
