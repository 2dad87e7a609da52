/* Opens and reads one input, with the care that foreign files need: never waits on a pipe or a
 * device, never follows a link that was put in a file's place. */
#ifndef INDEXER_SOURCE_FILE_H
#define INDEXER_SOURCE_FILE_H

#include "article.h"
#include "base/error.h"
#include "index/catalogue.h"

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

/* Is told how many bytes were read and, by the line that they begin with, where they stand.
 * Called before the articles in them are handed out. */
typedef void (*pil_source_progress)(void *context, uint64_t n_bytes, uint32_t line_offset);

/* Reads the file from where it stands to its end and hands its articles to sink, records of a line
 * each in pieces of the file, so that memory stays bounded. size is how many bytes to read at the
 * most. The statuses are those of pil_read_articles, and PIL_IO. */
PIL_NODISCARD pil_status pil_source_file_read(int fd, uint64_t size, pil_format format,
                                              const char *file_title, const pil_article_sink *sink,
                                              pil_source_progress progress, pil_error *err);

#endif
