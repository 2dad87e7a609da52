#include "lib/index/glass_postlist.h"

#include "lib/index/glass_coding.h"
#include "support/failing_allocation.h"
#include "support/glass_fixture.h"
#include "support/temporary_directory.h"

#include <criterion/criterion.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *directory;

static void make_directory(void)
{
    directory = pil_temporary_directory_new();
}

static void remove_directory(void)
{
    pil_temporary_directory_remove(directory);
}

TestSuite(glass_postlist, .init = make_directory, .fini = remove_directory);

/* A small collection as it should be found in a database. */
typedef struct sample_term {
    char name[PIL_GLASS_TERM_MAX];
    size_t name_length;
    pil_glass_posting *postings;
    uint32_t n;
} sample_term;

typedef struct sample {
    uint32_t n_documents, max_wdf;
    uint32_t *lengths; /* [0..n_documents) */
    sample_term *terms;
    size_t n_terms;
    size_t n_metadata;
} sample;

static int compare_terms(const void *left, const void *right)
{
    const sample_term *a = left, *b = right;
    size_t n = a->name_length < b->name_length ? a->name_length : b->name_length;
    int order = memcmp(a->name, b->name, n);
    return order != 0 ? order
                      : (a->name_length > b->name_length) - (a->name_length < b->name_length);
}

/* Terms of few different bytes, so that they have much in common; 0 and 255 among them. No term is
 * longer in a key than libxapian allows. */
static size_t make_names(sample_term *terms, size_t n, uint32_t max_length, uint64_t *seed)
{
    for (size_t i = 0; i < n; i++) {
        terms[i].name_length = 1 + pil_glass_fixture_random(seed) % max_length;
        for (size_t k = 0; k < terms[i].name_length; k++)
            terms[i].name[k] = "ab\0\377"[pil_glass_fixture_random(seed) % 4];
    }
    qsort(terms, n, sizeof *terms, compare_terms);
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || compare_terms(&terms[kept - 1], &terms[i]) != 0)
            terms[kept++] = terms[i];
    return kept;
}

/* Each term is in a part of the documents of its own, from all to hardly any. */
static sample make_sample(uint32_t n_documents, size_t n_terms, uint32_t max_name, uint64_t seed)
{
    sample made = {.n_documents = n_documents, .n_metadata = n_terms / 3};
    made.lengths = calloc(n_documents + 1u, sizeof *made.lengths);
    made.terms = calloc(n_terms + 1, sizeof *made.terms);
    cr_assert(made.lengths != NULL && made.terms != NULL);
    made.n_terms = make_names(made.terms, n_terms, max_name, &seed);
    for (size_t i = 0; i < made.n_terms; i++) {
        sample_term *term = &made.terms[i];
        uint32_t part = 1 + pil_glass_fixture_random(&seed) % (i % 4 == 0 ? 3u : n_documents);
        uint32_t max_wdf = i % 5 == 0 ? 100000 : 4;
        term->postings = calloc(n_documents + 1u, sizeof *term->postings);
        for (uint32_t docid = 1; docid <= n_documents; docid++) {
            if (pil_glass_fixture_random(&seed) % part != 0 &&
                !(term->n == 0 && docid == n_documents))
                continue;
            uint32_t wdf = pil_glass_fixture_random(&seed) % max_wdf;
            term->postings[term->n++] = (pil_glass_posting){docid, wdf};
            made.lengths[docid - 1] += wdf;
            if (wdf > made.max_wdf)
                made.max_wdf = wdf;
        }
    }
    return made;
}

static void dispose_sample(sample *made)
{
    for (size_t i = 0; i < made->n_terms; i++)
        free(made->terms[i].postings);
    free(made->terms);
    free(made->lengths);
}

static size_t metadata_name(size_t i, char name[32])
{
    return (size_t)snprintf(name, 32, "name/%08zx", i);
}

