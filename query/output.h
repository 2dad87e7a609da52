/* Bytes on their way to standard output. Appending never fails visibly: the first failure is
 * kept and reported when the output is flushed, so that formatters stay readable. */
#ifndef QUERY_OUTPUT_H
#define QUERY_OUTPUT_H

#include "base/buffer.h"
#include "base/error.h"

#include <stddef.h>
#include <stdio.h>

typedef struct pil_output {
    FILE *file;
    pil_buffer pending; /* appended since the last flush */
    pil_status failed;  /* the first failure of an append, else PIL_OK */
} pil_output;

/* file stays the caller's. */
void pil_output_init(pil_output *output, FILE *file);
void pil_output_dispose(pil_output *output);

void pil_output_bytes(pil_output *output, const void *bytes, size_t length);
void pil_output_string(pil_output *output, const char *string);
void pil_output_format(pil_output *output, const char *format, ...) PIL_PRINTF(2, 3);
void pil_output_spaces(pil_output *output, size_t n_spaces);
/* Text of unknown origin, made safe as by pil_terminal_escape without flags. */
void pil_output_escaped(pil_output *output, const char *text, size_t length);
/* A path, as by pil_terminal_quote_path. */
void pil_output_path(pil_output *output, const char *path);

/* Hands what is pending to the file's own buffer. PIL_DONE when nobody reads any more (EPIPE),
 * PIL_IO when the system refused, PIL_NO_MEMORY, PIL_INVALID_ARGUMENT when more was pending than
 * the output holds. */
PIL_NODISCARD pil_status pil_output_flush(pil_output *output, pil_error *err);
/* The same, and empties the file's buffer, so that no failure goes unseen. */
PIL_NODISCARD pil_status pil_output_finish(pil_output *output, pil_error *err);

#endif
