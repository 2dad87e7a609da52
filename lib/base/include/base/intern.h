/* A table of byte strings, each stored once and numbered from 0 in order of arrival. */
#ifndef BASE_INTERN_H
#define BASE_INTERN_H

#include "base/arena.h"
#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

typedef struct pil_intern_entry {
    const char *bytes; /* in the table's arena, with a NUL behind */
    uint32_t length;
    uint32_t hash;
} pil_intern_entry;

/* Of the hash table. */
typedef struct pil_intern_slot {
    uint32_t number; /* of the entry, plus 1; 0 = free */
    uint32_t hash;
} pil_intern_slot;

/* Zero-initialise to start empty. entries[0..n_entries) may be read. */
typedef struct pil_intern {
    pil_arena arena;
    pil_intern_entry *entries;
    uint32_t n_entries;
    uint32_t capacity; /* of entries */
    pil_intern_slot *slots;
    uint32_t n_slots; /* a power of two */
} pil_intern;

#define PIL_INTERN_NONE UINT32_MAX

/* The number of bytes[0..length), adding it when it is new: *is_new (may be NULL) says so.
 * length must be below 2^32. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_intern_add(pil_intern *table, const void *bytes, size_t length,
                                        uint32_t *number, bool *is_new);
/* The number, or PIL_INTERN_NONE. */
uint32_t pil_intern_find(const pil_intern *table, const void *bytes, size_t length);
/* What the table takes in memory, in bytes. */
size_t pil_intern_bytes(const pil_intern *table);
/* Forgets all strings and keeps the memory for the next round. */
void pil_intern_clear(pil_intern *table);
void pil_intern_dispose(pil_intern *table);

#endif