static void write_sample(pil_glass_fixture *fixture, const sample *made, const char *name)
{
    pil_error err = {0};
    pil_glass_fixture_begin(fixture, directory, name);
    for (size_t i = 0; i < made->n_metadata; i++) {
        char key[32];
        size_t length = metadata_name(i, key);
        cr_assert_eq(
            pil_glass_add_metadata(fixture->postlist, key, length, key, length - i % 5, &err),
            PIL_OK, "%s", err.message);
    }
    pil_glass_fixture_lengths(fixture, made->lengths, made->n_documents);
    for (size_t i = 0; i < made->n_terms; i++) {
        const sample_term *term = &made->terms[i];
        pil_postings postings = pil_glass_fixture_postings(term->postings, term->n);
        cr_assert_eq(
            pil_glass_add_term(fixture->postlist, term->name, term->name_length, &postings, &err),
            PIL_OK, "%s", err.message);
        pil_glass_fixture_postings_dispose(&postings);
    }
    pil_glass_fixture_finish(fixture, made->lengths, made->n_documents, made->max_wdf);
}

/* ---- read again by our reader ---- */

static void expect_postings(const pil_postings *found, const pil_glass_posting *items, size_t n)
{
    pil_postings expected = pil_glass_fixture_postings(items, n);
    cr_assert_eq(found->n, expected.n);
    cr_assert_eq(found->last, expected.last);
    cr_assert_eq(found->collection_frequency, expected.collection_frequency);
    cr_assert_eq(found->max_wdf, expected.max_wdf);
    cr_assert_eq(found->length, expected.length);
    cr_assert_eq(memcmp(found->bytes, expected.bytes, found->length), 0);
    pil_glass_fixture_postings_dispose(&expected);
}

static void expect_next(pil_glass_postlist_reader *reader, pil_glass_postlist_kind kind,
                        const char *name, size_t length, pil_glass_postlist_item *item)
{
    pil_error err = {0};
    cr_assert_eq(pil_glass_postlist_next(reader, item, &err), PIL_OK, "%s", err.message);
    cr_assert_eq(item->kind, kind);
    cr_assert_eq(item->name_length, length);
    cr_assert_eq(memcmp(item->name, name, length), 0);
    cr_assert_eq(item->name[length], '\0');
}

static void expect_sample(const pil_glass_fixture *fixture, const sample *made)
{
    pil_glass_postlist_reader *reader = NULL;
    pil_glass_postlist_item item;
    pil_error err = {0};
    cr_assert_eq(
        pil_glass_postlist_open(&reader, fixture->directory, &fixture->postlist_sums, &err), PIL_OK,
        "%s", err.message);
    for (size_t i = 0; i < made->n_metadata; i++) {
        char key[32];
        size_t length = metadata_name(i, key);
        expect_next(reader, PIL_GLASS_METADATA, key, length, &item);
        cr_assert_eq(item.value_length, length - i % 5);
        cr_assert_eq(memcmp(item.value, key, item.value_length), 0);
    }
    if (made->n_documents > 0) {
        pil_glass_posting *lengths = calloc(made->n_documents, sizeof *lengths);
        for (uint32_t i = 0; i < made->n_documents; i++)
            lengths[i] = (pil_glass_posting){i + 1, made->lengths[i]};
        expect_next(reader, PIL_GLASS_LENGTHS, "", 0, &item);
        expect_postings(&item.postings, lengths, made->n_documents);
        free(lengths);
    }
    for (size_t i = 0; i < made->n_terms; i++) {
        const sample_term *term = &made->terms[i];
        expect_next(reader, PIL_GLASS_TERM, term->name, term->name_length, &item);
        expect_postings(&item.postings, term->postings, term->n);
    }
    cr_expect_eq(pil_glass_postlist_next(reader, &item, &err), PIL_DONE);
    pil_glass_postlist_close(reader);
}

