#include "match_internal.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

bool pil_matcher_ensure(void **array, size_t *capacity, size_t n, size_t size)
{
    if (n <= *capacity)
        return true;
    size_t wanted = n > SIZE_MAX / 2 / size ? n : n + n / 2;
    if (wanted > SIZE_MAX / size)
        return false;
    void *larger = realloc(*array, wanted * size);
    if (larger == NULL)
        return false;
    *array = larger;
    *capacity = wanted;
    return true;
}

static bool stands_for_forms(const pil_clause *clause)
{
    return clause->kind == PIL_CLAUSE_PATTERN || clause->kind == PIL_CLAUSE_FUZZY;
}

static pil_status make_arrays(pil_matcher *matcher, pil_error *err)
{
    size_t n = matcher->query->n_clauses + 1;
    matcher->missing = calloc(n, sizeof *matcher->missing);
    matcher->lacks = calloc(n, sizeof *matcher->lacks);
    matcher->truths = calloc(n, sizeof *matcher->truths);
    matcher->given = calloc(n, sizeof *matcher->given);
    matcher->regexes = calloc(n, sizeof(pil_regex *));
    bool is_made = matcher->missing != NULL && matcher->lacks != NULL && matcher->truths != NULL &&
                   matcher->given != NULL && matcher->regexes != NULL;
    return is_made ? PIL_OK : pil_error_no_memory(err);
}

/* The parser has compiled them before, so that they are right. */
static pil_status compile_regexes(pil_matcher *matcher, pil_error *err)
{
    pil_status status = PIL_OK;
    for (size_t i = 0; i < matcher->query->n_clauses && status == PIL_OK; i++) {
        const pil_clause *clause = &matcher->query->clauses[i];
        size_t wrong_at;
        if (clause->kind == PIL_CLAUSE_REGEX)
            status = pil_regex_new(&matcher->regexes[i], clause->text, clause->text_bytes,
                                   clause->ignores_case, &wrong_at, err);
    }
    return status;
}

pil_status pil_matcher_new(const pil_query *query, pil_analyser *analyser, pil_matcher **out,
                           pil_error *err)
{
    *out = NULL;
    pil_matcher *matcher = calloc(1, sizeof *matcher);
    if (matcher == NULL)
        return pil_error_no_memory(err);
    matcher->query = query;
    matcher->analyser = analyser;
    for (size_t i = 0; i < query->n_clauses; i++) {
        matcher->n_patterns += stands_for_forms(&query->clauses[i]);
        matcher->wants_sentences |= query->clauses[i].in_sentence;
    }
    pil_status status = make_arrays(matcher, err);
    if (status == PIL_OK)
        status = compile_regexes(matcher, err);
    if (status == PIL_OK && pil_literal_of(query, &matcher->literal) != PIL_OK)
        status = pil_error_no_memory(err);
    if (status == PIL_OK)
        *out = matcher;
    else
        pil_matcher_free(matcher);
    return status;
}

void pil_matcher_free(pil_matcher *matcher)
{
    if (matcher == NULL)
        return;
    pil_matcher_forget_plans(matcher);
    for (size_t i = 0; matcher->regexes != NULL && i < matcher->query->n_clauses; i++)
        pil_regex_free(matcher->regexes[i]);
    pil_literal_dispose(&matcher->literal);
    free(matcher->regexes);
    free(matcher->given);
    free(matcher->truths);
    free(matcher->lacks);
    pil_intern_dispose(&matcher->forms);
    free(matcher->form_uses);
    free(matcher->uses);
    pil_arena_dispose(&matcher->alternative_texts);
    free(matcher->alternatives);
    free(matcher->occurrences);
    free(matcher->first);
    free(matcher->rows);
    free(matcher->counts);
    free(matcher->missing);
    free(matcher->ranges);
    free(matcher);
}

pil_status pil_matcher_add_alternative(pil_matcher *matcher, size_t clause,
                                       const pil_alternative *alternative, pil_error *err)
{
    assert(clause < matcher->query->n_clauses && alternative->weight > 0 &&
           alternative->weight <= 1);
    pil_arena *texts = &matcher->alternative_texts;
    pil_alternative copy = *alternative;
    copy.text = pil_arena_copy(texts, alternative->text, alternative->text_bytes);
    if (copy.language != NULL)
        copy.language = pil_arena_copy(texts, copy.language, strlen(copy.language));
    void *alternatives = matcher->alternatives;
    if (copy.text == NULL || (copy.language == NULL && alternative->language != NULL) ||
        !pil_matcher_ensure(&alternatives, &matcher->alternatives_capacity,
                            matcher->n_alternatives + 1, sizeof *matcher->alternatives))
        return pil_error_no_memory(err);
    matcher->alternatives = alternatives;
    matcher->alternatives[matcher->n_alternatives++] =
        (pil_clause_alternative){.as = copy, .clause = clause};
    pil_matcher_forget_plans(matcher);
    return PIL_OK;
}

