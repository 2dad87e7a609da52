#include "glass_postlist.h"

#include "glass_block.h"
#include "glass_coding.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum {
    /* A chunk of postings is begun in the rest of a leaf only if that has so much room. */
    MIN_CHUNK_BYTES = 128,
    /* A chunk of values is closed when it is so long; they may be of any length. */
    VALUE_CHUNK_BYTES = 2000,
    DOCID_MAX = 5 /* coded bytes of a document id, either way */
};

/* ---- metadata ---- */

pil_status pil_glass_add_metadata(pil_glass_table *table, const char *name, size_t name_length,
                                  const void *value, size_t value_length, pil_error *err)
{
    unsigned char key[2 + PIL_GLASS_TERM_MAX] = {0, PIL_GLASS_KEY_METADATA};
    if (name_length > PIL_GLASS_TERM_MAX)
        return pil_error_set(err, PIL_UNSUPPORTED, "a metadata name of %zu bytes is too long",
                             name_length);
    memcpy(key + 2, name, name_length);
    return pil_glass_table_add(table, key, 2 + name_length, value, value_length, err);
}

/* ---- values ---- */

typedef struct slot_key {
    const pil_glass_slot *slot;
    unsigned char key[2 + PIL_GLASS_NUMBER_MAX];
    size_t key_length;
} slot_key;

static int compare_slots(const void *left, const void *right)
{
    const slot_key *a = left, *b = right;
    size_t n = a->key_length < b->key_length ? a->key_length : b->key_length;
    int order = memcmp(a->key, b->key, n);
    return order != 0 ? order : (a->key_length > b->key_length) - (a->key_length < b->key_length);
}

static size_t code_slots(const pil_glass_slot *slots, size_t n_slots, int kind, slot_key *keys)
{
    size_t n = 0;
    for (size_t i = 0; i < n_slots; i++) {
        if (slots[i].n_values == 0)
            continue;
        slot_key *key = &keys[n++];
        key->slot = &slots[i];
        key->key[0] = 0;
        key->key[1] = (unsigned char)kind;
        key->key_length =
            2 + (kind == PIL_GLASS_KEY_VALUES ? pil_glass_put_number(key->key + 2, slots[i].number)
                                              : pil_glass_put_last(key->key + 2, slots[i].number));
    }
    qsort(keys, n, sizeof *keys, compare_slots);
    return n;
}

static int compare_values(const pil_glass_value *left, const pil_glass_value *right)
{
    uint32_t n = left->length < right->length ? left->length : right->length;
    int order = memcmp(left->bytes, right->bytes, n);
    return order != 0 ? order : (left->length > right->length) - (left->length < right->length);
}

static pil_status append_string(pil_buffer *tag, const pil_glass_value *value, pil_error *err)
{
    unsigned char length[PIL_GLASS_NUMBER_MAX];
    size_t n = pil_glass_put_number(length, value->length);
    pil_status status = pil_buffer_append(tag, length, n);
    if (status == PIL_OK)
        status = pil_buffer_append(tag, value->bytes, value->length);
    return status == PIL_OK ? PIL_OK : pil_error_no_memory(err);
}

static pil_status append_number(pil_buffer *tag, uint64_t number, pil_error *err)
{
    unsigned char bytes[PIL_GLASS_NUMBER_MAX];
    size_t n = pil_glass_put_number(bytes, number);
    return pil_buffer_append(tag, bytes, n) == PIL_OK ? PIL_OK : pil_error_no_memory(err);
}

/* How many values the slot has, the lowest one, and the highest one if it is another. */
static pil_status add_value_stats(pil_glass_table *table, const slot_key *key, pil_buffer *tag,
                                  pil_error *err)
{
    const pil_glass_slot *slot = key->slot;
    const pil_glass_value *lowest = slot->values, *highest = slot->values;
    for (size_t i = 1; i < slot->n_values; i++) {
        if (compare_values(&slot->values[i], lowest) < 0)
            lowest = &slot->values[i];
        if (compare_values(&slot->values[i], highest) > 0)
            highest = &slot->values[i];
    }
    pil_buffer_clear(tag);
    pil_status status = append_number(tag, slot->n_values, err);
    if (status == PIL_OK)
        status = append_string(tag, lowest, err);
    if (status == PIL_OK && compare_values(lowest, highest) != 0 &&
        pil_buffer_append(tag, highest->bytes, highest->length) != PIL_OK)
        status = pil_error_no_memory(err);
    if (status != PIL_OK)
        return status;
    return pil_glass_table_add(table, key->key, key->key_length, tag->bytes, tag->length, err);
}

