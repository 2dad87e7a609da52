/* Does this paragraph match the query, where, and what does it lack? Decided on the text itself,
 * with the analysis that made the index.
 *
 * A clause is analysed in the paragraph's language into a reading: a lattice of tokens, where a
 * compound is one token or its parts (text/analyser.h). It occurs where a way through the reading
 * and a way through the text's tokens have the same terms, one behind the other. So
 * "Euro-Atlantic", "EuroAtlantic" and "Euro Atlantic" find each other. Of an exact clause the
 * tokens must also have the same bytes; of a NEAR clause they may stand apart and in any order.
 * A word that stands for many occurs where one of their forms does; a regular expression, where it
 * finds something in the text as it is stored. Whether a filter holds is told from outside. */
#ifndef SEARCH_MATCH_H
#define SEARCH_MATCH_H

#include "base/error.h"
#include "search/hit.h"
#include "search/query.h"
#include "text/analyser.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct pil_reading_token {
    const char *term; /* NUL behind it */
    uint32_t term_bytes;
    uint32_t term_number;    /* the same for the same term in all readings of a language, from 0 */
    uint32_t position;       /* in the reading, from 0 */
    uint32_t n_positions;    /* how many it takes, at least 1 */
    uint32_t written_number; /* in exact clauses: the same for the same bytes as typed, from 0 */
    pil_token_kind kind;
    bool is_widest;    /* on the way that takes the widest token each time */
    bool is_narrowest; /* on the one that takes the narrowest */
} pil_reading_token;

/* One way to read a clause. */
typedef struct pil_reading {
    const pil_reading_token *tokens; /* [0..n_tokens), in order of position; at least one */
    size_t n_tokens;
    uint32_t n_positions; /* the end of its last token: how many words it has when split */
    bool is_exact;        /* only its widest tokens count, and only written as they are here */
    double weight;        /* what it counts in the ranking: 1 for the clause as typed */
} pil_reading;

typedef struct pil_match {
    bool is_accepted;        /* it has the root of the tree */
    const uint32_t *missing; /* [0..n_missing): numbers of the clauses that it lacks of those that
                                are wanted: of a group written with OR, none when it has one of its
                                parts; filters are not among them */
    size_t n_missing;
    const pil_match_range
        *ranges; /* [0..n_ranges): the tokens, and what regular expressions find, of clauses that
                    are wanted, in order and not overlapping; of a phrase or NEAR clause only those
                    in a whole occurrence of it. Where tokens overlap, the widest stands; where
                    clauses share one, the first; words of a clause that touch are one. */
    size_t n_ranges;
} pil_match;

typedef enum pil_alternative_kind {
    PIL_ALTERNATIVE_COMPOUND, /* joined or apart */
    PIL_ALTERNATIVE_SPELLING,
    PIL_ALTERNATIVE_SYNONYM,
    PIL_ALTERNATIVE_ACRONYM
} pil_alternative_kind;

/* What a clause is found as, too. */
typedef struct pil_alternative {
    const char *text; /* its words, one behind the other; NUL behind it where it was copied */
    size_t text_bytes;
    pil_alternative_kind kind;
    double weight;        /* above 0 and at most 1: what it counts beside what was typed */
    const char *language; /* of the paragraphs where it counts, or NULL: of all */
    bool is_exact;        /* only as written, byte for byte */
} pil_alternative;

/* Not shareable between threads: one per thread, as is its analyser. */
typedef struct pil_matcher pil_matcher;

/* A matcher for query. Both query and analyser are borrowed and must outlive it; the analyser may
 * be used for other work between calls. The caller frees *out. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_matcher_new(const pil_query *query, pil_analyser *analyser,
                                         pil_matcher **out, pil_error *err);
void pil_matcher_free(pil_matcher *matcher);

/* Lets clause number clause also be found as alternative, whose strings are copied. Readings got
 * before are no longer valid. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_matcher_add_alternative(pil_matcher *matcher, size_t clause,
                                                     const pil_alternative *alternative,
                                                     pil_error *err);

/* Alternative number number, from 0, of clause number clause, in the order in which they were
 * added; valid until the next one is added. NULL behind the last. */
const pil_alternative *pil_matcher_alternative(const pil_matcher *matcher, size_t clause,
                                               size_t number);

/* Adds a form of the lexicon to those that clause number clause, a PATTERN or FUZZY one, stands
 * for. form has a NUL behind. Only these are found. One clause after another; a form may be
 * repeated. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_matcher_add_form(pil_matcher *matcher, size_t clause, const char *form,
                                              pil_error *err);

/* Tells whether clause number clause, a FILTER one, holds for the texts that are matched from now
 * on. At first none holds. */
void pil_matcher_give(pil_matcher *matcher, size_t clause, bool holds);

/* Whether a regular expression reached its limits on some text, which then counted as one without
 * it. */
bool pil_matcher_is_limited(const pil_matcher *matcher);

/* The readings of clause number clause in language (as for pil_analyser_run): its own first, then
 * the alternatives; one in which that language has no word is left out, so there may be none.
 * Clauses that are not made of words have none. They are valid until the next call that adds an
 * alternative or names another language. PIL_NO_MEMORY, PIL_INTERNAL. */
PIL_NODISCARD pil_status pil_matcher_readings(pil_matcher *matcher, const char *language,
                                              size_t clause, const pil_reading **readings,
                                              size_t *n_readings, pil_error *err);

/* Matches the paragraph text[0..length) in language. What *match points to is valid until the
 * next call on this matcher. The time is that of the analysis, and at most the tokens of the
 * query times those of the text. PIL_NO_MEMORY, PIL_INTERNAL; PIL_INVALID_ARGUMENT for a text of
 * 4 GiB or more. */
PIL_NODISCARD pil_status pil_matcher_run(pil_matcher *matcher, const char *language,
                                         const char *text, size_t length, pil_match *match,
                                         pil_error *err);

/* The same, but tells only what match.is_accepted would be, and stops when that is known. */
PIL_NODISCARD pil_status pil_matcher_accepts(pil_matcher *matcher, const char *language,
                                             const char *text, size_t length, bool *is_accepted,
                                             pil_error *err);

#endif