const pil_alternative *pil_matcher_alternative(const pil_matcher *matcher, size_t clause,
                                               size_t number)
{
    for (size_t i = 0; i < matcher->n_alternatives; i++)
        if (matcher->alternatives[i].clause == clause && number-- == 0)
            return &matcher->alternatives[i].as;
    return NULL;
}

uint32_t pil_matcher_pattern_number(const pil_matcher *matcher, size_t clause)
{
    const pil_clause *clauses = matcher->query->clauses;
    uint32_t n = 0;
    for (size_t i = 0; i < clause; i++)
        n += stands_for_forms(&clauses[i]);
    return stands_for_forms(&clauses[clause]) ? n : PIL_MATCHER_NONE;
}

pil_status pil_matcher_add_form(pil_matcher *matcher, size_t clause, const char *form,
                                pil_error *err)
{
    uint32_t number;
    bool is_new;
    void *first = matcher->form_uses, *uses = matcher->uses;
    if (pil_intern_add(&matcher->forms, form, strlen(form), &number, &is_new) != PIL_OK ||
        !pil_matcher_ensure(&first, &matcher->form_uses_capacity, number + (size_t)1,
                            sizeof *matcher->form_uses))
        return pil_error_no_memory(err);
    matcher->form_uses = first;
    if (is_new)
        matcher->form_uses[number] = PIL_MATCHER_NONE;
    if (!pil_matcher_ensure(&uses, &matcher->uses_capacity, matcher->n_uses + 1,
                            sizeof *matcher->uses))
        return pil_error_no_memory(err);
    matcher->uses = uses;
    uint32_t pattern = pil_matcher_pattern_number(matcher, clause);
    uint32_t last = matcher->form_uses[number];
    if (last != PIL_MATCHER_NONE && matcher->uses[last].pattern == pattern)
        return PIL_OK;
    matcher->uses[matcher->n_uses] = (pil_form_use){.pattern = pattern, .next = last};
    matcher->form_uses[number] = (uint32_t)matcher->n_uses++;
    return PIL_OK;
}

void pil_matcher_give(pil_matcher *matcher, size_t clause, bool holds)
{
    matcher->given[clause] = holds;
}

bool pil_matcher_is_limited(const pil_matcher *matcher)
{
    return matcher->is_limited;
}

/* ---- the tree ---- */

/* A clause is decided once, when it is first asked for. */
static pil_status decide_clause(pil_matcher *matcher, const pil_query_plan *plan, uint32_t clause,
                                bool *occurs, pil_error *err)
{
    pil_status status = PIL_OK;
    *occurs = matcher->truths[clause] == PIL_TRUE;
    if (matcher->truths[clause] == PIL_UNKNOWN)
        status = pil_matcher_decide(matcher, plan, clause, false, occurs, err);
    matcher->truths[clause] = *occurs ? PIL_TRUE : PIL_FALSE;
    return status;
}

/* Whether the text has a group. The depth is bounded by that of the query. */
static pil_status decide_group(pil_matcher *matcher, const pil_query_plan *plan,
                               const pil_node *group, bool *occurs, pil_error *err)
{
    bool has_must = false, has_should = false, has_one = false;
    for (const pil_node *part = group->parts; part != NULL; part = part->next) {
        has_must |= part->occur == PIL_OCCUR_MUST && !part->only_restricts;
        has_should |= part->occur == PIL_OCCUR_SHOULD;
    }
    *occurs = false;
    for (const pil_node *part = group->parts; part != NULL; part = part->next) {
        bool has = false;
        if (part->occur == PIL_OCCUR_SHOULD && (has_must || has_one))
            continue;
        pil_status status = part->is_group ? decide_group(matcher, plan, part, &has, err)
                                           : decide_clause(matcher, plan, part->clause, &has, err);
        if (status != PIL_OK)
            return status;
        if (has == (part->occur == PIL_OCCUR_MUST_NOT) && part->occur != PIL_OCCUR_SHOULD)
            return PIL_OK;
        has_one |= has && part->occur == PIL_OCCUR_SHOULD;
    }
    *occurs = has_must || has_one || !has_should;
    return PIL_OK;
}

pil_status pil_matcher_accepts(pil_matcher *matcher, const char *language, const char *text,
                               size_t length, bool *is_accepted, pil_error *err)
{
    const pil_query_plan *plan;
    const pil_literal *literal = &matcher->literal;
    *is_accepted = literal->bytes != NULL && pil_literal_stands_in(literal, text, length);
    if (*is_accepted)
        return PIL_OK;
    pil_status status = pil_matcher_read(matcher, language, text, length, &plan, err);
    return status == PIL_OK ? decide_group(matcher, plan, matcher->query->root, is_accepted, err)
                            : status;
}

