/* All paragraphs that match, sorted by what their articles say. They are ranked; put into the order
 * in which they are stored, for a walk over their articles; and sorted. */
#include "article_walk.h"
#include "base/intern.h"
#include "found.h"
#include "index/stored_path.h"
#include "search/dates.h"
#include "searcher_internal.h"

#include <stdlib.h>
#include <string.h>

typedef struct entry {
    pil_found found;
    uint32_t rank;   /* from 0 */
    uint32_t number; /* in its article */
    uint64_t key;    /* of its article */
} entry;

typedef struct sorting {
    pil_searcher *run;
    entry *entries; /* [0..n) */
    size_t n;
    uint32_t n_articles;
    pil_intern paths;       /* resolved */
    pil_buffer last_stored; /* the stored path that came last */
    uint32_t last_path;     /* its number among the paths */
} sorting;

/* ---- keys ---- */

static uint64_t key_of_day(const pil_article_meta *meta, bool newest_first)
{
    uint32_t first_day, last_day;
    if (!pil_dates_of_article(meta->date, &first_day, &last_day))
        return UINT64_MAX;
    return newest_first ? UINT32_MAX - first_day : first_day;
}

/* The number, in order of arrival, of the path of an article's file, in an archive with "#" and the
 * member. Articles of one file mostly follow one another. */
static pil_status number_path(sorting *self, const pil_article_meta *meta, uint32_t *number,
                              pil_error *err)
{
    bool is_member = meta->member_bytes > 0;
    const char *stored = is_member ? meta->id : meta->path;
    size_t length = strlen(meta->path) + (is_member ? 1 + meta->member_bytes : 0);
    *number = self->last_path;
    if (self->paths.n_entries > 0 && self->last_stored.length == length &&
        memcmp(self->last_stored.bytes, stored, length) == 0)
        return PIL_OK;
    pil_buffer_clear(&self->last_stored);
    pil_status status = pil_buffer_append(&self->last_stored, stored, length);
    char *path = status != PIL_OK ? NULL
                                  : pil_stored_path_resolve(self->run->snapshot->directory,
                                                            self->last_stored.bytes);
    bool is_done =
        path != NULL && pil_intern_add(&self->paths, path, strlen(path), number, NULL) == PIL_OK;
    free(path);
    self->last_path = *number;
    return is_done ? PIL_OK : pil_error_no_memory(err);
}

static pil_status find_key(sorting *self, const pil_article_meta *meta, uint64_t *key,
                           pil_error *err)
{
    uint32_t path;
    pil_sort sort = self->run->options->sort;
    if (sort != PIL_SORT_PATH) {
        *key = sort == PIL_SORT_SCORE ? 0 : key_of_day(meta, sort == PIL_SORT_NEWEST);
        return PIL_OK;
    }
    pil_status status = number_path(self, meta, &path, err);
    if (status == PIL_OK)
        *key = (uint64_t)path << 32 | meta->line;
    return status;
}

/* A path and its number in order of arrival. */
typedef struct path_entry {
    const char *path;
    uint32_t number;
} path_entry;

static int compare_paths(const void *a, const void *b)
{
    return strcmp(((const path_entry *)a)->path, ((const path_entry *)b)->path);
}

/* Puts the order of the paths in place of their order of arrival. */
static pil_status order_paths(sorting *self, pil_error *err)
{
    uint32_t n = self->paths.n_entries;
    path_entry *paths = malloc((n + 1) * sizeof *paths);
    uint32_t *positions = malloc((n + 1) * sizeof *positions);
    pil_status status = paths == NULL || positions == NULL ? pil_error_no_memory(err) : PIL_OK;
    for (uint32_t i = 0; i < n && status == PIL_OK; i++)
        paths[i] = (path_entry){self->paths.entries[i].bytes, i};
    if (status == PIL_OK)
        qsort(paths, n, sizeof *paths, compare_paths);
    for (uint32_t i = 0; i < n && status == PIL_OK; i++)
        positions[paths[i].number] = i;
    for (size_t i = 0; n > 0 && i < self->n && status == PIL_OK; i++) {
        uint64_t key = self->entries[i].key;
        self->entries[i].key = (uint64_t)positions[key >> 32] << 32 | (key & UINT32_MAX);
    }
    free(paths);
    free(positions);
    return status;
}

