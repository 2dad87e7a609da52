/* An index as one manifest names it, open for reading. It stays as it is whatever a writer does
 * meanwhile; readers never write, never lock and never wait.
 *
 * Thread rule: one thread at a time for each snapshot. */
#ifndef INDEX_SNAPSHOT_H
#define INDEX_SNAPSHOT_H

#include "base/error.h"
#include "index/manifest.h"
#include "index/segment.h"
#include "xapian_c.h"

#include <stddef.h>

typedef struct pil_snapshot {
    char *directory;
    pil_manifest manifest;
    pil_dictionaries *dictionaries; /* all loaded: their files may go */
    pil_segment *segments;          /* [0..manifest.n_segments), in the manifest's order */
    xc_database *combined; /* all of them, sharded in that order; NULL when there are none */
} pil_snapshot;

/* Opens the index at directory. When a writer removes a file before it is opened, the manifest
 * is read again, a few times; PIL_STALE when it happens each time. PIL_NOT_FOUND when there is no
 * index; PIL_CORRUPT, PIL_INCOMPATIBLE, PIL_IO, PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_snapshot_open(pil_snapshot *out, const char *directory,
                                           pil_error *err);
void pil_snapshot_close(pil_snapshot *snapshot);

/* What the lexicons of all segments say of form in language, added up; zero when none has it.
 * PIL_CORRUPT, PIL_IO, PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_snapshot_lookup(pil_snapshot *snapshot, const char *form,
                                             size_t form_bytes, const char *language,
                                             pil_lexicon_entry *entry, pil_error *err);

#endif
