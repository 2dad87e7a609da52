/* Small databases for tests of xapian-c. A failure inside ends the test with a message. */
#ifndef SUPPORT_XAPIAN_FIXTURE_H
#define SUPPORT_XAPIAN_FIXTURE_H

#include "xapian_c.h"

#include <stddef.h>
#include <stdint.h>

/* A document to write: words are terms with wdf 1, each time they occur. */
typedef struct pil_fixture_doc {
    const char *words; /* separated by single blanks */
    const char *data;
    const char *value; /* of slot 0; NULL for none */
} pil_fixture_doc;

/* Writes docs[0..n) into a new database at path and commits. */
void pil_fixture_write(const char *path, const pil_fixture_doc *docs, size_t n);

/* Adds one document to an open writer and returns its id. */
uint32_t pil_fixture_add(xc_writer *writer, const pil_fixture_doc *doc);

/* Opens path for reading; the caller frees. */
xc_database *pil_fixture_open(const char *path);

/* A query for the term word; the caller frees. */
xc_query *pil_fixture_term(const char *word);

/* The query a op b; frees both. */
xc_query *pil_fixture_pair(xc_operator op, xc_query *a, xc_query *b);

/* Runs query with options (NULL for the defaults) and frees query. The caller frees the results. */
xc_results *pil_fixture_search(xc_database *database, xc_query *query,
                               const xc_search_options *options);

/* The hits' docids as decimal numbers with blanks between, e.g. "3 1"; the caller frees. */
char *pil_fixture_docids(const xc_results *results);

#endif
