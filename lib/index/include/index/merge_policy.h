/* Which segments to merge. Pure arithmetic over the manifest. docs/merging.md explains it. */
#ifndef INDEX_MERGE_POLICY_H
#define INDEX_MERGE_POLICY_H

#include "index/manifest.h"

#include <stdbool.h>
#include <stddef.h>

/* An index is not left with more segments, unless they are too full to be merged. */
enum { PIL_MAX_SEGMENTS = 16 };

/* Finds neighbours segments[*first .. *first + *n) to be merged into one (one alone when most of
 * it is dead). False when nothing is worth it. all: as few segments as hold everything. */
bool pil_merge_policy_find(const pil_manifest *manifest, bool all, size_t *first, size_t *n);

#endif
