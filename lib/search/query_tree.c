#include "query_tree.h"

#include <stdlib.h>

pil_node *pil_tree_new_leaf(pil_query *query, uint32_t clause)
{
    pil_node *node = pil_arena_alloc(&query->arena, sizeof *node);
    if (node != NULL)
        *node = (pil_node){.clause = clause, .n_times = 1};
    return node;
}

pil_node *pil_tree_new_group(pil_query *query, bool is_any)
{
    pil_node *node = pil_arena_alloc(&query->arena, sizeof *node);
    if (node != NULL)
        *node = (pil_node){.is_group = true, .is_any = is_any};
    return node;
}

bool pil_tree_only_restricts(const pil_query *query, const pil_node *node)
{
    bool restricts = node->is_group ? node->parts != NULL
                                    : query->clauses[node->clause].kind == PIL_CLAUSE_FILTER ||
                                          query->clauses[node->clause].kind == PIL_CLAUSE_REGEX;
    for (const pil_node *part = node->parts; part != NULL && restricts; part = part->next)
        restricts = part->occur == PIL_OCCUR_MUST_NOT || pil_tree_only_restricts(query, part);
    return restricts;
}

static bool has_must(const pil_node *group)
{
    for (const pil_node *part = group->parts; part != NULL; part = part->next) {
        if (part->occur == PIL_OCCUR_MUST)
            return true;
    }
    return false;
}

/* Whether everything in a group must occur, but for what must not. */
static bool is_all(const pil_node *group)
{
    for (const pil_node *part = group->parts; part != NULL; part = part->next) {
        if (part->occur == PIL_OCCUR_SHOULD)
            return false;
    }
    return has_must(group);
}

static void append(pil_node *group, pil_node *node)
{
    pil_node **end = &group->parts;
    while (*end != NULL)
        end = &(*end)->next;
    node->next = NULL;
    *end = node;
}

static pil_tree_added add_leaf(pil_node *group, pil_node *leaf)
{
    pil_tree_added added = PIL_TREE_ADDED;
    for (pil_node *part = group->parts; part != NULL; part = part->next) {
        if (part->is_group || part->clause != leaf->clause)
            continue;
        if ((part->occur == PIL_OCCUR_MUST_NOT) != (leaf->occur == PIL_OCCUR_MUST_NOT)) {
            added = PIL_TREE_CONTRADICTED;
            continue;
        }
        part->n_times += leaf->n_times;
        if (leaf->occur == PIL_OCCUR_MUST)
            part->occur = leaf->occur;
        return PIL_TREE_REPEATED;
    }
    append(group, leaf);
    return added;
}

pil_tree_added pil_tree_add(pil_node *group, pil_node *node)
{
    if (!node->is_group)
        return add_leaf(group, node);
    if (node->occur != PIL_OCCUR_MUST || !is_all(node)) {
        append(group, node);
        return PIL_TREE_ADDED;
    }
    for (pil_node *part = node->parts, *next; part != NULL; part = next) {
        next = part->next;
        (void)pil_tree_add(group, part);
    }
    return PIL_TREE_ADDED;
}

static bool is_filter_on(const pil_query *query, const pil_node *node, pil_filter_field field)
{
    const pil_clause *clause = &query->clauses[node->clause];
    return !node->is_group && clause->kind == PIL_CLAUSE_FILTER &&
           query->tree_filters[clause->filter].field == field;
}

static bool is_any_of_filters_on(const pil_query *query, const pil_node *node,
                                 pil_filter_field field)
{
    bool is_all = node->is_group && node->is_any;
    for (const pil_node *part = node->parts; part != NULL && is_all; part = part->next)
        is_all = is_filter_on(query, part, field);
    return is_all;
}

pil_node *pil_tree_find_filter(const pil_query *query, const pil_node *group,
                               pil_filter_field field)
{
    for (pil_node *part = group->parts; part != NULL; part = part->next) {
        if (part->occur == PIL_OCCUR_MUST &&
            (is_filter_on(query, part, field) || is_any_of_filters_on(query, part, field)))
            return part;
    }
    return NULL;
}

bool pil_tree_wrap(pil_query *query, pil_node *leaf)
{
    pil_node *inner = pil_tree_new_leaf(query, leaf->clause);
    if (inner == NULL)
        return false;
    inner->n_times = leaf->n_times;
    leaf->is_group = true;
    leaf->is_any = true;
    leaf->parts = inner;
    return true;
}

pil_node *pil_tree_simplify(pil_node *group)
{
    if (group == NULL || group->parts == NULL)
        return NULL;
    bool is_only = group->parts->next == NULL && group->parts->occur != PIL_OCCUR_MUST_NOT;
    return is_only ? group->parts : group;
}

/* ---- over the whole tree ---- */

static void note_parts(const pil_query *query, pil_node *node)
{
    node->only_restricts = pil_tree_only_restricts(query, node);
    for (pil_node *part = node->parts; part != NULL; part = part->next)
        note_parts(query, part);
}

static void note_clauses(pil_query *query, const pil_node *node, bool is_excluded, bool is_required)
{
    for (const pil_node *part = node->parts; part != NULL; part = part->next) {
        bool excluded = is_excluded != (part->occur == PIL_OCCUR_MUST_NOT);
        bool required = is_required && part->occur == PIL_OCCUR_MUST;
        if (part->is_group) {
            note_clauses(query, part, excluded, required);
            continue;
        }
        pil_clause *clause = &query->clauses[part->clause];
        if (required)
            clause->occur = PIL_OCCUR_MUST;
        else if (!excluded && clause->occur == PIL_OCCUR_MUST_NOT)
            clause->occur = PIL_OCCUR_SHOULD;
    }
}

void pil_tree_finish(pil_query *query)
{
    pil_node *only = pil_tree_simplify(query->root);
    if (only != NULL && only->is_group)
        query->root = only;
    query->root->occur = PIL_OCCUR_MUST;
    query->root->next = NULL;
    note_parts(query, query->root);
    note_clauses(query, query->root, false, true);
}

static void require_parts(pil_node *group)
{
    for (pil_node *part = group->parts; part != NULL && !group->is_any; part = part->next) {
        if (part->occur == PIL_OCCUR_SHOULD)
            part->occur = PIL_OCCUR_MUST;
        if (part->is_group && part->occur == PIL_OCCUR_MUST)
            require_parts(part);
    }
}

void pil_query_require_all(pil_query *query)
{
    require_parts(query->root);
    note_clauses(query, query->root, false, true);
}

void pil_query_free(pil_query *query)
{
    if (query == NULL)
        return;
    pil_arena_dispose(&query->arena);
    free(query);
}
