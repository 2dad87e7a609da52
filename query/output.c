#include "output.h"

#include "cli/terminal_text.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>

/* A hit and its neighbours, escaped and coloured, stay far below it. */
enum { PENDING_MAX_BYTES = 256 * 1024 * 1024 };

void pil_output_init(pil_output *output, FILE *file)
{
    *output = (pil_output){.file = file, .failed = PIL_OK};
    pil_buffer_init(&output->pending, PENDING_MAX_BYTES);
}

void pil_output_dispose(pil_output *output)
{
    pil_buffer_dispose(&output->pending);
}

static void keep_failure(pil_output *output, pil_status status)
{
    if (output->failed == PIL_OK)
        output->failed = status;
}

void pil_output_bytes(pil_output *output, const void *bytes, size_t length)
{
    keep_failure(output, pil_buffer_append(&output->pending, bytes, length));
}

void pil_output_string(pil_output *output, const char *string)
{
    pil_output_bytes(output, string, strlen(string));
}

void pil_output_format(pil_output *output, const char *format, ...)
{
    char text[512];
    va_list values;
    va_start(values, format);
    int length = vsnprintf(text, sizeof text, format, values);
    va_end(values);
    if (length < 0 || (size_t)length >= sizeof text)
        keep_failure(output, PIL_INTERNAL);
    else
        pil_output_bytes(output, text, (size_t)length);
}

void pil_output_spaces(pil_output *output, size_t n_spaces)
{
    keep_failure(output, pil_buffer_appendf(&output->pending, "%*s", (int)n_spaces, ""));
}

void pil_output_escaped(pil_output *output, const char *text, size_t length)
{
    keep_failure(output, pil_terminal_escape(text, length, 0, &output->pending));
}

void pil_output_path(pil_output *output, const char *path)
{
    keep_failure(output, pil_terminal_quote_path(path, strlen(path), &output->pending));
}

static pil_status write_failed(int errnum, pil_error *err)
{
    if (errnum == EPIPE)
        return PIL_DONE;
    return pil_error_set_errno(err, errnum, "cannot write the results");
}

pil_status pil_output_flush(pil_output *output, pil_error *err)
{
    size_t length = output->pending.length;
    if (output->failed == PIL_NO_MEMORY)
        return pil_error_no_memory(err);
    if (output->failed != PIL_OK)
        return pil_error_set(err, output->failed, "a result is too large to be shown");
    errno = 0;
    if (fwrite(output->pending.bytes, 1, length, output->file) != length)
        return write_failed(errno, err);
    pil_buffer_clear(&output->pending);
    return PIL_OK;
}

pil_status pil_output_finish(pil_output *output, pil_error *err)
{
    pil_status status = pil_output_flush(output, err);
    if (status != PIL_OK)
        return status;
    errno = 0;
    return fflush(output->file) != 0 ? write_failed(errno, err) : PIL_OK;
}
