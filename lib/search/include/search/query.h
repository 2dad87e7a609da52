/* What the user asks for: a query string read into clauses. docs/query-language.md describes the
 * language for users.
 *
 * The clauses say what was typed, not what is looked up: words become terms in the language of
 * each paragraph, which is the matcher's work (search/match.h). */
#ifndef SEARCH_QUERY_H
#define SEARCH_QUERY_H

#include "base/arena.h"
#include "base/error.h"
#include "search/filter.h"
#include "text/analyser.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A longer query is refused: nobody types one, and a file passed by mistake should say so. */
enum { PIL_QUERY_MAX_BYTES = 64 * 1024 };
/* Words beyond this are not looked up. It bounds what one query can cost: the work for a paragraph
 * is at most the words of the query times those of the paragraph. A long sentence has 60. */
enum { PIL_QUERY_MAX_WORDS = 128 };

typedef enum pil_occur {
    PIL_OCCUR_SHOULD,  /* a paragraph that has it is better: word */
    PIL_OCCUR_MUST,    /* a paragraph without it is no hit: +word */
    PIL_OCCUR_MUST_NOT /* a paragraph with it is no hit: -word */
} pil_occur;

typedef enum pil_clause_kind {
    PIL_CLAUSE_WORD,   /* what white space or quotes set off; analysis may find several words in
                          it, as in "Euro-Atlantic", which must then stand together */
    PIL_CLAUSE_PHRASE, /* what stood in quotes: its words one after another; never SHOULD */
    PIL_CLAUSE_NEAR    /* words with at most so many others between them; never SHOULD */
} pil_clause_kind;

typedef struct pil_clause {
    const char *text; /* the words as typed, without signs; NUL behind it; any bytes */
    size_t text_bytes;
    uint32_t n_words;  /* at least 1; more for phrases and compounds */
    uint32_t n_times;  /* how often the query has it, at least 1 */
    uint32_t distance; /* of a NEAR clause: how many other words may be between the first and the
                          last of its words */
    pil_occur occur;
    pil_clause_kind kind;
    bool is_exact; /* of words and phrases: only as written here, byte for byte */
} pil_clause;

/* Read the members; only pil_query_require_all changes them. A clause's number is its index;
 * pil_match_range.word and the lists of missing words use it. */
typedef struct pil_query {
    pil_clause *clauses; /* [0..n_clauses), in the order typed, each once, one not MUST_NOT */
    size_t n_clauses;
    pil_filter *filters; /* [0..n_filters): of several with one field any is enough, but none that
                            excludes may hold */
    size_t n_filters;
    const char **notes; /* [0..n_notes): what the user should know of how it was read, a sentence
                           each. They quote the query as valid UTF-8, but a control character in
                           it is there still: print them as any foreign text. */
    size_t n_notes;
    bool is_truncated; /* words were left out at PIL_QUERY_MAX_WORDS */
    pil_arena arena;   /* holds all of the above */
} pil_query;

/* Reads text[0..length), which need not be valid UTF-8. analyser tells what is a word and which
 * words are the same; it is not kept. The caller frees *out.
 * PIL_BAD_QUERY with a message for the user: no word in it, only exclusions, a filter that cannot
 * be understood, or too long.
 * PIL_NO_MEMORY; PIL_INTERNAL from the analyser. Time is linear in length. */
PIL_NODISCARD pil_status pil_query_parse(const char *text, size_t length, pil_analyser *analyser,
                                         pil_query **out, pil_error *err);
void pil_query_free(pil_query *query);

/* Makes every clause that should occur one that must. */
void pil_query_require_all(pil_query *query);

#endif
