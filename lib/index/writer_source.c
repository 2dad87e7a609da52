#include "writer_internal.h"

#include <stdlib.h>
#include <string.h>

static void free_source(pil_open_source *source)
{
    if (source == NULL)
        return;
    pil_intern_dispose(&source->keys);
    pil_intern_dispose(&source->old_keys);
    free(source->articles);
    free(source->is_old_seen);
    free(source->path);
    free(source);
}

void pil_writer_drop_source(pil_index_writer *writer)
{
    free_source(writer->source);
    writer->source = NULL;
}

/* Numbers what the catalogue has of the source, so that each article finds its earlier self. */
static pil_status learn_old_articles(pil_open_source *source, const pil_source *old, pil_error *err)
{
    if (old == NULL)
        return PIL_OK;
    source->old_articles = old->articles;
    source->old_recipe = old->recipe;
    source->is_old_seen = calloc(old->n_articles + 1, sizeof *source->is_old_seen);
    if (source->is_old_seen == NULL)
        return pil_error_no_memory(err);
    for (size_t i = 0; i < old->n_articles; i++) {
        uint32_t number;
        if (pil_intern_add(&source->old_keys, old->articles[i].key.hex, PIL_DIGEST_LENGTH, &number,
                           NULL) != PIL_OK)
            return pil_error_no_memory(err);
    }
    return PIL_OK;
}

pil_status pil_index_writer_begin_source(pil_index_writer *writer, const char *path,
                                         const pil_source_stat *stat, uint64_t recipe,
                                         pil_error *err)
{
    pil_open_source *source = calloc(1, sizeof *source);
    if (source == NULL)
        return pil_error_no_memory(err);
    source->stat = *stat;
    source->recipe = recipe;
    source->path = strdup(path);
    pil_status status =
        source->path == NULL
            ? pil_error_no_memory(err)
            : learn_old_articles(source, pil_catalogue_find(&writer->catalogue, path), err);
    if (status == PIL_OK)
        writer->source = source;
    else
        free_source(source);
    return status;
}

/* ---- one article ---- */

/* Makes room for one more article and returns where, by its key; *is_new is false when the key
 * came before in this source. NULL when memory ran out. */
static pil_catalogue_article *list_article(pil_open_source *source, const pil_digest *key,
                                           bool *is_new)
{
    if (source->keys.n_entries == source->capacity) {
        size_t capacity = source->capacity == 0 ? 4 : source->capacity * 2;
        pil_catalogue_article *grown = realloc(source->articles, capacity * sizeof *grown);
        if (grown == NULL)
            return NULL;
        source->articles = grown;
        source->capacity = capacity;
    }
    uint32_t number;
    if (pil_intern_add(&source->keys, key->hex, PIL_DIGEST_LENGTH, &number, is_new) != PIL_OK)
        return NULL;
    return &source->articles[number];
}

pil_status pil_index_writer_begin_batch(pil_index_writer *writer, const pil_batch *batch,
                                        pil_error *err)
{
    bool has_room;
    pil_status status = pil_writer_has_room(writer, writer->builder, batch, &has_room, err);
    return status != PIL_OK || has_room ? status : pil_index_writer_commit(writer, err);
}

/* The article will be in the segment being built; one without paragraphs is in the catalogue only.
 */
static pil_status want_article(pil_index_writer *writer, pil_batch_article *article, pil_error *err)
{
    writer->is_changed = true;
    if (article->meta.n_paragraphs == 0)
        return PIL_OK;
    article->is_wanted = true;
    article->meta.generation = writer->manifest.generation + 1;
    return pil_writer_note_built(writer, &article->key, article->meta.n_paragraphs, err);
}

