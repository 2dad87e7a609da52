#include "base/intern.h"

#include "base/hash.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_SLOTS = 256 };

static pil_intern_slot *find_slot(const pil_intern *table, const void *bytes, size_t length,
                                  uint32_t hash)
{
    uint32_t mask = table->n_slots - 1;
    for (uint32_t at = hash & mask;; at = (at + 1) & mask) {
        pil_intern_slot *slot = &table->slots[at];
        if (slot->number == 0)
            return slot;
        /* The entry lies elsewhere in memory: it is looked at only when the hash is right. */
        if (slot->hash != hash)
            continue;
        const pil_intern_entry *entry = &table->entries[slot->number - 1];
        if (entry->length == length && memcmp(entry->bytes, bytes, length) == 0)
            return slot;
    }
}

static void put_back(pil_intern_slot *slots, uint32_t n_slots, uint32_t hash, uint32_t number)
{
    uint32_t mask = n_slots - 1;
    uint32_t at = hash & mask;
    while (slots[at].number != 0)
        at = (at + 1) & mask;
    slots[at] = (pil_intern_slot){.number = number + 1, .hash = hash};
}

/* Keeps the table at most half full. */
static bool grow(pil_intern *table)
{
    if (table->n_entries == table->capacity) {
        uint32_t capacity = table->capacity == 0 ? FIRST_SLOTS / 2 : table->capacity * 2;
        pil_intern_entry *entries = realloc(table->entries, capacity * sizeof *entries);
        if (entries == NULL)
            return false;
        table->entries = entries;
        table->capacity = capacity;
    }
    if (table->n_entries < table->n_slots / 2)
        return true;
    uint32_t n_slots = table->n_slots == 0 ? FIRST_SLOTS : table->n_slots * 2;
    pil_intern_slot *slots = calloc(n_slots, sizeof *slots);
    if (slots == NULL)
        return false;
    for (uint32_t i = 0; i < table->n_entries; i++)
        put_back(slots, n_slots, table->entries[i].hash, i);
    free(table->slots);
    table->slots = slots;
    table->n_slots = n_slots;
    return true;
}

pil_status pil_intern_add(pil_intern *table, const void *bytes, size_t length, uint32_t *number,
                          bool *is_new)
{
    assert(length <= UINT32_MAX);
    if (!grow(table))
        return PIL_NO_MEMORY;
    uint32_t hash = (uint32_t)pil_hash64(bytes, length);
    pil_intern_slot *slot = find_slot(table, bytes, length, hash);
    if (is_new != NULL)
        *is_new = slot->number == 0;
    if (slot->number == 0) {
        const char *copy = pil_arena_copy(&table->arena, bytes, length);
        if (copy == NULL)
            return PIL_NO_MEMORY;
        table->entries[table->n_entries] =
            (pil_intern_entry){.bytes = copy, .length = (uint32_t)length, .hash = hash};
        *slot = (pil_intern_slot){.number = ++table->n_entries, .hash = hash};
    }
    *number = slot->number - 1;
    return PIL_OK;
}

uint32_t pil_intern_find(const pil_intern *table, const void *bytes, size_t length)
{
    if (table->n_slots == 0)
        return PIL_INTERN_NONE;
    uint32_t hash = (uint32_t)pil_hash64(bytes, length);
    uint32_t number = find_slot(table, bytes, length, hash)->number;
    return number == 0 ? PIL_INTERN_NONE : number - 1;
}

size_t pil_intern_bytes(const pil_intern *table)
{
    return table->arena.total_bytes + table->capacity * sizeof *table->entries +
           table->n_slots * sizeof *table->slots;
}

void pil_intern_clear(pil_intern *table)
{
    pil_arena_clear(&table->arena);
    table->n_entries = 0;
    if (table->slots != NULL)
        memset(table->slots, 0, table->n_slots * sizeof *table->slots);
}

void pil_intern_dispose(pil_intern *table)
{
    pil_arena_dispose(&table->arena);
    free(table->entries);
    free(table->slots);
    *table = (pil_intern){0};
}
