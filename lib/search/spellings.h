/* Spelling variants in a search: who asks for "defence" is also shown "defense". */
#ifndef SEARCH_SPELLINGS_H
#define SEARCH_SPELLINGS_H

#include "base/error.h"
#include "index/snapshot.h"
#include "search/match.h"
#include "search/query.h"
#include "text/analyser.h"
#include "variants.h"

/* What another spelling counts beside that of the query. */
#define PIL_SPELLING_WEIGHT 0.8

/* The other spellings of the folded word form[0..length), in a language that has such (English, or
 * unknown, ""): those that the index has as a word, in this form or another. Writes up to
 * PIL_VARIANTS_MAX of them. The statuses are those of reading an index. */
PIL_NODISCARD pil_status pil_spellings_of(pil_snapshot *snapshot, const char *form, size_t length,
                                          const char *language,
                                          pil_variant spellings[PIL_VARIANTS_MAX], size_t *n,
                                          pil_error *err);

/* Adds alternatives to matcher for the clauses of query, as read in language: each with its words
 * in their other spellings, for at most three words of a phrase. Exclusions and what is wanted as
 * written stay as they are. As above. */
PIL_NODISCARD pil_status pil_spellings_add(pil_snapshot *snapshot, const pil_query *query,
                                           pil_analyser *analyser, const char *language,
                                           pil_matcher *matcher, pil_error *err);

#endif
