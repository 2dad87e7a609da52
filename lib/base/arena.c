#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct pil_arena_block {
    pil_arena_block *next;
    size_t used;
    size_t size;
    alignas(max_align_t) char bytes[];
};

enum { FIRST_BLOCK_BYTES = 4096, LARGEST_STEP_BYTES = 1 << 20 };

static pil_arena_block *add_block(pil_arena *arena, size_t at_least)
{
    size_t size = arena->blocks == NULL ? FIRST_BLOCK_BYTES : arena->blocks->size * 2;
    if (size > LARGEST_STEP_BYTES)
        size = LARGEST_STEP_BYTES;
    if (size < at_least)
        size = at_least;
    if (size > SIZE_MAX - sizeof(pil_arena_block))
        return NULL;
    pil_arena_block *block = malloc(sizeof *block + size);
    if (block == NULL)
        return NULL;
    *block = (pil_arena_block){.next = arena->blocks, .size = size};
    arena->blocks = block;
    arena->total_bytes += size;
    return block;
}

void *pil_arena_alloc(pil_arena *arena, size_t size)
{
    size_t align = alignof(max_align_t);
    if (size > SIZE_MAX - align)
        return NULL;
    size = (size + align - 1) / align * align;
    pil_arena_block *block = arena->blocks;
    if (block == NULL || block->size - block->used < size)
        block = add_block(arena, size);
    if (block == NULL)
        return NULL;
    void *memory = block->bytes + block->used;
    block->used += size;
    return memory;
}

char *pil_arena_copy(pil_arena *arena, const void *bytes, size_t length)
{
    if (length == SIZE_MAX)
        return NULL;
    char *copy = pil_arena_alloc(arena, length + 1);
    if (copy == NULL)
        return NULL;
    if (length > 0)
        memcpy(copy, bytes, length);
    copy[length] = '\0';
    return copy;
}

void pil_arena_clear(pil_arena *arena)
{
    pil_arena_block *kept = arena->blocks;
    if (kept == NULL)
        return;
    arena->blocks = kept->next;
    kept->next = NULL;
    pil_arena_dispose(arena);
    kept->used = 0;
    arena->blocks = kept;
    arena->total_bytes = kept->size;
}

void pil_arena_dispose(pil_arena *arena)
{
    while (arena->blocks != NULL) {
        pil_arena_block *next = arena->blocks->next;
        free(arena->blocks);
        arena->blocks = next;
    }
    arena->total_bytes = 0;
}
