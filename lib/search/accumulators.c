#include "accumulators.h"

#include "bm25.h"
#include "index/schema.h"
#include "index/segment.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Paragraphs whose lengths are read together. */
enum { BLOCK_DOCS = 256, SET_BITS = 64 };

struct pil_segment_accumulators {
    uint32_t n_docs;
    /* Sets of documents, SET_BITS to a word. A paragraph may have a term with wdf 0 and so score 0,
     * but it has it. */
    uint64_t *has_word, *has_score;
    size_t n_set_words;
    /* [1..n_docs] */
    uint32_t *wdfs;    /* of the word at hand, where has_word */
    double *scores;    /* where has_score */
    uint32_t *lengths; /* in blocks where has_lengths, which has one for each block */
    bool *has_lengths;
};

/* ---- scores ---- */

void pil_scores_free(pil_scores *list)
{
    while (list != NULL) {
        pil_scores *next = list->next;
        for (size_t i = 0; i < list->n_segments; i++) {
            free(list->segments[i].docids);
            free(list->segments[i].scores);
        }
        free(list->segments);
        free(list);
        list = next;
    }
}

pil_status pil_scores_query(const pil_scores *scores, const pil_manifest *manifest, xc_query **out,
                            pil_error *err)
{
    size_t n = 0;
    *out = NULL;
    xc_shard_weights *shards = calloc(scores->n_segments + 1, sizeof *shards);
    if (shards == NULL)
        return pil_error_no_memory(err);
    for (size_t i = 0; i < scores->n_segments; i++) {
        const pil_segment_scores *segment = &scores->segments[i];
        if (segment->n > 0)
            shards[n++] = (xc_shard_weights){manifest->segments[i].uuid, PIL_UUID_LENGTH,
                                             segment->docids, segment->scores, segment->n};
    }
    xc_error failure;
    xc_status status = n > 0 ? xc_query_docid_weights(shards, n, out, &failure) : XC_OK;
    free(shards);
    return status == XC_OK ? PIL_OK : pil_status_from_xapian(&failure, err);
}

/* ---- accumulators ---- */

static bool start_segment(pil_segment_accumulators *segment, uint32_t n_docs)
{
    size_t n = (size_t)n_docs + 1;
    segment->n_docs = n_docs;
    segment->n_set_words = n / SET_BITS + 1;
    segment->has_word = calloc(segment->n_set_words, sizeof *segment->has_word);
    segment->has_score = calloc(segment->n_set_words, sizeof *segment->has_score);
    segment->wdfs = calloc(n, sizeof *segment->wdfs);
    segment->scores = calloc(n, sizeof *segment->scores);
    segment->lengths = calloc(n, sizeof *segment->lengths);
    segment->has_lengths = calloc(n / BLOCK_DOCS + 1, sizeof *segment->has_lengths);
    return segment->has_word != NULL && segment->has_score != NULL && segment->wdfs != NULL &&
           segment->scores != NULL && segment->lengths != NULL && segment->has_lengths != NULL;
}

pil_status pil_accumulators_init(pil_accumulators *out, pil_snapshot *snapshot, pil_error *err)
{
    size_t n = snapshot->manifest.n_segments;
    xc_error failure;
    *out = (pil_accumulators){.snapshot = snapshot};
    if (xc_database_stats(snapshot->combined, &out->stats, &failure) != XC_OK)
        return pil_status_from_xapian(&failure, err);
    out->segments = calloc(n, sizeof *out->segments);
    bool is_whole = out->segments != NULL;
    for (size_t i = 0; i < n && is_whole; i++)
        is_whole = start_segment(&out->segments[i], snapshot->segments[i].entry->n_paragraphs);
    if (is_whole)
        return PIL_OK;
    pil_accumulators_dispose(out);
    return pil_error_no_memory(err);
}

void pil_accumulators_dispose(pil_accumulators *accumulators)
{
    size_t n = accumulators->segments == NULL ? 0 : accumulators->snapshot->manifest.n_segments;
    for (size_t i = 0; i < n; i++) {
        pil_segment_accumulators *segment = &accumulators->segments[i];
        free(segment->has_word);
        free(segment->has_score);
        free(segment->wdfs);
        free(segment->scores);
        free(segment->lengths);
        free(segment->has_lengths);
    }
    free(accumulators->segments);
    *accumulators = (pil_accumulators){0};
}

/* Whether the document was new to the set. */
static bool add_to_set(uint64_t *set, uint32_t docid)
{
    uint64_t bit = UINT64_C(1) << docid % SET_BITS;
    bool is_new = (set[docid / SET_BITS] & bit) == 0;
    set[docid / SET_BITS] |= bit;
    return is_new;
}

/* Takes the first document out of word number i of the set, which is not empty. */
static uint32_t take_from_set(uint64_t *set, size_t i)
{
    uint32_t docid = (uint32_t)(i * SET_BITS) + (uint32_t)__builtin_ctzll(set[i]);
    set[i] &= set[i] - 1;
    return docid;
}

/* ---- one word ---- */

/* Adds to *n_docs the paragraphs that had no term of the word before. */
static pil_status add_postings(pil_accumulators *accumulators, size_t number, const char *stem,
                               uint32_t *n_docs, pil_error *err)
{
    pil_segment_accumulators *segment = &accumulators->segments[number];
    char term[XC_MAX_TERM_BYTES];
    int length = snprintf(term, sizeof term, "%s%s", PIL_PREFIX_STEM, stem);
    uint32_t *docids, *wdfs;
    size_t n;
    xc_error failure;
    if (xc_database_postings(accumulators->snapshot->segments[number].database, term,
                             (size_t)length, &docids, &wdfs, &n, &failure) != XC_OK)
        return pil_status_from_xapian(&failure, err);
    pil_status status = PIL_OK;
    for (size_t i = 0; i < n && status == PIL_OK; i++) {
        if (docids[i] > segment->n_docs) {
            status = pil_error_set(err, PIL_CORRUPT, "a term has a paragraph that is not there");
            break;
        }
        *n_docs += add_to_set(segment->has_word, docids[i]);
        segment->wdfs[docids[i]] += wdfs[i];
    }
    xc_free(docids);
    xc_free(wdfs);
    return status;
}