pil_status pil_index_writer_add_article(pil_index_writer *writer, pil_batch_article *article,
                                        pil_article_outcome *outcome, pil_error *err)
{
    pil_open_source *source = writer->source;
    const pil_digest *key = &article->key;
    bool is_new;
    article->is_wanted = false;
    pil_catalogue_article *listed = list_article(source, key, &is_new);
    if (listed == NULL)
        return pil_error_no_memory(err);
    uint32_t old = pil_intern_find(&source->old_keys, key->hex, PIL_DIGEST_LENGTH);
    bool is_known = old != PIL_INTERN_NONE;
    if (is_known)
        source->is_old_seen[old] = true;
    if (is_new && is_known && source->old_recipe == source->recipe &&
        strcmp(source->old_articles[old].content.hex, article->content.hex) == 0) {
        *listed = source->old_articles[old];
        *outcome = PIL_ARTICLE_UNCHANGED;
        return PIL_OK;
    }
    *outcome = !is_new ? PIL_ARTICLE_REPEATED : is_known ? PIL_ARTICLE_CHANGED : PIL_ARTICLE_NEW;
    *listed = (pil_catalogue_article){
        .key = *key, .content = article->content, .n_paragraphs = article->meta.n_paragraphs};
    pil_status status = PIL_OK;
    /* The ids of its paragraphs stay, also after its file was moved. */
    if (!is_new || is_known)
        status = pil_writer_kill_article(writer, key, &article->meta.id_seed, err);
    return status == PIL_OK ? want_article(writer, article, err) : status;
}

pil_status pil_index_writer_end_batch(pil_index_writer *writer, pil_batch *batch, pil_error *err)
{
    for (size_t i = 0; i < batch->n_articles; i++) {
        if (batch->articles[i].is_wanted)
            return pil_writer_build(writer, batch, err);
    }
    pil_batch_free(batch);
    return PIL_OK;
}

/* ---- ending a source ---- */

static bool is_same_article(const pil_catalogue_article *left, const pil_catalogue_article *right)
{
    return strcmp(left->key.hex, right->key.hex) == 0 &&
           strcmp(left->content.hex, right->content.hex) == 0 &&
           left->n_paragraphs == right->n_paragraphs;
}

/* Whether the catalogue says all this already. */
static bool is_stored(const pil_source *source, const pil_open_source *open, pil_source_state state,
                      const char *reason)
{
    bool is_same = source->state == state && strcmp(source->reason, reason) == 0 &&
                   memcmp(&source->stat, &open->stat, sizeof open->stat) == 0 &&
                   strcmp(source->content.hex, open->content.hex) == 0 &&
                   source->recipe == open->recipe && source->n_articles == open->keys.n_entries;
    for (size_t i = 0; is_same && i < source->n_articles; i++)
        is_same = is_same_article(&source->articles[i], &open->articles[i]);
    return is_same;
}

static pil_status store_source(pil_index_writer *writer, pil_source_state state, const char *reason,
                               pil_error *err)
{
    pil_open_source *open = writer->source;
    pil_source *source;
    pil_status status = pil_catalogue_get(&writer->catalogue, open->path, &source, err);
    if (status == PIL_OK && is_stored(source, open, state, reason))
        return PIL_OK;
    if (status == PIL_OK)
        status = pil_catalogue_set_articles(&writer->catalogue, source, open->articles,
                                            open->keys.n_entries, err);
    if (status == PIL_OK)
        status = pil_catalogue_set_reason(&writer->catalogue, source, reason, err);
    if (status != PIL_OK)
        return status;
    source->state = state;
    source->stat = open->stat;
    source->content = open->content;
    source->recipe = open->recipe;
    source->is_changed = true;
    writer->is_changed = true;
    return PIL_OK;
}

/* Lists the articles of the earlier reading that have not come again. One that was indexed with
 * another recipe must not pass for one of this: without its content's digest it counts as changed
 * when it comes. */
static pil_status keep_unseen(pil_open_source *source, pil_error *err)
{
    for (uint32_t i = 0; i < source->old_keys.n_entries; i++) {
        bool is_new;
        if (source->is_old_seen[i])
            continue;
        pil_catalogue_article *listed = list_article(source, &source->old_articles[i].key, &is_new);
        if (listed == NULL)
            return pil_error_no_memory(err);
        *listed = source->old_articles[i];
        if (source->old_recipe != source->recipe)
            listed->content = (pil_digest){""};
    }
    return PIL_OK;
}

/* The commit that comes in the middle of a source keeps the rest of its earlier reading alive.
 * The list that goes on to grow must not hold that rest, so it is put aside. */
