/* Any bytes as a text: the first chooses the language. What the header promises of tokens holds,
 * and the fast path finds the words that ICU finds. */
#include "base/utf8.h"
#include "lib/text/boundary.h"
#include "text/analyser.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void check_string(const char *string, uint32_t length)
{
    require(length > 0 && length <= PIL_TERM_MAX_BYTES && string[length] == '\0');
    require(memchr(string, '\0', length) == NULL && memchr(string, ' ', length) == NULL);
    require(pil_utf8_is_valid(string, length));
}

static void check_tokens(const pil_token *tokens, size_t n_tokens, size_t length)
{
    uint32_t n_positions = 0;
    for (size_t i = 0; i < n_tokens; i++) {
        const pil_token *token = &tokens[i];
        check_string(token->term, token->term_bytes);
        check_string(token->form, token->form_bytes);
        require(token->begin_byte < token->end_byte && token->end_byte <= length);
        require(token->n_positions >= 1);
        /* No position is left out, and each has a token of its own or is covered by a wider one. */
        require(token->position <= n_positions);
        if (token->position + token->n_positions > n_positions)
            n_positions = token->position + token->n_positions;
        require(token->kind != PIL_TOKEN_JOINED || token->n_positions >= 2);
        if (i == 0)
            continue;
        const pil_token *before = &tokens[i - 1];
        require(before->position <= token->position);
        if (before->position == token->position)
            require(before->n_positions >= token->n_positions &&
                    before->begin_byte <= token->begin_byte && before->end_byte >= token->end_byte);
        else
            require(before->begin_byte <= token->begin_byte);
    }
}

/* The same text gives the same tokens, whatever the analyser has learnt. */
static void check_repetition(pil_analyser *analyser, const char *language, const char *text,
                             size_t length, const pil_token *tokens, size_t n_tokens)
{
    pil_analyser *fresh = NULL;
    const pil_token *others;
    size_t n_others;
    require(pil_analyser_new(&fresh, NULL) == PIL_OK);
    require(pil_analyser_run(fresh, language, text, length, &others, &n_others, NULL) == PIL_OK);
    require(n_others == n_tokens);
    for (size_t i = 0; i < n_tokens; i++)
        require(others[i].position == tokens[i].position &&
                others[i].begin_byte == tokens[i].begin_byte &&
                strcmp(others[i].term, tokens[i].term) == 0 &&
                strcmp(others[i].form, tokens[i].form) == 0);
    pil_analyser_free(fresh);
    require(pil_analyser_run(analyser, language, text, length, &tokens, &n_tokens, NULL) == PIL_OK);
    require(n_tokens == n_others);
}

static void check_boundaries(const char *text, size_t length)
{
    pil_boundary *fast = NULL, *oracle = NULL;
    require(pil_boundary_new(&fast, NULL) == PIL_OK && pil_boundary_new(&oracle, NULL) == PIL_OK);
    pil_boundary_start(fast, text, length, false);
    pil_boundary_start(oracle, text, length, true);
    pil_status status;
    do {
        pil_boundary_word ours = {0}, theirs = {0};
        status = pil_boundary_next(fast, &ours, NULL);
        require(pil_boundary_next(oracle, &theirs, NULL) == status);
        require(ours.begin_byte == theirs.begin_byte && ours.end_byte == theirs.end_byte);
    } while (status == PIL_OK);
    require(status == PIL_DONE);
    pil_boundary_free(fast);
    pil_boundary_free(oracle);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const languages[] = {"en", "fr", "sr", "tr", "ru", "de", "", "ar"};
    if (size == 0)
        return 0;
    const char *language = languages[data[0] % 8];
    const char *text = (const char *)data + 1;
    size_t length = size - 1;
    pil_analyser *analyser = NULL;
    const pil_token *tokens;
    size_t n_tokens;
    require(pil_analyser_new(&analyser, NULL) == PIL_OK);
    require(pil_analyser_run(analyser, language, text, length, &tokens, &n_tokens, NULL) == PIL_OK);
    check_tokens(tokens, n_tokens, length);
    check_repetition(analyser, language, text, length, tokens, n_tokens);
    check_boundaries(text, length);
    pil_analyser_free(analyser);
    return 0;
}
