#include "query_builder.h"

#include <stdlib.h>
#include <string.h>

pil_status pil_builder_init(pil_query_builder *b, pil_analyser *analyser, pil_error *err)
{
    *b = (pil_query_builder){.analyser = analyser};
    pil_buffer_init(&b->key, SIZE_MAX / 2);
    b->query = calloc(1, sizeof *b->query);
    return b->query == NULL ? pil_error_no_memory(err) : PIL_OK;
}

void pil_builder_dispose(pil_query_builder *b)
{
    pil_query_free(b->query);
    pil_intern_dispose(&b->seen);
    pil_buffer_dispose(&b->key);
}

void pil_builder_remark(pil_query_builder *b, pil_remark remark, pil_slice text)
{
    if (b->remarks[remark].n++ == 0)
        b->remarks[remark].first = text;
}

pil_status pil_builder_analyse(const pil_query_builder *b, pil_slice text, pil_word_list *out,
                               pil_error *err)
{
    *out = (pil_word_list){0};
    pil_status status = pil_analyser_run(b->analyser, "", text.bytes, text.length, &out->tokens,
                                         &out->n_tokens, err);
    for (size_t i = 0; i < out->n_tokens && status == PIL_OK; i++) {
        uint32_t end = out->tokens[i].position + out->tokens[i].n_positions;
        if (end > out->n_positions)
            out->n_positions = end;
    }
    return status;
}

/* ---- a list in the query's arena that grows ---- */

/* Room for one more of n items of size bytes; *items moves. */
static pil_status grow(pil_query_builder *b, void **items, size_t n, size_t *capacity, size_t size,
                       pil_error *err)
{
    if (n < *capacity)
        return PIL_OK;
    size_t larger = *capacity == 0 ? 8 : *capacity * 2;
    void *moved = pil_arena_alloc(&b->query->arena, larger * size);
    if (moved == NULL)
        return pil_error_no_memory(err);
    if (n > 0)
        memcpy(moved, *items, n * size);
    *items = moved;
    *capacity = larger;
    return PIL_OK;
}

static pil_status append_clause(pil_query_builder *b, const pil_clause *clause, pil_error *err)
{
    void *items = b->query->clauses;
    pil_status status =
        grow(b, &items, b->query->n_clauses, &b->clauses_capacity, sizeof *clause, err);
    if (status != PIL_OK)
        return status;
    b->query->clauses = items;
    b->query->clauses[b->query->n_clauses++] = *clause;
    b->n_words += clause->n_words;
    return PIL_OK;
}

pil_status pil_builder_add_filter(pil_query_builder *b, const pil_filter *filter, pil_error *err)
{
    void *items = b->query->filters;
    pil_status status =
        grow(b, &items, b->query->n_filters, &b->filters_capacity, sizeof *filter, err);
    if (status != PIL_OK)
        return status;
    b->query->filters = items;
    b->query->filters[b->query->n_filters++] = *filter;
    return PIL_OK;
}

pil_status pil_builder_add_tree_filter(pil_query_builder *b, const pil_filter *filter,
                                       uint32_t *number, pil_error *err)
{
    void *items = b->query->tree_filters;
    pil_status status =
        grow(b, &items, b->query->n_tree_filters, &b->tree_filters_capacity, sizeof *filter, err);
    if (status != PIL_OK)
        return status;
    b->query->tree_filters = items;
    *number = (uint32_t)b->query->n_tree_filters++;
    b->query->tree_filters[*number] = *filter;
    return PIL_OK;
}

/* ---- clauses ---- */

/* Two clauses with the same key are the same: kind and words. */
static pil_status make_key(pil_query_builder *b, const pil_read_clause *clause,
                           const pil_word_list *words)
{
    pil_buffer_clear(&b->key);
    const uint32_t head[] = {clause->kind,        clause->is_exact,     clause->distance,
                             clause->in_sentence, clause->ignores_case, clause->filter};
    pil_status status = pil_buffer_append(&b->key, head, sizeof head);
    if (status == PIL_OK && clause->pattern != NULL)
        status = pil_buffer_append(&b->key, clause->pattern, strlen(clause->pattern));
    for (size_t i = 0; i < words->n_tokens && clause->pattern == NULL && status == PIL_OK; i++) {
        const pil_token *token = &words->tokens[i];
        uint32_t n_written = clause->is_exact ? (uint32_t)(token->end_byte - token->begin_byte) : 0;
        const uint32_t place[] = {token->position, token->n_positions, n_written};
        status = pil_buffer_append(&b->key, place, sizeof place);
        if (status == PIL_OK)
            status = pil_buffer_append(&b->key, clause->text.bytes + token->begin_byte, n_written);
        if (status == PIL_OK)
            status = pil_buffer_append(&b->key, token->form, token->form_bytes + (size_t)1);
    }
    return status;
}

