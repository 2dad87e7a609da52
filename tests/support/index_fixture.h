/* Small indexes for tests. A failure inside ends the test program with a message: a test without
 * its index has nothing to say. */
#ifndef SUPPORT_INDEX_FIXTURE_H
#define SUPPORT_INDEX_FIXTURE_H

#include "index/writer.h"

#include <stddef.h>
#include <stdint.h>

enum { PIL_INDEX_FIXTURE_LARGE = 1 << 30 }; /* memory that no test fills */

/* Opens the index at directory for writing; the caller closes it. */
pil_index_writer *pil_index_fixture_open(const char *directory, uint64_t memory_bytes);

/* One article. Paragraphs are set off by blank lines, however short they are; what begins with "# "
 * is the heading of those that follow. */
typedef struct pil_index_fixture_article {
    const char *record_id; /* NULL: the only article of its source */
    const char *text;
    const char *language; /* NULL: "en" */
    const char *title, *author, *date, *source, *url;
    const char *const *languages; /* of its paragraphs, one each; NULL: they are in language */
} pil_index_fixture_article;

/* Between begin and end of a source: one article of the source at path. */
pil_article_outcome pil_index_fixture_give(pil_index_writer *writer, const char *path,
                                           const pil_index_fixture_article *article);
/* Begins a source whose size and time say nothing, with recipe 1. */
void pil_index_fixture_begin(pil_index_writer *writer, const char *path);
/* Ends it; returns how many articles were removed. */
size_t pil_index_fixture_end(pil_index_writer *writer);

/* A whole source with this one article. */
pil_article_outcome pil_index_fixture_add_article(pil_index_writer *writer, const char *path,
                                                  const pil_index_fixture_article *article);
/* The same with an English article that has nothing but its text. */
pil_article_outcome pil_index_fixture_add(pil_index_writer *writer, const char *path,
                                          const char *text);

void pil_index_fixture_commit(pil_index_writer *writer);
/* Merges until nothing is left to merge; returns how many steps it took. */
size_t pil_index_fixture_merge(pil_index_writer *writer, bool all);

/* Makes these stems, separated by spaces, the common words of segments that are built from now on.
 * There is an index at directory, without a writer. */
void pil_index_fixture_set_common(const char *directory, const char *words);

/* What a reader that opens the index now sees of it: a line "<article id> <number>: <text>" for
 * each live paragraph, lines sorted. The caller frees it. */
char *pil_index_fixture_live(const char *directory);

/* Is told the path of a regular file, relative to the directory asked for. */
typedef void (*pil_index_fixture_file)(void *context, const char *path);
/* Calls callback for each regular file below directory, in order of name. */
void pil_index_fixture_each_file(const char *directory, pil_index_fixture_file callback,
                                 void *context);
/* A digest over names and contents of all files below directory. */
pil_digest pil_index_fixture_digest(const char *directory);

#endif
