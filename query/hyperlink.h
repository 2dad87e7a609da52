/* Links around paths, which terminals open (OSC 8): their addresses from a format of the user's. */
#ifndef QUERY_HYPERLINK_H
#define QUERY_HYPERLINK_H

#include "base/buffer.h"
#include "base/error.h"
#include "search/hit.h"

/* Reads a format: a name such as "file" or "vscode", or a template such as "x://{path}?l={line}".
 * *template_text is then the template, or NULL for "none"; it is static or format itself.
 * PIL_INVALID_ARGUMENT with a message for the user. */
PIL_NODISCARD pil_status pil_hyperlink_read(const char *format, const char **template_text,
                                            pil_error *err);

/* Appends the address of a hit's file, or nothing where there is no file. template_text comes from
 * pil_hyperlink_read; host names this machine. What is not the user's template consists of letters,
 * digits and -._~/% only. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_hyperlink_append(const char *template_text, const char *host,
                                              const pil_hit *hit, pil_buffer *out);

#endif
