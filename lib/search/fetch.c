#include "fetch.h"

#include "index/stored_path.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void pil_fetch_init(pil_fetch *fetch, pil_snapshot *snapshot, pil_arena *arena)
{
    *fetch = (pil_fetch){.snapshot = snapshot, .arena = arena};
    pil_buffer_init(&fetch->record_strings, PIL_RECORD_MAX_BYTES);
    pil_buffer_init(&fetch->meta_strings, PIL_RECORD_MAX_BYTES);
}

void pil_fetch_dispose(pil_fetch *fetch)
{
    pil_buffer_dispose(&fetch->record_strings);
    pil_buffer_dispose(&fetch->meta_strings);
}

static const char *keep_bytes(pil_fetch *fetch, const char *bytes, size_t length)
{
    return pil_arena_copy(fetch->arena, bytes, length);
}

static const char *keep(pil_fetch *fetch, const char *string)
{
    return keep_bytes(fetch, string, strlen(string));
}

static pil_status fill_record(pil_fetch *fetch, const pil_record *record, pil_hit *hit,
                              pil_error *err)
{
    hit->page = record->page;
    hit->paragraph = record->number;
    hit->begin_byte = record->begin_byte;
    hit->end_byte = record->end_byte;
    hit->language = keep(fetch, record->language);
    hit->heading = keep(fetch, record->heading);
    hit->text = keep_bytes(fetch, record->text, record->text_bytes);
    hit->text_bytes = record->text_bytes;
    if (hit->language == NULL || hit->heading == NULL || hit->text == NULL)
        return pil_error_no_memory(err);
    return PIL_OK;
}

/* The name of the file in the article's that its lines are of, from its id; "" when there is none.
 * NULL when memory ran out. */
static const char *keep_member(pil_fetch *fetch, const pil_article_meta *meta)
{
    const char *member = meta->member_bytes == 0 ? "" : meta->id + strlen(meta->path) + 1;
    return keep_bytes(fetch, member, meta->member_bytes);
}

/* The article's id begins with its stored path, which becomes the resolved one. */
static pil_status fill_names(pil_fetch *fetch, const pil_article_meta *meta, pil_hit *hit,
                             pil_error *err)
{
    char *path = pil_stored_path_resolve(fetch->snapshot->directory, meta->path);
    if (path == NULL)
        return pil_error_no_memory(err);
    size_t stored_bytes = strlen(meta->path), path_bytes = strlen(path);
    const char *rest =
        strncmp(meta->id, meta->path, stored_bytes) == 0 ? meta->id + stored_bytes : "";
    char *article = pil_arena_alloc(fetch->arena, path_bytes + strlen(rest) + 1);
    if (article != NULL) {
        memcpy(article, path, path_bytes);
        memcpy(article + path_bytes, rest, strlen(rest) + 1);
    }
    hit->article = article;
    hit->path = keep(fetch, path);
    hit->member = keep_member(fetch, meta);
    free(path);
    if (hit->article == NULL || hit->path == NULL || hit->member == NULL)
        return pil_error_no_memory(err);
    return PIL_OK;
}

/* What the paragraph has from its article: its line counts from the article's, and its id begins
 * with the article's part. */
static pil_status fill_place(pil_fetch *fetch, const pil_record *record,
                             const pil_article_meta *meta, pil_hit *hit, pil_error *err)
{
    char id[17];
    snprintf(id, sizeof id, "%016llx",
             (unsigned long long)pil_paragraph_id(meta->id_seed, record->text, record->text_bytes,
                                                  record->repeat));
    hit->id = keep_bytes(fetch, id, 16);
    hit->line = meta->line + record->line;
    return hit->id == NULL ? pil_error_no_memory(err) : PIL_OK;
}

static pil_status fill_meta(pil_fetch *fetch, const pil_article_meta *meta, pil_hit *hit,
                            pil_error *err)
{
    hit->title = keep(fetch, meta->title);
    hit->author = keep(fetch, meta->author);
    hit->date = keep(fetch, meta->date);
    hit->source = keep(fetch, meta->source);
    hit->url = keep(fetch, meta->url);
    if (hit->title == NULL || hit->author == NULL || hit->date == NULL || hit->source == NULL ||
        hit->url == NULL)
        return pil_error_no_memory(err);
    return fill_names(fetch, meta, hit, err);
}

/* Paragraphs first..last of the hit's article. */
static pil_status fill_neighbours(pil_fetch *fetch, const pil_fetched_article *article,
                                  uint32_t first, uint32_t last, const pil_neighbour **out,
                                  size_t *n, pil_error *err)
{
    *n = last >= first ? last - first + 1 : 0;
    pil_neighbour *neighbours = pil_arena_alloc(fetch->arena, (*n + 1) * sizeof *neighbours);
    *out = neighbours;
    pil_status status = neighbours == NULL ? pil_error_no_memory(err) : PIL_OK;
    for (size_t i = 0; i < *n && status == PIL_OK; i++) {
        pil_record record;
        uint32_t docid = article->documents.first + first - 1 + (uint32_t)i;
        status = pil_segment_record(article->segment, docid, &fetch->record_strings, &record, err);
        if (status != PIL_OK)
            break;
        neighbours[i] = (pil_neighbour){
            .number = record.number,
            .line = article->line + record.line,
            .text = keep_bytes(fetch, record.text, record.text_bytes),
            .text_bytes = record.text_bytes,
        };
        if (neighbours[i].text == NULL)
            status = pil_error_no_memory(err);
    }
    return status;
}

