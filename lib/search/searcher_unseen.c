/* Only the hits that were none before. */
#include "searcher_internal.h"

#include <stdlib.h>
#include <string.h>

/* A paragraph that matches. */
typedef struct found_paragraph {
    uint32_t shard, docid;
    uint64_t id;
} found_paragraph;

static int by_place(const void *left, const void *right)
{
    const found_paragraph *a = left, *b = right;
    if (a->shard != b->shard)
        return a->shard < b->shard ? -1 : 1;
    return a->docid < b->docid ? -1 : a->docid > b->docid;
}

static int by_number(const void *left, const void *right)
{
    const uint64_t *a = left, *b = right;
    return *a < *b ? -1 : *a > *b;
}

/* ---- which paragraphs match ---- */

/* Where the paragraphs are that match, in the order of the index; the caller frees *out. */
static pil_status find_all(pil_searcher *run, found_paragraph **out, size_t *n, pil_error *err)
{
    xc_results *results = NULL;
    pil_status status = pil_searcher_run_query(run, run->plan.ranked, 0, PIL_SEARCH_MAX_UNSEEN + 1,
                                               0, run->plan.needs_text, &results, err);
    if (status != PIL_OK)
        return status;
    *n = results->n_hits;
    *out = malloc((*n + 1) * sizeof **out);
    for (size_t i = 0; i < *n && *out != NULL; i++)
        (*out)[i] = (found_paragraph){.shard = results->hits[i].shard,
                                      .docid = results->hits[i].local_docid};
    xc_results_free(results);
    if (*out == NULL)
        return pil_error_no_memory(err);
    if (*n > PIL_SEARCH_MAX_UNSEEN)
        return pil_error_set(err, PIL_UNSUPPORTED,
                             "more than %d paragraphs match, too many to remember: require words "
                             "with + or say where to look",
                             (int)PIL_SEARCH_MAX_UNSEEN);
    qsort(*out, *n, sizeof **out, by_place);
    return PIL_OK;
}

/* Their ids. Those of one article stand together, so that its metadata is read once. */
static pil_status read_ids(pil_searcher *run, found_paragraph *found, size_t n, pil_error *err)
{
    pil_article_meta meta = {0};
    uint32_t shard = 0, first = 0; /* of the article at hand; there is no document 0 */
    pil_status status = PIL_OK;
    for (size_t i = 0; i < n && status == PIL_OK; i++) {
        pil_segment *segment = &run->snapshot->segments[found[i].shard];
        pil_record record;
        status =
            pil_segment_record(segment, found[i].docid, &run->fetch.record_strings, &record, err);
        if (status == PIL_OK && (record.number == 0 || record.number > found[i].docid))
            status = pil_error_set(err, PIL_CORRUPT, "segment %s: a record is out of place",
                                   segment->entry->id);
        if (status != PIL_OK)
            break;
        uint32_t its_first = found[i].docid - record.number + 1;
        if (found[i].shard != shard || its_first != first)
            status = pil_segment_article(segment, its_first, &run->fetch.meta_strings, &meta, err);
        shard = found[i].shard;
        first = its_first;
        if (status == PIL_OK)
            found[i].id =
                pil_paragraph_id(meta.id_seed, record.text, record.text_bytes, record.repeat);
    }
    return status;
}

/* ---- those that are new ---- */

static bool was_seen(const pil_searcher *run, uint64_t id)
{
    const pil_seen *seen = run->options->seen;
    return seen->n_ids > 0 && bsearch(&id, seen->ids, seen->n_ids, sizeof id, by_number) != NULL;
}

/* Keeps those that were not seen, in their order; returns how many. */
static size_t keep_unseen(const pil_searcher *run, found_paragraph *found, size_t n)
{
    size_t n_kept = 0;
    for (size_t i = 0; i < n; i++)
        if (!was_seen(run, found[i].id))
            found[n_kept++] = found[i];
    return n_kept;
}

/* The documents found[0..n), which is in order, as a query without weight. */
static pil_status query_of(pil_searcher *run, const found_paragraph *found, size_t n,
                           xc_query **out, pil_error *err)
{
    size_t n_shards = 0;
    pil_status status = PIL_OK;
    xc_docid_range *ranges = malloc((n + 1) * sizeof *ranges);
    xc_shard_ranges *shards = malloc((run->snapshot->manifest.n_segments + 1) * sizeof *shards);
    if (ranges == NULL || shards == NULL) {
        status = pil_error_no_memory(err);
        goto done;
    }
    for (size_t i = 0; i < n; i++) {
        ranges[i] = (xc_docid_range){found[i].docid, found[i].docid};
        if (i == 0 || found[i].shard != found[i - 1].shard)
            shards[n_shards++] = (xc_shard_ranges){
                .uuid = run->snapshot->segments[found[i].shard].entry->uuid,
                .uuid_length = PIL_UUID_LENGTH,
                .ranges = &ranges[i],
            };
        shards[n_shards - 1].n_ranges++;
    }
    xc_error failure;
    if (xc_query_docid_ranges(shards, n_shards, out, &failure) != XC_OK)
        status = pil_status_from_xapian(&failure, err);
done:
    free(ranges);
    free(shards);
    return status;
}

static pil_status keep_ids(pil_searcher *run, const found_paragraph *found, size_t n,
                           pil_error *err)
{
    uint64_t *ids = pil_arena_alloc(&run->hits->arena, (n + 1) * sizeof *ids);
    if (ids == NULL)
        return pil_error_no_memory(err);
    for (size_t i = 0; i < n; i++)
        ids[i] = found[i].id;
    qsort(ids, n, sizeof *ids, by_number);
    run->hits->ids = ids;
    run->hits->n_ids = n;
    return PIL_OK;
}

pil_status pil_searcher_find_unseen(pil_searcher *run, xc_query **out, pil_error *err)
{
    found_paragraph *found = NULL;
    size_t n = 0;
    *out = NULL;
    pil_status status = find_all(run, &found, &n, err);
    if (status == PIL_OK)
        status = read_ids(run, found, n, err);
    if (status == PIL_OK)
        status = keep_ids(run, found, n, err);
    if (status == PIL_OK) {
        run->hits->n_unseen = keep_unseen(run, found, n);
        status = query_of(run, found, run->hits->n_unseen, out, err);
    }
    free(found);
    return status;
}