static pil_status add_value_chunk(pil_glass_table *table, const slot_key *slot, uint32_t first,
                                  const pil_buffer *tag, pil_error *err)
{
    unsigned char key[sizeof slot->key + DOCID_MAX];
    memcpy(key, slot->key, slot->key_length);
    size_t length = slot->key_length + pil_glass_put_sortable(key + slot->key_length, first);
    return pil_glass_table_add(table, key, length, tag->bytes, tag->length, err);
}

static pil_status add_value_chunks(pil_glass_table *table, const slot_key *key, pil_buffer *tag,
                                   pil_error *err)
{
    const pil_glass_slot *slot = key->slot;
    uint32_t first = 0;
    pil_buffer_clear(tag);
    for (size_t i = 0; i < slot->n_values; i++) {
        const pil_glass_value *value = &slot->values[i];
        pil_status status = PIL_OK;
        if (value->docid == 0 || (i > 0 && value->docid <= value[-1].docid))
            return pil_error_set(err, PIL_INTERNAL, "values are out of order");
        if (tag->length >= VALUE_CHUNK_BYTES) {
            status = add_value_chunk(table, key, first, tag, err);
            pil_buffer_clear(tag);
        }
        if (tag->length == 0)
            first = value->docid;
        else if (status == PIL_OK)
            status = append_number(tag, value->docid - value[-1].docid - 1, err);
        if (status == PIL_OK)
            status = append_string(tag, value, err);
        if (status != PIL_OK)
            return status;
    }
    return add_value_chunk(table, key, first, tag, err);
}

pil_status pil_glass_add_values(pil_glass_table *table, const pil_glass_slot *slots, size_t n_slots,
                                pil_error *err)
{
    if (n_slots == 0)
        return PIL_OK;
    slot_key *keys = calloc(n_slots, sizeof *keys);
    if (keys == NULL)
        return pil_error_no_memory(err);
    pil_status status = PIL_OK;
    pil_buffer tag;
    pil_buffer_init(&tag, SIZE_MAX / 2);
    size_t n = code_slots(slots, n_slots, PIL_GLASS_KEY_VALUE_STATS, keys);
    for (size_t i = 0; i < n && status == PIL_OK; i++)
        status = add_value_stats(table, &keys[i], &tag, err);
    n = code_slots(slots, n_slots, PIL_GLASS_KEY_VALUES, keys);
    for (size_t i = 0; i < n && status == PIL_OK; i++)
        status = add_value_chunks(table, &keys[i], &tag, err);
    pil_buffer_dispose(&tag);
    free(keys);
    return status;
}

/* ---- postings ---- */

/* What is left of a posting list that is being cut into chunks. */
typedef struct remaining {
    const unsigned char *at, *end; /* at: the wdf of its first posting */
    uint32_t first, last;          /* documents of its first and last posting */
    const pil_postings *header;    /* for the first chunk: the counts to show; then NULL */
    unsigned char key[PIL_GLASS_KEY_MAX];
    size_t first_key_length; /* of the key for the first chunk */
    size_t later_key_length; /* of the others', the document id not counted */
} remaining;

static size_t chunk_key(remaining *rest)
{
    if (rest->header != NULL)
        return rest->first_key_length;
    return rest->later_key_length +
           pil_glass_put_sortable(rest->key + rest->later_key_length, rest->first);
}

/* What stands in a chunk in front of its first wdf. */
static size_t put_chunk_header(unsigned char *out, const remaining *rest, uint32_t last)
{
    size_t n = 0;
    if (rest->header != NULL) {
        n += pil_glass_put_number(out, rest->header->n);
        n += pil_glass_put_number(out + n, rest->header->collection_frequency);
        n += pil_glass_put_number(out + n, rest->first - 1);
    }
    out[n++] = last == rest->last ? '1' : '0';
    return n + pil_glass_put_number(out + n, last - rest->first);
}

/* Finds how many of the postings that are left, the first one in any case, go into room bytes:
 * *end is where they end, *last their last document. Returns the place of the wdf behind them,
 * whose document is *next. NULL when the bytes are no postings or go into the room as a whole. */
