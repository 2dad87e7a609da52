/* Does a clause occur in the text that was read, and where?
 *
 * A state is a position of the reading and one of the text, so there are at most their product of
 * them, whatever the lattices: each is reached or not, however many ways lead there. A row holds
 * one bit for each position of the text. Rows [0, n) are for reach_forward, rows [n, 2n) for
 * reach_backward, n being the positions of the reading. */
#include "match_internal.h"

#include <string.h>

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

/* Whether any reading of the clause occurs; with marks all of them are looked for. */
static pil_status decide_words(pil_matcher *matcher, const pil_query_plan *plan, uint32_t number,
                               bool marks, bool *occurs)
{
    const pil_clause *clause = &matcher->query->clauses[number];
    const pil_clause_readings *asked = &plan->clauses[number];
    pil_status status = PIL_OK;
    for (size_t i = 0; i < asked->n_readings && (marks || !*occurs) && status == PIL_OK; i++) {
        const pil_reading *reading = &asked->readings[i];
        bool is_found = false;
        if (clause->kind == PIL_CLAUSE_NEAR)
            is_found = pil_matcher_is_near(matcher, plan, reading, number, marks);
        else
            status = reach_forward(matcher, reading, marks, &is_found);
        if (marks && is_found && status == PIL_OK && clause->kind != PIL_CLAUSE_NEAR)
            status = mark(matcher, reading, number);
        *occurs |= is_found;
    }
    return status;
}

static pil_status keep_range(pil_matcher *matcher, size_t begin, size_t end, uint32_t clause)
{
    void *ranges = matcher->ranges;
    if (!pil_matcher_ensure(&ranges, &matcher->ranges_capacity, matcher->n_ranges + 1,
                            sizeof *matcher->ranges))
        return PIL_NO_MEMORY;
    matcher->ranges = ranges;
    matcher->ranges[matcher->n_ranges++] =
        (pil_match_range){.begin = (uint32_t)begin, .end = (uint32_t)end, .word = clause};
    return PIL_OK;
}

static pil_status decide_regex(pil_matcher *matcher, uint32_t clause, bool marks, bool *occurs,
                               pil_error *err)
{
    size_t begin, end = 0;
    bool is_found = true, is_limited;
    while (is_found && (marks || !*occurs)) {
        pil_status status =
            pil_regex_find(matcher->regexes[clause], matcher->text, matcher->text_bytes, end,
                           &is_found, &begin, &end, &is_limited, err);
        if (status != PIL_OK)
            return status;
        matcher->is_limited |= is_limited;
        *occurs |= is_found;
        if (is_found && marks && keep_range(matcher, begin, end, clause) != PIL_OK)
            return pil_error_no_memory(err);
    }
    return PIL_OK;
}

pil_status pil_matcher_decide(pil_matcher *matcher, const pil_query_plan *plan, uint32_t clause,
                              bool marks, bool *occurs, pil_error *err)
{
    *occurs = false;
    switch (matcher->query->clauses[clause].kind) {
    case PIL_CLAUSE_FILTER:
        *occurs = matcher->given[clause];
        return PIL_OK;
    case PIL_CLAUSE_REGEX:
        return decide_regex(matcher, clause, marks, occurs, err);
    default:
        return decide_words(matcher, plan, clause, marks, occurs) == PIL_OK
                   ? PIL_OK
                   : pil_error_no_memory(err);
    }
}
