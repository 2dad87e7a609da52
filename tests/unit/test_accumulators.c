/* Scores summed up term by term, against those of libxapian and against a plain loop over the
 * postings. */
#include "accumulators.h"
#include "index/schema.h"
#include "support/index_fixture.h"
#include "support/search_fixture.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* Words that no stemmer touches, from frequent to rare. */
static const char *const words[] = {"alpha", "bravo", "delta", "gamma", "kappa"};
enum { N_WORDS = 5, N_SEGMENTS = 3, N_PARAGRAPHS = 700 /* in each: more than two blocks */ };

static pil_searched_index indexed;

static void add_segment(uint32_t number, uint32_t *state)
{
    static char text[N_PARAGRAPHS * 120];
    char path[16];
    size_t length = 0;
    for (int p = 0; p < N_PARAGRAPHS; p++) {
        length += (size_t)snprintf(text + length, sizeof text - length, "other");
        for (int w = 0; w < N_WORDS; w++) {
            for (int n = 0; n < 3; n++) {
                *state = *state * 1664525 + 1013904223;
                if ((*state >> 10) % (uint32_t)(3 << 2 * w) == 0)
                    length +=
                        (size_t)snprintf(text + length, sizeof text - length, " %s", words[w]);
            }
        }
        length += (size_t)snprintf(text + length, sizeof text - length, "\n\n");
    }
    snprintf(path, sizeof path, "f%u", (unsigned)number);
    pil_index_fixture_add(indexed.writer, path, text);
    pil_searched_index_commit(&indexed);
}

static void init(void)
{
    uint32_t state = 5;
    pil_searched_index_open(&indexed);
    for (uint32_t i = 0; i < N_SEGMENTS; i++)
        add_segment(i, &state);
    cr_assert_eq(indexed.search.snapshot.manifest.n_segments, N_SEGMENTS);
}

static void dispose(void)
{
    pil_searched_index_dispose(&indexed);
}

TestSuite(accumulators, .init = init, .fini = dispose);

/* All that scores is what query (freed) finds, with its weights but for the factor. */
static void expect_same(const pil_scores *scores, xc_query *query, double factor)
{
    xc_search_options options;
    xc_results *results;
    xc_search_options_init(&options);
    options.max_hits = UINT32_MAX;
    options.bm25 =
        (xc_bm25){.k1 = PIL_BM25_K1, .k3 = 1, .b = PIL_BM25_B, .min_normlen = PIL_BM25_MIN_LENGTH};
    cr_assert_eq(xc_search(indexed.search.snapshot.combined, query, &options, &results, NULL),
                 XC_OK);
    size_t n = 0;
    for (size_t i = 0; i < N_SEGMENTS; i++)
        n += scores->segments[i].n;
    cr_assert_eq(n, results->n_hits);
    cr_assert_gt(n, 1);
    for (size_t i = 0; i < results->n_hits; i++) {
        const xc_hit *hit = &results->hits[i];
        const pil_segment_scores *segment = &scores->segments[hit->shard];
        size_t at = 0;
        while (at < segment->n && segment->docids[at] != hit->local_docid)
            at++;
        cr_assert_lt(at, segment->n);
        cr_expect_float_eq(segment->scores[at], factor * hit->weight, 1e-9, "%g, not %g",
                           segment->scores[at], factor * hit->weight);
    }
    xc_results_free(results);
    xc_query_free(query);
}

static xc_query *term(const char *word)
{
    char bytes[16];
    xc_query *query;
    int length = snprintf(bytes, sizeof bytes, "%s%s", PIL_PREFIX_STEM, word);
    cr_assert_eq(xc_query_term(bytes, (size_t)length, 1, &query, NULL), XC_OK);
    return query;
}

static pil_accumulators begin(void)
{
    pil_accumulators accumulators;
    cr_assert_eq(pil_accumulators_init(&accumulators, &indexed.search.snapshot, NULL), PIL_OK);
    return accumulators;
}

Test(accumulators, a_word_of_one_term_scores_as_in_libxapian)
{
    pil_accumulators accumulators = begin();
    pil_scores *list = NULL;
    for (size_t i = 0; i < N_WORDS; i++) {
        cr_assert_eq(pil_accumulators_add_word(&accumulators, &words[i], 1, 0.5, NULL), PIL_OK);
        cr_assert_eq(pil_accumulators_take(&accumulators, &list, NULL), PIL_OK);
        expect_same(list, term(words[i]), 0.5);
    }
    pil_scores_free(list);
    pil_accumulators_dispose(&accumulators);
}

