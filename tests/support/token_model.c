#include "support/token_model.h"

#include <criterion/criterion.h>
#include <string.h>

void pil_model_analyse(pil_analyser *analyser, const char *language, const char *text,
                       pil_model_tokens *out)
{
    const pil_token *tokens;
    size_t n;
    cr_assert_eq(pil_analyser_run(analyser, language, text, strlen(text), &tokens, &n, NULL),
                 PIL_OK);
    cr_assert_leq(n, PIL_MODEL_MAX_TOKENS);
    out->n = n;
    for (size_t i = 0; i < n; i++) {
        pil_model_token *token = &out->items[i];
        size_t length = tokens[i].end_byte - tokens[i].begin_byte;
        cr_assert_lt(length, sizeof token->written);
        *token = (pil_model_token){.begin = tokens[i].position,
                                   .end = tokens[i].position + tokens[i].n_positions,
                                   .kind = tokens[i].kind};
        memcpy(token->term, tokens[i].term, tokens[i].term_bytes + (size_t)1);
        memcpy(token->form, tokens[i].form, tokens[i].form_bytes + (size_t)1);
        memcpy(token->written, text + tokens[i].begin_byte, length);
    }
}

static bool is_inside_another(const pil_model_tokens *list, const pil_model_token *token)
{
    for (size_t i = 0; i < list->n; i++) {
        const pil_model_token *other = &list->items[i];
        if (other != token && other->begin <= token->begin && token->end <= other->end)
            return true;
    }
    return false;
}

void pil_model_number_words(pil_model_tokens *list)
{
    for (size_t i = 0; i < list->n; i++)
        for (size_t j = 0; j < list->n; j++)
            list->items[i].word += list->items[j].begin <= list->items[i].begin &&
                                   !is_inside_another(list, &list->items[j]);
}

/* Some way through the clause from position q on is some way through the text from position t on.
 */
static bool follows(const pil_model_tokens *clause, uint32_t q, uint32_t q_end,
                    const pil_model_tokens *text, uint32_t t)
{
    if (q == q_end)
        return true;
    for (size_t i = 0; i < clause->n; i++)
        for (size_t j = 0; j < text->n; j++)
            if (clause->items[i].begin == q && text->items[j].begin == t &&
                strcmp(clause->items[i].term, text->items[j].term) == 0 &&
                follows(clause, clause->items[i].end, q_end, text, text->items[j].end))
                return true;
    return false;
}

bool pil_model_has_phrase(const pil_model_tokens *clause, const pil_model_tokens *text)
{
    uint32_t end = 0, text_end = 0;
    for (size_t i = 0; i < clause->n; i++)
        end = clause->items[i].end > end ? clause->items[i].end : end;
    for (size_t i = 0; i < text->n; i++)
        text_end = text->items[i].end > text_end ? text->items[i].end : text_end;
    for (uint32_t t = 0; t < text_end; t++)
        if (follows(clause, 0, end, text, t))
            return true;
    return false;
}

/* The words of the clause with its compounds as they are, or as their parts. */
static size_t list_words(const pil_model_tokens *clause, bool joined, const pil_model_token **out)
{
    size_t n = 0;
    for (size_t i = 0; i < clause->n; i++) {
        const pil_model_token *token = &clause->items[i];
        if (joined ? !is_inside_another(clause, token) : token->end == token->begin + 1)
            out[n++] = token;
    }
    return n;
}

static bool are_written(const pil_model_token *const *words, size_t n, const pil_model_tokens *text)
{
    for (size_t start = 0; start < text->n; start++) {
        uint32_t at = text->items[start].begin;
        size_t n_found = 0;
        for (bool goes_on = true; goes_on && n_found < n;) {
            goes_on = false;
            for (size_t j = 0; j < text->n && !goes_on; j++) {
                const pil_model_token *token = &text->items[j];
                if (token->begin == at && token->kind != PIL_TOKEN_PART &&
                    strcmp(token->written, words[n_found]->written) == 0) {
                    goes_on = true;
                    at = token->end;
                    n_found++;
                }
            }
        }
        if (n_found == n)
            return true;
    }
    return false;
}

/* Gives each of the words from number i on a token of its own, the words of the text that these are
 * in being no further than [*low, *high] and the others allow. */
static bool stand_near(const pil_model_token *const *words, size_t n, size_t i,
                       const pil_model_tokens *text, bool *is_used, uint32_t low, uint32_t high,
                       uint32_t distance)
{
    if (i == n)
        return (int64_t)high - low - ((int64_t)n - 1) <= (int64_t)distance;
    for (size_t j = 0; j < text->n; j++) {
        const pil_model_token *token = &text->items[j];
        if (is_used[j] || strcmp(token->term, words[i]->term) != 0)
            continue;
        is_used[j] = true;
        bool is_near = stand_near(words, n, i + 1, text, is_used,
                                  i == 0 || token->word < low ? token->word : low,
                                  i == 0 || token->word > high ? token->word : high, distance);
        is_used[j] = false;
        if (is_near)
            return true;
    }
    return false;
}

bool pil_model_has_written(const pil_model_tokens *words, const pil_model_tokens *text)
{
    const pil_model_token *list[PIL_MODEL_MAX_TOKENS];
    return are_written(list, list_words(words, true, list), text);
}

bool pil_model_is_near(const pil_model_tokens *words, const pil_model_tokens *text,
                       uint32_t distance)
{
    const pil_model_token *list[PIL_MODEL_MAX_TOKENS];
    bool is_used[PIL_MODEL_MAX_TOKENS] = {false};
    size_t n = list_words(words, true, list);
    if (stand_near(list, n, 0, text, is_used, 0, 0, distance))
        return true;
    n = list_words(words, false, list);
    return stand_near(list, n, 0, text, is_used, 0, 0, distance);
}

bool pil_model_is_like(const char *pattern, const char *form)
{
    if (*pattern == '*')
        return pil_model_is_like(pattern + 1, form) ||
               (*form != '\0' && pil_model_is_like(pattern, form + 1));
    if (*form == '\0' || *pattern == '\0')
        return *form == *pattern;
    return (*pattern == '?' || *pattern == *form) && pil_model_is_like(pattern + 1, form + 1);
}

bool pil_model_is_close(const char *a, const char *b, uint32_t n)
{
    for (; *a != '\0' && *a == *b; a++, b++)
        ;
    if (*a == *b)
        return true;
    if (n == 0)
        return false;
    if (*a != '\0' && a[1] == b[0] && a[0] == b[1] && *b != '\0' &&
        pil_model_is_close(a + 2, b + 2, n - 1))
        return true;
    return (*a != '\0' && pil_model_is_close(a + 1, b, n - 1)) ||
           (*b != '\0' && pil_model_is_close(a, b + 1, n - 1)) ||
           (*a != '\0' && *b != '\0' && pil_model_is_close(a + 1, b + 1, n - 1));
}
