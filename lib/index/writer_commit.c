#include "writer_internal.h"

#include <stdlib.h>
#include <string.h>

/* ---- the segments of the manifest ---- */

static pil_status open_dictionaries(pil_index_writer *writer, pil_error *err)
{
    if (writer->dictionaries != NULL)
        return PIL_OK;
    writer->segments = calloc(writer->manifest.n_segments + 1, sizeof *writer->segments);
    if (writer->segments == NULL)
        return pil_error_no_memory(err);
    return pil_dictionaries_open(&writer->dictionaries, writer->directory, &writer->manifest, err);
}

pil_status pil_writer_segment(pil_index_writer *writer, size_t at, pil_segment **out,
                              pil_error *err)
{
    pil_status status = open_dictionaries(writer, err);
    if (status != PIL_OK)
        return status;
    pil_segment *segment = &writer->segments[at];
    *out = segment;
    if (segment->database != NULL)
        return PIL_OK;
    status = pil_segment_open(segment, writer->directory, &writer->manifest.segments[at],
                              writer->dictionaries, err);
    return status == PIL_STALE ? pil_error_set(err, PIL_CORRUPT, "segment %s is missing",
                                               writer->manifest.segments[at].id)
                               : status;
}

void pil_writer_close_segments(pil_index_writer *writer)
{
    for (size_t i = 0; writer->segments != NULL && i < writer->manifest.n_segments; i++)
        pil_segment_close(&writer->segments[i]);
    free(writer->segments);
    writer->segments = NULL;
    pil_dictionaries_close(writer->dictionaries);
    writer->dictionaries = NULL;
}

/* ---- the segment being built ---- */

pil_status pil_writer_note_built(pil_index_writer *writer, const pil_digest *key,
                                 uint32_t n_paragraphs, pil_error *err)
{
    if (writer->built_keys.n_entries == writer->built_capacity) {
        size_t capacity = writer->built_capacity == 0 ? 64 : writer->built_capacity * 2;
        pil_built_article *grown = realloc(writer->built, capacity * sizeof *grown);
        if (grown == NULL)
            return pil_error_no_memory(err);
        writer->built = grown;
        writer->built_capacity = capacity;
    }
    uint32_t number;
    if (pil_intern_add(&writer->built_keys, key->hex, PIL_DIGEST_LENGTH, &number, NULL) != PIL_OK)
        return pil_error_no_memory(err);
    writer->built[number] =
        (pil_built_article){.first = writer->n_built + 1, .n_paragraphs = n_paragraphs};
    writer->n_built += n_paragraphs;
    return PIL_OK;
}

/* Half of the memory is the workers': writer.c. */
pil_status pil_writer_has_room(const pil_index_writer *writer, pil_segment_builder *builder,
                               const pil_batch *batch, bool *has_room, pil_error *err)
{
    *has_room = true;
    return builder == NULL ? PIL_OK
                           : pil_segment_builder_has_room(builder, batch, writer->memory_bytes / 2,
                                                          has_room, err);
}

pil_status pil_writer_build(pil_index_writer *writer, pil_batch *batch, pil_error *err)
{
    pil_status status = PIL_OK;
    if (writer->builder == NULL)
        status = pil_segment_builder_new(&writer->builder, &writer->pool, &writer->manifest, err);
    if (status == PIL_OK)
        return pil_segment_builder_add(writer->builder, batch, err);
    pil_batch_free(batch);
    return status;
}

/* The manifest of the commit to come, begun as a copy of the one that is. */
static pil_status begin_next(pil_index_writer *writer, pil_error *err)
{
    if (writer->has_next)
        return PIL_OK;
    pil_status status = pil_manifest_copy(&writer->manifest, &writer->next, err);
    writer->next.generation = writer->manifest.generation + 1;
    writer->has_next = status == PIL_OK;
    return status;
}

/* Deaths of the segment that was being built get its name. */
static void name_deaths(pil_index_writer *writer, const char *segment_id)
{
    for (size_t i = 0; i < writer->n_deaths; i++) {
        pil_death *death = &writer->deaths[i];
        if (death->segment_id[0] == '\0')
            memcpy(death->segment_id, segment_id, sizeof death->segment_id);
    }
}

pil_status pil_writer_flush(pil_index_writer *writer, pil_error *err)
{
    if (writer->builder == NULL)
        return PIL_OK;
    pil_manifest_segment built = {0};
    pil_status status = begin_next(writer, err);
    if (status == PIL_OK)
        status = pil_segment_builder_finish(writer->builder, writer->directory, writer->stamp,
                                            &writer->next, &built, err);
    if (status == PIL_OK) {
        name_deaths(writer, built.id);
        status = pil_manifest_add_segment(&writer->next, &built, err);
    }
    pil_manifest_segment_dispose(&built);
    pil_segment_builder_free(writer->builder);
    writer->builder = NULL;
    writer->n_built = 0;
    pil_intern_clear(&writer->built_keys);
    writer->is_changed = true;
    return status;
}

/* ---- deaths ---- */