Test(glass_postlist, what_was_written_is_read_back)
{
    static const struct {
        uint32_t n_documents;
        size_t n_terms;
        uint32_t max_name;
    } cases[] = {{0, 3, 1}, {1, 1, 1}, {5, 4000, 20}, {900, 800, 120}, {40000, 60, 3}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (uint64_t seed = 1; seed <= 3; seed++) {
            char name[32];
            pil_glass_fixture fixture;
            snprintf(name, sizeof name, "%zu-%u", i, (unsigned)seed);
            sample made =
                make_sample(cases[i].n_documents, cases[i].n_documents > 0 ? cases[i].n_terms : 0,
                            cases[i].max_name, seed);
            made.n_metadata += made.n_documents == 0;
            write_sample(&fixture, &made, name);
            expect_sample(&fixture, &made);
            pil_glass_fixture_dispose(&fixture);
            dispose_sample(&made);
        }
}

/* ---- compared with a database that libxapian has written itself ---- */

static void write_oracle(const char *path, const sample *made)
{
    xc_error err = {0};
    xc_writer *writer = NULL;
    xc_document *document = NULL;
    uint32_t *next = calloc(made->n_terms + 1, sizeof *next);
    cr_assert_eq(xc_writer_open(path, XC_WRITER_CREATE | XC_WRITER_NO_TERMLIST | XC_WRITER_NO_SYNC,
                                0, &writer, &err),
                 XC_OK, "%s", err.message);
    cr_assert_eq(xc_document_new(&document, &err), XC_OK);
    for (uint32_t docid = 1; docid <= made->n_documents; docid++) {
        cr_assert_eq(xc_document_clear(document, &err), XC_OK);
        for (size_t i = 0; i < made->n_terms; i++) {
            const sample_term *term = &made->terms[i];
            if (next[i] == term->n || term->postings[next[i]].docid != docid)
                continue;
            cr_assert_eq(xc_document_add_term(document, term->name, term->name_length,
                                              term->postings[next[i]++].wdf, &err),
                         XC_OK, "%s", err.message);
        }
        cr_assert_eq(xc_writer_add(writer, document, NULL, &err), XC_OK, "%s", err.message);
    }
    cr_assert_eq(xc_writer_commit(writer, &err), XC_OK, "%s", err.message);
    xc_document_free(document);
    xc_writer_free(writer);
    free(next);
}

static xc_results *search(xc_database *database, const xc_query *query, uint32_t max_hits)
{
    xc_search_options options;
    xc_results *results = NULL;
    xc_error err = {0};
    xc_search_options_init(&options);
    options.max_hits = max_hits;
    cr_assert_eq(xc_search(database, query, &options, &results, &err), XC_OK, "%s", err.message);
    return results;
}

static void expect_same_ranking(xc_database *ours, xc_database *oracle, const xc_query *query,
                                uint32_t max_hits)
{
    xc_results *found = search(ours, query, max_hits);
    xc_results *expected = search(oracle, query, max_hits);
    cr_assert_eq(found->n_hits, expected->n_hits);
    cr_assert_eq(found->matches_estimated, expected->matches_estimated);
    for (size_t i = 0; i < found->n_hits; i++) {
        cr_assert_eq(found->hits[i].docid, expected->hits[i].docid);
        cr_assert_eq(found->hits[i].weight, expected->hits[i].weight);
    }
    xc_results_free(found);
    xc_results_free(expected);
}

static bool count_term(void *context, const xc_term *term)
{
    (void)term;
    ++*(size_t *)context;
    return true;
}

static void expect_same_term(xc_database *ours, xc_database *oracle, const sample_term *term)
{
    uint32_t n = 0, *docids = NULL;
    uint64_t occurrences = 0, expected = 0;
    size_t n_docids = 0;
    cr_assert_eq(xc_database_term(ours, term->name, term->name_length, &n, &occurrences, NULL),
                 XC_OK);
    cr_assert_eq(n, term->n);
    cr_assert_eq(xc_database_term(oracle, term->name, term->name_length, NULL, &expected, NULL),
                 XC_OK);
    cr_assert_eq(occurrences, expected);
    cr_assert_eq(
        xc_database_postings(ours, term->name, term->name_length, &docids, NULL, &n_docids, NULL),
        XC_OK);
    cr_assert_eq(n_docids, term->n);
    for (size_t i = 0; i < n_docids; i++)
        cr_assert_eq(docids[i], term->postings[i].docid);
    xc_free(docids);
}

static void expect_same_database(xc_database *ours, xc_database *oracle, const sample *made)
{
    size_t n_terms = 0;
    xc_query *before = NULL;
    cr_assert_eq(xc_database_each_term(ours, "", 0, false, count_term, &n_terms, NULL), XC_OK);
    cr_expect_eq(n_terms, made->n_terms);
    for (uint32_t docid = 1; docid <= made->n_documents; docid++) {
        uint32_t length = 0;
        cr_assert_eq(xc_document_length(ours, docid, &length, NULL), XC_OK);
        cr_assert_eq(length, made->lengths[docid - 1]);
    }
    for (size_t i = 0; i < made->n_terms; i++) {
        const sample_term *term = &made->terms[i];
        xc_query *query = NULL, *both = NULL;
        expect_same_term(ours, oracle, term);
        cr_assert_eq(xc_query_term(term->name, term->name_length, 1, &query, NULL), XC_OK);
        expect_same_ranking(ours, oracle, query, made->n_documents);
        if (before != NULL) {
            const xc_query *parts[] = {before, query};
            cr_assert_eq(xc_query_combine(i % 2 ? XC_OR : XC_AND, parts, 2, &both, NULL), XC_OK);
            expect_same_ranking(ours, oracle, both, 10);
            xc_query_free(both);
            xc_query_free(before);
        }
        before = query;
    }
    xc_query_free(before);
}

Test(glass_postlist, a_database_is_as_one_that_libxapian_wrote)
{
    static const struct {
        uint32_t n_documents;
        size_t n_terms;
        uint32_t max_name;
    } cases[] = {{1, 1, 1}, {7, 700, 120}, {1500, 60, 4}, {34000, 12, 2}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char name[32];
        pil_glass_fixture fixture;
        xc_database *oracle = NULL;
        sample made =
            make_sample(cases[i].n_documents, cases[i].n_terms, cases[i].max_name, 100 + i);
        snprintf(name, sizeof name, "ours-%zu", i);
        write_sample(&fixture, &made, name);
        snprintf(name, sizeof name, "oracle-%zu", i);
        char *path = pil_temporary_directory_path(directory, name);
        write_oracle(path, &made);
        xc_database *ours = pil_glass_fixture_open(&fixture);
        cr_assert_eq(xc_database_open(path, &oracle, NULL), XC_OK);
        expect_same_database(ours, oracle, &made);
        xc_database_free(ours);
        xc_database_free(oracle);
        free(path);
        pil_glass_fixture_dispose(&fixture);
        dispose_sample(&made);
    }
}

/* ---- postings at the edges ---- */

Test(glass_postlist, sparse_and_very_long_lists_come_back)
{
    enum { N = 3000000, EVERY = 1000, LARGE = 700000 };
    uint32_t *lengths = calloc(N, sizeof *lengths);
    pil_glass_posting *all = calloc(N, sizeof *all);
    pil_glass_posting *few = calloc(N / EVERY, sizeof *few);
    cr_assert(lengths != NULL && all != NULL && few != NULL);
    sample_term terms[2] = {{.name = "every", .name_length = 5, .postings = all, .n = N},
                            {.name = "few", .name_length = 3, .postings = few, .n = N / EVERY}};
    for (uint32_t i = 0; i < N; i++) {
        all[i] = (pil_glass_posting){i + 1, 1 + i % 3};
        lengths[i] = all[i].wdf;
    }
    for (uint32_t i = 0; i < N / EVERY; i++) {
        few[i] = (pil_glass_posting){(i + 1) * EVERY - i % 7, i % 100 == 0 ? LARGE : 0};
        lengths[few[i].docid - 1] += few[i].wdf;
    }
    sample made = {N, LARGE, lengths, terms, 2, 0};
    pil_glass_fixture fixture;
    write_sample(&fixture, &made, "db");
    expect_sample(&fixture, &made);
    /* Two bytes a posting, and as many for the lengths: the blocks are full. */
    cr_expect_lt(fixture.postlist_sums.n_bytes, N * 4.1);
    xc_database *database = pil_glass_fixture_open(&fixture);
    for (size_t i = 0; i < 2; i++) {
        uint32_t *docids = NULL;
        size_t n = 0;
        cr_assert_eq(xc_database_postings(database, terms[i].name, terms[i].name_length, &docids,
                                          NULL, &n, NULL),
                     XC_OK);
        cr_assert_eq(n, terms[i].n);
        for (size_t k = 0; k < n; k++)
            cr_assert_eq(docids[k], terms[i].postings[k].docid);
        xc_free(docids);
    }
    for (uint32_t docid = 1; docid <= N; docid += 997) {
        uint32_t length = 0;
        cr_assert_eq(xc_document_length(database, docid, &length, NULL), XC_OK);
        cr_assert_eq(length, lengths[docid - 1]);
    }
    xc_database_free(database);
    pil_glass_fixture_dispose(&fixture);
    free(lengths);
    free(all);
    free(few);
}

Test(glass_postlist, the_largest_document_id_and_wdf_come_back)
{
    static const pil_glass_posting items[] = {
        {1, 0}, {UINT32_MAX - 1, 7}, {UINT32_MAX, UINT32_MAX - 7}};
    pil_glass_table *table;
    pil_glass_root root;
    pil_file_checksums sums;
    pil_glass_postlist_reader *reader;
    pil_glass_postlist_item item;
    pil_postings postings = pil_glass_fixture_postings(items, 3);
    cr_assert_eq(pil_glass_table_begin(&table, directory, "postlist.glass", NULL), PIL_OK);
    cr_assert_eq(pil_glass_add_term(table, "a", 1, &postings, NULL), PIL_OK);
    cr_assert_eq(pil_glass_table_finish(table, &root, &sums, NULL), PIL_OK);
    cr_assert_eq(pil_glass_postlist_open(&reader, directory, &sums, NULL), PIL_OK);
    expect_next(reader, PIL_GLASS_TERM, "a", 1, &item);
    expect_postings(&item.postings, items, 3);
    pil_glass_postlist_close(reader);
    pil_file_checksums_dispose(&sums);
    pil_glass_fixture_postings_dispose(&postings);
}

Test(glass_postlist, terms_that_make_too_long_a_key_are_refused)
{
    static const pil_glass_posting one[] = {{1, 1}};
    static const struct {
        size_t length, n_zeros;
        pil_status status;
    } cases[] = {{0, 0, PIL_UNSUPPORTED},     {245, 0, PIL_OK},
                 {246, 0, PIL_UNSUPPORTED},   {244, 1, PIL_OK},
                 {245, 1, PIL_UNSUPPORTED},   {122, 122, PIL_OK},
                 {123, 123, PIL_UNSUPPORTED}, {100000, 0, PIL_UNSUPPORTED}};
    pil_postings postings = pil_glass_fixture_postings(one, 1);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        pil_glass_table *table;
        char *term = calloc(cases[i].length + 1, 1);
        memset(term + cases[i].n_zeros, 'a', cases[i].length - cases[i].n_zeros);
        cr_assert_eq(pil_glass_table_begin(&table, directory, "postlist.glass", NULL), PIL_OK);
        cr_expect_eq(pil_glass_add_term(table, term, cases[i].length, &postings, NULL),
                     cases[i].status, "%zu", i);
        pil_glass_table_abandon(table);
        free(term);
    }
    pil_glass_fixture_postings_dispose(&postings);
}