pil_status pil_writer_store_partial_source(pil_index_writer *writer, pil_error *err)
{
    pil_open_source *source = writer->source;
    if (source->keys.n_entries == 0)
        return PIL_OK;
    pil_open_source whole = *source;
    pil_intern empty_keys = {0};
    whole.keys = empty_keys;
    whole.articles = NULL;
    whole.capacity = 0;
    pil_status status = PIL_OK;
    for (uint32_t i = 0; i < source->keys.n_entries && status == PIL_OK; i++) {
        bool is_new;
        pil_catalogue_article *listed = list_article(&whole, &source->articles[i].key, &is_new);
        if (listed == NULL)
            status = pil_error_no_memory(err);
        else
            *listed = source->articles[i];
    }
    if (status == PIL_OK)
        status = keep_unseen(&whole, err);
    if (status == PIL_OK) {
        writer->source = &whole;
        status = store_source(writer, PIL_SOURCE_PARTIAL, "", err);
        writer->source = source;
    }
    pil_intern_dispose(&whole.keys);
    free(whole.articles);
    return status;
}

pil_status pil_index_writer_end_source(pil_index_writer *writer, const pil_digest *content,
                                       bool keep_missing, const char *reason, size_t *n_removed,
                                       pil_error *err)
{
    pil_open_source *source = writer->source;
    source->content = *content;
    pil_status status = PIL_OK;
    *n_removed = 0;
    if (keep_missing)
        status = keep_unseen(source, err);
    for (uint32_t i = 0; !keep_missing && i < source->old_keys.n_entries && status == PIL_OK; i++) {
        if (source->is_old_seen[i])
            continue;
        status = pil_writer_kill_article(writer, &source->old_articles[i].key, NULL, err);
        ++*n_removed;
    }
    if (status == PIL_OK)
        status = store_source(writer, PIL_SOURCE_INDEXED, reason, err);
    pil_writer_drop_source(writer);
    return status;
}

/* ---- sources that are not read ---- */

pil_status pil_index_writer_skip_source(pil_index_writer *writer, const char *path,
                                        const pil_source_stat *stat, const char *reason,
                                        pil_error *err)
{
    pil_source *source;
    pil_status status = pil_catalogue_get(&writer->catalogue, path, &source, err);
    if (status != PIL_OK)
        return status;
    if (source->state == PIL_SOURCE_GONE)
        source->n_articles = 0;
    bool is_same = source->state == PIL_SOURCE_SKIPPED && strcmp(source->reason, reason) == 0 &&
                   memcmp(&source->stat, stat, sizeof *stat) == 0;
    if (is_same)
        return PIL_OK;
    status = pil_catalogue_set_reason(&writer->catalogue, source, reason, err);
    if (status != PIL_OK)
        return status;
    source->state = PIL_SOURCE_SKIPPED;
    source->stat = *stat;
    source->is_changed = true;
    writer->is_changed = true;
    return PIL_OK;
}

pil_status pil_index_writer_touch_source(pil_index_writer *writer, const char *path,
                                         const pil_source_stat *stat, pil_error *err)
{
    pil_source *source = pil_catalogue_find(&writer->catalogue, path);
    if (source == NULL)
        return pil_error_set(err, PIL_NOT_FOUND, "not in the index");
    source->stat = *stat;
    source->is_changed = true;
    writer->is_changed = true;
    return PIL_OK;
}

pil_status pil_index_writer_remove_source(pil_index_writer *writer, const char *path,
                                          size_t *n_articles, pil_error *err)
{
    *n_articles = 0;
    pil_source *source = pil_catalogue_find(&writer->catalogue, path);
    if (source == NULL)
        return pil_error_set(err, PIL_NOT_FOUND, "not in the index");
    pil_status status = PIL_OK;
    for (size_t i = 0; i < source->n_articles && status == PIL_OK; i++)
        status = pil_writer_kill_article(writer, &source->articles[i].key, NULL, err);
    if (status != PIL_OK)
        return status;
    *n_articles = source->n_articles;
    source->state = PIL_SOURCE_GONE;
    source->n_articles = 0;
    source->is_changed = true;
    writer->is_changed = true;
    return PIL_OK;
}
