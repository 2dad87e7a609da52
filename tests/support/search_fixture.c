#include "support/search_fixture.h"

#include "base/buffer.h"
#include "support/temporary_directory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void require(pil_status status, const pil_error *err, const char *what)
{
    if (status == PIL_OK)
        return;
    fprintf(stderr, "test support: %s: %s: %s\n", what, pil_status_name(status), err->message);
    abort();
}

void pil_search_fixture_open(pil_search_fixture *fixture, const char *directory)
{
    pil_error err = {0};
    require(pil_snapshot_open(&fixture->snapshot, directory, &err), &err, directory);
    require(pil_analyser_new(&fixture->analyser, &err), &err, "analyser");
}

void pil_search_fixture_close(pil_search_fixture *fixture)
{
    pil_snapshot_close(&fixture->snapshot);
    pil_analyser_free(fixture->analyser);
    fixture->analyser = NULL;
}

void pil_searched_index_open(pil_searched_index *index)
{
    *index = (pil_searched_index){.parent = pil_temporary_directory_new()};
    index->directory = pil_temporary_directory_path(index->parent, "index");
    index->writer = pil_index_fixture_open(index->directory, PIL_INDEX_FIXTURE_LARGE);
}

void pil_searched_index_dispose(pil_searched_index *index)
{
    pil_search_fixture_close(&index->search);
    pil_index_writer_close(index->writer);
    free(index->directory);
    pil_temporary_directory_remove(index->parent);
}

void pil_searched_index_commit(pil_searched_index *index)
{
    pil_index_fixture_commit(index->writer);
    pil_search_fixture_close(&index->search);
    pil_search_fixture_open(&index->search, index->directory);
}

pil_hits *pil_search_fixture_run(pil_search_fixture *fixture, const char *text, bool all,
                                 const pil_search_options *options)
{
    static const pil_search_options everything = {.limit = 100000};
    pil_query *query = NULL;
    pil_hits *hits = NULL;
    pil_error err = {0};
    require(pil_query_parse(text, strlen(text), NULL, fixture->analyser, &query, NULL, &err), &err,
            text);
    if (all)
        pil_query_require_all(query);
    require(pil_search(&fixture->snapshot, query, fixture->analyser,
                       options == NULL ? &everything : options, &hits, &err),
            &err, text);
    pil_query_free(query);
    return hits;
}

char *pil_search_fixture_list(const pil_search_fixture *fixture, const pil_hits *hits)
{
    pil_buffer out;
    pil_error err = {0};
    const char *directory = fixture->snapshot.directory;
    size_t parent_bytes = (size_t)(strrchr(directory, '/') - directory) + 1;
    pil_buffer_init(&out, 1 << 24);
    for (size_t i = 0; i < hits->n_items; i++)
        require(pil_buffer_appendf(&out, "%s%s:%u", i > 0 ? " " : "",
                                   hits->items[i].article + parent_bytes,
                                   (unsigned)hits->items[i].paragraph),
                &err, "list");
    return pil_buffer_take(&out, NULL);
}
