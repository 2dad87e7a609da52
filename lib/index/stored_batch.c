#include "stored_batch.h"

#include <stdlib.h>
#include <string.h>

/* Text of a batch: as much as the indexer reads at a time. */
static const uint64_t BATCH_BYTES = 2 << 20;

static const char *keep(pil_batch *batch, const char *string)
{
    return pil_arena_copy(&batch->arena, string, strlen(string));
}

static pil_status keep_meta(pil_batch *batch, const pil_article_meta *from, pil_article_meta *meta,
                            pil_error *err)
{
    *meta = *from;
    const char **const strings[] = {&meta->id,   &meta->path,     &meta->title,  &meta->author,
                                    &meta->date, &meta->language, &meta->source, &meta->url};
    for (size_t i = 0; i < sizeof strings / sizeof strings[0]; i++) {
        *strings[i] = keep(batch, *strings[i]);
        if (*strings[i] == NULL)
            return pil_error_no_memory(err);
    }
    return PIL_OK;
}

static pil_status keep_record(pil_batch *batch, const pil_record *from, pil_record *record,
                              pil_error *err)
{
    *record = *from;
    record->language = keep(batch, from->language);
    record->heading = keep(batch, from->heading);
    record->text = pil_arena_copy(&batch->arena, from->text, from->text_bytes);
    if (record->language == NULL || record->heading == NULL || record->text == NULL)
        return pil_error_no_memory(err);
    batch->text_bytes += from->text_bytes;
    batch->n_paragraphs++;
    return PIL_OK;
}

static pil_status read_paragraphs(pil_batch *batch, pil_segment *segment, uint32_t first,
                                  pil_batch_article *article, pil_error *err)
{
    uint32_t n = article->meta.n_paragraphs;
    article->paragraphs = pil_arena_alloc(&batch->arena, (n + 1) * sizeof *article->paragraphs);
    if (article->paragraphs == NULL)
        return pil_error_no_memory(err);
    pil_buffer strings;
    pil_buffer_init(&strings, PIL_RECORD_MAX_BYTES);
    pil_status status = PIL_OK;
    for (uint32_t i = 0; i < n && status == PIL_OK; i++) {
        pil_record record;
        status = pil_segment_record(segment, first + i, &strings, &record, err);
        if (status == PIL_OK && record.number != i + 1)
            status = pil_error_set(err, PIL_CORRUPT, "segment %s: a record is out of place",
                                   segment->entry->id);
        if (status == PIL_OK)
            status = keep_record(batch, &record, &article->paragraphs[i], err);
    }
    pil_buffer_dispose(&strings);
    return status;
}

pil_status pil_stored_batch_add(pil_batch *batch, pil_segment *segment, uint32_t first,
                                const char *id, const char *path, uint32_t *next, pil_error *err)
{
    pil_buffer strings;
    pil_buffer_init(&strings, PIL_RECORD_MAX_BYTES);
    pil_article_meta stored;
    pil_batch_article *article = NULL;
    pil_status status = pil_segment_article(segment, first, &strings, &stored, err);
    if (status == PIL_OK) {
        stored.id = id == NULL ? stored.id : id;
        stored.path = path == NULL ? stored.path : path;
        status = pil_batch_append(batch, &article, err);
    }
    if (status == PIL_OK)
        status = keep_meta(batch, &stored, &article->meta, err);
    pil_buffer_dispose(&strings);
    if (status != PIL_OK)
        return status;
    article->key = pil_digest_of(article->meta.id, strlen(article->meta.id));
    article->is_wanted = true;
    *next = first + article->meta.n_paragraphs;
    return read_paragraphs(batch, segment, first, article, err);
}

bool pil_stored_batch_is_full(const pil_batch *batch)
{
    return batch->text_bytes >= BATCH_BYTES;
}

pil_status pil_stored_batch_fill(pil_batch *batch, pil_segment *segment, uint32_t *first,
                                 uint32_t last, pil_error *err)
{
    pil_status status = PIL_OK;
    while (*first <= last && !pil_stored_batch_is_full(batch) && status == PIL_OK)
        status = pil_stored_batch_add(batch, segment, *first, NULL, NULL, first, err);
    return status;
}
