/* Reads a corpus for the runners.
 *
 * A corpus is JSON Lines, an article a line, with the string members "id", "title" and "text".
 * The reader knows just that much JSON, so that it takes the peers as little time as it can.
 * What fails ends the program with a message: a benchmark has nothing to save. */
#ifndef BENCH_CORPUS_H
#define BENCH_CORPUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct corpus_reader {
    FILE *file;
    char *line;
    size_t capacity;
} corpus_reader;

/* Strings in the reader's line, valid until the next article. UTF-8, with a NUL behind. */
typedef struct article {
    const char *id, *title, *text;
    size_t id_bytes, title_bytes, text_bytes;
} article;

void corpus_open(corpus_reader *reader, const char *path);
/* The next article; false at the end. */
bool corpus_next(corpus_reader *reader, article *out);
/* Passes over n articles, without reading what is in them. */
void corpus_skip(corpus_reader *reader, size_t n);
void corpus_close(corpus_reader *reader);

/* The paragraphs of a text are what blank lines set apart. The first one at or behind *at, without
 * white space around it, and moves *at behind it; false when there is none. */
bool next_paragraph(const char *text, size_t text_bytes, size_t *at, const char **paragraph,
                    size_t *paragraph_bytes);

/* Prints "what: why" and exits. */
void fail(const char *what, const char *why);

#ifdef __cplusplus
}
#endif

#endif
