#include "report.h"

#include "base/buffer.h"
#include "cli/paths.h"
#include "cli/terminal_text.h"
#include "progress.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MESSAGE_MAX_BYTES = 1 << 16 };

static void write_message(pil_report *report, const char *path, uint32_t line, const char *format,
                          va_list values) PIL_PRINTF(4, 0);

static void write_message(pil_report *report, const char *path, uint32_t line, const char *format,
                          va_list values)
{
    char message[1024];
    vsnprintf(message, sizeof message, format, values);
    pil_buffer out;
    pil_buffer_init(&out, MESSAGE_MAX_BYTES);
    char *shown = path == NULL ? NULL : pil_path_display(path, report->cwd);
    pil_status status = pil_buffer_append_string(&out, "pilcrow-index: ");
    if (status == PIL_OK && shown != NULL)
        status = pil_terminal_quote_path(shown, strlen(shown), &out);
    if (status == PIL_OK && line > 0)
        status = pil_buffer_appendf(&out, ":%" PRIu32, line);
    if (status == PIL_OK && shown != NULL)
        status = pil_buffer_append_string(&out, ": ");
    if (status == PIL_OK)
        status = pil_terminal_escape(message, strlen(message), 0, &out);
    pil_progress_hide(report->progress);
    if (status == PIL_OK)
        fprintf(stderr, "%s\n", out.bytes);
    pil_progress_show(report->progress);
    pil_buffer_dispose(&out);
    free(shown);
}

void pil_report_message(pil_report *report, const char *path, uint32_t line, const char *format,
                        ...)
{
    va_list values;
    va_start(values, format);
    write_message(report, path, line, format, values);
    va_end(values);
}

void pil_report_detail(pil_report *report, const char *path, const char *format, ...)
{
    if (!report->is_verbose)
        return;
    va_list values;
    va_start(values, format);
    write_message(report, path, 0, format, values);
    va_end(values);
}

char *pil_report_number(uint64_t number, char *buffer)
{
    char digits[24];
    int n = snprintf(digits, sizeof digits, "%" PRIu64, number);
    char *out = buffer;
    for (int i = 0; i < n; i++) {
        *out++ = digits[i];
        if (i + 1 < n && (n - i - 1) % 3 == 0)
            *out++ = ',';
    }
    *out = '\0';
    return buffer;
}

bool pil_report_summary(const pil_report *report)
{
    char total[32];
    size_t n = report->n_new + report->n_changed + report->n_moved + report->n_unchanged;
    if (report->is_quiet)
        return true;
    printf("%s article%s: %zu new, %zu changed, %zu moved, %zu removed, %zu skipped\n",
           pil_report_number(n, total), n == 1 ? "" : "s", report->n_new, report->n_changed,
           report->n_moved, report->n_removed, report->n_skipped);
    return fflush(stdout) == 0;
}