/* True in *is_inside when paragraph number of the article stands under the hit's headings. */
static pil_status look_at_heading(pil_fetch *fetch, const pil_fetched_article *article,
                                  const pil_hit *hit, uint32_t number, bool *is_inside,
                                  pil_error *err)
{
    pil_record record;
    uint32_t docid = article->documents.first + number - 1;
    pil_status status =
        pil_segment_record(article->segment, docid, &fetch->record_strings, &record, err);
    *is_inside = status == PIL_OK && strcmp(record.heading, hit->heading) == 0;
    return status;
}

/* Moves *end, from the hit's paragraph on and by step, to the last paragraph of its section. It
 * stops at limit, the article's last paragraph that way, and when it has gone far enough: *is_cut
 * tells whether the section goes on there. */
static pil_status find_section_end(pil_fetch *fetch, const pil_fetched_article *article,
                                   const pil_hit *hit, int step, uint32_t limit, uint32_t *end,
                                   bool *is_cut, pil_error *err)
{
    pil_status status = PIL_OK;
    bool is_inside = true;
    for (*end = hit->paragraph; status == PIL_OK && *end != limit; *end += (uint32_t)step) {
        status = look_at_heading(fetch, article, hit, *end + (uint32_t)step, &is_inside, err);
        uint32_t distance = step > 0 ? *end - hit->paragraph : hit->paragraph - *end;
        *is_cut = is_inside && distance >= PIL_SECTION_PARAGRAPHS_MAX;
        if (!is_inside || *is_cut)
            break;
    }
    return status;
}

static pil_status fill_context(pil_fetch *fetch, const pil_fetched_article *article,
                               uint32_t context, pil_hit *hit, pil_error *err)
{
    uint32_t n_paragraphs = article->documents.last - article->documents.first + 1;
    uint32_t number = hit->paragraph;
    uint32_t first = number > context ? number - context : 1;
    uint32_t last = n_paragraphs - number > context ? number + context : n_paragraphs;
    uint32_t section_first = number, section_last = number;
    pil_status status = PIL_OK;
    if (fetch->section)
        status =
            find_section_end(fetch, article, hit, -1, 1, &section_first, &hit->is_cut_before, err);
    if (status == PIL_OK && fetch->section)
        status = find_section_end(fetch, article, hit, 1, n_paragraphs, &section_last,
                                  &hit->is_cut_after, err);
    first = section_first < first ? section_first : first;
    last = section_last > last ? section_last : last;
    if (status == PIL_OK)
        status =
            fill_neighbours(fetch, article, first, number - 1, &hit->before, &hit->n_before, err);
    if (status == PIL_OK)
        status = fill_neighbours(fetch, article, number + 1, last, &hit->after, &hit->n_after, err);
    return status;
}

/* The article that paragraph docid, whose record is at hand, is in, with its metadata. */
static pil_status find_article(pil_fetch *fetch, pil_segment *segment, uint32_t docid,
                               const pil_record *record, pil_article_meta *meta,
                               pil_fetched_article *article, pil_error *err)
{
    bool fits = record->number > 0 && record->number <= docid;
    uint32_t first = docid - record->number + 1;
    pil_status status = PIL_OK;
    if (fits)
        status = pil_segment_article(segment, first, &fetch->meta_strings, meta, err);
    if (status != PIL_OK)
        return status;
    if (!fits || record->number > meta->n_paragraphs)
        return pil_error_set(err, PIL_CORRUPT, "segment %s: a record is out of place",
                             segment->entry->id);
    *article = (pil_fetched_article){.segment = segment,
                                     .documents = {first, first + meta->n_paragraphs - 1},
                                     .line = meta->line};
    return PIL_OK;
}

pil_status pil_fetch_hit(pil_fetch *fetch, size_t segment_number, uint32_t docid, uint32_t context,
                         pil_hit *hit, pil_fetched_article *article, pil_error *err)
{
    pil_record record;
    pil_article_meta meta;
    pil_segment *segment = &fetch->snapshot->segments[segment_number];
    pil_status status = pil_segment_record(segment, docid, &fetch->record_strings, &record, err);
    if (status == PIL_OK)
        status = find_article(fetch, segment, docid, &record, &meta, article, err);
    if (status == PIL_OK)
        status = fill_record(fetch, &record, hit, err);
    if (status == PIL_OK)
        status = fill_place(fetch, &record, &meta, hit, err);
    if (status == PIL_OK)
        status = fill_meta(fetch, &meta, hit, err);
    if (status == PIL_OK && (context > 0 || fetch->section))
        status = fill_context(fetch, article, context, hit, err);
    return status;
}

pil_status pil_fetch_place(pil_fetch *fetch, size_t segment_number, uint32_t docid, pil_copy *copy,
                           pil_error *err)
{
    pil_record record;
    pil_article_meta meta;
    pil_fetched_article article;
    pil_segment *segment = &fetch->snapshot->segments[segment_number];
    pil_status status = pil_segment_record(segment, docid, &fetch->record_strings, &record, err);
    if (status == PIL_OK)
        status = find_article(fetch, segment, docid, &record, &meta, &article, err);
    if (status != PIL_OK)
        return status;
    char *path = pil_stored_path_resolve(fetch->snapshot->directory, meta.path);
    *copy = (pil_copy){.path = path == NULL ? NULL : keep(fetch, path),
                       .member = keep_member(fetch, &meta),
                       .line = meta.line + record.line,
                       .paragraph = record.number};
    free(path);
    return copy->path == NULL || copy->member == NULL ? pil_error_no_memory(err) : PIL_OK;
}
