/* What a text has of the query. */
#include "match_internal.h"
#include "text/sentence.h"

#include <string.h>

static pil_status keep_occurrence(pil_matcher *matcher, const pil_occurrence *found)
{
    void *occurrences = matcher->occurrences;
    if (!pil_matcher_ensure(&occurrences, &matcher->occurrences_capacity,
                            matcher->n_occurrences + 1, sizeof *matcher->occurrences))
        return PIL_NO_MEMORY;
    matcher->occurrences = occurrences;
    matcher->occurrences[matcher->n_occurrences++] = *found;
    return PIL_OK;
}

/* What an exact clause compares a token by. A part of a word is no word that was written. */
static uint32_t written_number(const pil_query_plan *plan, const char *text, const pil_token *token)
{
    if (plan->written.n_entries == 0 || token->kind == PIL_TOKEN_PART)
        return PIL_MATCHER_NONE;
    uint32_t number = pil_intern_find(&plan->written, text + token->begin_byte,
                                      token->end_byte - token->begin_byte);
    return number == PIL_INTERN_NONE ? PIL_MATCHER_NONE : number;
}

/* What a token is to the query: once for its term, and once for each pattern that stands for its
 * form. */
static pil_status keep_token(pil_matcher *matcher, const pil_query_plan *plan,
                             const pil_token *token, uint32_t unit)
{
    pil_occurrence found = {.position = token->position,
                            .n_positions = token->n_positions,
                            .unit = unit,
                            .begin_byte = (uint32_t)token->begin_byte,
                            .end_byte = (uint32_t)token->end_byte,
                            .next = PIL_MATCHER_NONE,
                            .clause = PIL_MATCHER_NONE};
    pil_status status = PIL_OK;
    found.term_number = pil_intern_find(&plan->terms, token->term, token->term_bytes);
    if (found.term_number != PIL_INTERN_NONE) {
        found.written_number = written_number(plan, matcher->text, token);
        status = keep_occurrence(matcher, &found);
    }
    if (matcher->forms.n_entries == 0)
        return status;
    uint32_t form = pil_intern_find(&matcher->forms, token->form, token->form_bytes);
    uint32_t use = form == PIL_INTERN_NONE ? PIL_MATCHER_NONE : matcher->form_uses[form];
    for (; use != PIL_MATCHER_NONE && status == PIL_OK; use = matcher->uses[use].next) {
        found.term_number = plan->terms.n_entries + matcher->uses[use].pattern;
        found.written_number = PIL_MATCHER_NONE;
        status = keep_occurrence(matcher, &found);
    }
    return status;
}

/* Tokens come in order of position, wider before narrower: the first that reaches beyond all before
 * it begins a unit. */
static pil_status keep_occurrences(pil_matcher *matcher, const pil_query_plan *plan,
                                   const pil_token *tokens, size_t n_tokens)
{
    matcher->n_occurrences = 0;
    uint32_t n_positions = 0, n_units = 0, unit_end = 0;
    for (size_t i = 0; i < n_tokens; i++) {
        const pil_token *token = &tokens[i];
        uint32_t end = token->position + token->n_positions;
        if (token->position >= unit_end) {
            n_units++;
            unit_end = end;
        }
        size_t n_before = matcher->n_occurrences;
        if (keep_token(matcher, plan, token, n_units) != PIL_OK)
            return PIL_NO_MEMORY;
        if (matcher->n_occurrences > n_before && end > n_positions)
            n_positions = end;
    }
    matcher->row_words = n_positions / 64 + 1;
    return PIL_OK;
}

/* Occurrences come in the order of the text, as do sentences. */
static void number_sentences(pil_matcher *matcher, const char *language)
{
    pil_sentences sentences;
    size_t begin, end = 0;
    uint32_t number = 0;
    pil_sentences_start(&sentences, language, matcher->text, matcher->text_bytes);
    for (size_t i = 0; i < matcher->n_occurrences; i++) {
        while (matcher->occurrences[i].begin_byte >= end &&
               pil_sentences_next(&sentences, &begin, &end))
            number++;
        matcher->occurrences[i].sentence = number;
    }
}

/* Makes a list of the occurrences of each term. */
static void link_occurrences(pil_matcher *matcher, const pil_query_plan *plan)
{
    for (uint32_t i = 0; i < plan->n_numbers; i++)
        matcher->first[i] = PIL_MATCHER_NONE;
    for (size_t i = matcher->n_occurrences; i-- > 0;) {
        pil_occurrence *found = &matcher->occurrences[i];
        found->next = matcher->first[found->term_number];
        matcher->first[found->term_number] = (uint32_t)i;
    }
}

pil_status pil_matcher_read(pil_matcher *matcher, const char *language, const char *text,
                            size_t length, const pil_query_plan **plan, pil_error *err)
{
    if (length > UINT32_MAX)
        return pil_error_set(err, PIL_INVALID_ARGUMENT, "a paragraph of %zu bytes is too long",
                             length);
    pil_status status = pil_matcher_find_plan(matcher, language, plan, err);
    const pil_token *tokens = NULL;
    size_t n_tokens = 0;
    if (status == PIL_OK)
        status =
            pil_analyser_run(matcher->analyser, language, text, length, &tokens, &n_tokens, err);
    if (status != PIL_OK)
        return status;
    matcher->text = text;
    matcher->text_bytes = length;
    matcher->n_ranges = 0;
    memset(matcher->truths, PIL_UNKNOWN, matcher->query->n_clauses * sizeof *matcher->truths);
    if (keep_occurrences(matcher, *plan, tokens, n_tokens) != PIL_OK)
        return pil_error_no_memory(err);
    if (matcher->wants_sentences)
        number_sentences(matcher, language);
    link_occurrences(matcher, *plan);
    return PIL_OK;
}
