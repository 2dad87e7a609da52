#include "writer_internal.h"

#include "stored_batch.h"

#include <stdlib.h>
#include <string.h>

/* The id of a moved article: the new path, and what stood behind the old one. */
static char *moved_id(const char *id, const char *from, const char *to)
{
    size_t from_length = strlen(from), to_length = strlen(to);
    const char *rest = strncmp(id, from, from_length) == 0 ? id + from_length : "";
    char *moved = malloc(to_length + strlen(rest) + 1);
    if (moved != NULL) {
        memcpy(moved, to, to_length);
        memcpy(moved + to_length, rest, strlen(rest) + 1);
    }
    return moved;
}

/* The segment and the first document of an article that is alive. */
static pil_status find_live_article(pil_index_writer *writer, const pil_digest *key,
                                    pil_segment **segment, uint32_t *first, pil_error *err)
{
    for (size_t i = writer->manifest.n_segments; i-- > 0;) {
        pil_docid_range *ranges = NULL;
        size_t n = 0;
        pil_status status = pil_writer_segment(writer, i, segment, err);
        if (status == PIL_OK)
            status = pil_segment_article_ranges(*segment, key, &ranges, &n, err);
        bool is_found = false;
        for (size_t at = 0; at < n && status == PIL_OK && !is_found; at++) {
            is_found = !pil_manifest_is_dead(&writer->manifest.segments[i], ranges[at].first);
            *first = ranges[at].first;
        }
        free(ranges);
        if (status != PIL_OK || is_found)
            return status;
    }
    return pil_error_set(err, PIL_CORRUPT, "an article of the catalogue is in no segment");
}

/* Appends the article under its new id to batch, and lets the old one die. */
static pil_status move_article(pil_index_writer *writer, const pil_catalogue_article *article,
                               const char *from, const char *to, pil_batch *batch,
                               pil_catalogue_article *moved, pil_error *err)
{
    pil_segment *segment;
    uint32_t first = 0, next;
    pil_article_meta meta;
    pil_status status = find_live_article(writer, &article->key, &segment, &first, err);
    if (status == PIL_OK)
        status = pil_segment_article(segment, first, &writer->meta_strings, &meta, err);
    if (status != PIL_OK)
        return status;
    char *id = moved_id(meta.id, from, to);
    if (id == NULL)
        return pil_error_no_memory(err);
    moved->key = pil_digest_of(id, strlen(id));
    status = pil_stored_batch_add(batch, segment, first, id, to, &next, err);
    free(id);
    return status == PIL_OK ? pil_writer_kill_article(writer, &article->key, NULL, err) : status;
}

/* Builds what was moved; when memory is full, what was built before becomes a segment, not live
 * yet: a source moves in one commit. */
static pil_status build_moved(pil_index_writer *writer, pil_batch *batch, pil_error *err)
{
    bool has_room;
    pil_status status = pil_writer_has_room(writer, writer->builder, batch, &has_room, err);
    if (status == PIL_OK && !has_room)
        status = pil_writer_flush(writer, err);
    for (size_t i = 0; i < batch->n_articles && status == PIL_OK; i++) {
        const pil_batch_article *article = &batch->articles[i];
        status = pil_writer_note_built(writer, &article->key, article->meta.n_paragraphs, err);
    }
    if (status == PIL_OK)
        return pil_writer_build(writer, batch, err);
    pil_batch_free(batch);
    return status;
}

/* Moves articles from number *at on, a batch of them. */
static pil_status move_some(pil_index_writer *writer, const pil_source *old, const char *from,
                            const char *to, size_t *at, pil_catalogue_article *moved,
                            pil_error *err)
{
    pil_batch *batch = pil_batch_new();
    pil_status status = batch == NULL ? pil_error_no_memory(err) : PIL_OK;
    for (; *at < old->n_articles && status == PIL_OK && !pil_stored_batch_is_full(batch); ++*at) {
        moved[*at] = old->articles[*at];
        if (old->articles[*at].n_paragraphs > 0)
            status = move_article(writer, &old->articles[*at], from, to, batch, &moved[*at], err);
    }
    if (status == PIL_OK && batch->n_articles > 0)
        return build_moved(writer, batch, err);
    pil_batch_free(batch);
    return status;
}

/* What is to be moved must not be in the segment that is being built. */
static pil_status commit_if_needed(pil_index_writer *writer, const pil_source *source,
                                   pil_error *err)
{
    for (size_t i = 0; i < source->n_articles; i++) {
        if (pil_intern_find(&writer->built_keys, source->articles[i].key.hex, PIL_DIGEST_LENGTH) !=
            PIL_INTERN_NONE)
            return pil_index_writer_commit(writer, err);
    }
    return PIL_OK;
}

pil_status pil_index_writer_move_source(pil_index_writer *writer, const char *from, const char *to,
                                        const pil_source_stat *stat, size_t *n_articles,
                                        pil_error *err)
{
    *n_articles = 0;
    const pil_source *found = pil_catalogue_find(&writer->catalogue, from);
    if (found == NULL)
        return pil_error_set(err, PIL_NOT_FOUND, "not in the index");
    pil_source old = *found;
    pil_catalogue_article *moved = malloc((old.n_articles + 1) * sizeof *moved);
    if (moved == NULL)
        return pil_error_no_memory(err);
    pil_status status = commit_if_needed(writer, &old, err);
    for (size_t at = 0; at < old.n_articles && status == PIL_OK;)
        status = move_some(writer, &old, from, to, &at, moved, err);
    pil_source *target;
    if (status == PIL_OK)
        status = pil_catalogue_get(&writer->catalogue, to, &target, err);
    if (status == PIL_OK)
        status = pil_catalogue_set_articles(&writer->catalogue, target, moved, old.n_articles, err);
    if (status == PIL_OK) {
        const char *path = target->path;
        pil_catalogue_article *articles = target->articles;
        *target = old;
        target->path = path;
        target->articles = articles;
        target->stat = *stat;
        target->is_changed = true;
        pil_source *gone = pil_catalogue_find(&writer->catalogue, from);
        gone->state = PIL_SOURCE_GONE;
        gone->n_articles = 0;
        gone->is_changed = true;
        writer->is_changed = true;
        *n_articles = old.n_articles;
    }
    free(moved);
    /* Flushed segments are known by their commit only. */
    return status == PIL_OK && writer->has_next ? pil_index_writer_commit(writer, err) : status;
}
