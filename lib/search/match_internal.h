/* What the parts of the matcher share. Private to this folder. */
#ifndef SEARCH_MATCH_INTERNAL_H
#define SEARCH_MATCH_INTERNAL_H

#include "base/arena.h"
#include "base/intern.h"
#include "search/match.h"

/* Languages whose analysis of the query is kept. An index has few; this bounds what one with
 * thousands of made-up language codes can take. */
enum { PIL_MATCHER_MAX_PLANS = 32 };

#define PIL_MATCHER_NONE UINT32_MAX

typedef struct pil_clause_readings {
    pil_reading *readings;
    size_t n_readings;
} pil_clause_readings;

/* The query in one language. */
typedef struct pil_query_plan {
    const char *language;
    pil_clause_readings *clauses; /* one for each clause of the query */
    pil_intern terms;             /* of all readings; gives term_number */
    pil_intern written;           /* what exact clauses compare; gives written_number */
    pil_arena arena;
} pil_query_plan;

/* An alternative that was added. */
typedef struct pil_clause_alternative {
    pil_alternative as;
    size_t clause;
} pil_clause_alternative;

/* A token of the text whose term is in the query. */
typedef struct pil_occurrence {
    uint32_t term_number;
    uint32_t written_number; /* NONE when no exact clause has a word written so */
    uint32_t position, n_positions;
    uint32_t unit; /* number of the word as it is written, where a compound is one */
    uint32_t begin_byte, end_byte;
    uint32_t next;   /* the next one of this term, or NONE */
    uint32_t clause; /* the first clause it matches, or NONE */
} pil_occurrence;

/* How often a NEAR clause has a term, and how often the stretch of text that is looked at has it.
 */
typedef struct pil_term_count {
    uint32_t n_wanted, n_found;
} pil_term_count;

struct pil_matcher {
    const pil_query *query;
    pil_analyser *analyser;
    pil_clause_alternative *alternatives;
    size_t n_alternatives, alternatives_capacity;
    pil_arena alternative_texts;
    pil_query_plan plans[PIL_MATCHER_MAX_PLANS];
    size_t n_plans;
    size_t current; /* plan of the last call: paragraphs of one language come in runs */

    /* What the text of the current call has of the query. */
    pil_occurrence *occurrences; /* [0..n_occurrences), in the order of the text */
    size_t n_occurrences, occurrences_capacity;
    uint32_t *first; /* first[term_number]: the first occurrence of the term, or NONE */
    size_t first_capacity;
    size_t row_words; /* of 64 bits, for a row of one bit for each position of the text */
    uint64_t *rows;   /* of the reading at hand: see reach_forward and reach_backward */
    size_t rows_capacity;
    pil_term_count *counts; /* counts[term_number]: of the reading at hand, if it is NEAR */
    size_t counts_capacity;

    uint32_t *missing;
    pil_match_range *ranges;
    size_t ranges_capacity;
};

/* Makes *array hold at least n elements of size bytes; they are not cleared. */
bool pil_matcher_ensure(void **array, size_t *capacity, size_t n, size_t size);

/* The plan for language, made if there is none. PIL_NO_MEMORY, PIL_INTERNAL. */
PIL_NODISCARD pil_status pil_matcher_find_plan(pil_matcher *matcher, const char *language,
                                               const pil_query_plan **out, pil_error *err);
void pil_matcher_forget_plans(pil_matcher *matcher);

/* Whether the words of reading, which is not exact, stand in the text of plan in any order, at most
 * distance others between the first and the last of them. With a clause other than NONE, all that
 * do are marked as matching it. */
bool pil_matcher_is_near(pil_matcher *matcher, const pil_query_plan *plan,
                         const pil_reading *reading, uint32_t distance, uint32_t clause);

#endif
