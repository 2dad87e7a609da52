#include "clause_filters.h"

#include "filtering.h"

#include <stdlib.h>

/* A filter by itself: of articles, which are known, or of paragraphs, which must be looked at. */
typedef struct clause_filter {
    pil_filtering *filtering;
    pil_selection articles;
    bool is_of_articles;
} clause_filter;

struct pil_clause_filters {
    const pil_query *query;
    const pil_manifest *manifest;
    clause_filter *items; /* one for each tree filter */
};

static pil_status make(pil_clause_filters *self, size_t number, pil_snapshot *snapshot,
                       pil_analyser *analyser, pil_error *err)
{
    clause_filter *item = &self->items[number];
    pil_status status =
        pil_filtering_new(&item->filtering, &self->query->tree_filters[number], 1, analyser, err);
    if (status != PIL_OK || !pil_filtering_has_article_filters(item->filtering))
        return status;
    item->is_of_articles = true;
    return pil_filtering_articles(item->filtering, snapshot, &item->articles, err);
}

pil_status pil_clause_filters_new(pil_clause_filters **out, pil_snapshot *snapshot,
                                  const pil_query *query, pil_analyser *analyser, pil_error *err)
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
        status = make(self, i, snapshot, analyser, err);
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
        pil_selection_dispose(&filters->items[i].articles);
    }
    free(filters->items);
    free(filters);
}

pil_status pil_clause_filters_query(const pil_clause_filters *filters, uint32_t number,
                                    xc_query **out, bool *is_decided, pil_error *err)
{
    const clause_filter *item = &filters->items[number];
    xc_error failure;
    *is_decided = item->is_of_articles;
    if (item->is_of_articles)
        return pil_selection_query(&item->articles, filters->manifest, out, err);
    if (xc_query_match_all(out, &failure) != XC_OK)
        return pil_status_from_xapian(&failure, err);
    return PIL_OK;
}

static pil_status holds(const clause_filter *item, size_t segment, uint32_t docid,
                        const pil_record *record, bool *holds, pil_error *err)
{
    if (!item->is_of_articles)
        return pil_filtering_accepts(item->filtering, record, holds, err);
    *holds = pil_selection_has(&item->articles, segment, docid);
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
