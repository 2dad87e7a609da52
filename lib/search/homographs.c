#include "homographs.h"

#include "base/intern.h"
#include "query_list.h"

#include <stdlib.h>
#include <string.h>

/* The terms of a clause: which it is looked up by, and which it has in each language. */
typedef struct term_table {
    const pil_clause_reader *reader;
    size_t clause;
    pil_intern terms;
    bool *is_asked; /* by the number of the term */
    bool *has;      /* rows of the languages of the index, in each as is_asked */
} term_table;

static bool *row_of(const term_table *table, size_t language)
{
    return table->has + language * table->terms.n_entries;
}

/* Calls for each term of the clause in a language: adds it, or marks it in row. */
static pil_status go_through(term_table *table, const char *language, bool *row, pil_error *err)
{
    const pil_reading *readings;
    size_t n_readings;
    pil_status status = pil_matcher_readings(table->reader->matcher, language, table->clause,
                                             &readings, &n_readings, err);
    for (size_t i = 0; status == PIL_OK && i < n_readings; i++) {
        for (size_t j = 0; j < readings[i].n_tokens && status == PIL_OK; j++) {
            const pil_reading_token *token = &readings[i].tokens[j];
            uint32_t number;
            if (pil_intern_add(&table->terms, token->term, token->term_bytes, &number, NULL) !=
                PIL_OK)
                status = pil_error_no_memory(err);
            else if (row != NULL)
                row[number] = true;
        }
    }
    return status;
}

static pil_status fill(term_table *table, pil_error *err)
{
    const pil_clause_reader *reader = table->reader;
    const pil_languages *languages = reader->areas->languages;
    pil_status status = PIL_OK;
    for (size_t i = 0; i < reader->n_languages && status == PIL_OK; i++)
        status = go_through(table, reader->languages[i], NULL, err);
    for (size_t i = 0; i < languages->n && status == PIL_OK; i++)
        status = go_through(table, languages->codes[i], NULL, err);
    if (status != PIL_OK)
        return status;
    table->is_asked = calloc(table->terms.n_entries + 1, sizeof *table->is_asked);
    table->has = calloc(languages->n * table->terms.n_entries + 1, sizeof *table->has);
    if (table->is_asked == NULL || table->has == NULL)
        return pil_error_no_memory(err);
    for (size_t i = 0; i < reader->n_languages && status == PIL_OK; i++)
        status = go_through(table, reader->languages[i], table->is_asked, err);
    for (size_t i = 0; i < languages->n && status == PIL_OK; i++)
        status = go_through(table, languages->codes[i], row_of(table, i), err);
    return status;
}

/* Any of the terms of this kind: those that the clause has in the language of row, or those that it
 * is looked up by and has not. NULL when there are none. */
static pil_status any_term(const term_table *table, const bool *row, bool is_had, xc_query **out,
                           pil_error *err)
{
    pil_query_list list = {0};
    pil_status status = PIL_OK;
    *out = NULL;
    for (uint32_t i = 0; i < table->terms.n_entries && status == PIL_OK; i++) {
        const pil_intern_entry *term = &table->terms.entries[i];
        xc_query *query = NULL;
        if (is_had ? !row[i] : row[i] || !table->is_asked[i])
            continue;
        status = pil_plan_term(term->bytes, term->length, &query, err);
        if (status == PIL_OK)
            status = pil_query_list_push(&list, query, err);
    }
    if (status == PIL_OK)
        return pil_query_list_combine(XC_OR, &list, out, err);
    pil_query_list_dispose(&list);
    return status;
}

static pil_status combine(xc_operator op, xc_query *left, xc_query *right, xc_query **out,
                          pil_error *err)
{
    xc_error failure;
    const xc_query *const parts[] = {left, right};
    return xc_query_combine(op, parts, 2, out, &failure) == XC_OK
               ? PIL_OK
               : pil_status_from_xapian(&failure, err);
}

/* In the languages of which the clause has the terms of row. Adds nothing when it is not looked up
 * by others. */
static pil_status add_languages(const term_table *table, const bool *row,
                                const bool is_among[PIL_LANGUAGES_MAX], pil_query_list *list,
                                pil_error *err)
{
    xc_query *had = NULL, *others = NULL, *area = NULL, *here = NULL, *only = NULL;
    pil_status status = any_term(table, row, false, &others, err);
    if (status == PIL_OK && others != NULL)
        status = pil_language_areas_query(table->reader->areas, is_among, &area, err);
    if (status == PIL_OK && others != NULL)
        status = any_term(table, row, true, &had, err);
    if (status == PIL_OK && others != NULL)
        status = combine(XC_FILTER, others, area, &here, err);
    if (status == PIL_OK && had != NULL)
        status = combine(XC_AND_NOT, here, had, &only, err);
    if (status == PIL_OK) {
        status = pil_query_list_push(list, had != NULL ? only : here, err);
        *(had != NULL ? &only : &here) = NULL;
    }
    xc_query_free(only);
    xc_query_free(here);
    xc_query_free(area);
    xc_query_free(others);
    xc_query_free(had);
    return status;
}

pil_status pil_homographs_query(const pil_clause_reader *reader, size_t clause, xc_query **out,
                                pil_error *err)
{
    term_table table = {.reader = reader, .clause = clause};
    pil_query_list list = {0};
    size_t n_languages = reader->areas->languages->n;
    bool is_done[PIL_LANGUAGES_MAX] = {false};
    *out = NULL;
    pil_status status = fill(&table, err);
    for (size_t i = 0; i < n_languages && status == PIL_OK; i++) {
        bool is_among[PIL_LANGUAGES_MAX] = {false};
        if (is_done[i])
            continue;
        for (size_t j = i; j < n_languages; j++) {
            is_among[j] = memcmp(row_of(&table, i), row_of(&table, j),
                                 table.terms.n_entries * sizeof *table.has) == 0;
            is_done[j] |= is_among[j];
        }
        status = add_languages(&table, row_of(&table, i), is_among, &list, err);
    }
    if (status == PIL_OK)
        status = pil_query_list_combine(XC_OR, &list, out, err);
    else
        pil_query_list_dispose(&list);
    pil_intern_dispose(&table.terms);
    free(table.is_asked);
    free(table.has);
    return status;
}