Test(glass_postlist, a_collection_frequency_that_libxapian_would_wrap_is_refused)
{
    static const pil_glass_posting items[] = {{1, UINT32_MAX}, {2, 1}};
    pil_glass_table *table;
    pil_postings postings = pil_glass_fixture_postings(items, 2);
    cr_assert_eq(pil_glass_table_begin(&table, directory, "postlist.glass", NULL), PIL_OK);
    cr_expect_eq(pil_glass_add_term(table, "a", 1, &postings, NULL), PIL_UNSUPPORTED);
    pil_glass_table_abandon(table);
    pil_glass_fixture_postings_dispose(&postings);
}

Test(glass_postlist, bytes_that_are_no_postings_are_refused)
{
    static unsigned char long_list[6000];
    static const struct {
        pil_postings postings;
    } cases[] = {{{.bytes = long_list, .length = 0, .last = 1}},
                 {{.bytes = long_list, .length = 1, .last = 1}},
                 {{.bytes = long_list, .length = 2, .last = 0}},
                 {{.bytes = long_list, .length = sizeof long_list, .last = 5}}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        pil_glass_table *table;
        cr_assert_eq(pil_glass_table_begin(&table, directory, "postlist.glass", NULL), PIL_OK);
        cr_expect_eq(pil_glass_add_term(table, "a", 1, &cases[i].postings, NULL), PIL_INTERNAL,
                     "%zu", i);
        pil_glass_table_abandon(table);
    }
}

