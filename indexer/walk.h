/* Finds the files to index below the given paths, in a stable order. */
#ifndef INDEXER_WALK_H
#define INDEXER_WALK_H

#include "base/arena.h"
#include "base/error.h"
#include "base/intern.h"
#include "file_filters.h"
#include "index/catalogue.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A regular file that is to be read, or something that should be and cannot. */
typedef struct pil_walk_file {
    const char *path;     /* absolute */
    pil_source_stat stat; /* zero when there is none */
    bool is_named;        /* given as an argument, not found in a directory */
    const char *problem;  /* why it cannot be read; NULL when it can */
} pil_walk_file;

/* Zero-initialise; then walk each path into it. */
typedef struct pil_walk {
    pil_walk_file *files; /* [0..n_files), each path once */
    size_t n_files, capacity;
    /* Directories whose missing files may only be out of sight: unreadable, or empty as an
     * unmounted disk's mount point is. Absolute paths. */
    pil_intern unsure_directories;
    /* Files passed over in directories: of other kinds than we read, hidden, symbolic links. */
    size_t n_other_kinds, n_hidden, n_links;
    const char *excluded; /* absolute path of a directory not to enter (the index), or NULL */
    const pil_file_filters *filters; /* by which other files are read, or NULL */
    pil_intern paths;                /* of files, to have each once */
    pil_arena arena;
} pil_walk;

void pil_walk_dispose(pil_walk *walk);

/* Adds what is at path (absolute, as the system resolves it): a file, or the files below a
 * directory, sorted by name. Files whose kind has neither reader nor filter, hidden ones and
 * symbolic links are passed over in directories. Trouble with one entry is noted in its
 * pil_walk_file and the walk goes on. PIL_NOT_FOUND when there is nothing at path; PIL_NO_MEMORY.
 */
PIL_NODISCARD pil_status pil_walk_add(pil_walk *walk, const char *path, pil_error *err);

/* True when path is root or below it. */
bool pil_walk_is_below(const char *path, const char *root);

/* True when path lies in or below one of the unsure directories. */
bool pil_walk_is_unsure(const pil_walk *walk, const char *path);

/* What stat says of change. */
struct stat;
pil_source_stat pil_walk_stat(const struct stat *info);

#endif
