#include "progress.h"

#include "report.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct pil_progress {
    unsigned width;
    uint64_t n_bytes, n_bytes_total, n_articles, n_paragraphs;
    double started, drawn; /* seconds on the monotonic clock */
    bool is_visible;
};

static const double REDRAW_SECONDS = 0.1;
enum { LINE_MAX_BYTES = 512, BAR_COLUMNS = 20 };

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

pil_progress *pil_progress_new(unsigned width, uint64_t n_bytes_total)
{
    pil_progress *progress = calloc(1, sizeof *progress);
    if (progress == NULL)
        return NULL;
    progress->width = width;
    progress->n_bytes_total = n_bytes_total;
    progress->started = now();
    return progress;
}

void pil_progress_free(pil_progress *progress)
{
    pil_progress_hide(progress);
    free(progress);
}

static void format_time_left(char *out, size_t size, double seconds)
{
    unsigned long s = seconds < 1e7 ? (unsigned long)(seconds + 0.5) : 9999999;
    if (s >= 3600)
        snprintf(out, size, "%luh %02lum left", s / 3600, s % 3600 / 60);
    else if (s >= 60)
        snprintf(out, size, "%lum %02lus left", s / 60, s % 60);
    else
        snprintf(out, size, "%lus left", s);
}

void pil_progress_format(char *out, size_t size, unsigned width, uint64_t n_bytes,
                         uint64_t n_bytes_total, uint64_t n_articles, uint64_t n_paragraphs,
                         double elapsed)
{
    char bar[BAR_COLUMNS + 1], articles[32], paragraphs[32], left[64] = "";
    double done = n_bytes_total == 0 ? 1.0 : (double)n_bytes / (double)n_bytes_total;
    if (done > 1.0)
        done = 1.0;
    for (int i = 0; i < BAR_COLUMNS; i++)
        bar[i] = done * BAR_COLUMNS >= i + 1 ? '#' : '-';
    bar[BAR_COLUMNS] = '\0';
    double speed = elapsed > 0 ? (double)n_bytes / elapsed : 0;
    if (speed > 0 && elapsed >= 1)
        format_time_left(left, sizeof left, (double)n_bytes_total * (1 - done) / speed);
    char line[LINE_MAX_BYTES];
    snprintf(line, sizeof line, "[%s] %3d%%  %s articles  %s paragraphs  %.1f MB/s  %s", bar,
             (int)(done * 100), pil_report_number(n_articles, articles),
             pil_report_number(n_paragraphs, paragraphs), speed / 1e6, left);
    /* The last column stays free: writing there would make some terminals wrap. */
    snprintf(out, size, "%.*s", width > 1 ? (int)width - 1 : 0, line);
}

static void draw(pil_progress *progress)
{
    char line[LINE_MAX_BYTES];
    double time = now();
    pil_progress_format(line, sizeof line, progress->width, progress->n_bytes,
                        progress->n_bytes_total, progress->n_articles, progress->n_paragraphs,
                        time - progress->started);
    fprintf(stderr, "\r\033[K%s", line);
    fflush(stderr);
    progress->drawn = time;
    progress->is_visible = true;
}

static void draw_when_due(pil_progress *progress)
{
    if (now() - progress->drawn >= REDRAW_SECONDS)
        draw(progress);
}

void pil_progress_add_bytes(pil_progress *progress, uint64_t n_bytes)
{
    if (progress == NULL)
        return;
    progress->n_bytes += n_bytes;
    draw_when_due(progress);
}

void pil_progress_add_article(pil_progress *progress, size_t n_paragraphs)
{
    if (progress == NULL)
        return;
    progress->n_articles++;
    progress->n_paragraphs += n_paragraphs;
    draw_when_due(progress);
}

void pil_progress_hide(pil_progress *progress)
{
    if (progress == NULL || !progress->is_visible)
        return;
    fputs("\r\033[K", stderr);
    fflush(stderr);
    progress->is_visible = false;
}

void pil_progress_show(pil_progress *progress)
{
    if (progress != NULL && progress->drawn > 0)
        draw(progress);
}
