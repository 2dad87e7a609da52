#include "regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <stdint.h>
#include <stdlib.h>

/* Of one attempt on one paragraph. PCRE2's own limit of steps is 10 million, which takes a second;
 * a sane expression needs fewer than a hundred for each character. */
enum { MAX_STEPS = 200000, MAX_HEAP_KIB = 4096 };

struct pil_regex {
    pcre2_code *code;
    pcre2_match_data *match;
    pcre2_match_context *limits;
};

pil_status pil_regex_new(pil_regex **out, const char *expression, size_t length, bool ignores_case,
                         size_t *wrong_at, pil_error *err)
{
    int error;
    PCRE2_UCHAR message[160];
    *out = NULL;
    pil_regex *regex = calloc(1, sizeof *regex);
    if (regex == NULL)
        return pil_error_no_memory(err);
    uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF | PCRE2_DOTALL |
                       PCRE2_NEVER_BACKSLASH_C | (ignores_case ? PCRE2_CASELESS : 0);
    regex->code = pcre2_compile((PCRE2_SPTR)expression, length, options, &error, wrong_at, NULL);
    if (regex->code == NULL) {
        pil_regex_free(regex);
        (void)pcre2_get_error_message(error, message, sizeof message);
        return pil_error_set(err, PIL_BAD_QUERY, "not a regular expression: %s",
                             (const char *)message);
    }
    /* Without it matching is only slower. */
    (void)pcre2_jit_compile(regex->code, PCRE2_JIT_COMPLETE);
    regex->match = pcre2_match_data_create(1, NULL);
    regex->limits = pcre2_match_context_create(NULL);
    if (regex->match == NULL || regex->limits == NULL) {
        pil_regex_free(regex);
        return pil_error_no_memory(err);
    }
    pcre2_set_match_limit(regex->limits, MAX_STEPS);
    pcre2_set_heap_limit(regex->limits, MAX_HEAP_KIB);
    *out = regex;
    return PIL_OK;
}

void pil_regex_free(pil_regex *regex)
{
    if (regex == NULL)
        return;
    pcre2_code_free(regex->code);
    pcre2_match_data_free(regex->match);
    pcre2_match_context_free(regex->limits);
    free(regex);
}

pil_status pil_regex_find(pil_regex *regex, const char *text, size_t length, size_t from,
                          bool *found, size_t *begin, size_t *end, bool *is_limited, pil_error *err)
{
    int n = pcre2_match(regex->code, (PCRE2_SPTR)text, length, from, PCRE2_NOTEMPTY, regex->match,
                        regex->limits);
    *found = false;
    *is_limited = false;
    if (n >= 0) {
        const PCRE2_SIZE *offsets = pcre2_get_ovector_pointer(regex->match);
        *begin = offsets[0];
        *end = offsets[1];
        *found = *begin >= from && *end > *begin; /* \K can move the beginning */
        return PIL_OK;
    }
    switch (n) {
    case PCRE2_ERROR_NOMATCH:
        return PIL_OK;
    case PCRE2_ERROR_NOMEMORY:
        return pil_error_no_memory(err);
    default:
        *is_limited = true;
        return PIL_OK;
    }
}
