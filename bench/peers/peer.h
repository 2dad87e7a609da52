/* What a runner does, for all that are written in C and C++: README.md has the commands. */
#ifndef BENCH_PEER_H
#define BENCH_PEER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum search_mode { SEARCH_OR, SEARCH_AND, SEARCH_PHRASE } search_mode;

/* What each engine has to say for itself. index and update may be NULL. */
typedef struct peer {
    /* Makes an index of the corpus at path database, in as many threads or processes; both end with
     * report_committed. */
    void (*index)(const char *database, const char *corpus, unsigned threads);
    /* Replaces the articles of corpus in it, and commits. */
    void (*update)(const char *database, const char *corpus);
    void *(*open)(const char *database);
    /* Finds the best limit paragraphs, and reads their texts when it is asked to; out, unless it
     * is NULL, gets a line for each. words are letters and digits in lower case, a space between
     * two. Returns how many it found. */
    size_t (*search)(void *opened, const char *words, search_mode mode, unsigned limit,
                     bool reads_text, FILE *out);
    void (*close)(void *opened);
} peer;

int peer_main(int argc, char **argv, const peer *engine);

/* Says at once that so much is committed: "articles paragraphs peak", a line. peak is the peak
 * memory of further processes in KiB, 0 when there were none. */
void report_committed(size_t n_articles, size_t n_paragraphs, long peak_kb);

/* words with before and after around them and between in place of each space: "a" OR "b". The
 * caller frees it. */
char *join_words(const char *words, const char *before, const char *between, const char *after);

#ifdef __cplusplus
}
#endif

#endif
