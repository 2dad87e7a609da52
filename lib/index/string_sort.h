/* Sorts many strings by their bytes, as strcmp does, faster than a comparison sort: eight bytes at
 * a time by radix. Private to this folder. Thread rule: no shared state. */
#ifndef INDEX_STRING_SORT_H
#define INDEX_STRING_SORT_H

#include <stddef.h>
#include <stdint.h>

typedef struct pil_sorted_string {
    const char *bytes; /* bytes[0..length), no NUL among them */
    uint32_t length;
    uint32_t id;    /* the caller's */
    uint64_t chunk; /* the sort's own */
} pil_sorted_string;

/* Sorts items[0..n); equal ones stay in order. scratch has room for n. */
void pil_string_sort(pil_sorted_string *items, pil_sorted_string *scratch, size_t n);

#endif
