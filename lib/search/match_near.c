#include "match_internal.h"

#include <string.h>

/* A stretch of the text, which moves over it once: occurrences [begin, end). */
typedef struct stretch {
    size_t begin, end;
    size_t n_lacking; /* words of the reading that it does not have */
} stretch;

static void add_last(pil_matcher *matcher, stretch *at)
{
    pil_term_count *count = &matcher->counts[matcher->occurrences[at->end++].term_number];
    if (count->n_found++ < count->n_wanted)
        at->n_lacking--;
}

static void drop_first(pil_matcher *matcher, stretch *at)
{
    pil_term_count *count = &matcher->counts[matcher->occurrences[at->begin++].term_number];
    if (--count->n_found < count->n_wanted)
        at->n_lacking++;
}

/* Marks what the stretch has of the reading, from occurrence `from` on: whatever of it is chosen
 * for a word, the others are as near. */
static void mark(pil_matcher *matcher, const stretch *at, size_t from, uint32_t clause)
{
    for (size_t i = from < at->begin ? at->begin : from; i < at->end; i++) {
        pil_occurrence *found = &matcher->occurrences[i];
        if (found->clause == PIL_MATCHER_NONE && matcher->counts[found->term_number].n_wanted > 0)
            found->clause = clause;
    }
}

static bool is_too_far(const pil_clause *asked, const pil_occurrence *first,
                       const pil_occurrence *last, size_t n_words)
{
    return last->unit - first->unit > (uint64_t)asked->distance + n_words - 1 ||
           (asked->in_sentence && first->sentence != last->sentence);
}

/* One way through the reading, whose terms are counted as wanted: n_words of them. */
static bool stands_near(pil_matcher *matcher, size_t n_words, uint32_t clause, bool marks)
{
    const pil_clause *asked = &matcher->query->clauses[clause];
    stretch at = {.n_lacking = n_words};
    size_t marked_to = 0;
    bool is_found = false;
    while (at.end < matcher->n_occurrences) {
        const pil_occurrence *last = &matcher->occurrences[at.end];
        add_last(matcher, &at);
        while (is_too_far(asked, &matcher->occurrences[at.begin], last, n_words))
            drop_first(matcher, &at);
        if (at.n_lacking > 0)
            continue;
        is_found = true;
        if (!marks)
            break;
        mark(matcher, &at, marked_to, clause);
        marked_to = at.end;
    }
    return is_found;
}

/* The words of the way that takes the widest or narrowest tokens. */
static size_t count_wanted(pil_matcher *matcher, const pil_query_plan *plan,
                           const pil_reading *reading, bool widest)
{
    size_t n = 0;
    if (plan->n_numbers > 0)
        memset(matcher->counts, 0, plan->n_numbers * sizeof *matcher->counts);
    for (size_t i = 0; i < reading->n_tokens; i++) {
        const pil_reading_token *token = &reading->tokens[i];
        if (widest ? token->is_widest : token->is_narrowest) {
            matcher->counts[token->term_number].n_wanted++;
            n++;
        }
    }
    return n;
}

bool pil_matcher_is_near(pil_matcher *matcher, const pil_query_plan *plan,
                         const pil_reading *reading, uint32_t clause, bool marks)
{
    size_t n_widest = count_wanted(matcher, plan, reading, true);
    bool is_near = stands_near(matcher, n_widest, clause, marks);
    if (n_widest == reading->n_tokens || (is_near && !marks))
        return is_near;
    size_t n_narrowest = count_wanted(matcher, plan, reading, false);
    return stands_near(matcher, n_narrowest, clause, marks) || is_near;
}
