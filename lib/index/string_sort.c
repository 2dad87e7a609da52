#include "string_sort.h"

#include <stdbool.h>
#include <string.h>

enum {
    CHUNK_BYTES = 8,
    N_VALUES = 256,  /* of a byte */
    FEW_STRINGS = 32 /* so many are sorted by comparing them */
};

/* The eight bytes behind the first depth as a number that sorts as they do; zeros stand for what
 * is behind the end. */
static uint64_t chunk_at(const pil_sorted_string *item, size_t depth)
{
    uint64_t chunk = 0;
    size_t end = item->length < depth + CHUNK_BYTES ? item->length : depth + CHUNK_BYTES;
    for (size_t i = depth; i < end; i++)
        chunk |= (uint64_t)(unsigned char)item->bytes[i] << (8 * (depth + CHUNK_BYTES - 1 - i));
    return chunk;
}

static bool is_less(const pil_sorted_string *left, const pil_sorted_string *right, size_t depth)
{
    if (left->chunk != right->chunk)
        return left->chunk < right->chunk;
    size_t from = depth + CHUNK_BYTES;
    if (right->length <= from)
        return false;
    if (left->length <= from)
        return true;
    uint32_t shorter = left->length < right->length ? left->length : right->length;
    int order = memcmp(left->bytes + from, right->bytes + from, shorter - from);
    return order != 0 ? order < 0 : left->length < right->length;
}

/* By insertion; their chunks are those at depth. */
static void sort_few(pil_sorted_string *items, size_t n, size_t depth)
{
    for (size_t i = 1; i < n; i++) {
        pil_sorted_string item = items[i];
        size_t at = i;
        for (; at > 0 && is_less(&item, &items[at - 1], depth); at--)
            items[at] = items[at - 1];
        items[at] = item;
    }
}

/* Counts become places; false when all items have the same value. */
static bool to_places(uint32_t counts[N_VALUES], size_t n)
{
    uint32_t place = 0;
    for (size_t value = 0; value < N_VALUES; value++) {
        uint32_t count = counts[value];
        if (count == n)
            return false;
        counts[value] = place;
        place += count;
    }
    return true;
}

/* By their chunks, lowest byte first, each time keeping the order of before. */
static void sort_by_chunk(pil_sorted_string *items, pil_sorted_string *scratch, size_t n)
{
    uint32_t places[CHUNK_BYTES][N_VALUES] = {0};
    for (size_t i = 0; i < n; i++)
        for (size_t byte = 0; byte < CHUNK_BYTES; byte++)
            places[byte][items[i].chunk >> (8 * byte) & 0xFF]++;
    pil_sorted_string *from = items, *to = scratch;
    for (size_t byte = 0; byte < CHUNK_BYTES; byte++) {
        if (!to_places(places[byte], n))
            continue;
        for (size_t i = 0; i < n; i++)
            to[places[byte][from[i].chunk >> (8 * byte) & 0xFF]++] = from[i];
        pil_sorted_string *other = from;
        from = to;
        to = other;
    }
    if (from != items)
        memcpy(items, from, n * sizeof *items);
}

/* Sorts strings that are equal in their first depth bytes. */
static void sort_from(pil_sorted_string *items, pil_sorted_string *scratch, size_t n, size_t depth)
{
    for (size_t i = 0; i < n; i++)
        items[i].chunk = chunk_at(&items[i], depth);
    if (n <= FEW_STRINGS) {
        sort_few(items, n, depth);
        return;
    }
    sort_by_chunk(items, scratch, n);
    for (size_t begin = 0, end; begin < n; begin = end) {
        for (end = begin + 1; end < n && items[end].chunk == items[begin].chunk; end++)
            ;
        bool is_over = (items[begin].chunk & 0xFF) == 0; /* equal to the end */
        if (end - begin > 1 && !is_over)
            sort_from(items + begin, scratch, end - begin, depth + CHUNK_BYTES);
    }
}

void pil_string_sort(pil_sorted_string *items, pil_sorted_string *scratch, size_t n)
{
    sort_from(items, scratch, n, 0);
}
