/* A segment's checksums file: a line for each of its other files, sorted by name, with its length
 * and a checksum for each chunk of it. The manifest has the digest of this file, so that nothing in
 * a segment can change unnoticed.
 *
 *     <name> TAB <length> TAB <XXH3-64 of each chunk, 16 hex digits, separated by commas> */
#ifndef INDEX_CHECKSUMS_H
#define INDEX_CHECKSUMS_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/hash.h"
#include "checked_file.h"

#include <stddef.h>
#include <stdint.h>

/* Writes the checksums file of files[0..n) into directory, synced, and syncs the directory.
 * *digest is that of the file. */
PIL_NODISCARD pil_status pil_checksums_write(const char *directory, const pil_file_checksums *files,
                                             size_t n, pil_digest *digest, pil_error *err);
/* Reads it; it must have the digest expected. *files[0..*n) are the caller's to dispose and free.
 * PIL_NOT_FOUND, PIL_CORRUPT, PIL_IO, PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_checksums_read(const char *directory, const pil_digest *expected,
                                            pil_file_checksums **files, size_t *n, pil_error *err);

/* Is told of each file that is not as it was written, and how. */
typedef void (*pil_checksums_report)(void *context, const char *name, const char *problem);

/* Compares the segment at directory with its checksums file, and that with expected. Writes
 * nothing. *n_bytes grows by what was read. PIL_IO and PIL_NO_MEMORY when it could not be done;
 * differences are told to report and are PIL_OK. */
PIL_NODISCARD pil_status pil_checksums_verify(const char *directory, const pil_digest *expected,
                                              pil_checksums_report report, void *context,
                                              uint64_t *n_bytes, pil_error *err);

#endif
