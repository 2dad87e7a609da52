/* The words of an index that the PATTERN and FUZZY clauses of a query stand for. Private to this
 * folder. */
#ifndef SEARCH_EXPANSION_H
#define SEARCH_EXPANSION_H

#include "base/arena.h"
#include "index/snapshot.h"
#include "search/match.h"
#include "search/query.h"

/* How many words all clauses of a query can stand for: each may have its share, the best of those
 * that it finds. It bounds what a query can cost. */
enum { PIL_EXPANSION_MAX_FORMS = 2048 };

typedef struct pil_expanded_form {
    const char *form, *stem; /* NUL behind each */
    uint64_t n_paragraphs;   /* that have the form, in all segments and languages */
    uint32_t distance;       /* of FUZZY: how many slips away */
} pil_expanded_form;

typedef struct pil_clause_forms {
    pil_expanded_form *items; /* [0..n), the nearest first, then the most frequent; a form with
                                 several stems stands once for each */
    size_t n;
    bool is_cut;     /* there are more words */
    bool is_decided; /* a paragraph that has a stem of these has one of these forms: coverage.h;
                        false when that was not asked */
} pil_clause_forms;

typedef struct pil_expansions {
    pil_clause_forms *clauses; /* one for each clause of the query; empty for other kinds */
    pil_arena arena;
} pil_expansions;

/* Goes through the lexicon: the words that begin as the pattern does, or all. Tells the matcher the
 * forms. The caller disposes of *out. Words of which all paragraphs were replaced are among them
 * until their segment is merged. PIL_CORRUPT, PIL_IO, PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_expansions_make(pil_expansions *out, pil_snapshot *snapshot,
                                             const pil_query *query, pil_matcher *matcher,
                                             pil_error *err);
void pil_expansions_dispose(pil_expansions *expansions);

#endif
