#include "match_internal.h"

#include <assert.h>
#include <string.h>

static void dispose_plan(pil_query_plan *plan)
{
    pil_intern_dispose(&plan->terms);
    pil_intern_dispose(&plan->written);
    pil_arena_dispose(&plan->arena);
    *plan = (pil_query_plan){0};
}

void pil_matcher_forget_plans(pil_matcher *matcher)
{
    for (size_t i = 0; i < matcher->n_plans; i++)
        dispose_plan(&matcher->plans[i]);
    matcher->n_plans = 0;
    matcher->current = 0;
}

/* Tokens come in order of position, wider before narrower. */
static void find_ways(pil_reading_token *tokens, size_t n_tokens)
{
    uint32_t wide_end = 0, narrow_end = 0;
    for (size_t i = 0; i < n_tokens; i++) {
        pil_reading_token *token = &tokens[i];
        bool is_last = i + 1 == n_tokens || tokens[i + 1].position != token->position;
        token->is_widest = token->position >= wide_end;
        if (token->is_widest)
            wide_end = token->position + token->n_positions;
        token->is_narrowest = is_last && token->position >= narrow_end;
        if (token->is_narrowest)
            narrow_end = token->position + token->n_positions;
    }
}

static pil_status copy_token(pil_query_plan *plan, const char *text, const pil_token *token,
                             bool is_exact, pil_reading_token *out)
{
    uint32_t number, written = PIL_MATCHER_NONE;
    pil_status status = pil_intern_add(&plan->terms, token->term, token->term_bytes, &number, NULL);
    if (status == PIL_OK && is_exact)
        status = pil_intern_add(&plan->written, text + token->begin_byte,
                                token->end_byte - token->begin_byte, &written, NULL);
    if (status == PIL_OK)
        *out = (pil_reading_token){.term = plan->terms.entries[number].bytes,
                                   .term_bytes = token->term_bytes,
                                   .term_number = number,
                                   .written_number = written,
                                   .position = token->position,
                                   .n_positions = token->n_positions,
                                   .kind = token->kind};
    return status;
}

/* Copies tokens of text, which live until the analyser's next run, into the plan as one more
 * reading. The caller has made room for it. */
static pil_status add_reading(pil_query_plan *plan, pil_clause_readings *clause, const char *text,
                              const pil_token *tokens, size_t n_tokens, bool is_exact,
                              double weight)
{
    if (n_tokens == 0)
        return PIL_OK;
    pil_reading_token *copy = pil_arena_alloc(&plan->arena, n_tokens * sizeof *copy);
    if (copy == NULL)
        return PIL_NO_MEMORY;
    uint32_t n_positions = 0;
    for (size_t i = 0; i < n_tokens; i++) {
        if (copy_token(plan, text, &tokens[i], is_exact, &copy[i]) != PIL_OK)
            return PIL_NO_MEMORY;
        if (copy[i].position + copy[i].n_positions > n_positions)
            n_positions = copy[i].position + copy[i].n_positions;
    }
    find_ways(copy, n_tokens);
    clause->readings[clause->n_readings++] = (pil_reading){.tokens = copy,
                                                           .n_tokens = n_tokens,
                                                           .n_positions = n_positions,
                                                           .is_exact = is_exact,
                                                           .weight = weight};
    return PIL_OK;
}

static pil_status read_text(pil_matcher *matcher, pil_query_plan *plan, size_t number,
                            const char *text, size_t length, double weight, bool is_exact,
                            pil_error *err)
{
    const pil_token *tokens;
    size_t n_tokens;
    pil_status status =
        pil_analyser_run(matcher->analyser, plan->language, text, length, &tokens, &n_tokens, err);
    if (status != PIL_OK)
        return status;
    status = add_reading(plan, &plan->clauses[number], text, tokens, n_tokens, is_exact, weight);
    return status == PIL_OK ? PIL_OK : pil_error_no_memory(err);
}

static pil_status read_clause(pil_matcher *matcher, pil_query_plan *plan, size_t number,
                              pil_error *err)
{
    pil_clause_readings *clause = &plan->clauses[number];
    size_t n_readings = 1;
    for (size_t i = 0; i < matcher->n_alternatives; i++)
        n_readings += matcher->alternatives[i].clause == number;
    clause->n_readings = 0;
    clause->readings = pil_arena_alloc(&plan->arena, n_readings * sizeof *clause->readings);
    if (clause->readings == NULL)
        return pil_error_no_memory(err);
    const pil_clause *asked = &matcher->query->clauses[number];
    if (asked->pattern != NULL || asked->kind == PIL_CLAUSE_FILTER)
        return PIL_OK;
    pil_status status =
        read_text(matcher, plan, number, asked->text, asked->text_bytes, 1, asked->is_exact, err);
    for (size_t i = 0; i < matcher->n_alternatives && status == PIL_OK; i++) {
        const pil_alternative *other = &matcher->alternatives[i].as;
        bool counts_here = other->language == NULL || strcmp(other->language, plan->language) == 0;
        if (matcher->alternatives[i].clause == number && counts_here)
            status = read_text(matcher, plan, number, other->text, other->text_bytes, other->weight,
                               asked->is_exact || other->is_exact, err);
    }
    return status;
}

