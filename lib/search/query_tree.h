/* The tree of a query. Private to this folder. Nodes live in the query's arena. */
#ifndef SEARCH_QUERY_TREE_H
#define SEARCH_QUERY_TREE_H

#include "search/query.h"

/* NULL when memory ran out. */
pil_node *pil_tree_new_leaf(pil_query *query, uint32_t clause);
pil_node *pil_tree_new_group(pil_query *query, bool is_any);

typedef enum pil_tree_added {
    PIL_TREE_ADDED,
    PIL_TREE_REPEATED,    /* the group has that clause, so it now has it once more */
    PIL_TREE_CONTRADICTED /* added, but the group both wants and excludes this clause */
} pil_tree_added;

/* Adds node, whose occur is set, to group. Of a group that must occur, and in which everything
 * must, the parts are added. */
pil_tree_added pil_tree_add(pil_node *group, pil_node *node);

/* The part of group that is a filter on field which must hold, or several of which one must; NULL
 * when there is none. */
pil_node *pil_tree_find_filter(const pil_query *query, const pil_node *group,
                               pil_filter_field field);
/* Makes a leaf a group of which it is the only part, one of any. False when memory ran out. */
bool pil_tree_wrap(pil_query *query, pil_node *leaf);

/* Whether node says only where to look, as pil_node has it. */
bool pil_tree_only_restricts(const pil_query *query, const pil_node *node);

/* What is left of a group: its only part if that is not excluded, NULL when it has none. NULL may
 * be given. */
pil_node *pil_tree_simplify(pil_node *group);
/* When all parts are there: makes the root the group that it consists of, and fills in what each
 * part and clause is over the whole tree. */
void pil_tree_finish(pil_query *query);

#endif
