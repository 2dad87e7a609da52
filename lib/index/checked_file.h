/* Files that are summed while they are written, chunk by chunk, so that no byte of them can change
 * unnoticed. Private to this folder. Thread rule: one thread at a time for each file. */
#ifndef INDEX_CHECKED_FILE_H
#define INDEX_CHECKED_FILE_H

#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

/* The length of a chunk; the last one of a file may be shorter. */
enum { PIL_CHUNK_BYTES = 1 << 16 };

/* What was written to a file. */
typedef struct pil_file_checksums {
    char name[32];
    uint64_t n_bytes;
    uint64_t *chunks; /* [0..n_chunks): XXH3-64 */
    size_t n_chunks;
} pil_file_checksums;
/* Frees what it holds and zeroes it. NULL and a zeroed one are fine. */
void pil_file_checksums_dispose(pil_file_checksums *checksums);

/* A file that is written once, front to back, and summed on the way. */
typedef struct pil_checked_file pil_checked_file;
/* Makes the file directory/name; name has at most 31 bytes. PIL_EXISTS, PIL_IO, PIL_NO_MEMORY,
 * PIL_NOT_FOUND when there is no such directory. */
PIL_NODISCARD pil_status pil_checked_file_create(pil_checked_file **out, const char *directory,
                                                 const char *name, pil_error *err);
/* Appends bytes[0..length). After a failure the file can only be abandoned. PIL_IO, PIL_NO_MEMORY.
 */
PIL_NODISCARD pil_status pil_checked_file_write(pil_checked_file *file, const void *bytes,
                                                size_t length, pil_error *err);
/* Syncs and closes it; *out is the caller's to dispose. The file is freed in any case; its
 * directory is not synced. PIL_IO, PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_checked_file_finish(pil_checked_file *file, pil_file_checksums *out,
                                                 pil_error *err);
/* Closes it unfinished; it stays on the disk. NULL is fine. */
void pil_checked_file_abandon(pil_checked_file *file);

#endif
