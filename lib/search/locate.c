#include "locate.h"

#include "index/catalogue.h"
#include "index/stored_path.h"

#include <stdlib.h>
#include <string.h>

/* One file being looked up. */
typedef struct locator {
    pil_snapshot *snapshot;
    pil_arena *arena;
    pil_located *out;
    pil_buffer record_strings, meta_strings;
} locator;

static pil_status add(locator *self, uint32_t shard, uint32_t docid, uint32_t line, pil_error *err)
{
    pil_located *out = self->out;
    if (out->n == out->capacity) {
        size_t capacity = 2 * out->capacity + 16;
        pil_located_paragraph *grown = pil_arena_alloc(self->arena, capacity * sizeof *grown);
        if (grown == NULL)
            return pil_error_no_memory(err);
        if (out->n > 0)
            memcpy(grown, out->items, out->n * sizeof *grown);
        out->items = grown;
        out->capacity = capacity;
    }
    out->items[out->n++] = (pil_located_paragraph){shard, docid, line};
    return PIL_OK;
}

static pil_status add_range(locator *self, uint32_t shard, pil_docid_range range, pil_error *err)
{
    pil_segment *segment = &self->snapshot->segments[shard];
    pil_article_meta meta;
    if (pil_manifest_is_dead(segment->entry, range.first))
        return PIL_OK;
    pil_status status = pil_segment_article(segment, range.first, &self->meta_strings, &meta, err);
    for (uint32_t docid = range.first; docid <= range.last && status == PIL_OK; docid++) {
        pil_record record;
        status = pil_segment_record(segment, docid, &self->record_strings, &record, err);
        if (status == PIL_OK)
            status = add(self, shard, docid, meta.line + record.line, err);
    }
    return status;
}

static pil_status add_article(locator *self, const pil_digest *key, pil_error *err)
{
    pil_status status = PIL_OK;
    for (uint32_t i = 0; i < self->snapshot->manifest.n_segments && status == PIL_OK; i++) {
        pil_docid_range *ranges = NULL;
        size_t n = 0;
        status = pil_segment_article_ranges(&self->snapshot->segments[i], key, &ranges, &n, err);
        for (size_t j = 0; j < n && status == PIL_OK; j++)
            status = add_range(self, i, ranges[j], err);
        free(ranges);
    }
    return status;
}

/* Those that begin at the last line, up to line, at which one does; in a file of a record a line
 * these are several. */
static void keep_line(pil_located *located, uint32_t line)
{
    uint32_t last = 0;
    size_t n = 0;
    for (size_t i = 0; i < located->n; i++)
        if (located->items[i].line <= line && located->items[i].line > last)
            last = located->items[i].line;
    for (size_t i = 0; i < located->n; i++)
        if (located->items[i].line == last)
            located->items[n++] = located->items[i];
    located->n = n;
}

static pil_status look_up(locator *self, const pil_source *source, pil_error *err)
{
    self->out->is_known = true;
    self->out->skipped = pil_arena_copy(self->arena, source->reason, strlen(source->reason));
    pil_status status = self->out->skipped == NULL ? pil_error_no_memory(err) : PIL_OK;
    for (size_t i = 0; i < source->n_articles && status == PIL_OK; i++)
        status = add_article(self, &source->articles[i].key, err);
    return status;
}

pil_status pil_locate(pil_snapshot *snapshot, const char *path, uint32_t line, pil_arena *arena,
                      pil_located *out, pil_error *err)
{
    *out = (pil_located){.skipped = ""};
    locator self = {.snapshot = snapshot, .arena = arena, .out = out};
    pil_catalogue catalogue = {0};
    pil_buffer_init(&self.record_strings, PIL_RECORD_MAX_BYTES);
    pil_buffer_init(&self.meta_strings, PIL_RECORD_MAX_BYTES);
    char *stored = pil_stored_path_from(snapshot->directory, path);
    pil_status status = stored == NULL ? pil_error_no_memory(err) : PIL_OK;
    if (status == PIL_OK)
        status = pil_catalogue_read(snapshot->directory, &snapshot->manifest, &catalogue, err);
    if (status == PIL_OK) {
        const pil_source *source = pil_catalogue_find(&catalogue, stored);
        if (source != NULL)
            status = look_up(&self, source, err);
        pil_catalogue_dispose(&catalogue);
    }
    if (status == PIL_OK && line > 0)
        keep_line(out, line);
    free(stored);
    pil_buffer_dispose(&self.record_strings);
    pil_buffer_dispose(&self.meta_strings);
    return status;
}
