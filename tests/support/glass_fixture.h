/* Databases written by lib/index/glass_*.h, for tests that read them through libxapian. A failure
 * inside ends the test with a message. */
#ifndef SUPPORT_GLASS_FIXTURE_H
#define SUPPORT_GLASS_FIXTURE_H

#include "lib/index/glass_postlist.h"
#include "lib/index/glass_table.h"
#include "xapian_c.h"

#include <stdint.h>

/* The next number of a repeatable sequence. */
uint32_t pil_glass_fixture_random(uint64_t *state);

/* One posting. */
typedef struct pil_glass_posting {
    uint32_t docid, wdf;
} pil_glass_posting;

/* Codes items[0..n), whose docids ascend. bytes is the caller's to free. */
pil_postings pil_glass_fixture_postings(const pil_glass_posting *items, size_t n);
void pil_glass_fixture_postings_dispose(pil_postings *postings);

/* A database being written, in a directory of its own. */
typedef struct pil_glass_fixture {
    char *directory;
    pil_glass_table *postlist, *docdata;
    pil_glass_root postlist_root, docdata_root;
    pil_file_checksums postlist_sums, docdata_sums, version_sums;
} pil_glass_fixture;

/* Makes the directory parent/name and begins both tables. */
void pil_glass_fixture_begin(pil_glass_fixture *fixture, const char *parent, const char *name);
/* Adds the lengths of documents 1 to n. */
void pil_glass_fixture_lengths(pil_glass_fixture *fixture, const uint32_t *lengths, uint32_t n);
/* Adds the data of a document under its key. */
void pil_glass_fixture_data(pil_glass_fixture *fixture, uint32_t docid, const void *bytes,
                            size_t length);
/* Completes the tables and the version file; lengths as above. */
void pil_glass_fixture_finish(pil_glass_fixture *fixture, const uint32_t *lengths, uint32_t n,
                              uint32_t max_wdf);
/* Opens what was finished; the caller frees. libxapian's own check finds nothing wrong in it. */
xc_database *pil_glass_fixture_open(const pil_glass_fixture *fixture);
void pil_glass_fixture_dispose(pil_glass_fixture *fixture);

#endif