/* ---- values ---- */

static void expect_values(xc_database *database, const pil_glass_slot *slot, uint32_t n_documents)
{
    size_t next = 0;
    for (uint32_t docid = 1; docid <= n_documents; docid++) {
        char *found = NULL;
        size_t length = 0;
        cr_assert_eq(xc_document_value(database, docid, slot->number, &found, &length, NULL),
                     XC_OK);
        if (next < slot->n_values && slot->values[next].docid == docid) {
            cr_assert_eq(length, slot->values[next].length);
            cr_assert_eq(memcmp(found, slot->values[next++].bytes, length), 0);
        } else {
            cr_assert_eq(length, 0);
        }
        xc_free(found);
    }
}

/* Searches for values from lower on. */
static void expect_range(xc_database *database, const pil_glass_slot *slot, const char *lower)
{
    xc_query *query = NULL;
    size_t n = 0;
    for (size_t i = 0; i < slot->n_values; i++)
        n += strncmp(slot->values[i].bytes, lower, slot->values[i].length) >= 0;
    cr_assert_eq(xc_query_value_range(slot->number, lower, strlen(lower), NULL, 0, &query, NULL),
                 XC_OK);
    xc_results *results = search(database, query, 100000);
    cr_expect_eq(results->n_hits, n);
    xc_results_free(results);
    xc_query_free(query);
}