static bool needs_lengths(const pil_segment_accumulators *segment, size_t block)
{
    uint64_t any = 0;
    size_t begin = block * (BLOCK_DOCS / SET_BITS), end = begin + BLOCK_DOCS / SET_BITS;
    for (size_t i = begin; i < end && i < segment->n_set_words; i++)
        any |= segment->has_word[i];
    return any != 0 && !segment->has_lengths[block];
}

/* Of all blocks that have a document with the word; those that stand side by side at once. */
static pil_status read_lengths(pil_accumulators *accumulators, size_t number, pil_error *err)
{
    pil_segment_accumulators *segment = &accumulators->segments[number];
    size_t n_blocks = segment->n_docs / BLOCK_DOCS + 1, end;
    for (size_t begin = 0; begin < n_blocks; begin = end + 1) {
        for (end = begin; end < n_blocks && needs_lengths(segment, end); end++)
            segment->has_lengths[end] = true;
        if (end == begin)
            continue;
        size_t first = begin > 0 ? begin * BLOCK_DOCS : 1;
        size_t behind = end < n_blocks ? end * BLOCK_DOCS : (size_t)segment->n_docs + 1;
        xc_error failure;
        if (xc_database_lengths(accumulators->snapshot->segments[number].database, (uint32_t)first,
                                behind - first, segment->lengths + first, &failure) != XC_OK)
            return pil_status_from_xapian(&failure, err);
    }
    return PIL_OK;
}

/* Adds weight times what the occurrences count to the scores, and forgets the occurrences. */
static void score(pil_segment_accumulators *segment, double weight, double average_length)
{
    for (size_t i = 0; i < segment->n_set_words; i++) {
        segment->has_score[i] |= segment->has_word[i];
        while (segment->has_word[i] != 0) {
            uint32_t docid = take_from_set(segment->has_word, i);
            segment->scores[docid] +=
                weight *
                pil_bm25_tf(segment->wdfs[docid], segment->lengths[docid] / average_length);
            segment->wdfs[docid] = 0;
        }
    }
}

pil_status pil_accumulators_add_word(pil_accumulators *accumulators, const char *const *stems,
                                     size_t n, double factor, pil_error *err)
{
    size_t n_segments = accumulators->snapshot->manifest.n_segments;
    uint32_t n_docs = 0;
    for (size_t i = 0; i < n_segments; i++) {
        pil_status status = PIL_OK;
        for (size_t j = 0; j < n && status == PIL_OK; j++)
            status = add_postings(accumulators, i, stems[j], &n_docs, err);
        if (status == PIL_OK)
            status = read_lengths(accumulators, i, err);
        if (status != PIL_OK)
            return status;
    }
    double weight = factor * pil_bm25_idf(accumulators->stats.n_docs, n_docs);
    double average_length = accumulators->stats.average_length;
    for (size_t i = 0; i < n_segments; i++)
        score(&accumulators->segments[i], weight, average_length > 0 ? average_length : 1);
    return PIL_OK;
}

/* ---- sums ---- */

void pil_accumulators_add_scores(pil_accumulators *accumulators, const pil_scores *scores,
                                 double factor)
{
    for (size_t i = 0; i < scores->n_segments; i++) {
        const pil_segment_scores *from = &scores->segments[i];
        pil_segment_accumulators *to = &accumulators->segments[i];
        for (size_t j = 0; j < from->n; j++) {
            to->scores[from->docids[j]] += factor * from->scores[j];
            add_to_set(to->has_score, from->docids[j]);
        }
    }
}

static pil_status take_segment(pil_segment_accumulators *segment, pil_segment_scores *out,
                               pil_error *err)
{
    size_t n = 0;
    for (size_t i = 0; i < segment->n_set_words; i++)
        n += (size_t)__builtin_popcountll(segment->has_score[i]);
    out->docids = malloc((n + 1) * sizeof *out->docids);
    out->scores = malloc((n + 1) * sizeof *out->scores);
    if (out->docids == NULL || out->scores == NULL)
        return pil_error_no_memory(err);
    for (size_t i = 0; i < segment->n_set_words; i++) {
        while (segment->has_score[i] != 0) {
            uint32_t docid = take_from_set(segment->has_score, i);
            out->docids[out->n] = docid;
            out->scores[out->n++] = segment->scores[docid];
            segment->scores[docid] = 0;
        }
    }
    return PIL_OK;
}

pil_status pil_accumulators_take(pil_accumulators *accumulators, pil_scores **list, pil_error *err)
{
    size_t n = accumulators->snapshot->manifest.n_segments;
    pil_scores *scores = calloc(1, sizeof *scores);
    if (scores == NULL)
        return pil_error_no_memory(err);
    scores->next = *list;
    *list = scores;
    scores->segments = calloc(n, sizeof *scores->segments);
    if (scores->segments == NULL)
        return pil_error_no_memory(err);
    scores->n_segments = n;
    pil_status status = PIL_OK;
    for (size_t i = 0; i < n && status == PIL_OK; i++)
        status = take_segment(&accumulators->segments[i], &scores->segments[i], err);
    return status;
}
