/* The progress bar: one line on a terminal, rewritten a few times a second.
 *
 * All functions accept NULL, which is how no progress is shown. */
#ifndef INDEXER_PROGRESS_H
#define INDEXER_PROGRESS_H

#include <stddef.h>
#include <stdint.h>

typedef struct pil_progress pil_progress;

/* A bar on standard error, width columns wide, for n_bytes_total bytes to read. NULL when memory
 * ran out. */
pil_progress *pil_progress_new(unsigned width, uint64_t n_bytes_total);
/* Takes the bar off the screen and frees it. */
void pil_progress_free(pil_progress *progress);

void pil_progress_add_bytes(pil_progress *progress, uint64_t n_bytes);
void pil_progress_add_article(pil_progress *progress, size_t n_paragraphs);

/* Off the screen while a message is written, and back. */
void pil_progress_hide(pil_progress *progress);
void pil_progress_show(pil_progress *progress);

/* The line as it is drawn, in out[0..size): for the test. elapsed is in seconds. */
void pil_progress_format(char *out, size_t size, unsigned width, uint64_t n_bytes,
                         uint64_t n_bytes_total, uint64_t n_articles, uint64_t n_paragraphs,
                         double elapsed);

#endif