Test(glass_postlist, values_of_any_slot_are_found)
{
    enum { N = 3000, N_SLOTS = 9, LONG = 70000 };
    static const uint32_t numbers[N_SLOTS] = {300, 128, 127, 1, 0, 256, 255, 65536, 4000000000};
    static uint32_t lengths[N];
    pil_glass_fixture fixture;
    pil_glass_slot slots[N_SLOTS + 1] = {{.number = 5}};
    char *text = malloc(N * 8 + LONG);
    pil_glass_value *values = calloc(N_SLOTS * N, sizeof *values);
    cr_assert(text != NULL && values != NULL);
    memset(text, 'v', N * 8 + LONG);
    for (uint32_t i = 0; i < N; i++)
        snprintf(text + (size_t)i * 8, 8, "%06u", i * 7919u % N);
    for (size_t s = 0; s < N_SLOTS; s++) {
        pil_glass_value *at = values + s * N;
        pil_glass_slot *slot = &slots[s + 1];
        *slot = (pil_glass_slot){.number = numbers[s], .values = at};
        for (uint32_t docid = 1; docid <= N; docid++)
            if (s == 0 || docid % (s * 3) == 1)
                at[slot->n_values++] =
                    (pil_glass_value){docid, s == 3 ? 2000 : 6, text + (size_t)(docid - 1) * 8};
    }
    values[4 * N].length = LONG;
    slots[9].n_values = 1;
    pil_glass_fixture_begin(&fixture, directory, "db");
    cr_assert_eq(pil_glass_add_metadata(fixture.postlist, "name", 4, "value", 5, NULL), PIL_OK);
    cr_assert_eq(pil_glass_add_values(fixture.postlist, slots, N_SLOTS + 1, NULL), PIL_OK);
    pil_glass_fixture_lengths(&fixture, lengths, N);
    pil_glass_fixture_finish(&fixture, lengths, N, 0);
    xc_database *database = pil_glass_fixture_open(&fixture);
    for (size_t s = 0; s <= N_SLOTS; s++)
        expect_values(database, &slots[s], N);
    expect_range(database, &slots[1], "001500");
    expect_range(database, &slots[2], "000700");
    xc_database_free(database);
    sample made = {.n_documents = N, .lengths = lengths};
    pil_glass_postlist_reader *reader;
    pil_glass_postlist_item item;
    cr_assert_eq(pil_glass_postlist_open(&reader, fixture.directory, &fixture.postlist_sums, NULL),
                 PIL_OK);
    expect_next(reader, PIL_GLASS_METADATA, "name", 4, &item);
    expect_next(reader, PIL_GLASS_LENGTHS, "", 0, &item);
    cr_expect_eq(item.postings.n, made.n_documents);
    cr_expect_eq(pil_glass_postlist_next(reader, &item, NULL), PIL_DONE);
    pil_glass_postlist_close(reader);
    pil_glass_fixture_dispose(&fixture);
    free(values);
    free(text);
}

