/* What the parts of the matcher share. Private to this folder. */
#ifndef SEARCH_MATCH_INTERNAL_H
#define SEARCH_MATCH_INTERNAL_H

#include "base/arena.h"
#include "base/intern.h"
#include "languages.h"
#include "literal.h"
#include "regex.h"
#include "search/match.h"

/* Languages whose analysis of the query is kept: as many as it is read in. */
enum { PIL_MATCHER_MAX_PLANS = PIL_LANGUAGES_MAX };

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
    uint32_t n_numbers;           /* of terms, and behind them of patterns */
    pil_intern written;           /* what exact clauses compare; gives written_number */
    pil_arena arena;
} pil_query_plan;

/* An alternative that was added. */
typedef struct pil_clause_alternative {
    pil_alternative as;
    size_t clause;
} pil_clause_alternative;

/* A form that a clause stands for. */
typedef struct pil_form_use {
    uint32_t pattern; /* which of the clauses that stand for forms, from 0 */
    uint32_t next;    /* of the same form, or NONE */
} pil_form_use;

/* What a clause is in the text at hand. */
typedef enum pil_truth { PIL_UNKNOWN, PIL_FALSE, PIL_TRUE } pil_truth;

/* A token of the text whose term is in the query, or whose form a pattern stands for. */
typedef struct pil_occurrence {
    uint32_t term_number;
    uint32_t written_number; /* NONE when no exact clause has a word written so */
    uint32_t position, n_positions;
    uint32_t unit;     /* number of the word as it is written, where a compound is one */
    uint32_t sentence; /* its number, when the query asks for sentences */
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
    pil_intern forms;    /* that patterns stand for */
    uint32_t *form_uses; /* form_uses[form number]: the first of its uses */
    size_t form_uses_capacity;
    pil_form_use *uses;
    size_t n_uses, uses_capacity;
    uint32_t n_patterns;  /* clauses that stand for forms */
    pil_regex **regexes;  /* one for each clause; NULL for other kinds */
    bool *given;          /* one for each clause: whether a filter holds */
    bool wants_sentences; /* some clause does */
    pil_literal literal;  /* the whole query, when it is words that can be looked for as typed */
    bool is_limited;
    pil_query_plan plans[PIL_MATCHER_MAX_PLANS];
    size_t n_plans;
    size_t current; /* plan of the last call: paragraphs of one language come in runs */

    /* What the text of the current call has of the query. */
    const char *text;
    size_t text_bytes;
    pil_truth *truths;           /* one for each clause */
    pil_occurrence *occurrences; /* [0..n_occurrences), in the order of the text */
    size_t n_occurrences, occurrences_capacity;
    uint32_t *first; /* first[term_number]: the first occurrence of the term, or NONE */
    size_t first_capacity;
    size_t row_words; /* of 64 bits, for a row of one bit for each position of the text */
    uint64_t *rows;   /* of the reading at hand: see reach_forward and reach_backward */
    size_t rows_capacity;
    pil_term_count *counts; /* counts[term_number]: of the reading at hand, if it is NEAR */
    size_t counts_capacity;

    bool *lacks; /* one for each clause */
    uint32_t *missing;
    pil_match_range *ranges; /* [0..n_ranges): what is found so far */
    size_t n_ranges, ranges_capacity;
};

/* Makes *array hold at least n elements of size bytes; they are not cleared. */
bool pil_matcher_ensure(void **array, size_t *capacity, size_t n, size_t size);

/* The plan for language, made if there is none. PIL_NO_MEMORY, PIL_INTERNAL. */
PIL_NODISCARD pil_status pil_matcher_find_plan(pil_matcher *matcher, const char *language,
                                               const pil_query_plan **out, pil_error *err);
void pil_matcher_forget_plans(pil_matcher *matcher);

/* Reads text[0..length) in language: what it has of the query is then in *matcher. As
 * pil_matcher_run. */
PIL_NODISCARD pil_status pil_matcher_read(pil_matcher *matcher, const char *language,
                                          const char *text, size_t length,
                                          const pil_query_plan **plan, pil_error *err);

/* Whether the words of reading, which is not exact, stand in the text of plan as clause number
 * clause, a NEAR one, wants them. With marks, all that do are marked as matching it. */
bool pil_matcher_is_near(pil_matcher *matcher, const pil_query_plan *plan,
                         const pil_reading *reading, uint32_t clause, bool marks);

/* Whether the clause occurs in the text that was read. With marks, what matches it is kept for the
 * ranges. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_matcher_decide(pil_matcher *matcher, const pil_query_plan *plan,
                                            uint32_t clause, bool marks, bool *occurs,
                                            pil_error *err);

/* Which of the clauses that stand for forms clause number clause is. */
uint32_t pil_matcher_pattern_number(const pil_matcher *matcher, size_t clause);

#endif
