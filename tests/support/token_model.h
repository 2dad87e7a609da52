/* Paragraphs as lists of tokens, and what occurs in them, told in the plainest way: what the
 * matcher is compared with. It shares the analyser with the matcher, and no more. A failure inside
 * ends the test. */
#ifndef SUPPORT_TOKEN_MODEL_H
#define SUPPORT_TOKEN_MODEL_H

#include "text/analyser.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PIL_MODEL_MAX_TOKENS = 160 };

typedef struct pil_model_token {
    char term[PIL_TERM_MAX_BYTES + 1];
    char form[PIL_TERM_MAX_BYTES + 1];
    char written[48];
    uint32_t begin, end; /* positions */
    uint32_t word;       /* number of the word as it is written, where a compound is one */
    pil_token_kind kind;
} pil_model_token;

typedef struct pil_model_tokens {
    pil_model_token items[PIL_MODEL_MAX_TOKENS];
    size_t n;
} pil_model_tokens;

void pil_model_analyse(pil_analyser *analyser, const char *language, const char *text,
                       pil_model_tokens *out);
/* Fills in the word of each token. */
void pil_model_number_words(pil_model_tokens *list);

/* Some way through the words is somewhere a way through the text. */
bool pil_model_has_phrase(const pil_model_tokens *words, const pil_model_tokens *text);
/* The words stand in the text as they are written, one behind the other. */
bool pil_model_has_written(const pil_model_tokens *words, const pil_model_tokens *text);
/* The words stand in the text in any order, each by itself, at most distance others between. */
bool pil_model_is_near(const pil_model_tokens *words, const pil_model_tokens *text,
                       uint32_t distance);

/* A ? is one byte. */
bool pil_model_is_like(const char *pattern, const char *form);
/* b comes of a by at most n slips: dropping, adding or exchanging a byte, or swapping two. */
bool pil_model_is_close(const char *a, const char *b, uint32_t n);

#endif
