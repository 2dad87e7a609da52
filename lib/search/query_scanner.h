/* The characters of a query: white space, quotes, words, operators. Private to this folder. */
#ifndef SEARCH_QUERY_SCANNER_H
#define SEARCH_QUERY_SCANNER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A family of quotes: any of its marks opens, any of its marks closes. National habits differ too
 * much to tell openers from closers („so“, “so”, ”so”, «so», »so«). */
typedef enum pil_quote_family {
    PIL_QUOTE_NONE,
    PIL_QUOTE_DOUBLE,
    PIL_QUOTE_GUILLEMET,
    PIL_N_QUOTE_FAMILIES
} pil_quote_family;

/* A piece of the query; not NUL-terminated. */
typedef struct pil_slice {
    const char *bytes;
    size_t length;
} pil_slice;

/* Where the reading is. Everything below reads from `at` on and, when it finds what it looks for,
 * moves behind it. */
typedef struct pil_query_scanner {
    const char *text;
    size_t length;
    size_t at;
    bool after_space;                        /* a sign here would begin a word */
    size_t last_quote[PIL_N_QUOTE_FAMILIES]; /* where the last mark begins; length when none is */
    unsigned depth;                          /* open parentheses */
} pil_query_scanner;

typedef enum pil_query_operator { PIL_NO_OPERATOR, PIL_AND, PIL_OR, PIL_NOT } pil_query_operator;

void pil_scan_init(pil_query_scanner *scanner, const char *text, size_t length);

bool pil_scan_at_end(const pil_query_scanner *scanner);
void pil_scan_spaces(pil_query_scanner *scanner);
/* Whether what is here, or at an offset, begins so. */
bool pil_scan_begins_with(const pil_query_scanner *scanner, size_t at, const char *what);
bool pil_scan_is_space_or_end(const pil_query_scanner *scanner, size_t at);
/* The same, or a parenthesis that closes. */
bool pil_scan_is_word_end(const pil_query_scanner *scanner, size_t at);
/* The character here, if any; 0 at the end. */
char pil_scan_peek(const pil_query_scanner *scanner);

/* '+' or '-' that begins a word, with the word directly behind it; else 0. Of "--word" the first is
 * none, because a dash is often typed so. */
char pil_scan_sign(pil_query_scanner *scanner);
/* An operator in capitals, set off as a word. */
pil_query_operator pil_scan_operator(pil_query_scanner *scanner);
/* The parenthesis '(' that begins a word; ')' that closes one. */
bool pil_scan_open(pil_query_scanner *scanner);
bool pil_scan_close(pil_query_scanner *scanner);
/* Whether a quote that will be closed is here. */
bool pil_scan_is_quote(const pil_query_scanner *scanner);
/* Passes a quote that nothing closes. */
bool pil_scan_unbalanced_quote(pil_query_scanner *scanner);
/* At a quote that will be closed: what is between it and the closing one. */
pil_slice pil_scan_phrase(pil_query_scanner *scanner);
/* The characters that fit a word; none when at a space, quote or closing parenthesis. */
pil_slice pil_scan_word(pil_query_scanner *scanner);
/* "=" or "exact:" with a word or quote directly behind it. Of "==" the first is none, because that
 * is typed for something else. */
bool pil_scan_exact(pil_query_scanner *scanner);
/* "/expression/", or with an i behind it, which *ignores_case tells; a slash in it is written \/.
 * White space, a closing parenthesis or the end must follow. */
bool pil_scan_regex(pil_query_scanner *scanner, pil_slice *expression, bool *ignores_case);
/* "NEAR/" and a number or an s, in which case *in_sentence; set off behind. */
bool pil_scan_near(pil_query_scanner *scanner, uint32_t *distance, bool *in_sentence);
/* "~" and the same. */
bool pil_scan_distance(pil_query_scanner *scanner, uint32_t *distance, bool *in_sentence);

#endif
