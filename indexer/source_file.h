/* Opens and reads one input, with the care that foreign files need: never waits on a pipe or a
 * device, never follows a link that was put in a file's place. */
#ifndef INDEXER_SOURCE_FILE_H
#define INDEXER_SOURCE_FILE_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/hash.h"
#include "index/catalogue.h"

#include <stdbool.h>
#include <stdint.h>

/* Larger files are read only in formats of one record a line. */
#define PIL_SOURCE_MAX_BYTES (UINT64_C(1) << 30)

typedef struct pil_source_file {
    int fd;
    pil_source_stat stat; /* of the open file; zero for standard input */
} pil_source_file;

/* Opens the regular file at path, which is not a symbolic link. PIL_IO with the reason,
 * PIL_BAD_INPUT for what is no regular file. */
PIL_NODISCARD pil_status pil_source_file_open(pil_source_file *out, const char *path,
                                              pil_error *err);
void pil_source_file_close(pil_source_file *file);

/* The digest of its bytes, up to the size that it had when it was opened; goes back to the start.
 * PIL_BAD_INPUT when it got shorter meanwhile. */
PIL_NODISCARD pil_status pil_source_file_digest(pil_source_file *file, pil_digest *out,
                                                pil_error *err);

/* Takes the next piece of a file, whose bytes then belong to it: line_offset lines stand before
 * them. What it returns, other than PIL_OK, stops the reading. */
typedef pil_status (*pil_source_taker)(void *context, pil_buffer *bytes, uint32_t line_offset,
                                       bool is_last, pil_error *err);

/* Reads the file from where it stands to its end and hands it to taker, in pieces of whole lines
 * when by_lines is set, so that memory stays bounded; else, or when it is UTF-16, as one. size is
 * how many bytes to read at the most. A piece that is_last is always handed out unless this fails.
 * content may be NULL; otherwise it is the digest of all bytes by the time the last piece is handed
 * out, and there must be size bytes. PIL_BAD_INPUT when there is too much to hold, or the file got
 * shorter; PIL_IO, PIL_NO_MEMORY, what taker returned. */
PIL_NODISCARD pil_status pil_source_file_read(int fd, uint64_t size, bool by_lines,
                                              pil_digest *content, pil_source_taker taker,
                                              void *context, pil_error *err);

#endif
