#include "grams.h"

#include "index/segment.h"
#include "query_list.h"

#include <stdlib.h>

/* A set of lists is kept in 64 bits. The segments of any further list are not asked for grams. */
enum { MAX_LISTS = 64 };

/* Two words of a reading side by side, both in at least one list. */
typedef struct word_pair {
    const pil_reading_token *first, *second;
    uint64_t lists; /* bit i: lists[i] has both */
} word_pair;

pil_status pil_grams_init(pil_grams *out, const pil_manifest *manifest, pil_error *err)
{
    pil_grams grams = {.manifest = manifest};
    grams.lists = calloc(manifest->n_commons + 1, sizeof *grams.lists);
    pil_status status = grams.lists == NULL ? pil_error_no_memory(err) : PIL_OK;
    for (size_t i = 0; i < manifest->n_commons && i < MAX_LISTS && status == PIL_OK; i++) {
        status = pil_common_words_read(&grams.lists[i], manifest->commons[i].words, err);
        grams.n_lists = i + 1;
    }
    if (status == PIL_OK)
        *out = grams;
    else
        pil_grams_dispose(&grams);
    return status;
}

void pil_grams_dispose(pil_grams *grams)
{
    for (size_t i = 0; i < grams->n_lists; i++)
        pil_common_words_dispose(&grams->lists[i]);
    free(grams->lists);
    *grams = (pil_grams){0};
}

/* The list of the segment as one bit; 0 when it has none. */
static uint64_t list_of(const pil_grams *grams, const pil_manifest_segment *segment)
{
    for (size_t i = 0; i < grams->n_lists; i++)
        if (grams->manifest->commons[i].number == segment->common)
            return (uint64_t)1 << i;
    return 0;
}

static bool has(const pil_common_words *list, const pil_reading_token *token)
{
    return pil_common_words_has(list, token->term, token->term_bytes);
}

static uint64_t lists_with(const pil_grams *grams, const pil_reading_token *first,
                           const pil_reading_token *second)
{
    uint64_t lists = 0;
    for (size_t i = 0; i < grams->n_lists; i++)
        if (has(&grams->lists[i], first) && has(&grams->lists[i], second))
            lists |= (uint64_t)1 << i;
    return lists;
}

/* The only token at position, when it takes no other one: a text that has the reading then has its
 * term there. Else NULL, as for a compound, which is joined or split. */
static const pil_reading_token *only_token(const pil_reading *reading, uint32_t position)
{
    const pil_reading_token *only = NULL;
    for (size_t i = 0; i < reading->n_tokens; i++) {
        const pil_reading_token *token = &reading->tokens[i];
        if (position < token->position || position >= token->position + token->n_positions)
            continue;
        if (only != NULL || token->n_positions != 1)
            return NULL;
        only = token;
    }
    return only;
}

/* Writes the pairs of reading that have grams into pairs, which has room for one a position. */
static size_t find_pairs(const pil_grams *grams, const pil_reading *reading, word_pair *pairs)
{
    size_t n = 0;
    const pil_reading_token *first = only_token(reading, 0);
    for (uint32_t at = 1; at < reading->n_positions; at++) {
        const pil_reading_token *second = only_token(reading, at);
        uint64_t lists = first != NULL && second != NULL ? lists_with(grams, first, second) : 0;
        if (lists != 0)
            pairs[n++] = (word_pair){first, second, lists};
        first = second;
    }
    return n;
}

static pil_status push_gram(const word_pair *pair, pil_query_list *list, pil_error *err)
{
    char term[PIL_GRAM_MAX_BYTES];
    size_t length = pil_gram_term(pair->first->term, pair->first->term_bytes, pair->second->term,
                                  pair->second->term_bytes, term);
    xc_query *query;
    xc_error failure;
    if (xc_query_term(term, length, 1, &query, &failure) != XC_OK)
        return pil_status_from_xapian(&failure, err);
    return pil_query_list_push(list, query, err);
}

