#include "word_runs.h"

#include <stdbool.h>

enum { KEY_MAX_BYTES = 1 << 20 };

/* A word that is neither joined of others nor has parts beside it. */
static bool is_single(const pil_token *token)
{
    return token->kind != PIL_TOKEN_JOINED && token->n_positions == 1;
}

pil_status pil_word_run_key(const char *text, size_t length, pil_analyser *analyser,
                            pil_buffer *out, size_t *n_words, pil_error *err)
{
    const pil_token *tokens;
    size_t n_tokens;
    *n_words = 0;
    pil_status status = pil_analyser_run(analyser, "", text, length, &tokens, &n_tokens, err);
    if (status != PIL_OK)
        return status;
    for (size_t i = 0; i < n_tokens && status == PIL_OK; i++) {
        if (!is_single(&tokens[i]))
            continue;
        if ((*n_words)++ > 0)
            status = pil_buffer_append_byte(out, ' ');
        if (status == PIL_OK)
            status = pil_buffer_append(out, tokens[i].form, tokens[i].form_bytes);
    }
    return status == PIL_OK ? PIL_OK : pil_error_no_memory(err);
}

static bool can_vary(const pil_clause *clause)
{
    return (clause->kind == PIL_CLAUSE_WORD || clause->kind == PIL_CLAUSE_PHRASE) &&
           !clause->is_exact && clause->occur != PIL_OCCUR_MUST_NOT;
}

/* Whether clause number next goes on with the run of words that begins with clause number first. */
static bool goes_on(const pil_query *query, size_t first, size_t next)
{
    const pil_clause *begin = &query->clauses[first], *clause = &query->clauses[next];
    return begin->kind == PIL_CLAUSE_WORD && clause->kind == PIL_CLAUSE_WORD && can_vary(clause) &&
           clause->occur == begin->occur;
}

/* The runs that begin with clause number first. */
static pil_status each_from(const pil_query *query, size_t first, pil_analyser *analyser,
                            pil_word_run_callback callback, void *context, pil_buffer *key,
                            pil_error *err)
{
    size_t n_all = 0, last = first;
    pil_status status = PIL_OK;
    pil_buffer_clear(key);
    do {
        const pil_clause *clause = &query->clauses[last];
        size_t n_words;
        if (last > first && pil_buffer_append_byte(key, ' ') != PIL_OK)
            return pil_error_no_memory(err);
        status = pil_word_run_key(clause->text, clause->text_bytes, analyser, key, &n_words, err);
        n_all += n_words;
        if (status != PIL_OK || n_words == 0 || n_all > PIL_WORD_RUN_MAX)
            return status;
        const pil_word_run run = {first, ++last - first, key->bytes, key->length};
        status = callback(context, &run, err);
    } while (status == PIL_OK && last < query->n_clauses && goes_on(query, first, last));
    return status;
}

pil_status pil_word_runs_each(const pil_query *query, pil_analyser *analyser,
                              pil_word_run_callback callback, void *context, pil_error *err)
{
    pil_buffer key;
    pil_buffer_init(&key, KEY_MAX_BYTES);
    pil_status status = PIL_OK;
    for (size_t i = 0; i < query->n_clauses && status == PIL_OK; i++)
        if (can_vary(&query->clauses[i]))
            status = each_from(query, i, analyser, callback, context, &key, err);
    pil_buffer_dispose(&key);
    return status;
}
