#include "clause_filters.h"

#include "filtering.h"

#include <stdlib.h>

/* A filter by itself. What passes is known of articles and languages; for headings the paragraphs
 * must be looked at. */
typedef struct clause_filter {
    pil_filtering *filtering;
    pil_selection passing;
    bool is_known; /* passing is */
} clause_filter;

struct pil_clause_filters {
    const pil_query *query;
    const pil_manifest *manifest;
    clause_filter *items; /* one for each tree filter */
};

static pil_status select_language(clause_filter *item, pil_language_areas *areas, pil_error *err)
{
    bool is_wanted[PIL_LANGUAGES_MAX] = {false};
    for (size_t i = 0; i < areas->languages->n; i++)
        is_wanted[i] = pil_filtering_accepts_language(item->filtering, areas->languages->codes[i]);
    return pil_language_areas_select(areas, is_wanted, &item->passing, err);
}

static pil_status make(pil_clause_filters *self, size_t number, pil_snapshot *snapshot,
                       pil_language_areas *areas, pil_analyser *analyser, pil_error *err)
{
    clause_filter *item = &self->items[number];
    pil_status status =
        pil_filtering_new(&item->filtering, &self->query->tree_filters[number], 1, analyser, err);
    if (status != PIL_OK)
        return status;
    item->is_known = !pil_filtering_has_field(item->filtering, PIL_FILTER_HEADING);
    if (pil_filtering_has_article_filters(item->filtering))
        return pil_filtering_articles(item->filtering, snapshot, &item->passing, err);
    return item->is_known ? select_language(item, areas, err) : PIL_OK;
}

pil_status pil_clause_filters_new(pil_clause_filters **out, pil_snapshot *snapshot,
                                  const pil_query *query, pil_language_areas *areas,
                                  pil_analyser *analyser, pil_error *err)
{
    *out = NULL;
    if (query->n_tree_filters == 0)
        return PIL_OK;
    pil_clause_filters *self = calloc(1, sizeof *self);
    if (self == NULL)
        return pil_error_no_memory(err);
    self->query = query;
    self->manifest = &snapshot->manifest;
    self->items = calloc(query->n_tree_filters, sizeof *self->items);
    pil_status status = self->items == NULL ? pil_error_no_memory(err) : PIL_OK;
    for (size_t i = 0; i < query->n_tree_filters && status == PIL_OK; i++)
        status = make(self, i, snapshot, areas, analyser, err);
    if (status == PIL_OK)
        *out = self;
    else
        pil_clause_filters_free(self);
    return status;
}

void pil_clause_filters_free(pil_clause_filters *filters)
{
    if (filters == NULL)
        return;
    for (size_t i = 0; filters->items != NULL && i < filters->query->n_tree_filters; i++) {
        pil_filtering_free(filters->items[i].filtering);
        pil_selection_dispose(&filters->items[i].passing);
    }
    free(filters->items);
    free(filters);
}

pil_status pil_clause_filters_query(const pil_clause_filters *filters, uint32_t number,
                                    xc_query **out, bool *is_decided, pil_error *err)
{
    const clause_filter *item = &filters->items[number];
    xc_error failure;
    *is_decided = item->is_known;
    if (item->is_known)
        return pil_selection_query(&item->passing, filters->manifest, out, err);
    if (xc_query_match_all(out, &failure) != XC_OK)
        return pil_status_from_xapian(&failure, err);
    return PIL_OK;
}

static pil_status holds(const clause_filter *item, size_t segment, uint32_t docid,
                        const pil_record *record, bool *holds, pil_error *err)
{
    if (!item->is_known)
        return pil_filtering_accepts(item->filtering, record, holds, err);
    *holds = pil_selection_has(&item->passing, segment, docid);
    return PIL_OK;
}

pil_status pil_clause_filters_give(const pil_clause_filters *filters, size_t segment,
                                   uint32_t docid, const pil_record *record, pil_matcher *matcher,
                                   pil_error *err)
{
    pil_status status = PIL_OK;
    if (filters == NULL)
        return PIL_OK;
    for (size_t i = 0; i < filters->query->n_clauses && status == PIL_OK; i++) {
        const pil_clause *clause = &filters->query->clauses[i];
        bool is_held = false;
        if (clause->kind != PIL_CLAUSE_FILTER)
            continue;
        status = holds(&filters->items[clause->filter], segment, docid, record, &is_held, err);
        pil_matcher_give(matcher, i, is_held);
    }
    return status;
}
