/* Facets: all paragraphs that match are found in the order in which they are stored, so that each
 * article is read once. */
#include "article_walk.h"
#include "base/intern.h"
#include "search/dates.h"
#include "searcher_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *pil_facet_name(pil_facet_field field)
{
    static const char *const names[PIL_FACET_N_FIELDS] = {
        [PIL_FACET_SOURCE] = "source",
        [PIL_FACET_YEAR] = "year",
        [PIL_FACET_AUTHOR] = "author",
        [PIL_FACET_LANGUAGE] = "lang",
    };
    return names[field];
}

int pil_facet_year(const char *date)
{
    uint32_t first_day, last_day;
    return pil_dates_of_article(date, &first_day, &last_day) ? (int)(first_day / 10000) : -1;
}

/* The paragraphs of each value of a field. */
typedef struct tally {
    pil_facet_field field;
    pil_intern values;
    uint64_t *counts; /* [0..values.n_entries) */
    uint32_t capacity;
    uint64_t n_unknown;
} tally;

enum { YEAR_BYTES = 5 };

/* What the article has in the field; "" when it does not say. */
static const char *value_of(const pil_article_meta *meta, pil_facet_field field,
                            char year[YEAR_BYTES])
{
    int number;
    switch (field) {
    case PIL_FACET_SOURCE:
        return meta->source;
    case PIL_FACET_AUTHOR:
        return meta->author;
    case PIL_FACET_LANGUAGE:
        return meta->language;
    default:
        number = pil_facet_year(meta->date);
        if (number < 0 || number > 9999)
            return "";
        snprintf(year, YEAR_BYTES, "%04d", number);
        return year;
    }
}

/* Room for one value more. */
static pil_status grow(tally *counted, pil_error *err)
{
    if (counted->values.n_entries < counted->capacity)
        return PIL_OK;
    uint32_t capacity = counted->capacity == 0 ? 64 : counted->capacity * 2;
    uint64_t *grown = realloc(counted->counts, capacity * sizeof *grown);
    if (grown == NULL)
        return pil_error_no_memory(err);
    counted->counts = grown;
    counted->capacity = capacity;
    return PIL_OK;
}

static pil_status count_value(tally *counted, const char *value, uint64_t n_paragraphs,
                              pil_error *err)
{
    uint32_t number;
    bool is_new;
    if (*value == '\0') {
        counted->n_unknown += n_paragraphs;
        return PIL_OK;
    }
    pil_status status = grow(counted, err);
    if (status != PIL_OK)
        return status;
    if (pil_intern_add(&counted->values, value, strlen(value), &number, &is_new) != PIL_OK)
        return pil_error_no_memory(err);
    counted->counts[number] = n_paragraphs + (is_new ? 0 : counted->counts[number]);
    return PIL_OK;
}

/* n_paragraphs of the article match. */
static pil_status count_article(tally *tallies, size_t n_tallies, const pil_article_meta *meta,
                                uint64_t n_paragraphs, pil_error *err)
{
    pil_status status = PIL_OK;
    for (size_t i = 0; i < n_tallies && status == PIL_OK; i++) {
        char year[YEAR_BYTES];
        status =
            count_value(&tallies[i], value_of(meta, tallies[i].field, year), n_paragraphs, err);
    }
    return status;
}

/* Those of the hits that are in one segment. */
static pil_status count_segment(pil_searcher *run, uint32_t shard, const xc_results *found,
                                tally *tallies, size_t n_tallies, pil_error *err)
{
    pil_article_walk walk;
    pil_article_walk_init(&walk, &run->snapshot->segments[shard]);
    pil_status status = PIL_OK;
    for (size_t i = 0; i < found->n_hits && status == PIL_OK;) {
        if (found->hits[i].shard != shard) {
            i++;
            continue;
        }
        status = pil_article_walk_to(&walk, found->hits[i].local_docid, err);
        uint64_t n = 0;
        for (; i < found->n_hits && status == PIL_OK; i++) {
            if (found->hits[i].shard != shard)
                continue;
            if (found->hits[i].local_docid > walk.documents.last)
                break;
            n++;
        }
        if (status == PIL_OK)
            status = count_article(tallies, n_tallies, &walk.meta, n, err);
    }
    pil_article_walk_dispose(&walk);
    return status;
}

static int compare_values(const void *a, const void *b)
{
    const pil_facet_value *left = a, *right = b;
    if (left->n_paragraphs != right->n_paragraphs)
        return left->n_paragraphs > right->n_paragraphs ? -1 : 1;
    return strcmp(left->value, right->value);
}

/* Moves what was counted into the hits' arena. */
static pil_status keep(pil_searcher *run, const tally *counted, pil_facet *facet, pil_error *err)
{
    uint32_t n = counted->values.n_entries;
    pil_facet_value *values = pil_arena_alloc(&run->hits->arena, (n + 1) * sizeof *values);
    if (values == NULL)
        return pil_error_no_memory(err);
    for (uint32_t i = 0; i < n; i++) {
        const pil_intern_entry *entry = &counted->values.entries[i];
        values[i].value = pil_arena_copy(&run->hits->arena, entry->bytes, entry->length);
        values[i].n_paragraphs = counted->counts[i];
        if (values[i].value == NULL)
            return pil_error_no_memory(err);
    }
    qsort(values, n, sizeof *values, compare_values);
    *facet = (pil_facet){counted->field, values, n, counted->n_unknown};
    return PIL_OK;
}

static pil_status count_all(pil_searcher *run, tally *tallies, size_t n_tallies, pil_error *err)
{
    xc_results *found = NULL;
    pil_status status = PIL_OK;
    if (run->plan.ranked != NULL)
        status = pil_searcher_find_all(run, &found, err);
    if (found != NULL)
        run->hits->n_matches = found->n_hits;
    for (uint32_t i = 0; found != NULL && i < run->snapshot->manifest.n_segments; i++) {
        if (status == PIL_OK)
            status = count_segment(run, i, found, tallies, n_tallies, err);
    }
    xc_results_free(found);
    return status;
}

pil_status pil_searcher_count_facets(pil_searcher *run, pil_error *err)
{
    size_t n = run->options->n_facets;
    tally *tallies = calloc(n + 1, sizeof *tallies);
    pil_facet *facets = pil_arena_alloc(&run->hits->arena, (n + 1) * sizeof *facets);
    pil_status status = tallies == NULL || facets == NULL ? pil_error_no_memory(err) : PIL_OK;
    for (size_t i = 0; i < n && status == PIL_OK; i++)
        tallies[i].field = run->options->facets[i];
    if (status == PIL_OK)
        status = count_all(run, tallies, n, err);
    for (size_t i = 0; i < n && status == PIL_OK; i++)
        status = keep(run, &tallies[i], &facets[i], err);
    for (size_t i = 0; i < n && tallies != NULL; i++) {
        pil_intern_dispose(&tallies[i].values);
        free(tallies[i].counts);
    }
    free(tallies);
    if (status != PIL_OK)
        return status;
    run->hits->facets = facets;
    run->hits->n_facets = n;
    return PIL_OK;
}
