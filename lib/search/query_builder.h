/* Makes a query of what the parser reads: clauses, each once, within the limits, and the notes on
 * what was left out. Private to this folder. */
#ifndef SEARCH_QUERY_BUILDER_H
#define SEARCH_QUERY_BUILDER_H

#include "base/buffer.h"
#include "base/intern.h"
#include "query_scanner.h"
#include "search/query.h"

/* What there can be a note on. It is told once, however often it happens. */
typedef enum pil_remark {
    PIL_REMARK_UNBALANCED,     /* a quote that nothing closes */
    PIL_REMARK_OPEN,           /* a parenthesis that nothing closes */
    PIL_REMARK_WITHOUT_WORD,   /* there is no word in it */
    PIL_REMARK_NO_OPERATOR,    /* it looks like one but stands where none can */
    PIL_REMARK_CONTRADICTED,   /* both wanted and excluded */
    PIL_REMARK_ONLY_REGEX,     /* nothing but regular expressions is wanted */
    PIL_REMARK_TOO_DEEP,       /* parentheses beyond PIL_QUERY_MAX_DEPTH */
    PIL_REMARK_TOO_LONG,       /* words beyond PIL_QUERY_MAX_WORDS */
    PIL_REMARK_TOO_MANY_PARTS, /* parts beyond PIL_QUERY_MAX_PARTS */
    PIL_N_REMARKS
} pil_remark;

typedef struct pil_query_builder {
    pil_query *query;
    pil_analyser *analyser;
    size_t clauses_capacity, filters_capacity, tree_filters_capacity;
    uint32_t n_words; /* of all clauses */
    pil_intern seen;  /* clauses by what they mean; an entry's number is the clause's */
    pil_buffer key;
    struct {
        pil_slice first; /* what it was on, the first time */
        size_t n;
    } remarks[PIL_N_REMARKS];
} pil_query_builder;

/* Its words. */
typedef struct pil_word_list {
    const pil_token *tokens; /* until the analyser's next run */
    size_t n_tokens;
    uint32_t n_positions;
} pil_word_list;

/* A clause as it was read. */
typedef struct pil_read_clause {
    pil_slice text;
    const char *pattern; /* as in pil_clause, in the query's arena */
    uint32_t distance, filter;
    pil_clause_kind kind;
    bool is_exact, in_sentence, ignores_case;
    bool excludes; /* when it is too long it is dropped: cut it would exclude more than was asked */
} pil_read_clause;

PIL_NODISCARD pil_status pil_builder_init(pil_query_builder *builder, pil_analyser *analyser,
                                          pil_error *err);
/* Frees all, the query included unless it was taken (set to NULL). */
void pil_builder_dispose(pil_query_builder *builder);

void pil_builder_remark(pil_query_builder *builder, pil_remark remark, pil_slice text);
/* Writes the notes of all remarks into the query. */
PIL_NODISCARD pil_status pil_builder_finish_notes(pil_query_builder *builder, pil_error *err);

/* The words of text in no language in particular: enough to count and to compare them. */
PIL_NODISCARD pil_status pil_builder_analyse(const pil_query_builder *builder, pil_slice text,
                                             pil_word_list *out, pil_error *err);

/* What pil_builder_add came to. */
typedef enum pil_added { PIL_ADDED, PIL_NOT_ADDED, PIL_ADDED_UP_TO_THE_LIMIT } pil_added;

/* Adds the clause or finds the one that is the same: *number. PIL_NOT_ADDED when there is no word
 * in it, or no room for one; PIL_ADDED_UP_TO_THE_LIMIT when it was cut. A clause that is too long
 * is cut rather than dropped, so that a pasted paragraph in quotes still finds its source. */
PIL_NODISCARD pil_status pil_builder_add(pil_query_builder *builder, const pil_read_clause *clause,
                                         uint32_t *number, pil_added *added, pil_error *err);

/* Adds a filter on all hits, or one of the tree and its *number. */
PIL_NODISCARD pil_status pil_builder_add_filter(pil_query_builder *builder,
                                                const pil_filter *filter, pil_error *err);
PIL_NODISCARD pil_status pil_builder_add_tree_filter(pil_query_builder *builder,
                                                     const pil_filter *filter, uint32_t *number,
                                                     pil_error *err);

#endif
