#include "plan.h"

#include "clause_plan.h"
#include "query_list.h"

#include <stdlib.h>

/* ---- parts of the whole ---- */

static pil_status dead_query(const pil_snapshot *snapshot, xc_query **out, pil_error *err)
{
    const pil_manifest *manifest = &snapshot->manifest;
    size_t n = 0;
    *out = NULL;
    xc_shard_ranges *shards = calloc(manifest->n_segments + 1, sizeof *shards);
    if (shards == NULL)
        return pil_error_no_memory(err);
    for (size_t i = 0; i < manifest->n_segments; i++) {
        const pil_manifest_segment *segment = &manifest->segments[i];
        if (segment->n_dead > 0)
            shards[n++] =
                (xc_shard_ranges){segment->uuid, PIL_UUID_LENGTH, segment->dead, segment->n_dead};
    }
    xc_error failure;
    pil_status status = PIL_OK;
    if (n > 0 && xc_query_docid_ranges(shards, n, out, &failure) != XC_OK)
        status = pil_status_from_xapian(&failure, err);
    free(shards);
    return status;
}

/* Lets query be gone through in order, so that no hit is lost; takes query over. */
static pil_status in_order(xc_query *query, xc_query **out, pil_error *err)
{
    xc_error failure;
    xc_status status = xc_query_in_order(query, out, &failure);
    xc_query_free(query);
    return status == XC_OK ? PIL_OK : pil_status_from_xapian(&failure, err);
}

/* query AND_NOT unwanted; takes query over. Either may be NULL. */
static pil_status without(xc_query *query, const xc_query *unwanted, xc_query **out, pil_error *err)
{
    *out = query;
    if (query == NULL || unwanted == NULL)
        return PIL_OK;
    xc_error failure;
    const xc_query *const parts[] = {query, unwanted};
    xc_status status = xc_query_combine(XC_AND_NOT, parts, 2, out, &failure);
    xc_query_free(query);
    return status == XC_OK ? PIL_OK : pil_status_from_xapian(&failure, err);
}

/* The sum of what should occur, for every document: 0 where nothing does. Takes the list over. */
static pil_status optional_query(pil_query_list *should, xc_query **out, pil_error *err)
{
    xc_error failure;
    xc_query *all = NULL, *nothing = NULL;
    pil_status status = PIL_OK;
    *out = NULL;
    if (should->n == 0)
        return PIL_OK;
    if (xc_query_match_all(&all, &failure) != XC_OK ||
        xc_query_scale(all, 0, &nothing, &failure) != XC_OK)
        status = pil_status_from_xapian(&failure, err);
    xc_query_free(all);
    if (status == PIL_OK)
        status = pil_query_list_push(should, nothing, err);
    return status == PIL_OK ? pil_query_list_combine(XC_OR, should, out, err) : status;
}

/* ---- the tree ---- */

/* What the tree is made of. */
typedef struct tree_planner {
    const pil_clause_plan *clauses;
    bool requires_all; /* what should occur must, but in groups written with OR */
    pil_accumulators *accumulators;
    pil_scores **scores; /* the list that owns the sums */
    const pil_manifest *manifest;
} tree_planner;

/* A part of the tree as a query: NULL when nothing can have it. What has it is in the query; the
 * reverse only when is_exact. */
typedef struct part_plan {
    xc_query *query;
    bool is_exact;
} part_plan;

/* The parts of a group. */
typedef struct group_parts {
    pil_query_list must, should, excluded;
    bool has_should;  /* some part is, even if nothing has it */
    bool wants_one;   /* of those that should occur, since what must only says where to look */
    bool is_hopeless; /* nothing has what must occur */
    bool is_exact;
} group_parts;

static void dispose_parts(group_parts *parts)
{
    pil_query_list_dispose(&parts->must);
    pil_query_list_dispose(&parts->should);
    pil_query_list_dispose(&parts->excluded);
}

static pil_status plan_leaf(const tree_planner *planner, const pil_node *leaf, part_plan *out,
                            pil_error *err)
{
    const pil_clause_plan *clause = &planner->clauses[leaf->clause];
    out->is_exact = clause->is_decided;
    out->query = NULL;
    pil_status status = PIL_OK;
    if (clause->candidates != NULL)
        status = pil_plan_copy(clause->candidates, &out->query, err);
    return status == PIL_OK ? pil_plan_scale(&out->query, leaf->n_times, err) : status;
}

static pil_status plan_group(const tree_planner *planner, const pil_node *group, part_plan *out,
                             pil_error *err);

/* How part of group occurs when the planner has its way. */
static pil_occur occur_of(const tree_planner *planner, const pil_node *group, const pil_node *part)
{
    bool requires_all = planner->requires_all && !group->is_any;
    return part->occur == PIL_OCCUR_SHOULD && requires_all ? PIL_OCCUR_MUST : part->occur;
}

/* ---- parts that have scores ---- */

