#include "text_terms.h"

#include "text/stop_words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void pil_term_table_dispose(pil_term_table *table)
{
    pil_intern_dispose(&table->terms);
    free(table->is_stop);
    free(table->places);
    free(table->known);
    pil_arena_dispose(&table->arena);
    *table = (pil_term_table){0};
}

static bool reserve(pil_term_table *table)
{
    uint32_t capacity = table->terms.capacity;
    if (table->n_capacity >= capacity)
        return true;
    bool *is_stop = realloc(table->is_stop, capacity * sizeof *is_stop);
    if (is_stop != NULL)
        table->is_stop = is_stop;
    uint32_t *places = realloc(table->places, capacity * sizeof *places);
    if (places != NULL)
        table->places = places;
    if (is_stop == NULL || places == NULL)
        return false;
    table->n_capacity = capacity;
    return true;
}

static pil_status add(pil_term_table *table, const char *language, const char *form,
                      const char *term, size_t length, uint32_t *number, pil_error *err)
{
    bool is_new;
    if (pil_intern_add(&table->terms, term, length, number, &is_new) != PIL_OK || !reserve(table))
        return pil_error_no_memory(err);
    if (is_new) {
        table->is_stop[*number] = false;
        table->places[*number] = 0;
    }
    if (form != NULL && pil_is_stop_word(language, form))
        table->is_stop[*number] = true;
    return PIL_OK;
}

pil_status pil_term_table_add(pil_term_table *table, const char *term, size_t length,
                              uint32_t *number, pil_error *err)
{
    return add(table, NULL, NULL, term, length, number, err);
}

/* Makes room for the analyser's numbers, which mean something else in another language or epoch. */
static bool reserve_known(pil_term_table *table, const char *language, uint64_t epoch, uint32_t n)
{
    if (table->epoch != epoch || strcmp(table->language, language) != 0) {
        table->epoch = epoch;
        snprintf(table->language, sizeof table->language, "%s", language);
        if (table->n_known > 0)
            memset(table->known, 0, table->n_known * sizeof *table->known);
    }
    if (n <= table->n_known)
        return true;
    uint32_t *known = realloc(table->known, 2 * (size_t)n * sizeof *known);
    if (known == NULL)
        return false;
    memset(known + table->n_known, 0, (2 * (size_t)n - table->n_known) * sizeof *known);
    table->known = known;
    table->n_known = 2 * n;
    return true;
}

static pil_status add_token(pil_term_table *table, const pil_token *token, uint64_t epoch,
                            const char *language, uint32_t *number, pil_error *err)
{
    if (!reserve_known(table, language, epoch, token->term_number + 1))
        return pil_error_no_memory(err);
    uint32_t *known = &table->known[token->term_number];
    if (*known > 0) {
        *number = *known - 1;
        return PIL_OK;
    }
    pil_status status =
        add(table, language, token->form, token->term, token->term_bytes, number, err);
    if (status == PIL_OK)
        *known = *number + 1;
    return status;
}

static int compare_numbers(const void *left, const void *right)
{
    const pil_text_term *a = left, *b = right;
    return a->number < b->number ? -1 : a->number > b->number;
}

pil_status pil_text_terms_of(pil_term_table *table, const pil_analyser *analyser,
                             const char *language, const pil_token *tokens, size_t n_tokens,
                             pil_text_terms *out, pil_error *err)
{
    uint64_t epoch = pil_analyser_epoch(analyser);
    pil_text_term *items = pil_arena_alloc(&table->arena, (n_tokens + 1) * sizeof *items);
    uint32_t *numbers = pil_arena_alloc(&table->arena, (n_tokens + 1) * sizeof *numbers);
    if (items == NULL || numbers == NULL)
        return pil_error_no_memory(err);
    *out = (pil_text_terms){.items = items, .numbers = numbers, .n_tokens = n_tokens};
    pil_status status = PIL_OK;
    for (size_t i = 0; i < n_tokens && status == PIL_OK; i++) {
        const pil_token *token = &tokens[i];
        status = add_token(table, token, epoch, language, &numbers[i], err);
        if (status != PIL_OK)
            break;
        uint32_t *place = &table->places[numbers[i]]; /* in items, plus 1 */
        if (*place == 0) {
            items[out->n++].number = numbers[i];
            *place = (uint32_t)out->n;
            items[*place - 1].n_times = 0;
        }
        bool is_word = token->kind == PIL_TOKEN_WORD;
        items[*place - 1].n_times += is_word;
        out->n_words += is_word;
    }
    for (size_t i = 0; i < out->n; i++)
        table->places[items[i].number] = 0;
    qsort(items, out->n, sizeof *items, compare_numbers);
    return status;
}

pil_status pil_text_terms_read(pil_term_table *table, pil_analyser *analyser, const char *language,
                               const char *text, size_t length, pil_text_terms *out, pil_error *err)
{
    const pil_token *tokens;
    size_t n_tokens;
    pil_status status = pil_analyser_run(analyser, language, text, length, &tokens, &n_tokens, err);
    return status == PIL_OK
               ? pil_text_terms_of(table, analyser, language, tokens, n_tokens, out, err)
               : status;
}

const pil_text_term *pil_text_terms_find(const pil_text_terms *text, uint32_t number)
{
    const pil_text_term key = {.number = number};
    return text->n == 0 ? NULL
                        : bsearch(&key, text->items, text->n, sizeof *text->items, compare_numbers);
}
