#include "search/match.h"

#include "base/arena.h"
#include "base/intern.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Languages whose analysis of the query is kept. An index has few; this bounds what one with
 * thousands of made-up language codes can take. */
enum { MAX_PLANS = 32 };

#define NONE UINT32_MAX

typedef struct clause_readings {
    pil_reading *readings;
    size_t n_readings;
} clause_readings;

/* The query in one language. */
typedef struct query_plan {
    const char *language;
    clause_readings *clauses; /* one for each clause of the query */
    pil_intern terms;         /* of all readings; gives term_number */
    pil_arena arena;
} query_plan;

/* Another text for a clause. */
typedef struct alternative {
    const char *text;
    size_t text_bytes;
    size_t clause;
} alternative;

/* A token of the text whose term is in the query. */
typedef struct occurrence {
    uint32_t term_number;
    uint32_t position, n_positions;
    uint32_t begin_byte, end_byte;
    uint32_t next;   /* the next one of this term, or NONE */
    uint32_t clause; /* the first clause it matches, or NONE */
} occurrence;

struct pil_matcher {
    const pil_query *query;
    pil_analyser *analyser;
    alternative *alternatives;
    size_t n_alternatives, alternatives_capacity;
    pil_arena alternative_texts;
    query_plan plans[MAX_PLANS];
    size_t n_plans;
    size_t current; /* plan of the last call: paragraphs of one language come in runs */

    /* What the text of the current call has of the query. */
    occurrence *occurrences; /* [0..n_occurrences), in the order of the text */
    size_t n_occurrences, occurrences_capacity;
    uint32_t *first; /* first[term_number]: the first occurrence of the term, or NONE */
    size_t first_capacity;
    size_t row_words; /* of 64 bits, for a row of one bit for each position of the text */
    uint64_t *rows;   /* of the reading at hand: see reach_forward and reach_backward */
    size_t rows_capacity;

    uint32_t *missing;
    pil_match_range *ranges;
    size_t ranges_capacity;
};

/* Makes *array hold at least n elements of size bytes; they are not cleared. */
static bool ensure(void **array, size_t *capacity, size_t n, size_t size)
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

static void dispose_plan(query_plan *plan)
{
    pil_intern_dispose(&plan->terms);
    pil_arena_dispose(&plan->arena);
    *plan = (query_plan){0};
}

static void forget_plans(pil_matcher *matcher)
{
    for (size_t i = 0; i < matcher->n_plans; i++)
        dispose_plan(&matcher->plans[i]);
    matcher->n_plans = 0;
    matcher->current = 0;
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
    forget_plans(matcher);
    pil_arena_dispose(&matcher->alternative_texts);
    free(matcher->alternatives);
    free(matcher->occurrences);
    free(matcher->first);
    free(matcher->rows);
    free(matcher->missing);
    free(matcher->ranges);
    free(matcher);
}

pil_status pil_matcher_add_alternative(pil_matcher *matcher, size_t clause, const char *text,
                                       size_t length, pil_error *err)
{
    assert(clause < matcher->query->n_clauses);
    const char *copy = pil_arena_copy(&matcher->alternative_texts, text, length);
    void *alternatives = matcher->alternatives;
    if (copy == NULL || !ensure(&alternatives, &matcher->alternatives_capacity,
                                matcher->n_alternatives + 1, sizeof *matcher->alternatives))
        return pil_error_no_memory(err);
    matcher->alternatives = alternatives;
    matcher->alternatives[matcher->n_alternatives++] =
        (alternative){.text = copy, .text_bytes = length, .clause = clause};
    forget_plans(matcher);
    return PIL_OK;
}

/* ---- The query in a language ---- */

/* Copies tokens, which live until the analyser's next run, into the plan as one more reading. The
 * caller has made room for it. */
static pil_status add_reading(query_plan *plan, clause_readings *clause, const pil_token *tokens,
                              size_t n_tokens)
{
    if (n_tokens == 0)
        return PIL_OK;
    pil_reading_token *copy = pil_arena_alloc(&plan->arena, n_tokens * sizeof *copy);
    if (copy == NULL)
        return PIL_NO_MEMORY;
    uint32_t n_positions = 0;
    for (size_t i = 0; i < n_tokens; i++) {
        const pil_token *token = &tokens[i];
        uint32_t number;
        if (pil_intern_add(&plan->terms, token->term, token->term_bytes, &number, NULL) != PIL_OK)
            return PIL_NO_MEMORY;
        copy[i] = (pil_reading_token){.term = plan->terms.entries[number].bytes,
                                      .term_bytes = token->term_bytes,
                                      .term_number = number,
                                      .position = token->position,
                                      .n_positions = token->n_positions,
                                      .kind = token->kind};
        if (token->position + token->n_positions > n_positions)
            n_positions = token->position + token->n_positions;
    }
    clause->readings[clause->n_readings++] =
        (pil_reading){.tokens = copy, .n_tokens = n_tokens, .n_positions = n_positions};
    return PIL_OK;
}