/* What the part scores where it should occur; NULL when that is not known before libxapian runs. */
static const pil_scores *scores_of(const tree_planner *planner, const pil_node *group,
                                   const pil_node *part)
{
    if (part->is_group || occur_of(planner, group, part) != PIL_OCCUR_SHOULD)
        return NULL;
    return planner->clauses[part->clause].scores;
}

static size_t count_scored(const tree_planner *planner, const pil_node *group)
{
    size_t n = 0;
    for (const pil_node *part = group->parts; part != NULL; part = part->next)
        n += scores_of(planner, group, part) != NULL;
    return n;
}

/* Sums them up beforehand: libxapian is slow with many parts that nearly all paragraphs have. */
static pil_status sum_scores(const tree_planner *planner, const pil_node *group, xc_query **out,
                             pil_error *err)
{
    for (const pil_node *part = group->parts; part != NULL; part = part->next) {
        const pil_scores *scores = scores_of(planner, group, part);
        if (scores != NULL)
            pil_accumulators_add_scores(planner->accumulators, scores, part->n_times);
    }
    *out = NULL;
    pil_status status = pil_accumulators_take(planner->accumulators, planner->scores, err);
    return status == PIL_OK ? pil_scores_query(*planner->scores, planner->manifest, out, err)
                            : status;
}

/* ---- groups ---- */

/* Takes the part's query over. Only what is exact can be left out: the text decides of the rest. */
static pil_status add_part(group_parts *parts, pil_occur occur, const part_plan *part,
                           pil_error *err)
{
    parts->is_exact &= part->is_exact;
    if (occur == PIL_OCCUR_MUST && part->query == NULL)
        parts->is_hopeless = true;
    if (occur == PIL_OCCUR_SHOULD)
        parts->has_should = true;
    if (occur == PIL_OCCUR_MUST_NOT && !part->is_exact) {
        xc_query_free(part->query);
        return PIL_OK;
    }
    pil_query_list *list = occur == PIL_OCCUR_MUST     ? &parts->must
                           : occur == PIL_OCCUR_SHOULD ? &parts->should
                                                       : &parts->excluded;
    return pil_query_list_push(list, part->query, err);
}

static pil_status plan_parts(const tree_planner *planner, const pil_node *group, group_parts *out,
                             pil_error *err)
{
    pil_status status = PIL_OK;
    out->wants_one = true;
    bool sums_scores = count_scored(planner, group) > 1;
    for (const pil_node *part = group->parts; part != NULL && status == PIL_OK; part = part->next) {
        part_plan plan;
        pil_occur occur = occur_of(planner, group, part);
        status = part->is_group ? plan_group(planner, part, &plan, err)
                                : plan_leaf(planner, part, &plan, err);
        out->wants_one &= occur != PIL_OCCUR_MUST || part->only_restricts;
        if (status == PIL_OK && sums_scores && scores_of(planner, group, part) != NULL) {
            xc_query_free(plan.query);
            plan.query = NULL;
        }
        if (status == PIL_OK)
            status = add_part(out, occur, &plan, err);
    }
    xc_query *sum = NULL;
    if (status == PIL_OK && sums_scores)
        status = sum_scores(planner, group, &sum, err);
    return status == PIL_OK ? pil_query_list_push(&out->should, sum, err) : status;
}

/* must AND should-if-it-occurs. Not by way of XC_AND_MAYBE, which loses a hit now and then when
 * libxapian 1.4 leaves out what cannot enter the results: its posting list skips a document when it
 * turns into an AND. */
static pil_status combine_must(group_parts *parts, xc_query **out, pil_error *err)
{
    xc_query *optional = NULL;
    pil_status status = parts->wants_one
                            ? pil_query_list_combine(XC_OR, &parts->should, &optional, err)
                            : optional_query(&parts->should, &optional, err);
    if (status == PIL_OK)
        status = pil_query_list_push(&parts->must, optional, err);
    return status == PIL_OK ? pil_query_list_combine(XC_AND, &parts->must, out, err) : status;
}

static pil_status plan_group(const tree_planner *planner, const pil_node *group, part_plan *out,
                             pil_error *err)
{
    group_parts parts = {.is_exact = true};
    xc_query *query = NULL, *excluded = NULL;
    *out = (part_plan){.query = NULL};
    pil_status status = plan_parts(planner, group, &parts, err);
    parts.is_hopeless |= parts.wants_one && parts.has_should && parts.should.n == 0;
    if (status == PIL_OK && !parts.is_hopeless) {
        if (parts.must.n > 0)
            status = combine_must(&parts, &query, err);
        else if (parts.has_should)
            status = pil_query_list_combine(XC_OR, &parts.should, &query, err);
        else
            status = pil_plan_everything(&query, err);
    }
    if (status == PIL_OK)
        status = pil_query_list_combine(XC_OR, &parts.excluded, &excluded, err);
    if (status == PIL_OK)
        status = without(query, excluded, &query, err);
    out->is_exact = parts.is_exact;
    if (status == PIL_OK)
        out->query = query;
    else
        xc_query_free(query);
    xc_query_free(excluded);
    dispose_parts(&parts);
    return status;
}

