#include "glass_coding.h"
#include "glass_postlist.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct pil_glass_postlist_reader {
    pil_glass_reader *table;
    char name[PIL_GLASS_KEY_MAX + 1];
    /* The list of postings that is being put together: */
    pil_buffer bytes;
    pil_postings counts;
    bool is_complete;
    unsigned char more[PIL_GLASS_KEY_MAX + 1]; /* what the keys of its later chunks start with; */
    size_t more_length;                        /* a document id follows */
};

pil_status pil_glass_postlist_open(pil_glass_postlist_reader **out, const char *directory,
                                   const pil_file_checksums *expected, pil_error *err)
{
    *out = NULL;
    pil_glass_postlist_reader *reader = calloc(1, sizeof *reader);
    if (reader == NULL)
        return pil_error_no_memory(err);
    pil_status status = pil_glass_reader_open(&reader->table, directory, expected, err);
    if (status != PIL_OK) {
        free(reader);
        return status;
    }
    pil_buffer_init(&reader->bytes, SIZE_MAX / 2);
    *out = reader;
    return PIL_OK;
}

void pil_glass_postlist_close(pil_glass_postlist_reader *reader)
{
    if (reader == NULL)
        return;
    pil_glass_reader_close(reader->table);
    pil_buffer_dispose(&reader->bytes);
    free(reader);
}

/* ---- metadata ---- */

static bool has_prefix(const pil_glass_entry *entry, int kind)
{
    return entry->key_length >= 2 && entry->key[0] == 0 && entry->key[1] == kind;
}

static void read_metadata(pil_glass_postlist_reader *reader, const pil_glass_entry *entry,
                          pil_glass_postlist_item *item)
{
    size_t name_length = entry->key_length - 2;
    memcpy(reader->name, entry->key + 2, name_length);
    reader->name[name_length] = '\0';
    *item = (pil_glass_postlist_item){.kind = PIL_GLASS_METADATA,
                                      .name = reader->name,
                                      .name_length = name_length,
                                      .value = (const char *)entry->tag,
                                      .value_length = entry->tag_length};
}

/* ---- postings ---- */

static pil_status bad_postings(pil_error *err)
{
    return pil_error_set(err, PIL_CORRUPT, "postlist.glass: postings are not as they were written");
}

/* Takes the key of a first chunk apart. */
static bool read_first_key(pil_glass_postlist_reader *reader, const pil_glass_entry *entry,
                           pil_glass_postlist_item *item)
{
    const unsigned char *at = entry->key, *end = at + entry->key_length;
    *item = (pil_glass_postlist_item){.kind = PIL_GLASS_LENGTHS, .name = reader->name};
    reader->name[0] = '\0';
    memcpy(reader->more, entry->key, entry->key_length);
    reader->more_length = entry->key_length;
    if (has_prefix(entry, PIL_GLASS_KEY_LENGTHS))
        return entry->key_length == 2;
    if (pil_glass_get_term(&at, end, reader->name, &item->name_length))
        return false;
    item->kind = PIL_GLASS_TERM;
    reader->name[item->name_length] = '\0';
    reader->more[reader->more_length++] = 0;
    return true;
}

/* Counts the postings in [at..end), the first of which is *docid's and comes without its gap.
 * *docid is then the last one's. */
static bool count_postings(const unsigned char *at, const unsigned char *end, uint32_t *docid,
                           pil_postings *counts)
{
    uint64_t document = *docid, sum = 0, gap, wdf;
    uint32_t n = 0, max_wdf = counts->max_wdf;
    for (;;) {
        if (!pil_glass_get_number(&at, end, &wdf) || wdf > UINT32_MAX)
            return false;
        n++;
        sum += wdf;
        if (wdf > max_wdf)
            max_wdf = (uint32_t)wdf;
        if (at == end)
            break;
        if (!pil_glass_get_number(&at, end, &gap) || gap >= UINT32_MAX - document)
            return false;
        document += gap + 1;
    }
    counts->n += n;
    counts->collection_frequency += sum;
    counts->max_wdf = max_wdf;
    *docid = (uint32_t)document;
    return true;
}

