/* Files and directories, with the care for durability that POSIX leaves to its callers. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/hash.h"

#include <stddef.h>
#include <stdint.h>

/* Appends the whole content of the regular file at path to out. PIL_NOT_FOUND, PIL_IO,
 * PIL_NO_MEMORY, PIL_INVALID_ARGUMENT when it is larger than out may hold. */
PIL_NODISCARD pil_status pil_file_read(const char *path, pil_buffer *out, pil_error *err);

/* Appends what the open descriptor fd gives, from where it stands to its end or to max_bytes. */
PIL_NODISCARD pil_status pil_file_read_fd(int fd, uint64_t max_bytes, pil_buffer *out,
                                          pil_error *err);

/* Writes bytes[0..length) to fd, whatever short counts the system gives. */
PIL_NODISCARD pil_status pil_file_write_fd(int fd, const void *bytes, size_t length,
                                           pil_error *err);

/* Makes a new file at path with this content and syncs it; its directory is not synced.
 * PIL_EXISTS when there is one. A file that could not be written whole is removed. */
PIL_NODISCARD pil_status pil_file_create(const char *path, const void *bytes, size_t length,
                                         pil_error *err);

/* Puts a file with this content at path, as a whole or not at all: writes path + ".new", syncs
 * it, renames it and syncs the directory. */
PIL_NODISCARD pil_status pil_file_replace(const char *path, const void *bytes, size_t length,
                                          pil_error *err);

/* The same by way of temporary, a path in the same directory: for writers that may meet. */
PIL_NODISCARD pil_status pil_file_replace_by(const char *path, const char *temporary,
                                             const void *bytes, size_t length, pil_error *err);

/* Makes what was written to the file or directory at path durable. */
PIL_NODISCARD pil_status pil_file_sync(const char *path, pil_error *err);

/* The XXH3-128 of the file at path, read in pieces, and its length (may be NULL). */
PIL_NODISCARD pil_status pil_file_digest(const char *path, pil_digest *digest, uint64_t *length,
                                         pil_error *err);

/* Makes the directory at path and the parents it lacks. */
PIL_NODISCARD pil_status pil_file_make_directories(const char *path, pil_error *err);

/* Removes the directory at path and everything in it. It is no error when there is none. */
PIL_NODISCARD pil_status pil_file_remove_tree(const char *path, pil_error *err);

/* directory + "/" + name as a new string that the caller frees; NULL when memory ran out. */
char *pil_file_join(const char *directory, const char *name);

#endif
