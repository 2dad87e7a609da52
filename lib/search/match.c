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

pil_status pil_matcher_new(const pil_query *query, pil_analyser *analyser, pil_matcher **out,
                           pil_error *err)
{
    *out = NULL;
    pil_matcher *matcher = calloc(1, sizeof *matcher);
    if (matcher == NULL)
        return pil_error_no_memory(err);
    matcher->missing = calloc(query->n_clauses + 1, sizeof *matcher->missing);
    if (matcher->missing == NULL) {
        free(matcher);
        return pil_error_no_memory(err);
    }
    matcher->query = query;
    matcher->analyser = analyser;
    *out = matcher;
    return PIL_OK;
}

void pil_matcher_free(pil_matcher *matcher)
{
    if (matcher == NULL)
        return;
    pil_matcher_forget_plans(matcher);
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

/* ---- The text ---- */

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

/* Tokens come in order of position, wider before narrower: the first that reaches beyond all before
 * it begins a unit. */
static pil_status keep_occurrences(pil_matcher *matcher, const pil_query_plan *plan,
                                   const char *text, const pil_token *tokens, size_t n_tokens)
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
        uint32_t number = pil_intern_find(&plan->terms, token->term, token->term_bytes);
        if (number == PIL_INTERN_NONE)
            continue;
        const pil_occurrence found = {.term_number = number,
                                      .written_number = written_number(plan, text, token),
                                      .position = token->position,
                                      .n_positions = token->n_positions,
                                      .unit = n_units,
                                      .begin_byte = (uint32_t)token->begin_byte,
                                      .end_byte = (uint32_t)token->end_byte,
                                      .next = PIL_MATCHER_NONE,
                                      .clause = PIL_MATCHER_NONE};
        if (keep_occurrence(matcher, &found) != PIL_OK)
            return PIL_NO_MEMORY;
        if (end > n_positions)
            n_positions = end;
    }
    matcher->row_words = n_positions / 64 + 1;
    return PIL_OK;
}

static pil_status read_paragraph(pil_matcher *matcher, const char *language, const char *text,
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
    if (keep_occurrences(matcher, *plan, text, tokens, n_tokens) != PIL_OK)
        return pil_error_no_memory(err);
    for (uint32_t i = 0; i < (*plan)->terms.n_entries; i++)
        matcher->first[i] = PIL_MATCHER_NONE;
    for (size_t i = matcher->n_occurrences; i-- > 0;) {
        pil_occurrence *found = &matcher->occurrences[i];
        found->next = matcher->first[found->term_number];
        matcher->first[found->term_number] = (uint32_t)i;
    }
    return PIL_OK;
}

/* ---- Matching ----
 *
 * A state is a position of the reading and one of the text, so there are at most their product of
 * them, whatever the lattices: each is reached or not, however many ways lead there. A row holds
 * one bit for each position of the text. Rows [0, n) are for reach_forward, rows [n, 2n) for
 * reach_backward, n being the positions of the reading. */

static bool get_bit(const pil_matcher *matcher, size_t row, uint32_t position)
{
    return matcher->rows[row * matcher->row_words + position / 64] >> position % 64 & 1;
}

static void set_bit(pil_matcher *matcher, size_t row, uint32_t position)
{
    matcher->rows[row * matcher->row_words + position / 64] |= (uint64_t)1 << position % 64;
}

/* Makes n_rows empty rows, from row first_row on; those before it stay. */
static bool clear_rows(pil_matcher *matcher, size_t first_row, size_t n_rows)
{
    if (matcher->row_words > SIZE_MAX / (first_row + n_rows))
        return false;
    void *rows = matcher->rows;
    if (!pil_matcher_ensure(&rows, &matcher->rows_capacity,
                            (first_row + n_rows) * matcher->row_words, sizeof *matcher->rows))
        return false;
    matcher->rows = rows;
    memset(matcher->rows + first_row * matcher->row_words, 0,
           n_rows * matcher->row_words * sizeof *matcher->rows);
    return true;
}

/* Whether found, which has token's term, is also written as the reading wants it. */
static bool is_written(const pil_reading *reading, const pil_reading_token *token,
                       const pil_occurrence *found)
{
    return !reading->is_exact ||
           (token->is_widest && token->written_number == found->written_number);
}

/* Whether found is token, and the reading up to it occurs in the text right before it. */
static bool is_begun(const pil_matcher *matcher, const pil_reading *reading,
                     const pil_reading_token *token, const pil_occurrence *found)
{
    if (!is_written(reading, token, found))
        return false;
    return token->position == 0 || get_bit(matcher, token->position, found->position);
}

