/* A segment's checksums file: a line for each of its other files, digest, length and name, sorted
 * by name. The manifest has its digest, so that nothing in a segment can change unnoticed. */
#ifndef INDEX_CHECKSUMS_H
#define INDEX_CHECKSUMS_H

#include "base/error.h"
#include "base/hash.h"

#include <stdint.h>

/* Syncs each file of the segment at directory, writes their checksums beside them, and syncs that
 * and the directory. *checksums is the digest of the new file, *version_file that of iamglass. */
PIL_NODISCARD pil_status pil_checksums_write(const char *directory, pil_digest *checksums,
                                             pil_digest *version_file, pil_error *err);

/* Is told of each file that is not as it was written, and how. */
typedef void (*pil_checksums_report)(void *context, const char *name, const char *problem);

/* Compares the segment at directory with its checksums file, and that with expected. Writes
 * nothing. *n_bytes grows by what was read. PIL_IO and PIL_NO_MEMORY when it could not be done;
 * differences are told to report and are PIL_OK. */
PIL_NODISCARD pil_status pil_checksums_verify(const char *directory, const pil_digest *expected,
                                              pil_checksums_report report, void *context,
                                              uint64_t *n_bytes, pil_error *err);

#endif
