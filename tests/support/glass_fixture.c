#include "support/glass_fixture.h"

#include "base/file.h"
#include "lib/index/glass_coding.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* libxapian's check deletes an object by its base class, which AddressSanitizer minds. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "new_delete_type_mismatch=0";
}

static void require(bool holds, const char *what, const char *message)
{
    if (holds)
        return;
    fprintf(stderr, "glass fixture: %s: %s\n", what, message);
    abort();
}

uint32_t pil_glass_fixture_random(uint64_t *state)
{
    *state += 0x9e3779b97f4a7c15u;
    uint64_t mixed = *state;
    mixed = (mixed ^ mixed >> 30) * 0xbf58476d1ce4e5b9u;
    mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111ebu;
    return (uint32_t)(mixed >> 32);
}

pil_postings pil_glass_fixture_postings(const pil_glass_posting *items, size_t n)
{
    unsigned char *bytes = malloc(n * 2 * 5 + 1);
    require(bytes != NULL, "out of memory", "");
    pil_postings postings = {.bytes = bytes, .n = (uint32_t)n};
    for (size_t i = 0; i < n; i++) {
        require(items[i].docid > postings.last, "postings", "not ascending");
        postings.length +=
            pil_glass_put_number(bytes + postings.length, items[i].docid - postings.last - 1);
        postings.length += pil_glass_put_number(bytes + postings.length, items[i].wdf);
        postings.last = items[i].docid;
        postings.collection_frequency += items[i].wdf;
        if (items[i].wdf > postings.max_wdf)
            postings.max_wdf = items[i].wdf;
    }
    return postings;
}

void pil_glass_fixture_postings_dispose(pil_postings *postings)
{
    union {
        const unsigned char *borrowed;
        void *owned;
    } bytes = {.borrowed = postings->bytes};
    free(bytes.owned);
    *postings = (pil_postings){.n = 0};
}

void pil_glass_fixture_begin(pil_glass_fixture *fixture, const char *parent, const char *name)
{
    pil_error err = {0};
    *fixture = (pil_glass_fixture){.directory = pil_file_join(parent, name)};
    require(fixture->directory != NULL, "out of memory", "");
    require(mkdir(fixture->directory, 0777) == 0, "mkdir", fixture->directory);
    require(!pil_glass_table_begin(&fixture->postlist, fixture->directory, "postlist.glass", &err),
            "postlist", err.message);
    require(!pil_glass_table_begin(&fixture->docdata, fixture->directory, "docdata.glass", &err),
            "docdata", err.message);
}

void pil_glass_fixture_lengths(pil_glass_fixture *fixture, const uint32_t *lengths, uint32_t n)
{
    pil_error err = {0};
    pil_glass_posting *items = calloc(n + 1u, sizeof *items);
    require(items != NULL, "out of memory", "");
    for (uint32_t i = 0; i < n; i++)
        items[i] = (pil_glass_posting){i + 1, lengths[i]};
    pil_postings postings = pil_glass_fixture_postings(items, n);
    require(!pil_glass_add_lengths(fixture->postlist, &postings, &err), "lengths", err.message);
    pil_glass_fixture_postings_dispose(&postings);
    free(items);
}

void pil_glass_fixture_data(pil_glass_fixture *fixture, uint32_t docid, const void *bytes,
                            size_t length)
{
    pil_error err = {0};
    unsigned char key[PIL_GLASS_NUMBER_MAX];
    size_t key_length = pil_glass_put_sortable(key, docid);
    require(!pil_glass_table_add(fixture->docdata, key, key_length, bytes, length, &err), "data",
            err.message);
}

void pil_glass_fixture_finish(pil_glass_fixture *fixture, const uint32_t *lengths, uint32_t n,
                              uint32_t max_wdf)
{
    static const unsigned char uuid[PIL_GLASS_UUID_BYTES] = "\x01\x02pilcrow tests\x00";
    pil_error err = {0};
    pil_glass_stats stats = {.n_documents = n, .max_wdf = max_wdf};
    for (uint32_t i = 0; i < n; i++) {
        stats.total_length += lengths[i];
        if (lengths[i] > stats.max_length)
            stats.max_length = lengths[i];
        if (lengths[i] > 0 && (stats.min_length == 0 || lengths[i] < stats.min_length))
            stats.min_length = lengths[i];
    }
    require(!pil_glass_table_finish(fixture->postlist, &fixture->postlist_root,
                                    &fixture->postlist_sums, &err),
            "postlist", err.message);
    require(!pil_glass_table_finish(fixture->docdata, &fixture->docdata_root,
                                    &fixture->docdata_sums, &err),
            "docdata", err.message);
    require(!pil_glass_version_write(fixture->directory, uuid, &fixture->postlist_root,
                                     &fixture->docdata_root, &stats, &fixture->version_sums, &err),
            "version file", err.message);
}

xc_database *pil_glass_fixture_open(const pil_glass_fixture *fixture)
{
    xc_error err = {0};
    size_t n_errors = 0;
    char *report = NULL;
    require(!xc_check(fixture->directory, &n_errors, &report, &err), "check", err.message);
    require(n_errors == 0, "check", report);
    xc_free(report);
    xc_database *database = NULL;
    require(!xc_database_open(fixture->directory, &database, &err), "open", err.message);
    return database;
}

void pil_glass_fixture_dispose(pil_glass_fixture *fixture)
{
    free(fixture->directory);
    pil_file_checksums_dispose(&fixture->postlist_sums);
    pil_file_checksums_dispose(&fixture->docdata_sums);
    pil_file_checksums_dispose(&fixture->version_sums);
}
