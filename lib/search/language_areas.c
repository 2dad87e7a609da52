#include "language_areas.h"

#include "index/schema.h"

#include <stdio.h>
#include <stdlib.h>

void pil_language_areas_dispose(pil_language_areas *areas)
{
    size_t n_segments = areas->segments == NULL ? 0 : areas->snapshot->manifest.n_segments;
    for (size_t i = 0; i < n_segments; i++)
        for (size_t j = 0; j < areas->languages->n; j++)
            xc_free(areas->segments[i].docids[j]);
    free(areas->segments);
    areas->segments = NULL;
}

static pil_status read_segment(const pil_language_areas *areas, size_t segment, pil_error *err)
{
    pil_language_starts *starts = &areas->segments[segment];
    for (size_t i = 0; i < areas->languages->n; i++) {
        char term[XC_MAX_TERM_BYTES];
        xc_error failure;
        int length =
            snprintf(term, sizeof term, "%s%s", PIL_PREFIX_LANGUAGE, areas->languages->codes[i]);
        if (xc_database_postings(areas->snapshot->segments[segment].database, term, (size_t)length,
                                 &starts->docids[i], NULL, &starts->n[i], &failure) != XC_OK)
            return pil_status_from_xapian(&failure, err);
    }
    return PIL_OK;
}

static pil_status read_all(pil_language_areas *areas, pil_error *err)
{
    size_t n_segments = areas->snapshot->manifest.n_segments;
    pil_status status = PIL_OK;
    if (areas->segments != NULL)
        return PIL_OK;
    areas->segments = calloc(n_segments + 1, sizeof *areas->segments);
    if (areas->segments == NULL)
        return pil_error_no_memory(err);
    for (size_t i = 0; i < n_segments && status == PIL_OK; i++)
        status = read_segment(areas, i, err);
    return status;
}

/* The first of docids[0..n) that is greater than docid; otherwise none. */
static uint32_t next_start(const uint32_t *docids, size_t n, uint32_t docid, uint32_t none)
{
    size_t begin = 0, end = n;
    while (begin < end) {
        size_t middle = begin + (end - begin) / 2;
        if (docids[middle] <= docid)
            begin = middle + 1;
        else
            end = middle;
    }
    return begin < n ? docids[begin] : none;
}

/* Where the text that begins at first ends: before the next one in a language that is not among
 * these. */
static uint32_t end_of_text(const pil_language_starts *starts, size_t n_languages,
                            const bool *is_among, uint32_t first, uint32_t n_paragraphs)
{
    uint32_t next = n_paragraphs + 1;
    for (size_t i = 0; i < n_languages; i++) {
        uint32_t start =
            is_among[i] ? next : next_start(starts->docids[i], starts->n[i], first, next);
        next = start < next ? start : next;
    }
    return next - 1;
}

static int by_docid(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

static size_t count_starts(const pil_language_starts *starts, size_t n_languages,
                           const bool *is_among)
{
    size_t n = 0;
    for (size_t i = 0; i < n_languages; i++)
        n += is_among[i] ? starts->n[i] : 0;
    return n;
}

/* The starts of all these languages, ascending: *out is the caller's. */
static pil_status collect_starts(const pil_language_starts *starts, size_t n_languages,
                                 const bool *is_among, uint32_t **out, pil_error *err)
{
    size_t n = 0;
    *out = malloc((count_starts(starts, n_languages, is_among) + 1) * sizeof **out);
    if (*out == NULL)
        return pil_error_no_memory(err);
    for (size_t i = 0; i < n_languages; i++)
        for (size_t j = 0; is_among[i] && j < starts->n[i]; j++)
            (*out)[n++] = starts->docids[i][j];
    qsort(*out, n, sizeof **out, by_docid);
    return PIL_OK;
}

static pil_status select_texts(const pil_language_areas *areas, size_t segment,
                               const bool *is_among, pil_segment_selection *selection,
                               pil_error *err)
{
    const pil_language_starts *starts = &areas->segments[segment];
    size_t n_languages = areas->languages->n;
    uint32_t n_paragraphs = areas->snapshot->manifest.segments[segment].n_paragraphs;
    uint32_t *firsts, last = 0;
    size_t n = count_starts(starts, n_languages, is_among);
    pil_status status = collect_starts(starts, n_languages, is_among, &firsts, err);
    for (size_t i = 0; i < n && status == PIL_OK; i++) {
        if (firsts[i] <= last)
            continue;
        last = end_of_text(starts, n_languages, is_among, firsts[i], n_paragraphs);
        status = pil_selection_add(selection, (pil_docid_range){firsts[i], last}, err);
    }
    free(firsts);
    return status;
}

/* What is between the ranges of a selection. */
static pil_status add_rest(const pil_segment_selection *selection, uint32_t n_paragraphs,
                           pil_segment_selection *rest, pil_error *err)
{
    uint32_t first = 1;
    pil_status status = PIL_OK;
    for (size_t i = 0; i <= selection->n_ranges && status == PIL_OK; i++) {
        bool is_end = i == selection->n_ranges;
        uint32_t next = is_end ? n_paragraphs + 1 : selection->ranges[i].first;
        if (first < next)
            status = pil_selection_add(rest, (pil_docid_range){first, next - 1}, err);
        first = is_end ? next : selection->ranges[i].last + 1;
    }
    return status;
}

/* By way of the other languages where these have fewer texts. */
static pil_status select_in_segment(const pil_language_areas *areas, size_t segment,
                                    const bool *is_wanted, pil_segment_selection *selection,
                                    pil_error *err)
{
    const pil_language_starts *starts = &areas->segments[segment];
    size_t n_languages = areas->languages->n;
    bool is_other[PIL_LANGUAGES_MAX];
    for (size_t i = 0; i < n_languages; i++)
        is_other[i] = !is_wanted[i];
    if (count_starts(starts, n_languages, is_wanted) <= count_starts(starts, n_languages, is_other))
        return select_texts(areas, segment, is_wanted, selection, err);
    pil_segment_selection others = {0};
    pil_status status = select_texts(areas, segment, is_other, &others, err);
    if (status == PIL_OK)
        status = add_rest(&others, areas->snapshot->manifest.segments[segment].n_paragraphs,
                          selection, err);
    free(others.ranges);
    return status;
}

pil_status pil_language_areas_select(pil_language_areas *areas,
                                     const bool is_wanted[PIL_LANGUAGES_MAX], pil_selection *out,
                                     pil_error *err)
{
    pil_selection selection = {0};
    pil_status status = read_all(areas, err);
    if (status == PIL_OK)
        status = pil_selection_init(&selection, areas->snapshot->manifest.n_segments, err);
    for (size_t i = 0; i < selection.n_segments && status == PIL_OK; i++)
        status = select_in_segment(areas, i, is_wanted, &selection.segments[i], err);
    if (status == PIL_OK)
        *out = selection;
    else
        pil_selection_dispose(&selection);
    return status;
}

pil_status pil_language_areas_query(pil_language_areas *areas,
                                    const bool is_wanted[PIL_LANGUAGES_MAX], xc_query **out,
                                    pil_error *err)
{
    pil_selection selection = {0};
    *out = NULL;
    pil_status status = pil_language_areas_select(areas, is_wanted, &selection, err);
    if (status == PIL_OK)
        status = pil_selection_query(&selection, &areas->snapshot->manifest, out, err);
    pil_selection_dispose(&selection);
    return status;
}
