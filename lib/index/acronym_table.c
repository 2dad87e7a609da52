#include "index/acronym.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct pil_acronym_count {
    const char *short_form, *long_form;
    uint32_t n_paragraphs;
};

enum { KEY_MAX_BYTES = 1024 };

void pil_acronym_table_dispose(pil_acronym_table *table)
{
    pil_intern_dispose(&table->pairs);
    pil_arena_dispose(&table->strings);
    free(table->counts);
    *table = (pil_acronym_table){0};
}

size_t pil_acronym_table_bytes(const pil_acronym_table *table)
{
    return pil_intern_bytes(&table->pairs) + table->strings.total_bytes +
           table->capacity * sizeof *table->counts;
}

/* Both keys, the first with its NUL; 0 when they are longer than any that is stored. */
static size_t make_key(const pil_acronym *acronym, char key[KEY_MAX_BYTES])
{
    size_t n_short = strlen(acronym->short_key) + 1, n_long = strlen(acronym->long_key);
    if (n_short + n_long > KEY_MAX_BYTES)
        return 0;
    memcpy(key, acronym->short_key, n_short);
    memcpy(key + n_short, acronym->long_key, n_long);
    return n_short + n_long;
}

static bool reserve(pil_acronym_table *table, uint32_t number)
{
    if (number < table->capacity)
        return true;
    size_t capacity = table->capacity == 0 ? 64 : 2 * table->capacity;
    void *grown = realloc(table->counts, capacity * sizeof *table->counts);
    if (grown == NULL)
        return false;
    table->counts = grown;
    table->capacity = capacity;
    return true;
}

pil_status pil_acronym_table_add(pil_acronym_table *table, const pil_acronym *acronym)
{
    char key[KEY_MAX_BYTES];
    uint32_t number;
    bool is_new;
    size_t length = make_key(acronym, key);
    if (length == 0)
        return PIL_OK;
    if (!reserve(table, table->pairs.n_entries) ||
        pil_intern_add(&table->pairs, key, length, &number, &is_new) != PIL_OK)
        return PIL_NO_MEMORY;
    struct pil_acronym_count *count = &table->counts[number];
    if (is_new)
        *count = (struct pil_acronym_count){
            pil_arena_copy(&table->strings, acronym->short_form, strlen(acronym->short_form)),
            pil_arena_copy(&table->strings, acronym->long_form, strlen(acronym->long_form)), 0};
    if (count->short_form == NULL || count->long_form == NULL)
        return PIL_NO_MEMORY;
    count->n_paragraphs += acronym->n_paragraphs;
    return PIL_OK;
}

void pil_acronym_table_subtract(pil_acronym_table *table, const pil_acronym *acronym)
{
    char key[KEY_MAX_BYTES];
    uint32_t number = pil_intern_find(&table->pairs, key, make_key(acronym, key));
    if (number == PIL_INTERN_NONE)
        return;
    uint32_t *n = &table->counts[number].n_paragraphs;
    *n -= acronym->n_paragraphs < *n ? acronym->n_paragraphs : *n;
}

static int compare(const void *left, const void *right)
{
    const pil_acronym *a = left, *b = right;
    if (a->n_paragraphs != b->n_paragraphs)
        return a->n_paragraphs > b->n_paragraphs ? -1 : 1;
    int difference = strcmp(a->short_key, b->short_key);
    return difference != 0 ? difference : strcmp(a->long_key, b->long_key);
}

pil_status pil_acronym_table_list(const pil_acronym_table *table, size_t max, pil_acronym **out,
                                  size_t *n)
{
    *n = 0;
    *out = malloc((table->pairs.n_entries + (size_t)1) * sizeof **out);
    if (*out == NULL)
        return PIL_NO_MEMORY;
    for (uint32_t i = 0; i < table->pairs.n_entries; i++) {
        const char *key = table->pairs.entries[i].bytes;
        if (table->counts[i].n_paragraphs > 0)
            (*out)[(*n)++] = (pil_acronym){.short_key = key,
                                           .long_key = key + strlen(key) + 1,
                                           .short_form = table->counts[i].short_form,
                                           .long_form = table->counts[i].long_form,
                                           .n_paragraphs = table->counts[i].n_paragraphs};
    }
    qsort(*out, *n, sizeof **out, compare);
    if (*n > max)
        *n = max;
    return PIL_OK;
}

pil_status pil_acronym_table_add_all(pil_acronym_table *table, const pil_acronym_table *other)
{
    pil_acronym *list;
    size_t n;
    pil_status status = pil_acronym_table_list(other, SIZE_MAX, &list, &n);
    for (size_t i = 0; i < n && status == PIL_OK; i++)
        status = pil_acronym_table_add(table, &list[i]);
    free(list);
    return status;
}
