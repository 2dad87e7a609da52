#include "disappeared.h"

#include "index/stored_path.h"

#include <stdlib.h>
#include <string.h>

void pil_disappeared_dispose(pil_disappeared *list)
{
    for (size_t i = 0; i < list->n_items; i++)
        free(list->items[i].stored_path);
    free(list->items);
    pil_intern_dispose(&list->by_stat);
    pil_intern_dispose(&list->by_content);
    free(list->first_by_stat);
    free(list->first_by_content);
    *list = (pil_disappeared){0};
}

static bool is_below_any(const char *path, const char *const *roots, size_t n_roots)
{
    for (size_t i = 0; i < n_roots; i++) {
        if (pil_walk_is_below(path, roots[i]))
            return true;
    }
    return false;
}

static pil_status add(pil_disappeared *list, const pil_source *source, bool is_unsure,
                      pil_error *err)
{
    if (list->n_items == list->capacity) {
        size_t capacity = list->capacity == 0 ? 16 : list->capacity * 2;
        pil_disappeared_source *grown = realloc(list->items, capacity * sizeof *grown);
        if (grown == NULL)
            return pil_error_no_memory(err);
        list->items = grown;
        list->capacity = capacity;
    }
    char *path = strdup(source->path);
    if (path == NULL)
        return pil_error_no_memory(err);
    list->items[list->n_items++] = (pil_disappeared_source){
        .stored_path = path,
        .stat = source->stat,
        .content = source->content,
        .recipe = source->recipe,
        .n_articles = source->n_articles,
        .is_indexed = source->state == PIL_SOURCE_INDEXED && source->reason[0] == '\0' &&
                      source->content.hex[0] != '\0',
        .is_unsure = is_unsure,
    };
    return PIL_OK;
}

static pil_status check_source(pil_disappeared *list, const pil_source *source,
                               const char *index_directory, const char *const *roots,
                               size_t n_roots, const pil_walk *walk, pil_error *err)
{
    if (source->state == PIL_SOURCE_GONE || strcmp(source->path, "-") == 0)
        return PIL_OK;
    char *path = pil_stored_path_resolve(index_directory, source->path);
    if (path == NULL)
        return pil_error_no_memory(err);
    pil_status status = PIL_OK;
    bool is_missing = is_below_any(path, roots, n_roots) &&
                      pil_intern_find(&walk->paths, path, strlen(path)) == PIL_INTERN_NONE;
    if (is_missing)
        status = add(list, source, pil_walk_is_unsure(walk, path), err);
    free(path);
    return status;
}

/* Files that share a key are all but the first left to be told apart by nothing: the first serves.
 * The caller marks it as taken, and a second copy is then read. */
static pil_status index_by(pil_intern *table, uint32_t *firsts, const void *key, size_t key_bytes,
                           size_t number, pil_error *err)
{
    uint32_t entry;
    bool is_new;
    if (pil_intern_add(table, key, key_bytes, &entry, &is_new) != PIL_OK)
        return pil_error_no_memory(err);
    if (is_new)
        firsts[entry] = (uint32_t)number;
    return PIL_OK;
}

static pil_status index_all(pil_disappeared *list, pil_error *err)
{
    list->first_by_stat = calloc(list->n_items + 1, sizeof *list->first_by_stat);
    list->first_by_content = calloc(list->n_items + 1, sizeof *list->first_by_content);
    if (list->first_by_stat == NULL || list->first_by_content == NULL)
        return pil_error_no_memory(err);
    pil_status status = PIL_OK;
    for (size_t i = 0; i < list->n_items && status == PIL_OK; i++) {
        const pil_disappeared_source *item = &list->items[i];
        if (!item->is_indexed)
            continue;
        status =
            index_by(&list->by_stat, list->first_by_stat, &item->stat, sizeof item->stat, i, err);
        if (status == PIL_OK)
            status = index_by(&list->by_content, list->first_by_content, item->content.hex,
                              PIL_DIGEST_LENGTH, i, err);
    }
    return status;
}

pil_status pil_disappeared_find(pil_disappeared *list, const pil_catalogue *catalogue,
                                const char *index_directory, const char *const *roots,
                                size_t n_roots, const pil_walk *walk, pil_error *err)
{
    pil_status status = PIL_OK;
    for (uint32_t i = 0; i < catalogue->paths.n_entries && status == PIL_OK; i++)
        status =
            check_source(list, &catalogue->sources[i], index_directory, roots, n_roots, walk, err);
    return status == PIL_OK ? index_all(list, err) : status;
}

pil_disappeared_source *pil_disappeared_match(pil_disappeared *list, const pil_source_stat *stat,
                                              const pil_digest *content, uint64_t recipe)
{
    uint32_t entry = pil_intern_find(&list->by_stat, stat, sizeof *stat);
    uint32_t number = PIL_INTERN_NONE;
    if (entry != PIL_INTERN_NONE)
        number = list->first_by_stat[entry];
    else if (content != NULL) {
        entry = pil_intern_find(&list->by_content, content->hex, PIL_DIGEST_LENGTH);
        if (entry != PIL_INTERN_NONE)
            number = list->first_by_content[entry];
    }
    if (number == PIL_INTERN_NONE)
        return NULL;
    pil_disappeared_source *item = &list->items[number];
    return item->is_taken || item->recipe != recipe ? NULL : item;
}
