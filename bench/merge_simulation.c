/* merge_simulation: what the merge policy does to an index that many small updates go into. Prints
 * a table: how many segments there are, and how many bytes are written for each byte of text that
 * is indexed, counting a segment as the text in it. Nothing is written to the disk: the policy
 * decides by the manifest alone. */
#include "index/merge_policy.h"

#include <stdio.h>
#include <stdlib.h>

/* An article of the UN debates, about. */
enum { ARTICLE_PARAGRAPHS = 27, ARTICLE_BYTES = 14000, ARTICLE_WORDS = 2200, RECENT = 100 };

typedef enum replacing { REPLACES_NONE, REPLACES_ANY, REPLACES_RECENT } replacing;
static const char *const replacing_names[] = {"none", "any", "the last 100"};

typedef struct scenario {
    const char *start;
    uint32_t start_articles, start_segments;
    uint32_t n_updates, smallest, largest; /* articles an update */
    replacing replaces;
} scenario;

typedef struct simulation {
    pil_manifest manifest;
    uint64_t random;
    double given, written; /* articles */
    double manifest_bytes;
    size_t max_segments;
    double sum_segments;
    uint32_t most_in_one; /* articles that one update made the merges write */
} simulation;

static void give_up(void)
{
    fputs("merge_simulation: out of memory\n", stderr);
    exit(6);
}

static uint32_t random_below(simulation *run, uint32_t n)
{
    run->random ^= run->random >> 12;
    run->random ^= run->random << 25;
    run->random ^= run->random >> 27;
    return (uint32_t)((run->random * UINT64_C(0x2545F4914F6CDD1D)) >> 32) % n;
}

static pil_manifest_segment segment_of(uint32_t n_articles)
{
    return (pil_manifest_segment){.n_paragraphs = n_articles * ARTICLE_PARAGRAPHS,
                                  .n_words = (uint64_t)n_articles * ARTICLE_WORDS,
                                  .text_bytes = (uint64_t)n_articles * ARTICLE_BYTES};
}

static void add(simulation *run, uint32_t n_articles)
{
    pil_manifest_segment segment = segment_of(n_articles);
    if (pil_manifest_add_segment(&run->manifest, &segment, NULL) != PIL_OK)
        give_up();
}

static uint32_t articles_of(const pil_manifest_segment *segment)
{
    return segment->n_paragraphs / ARTICLE_PARAGRAPHS;
}

static uint32_t live_articles_of(const pil_manifest_segment *segment)
{
    return articles_of(segment) - pil_manifest_n_dead(segment) / ARTICLE_PARAGRAPHS;
}

/* Lets one living article die: any, or one of the last. */
static void kill_one(simulation *run, replacing which)
{
    pil_manifest *manifest = &run->manifest;
    uint32_t n_articles = 0;
    for (size_t i = 0; i < manifest->n_segments; i++)
        n_articles += articles_of(&manifest->segments[i]);
    for (uint32_t tries = 0; tries < 1000; tries++) {
        uint32_t range = which == REPLACES_RECENT && n_articles > RECENT ? RECENT : n_articles;
        uint32_t at = n_articles - range + random_below(run, range);
        size_t i = 0;
        while (at >= articles_of(&manifest->segments[i]))
            at -= articles_of(&manifest->segments[i++]);
        uint32_t first = at * ARTICLE_PARAGRAPHS + 1;
        pil_docid_range dead = {.first = first, .last = first + ARTICLE_PARAGRAPHS - 1};
        if (pil_manifest_is_dead(&manifest->segments[i], first))
            continue;
        if (pil_manifest_kill(&manifest->segments[i], dead, NULL) != PIL_OK)
            give_up();
        if (live_articles_of(&manifest->segments[i]) == 0)
            pil_manifest_remove_segment(manifest, i);
        return;
    }
}

/* Does what the writer does with the policy's answers; returns how many articles it writes. */
static uint32_t merge(simulation *run)
{
    pil_manifest *manifest = &run->manifest;
    uint32_t n_written = 0;
    size_t first, n;
    while (pil_merge_policy_find(manifest, false, &first, &n)) {
        uint32_t live = 0;
        for (size_t i = first; i < first + n; i++)
            live += live_articles_of(&manifest->segments[i]);
        for (size_t i = 1; i < n; i++)
            pil_manifest_remove_segment(manifest, first + 1);
        pil_manifest_segment_dispose(&manifest->segments[first]);
        manifest->segments[first] = segment_of(live);
        n_written += live;
    }
    return n_written;
}

