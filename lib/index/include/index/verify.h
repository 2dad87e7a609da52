/* Checks an index against what was written: every byte of every file that the manifest names, by
 * checksum, then every record and every article's metadata. Never writes, and gives libxapian
 * only files whose bytes are as they were. */
#ifndef INDEX_VERIFY_H
#define INDEX_VERIFY_H

#include "base/error.h"

#include <stdint.h>

/* Is told of each fault: where in the index, and what is wrong. Valid during the call. */
typedef void (*pil_verify_report)(void *context, const char *where, const char *problem);

typedef struct pil_verify_totals {
    uint64_t n_faults;
    uint64_t n_segments, n_paragraphs, n_articles;
    uint64_t n_bytes; /* of files read */
} pil_verify_totals;

/* Checks the index at directory. Faults are told to report and counted, and are PIL_OK.
 * PIL_NOT_FOUND when there is no index; PIL_STALE when a writer changed it meanwhile, so that
 * missing files mean nothing; PIL_INCOMPATIBLE; PIL_IO, PIL_NO_MEMORY. A manifest that cannot be
 * read is a fault. */
PIL_NODISCARD pil_status pil_verify(const char *directory, pil_verify_report report, void *context,
                                    pil_verify_totals *totals, pil_error *err);

#endif
