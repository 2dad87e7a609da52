#include "word_table.h"

#include "base/hash.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { FIRST_SLOTS = 1024, LINE_BYTES = 64, LARGE_PAGE_BYTES = 2 << 20 };
static_assert(sizeof(pil_word) == LINE_BYTES || sizeof(void *) != 8, "a slot is a line");

void pil_word_table_dispose(pil_word_table *table)
{
    free(table->slots);
    pil_arena_dispose(&table->arena);
    *table = (pil_word_table){0};
}

size_t pil_word_table_bytes(const pil_word_table *table)
{
    /* When it grows the old slots and twice as many new ones are there at a time. */
    size_t n_slots = table->n_words < table->n_slots / 2 ? table->n_slots : 3 * table->n_slots;
    return n_slots * sizeof *table->slots + table->arena.total_bytes;
}

/* The first n bytes, 1 to 8, of what was loaded; zeros behind them. */
static uint64_t keep_first(uint64_t loaded, size_t n)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    return loaded & UINT64_MAX >> (64 - 8 * n);
#else
    return loaded & UINT64_MAX << (64 - 8 * n);
#endif
}

/* Most words are short: their hash is that of one number. The constants are odd and have no
 * pattern; the upper bits of a product depend on all of its factor. */
static uint32_t hash_short(uint64_t bytes)
{
    uint64_t hash = bytes * UINT64_C(0x9E3779B97F4A7C15);
    hash = (hash ^ hash >> 32) * UINT64_C(0xD6E8FEB86659FD93);
    return (uint32_t)(hash >> 32);
}

void pil_word_table_expect(const pil_word_table *table, const char *bytes, size_t length,
                           size_t n_readable, pil_wanted_word *out)
{
    assert(length > 0);
    out->bytes = bytes;
    out->length = length;
    if (n_readable >= sizeof out->beginning) {
        out->beginning = pil_word_load(bytes);
    } else {
        out->beginning = 0;
        memcpy(&out->beginning, bytes, length);
    }
    if (length <= sizeof out->beginning) {
        out->beginning = keep_first(out->beginning, length);
        out->hash = hash_short(out->beginning);
    } else {
        out->hash = (uint32_t)pil_hash64(bytes, length);
    }
    if (table->n_slots > 0)
        __builtin_prefetch(&table->slots[out->hash & (table->n_slots - 1)]);
}

bool pil_word_is_long_one(const pil_word *slot, const pil_wanted_word *wanted)
{
    const char *bytes = wanted->bytes;
    size_t length = wanted->length;
    if (length <= PIL_WORD_INLINE_BYTES)
        return slot->raw_length == length && pil_word_load(slot->raw.bytes) == wanted->beginning &&
               pil_word_load(slot->raw.bytes + length - 8) == pil_word_load(bytes + length - 8) &&
               (length <= 16 || pil_word_load(slot->raw.bytes + 8) == pil_word_load(bytes + 8));
    return slot->raw_length == PIL_WORD_ELSEWHERE && slot->raw.elsewhere.length == length &&
           memcmp(slot->raw.elsewhere.bytes, bytes, length) == 0;
}

/* Zeroed. Words lie all over a large table, so it should take few pages: what the processor keeps
 * of the page table is soon used up by small ones. */
static pil_word *new_slots(size_t n)
{
    size_t size = n * sizeof(pil_word);
    bool is_large = size >= LARGE_PAGE_BYTES;
    pil_word *slots = aligned_alloc(is_large ? LARGE_PAGE_BYTES : LINE_BYTES, size);
    if (slots == NULL)
        return NULL;
#ifdef MADV_HUGEPAGE
    if (is_large)
        (void)madvise(slots, size, MADV_HUGEPAGE); /* only a hint */
#endif
    memset(slots, 0, size);
    return slots;
}

/* Keeps the table at most two thirds full. */
static bool make_room(pil_word_table *table)
{
    if (table->n_words < table->n_slots / 3 * 2)
        return true;
    size_t n_slots = table->n_slots == 0 ? FIRST_SLOTS : table->n_slots * 2;
    pil_word *slots = new_slots(n_slots);
    if (slots == NULL)
        return false;
    for (size_t i = 0; i < table->n_slots; i++) {
        const pil_word *word = &table->slots[i];
        size_t at = word->hash & (n_slots - 1);
        while (word->raw_length > 0 && slots[at].raw_length > 0)
            at = (at + 1) & (n_slots - 1);
        if (word->raw_length > 0)
            slots[at] = *word;
    }
    free(table->slots);
    table->slots = slots;
    table->n_slots = n_slots;
    return true;
}

static bool put_raw(pil_word_table *table, pil_word *slot, const char *bytes, size_t length)
{
    if (length <= PIL_WORD_INLINE_BYTES) {
        slot->raw_length = (uint8_t)length;
        memcpy(slot->raw.bytes, bytes, length);
        return true;
    }
    slot->raw.elsewhere.bytes = pil_arena_copy(&table->arena, bytes, length);
    slot->raw.elsewhere.length = length;
    if (slot->raw.elsewhere.bytes != NULL)
        slot->raw_length = PIL_WORD_ELSEWHERE;
    return slot->raw.elsewhere.bytes != NULL;
}

pil_status pil_word_table_get(pil_word_table *table, const pil_wanted_word *wanted, pil_word **word)
{
    if (!make_room(table))
        return PIL_NO_MEMORY;
    size_t mask = table->n_slots - 1, at = wanted->hash & mask;
    pil_word *slot;
    for (slot = &table->slots[at]; slot->raw_length > 0; slot = &table->slots[at]) {
        if (pil_word_is(slot, wanted)) {
            *word = slot;
            return PIL_OK;
        }
        at = (at + 1) & mask;
    }
    *slot = (pil_word){.hash = wanted->hash};
    if (!put_raw(table, slot, wanted->bytes, wanted->length))
        return PIL_NO_MEMORY;
    table->n_words++;
    *word = slot;
    return PIL_OK;
}
