#include "search/lookup.h"

#include "fetch.h"
#include "index/schema.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ID_DIGITS = 16, SEED_DIGITS = 8 };

/* One lookup under way. */
typedef struct lookup {
    pil_snapshot *snapshot;
    pil_fetch fetch;
    pil_hits *hits;
    pil_hit *items; /* hits->items while they are filled in */
    size_t capacity;
    uint32_t context;
    pil_buffer record_strings, meta_strings;
    /* First paragraphs of the articles whose ids begin like the one that is looked for, in the
     * segment at hand. */
    uint32_t *firsts;
    size_t n_firsts, firsts_capacity;
    xc_database *database;
    pil_status status; /* of collecting them */
} lookup;

bool pil_lookup_read_id(const char *text, size_t length, uint64_t *id)
{
    *id = 0;
    if (length != ID_DIGITS)
        return false;
    for (size_t i = 0; i < length; i++) {
        const char *digits = "0123456789abcdef";
        const char *digit = text[i] == '\0' ? NULL : strchr(digits, text[i]);
        if (digit == NULL)
            return false;
        *id = *id << 4 | (uint64_t)(digit - digits);
    }
    return true;
}

/* ---- articles ---- */

static pil_status note_firsts(lookup *run, const uint32_t *docids, size_t n)
{
    if (run->n_firsts + n > run->firsts_capacity) {
        size_t capacity = 2 * run->firsts_capacity + n;
        uint32_t *grown = realloc(run->firsts, capacity * sizeof *grown);
        if (grown == NULL)
            return PIL_NO_MEMORY;
        run->firsts = grown;
        run->firsts_capacity = capacity;
    }
    memcpy(run->firsts + run->n_firsts, docids, n * sizeof *docids);
    run->n_firsts += n;
    return PIL_OK;
}

static bool note_term(void *context, const xc_term *term)
{
    lookup *run = context;
    uint32_t *docids = NULL;
    size_t n = 0;
    xc_error failure;
    if (xc_database_postings(run->database, term->bytes, term->length, &docids, NULL, &n,
                             &failure) != XC_OK)
        run->status = pil_status_from_xapian(&failure, NULL);
    else if (n > 0)
        run->status = note_firsts(run, docids, n);
    xc_free(docids);
    return run->status == PIL_OK;
}

/* The articles whose key begins with the seed, and those that were moved and kept it. */
static pil_status collect_firsts(lookup *run, const pil_segment *segment, uint32_t seed,
                                 pil_error *err)
{
    static const char *const prefixes[] = {PIL_PREFIX_ARTICLE, PIL_PREFIX_ID};
    run->n_firsts = 0;
    run->database = segment->database;
    run->status = PIL_OK;
    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++) {
        char prefix[sizeof PIL_PREFIX_ARTICLE + SEED_DIGITS];
        xc_error failure;
        int length = snprintf(prefix, sizeof prefix, "%s%08x", prefixes[i], (unsigned)seed);
        if (xc_database_each_term(segment->database, prefix, (size_t)length, false, note_term, run,
                                  &failure) != XC_OK)
            return pil_status_from_xapian(&failure, err);
        if (run->status != PIL_OK)
            return pil_error_set(err, run->status, "cannot read the articles of a segment");
    }
    return PIL_OK;
}

/* ---- paragraphs ---- */

static bool make_room(lookup *run)
{
    size_t n = run->hits->n_items;
    if (n < run->capacity)
        return true;
    size_t capacity = run->capacity == 0 ? 8 : run->capacity * 2;
    pil_hit *items = pil_arena_alloc(&run->hits->arena, capacity * sizeof *items);
    if (items == NULL)
        return false;
    if (n > 0)
        memcpy(items, run->items, n * sizeof *items);
    run->items = items;
    run->capacity = capacity;
    return true;
}

static pil_status add_hit(lookup *run, size_t segment, uint32_t docid, pil_error *err)
{
    pil_fetched_article article;
    if (!make_room(run))
        return pil_error_no_memory(err);
    pil_hit *hit = &run->items[run->hits->n_items];
    *hit = (pil_hit){.rank = (uint32_t)run->hits->n_items + 1};
    pil_status status =
        pil_fetch_hit(&run->fetch, segment, docid, run->context, hit, &article, err);
    run->hits->n_items += status == PIL_OK;
    return status;
}

static pil_status look_through_article(lookup *run, size_t number, uint32_t first, uint64_t id,
                                       pil_error *err)
{
    pil_segment *segment = &run->snapshot->segments[number];
    pil_article_meta meta;
    pil_status status = pil_segment_article(segment, first, &run->meta_strings, &meta, err);
    for (uint32_t i = 0; status == PIL_OK && i < meta.n_paragraphs; i++) {
        pil_record record;
        if (pil_manifest_is_dead(segment->entry, first + i))
            continue;
        status = pil_segment_record(segment, first + i, &run->record_strings, &record, err);
        if (status == PIL_OK &&
            pil_paragraph_id(meta.id_seed, record.text, record.text_bytes, record.repeat) == id)
            status = add_hit(run, number, first + i, err);
    }
    return status;
}

static pil_status look_for(lookup *run, uint64_t id, pil_error *err)
{
    pil_status status = PIL_OK;
    for (size_t i = 0; i < run->snapshot->manifest.n_segments && status == PIL_OK; i++) {
        status = collect_firsts(run, &run->snapshot->segments[i], (uint32_t)(id >> 32), err);
        for (size_t j = 0; j < run->n_firsts && status == PIL_OK; j++)
            status = look_through_article(run, i, run->firsts[j], id, err);
    }
    return status;
}

pil_status pil_lookup(pil_snapshot *snapshot, const uint64_t *ids, size_t n_ids, uint32_t context,
                      bool section, pil_hits **out, pil_error *err)
{
    *out = NULL;
    lookup run = {.snapshot = snapshot, .context = context};
    run.hits = calloc(1, sizeof *run.hits);
    if (run.hits == NULL)
        return pil_error_no_memory(err);
    pil_fetch_init(&run.fetch, snapshot, &run.hits->arena);
    run.fetch.section = section;
    pil_buffer_init(&run.record_strings, PIL_RECORD_MAX_BYTES);
    pil_buffer_init(&run.meta_strings, PIL_RECORD_MAX_BYTES);
    pil_status status = PIL_OK;
    for (size_t i = 0; i < n_ids && status == PIL_OK; i++)
        status = look_for(&run, ids[i], err);
    run.hits->items = run.items;
    pil_fetch_dispose(&run.fetch);
    pil_buffer_dispose(&run.record_strings);
    pil_buffer_dispose(&run.meta_strings);
    free(run.firsts);
    if (status == PIL_OK)
        *out = run.hits;
    else
        pil_hits_free(run.hits);
    return status;
}
