/* The languages of an index. */
#ifndef SEARCH_LANGUAGES_H
#define SEARCH_LANGUAGES_H

#include "base/arena.h"
#include "base/error.h"
#include "index/snapshot.h"

/* Beyond these an index holds texts in more languages than a query should be read in. */
enum { PIL_LANGUAGES_MAX = 64 };

typedef struct pil_languages {
    const char *codes[PIL_LANGUAGES_MAX]; /* in the order of their bytes; "" for unknown ones */
    size_t n;
} pil_languages;

/* The languages that texts of the snapshot, which has a segment at least, are in, their codes in
 * arena. PIL_CORRUPT, PIL_IO, PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_languages_find(const pil_snapshot *snapshot, pil_arena *arena,
                                            pil_languages *out, pil_error *err);

#endif
