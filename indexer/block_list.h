/* Blocks whose texts are pieces of one text that a reader makes: the blocks joined by empty lines,
 * as formats have it whose bytes are not text. */
#ifndef INDEXER_BLOCK_LIST_H
#define INDEXER_BLOCK_LIST_H

#include "base/buffer.h"
#include "base/error.h"
#include "passage/passage.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Begin with init. items[..].text is set by finish. */
typedef struct pil_block_list {
    pil_buffer text;
    uint32_t line; /* of the end of the text, from 1 */
    pil_block *items;
    size_t n_items, capacity;
    bool is_open; /* the last block */
} pil_block_list;

void pil_block_list_init(pil_block_list *list);
void pil_block_list_dispose(pil_block_list *list);

/* Begins a block of that kind, level and page, after ending the one before. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_block_list_open(pil_block_list *list, pil_block_kind kind, int level,
                                             uint32_t page);
/* Appends valid UTF-8 to the open block; begins a paragraph when none is open. NULs are left out.
 * PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_block_list_add(pil_block_list *list, const char *text, size_t length);
/* Ends the open block, if there is one; one that is empty is dropped. */
void pil_block_list_close(pil_block_list *list);
/* Ends the last block and sets the texts, which point into list->text. */
void pil_block_list_finish(pil_block_list *list);

#endif