Test(glass_postlist, values_out_of_order_are_refused)
{
    static const pil_glass_value values[] = {{3, 1, "a"}, {3, 1, "b"}};
    static const pil_glass_slot slot = {.number = 1, .values = values, .n_values = 2};
    pil_glass_table *table;
    cr_assert_eq(pil_glass_table_begin(&table, directory, "postlist.glass", NULL), PIL_OK);
    cr_expect_eq(pil_glass_add_values(table, &slot, 1, NULL), PIL_INTERNAL);
    pil_glass_table_abandon(table);
}

/* ---- failures ---- */

Test(glass_postlist, failing_allocations_leave_nothing_behind)
{
    sample made = make_sample(3000, 10, 4, 1);
    bool has_failed = true;
    pil_glass_fixture fixture;
    write_sample(&fixture, &made, "db");
    for (size_t i = 0; has_failed; i++) {
        pil_glass_postlist_reader *reader = NULL;
        pil_glass_postlist_item item;
        pil_error err = {0};
        pil_failing_allocation_after(i);
        pil_status status =
            pil_glass_postlist_open(&reader, fixture.directory, &fixture.postlist_sums, &err);
        while (status == PIL_OK)
            status = pil_glass_postlist_next(reader, &item, &err);
        has_failed = pil_failing_allocation_stop();
        cr_expect_eq(status, has_failed ? PIL_NO_MEMORY : PIL_DONE, "%s", err.message);
        pil_glass_postlist_close(reader);
    }
    pil_glass_fixture_dispose(&fixture);
    dispose_sample(&made);
}