/* Whether libxapian would be asked for an OR that is not beside what must occur, or deeper in. */
static bool has_pruned_or(const pil_node *root, bool requires_all)
{
    bool has_must = false, has_group = false;
    for (const pil_node *part = root->parts; part != NULL; part = part->next) {
        has_must |= (part->occur == PIL_OCCUR_MUST && !part->only_restricts) ||
                    (part->occur == PIL_OCCUR_SHOULD && requires_all && !root->is_any);
        has_group |= part->is_group;
    }
    return !has_must || has_group;
}

static pil_status plan_whole(const tree_planner *planner, const pil_node *root,
                             const xc_query *dead, xc_query **out, pil_error *err)
{
    part_plan plan;
    *out = NULL;
    pil_status status = plan_group(planner, root, &plan, err);
    if (status == PIL_OK && plan.query != NULL && has_pruned_or(root, planner->requires_all))
        status = in_order(plan.query, &plan.query, err);
    return status == PIL_OK ? without(plan.query, dead, out, err) : status;
}

static pil_status plan_clauses(const pil_clause_reader *reader, const pil_query *query,
                               pil_clause_plan *clauses, pil_plan *plan, pil_error *err)
{
    pil_status status = PIL_OK;
    for (size_t i = 0; i < query->n_clauses && status == PIL_OK; i++) {
        status = pil_clause_plan_make(reader, i, &clauses[i], err);
        plan->needs_text |= !clauses[i].is_decided;
    }
    return status;
}

/* Each clause by itself, by its words: whether grams apply makes no difference. */
static pil_status keep_clauses(pil_clause_plan *clauses, const xc_query *dead, pil_plan *plan,
                               pil_error *err)
{
    pil_status status = PIL_OK;
    for (size_t i = 0; i < plan->n_clauses && status == PIL_OK; i++) {
        xc_query *query = clauses[i].query;
        clauses[i].query = NULL;
        status = without(query, dead, &plan->clauses[i], err);
    }
    return status;
}

static bool has_forms(const pil_expansions *expansions, size_t n_clauses)
{
    bool has = false;
    for (size_t i = 0; i < n_clauses; i++)
        has |= expansions->clauses[i].n > 0;
    return has;
}

pil_status pil_plan_make(pil_plan *out, const pil_plan_settings *settings, pil_snapshot *snapshot,
                         pil_error *err)
{
    const pil_query *query = settings->query;
    pil_accumulators accumulators = {0};
    pil_plan plan = {.n_clauses = query->n_clauses};
    pil_clause_reader reader = {.query = query,
                                .matcher = settings->matcher,
                                .languages = settings->languages,
                                .n_languages = settings->n_languages,
                                .areas = settings->areas,
                                .weights = settings->weights,
                                .database = snapshot->combined,
                                .expansions = settings->expansions,
                                .filters = settings->filters,
                                .accumulators = &accumulators,
                                .scores = &plan.scores,
                                .manifest = &snapshot->manifest};
    xc_query *dead = NULL;
    pil_clause_plan *clauses = calloc(query->n_clauses, sizeof *clauses);
    plan.clauses = calloc(query->n_clauses, sizeof *plan.clauses);
    pil_status status = pil_grams_init(&reader.grams, &snapshot->manifest, err);
    if (status == PIL_OK && (clauses == NULL || plan.clauses == NULL))
        status = pil_error_no_memory(err);
    if (status == PIL_OK && has_forms(settings->expansions, query->n_clauses))
        status = pil_accumulators_init(&accumulators, snapshot, err);
    if (status == PIL_OK)
        status = plan_clauses(&reader, query, clauses, &plan, err);
    tree_planner planner = {.clauses = clauses,
                            .accumulators = &accumulators,
                            .scores = &plan.scores,
                            .manifest = &snapshot->manifest};
    if (status == PIL_OK)
        status = dead_query(snapshot, &dead, err);
    if (status == PIL_OK)
        status = plan_whole(&planner, query->root, dead, &plan.ranked, err);
    planner.requires_all = true;
    if (status == PIL_OK)
        status = plan_whole(&planner, query->root, dead, &plan.all_words, err);
    if (status == PIL_OK)
        status = keep_clauses(clauses, dead, &plan, err);
    for (size_t i = 0; clauses != NULL && i < query->n_clauses; i++)
        pil_clause_plan_dispose(&clauses[i]);
    free(clauses);
    pil_accumulators_dispose(&accumulators);
    xc_query_free(dead);
    pil_grams_dispose(&reader.grams);
    if (status == PIL_OK)
        *out = plan;
    else
        pil_plan_dispose(&plan);
    return status;
}

void pil_plan_dispose(pil_plan *plan)
{
    xc_query_free(plan->ranked);
    xc_query_free(plan->all_words);
    for (size_t i = 0; plan->clauses != NULL && i < plan->n_clauses; i++)
        xc_query_free(plan->clauses[i]);
    free(plan->clauses);
    pil_scores_free(plan->scores);
    *plan = (pil_plan){0};
}