/* All paragraphs of the segments whose list is not in lists; NULL when there are none. *n_others:
 * how many segments have theirs in it. */
static pil_status exempt_query(const pil_grams *grams, uint64_t lists, xc_query **out,
                               size_t *n_others, pil_error *err)
{
    const pil_manifest *manifest = grams->manifest;
    size_t n = 0;
    *out = NULL;
    *n_others = 0;
    xc_shard_ranges *shards = calloc(manifest->n_segments + 1, sizeof *shards);
    xc_docid_range *ranges = calloc(manifest->n_segments + 1, sizeof *ranges);
    pil_status status = shards == NULL || ranges == NULL ? pil_error_no_memory(err) : PIL_OK;
    for (size_t i = 0; i < manifest->n_segments && status == PIL_OK; i++) {
        const pil_manifest_segment *segment = &manifest->segments[i];
        if ((list_of(grams, segment) & lists) != 0) {
            ++*n_others;
        } else if (segment->n_paragraphs > 0) {
            ranges[n] = (xc_docid_range){1, segment->n_paragraphs};
            shards[n] = (xc_shard_ranges){segment->uuid, PIL_UUID_LENGTH, &ranges[n], 1};
            n++;
        }
    }
    xc_error failure;
    if (status == PIL_OK && n > 0 && xc_query_docid_ranges(shards, n, out, &failure) != XC_OK)
        status = pil_status_from_xapian(&failure, err);
    free(shards);
    free(ranges);
    return status;
}

/* All grams of the pairs that have just these lists, or a segment that has none of these lists. */
static pil_status push_condition(const pil_grams *grams, const word_pair *pairs, size_t n_pairs,
                                 uint64_t lists, pil_query_list *conditions, pil_error *err)
{
    xc_query *exempt, *together = NULL;
    size_t n_others;
    pil_status status = exempt_query(grams, lists, &exempt, &n_others, err);
    pil_query_list all = {0}, either = {0};
    if (status == PIL_OK)
        status = pil_query_list_push(&either, exempt, err);
    for (size_t i = 0; i < n_pairs && status == PIL_OK; i++)
        if (pairs[i].lists == lists)
            status = push_gram(&pairs[i], &all, err);
    if (status == PIL_OK)
        status = pil_query_list_combine(XC_AND, &all, &together, err);
    if (status == PIL_OK)
        status = pil_query_list_push(&either, together, err);
    xc_query *condition = NULL;
    if (status == PIL_OK && n_others > 0)
        status = pil_query_list_combine(XC_OR, &either, &condition, err);
    if (status == PIL_OK)
        status = pil_query_list_push(conditions, condition, err);
    pil_query_list_dispose(&all);
    pil_query_list_dispose(&either);
    return status;
}

static bool is_first_of_its_lists(const word_pair *pairs, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (pairs[i].lists == pairs[at].lists)
            return false;
    return true;
}

pil_status pil_grams_condition(const pil_grams *grams, const pil_reading *reading, xc_query **out,
                               pil_error *err)
{
    *out = NULL;
    if (grams->n_lists == 0 || reading->n_positions < 2)
        return PIL_OK;
    word_pair *pairs = calloc(reading->n_positions, sizeof *pairs);
    if (pairs == NULL)
        return pil_error_no_memory(err);
    size_t n_pairs = find_pairs(grams, reading, pairs);
    pil_query_list conditions = {0};
    pil_status status = PIL_OK;
    for (size_t i = 0; i < n_pairs && status == PIL_OK; i++)
        if (is_first_of_its_lists(pairs, i))
            status = push_condition(grams, pairs, n_pairs, pairs[i].lists, &conditions, err);
    if (status == PIL_OK)
        status = pil_query_list_combine(XC_AND, &conditions, out, err);
    pil_query_list_dispose(&conditions);
    free(pairs);
    return status;
}