static size_t digits(uint32_t number)
{
    size_t n = 1;
    for (; number >= 10; number /= 10)
        n++;
    return n;
}

/* About what the manifest has: 200 bytes a segment, and its dead. */
static double manifest_bytes(const pil_manifest *manifest)
{
    size_t n_bytes = 0;
    for (size_t i = 0; i < manifest->n_segments; i++) {
        const pil_manifest_segment *segment = &manifest->segments[i];
        n_bytes += 200;
        for (size_t k = 0; k < segment->n_dead; k++)
            n_bytes += digits(segment->dead[k].first) + digits(segment->dead[k].last) + 2;
    }
    return (double)n_bytes;
}

static void update(simulation *run, const scenario *planned, uint32_t number)
{
    uint32_t n = planned->smallest + random_below(run, planned->largest - planned->smallest + 1);
    for (uint32_t i = 0; i < n && planned->replaces != REPLACES_NONE; i++)
        kill_one(run, planned->replaces);
    add(run, n);
    uint32_t n_merged = merge(run);
    if (n_merged > run->most_in_one)
        run->most_in_one = n_merged;
    run->given += n;
    run->written += (double)n + (double)n_merged;
    run->sum_segments += (double)run->manifest.n_segments;
    if (run->manifest.n_segments > run->max_segments)
        run->max_segments = run->manifest.n_segments;
    enum { SAMPLE = 50 };
    if (number % SAMPLE == 0)
        run->manifest_bytes += manifest_bytes(&run->manifest) * SAMPLE;
}

static void simulate(const scenario *planned)
{
    simulation run = {.random = 88172645463325252};
    for (uint32_t i = 0; i < planned->start_segments; i++)
        add(&run, planned->start_articles / planned->start_segments);
    merge(&run);
    for (uint32_t i = 0; i < planned->n_updates; i++)
        update(&run, planned, i);
    char articles[32];
    snprintf(articles, sizeof articles, planned->smallest == planned->largest ? "%u" : "%u-%u",
             planned->smallest, planned->largest);
    printf("| %s | %u | %s | %s | %zu | %.1f | %.1f | %.1f | %.0f |\n", planned->start,
           planned->n_updates, articles, replacing_names[planned->replaces], run.max_segments,
           run.sum_segments / planned->n_updates, run.written / run.given,
           run.manifest_bytes / (run.given * ARTICLE_BYTES),
           (double)run.most_in_one * ARTICLE_BYTES / 1e6);
    fflush(stdout);
    pil_manifest_dispose(&run.manifest);
}

int main(void)
{
    enum { MILLION = 37038 }; /* articles with a million paragraphs */
    static const scenario scenarios[] = {
        {"1 million in 1 segment", MILLION, 1, 100000, 1, 1, REPLACES_NONE},
        {"1 million in 1 segment", MILLION, 1, 100000, 1, 1, REPLACES_ANY},
        {"1 million in 1 segment", MILLION, 1, 100000, 1, 1, REPLACES_RECENT},
        {"1 million in 9 segments", MILLION, 9, 100000, 1, 1, REPLACES_NONE},
        {"1 million in 9 segments", MILLION, 9, 100000, 1, 1, REPLACES_ANY},
        {"1 million in 1 segment", MILLION, 1, 1000, 100, 100, REPLACES_NONE},
        {"1 million in 1 segment", MILLION, 1, 1000, 100, 100, REPLACES_ANY},
        {"1 million in 1 segment", MILLION, 1, 2000, 1, 1000, REPLACES_ANY},
        {"nothing", 0, 0, 100000, 1, 1, REPLACES_NONE},
        {"nothing", 0, 0, 1000, 100, 100, REPLACES_NONE},
        {"nothing", 0, 0, 100, 4793, 4793, REPLACES_NONE},
        {"1000 articles", 1000, 1, 100000, 1, 1, REPLACES_ANY},
    };
    puts("| start (paragraphs) | updates | articles each | replacing | segments, most | on average "
         "| bytes written a byte | manifest, a byte | most in one update, MB |");
    puts("|---|---|---|---|---|---|---|---|---|");
    for (size_t i = 0; i < sizeof scenarios / sizeof scenarios[0]; i++)
        simulate(&scenarios[i]);
    return 0;
}
