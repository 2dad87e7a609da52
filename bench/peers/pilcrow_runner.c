/* Pilcrow's searches within one process, measured as those of its peers. */
#include "corpus.h"
#include "index/snapshot.h"
#include "peer.h"
#include "search/query.h"
#include "search/searcher.h"
#include "text/analyser.h"

#include <stdlib.h>
#include <string.h>

typedef struct reader {
    pil_snapshot snapshot;
    pil_analyser *analyser;
} reader;

static void check(pil_status status, const pil_error *err)
{
    if (status != PIL_OK)
        fail("pilcrow", err->message);
}

static void *open_reader(const char *directory)
{
    pil_error err = {0};
    reader *opened = malloc(sizeof *opened);
    if (opened == NULL)
        fail(directory, "no memory");
    check(pil_analyser_new(&opened->analyser, &err), &err);
    check(pil_snapshot_open(&opened->snapshot, directory, &err), &err);
    return opened;
}

static void close_reader(void *opened)
{
    reader *closing = opened;
    pil_snapshot_close(&closing->snapshot);
    pil_analyser_free(closing->analyser);
    free(closing);
}

static pil_query *parse(reader *from, const char *words, search_mode mode)
{
    const char *quote = mode == SEARCH_PHRASE ? "\"" : "";
    char *text = join_words(words, quote, " ", quote);
    pil_error err = {0};
    pil_query *query;
    check(pil_query_parse(text, strlen(text), NULL, from->analyser, &query, NULL, &err), &err);
    free(text);
    if (mode == SEARCH_AND)
        pil_query_require_all(query);
    return query;
}

/* A search always reads the texts. */
static size_t search(void *opened, const char *words, search_mode mode, unsigned limit,
                     bool reads_text, FILE *out)
{
    (void)reads_text;
    reader *from = opened;
    pil_query *query = parse(from, words, mode);
    const pil_search_options options = {.limit = limit};
    pil_hits *hits;
    pil_error err = {0};
    check(pil_search(&from->snapshot, query, from->analyser, &options, &hits, &err), &err);
    size_t n = hits->n_items;
    for (size_t i = 0; i < n && out != NULL; i++)
        fprintf(out, "%.3f %s: %s\n", hits->items[i].score, hits->items[i].article,
                hits->items[i].text);
    pil_hits_free(hits);
    pil_query_free(query);
    return n;
}

int main(int argc, char **argv)
{
    static const peer pilcrow = {NULL, NULL, open_reader, search, close_reader};
    return peer_main(argc, argv, &pilcrow);
}