/* Whether found is token, and the rest of the reading occurs in the text right behind it. */
static bool is_continued(const pil_matcher *matcher, const pil_reading *reading,
                         const pil_reading_token *token, const pil_occurrence *found)
{
    uint32_t position = token->position + token->n_positions;
    if (!is_written(reading, token, found))
        return false;
    return position == reading->n_positions ||
           get_bit(matcher, (size_t)reading->n_positions + position,
                   found->position + found->n_positions);
}

/* Sets the states that a way from the reading's begin leads to. *is_found tells whether one leads
 * to its end; if all is false it stops there. Tokens come in order of position, so a row is
 * complete when it is read. */
static pil_status reach_forward(pil_matcher *matcher, const pil_reading *reading, bool all,
                                bool *is_found)
{
    *is_found = false;
    if (reading->n_positions > 1 && !clear_rows(matcher, 0, reading->n_positions))
        return PIL_NO_MEMORY;
    for (size_t i = 0; i < reading->n_tokens; i++) {
        const pil_reading_token *token = &reading->tokens[i];
        uint32_t position = token->position + token->n_positions;
        for (uint32_t at = matcher->first[token->term_number]; at != PIL_MATCHER_NONE;
             at = matcher->occurrences[at].next) {
            const pil_occurrence *found = &matcher->occurrences[at];
            if (!is_begun(matcher, reading, token, found))
                continue;
            if (position < reading->n_positions) {
                set_bit(matcher, position, found->position + found->n_positions);
                continue;
            }
            *is_found = true;
            if (!all)
                return PIL_OK;
        }
    }
    return PIL_OK;
}

/* Sets the states from which a way leads to the reading's end. */
static pil_status reach_backward(pil_matcher *matcher, const pil_reading *reading)
{
    if (reading->n_positions > 1 &&
        !clear_rows(matcher, reading->n_positions, reading->n_positions))
        return PIL_NO_MEMORY;
    for (size_t i = reading->n_tokens; i-- > 0;) {
        const pil_reading_token *token = &reading->tokens[i];
        if (token->position == 0)
            break;
        for (uint32_t at = matcher->first[token->term_number]; at != PIL_MATCHER_NONE;
             at = matcher->occurrences[at].next) {
            const pil_occurrence *found = &matcher->occurrences[at];
            if (is_continued(matcher, reading, token, found))
                set_bit(matcher, (size_t)reading->n_positions + token->position, found->position);
        }
    }
    return PIL_OK;
}

/* Marks what the reading matches, which is what lies on a whole way: reached from both ends. */
static pil_status mark(pil_matcher *matcher, const pil_reading *reading, uint32_t clause)
{
    if (reach_backward(matcher, reading) != PIL_OK)
        return PIL_NO_MEMORY;
    for (size_t i = 0; i < reading->n_tokens; i++) {
        const pil_reading_token *token = &reading->tokens[i];
        for (uint32_t at = matcher->first[token->term_number]; at != PIL_MATCHER_NONE;
             at = matcher->occurrences[at].next) {
            pil_occurrence *found = &matcher->occurrences[at];
            if (found->clause == PIL_MATCHER_NONE && is_begun(matcher, reading, token, found) &&
                is_continued(matcher, reading, token, found))
                found->clause = clause;
        }
    }
    return PIL_OK;
}

/* Whether any reading of the clause occurs. */
static pil_status clause_occurs(pil_matcher *matcher, const pil_query_plan *plan, size_t number,
                                bool *occurs)
{
    const pil_clause *clause = &matcher->query->clauses[number];
    const pil_clause_readings *asked = &plan->clauses[number];
    pil_status status = PIL_OK;
    *occurs = false;
    for (size_t i = 0; i < asked->n_readings && !*occurs && status == PIL_OK; i++) {
        const pil_reading *reading = &asked->readings[i];
        if (clause->kind == PIL_CLAUSE_NEAR)
            *occurs =
                pil_matcher_is_near(matcher, plan, reading, clause->distance, PIL_MATCHER_NONE);
        else
            status = reach_forward(matcher, reading, false, occurs);
    }
    return status;
}

static pil_status mark_reading(pil_matcher *matcher, const pil_reading *reading, uint32_t clause,
                               bool *occurs)
{
    pil_status status = reach_forward(matcher, reading, true, occurs);
    return status == PIL_OK && *occurs ? mark(matcher, reading, clause) : status;
}

