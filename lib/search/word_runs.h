/* The words of a query that may stand for something together: those of a clause, and those of
 * clauses side by side, as in: European Union. */
#ifndef SEARCH_WORD_RUNS_H
#define SEARCH_WORD_RUNS_H

#include "base/buffer.h"
#include "base/error.h"
#include "search/query.h"
#include "text/analyser.h"

/* Words of a run, at most. */
enum { PIL_WORD_RUN_MAX = 12 };

/* Clauses [first, first + n) of a query, as a key. */
typedef struct pil_word_run {
    size_t first, n;
    const char *key; /* the folded words with single spaces between them; NUL behind it */
    size_t key_bytes;
} pil_word_run;

/* What it returns but PIL_OK ends the walk. */
typedef pil_status (*pil_word_run_callback)(void *context, const pil_word_run *run, pil_error *err);

/* Appends the key of text[0..length) to out: the words that it has when compounds are apart, folded
 * as in no language in particular. *n_words is how many. PIL_NO_MEMORY, PIL_INTERNAL. */
PIL_NODISCARD pil_status pil_word_run_key(const char *text, size_t length, pil_analyser *analyser,
                                          pil_buffer *out, size_t *n_words, pil_error *err);

/* Calls callback for each clause of query that is a word or a phrase, and for each run of words
 * side by side that occur alike. Neither exclusions nor what is wanted as written are among them.
 * PIL_NO_MEMORY, PIL_INTERNAL, or what callback returned. */
PIL_NODISCARD pil_status pil_word_runs_each(const pil_query *query, pil_analyser *analyser,
                                            pil_word_run_callback callback, void *context,
                                            pil_error *err);

#endif
