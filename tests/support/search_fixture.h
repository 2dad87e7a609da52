/* Searching in tests. A failure inside ends the test program with a message. */
#ifndef SUPPORT_SEARCH_FIXTURE_H
#define SUPPORT_SEARCH_FIXTURE_H

#include "search/searcher.h"
#include "support/index_fixture.h"

/* What is needed to search the index at a directory. */
typedef struct pil_search_fixture {
    pil_snapshot snapshot;
    pil_analyser *analyser;
} pil_search_fixture;

void pil_search_fixture_open(pil_search_fixture *fixture, const char *directory);
void pil_search_fixture_close(pil_search_fixture *fixture);

/* An index that is written and searched in turn. */
typedef struct pil_searched_index {
    char *parent;    /* a temporary directory */
    char *directory; /* the index, in it */
    pil_index_writer *writer;
    pil_search_fixture search; /* as of the last commit; zero before the first */
} pil_searched_index;

void pil_searched_index_open(pil_searched_index *index);
/* Closes it and removes it. */
void pil_searched_index_dispose(pil_searched_index *index);
/* Commits what was written and lets it be searched. */
void pil_searched_index_commit(pil_searched_index *index);

/* The hits of a query; the caller frees them. options NULL: all hits. all: every word required. */
pil_hits *pil_search_fixture_run(pil_search_fixture *fixture, const char *query, bool all,
                                 const pil_search_options *options);

/* The hits as "<stored article id>:<paragraph>", best first, with blanks between; the caller frees
 * it. */
char *pil_search_fixture_list(const pil_search_fixture *fixture, const pil_hits *hits);

#endif
