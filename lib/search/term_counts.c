#include "term_counts.h"

#include <stdlib.h>

pil_status pil_term_counts_of(pil_analyser *analyser, const char *language, const char *text,
                              size_t length, pil_term_counts *out, pil_error *err)
{
    const pil_token *tokens;
    size_t n_tokens;
    *out = (pil_term_counts){0};
    pil_status status = pil_analyser_run(analyser, language, text, length, &tokens, &n_tokens, err);
    if (status != PIL_OK)
        return status;
    out->n_times = calloc(n_tokens + 1, sizeof *out->n_times);
    if (out->n_times == NULL)
        return pil_error_no_memory(err);
    for (size_t i = 0; i < n_tokens; i++) {
        uint32_t number;
        if (pil_intern_add(&out->terms, tokens[i].term, tokens[i].term_bytes, &number, NULL) !=
            PIL_OK)
            return pil_error_no_memory(err);
        bool is_word = tokens[i].kind == PIL_TOKEN_WORD;
        out->n_times[number] += is_word;
        out->n_words += is_word;
    }
    return PIL_OK;
}

void pil_term_counts_dispose(pil_term_counts *counts)
{
    pil_intern_dispose(&counts->terms);
    free(counts->n_times);
}

uint32_t pil_term_counts_find(const pil_term_counts *counts, const pil_reading_token *token)
{
    uint32_t number = pil_intern_find(&counts->terms, token->term, token->term_bytes);
    return number == PIL_INTERN_NONE ? 0 : counts->n_times[number];
}