/* The same, and marks every occurrence of every reading. */
static pil_status mark_clause(pil_matcher *matcher, const pil_query_plan *plan, size_t number,
                              bool *occurs)
{
    const pil_clause *clause = &matcher->query->clauses[number];
    const pil_clause_readings *asked = &plan->clauses[number];
    pil_status status = PIL_OK;
    *occurs = false;
    for (size_t i = 0; i < asked->n_readings && status == PIL_OK; i++) {
        bool is_found = false;
        if (clause->kind == PIL_CLAUSE_NEAR)
            is_found = pil_matcher_is_near(matcher, plan, &asked->readings[i], clause->distance,
                                           (uint32_t)number);
        else
            status = mark_reading(matcher, &asked->readings[i], (uint32_t)number, &is_found);
        *occurs |= is_found;
    }
    return status;
}

pil_status pil_matcher_accepts(pil_matcher *matcher, const char *language, const char *text,
                               size_t length, bool *is_accepted, pil_error *err)
{
    const pil_query_plan *plan;
    pil_status status = read_paragraph(matcher, language, text, length, &plan, err);
    if (status != PIL_OK)
        return status;
    const pil_query *query = matcher->query;
    bool accepts = false, is_decided = false;
    for (size_t i = 0; i < query->n_clauses && !is_decided; i++) {
        pil_occur occur = query->clauses[i].occur;
        if (occur == PIL_OCCUR_SHOULD && accepts)
            continue;
        bool occurs;
        if (clause_occurs(matcher, plan, i, &occurs) != PIL_OK)
            return pil_error_no_memory(err);
        is_decided = occurs ? occur == PIL_OCCUR_MUST_NOT : occur == PIL_OCCUR_MUST;
        accepts = !is_decided && (accepts || (occurs && occur != PIL_OCCUR_MUST_NOT));
    }
    *is_accepted = accepts;
    return PIL_OK;
}

/* The marked tokens as ranges. The analyser gives a wider token before those inside it; what the
 * last range covers is left away. */
static pil_status make_ranges(pil_matcher *matcher, pil_match *match)
{
    void *ranges = matcher->ranges;
    if (!pil_matcher_ensure(&ranges, &matcher->ranges_capacity, matcher->n_occurrences,
                            sizeof *matcher->ranges))
        return PIL_NO_MEMORY;
    matcher->ranges = ranges;
    uint32_t end = 0;
    size_t n = 0;
    for (size_t i = 0; i < matcher->n_occurrences; i++) {
        const pil_occurrence *found = &matcher->occurrences[i];
        if (found->clause == PIL_MATCHER_NONE || found->end_byte <= end)
            continue;
        uint32_t begin = found->begin_byte < end ? end : found->begin_byte;
        end = found->end_byte;
        matcher->ranges[n++] = (pil_match_range){.begin = begin, .end = end, .word = found->clause};
    }
    match->ranges = matcher->ranges;
    match->n_ranges = n;
    return PIL_OK;
}

pil_status pil_matcher_run(pil_matcher *matcher, const char *language, const char *text,
                           size_t length, pil_match *match, pil_error *err)
{
    const pil_query_plan *plan;
    pil_status status = read_paragraph(matcher, language, text, length, &plan, err);
    if (status != PIL_OK)
        return status;
    const pil_query *query = matcher->query;
    pil_match result = {.missing = matcher->missing};
    bool is_rejected = false;
    for (size_t i = 0; i < query->n_clauses; i++) {
        pil_occur occur = query->clauses[i].occur;
        bool occurs;
        status = occur == PIL_OCCUR_MUST_NOT ? clause_occurs(matcher, plan, i, &occurs)
                                             : mark_clause(matcher, plan, i, &occurs);
        if (status != PIL_OK)
            return pil_error_no_memory(err);
        if (occurs && occur != PIL_OCCUR_MUST_NOT) {
            result.is_accepted = true;
        } else if (occur != PIL_OCCUR_MUST_NOT) {
            matcher->missing[result.n_missing++] = (uint32_t)i;
        }
        is_rejected |= occurs ? occur == PIL_OCCUR_MUST_NOT : occur == PIL_OCCUR_MUST;
    }
    result.is_accepted &= !is_rejected;
    if (make_ranges(matcher, &result) != PIL_OK)
        return pil_error_no_memory(err);
    *match = result;
    return PIL_OK;
}