static const unsigned char *cut_postings(const remaining *rest, size_t room,
                                         const unsigned char **end, uint32_t *last, uint32_t *next)
{
    const unsigned char *at = rest->at, *limit = rest->at + room;
    uint32_t docid = rest->first;
    uint64_t gap, wdf;
    if (!pil_glass_get_number(&at, rest->end, &wdf))
        return NULL;
    for (;;) {
        *end = at;
        *last = docid;
        if (!pil_glass_get_number(&at, rest->end, &gap) || gap >= rest->last - docid)
            return NULL;
        docid += (uint32_t)gap + 1;
        const unsigned char *wdf_at = at;
        if (!pil_glass_get_number(&at, rest->end, &wdf))
            return NULL;
        if (at > limit) {
            *next = docid;
            return wdf_at;
        }
    }
}

static pil_status bad_postings(pil_error *err)
{
    return pil_error_set(err, PIL_INTERNAL, "postings are not what they should be");
}

/* Adds a chunk that fits into the rest of the leaf, or into an item of the next one. */
static pil_status add_chunk(pil_glass_table *table, remaining *rest, pil_error *err)
{
    unsigned char tag[PIL_GLASS_ITEM_MAX];
    size_t key_length = chunk_key(rest);
    size_t room = pil_glass_table_room(table, key_length);
    if (room < MIN_CHUNK_BYTES)
        room = PIL_GLASS_ITEM_MAX - PIL_GLASS_ITEM_HEADER - key_length;
    size_t header = put_chunk_header(tag, rest, rest->last);
    size_t length = (size_t)(rest->end - rest->at);
    const unsigned char *begin = rest->at, *next_at = rest->end;
    uint32_t next = 0;
    if (length > room - header) {
        const unsigned char *end;
        uint32_t last;
        next_at = cut_postings(rest, room - header, &end, &last, &next);
        if (next_at == NULL)
            return bad_postings(err);
        length = (size_t)(end - begin);
        header = put_chunk_header(tag, rest, last);
    }
    memcpy(tag + header, begin, length);
    rest->at = next_at;
    rest->first = next;
    rest->header = NULL;
    return pil_glass_table_add(table, rest->key, key_length, tag, header + length, err);
}

/* rest has its keys. */
static pil_status add_postings(pil_glass_table *table, remaining *rest,
                               const pil_postings *postings, const pil_postings *header,
                               pil_error *err)
{
    uint64_t gap;
    rest->at = postings->bytes;
    rest->end = postings->bytes + postings->length;
    rest->last = postings->last;
    rest->header = header;
    if (!pil_glass_get_number(&rest->at, rest->end, &gap) || gap >= postings->last ||
        rest->at == rest->end)
        return bad_postings(err);
    rest->first = (uint32_t)gap + 1;
    pil_status status;
    do
        status = add_chunk(table, rest, err);
    while (status == PIL_OK && rest->at < rest->end);
    return status;
}

pil_status pil_glass_add_lengths(pil_glass_table *table, const pil_postings *lengths,
                                 pil_error *err)
{
    static const pil_postings no_counts = {.n = 0};
    remaining rest = {
        .key = {0, PIL_GLASS_KEY_LENGTHS}, .first_key_length = 2, .later_key_length = 2};
    return lengths->n == 0 ? PIL_OK : add_postings(table, &rest, lengths, &no_counts, err);
}

pil_status pil_glass_add_term(pil_glass_table *table, const char *term, size_t term_length,
                              const pil_postings *postings, pil_error *err)
{
    unsigned char coded[2 * PIL_GLASS_TERM_MAX + 1];
    size_t coded_length = 0;
    if (term_length <= PIL_GLASS_TERM_MAX)
        coded_length = pil_glass_put_term(coded, term, term_length, true);
    if (coded_length < 2 || coded_length - 1 > PIL_GLASS_TERM_MAX)
        return pil_error_set(err, PIL_UNSUPPORTED, "a term of %zu bytes cannot be stored",
                             term_length);
    if (postings->collection_frequency > UINT32_MAX)
        return pil_error_set(err, PIL_UNSUPPORTED, "a term occurs more than 4,294,967,295 times");
    remaining rest = {.first_key_length = coded_length - 1, .later_key_length = coded_length};
    memcpy(rest.key, coded, coded_length);
    return add_postings(table, &rest, postings, postings, err);
}