/* The text up to the last word that is within the first n_words of words. */
static pil_slice cut_text(pil_slice text, const pil_word_list *words, uint32_t n_words)
{
    size_t end = 0;
    for (size_t i = 0; i < words->n_tokens; i++) {
        const pil_token *token = &words->tokens[i];
        if (token->position + token->n_positions <= n_words && token->end_byte > end)
            end = token->end_byte;
    }
    return (pil_slice){text.bytes, end};
}

/* How many words the clause counts for: one that is no list of words counts as one. */
static uint32_t count_words(const pil_read_clause *clause, const pil_word_list *words)
{
    bool is_list = clause->kind == PIL_CLAUSE_WORD || clause->kind == PIL_CLAUSE_PHRASE ||
                   clause->kind == PIL_CLAUSE_NEAR;
    return is_list ? words->n_positions : 1;
}

/* Cuts the clause, whose words are too many, to n_free of them. */
static void cut_clause(pil_query_builder *b, const pil_word_list *words, uint32_t n_free,
                       pil_read_clause *clause)
{
    pil_slice text = clause->text;
    bool can_be_cut = clause->pattern == NULL && !clause->excludes;
    clause->text = can_be_cut ? cut_text(text, words, n_free) : (pil_slice){text.bytes, 0};
    b->query->is_truncated = true;
    pil_builder_remark(
        b, PIL_REMARK_TOO_LONG,
        (pil_slice){text.bytes + clause->text.length, text.length - clause->text.length});
}

static pil_status add_new_clause(pil_query_builder *b, const pil_read_clause *read,
                                 uint32_t n_words, pil_error *err)
{
    pil_clause clause = {.text_bytes = read->text.length,
                         .pattern = read->pattern,
                         .n_words = n_words,
                         .distance = read->distance,
                         .filter = read->filter,
                         .occur = PIL_OCCUR_MUST_NOT,
                         .kind = read->kind,
                         .is_exact = read->is_exact,
                         .in_sentence = read->in_sentence,
                         .ignores_case = read->ignores_case};
    clause.text = pil_arena_copy(&b->query->arena, read->text.bytes, read->text.length);
    if (clause.text == NULL)
        return pil_error_no_memory(err);
    return append_clause(b, &clause, err);
}

static pil_status intern_clause(pil_query_builder *b, const pil_read_clause *clause,
                                const pil_word_list *words, uint32_t *number, pil_added *added,
                                pil_error *err)
{
    if (make_key(b, clause, words) != PIL_OK)
        return pil_error_no_memory(err);
    *added = PIL_ADDED;
    *number = pil_intern_find(&b->seen, b->key.bytes, b->key.length);
    if (*number != PIL_INTERN_NONE)
        return PIL_OK;
    pil_read_clause kept = *clause;
    uint32_t n_words = count_words(clause, words), n_free = PIL_QUERY_MAX_WORDS - b->n_words;
    if (n_words > n_free) {
        cut_clause(b, words, n_free, &kept);
        n_words = n_free;
        *added = kept.text.length == 0 ? PIL_NOT_ADDED : PIL_ADDED_UP_TO_THE_LIMIT;
    }
    if (*added == PIL_NOT_ADDED)
        return PIL_OK;
    if (pil_intern_add(&b->seen, b->key.bytes, b->key.length, number, NULL) != PIL_OK)
        return pil_error_no_memory(err);
    return add_new_clause(b, &kept, n_words, err);
}

pil_status pil_builder_add(pil_query_builder *b, const pil_read_clause *clause, uint32_t *number,
                           pil_added *added, pil_error *err)
{
    pil_word_list words = {0};
    *added = PIL_NOT_ADDED;
    bool has_words = clause->pattern == NULL && clause->kind != PIL_CLAUSE_FILTER;
    if (has_words) {
        pil_status status = pil_builder_analyse(b, clause->text, &words, err);
        if (status != PIL_OK)
            return status;
        if (words.n_tokens == 0) {
            pil_builder_remark(b, PIL_REMARK_WITHOUT_WORD, clause->text);
            return PIL_OK;
        }
    }
    return intern_clause(b, clause, &words, number, added, err);
}