static pil_status read_text(pil_matcher *matcher, query_plan *plan, clause_readings *clause,
                            const char *text, size_t length, pil_error *err)
{
    const pil_token *tokens;
    size_t n_tokens;
    pil_status status =
        pil_analyser_run(matcher->analyser, plan->language, text, length, &tokens, &n_tokens, err);
    if (status != PIL_OK)
        return status;
    status = add_reading(plan, clause, tokens, n_tokens);
    return status == PIL_OK ? PIL_OK : pil_error_no_memory(err);
}

static pil_status read_clause(pil_matcher *matcher, query_plan *plan, size_t number, pil_error *err)
{
    clause_readings *clause = &plan->clauses[number];
    size_t n_readings = 1;
    for (size_t i = 0; i < matcher->n_alternatives; i++)
        n_readings += matcher->alternatives[i].clause == number;
    clause->n_readings = 0;
    clause->readings = pil_arena_alloc(&plan->arena, n_readings * sizeof *clause->readings);
    if (clause->readings == NULL)
        return pil_error_no_memory(err);
    const pil_clause *asked = &matcher->query->clauses[number];
    pil_status status = read_text(matcher, plan, clause, asked->text, asked->text_bytes, err);
    for (size_t i = 0; i < matcher->n_alternatives && status == PIL_OK; i++) {
        const alternative *other = &matcher->alternatives[i];
        if (other->clause == number)
            status = read_text(matcher, plan, clause, other->text, other->text_bytes, err);
    }
    return status;
}

static pil_status make_plan(pil_matcher *matcher, const char *language, query_plan *plan,
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
    if (status != PIL_OK)
        return status;
    void *first = matcher->first;
    if (!ensure(&first, &matcher->first_capacity, plan->terms.n_entries, sizeof *matcher->first))
        return pil_error_no_memory(err);
    matcher->first = first;
    return PIL_OK;
}

