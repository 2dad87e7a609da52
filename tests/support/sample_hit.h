/* A hit to be formatted, and what a formatter makes of it. */
#ifndef SUPPORT_SAMPLE_HIT_H
#define SUPPORT_SAMPLE_HIT_H

#include "query/format.h"

/* The settings of the tests: working directory /home/u/news, a pipe, no color, and the words
 * collective, defense, dialogue and Kosovo. */
pil_format_settings pil_sample_settings(void);

/* A hit with title, heading, date, three matches, and one word that is missing. */
pil_hit pil_sample_hit(void);
/* The same place with this text and neither title nor missing words. */
pil_hit pil_sample_hit_with_text(const char *text, const pil_match_range *ranges, size_t n_ranges);

typedef pil_formatter *pil_formatter_maker(const pil_format_settings *settings);

/* Runs a new formatter over hits[0..n_hits), and frees it. The first status that is not PIL_OK. */
pil_status pil_sample_run(pil_formatter_maker *make, const pil_format_settings *settings,
                          const pil_hit *hits, size_t n_hits, pil_error *err);

/* What it writes; settings->out is replaced. The caller frees it; a failure aborts. */
char *pil_sample_render(pil_formatter_maker *make, const pil_format_settings *settings,
                        const pil_hit *hits, size_t n_hits);

/* A stream whose reader is gone; SIGPIPE is ignored from now on. The caller closes it. */
FILE *pil_sample_broken_pipe(void);

#endif
