#include "compounds.h"

#include "base/utf8.h"
#include "single_form.h"

#include <stdio.h>
#include <string.h>

/* Shorter halves are more often chance than words: "to-gether", "in-to". */
enum { MIN_SPLIT_CHARACTERS = 3, MIN_JOIN_CHARACTERS = 4 };

/* Where to split: the place whose rarer half is the most frequent. *at is 0 when there is none. */
static pil_status find_split(pil_snapshot *snapshot, const char *form, size_t length,
                             const char *language, size_t *at, pil_error *err)
{
    uint32_t best = 0;
    *at = 0;
    for (size_t split = 1; split < length; split++) {
        if (pil_utf8_boundary(form, length, split) != split ||
            pil_utf8_count(form, split) < MIN_SPLIT_CHARACTERS ||
            pil_utf8_count(form + split, length - split) < MIN_SPLIT_CHARACTERS)
            continue;
        pil_lexicon_entry left, right;
        pil_status status = pil_snapshot_lookup(snapshot, form, split, language, &left, err);
        if (status == PIL_OK && left.n_written > best)
            status =
                pil_snapshot_lookup(snapshot, form + split, length - split, language, &right, err);
        else
            right = (pil_lexicon_entry){0};
        if (status != PIL_OK)
            return status;
        uint32_t rarer = left.n_written < right.n_written ? left.n_written : right.n_written;
        if (rarer > best) {
            best = rarer;
            *at = split;
        }
    }
    return PIL_OK;
}

/* A word that nobody wrote as such may be two; so may one that was also found hyphenated, unless
 * that is as rare as a slip of the printer: "inter-national". */
static bool is_a_compound(const pil_lexicon_entry *whole)
{
    return whole->n_written == 0 || whole->n_derived > whole->n_written / 100;
}

static pil_status add_alternative(pil_matcher *matcher, size_t clause, const char *text,
                                  size_t length, pil_error *err)
{
    const pil_alternative alternative = {
        .text = text, .text_bytes = length, .kind = PIL_ALTERNATIVE_COMPOUND, .weight = 1};
    return pil_matcher_add_alternative(matcher, clause, &alternative, err);
}

static pil_status add_split(pil_snapshot *snapshot, size_t clause, const char *form, size_t length,
                            const char *language, pil_matcher *matcher, pil_error *err)
{
    pil_lexicon_entry whole;
    size_t at = 0;
    pil_status status = pil_snapshot_lookup(snapshot, form, length, language, &whole, err);
    if (status == PIL_OK && is_a_compound(&whole))
        status = find_split(snapshot, form, length, language, &at, err);
    if (status != PIL_OK || at == 0)
        return status;
    char apart[PIL_TERM_MAX_BYTES + 2];
    int n = snprintf(apart, sizeof apart, "%.*s %s", (int)at, form, form + at);
    return add_alternative(matcher, clause, apart, (size_t)n, err);
}

static pil_status add_join(pil_snapshot *snapshot, size_t clause, const char *left,
                           size_t left_bytes, const char *right, size_t right_bytes,
                           const char *language, pil_matcher *matcher, pil_error *err)
{
    char joined[2 * PIL_TERM_MAX_BYTES + 1];
    if (left_bytes + right_bytes > PIL_TERM_MAX_BYTES ||
        pil_utf8_count(left, left_bytes) < MIN_JOIN_CHARACTERS ||
        pil_utf8_count(right, right_bytes) < MIN_JOIN_CHARACTERS)
        return PIL_OK;
    int n = snprintf(joined, sizeof joined, "%s%s", left, right);
    pil_lexicon_entry whole;
    pil_status status = pil_snapshot_lookup(snapshot, joined, (size_t)n, language, &whole, err);
    if (status != PIL_OK || whole.n_written == 0)
        return status;
    status = add_alternative(matcher, clause, joined, (size_t)n, err);
    if (status == PIL_OK)
        status = add_alternative(matcher, clause + 1, joined, (size_t)n, err);
    return status;
}

pil_status pil_compounds_add(pil_snapshot *snapshot, const pil_query *query, pil_analyser *analyser,
                             const char *language, pil_matcher *matcher, pil_error *err)
{
    char form[PIL_TERM_MAX_BYTES + 1], before[PIL_TERM_MAX_BYTES + 1] = "";
    size_t length, before_length = 0;
    pil_status status = PIL_OK;
    for (size_t i = 0; i < query->n_clauses && status == PIL_OK; i++) {
        status = pil_single_form(&query->clauses[i], analyser, language, form, &length, err);
        if (status == PIL_OK && length > 0)
            status = add_split(snapshot, i, form, length, language, matcher, err);
        bool is_pair = length > 0 && before_length > 0 &&
                       query->clauses[i].occur == query->clauses[i - 1].occur;
        if (status == PIL_OK && is_pair)
            status = add_join(snapshot, i - 1, before, before_length, form, length, language,
                              matcher, err);
        memcpy(before, form, sizeof before);
        before_length = length;
    }
    return status;
}
