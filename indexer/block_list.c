#include "block_list.h"

#include <stdlib.h>
#include <string.h>

void pil_block_list_init(pil_block_list *list)
{
    *list = (pil_block_list){.line = 1};
    pil_buffer_init(&list->text, SIZE_MAX - 1);
}

void pil_block_list_dispose(pil_block_list *list)
{
    pil_buffer_dispose(&list->text);
    free(list->items);
}

pil_status pil_block_list_open(pil_block_list *list, pil_block_kind kind, int level, uint32_t page)
{
    pil_block_list_close(list);
    if (list->n_items == list->capacity) {
        size_t capacity = list->capacity == 0 ? 64 : list->capacity * 2;
        pil_block *items = realloc(list->items, capacity * sizeof *items);
        if (items == NULL)
            return PIL_NO_MEMORY;
        list->items = items;
        list->capacity = capacity;
    }
    if (list->n_items > 0) {
        if (pil_buffer_append(&list->text, "\n\n", 2) != PIL_OK)
            return PIL_NO_MEMORY;
        list->line += 2;
    }
    list->items[list->n_items++] = (pil_block){.kind = kind,
                                               .level = level,
                                               .page = page,
                                               .line = list->line,
                                               .begin_byte = list->text.length};
    list->is_open = true;
    return PIL_OK;
}

pil_status pil_block_list_add(pil_block_list *list, const char *text, size_t length)
{
    pil_status status = PIL_OK;
    if (!list->is_open && length > 0)
        status = pil_block_list_open(list, PIL_BLOCK_PARAGRAPH, 0, 0);
    for (size_t at = 0; at < length && status == PIL_OK;) {
        const char *nul = memchr(text + at, '\0', length - at);
        size_t n = nul == NULL ? length - at : (size_t)(nul - text) - at;
        status = pil_buffer_append(&list->text, text + at, n);
        for (size_t i = at; i < at + n; i++)
            list->line += text[i] == '\n';
        at += n + (nul != NULL);
    }
    return status;
}

static bool is_blank(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (text[i] != ' ' && text[i] != '\n' && text[i] != '\t')
            return false;
    }
    return true;
}

void pil_block_list_close(pil_block_list *list)
{
    if (!list->is_open)
        return;
    list->is_open = false;
    pil_block *block = &list->items[list->n_items - 1];
    block->end_byte = list->text.length;
    block->length_bytes = block->end_byte - block->begin_byte;
    if (!is_blank(list->text.bytes + block->begin_byte, block->length_bytes))
        return;
    /* As if it had never begun. */
    list->n_items--;
    list->line = block->line - (list->n_items > 0 ? 2 : 0);
    pil_buffer_set_length(&list->text, block->begin_byte - (list->n_items > 0 ? 2 : 0));
}

void pil_block_list_finish(pil_block_list *list)
{
    pil_block_list_close(list);
    for (size_t i = 0; i < list->n_items; i++)
        list->items[i].text = list->text.bytes + list->items[i].begin_byte;
}
