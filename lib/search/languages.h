/* The languages of an index. */
#ifndef SEARCH_LANGUAGES_H
#define SEARCH_LANGUAGES_H

#include "base/arena.h"
#include "base/error.h"
#include "index/snapshot.h"

/* More than can be detected. Beyond these, which only made-up codes come to, a query is not read in
 * further ones. */
enum { PIL_LANGUAGES_MAX = 128 };

typedef struct pil_languages {
    const char *codes[PIL_LANGUAGES_MAX]; /* in the order of their bytes; "" for unknown ones */
    size_t n;
} pil_languages;

/* The languages that texts of the snapshot, which has a segment at least, are in, their codes in
 * arena. PIL_CORRUPT, PIL_IO, PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_languages_find(const pil_snapshot *snapshot, pil_arena *arena,
                                            pil_languages *out, pil_error *err);

#endif
