#include "article_walk.h"

#include <stdbool.h>

void pil_article_walk_init(pil_article_walk *walk, pil_segment *segment)
{
    *walk = (pil_article_walk){.segment = segment};
    pil_buffer_init(&walk->record_strings, PIL_RECORD_MAX_BYTES);
    pil_buffer_init(&walk->meta_strings, PIL_RECORD_MAX_BYTES);
}

void pil_article_walk_dispose(pil_article_walk *walk)
{
    pil_buffer_dispose(&walk->record_strings);
    pil_buffer_dispose(&walk->meta_strings);
}

/* Reads the article that begins at first. */
static pil_status enter(pil_article_walk *walk, uint32_t first, pil_error *err)
{
    walk->documents = (pil_docid_range){0, 0};
    pil_status status =
        pil_segment_article(walk->segment, first, &walk->meta_strings, &walk->meta, err);
    if (status != PIL_OK)
        return status;
    if (walk->meta.n_paragraphs == 0)
        return pil_error_set(err, PIL_CORRUPT, "segment %s: an article has no paragraphs",
                             walk->segment->entry->id);
    walk->documents = (pil_docid_range){first, first + walk->meta.n_paragraphs - 1};
    return PIL_OK;
}

/* Reads the article that docid's record says it is in. */
static pil_status enter_by_record(pil_article_walk *walk, uint32_t docid, pil_error *err)
{
    pil_record record;
    pil_status status =
        pil_segment_record(walk->segment, docid, &walk->record_strings, &record, err);
    if (status != PIL_OK)
        return status;
    bool fits = record.number > 0 && record.number <= docid;
    if (fits)
        status = enter(walk, docid - record.number + 1, err);
    if (status == PIL_OK && (!fits || docid > walk->documents.last))
        status = pil_error_set(err, PIL_CORRUPT, "segment %s: a record is out of place",
                               walk->segment->entry->id);
    return status;
}

static bool is_within(const pil_article_walk *walk, uint32_t docid)
{
    return docid >= walk->documents.first && docid <= walk->documents.last;
}

/* An article is mostly about as long as the one before: a docid that is no further away than that
 * is probably in the next one, whose metadata say so without a record. */
static bool is_near(const pil_article_walk *walk, uint32_t docid)
{
    uint32_t n = walk->documents.last - walk->documents.first + 1;
    return walk->documents.last > 0 && docid > walk->documents.last &&
           docid - walk->documents.last <= n;
}

pil_status pil_article_walk_to(pil_article_walk *walk, uint32_t docid, pil_error *err)
{
    pil_status status = PIL_OK;
    if (is_near(walk, docid))
        status = enter(walk, walk->documents.last + 1, err);
    if (status == PIL_OK && !is_within(walk, docid))
        status = enter_by_record(walk, docid, err);
    return status;
}