/* Appends the chunk in [at..end), whose first document is first. */
static pil_status add_chunk(pil_glass_postlist_reader *reader, const unsigned char *at,
                            const unsigned char *end, uint32_t first, pil_error *err)
{
    pil_postings *counts = &reader->counts;
    uint64_t span;
    if (at == end || (*at != '0' && *at != '1') || first <= counts->last)
        return bad_postings(err);
    reader->is_complete = *at++ == '1';
    uint32_t last = first;
    if (!pil_glass_get_number(&at, end, &span) || !count_postings(at, end, &last, counts) ||
        span != last - first)
        return bad_postings(err);
    size_t length = (size_t)(end - at);
    pil_buffer *bytes = &reader->bytes;
    if (pil_buffer_reserve(bytes, PIL_GLASS_NUMBER_MAX + length) != PIL_OK)
        return pil_error_no_memory(err);
    unsigned char *out = (unsigned char *)bytes->bytes + bytes->length;
    size_t n = pil_glass_put_number(out, first - counts->last - 1);
    memcpy(out + n, at, length);
    pil_buffer_set_length(bytes, bytes->length + n + length);
    counts->last = last;
    return PIL_OK;
}

static pil_status add_next_chunk(pil_glass_postlist_reader *reader, pil_error *err)
{
    pil_glass_entry entry;
    pil_status status = pil_glass_reader_next(reader->table, &entry, err);
    if (status == PIL_DONE)
        return bad_postings(err);
    if (status != PIL_OK)
        return status;
    const unsigned char *at = entry.key + reader->more_length, *end = entry.key + entry.key_length;
    uint32_t first;
    if (entry.key_length <= reader->more_length ||
        memcmp(entry.key, reader->more, reader->more_length) != 0 ||
        !pil_glass_get_sortable(&at, end, &first) || at != end)
        return bad_postings(err);
    return add_chunk(reader, entry.tag, entry.tag + entry.tag_length, first, err);
}

static pil_status read_postings(pil_glass_postlist_reader *reader, const pil_glass_entry *entry,
                                pil_glass_postlist_item *item, pil_error *err)
{
    const unsigned char *at = entry->tag, *end = at + entry->tag_length;
    uint64_t n, collection_frequency, before_first;
    if (!read_first_key(reader, entry, item) || !pil_glass_get_number(&at, end, &n) ||
        !pil_glass_get_number(&at, end, &collection_frequency) ||
        !pil_glass_get_number(&at, end, &before_first) || before_first >= UINT32_MAX)
        return bad_postings(err);
    pil_buffer_clear(&reader->bytes);
    reader->counts = (pil_postings){.n = 0};
    pil_status status = add_chunk(reader, at, end, (uint32_t)before_first + 1, err);
    while (status == PIL_OK && !reader->is_complete)
        status = add_next_chunk(reader, err);
    if (status != PIL_OK)
        return status;
    const pil_postings *counts = &reader->counts;
    bool is_term = item->kind == PIL_GLASS_TERM;
    if (n != (is_term ? counts->n : 0) ||
        collection_frequency != (is_term ? counts->collection_frequency : 0))
        return bad_postings(err);
    item->postings = *counts;
    item->postings.bytes = (const unsigned char *)reader->bytes.bytes;
    item->postings.length = reader->bytes.length;
    return PIL_OK;
}

pil_status pil_glass_postlist_next(pil_glass_postlist_reader *reader, pil_glass_postlist_item *item,
                                   pil_error *err)
{
    pil_glass_entry entry;
    pil_status status;
    do
        status = pil_glass_reader_next(reader->table, &entry, err);
    while (status == PIL_OK && (has_prefix(&entry, PIL_GLASS_KEY_VALUE_STATS) ||
                                has_prefix(&entry, PIL_GLASS_KEY_VALUES)));
    if (status != PIL_OK)
        return status;
    if (!has_prefix(&entry, PIL_GLASS_KEY_METADATA))
        return read_postings(reader, &entry, item, err);
    read_metadata(reader, &entry, item);
    return PIL_OK;
}