Test(accumulators, words_that_are_added_up_score_as_an_or_of_them)
{
    pil_accumulators accumulators = begin();
    pil_scores *list = NULL;
    xc_query *both, *const parts[] = {term("gamma"), term("kappa")};
    cr_assert_eq(xc_query_combine(XC_OR, (const xc_query *const *)parts, 2, &both, NULL), XC_OK);
    for (size_t i = 3; i < N_WORDS; i++)
        cr_assert_eq(pil_accumulators_add_word(&accumulators, &words[i], 1, 1, NULL), PIL_OK);
    cr_assert_eq(pil_accumulators_take(&accumulators, &list, NULL), PIL_OK);
    expect_same(list, both, 1);
    /* The same as a sum of scores. */
    pil_accumulators_add_scores(&accumulators, list, 0.25);
    pil_accumulators_add_scores(&accumulators, list, 0.5);
    cr_assert_eq(pil_accumulators_take(&accumulators, &list, NULL), PIL_OK);
    cr_assert_eq(xc_query_combine(XC_OR, (const xc_query *const *)parts, 2, &both, NULL), XC_OK);
    expect_same(list, both, 0.75);
    /* And as libxapian is given it. */
    cr_assert_eq(pil_scores_query(list, &indexed.search.snapshot.manifest, &both, NULL), PIL_OK);
    expect_same(list, both, 1);
    xc_query_free(parts[0]);
    xc_query_free(parts[1]);
    pil_scores_free(list);
    pil_accumulators_dispose(&accumulators);
}

/* What word has in a paragraph by its postings: 0 when it has none. */
static uint32_t count_in(size_t segment, uint32_t docid, const char *word)
{
    char bytes[16];
    uint32_t *docids, *wdfs, found = 0;
    size_t n;
    int length = snprintf(bytes, sizeof bytes, "%s%s", PIL_PREFIX_STEM, word);
    cr_assert_eq(xc_database_postings(indexed.search.snapshot.segments[segment].database, bytes,
                                      (size_t)length, &docids, &wdfs, &n, NULL),
                 XC_OK);
    for (size_t i = 0; i < n; i++)
        found += docids[i] == docid ? wdfs[i] : 0;
    xc_free(docids);
    xc_free(wdfs);
    return found;
}

Test(accumulators, the_terms_of_a_word_count_as_one)
{
    pil_accumulators accumulators = begin();
    pil_scores *list = NULL;
    cr_assert_eq(pil_accumulators_add_word(&accumulators, words + 1, 2, 1, NULL), PIL_OK);
    cr_assert_eq(pil_accumulators_take(&accumulators, &list, NULL), PIL_OK);
    uint32_t n_all = N_SEGMENTS * N_PARAGRAPHS, n_docs = 0;
    for (size_t i = 0; i < N_SEGMENTS; i++)
        n_docs += (uint32_t)list->segments[i].n;
    double idf = log((n_all - n_docs + 0.5) / (n_docs + 0.5));
    xc_stats stats;
    cr_assert_eq(xc_database_stats(indexed.search.snapshot.combined, &stats, NULL), XC_OK);
    uint32_t n_with_both = 0;
    for (size_t i = 0; i < N_SEGMENTS; i++) {
        for (size_t j = 0; j < list->segments[i].n; j++) {
            uint32_t docid = list->segments[i].docids[j], length;
            uint32_t bravo = count_in(i, docid, "bravo"), delta = count_in(i, docid, "delta");
            double n = bravo + delta;
            cr_assert_eq(xc_document_length(indexed.search.snapshot.segments[i].database, docid,
                                            &length, NULL),
                         XC_OK);
            double norm = 1 - PIL_BM25_B + PIL_BM25_B * length / stats.average_length;
            cr_expect_float_eq(list->segments[i].scores[j],
                               idf * n * (PIL_BM25_K1 + 1) / (n + PIL_BM25_K1 * norm), 1e-9);
            n_with_both += bravo > 0 && delta > 0;
        }
    }
    cr_expect_gt(n_with_both, 0);
    pil_scores_free(list);
    pil_accumulators_dispose(&accumulators);
}

Test(accumulators, what_no_paragraph_has_is_no_query)
{
    static const char *const nowhere[] = {"zulu"};
    pil_accumulators accumulators = begin();
    pil_scores *list = NULL;
    xc_query *query;
    cr_assert_eq(pil_accumulators_add_word(&accumulators, nowhere, 1, 1, NULL), PIL_OK);
    cr_assert_eq(pil_accumulators_take(&accumulators, &list, NULL), PIL_OK);
    cr_assert_eq(pil_scores_query(list, &indexed.search.snapshot.manifest, &query, NULL), PIL_OK);
    cr_expect_null(query);
    pil_scores_free(list);
    pil_accumulators_dispose(&accumulators);
}

/* What a hyphenated word is when it is joined stands in a paragraph with wdf 0. */
Test(accumulators, a_paragraph_that_has_a_term_without_weight_is_found)
{
    static const char *const joined[] = {"alphabravo"};
    pil_accumulators accumulators;
    pil_scores *list = NULL;
    pil_index_fixture_add(indexed.writer, "joined", "One alpha-bravo only.");
    pil_searched_index_commit(&indexed);
    accumulators = begin();
    cr_assert_eq(pil_accumulators_add_word(&accumulators, joined, 1, 1, NULL), PIL_OK);
    cr_assert_eq(pil_accumulators_take(&accumulators, &list, NULL), PIL_OK);
    size_t last = indexed.search.snapshot.manifest.n_segments - 1;
    cr_assert_eq(list->segments[last].n, 1);
    cr_expect_eq(list->segments[last].docids[0], 1);
    cr_expect_eq(list->segments[last].scores[0], 0);
    pil_scores_free(list);
    pil_accumulators_dispose(&accumulators);
}
