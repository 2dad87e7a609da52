#include "index/merge_policy.h"

/* Segments fall into tiers by size, each FACTOR times the one before; FACTOR neighbours of one
 * tier, or smaller, become one of the next. A paragraph is so written about once a tier, but often
 * within the smallest one, where segments stay however many were merged: that is kept small. */
enum { FACTOR = 4, N_TIERS = 20 };
static const uint64_t SMALLEST_TIER_BYTES = 1 << 16;

static uint64_t live_bytes(const pil_manifest_segment *segment)
{
    if (segment->n_paragraphs == 0)
        return 0;
    double live = 1.0 - (double)pil_manifest_n_dead(segment) / (double)segment->n_paragraphs;
    return (uint64_t)((double)segment->text_bytes * live);
}

static int tier_of(uint64_t n_bytes)
{
    int tier = 0;
    for (uint64_t limit = SMALLEST_TIER_BYTES; n_bytes > limit && tier < N_TIERS - 1;
         limit *= FACTOR)
        tier++;
    return tier;
}

/* The longest run of neighbours, none above tier, that ends at segment last; 0 unless FACTOR of
 * them are of that tier: a small segment is no reason to write large ones again. */
static size_t run_ending_at(const int *tiers, size_t last, int tier)
{
    size_t n = 0, n_of_tier = 0;
    for (; n <= last && tiers[last - n] <= tier; n++)
        n_of_tier += tiers[last - n] == tier;
    return n_of_tier >= FACTOR ? n : 0;
}

/* The two neighbours that are smallest together: for when there are too many segments. */
static void find_smallest_pair(const pil_manifest *manifest, size_t *first, size_t *n)
{
    uint64_t smallest = UINT64_MAX;
    for (size_t i = 0; i + 1 < manifest->n_segments; i++) {
        uint64_t both = live_bytes(&manifest->segments[i]) + live_bytes(&manifest->segments[i + 1]);
        if (both < smallest) {
            smallest = both;
            *first = i;
            *n = 2;
        }
    }
}

bool pil_merge_policy_find(const pil_manifest *manifest, bool all, size_t *first, size_t *n)
{
    size_t n_segments = manifest->n_segments;
    if (all) {
        *first = 0;
        *n = n_segments;
        return n_segments > 1 || (n_segments == 1 && manifest->segments[0].n_dead > 0);
    }
    if (n_segments > 4 * PIL_MAX_SEGMENTS) {
        /* Another version of the policy wrote this index: start afresh. */
        *first = 0;
        *n = n_segments;
        return true;
    }
    int tiers[4 * PIL_MAX_SEGMENTS];
    for (size_t i = 0; i < n_segments; i++)
        tiers[i] = tier_of(live_bytes(&manifest->segments[i]));
    for (int tier = 0; tier < N_TIERS; tier++) {
        for (size_t last = n_segments; last-- > 0;) {
            size_t run = run_ending_at(tiers, last, tier);
            if (run > 0) {
                *first = last + 1 - run;
                *n = run;
                return true;
            }
        }
    }
    for (size_t i = 0; i < n_segments; i++) {
        const pil_manifest_segment *segment = &manifest->segments[i];
        if (pil_manifest_n_dead(segment) > segment->n_paragraphs / 2) {
            *first = i;
            *n = 1;
            return true;
        }
    }
    if (n_segments <= PIL_MAX_SEGMENTS)
        return false;
    find_smallest_pair(manifest, first, n);
    return true;
}