/* ---- all that there is to tell ---- */

/* Notes what the group lacks of the clauses that are wanted. All are decided. */
static pil_status note_missing(pil_matcher *matcher, const pil_query_plan *plan,
                               const pil_node *group, pil_error *err)
{
    bool has = false;
    pil_status status = PIL_OK;
    if (group->is_any)
        status = decide_group(matcher, plan, group, &has, err);
    for (const pil_node *part = group->parts; part != NULL && !has && status == PIL_OK;
         part = part->next) {
        if (part->occur == PIL_OCCUR_MUST_NOT)
            continue;
        if (part->is_group)
            status = note_missing(matcher, plan, part, err);
        else if (matcher->query->clauses[part->clause].kind != PIL_CLAUSE_FILTER)
            matcher->lacks[part->clause] = matcher->truths[part->clause] == PIL_FALSE;
    }
    return status;
}

static void list_missing(pil_matcher *matcher, pil_match *match)
{
    match->missing = matcher->missing;
    for (size_t i = 0; i < matcher->query->n_clauses; i++)
        if (matcher->lacks[i])
            matcher->missing[match->n_missing++] = (uint32_t)i;
}

/* By where they begin, longer before shorter. */
static int compare_ranges(const void *left, const void *right)
{
    const pil_match_range *a = left, *b = right;
    if (a->begin != b->begin)
        return a->begin < b->begin ? -1 : 1;
    return (a->end < b->end) - (a->end > b->end);
}

/* Puts the marked tokens behind what regular expressions found. The analyser gives a wider token
 * before those inside it, so that they are in order among themselves. */
static pil_status gather_ranges(pil_matcher *matcher)
{
    size_t n_found = matcher->n_ranges;
    void *ranges = matcher->ranges;
    if (!pil_matcher_ensure(&ranges, &matcher->ranges_capacity,
                            matcher->n_ranges + matcher->n_occurrences + 1,
                            sizeof *matcher->ranges))
        return PIL_NO_MEMORY;
    matcher->ranges = ranges;
    for (size_t i = 0; i < matcher->n_occurrences; i++) {
        const pil_occurrence *found = &matcher->occurrences[i];
        if (found->clause != PIL_MATCHER_NONE)
            matcher->ranges[matcher->n_ranges++] = (pil_match_range){
                .begin = found->begin_byte, .end = found->end_byte, .word = found->clause};
    }
    if (n_found > 0)
        qsort(matcher->ranges, matcher->n_ranges, sizeof *matcher->ranges, compare_ranges);
    return PIL_OK;
}

/* Words of a clause that touch, as in Chinese, are seen as one. */
static bool goes_on(const pil_matcher *matcher, const pil_match_range *before,
                    const pil_match_range *range)
{
    return before->end == range->begin && before->word == range->word &&
           matcher->query->clauses[range->word].kind != PIL_CLAUSE_REGEX;
}

/* What a range before covers is left away. */
static pil_status make_ranges(pil_matcher *matcher, pil_match *match)
{
    if (gather_ranges(matcher) != PIL_OK)
        return PIL_NO_MEMORY;
    uint32_t end = 0;
    size_t n = 0;
    for (size_t i = 0; i < matcher->n_ranges; i++) {
        pil_match_range range = matcher->ranges[i];
        if (range.end <= end)
            continue;
        if (range.begin < end)
            range.begin = end;
        end = range.end;
        if (n > 0 && goes_on(matcher, &matcher->ranges[n - 1], &range))
            matcher->ranges[n - 1].end = end;
        else
            matcher->ranges[n++] = range;
    }
    match->ranges = matcher->ranges;
    match->n_ranges = n;
    return PIL_OK;
}

pil_status pil_matcher_run(pil_matcher *matcher, const char *language, const char *text,
                           size_t length, pil_match *match, pil_error *err)
{
    const pil_query_plan *plan;
    const pil_query *query = matcher->query;
    pil_match result = {.n_missing = 0};
    pil_status status = pil_matcher_read(matcher, language, text, length, &plan, err);
    for (uint32_t i = 0; i < query->n_clauses && status == PIL_OK; i++) {
        bool is_wanted = query->clauses[i].occur != PIL_OCCUR_MUST_NOT, occurs;
        status = pil_matcher_decide(matcher, plan, i, is_wanted, &occurs, err);
        matcher->truths[i] = occurs ? PIL_TRUE : PIL_FALSE;
        matcher->lacks[i] = false;
    }
    if (status == PIL_OK)
        status = decide_group(matcher, plan, query->root, &result.is_accepted, err);
    if (status == PIL_OK)
        status = note_missing(matcher, plan, query->root, err);
    if (status != PIL_OK)
        return status;
    list_missing(matcher, &result);
    if (make_ranges(matcher, &result) != PIL_OK)
        return pil_error_no_memory(err);
    *match = result;
    return PIL_OK;
}