/* A clause that stands for forms is one token with a number of its own, behind those of the terms.
 */
static pil_status read_patterns(pil_matcher *matcher, pil_query_plan *plan, pil_error *err)
{
    plan->n_numbers = plan->terms.n_entries + matcher->n_patterns;
    for (size_t i = 0; i < matcher->query->n_clauses; i++) {
        uint32_t pattern = pil_matcher_pattern_number(matcher, i);
        if (pattern == PIL_MATCHER_NONE)
            continue;
        pil_reading_token *token = pil_arena_alloc(&plan->arena, sizeof *token);
        if (token == NULL)
            return pil_error_no_memory(err);
        *token = (pil_reading_token){.term = "",
                                     .term_number = plan->terms.n_entries + pattern,
                                     .n_positions = 1,
                                     .kind = PIL_TOKEN_WORD,
                                     .is_widest = true,
                                     .is_narrowest = true};
        plan->clauses[i].readings[0] =
            (pil_reading){.tokens = token, .n_tokens = 1, .n_positions = 1, .weight = 1};
        plan->clauses[i].n_readings = 1;
    }
    return PIL_OK;
}

/* For what is kept of each term while a text is matched. */
static bool make_room(pil_matcher *matcher, uint32_t n_terms)
{
    void *first = matcher->first, *counts = matcher->counts;
    if (!pil_matcher_ensure(&first, &matcher->first_capacity, n_terms, sizeof *matcher->first))
        return false;
    matcher->first = first;
    if (!pil_matcher_ensure(&counts, &matcher->counts_capacity, n_terms, sizeof *matcher->counts))
        return false;
    matcher->counts = counts;
    return true;
}

static pil_status make_plan(pil_matcher *matcher, const char *language, pil_query_plan *plan,
                            pil_error *err)
{
    size_t n_clauses = matcher->query->n_clauses;
    plan->language = pil_arena_copy(&plan->arena, language, strlen(language));
    plan->clauses = pil_arena_alloc(&plan->arena, n_clauses * sizeof *plan->clauses);
    if (plan->language == NULL || plan->clauses == NULL)
        return pil_error_no_memory(err);
    pil_status status = PIL_OK;
    for (size_t i = 0; i < n_clauses && status == PIL_OK; i++)
        status = read_clause(matcher, plan, i, err);
    if (status == PIL_OK)
        status = read_patterns(matcher, plan, err);
    if (status != PIL_OK)
        return status;
    return make_room(matcher, plan->n_numbers) ? PIL_OK : pil_error_no_memory(err);
}

pil_status pil_matcher_find_plan(pil_matcher *matcher, const char *language,
                                 const pil_query_plan **out, pil_error *err)
{
    if (matcher->n_plans == 0 || strcmp(matcher->plans[matcher->current].language, language) != 0) {
        size_t at = 0;
        while (at < matcher->n_plans && strcmp(matcher->plans[at].language, language) != 0)
            at++;
        if (at == PIL_MATCHER_MAX_PLANS) {
            pil_matcher_forget_plans(matcher);
            at = 0;
        }
        if (at == matcher->n_plans) {
            pil_status status = make_plan(matcher, language, &matcher->plans[at], err);
            if (status != PIL_OK) {
                dispose_plan(&matcher->plans[at]);
                return status;
            }
            matcher->n_plans++;
        }
        matcher->current = at;
    }
    *out = &matcher->plans[matcher->current];
    return PIL_OK;
}

pil_status pil_matcher_readings(pil_matcher *matcher, const char *language, size_t clause,
                                const pil_reading **readings, size_t *n_readings, pil_error *err)
{
    assert(clause < matcher->query->n_clauses);
    const pil_query_plan *plan;
    pil_status status = pil_matcher_find_plan(matcher, language, &plan, err);
    if (status != PIL_OK)
        return status;
    bool is_text = matcher->query->clauses[clause].pattern == NULL;
    *readings = plan->clauses[clause].readings;
    *n_readings = is_text ? plan->clauses[clause].n_readings : 0;
    return PIL_OK;
}
