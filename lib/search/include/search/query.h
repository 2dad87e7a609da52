/* What the user asks for: a query string read into a tree. docs/query-language.md describes the
 * language for users.
 *
 * The leaves of the tree are clauses: words, phrases, patterns. They say what was typed, not what
 * is looked up: words become terms in the language of each paragraph, which is the matcher's work
 * (search/match.h). */
#ifndef SEARCH_QUERY_H
#define SEARCH_QUERY_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "search/filter.h"
#include "text/analyser.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A longer query is refused: nobody types one, and a file passed by mistake should say so. */
enum { PIL_QUERY_MAX_BYTES = 2 * 1024 * 1024 };
/* Words beyond this are not looked up. It bounds what one query can cost: the work for a paragraph
 * is at most the words of the query times those of the paragraph. A long sentence has 60. */
enum { PIL_QUERY_MAX_WORDS = 128 };
/* What stands between blanks or in parentheses, each as often as it does, and groups of it. */
enum { PIL_QUERY_MAX_PARTS = 512 };
/* Parentheses within each other; those further inside are ignored. */
enum { PIL_QUERY_MAX_DEPTH = 32 };
/* Of a word with ~. */
enum { PIL_QUERY_MAX_EDITS = 2 };

typedef enum pil_occur {
    PIL_OCCUR_SHOULD,  /* a paragraph that has it is better: word */
    PIL_OCCUR_MUST,    /* a paragraph without it is no hit: +word */
    PIL_OCCUR_MUST_NOT /* a paragraph with it is no hit: -word */
} pil_occur;

typedef enum pil_clause_kind {
    PIL_CLAUSE_WORD,    /* what white space or quotes set off; analysis may find several words in
                           it, as in "Euro-Atlantic", which must then stand together */
    PIL_CLAUSE_PHRASE,  /* what stood in quotes: its words one after another */
    PIL_CLAUSE_NEAR,    /* words with at most so many others between them, or in one sentence */
    PIL_CLAUSE_PATTERN, /* words that are like pattern, in which * is anything and ? a character */
    PIL_CLAUSE_FUZZY,   /* words at most so many slips away from pattern */
    PIL_CLAUSE_REGEX,   /* text that the regular expression finds */
    PIL_CLAUSE_FILTER   /* a field, where it stands in a tree; it counts nothing for the ranking */
} pil_clause_kind;

typedef struct pil_clause {
    const char *text; /* the words as typed, without signs; NUL behind it; any bytes */
    size_t text_bytes;
    const char *pattern; /* of PATTERN and FUZZY: folded as the forms of the lexicon are, of REGEX:
                            the expression as PCRE2 has it; else NULL */
    uint32_t n_words;    /* at least 1; more for phrases and compounds */
    uint32_t distance;   /* of NEAR: how many other words may be between the first and the last of
                            its words. Of FUZZY: how many slips, up to PIL_QUERY_MAX_EDITS */
    uint32_t filter;     /* of FILTER: its number in tree_filters */
    pil_occur occur;     /* over the whole tree: MUST_NOT when it only stands where it excludes,
                            MUST when no hit lacks it */
    pil_clause_kind kind;
    bool is_exact;     /* of WORD and PHRASE: only as written here, byte for byte */
    bool in_sentence;  /* of NEAR: all in one sentence, whatever the distance */
    bool ignores_case; /* of REGEX */
} pil_clause;

/* A part of the tree: a clause, or a group of parts. A paragraph has a group when it has all parts
 * that are MUST, none that is MUST_NOT, and, unless a part that is MUST says what to look for and
 * not only where, one that is SHOULD, if there is any. */
typedef struct pil_node {
    pil_occur occur;        /* in the group that it is in */
    bool is_group;          /* else a clause */
    bool only_restricts;    /* there is nothing in it but filters and regular expressions, which say
                               where to look; and exclusions */
    bool is_any;            /* a group that was written with OR: one part is all that is wanted */
    uint32_t clause;        /* its number */
    uint32_t n_times;       /* how often its group has the clause, at least 1 */
    struct pil_node *parts; /* of a group: the first, or NULL */
    struct pil_node *next;  /* in its group */
} pil_node;

/* Read the members; only pil_query_require_all changes them. A clause's number is its index;
 * pil_match_range.word and the lists of missing words use it. */
typedef struct pil_query {
    pil_node *root;      /* a group */
    pil_clause *clauses; /* [0..n_clauses), in the order typed, each once, one not MUST_NOT */
    size_t n_clauses;
    pil_filter *filters; /* [0..n_filters): what is said of all hits. Of several with one field any
                            is enough, but none that excludes may hold */
    size_t n_filters;
    pil_filter *tree_filters; /* [0..n_tree_filters): those that clauses are; none excludes */
    size_t n_tree_filters;
    const char **notes; /* [0..n_notes): what the user should know of how it was read, a sentence
                           each. They quote the query as valid UTF-8, but a control character in
                           it is there still: print them as any foreign text. */
    size_t n_notes;
    bool is_truncated; /* something was left out at a limit, as a note tells */
    pil_arena arena;   /* holds all of the above */
} pil_query;

/* How to read a query. Zero-initialise for the defaults. */
typedef struct pil_query_settings {
    uint32_t today; /* year * 10000 + month * 100 + day, for "last month" and the like; 0: these are
                       no dates */
} pil_query_settings;

/* What is wrong in a query that cannot be understood. */
typedef struct pil_query_fault {
    size_t begin_byte, end_byte; /* of the query; equal when nothing in particular is wrong */
    char *corrected;             /* what to write there instead, "" for nothing; NULL when there is
                                    no telling. The caller frees it. */
} pil_query_fault;

/* Reads text[0..length), which need not be valid UTF-8. analyser tells what is a word and which
 * words are the same; it is not kept. settings NULL: the defaults. The caller frees *out.
 * PIL_BAD_QUERY with a message for the user, and *fault (may be NULL) telling where: no word in it,
 * only exclusions, a field's value or an expression that cannot be understood, or too long.
 * PIL_NO_MEMORY; PIL_INTERNAL from the analyser. Time is linear in length. */
PIL_NODISCARD pil_status pil_query_parse(const char *text, size_t length,
                                         const pil_query_settings *settings, pil_analyser *analyser,
                                         pil_query **out, pil_query_fault *fault, pil_error *err);
void pil_query_free(pil_query *query);

/* Makes every part that should occur one that must, but in groups written with OR. */
void pil_query_require_all(pil_query *query);

/* Appends the tree as lines of text, in the way that it was understood: a part a line, indented by
 * its depth, with "+" or "-" before what must or must not occur. It quotes the query as the notes
 * do. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_query_print(const pil_query *query, pil_buffer *out, pil_error *err);

#endif
