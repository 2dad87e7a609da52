#include "support/sample_hit.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char sample_text[] = "Allies rely on collective\ndefense, and on dialogue.";
static const pil_match_range sample_ranges[] = {{15, 25, 0}, {26, 33, 1}, {42, 50, 2}};
static const uint32_t sample_missing[] = {3};
static const char *const sample_words[] = {"collective", "defense", "dialogue", "Kosovo"};

pil_format_settings pil_sample_settings(void)
{
    return (pil_format_settings){.cwd = "/home/u/news",
                                 .words = sample_words,
                                 .n_words = sizeof sample_words / sizeof sample_words[0],
                                 .last_rank = 10,
                                 .is_ranked = true,
                                 .topic = "1",
                                 .run = "pilcrow"};
}

pil_hit pil_sample_hit_with_text(const char *text, const pil_match_range *ranges, size_t n_ranges)
{
    return (pil_hit){.rank = 1,
                     .score = 8.4123,
                     .path = "/home/u/news/nato/skopje.txt",
                     .member = "",
                     .line = 12,
                     .article = "/home/u/news/nato/skopje.txt",
                     .paragraph = 5,
                     .id = "0123456789abcdef",
                     .title = "",
                     .author = "",
                     .date = "",
                     .language = "",
                     .source = "",
                     .url = "",
                     .heading = "",
                     .begin_byte = 1000,
                     .end_byte = 1000 + strlen(text),
                     .text = text,
                     .text_bytes = strlen(text),
                     .ranges = ranges,
                     .n_ranges = n_ranges};
}

pil_hit pil_sample_hit(void)
{
    pil_hit hit = pil_sample_hit_with_text(sample_text, sample_ranges,
                                           sizeof sample_ranges / sizeof sample_ranges[0]);
    hit.title = "Skopje";
    hit.heading = "Deterrence";
    hit.date = "2023-11-22";
    hit.language = "en";
    hit.missing = sample_missing;
    hit.n_missing = 1;
    return hit;
}

pil_status pil_sample_run(pil_formatter_maker *make, const pil_format_settings *settings,
                          const pil_hit *hits, size_t n_hits, pil_error *err)
{
    pil_formatter *formatter = make(settings);
    if (formatter == NULL)
        abort();
    pil_status status = pil_formatter_begin(formatter, err);
    for (size_t i = 0; i < n_hits && status == PIL_OK; i++)
        status = pil_formatter_hit(formatter, &hits[i], err);
    if (status == PIL_OK)
        status = pil_formatter_end(formatter, err);
    pil_formatter_free(formatter);
    return status;
}

char *pil_sample_render(pil_formatter_maker *make, const pil_format_settings *settings,
                        const pil_hit *hits, size_t n_hits)
{
    char *text = NULL;
    size_t length = 0;
    pil_format_settings used = *settings;
    pil_error err = {0};
    used.out = open_memstream(&text, &length);
    if (used.out == NULL || pil_sample_run(make, &used, hits, n_hits, &err) != PIL_OK ||
        fclose(used.out) != 0) {
        fprintf(stderr, "rendering failed: %s\n", err.message);
        abort();
    }
    return text;
}

FILE *pil_sample_broken_pipe(void)
{
    int ends[2];
    signal(SIGPIPE, SIG_IGN);
    if (pipe(ends) != 0 || close(ends[0]) != 0)
        abort();
    FILE *file = fdopen(ends[1], "w");
    if (file == NULL)
        abort();
    return file;
}