/* Entries that stand in a table as they should, but mean nothing. */
Test(glass_postlist, entries_that_are_no_postings_are_refused)
{
    static const struct {
        const char *key, *tag;
        size_t key_length, tag_length;
    } cases[] = {
        {"a", "\1\1\0", 1, 3},                         /* no chunk */
        {"a", "\1\1\0001\0", 1, 5},                    /* no posting */
        {"a", "\1\1\0002\0\1", 1, 6},                  /* neither last nor not */
        {"a", "\1\1\0000\0\1", 1, 6},                  /* more chunks to come, but none there */
        {"a", "\2\1\0001\0\1", 1, 6},                  /* another count */
        {"a", "\1\2\0001\0\1", 1, 6},                  /* another sum */
        {"a", "\1\1\0001\1\1", 1, 6},                  /* another last document */
        {"a", "\2\1\0001\0\1\0", 1, 7},                /* a gap without a wdf */
        {"a", "\1\1\377\377\377\377\0171\0\1", 1, 10}, /* a document id of 2^32 */
        {"a", "\2\2\0001\0\1\377\377\377\377\017\1", 1, 12}, /* a gap of 2^32 */
        {"a\0\0\1", "1\0\1", 4, 3},                          /* the second chunk first */
        {"\0\340", "\1\1\0001\0\1", 2, 6},                   /* lengths with counts */
        {"\0\301", "\1\1\0001\0\1", 2, 6},                   /* a key of no kind */
        {"\0", "\1\1\0001\0\1", 1, 6},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char name[16];
        pil_glass_table *table;
        pil_glass_root root;
        pil_file_checksums sums;
        pil_glass_postlist_reader *reader;
        pil_glass_postlist_item item;
        pil_error err = {0};
        snprintf(name, sizeof name, "%zu", i);
        cr_assert_eq(pil_glass_table_begin(&table, directory, name, NULL), PIL_OK);
        cr_assert_eq(pil_glass_table_add(table, cases[i].key, cases[i].key_length, cases[i].tag,
                                         cases[i].tag_length, NULL),
                     PIL_OK);
        cr_assert_eq(pil_glass_table_finish(table, &root, &sums, NULL), PIL_OK);
        cr_assert_eq(pil_glass_postlist_open(&reader, directory, &sums, NULL), PIL_OK);
        cr_expect_eq(pil_glass_postlist_next(reader, &item, &err), PIL_CORRUPT, "%zu", i);
        cr_expect_eq(err.status, PIL_CORRUPT, "%zu", i);
        pil_glass_postlist_close(reader);
        pil_file_checksums_dispose(&sums);
    }
}

Test(glass_postlist, chunks_that_overlap_or_belong_to_another_term_are_refused)
{
    static const struct {
        const char *key;
        size_t key_length;
        pil_status status;
    } cases[] = {{"a\0\0\6", 4, PIL_OK},      {"a\0\0\5", 4, PIL_CORRUPT},
                 {"a\0\0\4", 4, PIL_CORRUPT}, {"a\0\0\6\0", 5, PIL_CORRUPT},
                 {"a\0", 2, PIL_CORRUPT},     {"a\1\0\6", 4, PIL_CORRUPT},
                 {"b\0\0\6", 4, PIL_CORRUPT}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char name[16];
        pil_glass_table *table;
        pil_glass_root root;
        pil_file_checksums sums;
        pil_glass_postlist_reader *reader;
        pil_glass_postlist_item item;
        snprintf(name, sizeof name, "%zu", i);
        cr_assert_eq(pil_glass_table_begin(&table, directory, name, NULL), PIL_OK);
        cr_assert_eq(pil_glass_table_add(table, "a", 1, "\2\2\0040\0\1", 6, NULL), PIL_OK);
        cr_assert_eq(
            pil_glass_table_add(table, cases[i].key, cases[i].key_length, "1\0\1", 3, NULL),
            PIL_OK);
        cr_assert_eq(pil_glass_table_finish(table, &root, &sums, NULL), PIL_OK);
        cr_assert_eq(pil_glass_postlist_open(&reader, directory, &sums, NULL), PIL_OK);
        cr_expect_eq(pil_glass_postlist_next(reader, &item, NULL), cases[i].status, "%zu", i);
        pil_glass_postlist_close(reader);
        pil_file_checksums_dispose(&sums);
    }
}