static pil_status add_death(pil_index_writer *writer, const char *segment_id, pil_docid_range range,
                            pil_error *err)
{
    if (writer->n_deaths == writer->deaths_capacity) {
        size_t capacity = writer->deaths_capacity == 0 ? 16 : writer->deaths_capacity * 2;
        pil_death *grown = realloc(writer->deaths, capacity * sizeof *grown);
        if (grown == NULL)
            return pil_error_no_memory(err);
        writer->deaths = grown;
        writer->deaths_capacity = capacity;
    }
    pil_death *death = &writer->deaths[writer->n_deaths++];
    *death = (pil_death){.range = range};
    if (segment_id != NULL)
        memcpy(death->segment_id, segment_id, sizeof death->segment_id);
    writer->is_changed = true;
    return PIL_OK;
}

/* The part of its paragraphs' ids that is the article's, of one that lives. */
static pil_status read_seed(pil_index_writer *writer, pil_segment *segment, uint32_t first,
                            uint32_t *seed, pil_error *err)
{
    pil_article_meta meta;
    if (pil_manifest_is_dead(segment->entry, first))
        return PIL_OK;
    pil_status status = pil_segment_article(segment, first, &writer->meta_strings, &meta, err);
    if (status == PIL_OK)
        *seed = meta.id_seed;
    return status;
}

static pil_status kill_in_segment(pil_index_writer *writer, size_t at, const pil_digest *key,
                                  uint32_t *seed, pil_error *err)
{
    pil_segment *segment;
    pil_docid_range *ranges = NULL;
    size_t n = 0;
    pil_status status = pil_writer_segment(writer, at, &segment, err);
    if (status == PIL_OK)
        status = pil_segment_article_ranges(segment, key, &ranges, &n, err);
    for (size_t i = 0; i < n && status == PIL_OK; i++) {
        if (seed != NULL)
            status = read_seed(writer, segment, ranges[i].first, seed, err);
        if (status == PIL_OK)
            status = add_death(writer, writer->manifest.segments[at].id, ranges[i], err);
    }
    free(ranges);
    return status;
}

pil_status pil_writer_kill_article(pil_index_writer *writer, const pil_digest *key, uint32_t *seed,
                                   pil_error *err)
{
    pil_status status = PIL_OK;
    for (size_t i = 0; i < writer->manifest.n_segments && status == PIL_OK; i++)
        status = kill_in_segment(writer, i, key, seed, err);
    uint32_t number = pil_intern_find(&writer->built_keys, key->hex, PIL_DIGEST_LENGTH);
    if (status == PIL_OK && number != PIL_INTERN_NONE && writer->built[number].n_paragraphs > 0) {
        pil_built_article built = writer->built[number];
        pil_docid_range range = {built.first, built.first + built.n_paragraphs - 1};
        status = add_death(writer, NULL, range, err);
    }
    return status;
}

/* ---- committing ---- */

static pil_status bury(pil_manifest *manifest, const pil_death *death, pil_error *err)
{
    for (size_t i = 0; i < manifest->n_segments; i++) {
        if (strcmp(manifest->segments[i].id, death->segment_id) == 0)
            return pil_manifest_kill(&manifest->segments[i], death->range, err);
    }
    return PIL_OK;
}

static void drop_dead_segments(pil_manifest *manifest)
{
    for (size_t i = manifest->n_segments; i-- > 0;) {
        const pil_manifest_segment *segment = &manifest->segments[i];
        if (pil_manifest_n_dead(segment) == segment->n_paragraphs)
            pil_manifest_remove_segment(manifest, i);
    }
}

pil_status pil_writer_publish(pil_index_writer *writer, pil_manifest *next, pil_error *err)
{
    pil_manifest_drop_unused(next);
    pil_status status = pil_catalogue_write(&writer->catalogue, writer->directory, next, err);
    if (status == PIL_OK)
        status = pil_manifest_write(writer->directory, next, err);
    if (status != PIL_OK)
        return status;
    pil_writer_close_segments(writer);
    pil_manifest_dispose(&writer->manifest);
    writer->manifest = *next;
    *next = (pil_manifest){0};
    writer->has_manifest = true;
    pil_catalogue_committed(&writer->catalogue);
    pil_writer_remove_unnamed(writer);
    return PIL_OK;
}

void pil_writer_remove_unless_committed(const pil_index_writer *writer)
{
    if (!pil_manifest_is_replaced(writer->directory, &writer->manifest))
        pil_writer_remove_unnamed(writer);
}

pil_status pil_index_writer_commit(pil_index_writer *writer, pil_error *err)
{
    if (writer->builder == NULL && !writer->is_changed && writer->has_manifest)
        return PIL_OK;
    pil_status status = PIL_OK;
    if (writer->source != NULL)
        status = pil_writer_store_partial_source(writer, err);
    if (status == PIL_OK)
        status = begin_next(writer, err);
    if (status == PIL_OK)
        status = pil_writer_flush(writer, err);
    for (size_t i = 0; i < writer->n_deaths && status == PIL_OK; i++)
        status = bury(&writer->next, &writer->deaths[i], err);
    if (status == PIL_OK) {
        drop_dead_segments(&writer->next);
        status = pil_writer_publish(writer, &writer->next, err);
    }
    if (status == PIL_OK) {
        writer->n_deaths = 0;
        writer->is_changed = false;
    } else {
        pil_writer_remove_unless_committed(writer);
    }
    pil_manifest_dispose(&writer->next);
    writer->next = (pil_manifest){0};
    writer->has_next = false;
    return status;
}
