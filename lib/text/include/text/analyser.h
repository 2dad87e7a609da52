/* What makes terms of words, for indexing and for queries alike: nothing else in the tree
 * lower-cases, folds, tokenises or stems.
 *
 * docs/analysis.md describes the steps. In short: words by UAX #29 on the original bytes, NFKC and
 * case folding, diacritics and scripts folded by tables, libstemmer for the language. */
#ifndef TEXT_ANALYSER_H
#define TEXT_ANALYSER_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Changes whenever the same text could give other terms. Stored in every index. */
#define PIL_ANALYSER_ID "2"

/* No term and no form is longer, in bytes; what would be is cut and ends in a hash. */
enum { PIL_TERM_MAX_BYTES = 64 };

typedef enum pil_token_kind {
    PIL_TOKEN_WORD,   /* a word as written: "euroatlantic" in "EuroAtlantic", "euro" in
                         "Euro-Atlantic" */
    PIL_TOKEN_JOINED, /* the parts of a hyphenated word written together: "euroatlantic" in
                         "Euro-Atlantic", "obrien" in "O'Brien" */
    PIL_TOKEN_PART    /* a part of a word written with inner capitals: "euro" in "EuroAtlantic" */
} pil_token_kind;

/* One term of a text. Tokens overlap where a word can be read joined or split: a token at
 * position p with n_positions n stands beside those at p .. p+n-1. */
typedef struct pil_token {
    const char *term; /* the stem; NUL behind it */
    const char *form; /* the folded word before stemming: what the lexicon holds; NUL behind it */
    uint32_t term_bytes, form_bytes;
    uint32_t term_number, form_number; /* stand for the strings; see pil_analyser_epoch */
    size_t begin_byte, end_byte; /* [begin_byte, end_byte) in the analysed text, never empty */
    uint32_t position;           /* number of the word in the text, from 0 */
    uint32_t n_positions;        /* 1, or more for a word that has parts */
    pil_token_kind kind;
} pil_token;

/* Not shareable between threads: one per thread. Keeps what it learnt of each word, within a
 * bound. */
typedef struct pil_analyser pil_analyser;

/* PIL_NO_MEMORY, PIL_INTERNAL when ICU has no data. */
PIL_NODISCARD pil_status pil_analyser_new(pil_analyser **out, pil_error *err);
void pil_analyser_free(pil_analyser *analyser);

/* The tokens of text[0..length) in order of position, wider before narrower at one position.
 * language is as pil_language_normalise gives it ("en"); other names of a language are understood;
 * one without a stemmer, or "", is not stemmed. text need not be valid UTF-8. *tokens and the
 * strings in it are valid until the next call on this analyser. Time is linear in length.
 * PIL_NO_MEMORY, PIL_INTERNAL when ICU fails, PIL_INVALID_ARGUMENT for more than 4 GiB. */
PIL_NODISCARD pil_status pil_analyser_run(pil_analyser *analyser, const char *language,
                                          const char *text, size_t length, const pil_token **tokens,
                                          size_t *n_tokens, pil_error *err);

/* A stretch of a text. */
typedef struct pil_text_range {
    size_t begin_byte, end_byte;
} pil_text_range;

/* True when text[0..length) has characters of scripts that do not set off words by spaces: those of
 * Chinese, Japanese, Thai, Lao, Khmer, Burmese. */
bool pil_text_is_unspaced(const char *text, size_t length);

/* Its first max words as ICU's dictionaries tell them, in pieces[0..*n): how a query in such a
 * script is read. Each may have several tokens. PIL_NO_MEMORY, PIL_INTERNAL. */
PIL_NODISCARD pil_status pil_analyser_pieces(pil_analyser *analyser, const char *text,
                                             size_t length, pil_text_range *pieces, size_t max,
                                             size_t *n, pil_error *err);

/* Terms and forms are numbered together, densely from 0 for each language: equal numbers in one
 * language mean equal strings, so that callers can count without comparing strings. The numbering
 * starts anew, for all languages, when the analyser forgets what it learnt to stay within its
 * bound: it does so at the beginning of pil_analyser_run only, and the epoch is then another. Which
 * numbers a text gets depends on what was analysed before. */
uint64_t pil_analyser_epoch(const pil_analyser *analyser);

/* True when there is a stemmer for a language that is given in any way that
 * pil_language_normalise understands. */
bool pil_analyser_has_stemmer(const char *language);

/* The code under which a language is stored that is given by code, locale tag or English name
 * ("eng", "en-GB", "English"): lower-case ISO 639-1, ISO 639-2 where that has none. Writes at most
 * PIL_LANGUAGE_MAX bytes with the NUL. False, with out = "", for what is no language code or name.
 * A name that libstemmer does not have takes up to a millisecond. */
enum { PIL_LANGUAGE_MAX = 9 };
bool pil_language_normalise(const char *name, char out[PIL_LANGUAGE_MAX]);

/* The codes of all languages that have a stemmer, in alphabetical order, NULL at the end.
 * Static. */
const char *const *pil_analyser_languages(void);

/* What the terms depend on beside PIL_ANALYSER_ID: "ICU 72.1, Unicode 15.0, libstemmer
 * 0123456789abcdef", where libstemmer, which does not tell its version, is named by a hash over
 * what it makes of sample words in all its languages. Stored in every index. Worked out at the
 * first call (about 0.3 ms); valid as long as the analyser; NULL when memory ran out. */
const char *pil_analyser_library_versions(pil_analyser *analyser);

#endif
