/* Searching in tests. A failure inside ends the test program with a message. */
#ifndef SUPPORT_SEARCH_FIXTURE_H
#define SUPPORT_SEARCH_FIXTURE_H

#include "search/searcher.h"

/* What is needed to search the index at a directory. */
typedef struct pil_search_fixture {
    pil_snapshot snapshot;
    pil_analyser *analyser;
} pil_search_fixture;

void pil_search_fixture_open(pil_search_fixture *fixture, const char *directory);
void pil_search_fixture_close(pil_search_fixture *fixture);

/* The hits of a query; the caller frees them. options NULL: all hits. all: every word required. */
pil_hits *pil_search_fixture_run(pil_search_fixture *fixture, const char *query, bool all,
                                 const pil_search_options *options);

/* The hits as "<stored article id>:<paragraph>", best first, with blanks between; the caller frees
 * it. */
char *pil_search_fixture_list(const pil_search_fixture *fixture, const pil_hits *hits);

#endif
