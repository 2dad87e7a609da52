#include "query_patterns.h"

#include "base/utf8.h"

#include <string.h>

/* From so many characters on, two slips are as likely meant as one. */
enum { MIN_CHARACTERS_FOR_TWO = 8 };

/* The end of what a ? can stand before: behind the last letter, figure or * of the word. */
static size_t end_of_word(pil_slice text)
{
    size_t end = text.length;
    while (end > 0) {
        unsigned char last = (unsigned char)text.bytes[end - 1];
        if (last >= 0x80 || last == '*' || (last >= '0' && last <= '9') ||
            (last >= 'A' && last <= 'Z') || (last >= 'a' && last <= 'z'))
            break;
        end--;
    }
    return end;
}

static bool is_wildcard(pil_slice text, size_t at, size_t word_end)
{
    return text.bytes[at] == '*' || (text.bytes[at] == '?' && at < word_end);
}

/* Appends the words of a piece without wildcards, as forms of the lexicon are written. */
static pil_status append_forms(pil_query_builder *b, pil_slice piece, pil_buffer *pattern,
                               bool *has_word, pil_error *err)
{
    pil_word_list words;
    pil_status status = pil_builder_analyse(b, piece, &words, err);
    for (size_t i = 0; i < words.n_tokens && status == PIL_OK; i++) {
        if (words.tokens[i].kind != PIL_TOKEN_WORD)
            continue;
        *has_word = true;
        if (pil_buffer_append_string(pattern, words.tokens[i].form) != PIL_OK)
            status = pil_error_no_memory(err);
    }
    return status;
}

/* The word with its pieces folded; *has_word when there is one in them. */
static pil_status fold_pattern(pil_query_builder *b, pil_slice text, pil_buffer *pattern,
                               bool *has_word, pil_error *err)
{
    pil_status status = PIL_OK;
    size_t begin = 0, word_end = end_of_word(text);
    for (size_t at = 0; at <= text.length && status == PIL_OK; at++) {
        bool is_end = at == text.length;
        if (!is_end && !is_wildcard(text, at, word_end))
            continue;
        if (at > begin)
            status = append_forms(b, (pil_slice){text.bytes + begin, at - begin}, pattern, has_word,
                                  err);
        begin = at + 1;
        bool is_repeated = !is_end && text.bytes[at] == '*' && pattern->length > 0 &&
                           pattern->bytes[pattern->length - 1] == '*';
        if (status == PIL_OK && !is_end && !is_repeated &&
            pil_buffer_append(pattern, text.bytes + at, 1) != PIL_OK)
            status = pil_error_no_memory(err);
    }
    return status;
}

static bool has_wildcard(pil_slice text)
{
    size_t word_end = end_of_word(text);
    for (size_t at = 0; at < text.length; at++) {
        if (is_wildcard(text, at, word_end))
            return true;
    }
    return false;
}

static pil_status keep_pattern(pil_query_builder *b, const char *pattern, pil_clause_kind kind,
                               pil_read_clause *clause, pil_error *err)
{
    clause->pattern = pil_arena_copy(&b->query->arena, pattern, strlen(pattern));
    clause->kind = kind;
    return clause->pattern == NULL ? pil_error_no_memory(err) : PIL_OK;
}

static pil_status read_wildcards(pil_query_builder *b, pil_read_clause *clause, pil_error *err)
{
    pil_buffer pattern;
    bool has_word = false;
    pil_buffer_init(&pattern, SIZE_MAX / 2);
    pil_status status = fold_pattern(b, clause->text, &pattern, &has_word, err);
    if (status == PIL_OK && has_word)
        status = keep_pattern(b, pattern.bytes, PIL_CLAUSE_PATTERN, clause, err);
    pil_buffer_dispose(&pattern);
    return status;
}

/* Whether text ends in ~ or ~ and how many slips there may be; *base is what is before. */
static bool is_fuzzy(pil_slice text, pil_slice *base, uint32_t *n_edits)
{
    size_t n = text.length;
    *n_edits = 0;
    if (n > 2 && text.bytes[n - 2] == '~' && text.bytes[n - 1] >= '1' &&
        text.bytes[n - 1] < '1' + PIL_QUERY_MAX_EDITS) {
        *n_edits = (uint32_t)(text.bytes[n - 1] - '0');
        n--;
    }
    *base = (pil_slice){text.bytes, n - 1};
    return n > 1 && text.bytes[n - 1] == '~';
}

/* Only what is one word has words near it. */
static pil_status read_fuzzy(pil_query_builder *b, pil_slice base, uint32_t n_edits,
                             pil_read_clause *clause, pil_error *err)
{
    pil_word_list words;
    pil_status status = pil_builder_analyse(b, base, &words, err);
    if (status != PIL_OK)
        return status;
    if (words.n_tokens != 1) {
        pil_builder_remark(b, PIL_REMARK_NO_OPERATOR, clause->text);
        return PIL_OK;
    }
    const pil_token *token = &words.tokens[0];
    bool is_long = pil_utf8_count(token->form, token->form_bytes) >= MIN_CHARACTERS_FOR_TWO;
    clause->distance = n_edits > 0 ? n_edits : is_long ? 2 : 1;
    clause->text = base;
    return keep_pattern(b, token->form, PIL_CLAUSE_FUZZY, clause, err);
}

pil_status pil_read_pattern(pil_query_builder *b, pil_read_clause *clause, pil_error *err)
{
    pil_slice base;
    uint32_t n_edits;
    if (is_fuzzy(clause->text, &base, &n_edits))
        return read_fuzzy(b, base, n_edits, clause, err);
    return has_wildcard(clause->text) ? read_wildcards(b, clause, err) : PIL_OK;
}
