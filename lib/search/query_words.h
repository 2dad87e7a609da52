/* The words of a query that stand by themselves, and so may be counted in titles, near each other
 * and in other paragraphs: no phrases, no patterns, none asked for as written. Private to this
 * folder. */
#ifndef SEARCH_QUERY_WORDS_H
#define SEARCH_QUERY_WORDS_H

#include "base/arena.h"
#include "base/error.h"
#include "search/match.h"
#include "text_terms.h"
#include "xapian_c.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pil_searcher;

/* A term of a reading, and where it stands in it. */
typedef struct pil_word_term {
    uint32_t number;
    uint32_t position, n_positions;
} pil_word_term;

/* A word in one of the ways in which it is found. */
typedef struct pil_word_reading {
    uint32_t clause;
    const pil_word_term *terms; /* [0..n_terms) */
    size_t n_terms;
    uint32_t n_positions; /* of several words, as "European Union" for EU, if above 1 */
    bool is_counted;      /* one word, in any case: what is counted in titles and near others */
    const char *term;     /* the first of them; NUL behind it */
    double weight;        /* what it counts, 1 for the word as typed */
    double idf;    /* inverse document frequency; of one that no text has, as if one had it not */
    bool is_known; /* some text has it */
} pil_word_reading;

/* The words as paragraphs of a language have them. */
typedef struct pil_words_of_language {
    char language[PIL_LANGUAGE_MAX];
    const pil_word_reading *readings; /* [0..n): by clause, what was typed first */
    size_t n;
    const uint32_t *clauses; /* [0..n_clauses): by number of the term, plus 1; 0: no word */
    size_t n_clauses;
} pil_words_of_language;

typedef struct pil_query_words {
    struct pil_searcher *run;
    pil_term_table *table;
    const uint32_t *n_times; /* of each clause: how often the query counts it; 0 for what is
                                excluded */
    xc_stats stats;          /* of the index */
    pil_words_of_language **languages; /* [0..n_languages): those asked for so far */
    size_t n_languages, capacity;
    pil_arena arena;
} pil_query_words;

/* run and table are borrowed. The caller disposes of *out in any case. PIL_CORRUPT, PIL_IO,
 * PIL_NO_MEMORY, as all functions here. */
PIL_NODISCARD pil_status pil_query_words_init(pil_query_words *out, struct pil_searcher *run,
                                              pil_term_table *table, pil_error *err);
void pil_query_words_dispose(pil_query_words *words);

/* Whether the query has such words in any of the languages that it is read in. */
PIL_NODISCARD pil_status pil_query_words_exist(struct pil_searcher *run, bool *out, pil_error *err);

/* The words in language; valid as long as words. */
PIL_NODISCARD pil_status pil_query_words_in(pil_query_words *words, const char *language,
                                            const pil_words_of_language **out, pil_error *err);

/* How often a reading of one word stands in a text. */
uint32_t pil_word_reading_count(const pil_word_reading *reading, const pil_text_terms *text);

/* What the word of that clause counts in the query: for a stop word less, and as often as it is
 * asked for. */
double pil_query_word_weight(const pil_query_words *words, uint32_t clause);

/* The same of a reading of it: by its spelling, too. */
double pil_word_reading_factor(const pil_query_words *words, const pil_word_reading *reading);

/* Goes through the words: of the readings that are counted of the clause at readings[*at], the
 * first that the text has, else the first of all; *n_times is how often. *at, from 0, moves behind
 * the clause; NULL at the end. */
const pil_word_reading *pil_words_next(const pil_words_of_language *in, const pil_text_terms *text,
                                       size_t *at, uint32_t *n_times);

/* Whether a text has all words of a reading, wherever they stand. */
bool pil_word_reading_is_in(const pil_word_reading *reading, const pil_text_terms *text);

#endif