/* The plan for language, made if there is none. */
static pil_status find_plan(pil_matcher *matcher, const char *language, const query_plan **out,
                            pil_error *err)
{
    if (matcher->n_plans == 0 || strcmp(matcher->plans[matcher->current].language, language) != 0) {
        size_t at = 0;
        while (at < matcher->n_plans && strcmp(matcher->plans[at].language, language) != 0)
            at++;
        if (at == MAX_PLANS) {
            forget_plans(matcher);
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
    const query_plan *plan;
    pil_status status = find_plan(matcher, language, &plan, err);
    if (status != PIL_OK)
        return status;
    *readings = plan->clauses[clause].readings;
    *n_readings = plan->clauses[clause].n_readings;
    return PIL_OK;
}

/* ---- The text ---- */

static pil_status keep_occurrences(pil_matcher *matcher, const query_plan *plan,
                                   const pil_token *tokens, size_t n_tokens)
{
    matcher->n_occurrences = 0;
    uint32_t n_positions = 0;
    for (size_t i = 0; i < n_tokens; i++) {
        const pil_token *token = &tokens[i];
        uint32_t number = pil_intern_find(&plan->terms, token->term, token->term_bytes);
        if (number == PIL_INTERN_NONE)
            continue;
        void *occurrences = matcher->occurrences;
        if (!ensure(&occurrences, &matcher->occurrences_capacity, matcher->n_occurrences + 1,
                    sizeof *matcher->occurrences))
            return PIL_NO_MEMORY;
        matcher->occurrences = occurrences;
        matcher->occurrences[matcher->n_occurrences++] =
            (occurrence){.term_number = number,
                         .position = token->position,
                         .n_positions = token->n_positions,
                         .begin_byte = (uint32_t)token->begin_byte,
                         .end_byte = (uint32_t)token->end_byte,
                         .next = NONE,
                         .clause = NONE};
        if (token->position + token->n_positions > n_positions)
            n_positions = token->position + token->n_positions;
    }
    matcher->row_words = n_positions / 64 + 1;
    return PIL_OK;
}

static pil_status read_paragraph(pil_matcher *matcher, const char *language, const char *text,
                                 size_t length, const query_plan **plan, pil_error *err)
{
    if (length > UINT32_MAX)
        return pil_error_set(err, PIL_INVALID_ARGUMENT, "a paragraph of %zu bytes is too long",
                             length);
    pil_status status = find_plan(matcher, language, plan, err);
    const pil_token *tokens = NULL;
    size_t n_tokens = 0;
    if (status == PIL_OK)
        status =
            pil_analyser_run(matcher->analyser, language, text, length, &tokens, &n_tokens, err);
    if (status != PIL_OK)
        return status;
    if (keep_occurrences(matcher, *plan, tokens, n_tokens) != PIL_OK)
        return pil_error_no_memory(err);
    for (uint32_t i = 0; i < (*plan)->terms.n_entries; i++)
        matcher->first[i] = NONE;
    for (size_t i = matcher->n_occurrences; i-- > 0;) {
        occurrence *found = &matcher->occurrences[i];
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
    if (!ensure(&rows, &matcher->rows_capacity, (first_row + n_rows) * matcher->row_words,
                sizeof *matcher->rows))
        return false;
    matcher->rows = rows;
    memset(matcher->rows + first_row * matcher->row_words, 0,
           n_rows * matcher->row_words * sizeof *matcher->rows);
    return true;
}

/* Whether the reading up to token occurs in the text right before found. */
static bool is_begun(const pil_matcher *matcher, const pil_reading_token *token,
                     const occurrence *found)
{
    return token->position == 0 || get_bit(matcher, token->position, found->position);
}

/* Whether the rest of the reading behind token occurs in the text right behind found. */
static bool is_continued(const pil_matcher *matcher, const pil_reading *reading,
                         const pil_reading_token *token, const occurrence *found)
{
    uint32_t position = token->position + token->n_positions;
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
        for (uint32_t at = matcher->first[token->term_number]; at != NONE;
             at = matcher->occurrences[at].next) {
            const occurrence *found = &matcher->occurrences[at];
            if (!is_begun(matcher, token, found))
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
        for (uint32_t at = matcher->first[token->term_number]; at != NONE;
             at = matcher->occurrences[at].next) {
            const occurrence *found = &matcher->occurrences[at];
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
        for (uint32_t at = matcher->first[token->term_number]; at != NONE;
             at = matcher->occurrences[at].next) {
            occurrence *found = &matcher->occurrences[at];
            if (found->clause == NONE && is_begun(matcher, token, found) &&
                is_continued(matcher, reading, token, found))
                found->clause = clause;
        }
    }
    return PIL_OK;
}

/* Whether any reading of the clause occurs. */
static pil_status clause_occurs(pil_matcher *matcher, const query_plan *plan, size_t clause,
                                bool *occurs)
{
    const clause_readings *asked = &plan->clauses[clause];
    pil_status status = PIL_OK;
    *occurs = false;
    for (size_t i = 0; i < asked->n_readings && !*occurs && status == PIL_OK; i++)
        status = reach_forward(matcher, &asked->readings[i], false, occurs);
    return status;
}

/* The same, and marks every occurrence of every reading. */
static pil_status mark_clause(pil_matcher *matcher, const query_plan *plan, size_t clause,
                              bool *occurs)
{
    const clause_readings *asked = &plan->clauses[clause];
    pil_status status = PIL_OK;
    *occurs = false;
    for (size_t i = 0; i < asked->n_readings && status == PIL_OK; i++) {
        bool is_found;
        status = reach_forward(matcher, &asked->readings[i], true, &is_found);
        if (status == PIL_OK && is_found) {
            *occurs = true;
            status = mark(matcher, &asked->readings[i], (uint32_t)clause);
        }
    }
    return status;
}

pil_status pil_matcher_accepts(pil_matcher *matcher, const char *language, const char *text,
                               size_t length, bool *is_accepted, pil_error *err)
{
    const query_plan *plan;
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
    if (!ensure(&ranges, &matcher->ranges_capacity, matcher->n_occurrences,
                sizeof *matcher->ranges))
        return PIL_NO_MEMORY;
    matcher->ranges = ranges;
    uint32_t end = 0;
    size_t n = 0;
    for (size_t i = 0; i < matcher->n_occurrences; i++) {
        const occurrence *found = &matcher->occurrences[i];
        if (found->clause == NONE || found->end_byte <= end)
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
    const query_plan *plan;
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
