/* phrase_counts INDEX: for each query in a line of standard input, a line with tabs between: the
 * paragraphs that it finds, and those whose text was read to find the ten best, with common grams
 * and without. */
#include "index/snapshot.h"
#include "search/query.h"
#include "search/searcher.h"
#include "text/analyser.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void check(pil_status status, const pil_error *err)
{
    if (status == PIL_OK)
        return;
    fprintf(stderr, "phrase_counts: %s\n", err->message);
    exit(EXIT_FAILURE);
}

static void search(pil_snapshot *snapshot, const pil_query *query, pil_analyser *analyser,
                   uint32_t limit, size_t *n_hits, uint64_t *n_verified)
{
    const pil_search_options options = {.limit = limit};
    pil_error err;
    pil_hits *hits;
    check(pil_search(snapshot, query, analyser, &options, &hits, &err), &err);
    *n_hits = hits->n_items;
    *n_verified = hits->n_verified;
    pil_hits_free(hits);
}

int main(int argc, char **argv)
{
    pil_snapshot snapshot;
    pil_analyser *analyser;
    pil_error err;
    char line[1024];
    if (argc != 2) {
        fputs("usage: phrase_counts INDEX\n", stderr);
        return EXIT_FAILURE;
    }
    check(pil_analyser_new(&analyser, &err), &err);
    check(pil_snapshot_open(&snapshot, argv[1], &err), &err);
    size_t n_commons = snapshot.manifest.n_commons;
    while (fgets(line, sizeof line, stdin) != NULL) {
        pil_query *query;
        size_t n_all, n_best;
        uint64_t n_scanned, n_verified, n_without;
        check(pil_query_parse(line, strcspn(line, "\n"), NULL, analyser, &query, NULL, &err), &err);
        search(&snapshot, query, analyser, UINT32_MAX / 4, &n_all, &n_scanned);
        search(&snapshot, query, analyser, 10, &n_best, &n_verified);
        snapshot.manifest.n_commons = 0; /* as if no segment had grams */
        search(&snapshot, query, analyser, 10, &n_best, &n_without);
        snapshot.manifest.n_commons = n_commons;
        printf("%zu\t%llu\t%llu\n", n_all, (unsigned long long)n_verified,
               (unsigned long long)n_without);
        pil_query_free(query);
    }
    pil_snapshot_close(&snapshot);
    pil_analyser_free(analyser);
}
