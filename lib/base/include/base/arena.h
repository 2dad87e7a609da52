/* Memory that is given out in pieces and freed all at once. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

typedef struct pil_arena_block pil_arena_block;

/* Zero-initialise to start empty. */
typedef struct pil_arena {
    pil_arena_block *blocks;
    size_t total_bytes; /* what the blocks take, for budgets */
} pil_arena;

/* size bytes aligned for any type, valid until clear or dispose; NULL when memory ran out. */
void *pil_arena_alloc(pil_arena *arena, size_t size);
/* A copy of bytes[0..length) with a NUL behind it. */
char *pil_arena_copy(pil_arena *arena, const void *bytes, size_t length);
/* Frees everything but one block, for the next round. */
void pil_arena_clear(pil_arena *arena);
/* Frees everything; the arena may be used again. */
void pil_arena_dispose(pil_arena *arena);

#endif
