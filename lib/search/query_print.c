#include "query_tree.h"

#include <stdio.h>

static const char *const signs[] = {
    [PIL_OCCUR_SHOULD] = "", [PIL_OCCUR_MUST] = "+", [PIL_OCCUR_MUST_NOT] = "-"};

/* A filter as a person may write it; of dates, the days that it came to. */
static pil_status print_filter(const pil_filter *filter, pil_buffer *out)
{
    pil_status status =
        pil_buffer_appendf(out, "%s%s", pil_filter_field_name(filter->field), filter->value);
    bool has_first = filter->first_day > 0, has_last = filter->last_day != UINT32_MAX;
    bool is_dated = filter->field == PIL_FILTER_DATE || filter->field == PIL_FILTER_AFTER ||
                    filter->field == PIL_FILTER_BEFORE;
    if (status != PIL_OK || !is_dated)
        return status;
    char first[16] = "", last[16] = "";
    if (has_first)
        snprintf(first, sizeof first, "%04u-%02u-%02u", (unsigned)(filter->first_day / 10000),
                 (unsigned)(filter->first_day / 100 % 100), (unsigned)(filter->first_day % 100));
    if (has_last)
        snprintf(last, sizeof last, "%04u-%02u-%02u", (unsigned)(filter->last_day / 10000),
                 (unsigned)(filter->last_day / 100 % 100), (unsigned)(filter->last_day % 100));
    return pil_buffer_appendf(out, "  (%s..%s)", first, last);
}

static pil_status print_near(const pil_clause *clause, pil_buffer *out)
{
    if (clause->in_sentence)
        return pil_buffer_appendf(out, "in one sentence  %s", clause->text);
    return pil_buffer_appendf(out, "near, %u words between  %s", (unsigned)clause->distance,
                              clause->text);
}

static pil_status print_clause(const pil_query *query, const pil_clause *clause, pil_buffer *out)
{
    switch (clause->kind) {
    case PIL_CLAUSE_WORD:
        return pil_buffer_appendf(out, "%s  %s", clause->is_exact ? "word as written" : "word",
                                  clause->text);
    case PIL_CLAUSE_PHRASE:
        return pil_buffer_appendf(out, "%s  %s", clause->is_exact ? "phrase as written" : "phrase",
                                  clause->text);
    case PIL_CLAUSE_NEAR:
        return print_near(clause, out);
    case PIL_CLAUSE_PATTERN:
        return pil_buffer_appendf(out, "words like  %s", clause->pattern);
    case PIL_CLAUSE_FUZZY:
        return pil_buffer_appendf(out, "words up to %u slips from  %s", (unsigned)clause->distance,
                                  clause->pattern);
    case PIL_CLAUSE_REGEX:
        return pil_buffer_appendf(out, "regular expression%s  %s",
                                  clause->ignores_case ? ", in any case" : "", clause->pattern);
    default:
        return print_filter(&query->tree_filters[clause->filter], out);
    }
}

/* What a group wants, in words. */
static const char *kind_of(const pil_node *group)
{
    bool has_must = false, has_should = false;
    for (const pil_node *part = group->parts; part != NULL; part = part->next) {
        has_must |= part->occur == PIL_OCCUR_MUST && !part->only_restricts;
        has_should |= part->occur == PIL_OCCUR_SHOULD;
    }
    return !has_must && !has_should ? "all but"
           : !has_must              ? "any of"
           : !has_should            ? "all of"
                                    : "all with +, better with more of";
}

static pil_status print_group(const pil_query *query, const pil_node *group, int depth,
                              pil_buffer *out)
{
    pil_status status = pil_buffer_appendf(out, "%s\n", kind_of(group));
    for (const pil_node *part = group->parts; part != NULL && status == PIL_OK; part = part->next) {
        status = pil_buffer_appendf(out, "%*s%s", 2 * depth, "", signs[part->occur]);
        if (status != PIL_OK)
            break;
        if (part->is_group) {
            status = print_group(query, part, depth + 1, out);
            continue;
        }
        status = print_clause(query, &query->clauses[part->clause], out);
        if (status == PIL_OK && part->n_times > 1)
            status = pil_buffer_appendf(out, "  (%u times)", (unsigned)part->n_times);
        if (status == PIL_OK)
            status = pil_buffer_append_string(out, "\n");
    }
    return status;
}

static pil_status print_filters(const pil_query *query, pil_buffer *out)
{
    pil_status status = PIL_OK;
    if (query->n_filters > 0)
        status = pil_buffer_append_string(out, "only where\n");
    for (size_t i = 0; i < query->n_filters && status == PIL_OK; i++) {
        status = pil_buffer_appendf(out, "  %s", query->filters[i].excludes ? "-" : "");
        if (status == PIL_OK)
            status = print_filter(&query->filters[i], out);
        if (status == PIL_OK)
            status = pil_buffer_append_string(out, "\n");
    }
    return status;
}

pil_status pil_query_print(const pil_query *query, pil_buffer *out, pil_error *err)
{
    pil_status status = print_group(query, query->root, 1, out);
    if (status == PIL_OK)
        status = print_filters(query, out);
    return status == PIL_OK ? PIL_OK : pil_error_no_memory(err);
}
