#include "spellings.h"

#include "base/buffer.h"

#include <stdbool.h>
#include <string.h>

/* Of one clause: words that vary, spellings of each (its own among them), and alternatives. */
enum { MAX_WORDS = 3, MAX_SPELLINGS = 3, MAX_ALTERNATIVES = 8 };

static bool has_variants(const char *language)
{
    return language[0] == '\0' || strcmp(language, "en") == 0;
}

/* Whether the index has the word, if not in this form then in another. */
static pil_status is_a_word(pil_snapshot *snapshot, const pil_variant *variant,
                            const char *language, bool *is_word, pil_error *err)
{
    char form[PIL_TERM_MAX_BYTES + 1];
    pil_status status = PIL_OK;
    *is_word = false;
    for (size_t i = 0; !*is_word && status == PIL_OK && pil_variants_form(variant, i, form); i++) {
        pil_lexicon_entry entry;
        status = pil_snapshot_lookup(snapshot, form, strlen(form), language, &entry, err);
        *is_word = status == PIL_OK && entry.n_written > 0;
    }
    return status;
}

pil_status pil_spellings_of(pil_snapshot *snapshot, const char *form, size_t length,
                            const char *language, pil_variant spellings[PIL_VARIANTS_MAX],
                            size_t *n, pil_error *err)
{
    pil_status status = PIL_OK;
    *n = 0;
    if (!has_variants(language) || length > PIL_TERM_MAX_BYTES)
        return PIL_OK;
    size_t n_possible = pil_variants_of(form, length, spellings);
    for (size_t i = 0; i < n_possible && status == PIL_OK; i++) {
        bool is_word;
        status = is_a_word(snapshot, &spellings[i], language, &is_word, err);
        if (is_word)
            spellings[(*n)++] = spellings[i];
    }
    return status;
}

/* ---- in a clause ---- */

/* A word of a clause that can be spelled in several ways: [begin, end) of its text. */
typedef struct varied_word {
    size_t begin, end;
    size_t n_spellings; /* the one at hand included */
    char forms[MAX_SPELLINGS - 1][PIL_TERM_MAX_BYTES + 1];
} varied_word;

static pil_status vary_word(pil_snapshot *snapshot, const pil_token *token, const char *language,
                            varied_word *word, pil_error *err)
{
    pil_variant spellings[PIL_VARIANTS_MAX];
    size_t n;
    pil_status status =
        pil_spellings_of(snapshot, token->form, token->form_bytes, language, spellings, &n, err);
    *word = (varied_word){.begin = token->begin_byte, .end = token->end_byte, .n_spellings = 1};
    for (size_t i = 0; status == PIL_OK && i < n && word->n_spellings < MAX_SPELLINGS; i++)
        memcpy(word->forms[word->n_spellings++ - 1], spellings[i].form, sizeof spellings[i].form);
    return status;
}

static pil_status find_words(pil_snapshot *snapshot, const pil_clause *clause,
                             pil_analyser *analyser, const char *language, varied_word *words,
                             size_t *n, pil_error *err)
{
    const pil_token *tokens;
    size_t n_tokens;
    pil_status status = pil_analyser_run(analyser, language, clause->text, clause->text_bytes,
                                         &tokens, &n_tokens, err);
    *n = 0;
    for (size_t i = 0; status == PIL_OK && i < n_tokens && *n < MAX_WORDS; i++) {
        if (tokens[i].kind != PIL_TOKEN_WORD || tokens[i].n_positions > 1)
            continue;
        status = vary_word(snapshot, &tokens[i], language, &words[*n], err);
        *n += words[*n].n_spellings > 1;
    }
    return status;
}

/* The clause with spelling number chosen[i] of each word. */
static pil_status write_text(const pil_clause *clause, const varied_word *words, size_t n,
                             const size_t *chosen, pil_buffer *out)
{
    size_t at = 0;
    pil_status status = PIL_OK;
    pil_buffer_clear(out);
    for (size_t i = 0; i < n && status == PIL_OK; i++) {
        if (chosen[i] == 0)
            continue;
        status = pil_buffer_append(out, clause->text + at, words[i].begin - at);
        if (status == PIL_OK)
            status = pil_buffer_append_string(out, words[i].forms[chosen[i] - 1]);
        at = words[i].end;
    }
    return status == PIL_OK ? pil_buffer_append(out, clause->text + at, clause->text_bytes - at)
                            : status;
}

/* Moves on to the next choice of spellings; false behind the last. */
static bool choose_next(const varied_word *words, size_t n, size_t *chosen)
{
    for (size_t i = 0; i < n; i++) {
        if (++chosen[i] < words[i].n_spellings)
            return true;
        chosen[i] = 0;
    }
    return false;
}

static pil_status vary_clause(pil_snapshot *snapshot, const pil_query *query, size_t number,
                              pil_analyser *analyser, const char *language, pil_matcher *matcher,
                              pil_error *err)
{
    const pil_clause *clause = &query->clauses[number];
    varied_word words[MAX_WORDS + 1];
    size_t n, chosen[MAX_WORDS] = {0};
    pil_status status = find_words(snapshot, clause, analyser, language, words, &n, err);
    pil_buffer text;
    pil_buffer_init(&text, 2 * PIL_QUERY_MAX_BYTES);
    for (size_t i = 0; i < MAX_ALTERNATIVES && status == PIL_OK && choose_next(words, n, chosen);
         i++) {
        if (write_text(clause, words, n, chosen, &text) != PIL_OK) {
            status = pil_error_no_memory(err);
            break;
        }
        const pil_alternative alternative = {.text = text.bytes,
                                             .text_bytes = text.length,
                                             .kind = PIL_ALTERNATIVE_SPELLING,
                                             .weight = PIL_SPELLING_WEIGHT,
                                             .language = language};
        status = pil_matcher_add_alternative(matcher, number, &alternative, err);
    }
    pil_buffer_dispose(&text);
    return status;
}

pil_status pil_spellings_add(pil_snapshot *snapshot, const pil_query *query, pil_analyser *analyser,
                             const char *language, pil_matcher *matcher, pil_error *err)
{
    pil_status status = PIL_OK;
    for (size_t i = 0; has_variants(language) && i < query->n_clauses && status == PIL_OK; i++) {
        const pil_clause *clause = &query->clauses[i];
        bool has_words = clause->kind == PIL_CLAUSE_WORD || clause->kind == PIL_CLAUSE_PHRASE ||
                         clause->kind == PIL_CLAUSE_NEAR;
        if (has_words && !clause->is_exact && clause->occur != PIL_OCCUR_MUST_NOT)
            status = vary_clause(snapshot, query, i, analyser, language, matcher, err);
    }
    return status;
}
