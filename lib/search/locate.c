#include "locate.h"

#include "index/catalogue.h"
#include "index/stored_path.h"

#include <stdlib.h>
#include <string.h>

/* One file being looked up. */
typedef struct locator {
    pil_snapshot *snapshot;
    pil_arena *arena;
    const pil_paragraph_place *place;
    const char *rest; /* of the ids of the articles that are meant, behind "#"; NULL: all */
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

/* Whether the article is one of those that were named, in which lines and pages are. */
static bool is_meant(const locator *self, const pil_article_meta *meta)
{
    const char *rest = meta->id + strlen(meta->path);
    if (self->rest == NULL)
        return meta->member_bytes == 0 || (self->place->line == 0 && self->place->page == 0);
    size_t length = strlen(self->rest);
    return rest[0] == '#' && strncmp(rest + 1, self->rest, length) == 0 &&
           (rest[1 + length] == '\0' || rest[1 + length] == '#');
}

static pil_status add_range(locator *self, uint32_t shard, pil_docid_range range, pil_error *err)
{
    pil_segment *segment = &self->snapshot->segments[shard];
    pil_article_meta meta;
    if (pil_manifest_is_dead(segment->entry, range.first))
        return PIL_OK;
    pil_status status = pil_segment_article(segment, range.first, &self->meta_strings, &meta, err);
    if (status != PIL_OK || !is_meant(self, &meta))
        return status;
    for (uint32_t docid = range.first; docid <= range.last && status == PIL_OK; docid++) {
        pil_record record;
        status = pil_segment_record(segment, docid, &self->record_strings, &record, err);
        if (status == PIL_OK && (self->place->page == 0 || record.page == self->place->page))
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

/* The source at the stored path, or, up to one of its "#", an archive: what stands behind it
 * becomes self->rest. */
static const pil_source *find_source(locator *self, const pil_catalogue *catalogue, char *stored)
{
    const pil_source *source = pil_catalogue_find(catalogue, stored);
    for (char *hash = stored; source == NULL && (hash = strchr(hash, '#')) != NULL; hash++) {
        *hash = '\0';
        source = pil_catalogue_find(catalogue, stored);
        self->rest = hash + 1;
        *hash = '#';
    }
    return source;
}

pil_status pil_locate(pil_snapshot *snapshot, const pil_paragraph_place *place, pil_arena *arena,
                      pil_located *out, pil_error *err)
{
    *out = (pil_located){.skipped = ""};
    locator self = {.snapshot = snapshot, .arena = arena, .place = place, .out = out};
    pil_catalogue catalogue = {0};
    pil_buffer_init(&self.record_strings, PIL_RECORD_MAX_BYTES);
    pil_buffer_init(&self.meta_strings, PIL_RECORD_MAX_BYTES);
    char *stored = pil_stored_path_from(snapshot->directory, place->path);
    pil_status status = stored == NULL ? pil_error_no_memory(err) : PIL_OK;
    if (status == PIL_OK)
        status = pil_catalogue_read(snapshot->directory, &snapshot->manifest, &catalogue, err);
    if (status == PIL_OK) {
        const pil_source *source = find_source(&self, &catalogue, stored);
        if (source != NULL)
            status = look_up(&self, source, err);
        pil_catalogue_dispose(&catalogue);
    }
    if (status == PIL_OK && place->line > 0)
        keep_line(out, place->line);
    free(stored);
    pil_buffer_dispose(&self.record_strings);
    pil_buffer_dispose(&self.meta_strings);
    return status;
}
