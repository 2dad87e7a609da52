/* The catalogue: every source that was seen, with what makes a change visible and what it gave,
 * or why it was skipped.
 *
 * In memory it is a table by stored path. On disk it is a base file and files of what changed
 * since, all named by the manifest, so that a small update writes little. */
#ifndef INDEX_CATALOGUE_H
#define INDEX_CATALOGUE_H

#include "base/arena.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/intern.h"
#include "index/manifest.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One article of a source. */
typedef struct pil_catalogue_article {
    pil_digest key;     /* of the article's id: its term in the segments */
    pil_digest content; /* of the bytes it was read from */
    uint32_t n_paragraphs;
} pil_catalogue_article;

typedef enum pil_source_state {
    PIL_SOURCE_GONE, /* not in the catalogue: removed, or never there */
    PIL_SOURCE_INDEXED,
    PIL_SOURCE_PARTIAL, /* a commit came while it was being read: read it again */
    PIL_SOURCE_SKIPPED  /* could not be read; articles of an earlier reading stay */
} pil_source_state;

/* What a stat of the source said, to see change without reading. */
typedef struct pil_source_stat {
    uint64_t n_bytes;
    int64_t mtime_ns;
    uint64_t device, inode;
} pil_source_stat;

typedef struct pil_source {
    const char *path; /* stored form: bytes, NUL behind it */
    pil_source_state state;
    pil_source_stat stat;
    pil_digest content; /* of all its bytes; hex is "" when they were not read */
    uint64_t recipe;    /* hash of the options and versions it was indexed with */
    const char *reason; /* why it was skipped, or "" */
    pil_catalogue_article *articles;
    size_t n_articles;
    bool is_changed; /* since the last commit */
} pil_source;

typedef struct pil_catalogue {
    pil_intern paths;    /* number = index into sources */
    pil_source *sources; /* [0..paths.n_entries) */
    size_t capacity;
    pil_arena arena; /* reasons and article lists */
} pil_catalogue;

void pil_catalogue_dispose(pil_catalogue *catalogue);

/* Reads the files that manifest names. PIL_CORRUPT, PIL_IO, PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_catalogue_read(const char *directory, const pil_manifest *manifest,
                                            pil_catalogue *out, pil_error *err);

/* Reads the manifest of the index at directory and its catalogue, again when a writer replaces them
 * meanwhile. Both are the caller's to dispose of. Errors as of both. */
PIL_NODISCARD pil_status pil_catalogue_read_current(const char *directory, pil_manifest *manifest,
                                                    pil_catalogue *out, pil_error *err);

/* The source at path; NULL when there is none or it is gone. Valid until one is added. */
pil_source *pil_catalogue_find(const pil_catalogue *catalogue, const char *path);
/* The same, adding one that is PIL_SOURCE_GONE when there is none. */
PIL_NODISCARD pil_status pil_catalogue_get(pil_catalogue *catalogue, const char *path,
                                           pil_source **out, pil_error *err);
/* Replaces a source's articles by a copy of articles[0..n). */
PIL_NODISCARD pil_status pil_catalogue_set_articles(pil_catalogue *catalogue, pil_source *source,
                                                    const pil_catalogue_article *articles, size_t n,
                                                    pil_error *err);
PIL_NODISCARD pil_status pil_catalogue_set_reason(pil_catalogue *catalogue, pil_source *source,
                                                  const char *reason, pil_error *err);

/* Writes what has changed since the last commit as a new file for this generation, synced, and
 * names it in manifest; writes a new base instead when the changes have grown to a quarter of it.
 * Sources stay marked as changed: pil_catalogue_committed is for after the manifest's commit. */
PIL_NODISCARD pil_status pil_catalogue_write(const pil_catalogue *catalogue, const char *directory,
                                             pil_manifest *manifest, pil_error *err);
void pil_catalogue_committed(pil_catalogue *catalogue);

/* directory/catalogue-<generation>, for the caller to free; NULL: no memory. */
char *pil_catalogue_path(const char *directory, uint64_t generation);

#endif
