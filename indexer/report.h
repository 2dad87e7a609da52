/* What the indexer tells people: messages about inputs as they come, counts at the end. */
#ifndef INDEXER_REPORT_H
#define INDEXER_REPORT_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct pil_progress pil_progress;

typedef struct pil_report {
    bool is_quiet, is_verbose;
    char *cwd;              /* paths below it are shown relative to it; may be NULL */
    pil_progress *progress; /* taken off the screen for each message; may be NULL */
    size_t n_new, n_changed, n_moved, n_unchanged, n_removed, n_skipped;
} pil_report;

/* Writes "pilcrow-index: PATH: message" to standard error, the path made safe and unambiguous.
 * line 0: no line; path NULL: none. */
void pil_report_message(pil_report *report, const char *path, uint32_t line, const char *format,
                        ...) PIL_PRINTF(4, 5);
/* The same, only when verbose. */
void pil_report_detail(pil_report *report, const char *path, const char *format, ...)
    PIL_PRINTF(3, 4);

/* "412 articles: 3 new, 1 changed, 1 moved, 2 removed, 1 skipped" to standard output. False when
 * it could not be written. */
bool pil_report_summary(const pil_report *report);

/* 1234567 as "1,234,567"; buffer holds at least 27 characters and is returned. */
char *pil_report_number(uint64_t number, char *buffer);

#endif
