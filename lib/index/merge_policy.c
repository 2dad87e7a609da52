#include "index/merge_policy.h"

/* Segments fall into tiers by size, each FACTOR times the one before; FACTOR neighbours of one
 * tier, or smaller, become one of the next. A paragraph is so written about once a tier, but often
 * within the smallest one, where segments stay however many were merged: that is kept small. */
enum { FACTOR = 4, N_TIERS = 20 };
static const uint64_t SMALLEST_TIER_BYTES = 1 << 16;

/* More segments than any index has that was not made by another version of the policy. */
enum { MAX_CONSIDERED = 1024 };

/* What one segment may hold: libxapian counts the occurrences of a word in 32 bits, and wraps. */
static const uint64_t MAX_WORDS = UINT32_MAX - 1, MAX_PARAGRAPHS = (UINT32_C(1) << 31) - 1;

/* ---- sizes ---- */

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

/* What a run of neighbours would hold as one segment. How many words their dead paragraphs have is
 * not known: they are counted. */
typedef struct merged_size {
    uint64_t n_words, n_paragraphs;
} merged_size;

/* Adds segment to *size, unless that makes too large a segment. */
static bool take_in(merged_size *size, const pil_manifest_segment *segment)
{
    uint64_t n_words = size->n_words + segment->n_words;
    uint64_t n_paragraphs = size->n_paragraphs + segment->n_paragraphs;
    if (n_words > MAX_WORDS || n_paragraphs > MAX_PARAGRAPHS)
        return false;
    *size = (merged_size){.n_words = n_words, .n_paragraphs = n_paragraphs};
    return true;
}

/* ---- choosing ---- */

/* The longest run of neighbours, none above tier, that ends at segment last and fits into one; 0
 * unless wanted of them are of that tier: a small segment is no reason to write large ones again.
 */
static size_t run_ending_at(const pil_manifest *manifest, const int *tiers, size_t last, int tier,
                            size_t wanted)
{
    merged_size size = {0};
    size_t n = 0, n_of_tier = 0;
    for (; n <= last && tiers[last - n] <= tier && take_in(&size, &manifest->segments[last - n]);
         n++)
        n_of_tier += tiers[last - n] == tier;
    return n_of_tier >= wanted ? n : 0;
}

/* A run with so many of one tier, in the lowest tier that has one, the newest first. */
static bool find_in_tiers(const pil_manifest *manifest, const int *tiers, size_t wanted,
                          size_t *first, size_t *n)
{
    for (int tier = 0; tier < N_TIERS; tier++) {
        for (size_t last = manifest->n_segments; last-- > 0;) {
            size_t run = run_ending_at(manifest, tiers, last, tier, wanted);
            if (run > 0) {
                *first = last + 1 - run;
                *n = run;
                return true;
            }
        }
    }
    return false;
}

/* One of which most is dead. */
static bool find_mostly_dead(const pil_manifest *manifest, size_t *first, size_t *n)
{
    for (size_t i = 0; i < manifest->n_segments; i++) {
        const pil_manifest_segment *segment = &manifest->segments[i];
        if (pil_manifest_n_dead(segment) > segment->n_paragraphs / 2) {
            *first = i;
            *n = 1;
            return true;
        }
    }
    return false;
}

/* The two neighbours that are smallest together. */
static bool find_smallest_pair(const pil_manifest *manifest, const uint64_t *sizes, size_t *first,
                               size_t *n)
{
    uint64_t smallest = UINT64_MAX;
    for (size_t i = 0; i + 1 < manifest->n_segments; i++) {
        merged_size size = {0};
        uint64_t both = sizes[i] + sizes[i + 1];
        if (both < smallest && take_in(&size, &manifest->segments[i]) &&
            take_in(&size, &manifest->segments[i + 1])) {
            smallest = both;
            *first = i;
            *n = 2;
        }
    }
    return smallest < UINT64_MAX;
}

/* For when there are too many segments, each tier being nearly full. To take the smallest pair at
 * once would write the newest segment again at each update, a little larger each time. */
static bool find_among_too_many(const pil_manifest *manifest, const int *tiers,
                                const uint64_t *sizes, size_t *first, size_t *n)
{
    for (size_t wanted = FACTOR - 1; wanted > 1; wanted--) {
        if (find_in_tiers(manifest, tiers, wanted, first, n))
            return true;
    }
    return find_smallest_pair(manifest, sizes, first, n);
}

/* As many as fit into one, from the first on that can be merged with the next. */
static bool find_all_that_fit(const pil_manifest *manifest, size_t *first, size_t *n)
{
    for (*first = 0; *first + 1 < manifest->n_segments; ++*first) {
        merged_size size = {0};
        for (*n = 0; *first + *n < manifest->n_segments &&
                     take_in(&size, &manifest->segments[*first + *n]);)
            ++*n;
        if (*n > 1)
            return true;
    }
    *n = 1;
    for (*first = 0; *first < manifest->n_segments; ++*first) {
        if (manifest->segments[*first].n_dead > 0)
            return true;
    }
    return false;
}

bool pil_merge_policy_find(const pil_manifest *manifest, bool all, size_t *first, size_t *n)
{
    if (all || manifest->n_segments > MAX_CONSIDERED)
        return find_all_that_fit(manifest, first, n);
    uint64_t sizes[MAX_CONSIDERED];
    int tiers[MAX_CONSIDERED];
    for (size_t i = 0; i < manifest->n_segments; i++) {
        sizes[i] = live_bytes(&manifest->segments[i]);
        tiers[i] = tier_of(sizes[i]);
    }
    return find_in_tiers(manifest, tiers, FACTOR, first, n) ||
           find_mostly_dead(manifest, first, n) ||
           (manifest->n_segments > PIL_MAX_SEGMENTS &&
            find_among_too_many(manifest, tiers, sizes, first, n));
}