/* ---- the walk ---- */

static int compare_stored(const void *a, const void *b)
{
    const pil_found *left = &((const entry *)a)->found, *right = &((const entry *)b)->found;
    if (left->shard != right->shard)
        return left->shard < right->shard ? -1 : 1;
    return left->docid < right->docid ? -1 : left->docid > right->docid;
}

/* The entries from *at on that are in one segment; *at moves behind them. */
static pil_status walk_segment(sorting *self, size_t *at, pil_error *err)
{
    uint32_t shard = self->entries[*at].found.shard;
    uint64_t key = 0;
    pil_article_walk walk;
    pil_article_walk_init(&walk, &self->run->snapshot->segments[shard]);
    pil_status status = PIL_OK;
    for (; *at < self->n && self->entries[*at].found.shard == shard && status == PIL_OK; ++*at) {
        entry *item = &self->entries[*at];
        uint32_t first = walk.documents.first;
        status = pil_article_walk_to(&walk, item->found.docid, err);
        if (status == PIL_OK && walk.documents.first != first) {
            self->n_articles++;
            status = find_key(self, &walk.meta, &key, err);
        }
        item->found.article = self->n_articles - 1;
        item->number = item->found.docid - walk.documents.first + 1;
        item->key = key;
    }
    pil_article_walk_dispose(&walk);
    return status;
}

/* ---- the order ---- */

static int compare_by_rank(const void *a, const void *b)
{
    const entry *left = a, *right = b;
    if (left->key != right->key)
        return left->key < right->key ? -1 : 1;
    return left->rank < right->rank ? -1 : left->rank > right->rank;
}

static int compare_by_number(const void *a, const void *b)
{
    const entry *left = a, *right = b;
    if (left->key != right->key)
        return left->key < right->key ? -1 : 1;
    return left->number < right->number ? -1 : left->number > right->number;
}

static pil_status sort_entries(sorting *self, pil_error *err)
{
    const pil_search_options *options = self->run->options;
    bool is_by_number = options->sort == PIL_SORT_PATH && !options->group_by_article;
    pil_status status = PIL_OK;
    qsort(self->entries, self->n, sizeof *self->entries, compare_stored);
    for (size_t at = 0; at < self->n && status == PIL_OK;)
        status = walk_segment(self, &at, err);
    if (status == PIL_OK && options->sort == PIL_SORT_PATH)
        status = order_paths(self, err);
    if (status == PIL_OK)
        qsort(self->entries, self->n, sizeof *self->entries,
              is_by_number ? compare_by_number : compare_by_rank);
    return status;
}

pil_status pil_found_sorted(pil_searcher *run, pil_found_list *out, pil_error *err)
{
    sorting self = {.run = run};
    pil_buffer_init(&self.last_stored, PIL_RECORD_MAX_BYTES);
    pil_status status = pil_found_best(run, 0, UINT32_MAX, out, err);
    self.n = status == PIL_OK ? out->n : 0;
    self.entries = malloc((self.n + 1) * sizeof *self.entries);
    if (self.entries == NULL)
        status = pil_error_no_memory(err);
    for (size_t i = 0; i < self.n && status == PIL_OK; i++)
        self.entries[i] = (entry){.found = out->items[i], .rank = (uint32_t)i};
    if (status == PIL_OK)
        status = sort_entries(&self, err);
    for (size_t i = 0; i < self.n && status == PIL_OK; i++)
        out->items[i] = self.entries[i].found;
    free(self.entries);
    pil_intern_dispose(&self.paths);
    pil_buffer_dispose(&self.last_stored);
    return status;
}
