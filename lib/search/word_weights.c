#include "word_weights.h"

#include "text/stop_words.h"

#include <string.h>

#define STOP_WORD_WEIGHT 0.25

/* Paragraphs that have the word, and those of them in whose language it is a stop word. */
typedef struct word_use {
    uint64_t n_all, n_stop;
} word_use;

static pil_status add_language(pil_snapshot *snapshot, pil_analyser *analyser,
                               const pil_clause *clause, const char *language, word_use *use,
                               pil_error *err)
{
    const pil_token *tokens;
    size_t n_tokens;
    pil_lexicon_entry entry;
    pil_status status = pil_analyser_run(analyser, language, clause->text, clause->text_bytes,
                                         &tokens, &n_tokens, err);
    if (status != PIL_OK || n_tokens != 1)
        return status;
    status =
        pil_snapshot_lookup(snapshot, tokens[0].form, tokens[0].form_bytes, language, &entry, err);
    if (status != PIL_OK)
        return status;
    use->n_all += entry.n_written;
    use->n_stop += pil_is_stop_word(language, tokens[0].form) ? entry.n_written : 0;
    return PIL_OK;
}

pil_status pil_word_weights(pil_snapshot *snapshot, const pil_query *query, pil_analyser *analyser,
                            const pil_languages *languages, double *weights, pil_error *err)
{
    pil_status status = PIL_OK;
    for (size_t i = 0; i < query->n_clauses && status == PIL_OK; i++) {
        const pil_clause *clause = &query->clauses[i];
        word_use use = {0, 0};
        weights[i] = 1;
        if (clause->kind != PIL_CLAUSE_WORD || clause->is_exact)
            continue;
        for (size_t j = 0; j < languages->n && status == PIL_OK; j++)
            status = add_language(snapshot, analyser, clause, languages->codes[j], &use, err);
        if (use.n_stop > 0)
            weights[i] -= (1 - STOP_WORD_WEIGHT) * (double)use.n_stop / (double)use.n_all;
    }
    return status;
}
