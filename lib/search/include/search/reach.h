/* What the words of a query match in an index: their forms, and what else they are found as. */
#ifndef SEARCH_REACH_H
#define SEARCH_REACH_H

#include "base/arena.h"
#include "base/error.h"
#include "index/snapshot.h"
#include "search/match.h"
#include "search/query.h"
#include "search/searcher.h"
#include "text/analyser.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct pil_reached {
    uint32_t word;             /* the number of the query's clause */
    bool is_form;              /* a word of the lexicon that has the clause's stem */
    pil_alternative_kind kind; /* of others */
    const char *text;          /* folded, when a form */
    const char *language;      /* of forms: code, "" when it is not known; else NULL */
    const char *stem;          /* of forms; else NULL */
    double weight;             /* what it counts in the ranking, at most; 1 for forms */
    uint64_t n_paragraphs;     /* that have it; of forms, with those that were replaced since */
} pil_reached;

/* Strings are in the arena and have a NUL behind. */
typedef struct pil_reach {
    const char **words; /* [0..n_words): the clauses as typed */
    size_t n_words;
    pil_reached *items; /* [0..n_items): by clause, its forms first: by language, the most frequent
                           first */
    size_t n_items;
    pil_arena arena;
} pil_reach;

/* Finds what query reaches in snapshot when it is searched with options. Goes through the whole
 * lexicon, and searches for each alternative. The caller frees *out. The statuses of pil_search. */
PIL_NODISCARD pil_status pil_reach_find(pil_snapshot *snapshot, const pil_query *query,
                                        pil_analyser *analyser, const pil_search_options *options,
                                        pil_reach **out, pil_error *err);
void pil_reach_free(pil_reach *reach);

#endif
