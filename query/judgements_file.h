/* A file of judgements that is being added to: each is safe on disk before the next one is asked
 * for. What the file had is kept as it is. */
#ifndef QUERY_JUDGEMENTS_FILE_H
#define QUERY_JUDGEMENTS_FILE_H

#include "base/buffer.h"
#include "base/error.h"
#include "qrels.h"

#include <stddef.h>
#include <stdint.h>

typedef struct pil_judgements_file {
    const char *path; /* borrowed */
    int fd;           /* locked; -1 when it is not open */
    uint64_t length;  /* in bytes */
    pil_qrels qrels;  /* what was in it when it was opened */
    size_t n_judged;  /* how many judgements that is */
    pil_buffer torn;  /* the beginning of a line that was taken away; empty when there was none */
} pil_judgements_file;

/* Opens the regular file at path, makes it when there is none, locks and reads it. A last line that
 * a crash cut off, which has the beginning of what pil_judgements_file_add writes, is taken away.
 * PIL_BUSY when another process has it open so; PIL_INVALID_ARGUMENT when it holds something else
 * than judgements or is no regular file; PIL_NOT_FOUND when its directory is missing; PIL_IO,
 * PIL_NO_MEMORY. The caller closes it, also on failure. */
PIL_NODISCARD pil_status pil_judgements_file_open(const char *path, pil_judgements_file *out,
                                                  pil_error *err);

/* Adds lines[0..length), "topic 0 document grade" each with its line feed, and syncs the file. On
 * failure nothing of them stays in it as far as the system allows; PIL_BUSY when another program
 * has changed the file or put another one in its place, PIL_IO. */
PIL_NODISCARD pil_status pil_judgements_file_add(pil_judgements_file *file, const char *lines,
                                                 size_t length, pil_error *err);

/* Takes away what was added since file->length was length. Statuses as above. */
PIL_NODISCARD pil_status pil_judgements_file_cut(pil_judgements_file *file, uint64_t length,
                                                 pil_error *err);

/* Also unlocks it. */
void pil_judgements_file_close(pil_judgements_file *file);

#endif
