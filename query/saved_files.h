/* The files of saved queries: where they are, and how one is written. What they hold is in
 * saved_queries.c and saved_seen.c. */
#ifndef QUERY_SAVED_FILES_H
#define QUERY_SAVED_FILES_H

#include "base/error.h"

#include <stddef.h>

/* The file of query name, and the directory of what it has found before; the directory of all
 * queries when name is "". New strings that the caller frees; NULL when memory ran out. */
char *pil_saved_query_path(const char *directory, const char *name);
char *pil_saved_seen_directory(const char *directory, const char *name);

/* Puts a file with this content at path, whole or not at all, durably, and makes the directories
 * that it lacks. Of two processes that do so at the same time one is the last. PIL_IO,
 * PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_saved_put(const char *path, const void *bytes, size_t length,
                                       pil_error *err);

#endif
