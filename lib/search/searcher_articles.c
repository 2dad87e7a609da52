/* One hit an article. */
#include "base/intern.h"
#include "searcher_internal.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_FETCH = 64 };

/* Sets *is_new when no hit of this article came before. */
static pil_status note_article(pil_searcher *run, const xc_hit *hit, pil_intern *articles,
                               bool *is_new, pil_error *err)
{
    pil_record record;
    pil_status status = pil_segment_record(&run->snapshot->segments[hit->shard], hit->local_docid,
                                           &run->fetch.record_strings, &record, err);
    if (status != PIL_OK)
        return status;
    const uint32_t key[] = {hit->shard, hit->local_docid - record.number};
    uint32_t number;
    return pil_intern_add(articles, key, sizeof key, &number, is_new) == PIL_OK
               ? PIL_OK
               : pil_error_no_memory(err);
}

/* Keeps the first hit of each article, up to wanted of them, at the front of hits. */
static pil_status keep_first(pil_searcher *run, xc_hit *hits, size_t *n_hits, size_t wanted,
                             pil_error *err)
{
    pil_intern articles = {0};
    pil_status status = PIL_OK;
    size_t n = 0;
    for (size_t i = 0; i < *n_hits && n < wanted && status == PIL_OK; i++) {
        bool is_new = false;
        status = note_article(run, &hits[i], &articles, &is_new, err);
        if (is_new)
            hits[n++] = hits[i];
    }
    *n_hits = n;
    pil_intern_dispose(&articles);
    return status;
}

/* libxapian can collapse hits by a value, but goes through all that it has kept for each of them,
 * and the value would have to be on every paragraph: so ever more hits are fetched until there are
 * enough articles among them. The hits behind the offset into *out, which the caller frees. */
static pil_status find_articles(pil_searcher *run, xc_hit **out, size_t *n, pil_error *err)
{
    uint64_t wanted = (uint64_t)run->options->offset + run->options->limit;
    uint64_t fetch = wanted < FIRST_FETCH ? FIRST_FETCH : wanted;
    for (;; fetch *= 4) {
        xc_results *results = NULL;
        uint32_t max_hits = fetch > INT32_MAX ? INT32_MAX : (uint32_t)fetch;
        pil_status status = pil_searcher_run_query(run, run->plan.ranked, 0, max_hits, 0,
                                                   run->plan.needs_text, &results, err);
        if (status != PIL_OK)
            return status;
        size_t n_found = results->n_hits;
        *n = n_found;
        *out = malloc((n_found + 1) * sizeof **out);
        if (*out != NULL && n_found > 0)
            memcpy(*out, results->hits, n_found * sizeof **out);
        xc_results_free(results);
        status = *out == NULL ? pil_error_no_memory(err) : keep_first(run, *out, n, wanted, err);
        if (status != PIL_OK || *n == wanted || n_found < max_hits)
            return status;
        free(*out);
        *out = NULL;
    }
}

pil_status pil_searcher_find_articles(pil_searcher *run, pil_error *err)
{
    xc_hit *hits = NULL;
    size_t n = 0, offset = run->options->offset;
    pil_status status = find_articles(run, &hits, &n, err);
    if (status == PIL_OK)
        status = pil_searcher_fill_hits(run, hits + (offset < n ? offset : n),
                                        offset < n ? n - offset : 0, err);
    free(hits);
    return status;
}
