#include "word_table.h"

#include "base/hash.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum {
    FIRST_SLOTS = 1024,
    LINE_BYTES = 64,
    LARGE_PAGE_BYTES = 2 << 20,
    RAW_ELSEWHERE = 63 /* as raw_length */
};
static_assert(sizeof(pil_word) == LINE_BYTES || sizeof(void *) != 8, "a slot is a line");

void pil_word_table_dispose(pil_word_table *table)
{
    free(table->slots);
    pil_arena_dispose(&table->arena);
    *table = (pil_word_table){0};
}

size_t pil_word_table_bytes(const pil_word_table *table)
{
    return table->n_slots * sizeof *table->slots + table->arena.total_bytes;
}

uint32_t pil_word_table_expect(const pil_word_table *table, const char *bytes, size_t length)
{
    uint32_t hash = (uint32_t)pil_hash64(bytes, length);
    if (table->n_slots > 0)
        __builtin_prefetch(&table->slots[hash & (table->n_slots - 1)]);
    return hash;
}

static inline uint64_t load8(const char *bytes)
{
    uint64_t value;
    memcpy(&value, bytes, sizeof value);
    return value;
}

static inline uint32_t load4(const char *bytes)
{
    uint32_t value;
    memcpy(&value, bytes, sizeof value);
    return value;
}

/* Compares length bytes, 1 to PIL_WORD_INLINE_BYTES, in pieces that may overlap: most of the time
 * of a call of memcmp for so few would be the call. */
static inline bool is_same(const char *left, const char *right, size_t length)
{
    if (length >= 8)
        return load8(left) == load8(right) &&
               load8(left + length - 8) == load8(right + length - 8) &&
               (length <= 16 || load8(left + 8) == load8(right + 8));
    if (length >= 4)
        return load4(left) == load4(right) && load4(left + length - 4) == load4(right + length - 4);
    return left[0] == right[0] && left[length / 2] == right[length / 2] &&
           left[length - 1] == right[length - 1];
}

static inline bool is_word(const pil_word *slot, const char *bytes, size_t length)
{
    if (length <= PIL_WORD_INLINE_BYTES)
        return slot->raw_length == length && is_same(slot->raw.bytes, bytes, length);
    return slot->raw_length == RAW_ELSEWHERE && slot->raw.elsewhere.length == length &&
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
        slot->raw_length = (unsigned)length;
        memcpy(slot->raw.bytes, bytes, length);
        return true;
    }
    slot->raw.elsewhere.bytes = pil_arena_copy(&table->arena, bytes, length);
    slot->raw.elsewhere.length = length;
    if (slot->raw.elsewhere.bytes != NULL)
        slot->raw_length = RAW_ELSEWHERE;
    return slot->raw.elsewhere.bytes != NULL;
}

pil_status pil_word_table_get(pil_word_table *table, const char *bytes, size_t length,
                              uint32_t hash, pil_word **word)
{
    assert(length > 0);
    if (!make_room(table))
        return PIL_NO_MEMORY;
    size_t mask = table->n_slots - 1, at = hash & mask;
    pil_word *slot;
    for (slot = &table->slots[at]; slot->raw_length > 0; slot = &table->slots[at]) {
        if (slot->hash == hash && is_word(slot, bytes, length)) {
            *word = slot;
            return PIL_OK;
        }
        at = (at + 1) & mask;
    }
    *slot = (pil_word){.hash = hash};
    if (!put_raw(table, slot, bytes, length))
        return PIL_NO_MEMORY;
    table->n_words++;
    *word = slot;
    return PIL_OK;
}
