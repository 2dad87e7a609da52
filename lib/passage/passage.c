#include "passage_internal.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* All are weights (see pil_passage_weight) but the last. */
enum {
    FRAGMENTS_FULL = 200, /* fragments that weigh this together are a paragraph */
    ITEM_ALONE = 160,     /* a list item that weighs this is a paragraph by itself */
    LIST_FULL = 1000,     /* a list is cut at the item with which it weighs this */
    INTRO_LONGEST = 600,  /* a paragraph that introduces a list and weighs more stays apart */
    HEADING_LONGEST = 300 /* what weighs more is no heading, whatever the source calls it */
};

void pil_paragraphs_dispose(pil_paragraphs *paragraphs)
{
    if (paragraphs == NULL)
        return;
    free(paragraphs->items);
    pil_arena_dispose(&paragraphs->arena);
    *paragraphs = (pil_paragraphs){0};
}

void pil_paragraphs_clear(pil_paragraphs *paragraphs)
{
    pil_arena_clear(&paragraphs->arena);
    paragraphs->n_items = 0;
    paragraphs->title = "";
}

static pil_status reserve_item(pil_paragraphs *paragraphs)
{
    if (paragraphs->n_items < paragraphs->capacity)
        return PIL_OK;
    size_t capacity = paragraphs->capacity == 0 ? 64 : paragraphs->capacity / 2 * 3;
    if (capacity > SIZE_MAX / sizeof *paragraphs->items)
        return PIL_NO_MEMORY;
    pil_paragraph *items = realloc(paragraphs->items, capacity * sizeof *items);
    if (items == NULL)
        return PIL_NO_MEMORY;
    paragraphs->items = items;
    paragraphs->capacity = capacity;
    return PIL_OK;
}

void pil_passage_builder_init(pil_passage_builder *builder, pil_paragraphs *out)
{
    *builder = (pil_passage_builder){.out = out, .path = ""};
    pil_buffer_init(&builder->text, SIZE_MAX - 1);
    if (out->title == NULL)
        out->title = "";
}

void pil_passage_builder_dispose(pil_passage_builder *builder)
{
    pil_passage_cutter_dispose(&builder->cutter);
    pil_buffer_dispose(&builder->text);
}

static const char *current_path(const pil_passage_builder *builder)
{
    return builder->n_headings == 0 ? "" : builder->headings[builder->n_headings - 1].path;
}

/* Takes white space off both ends of a block. Its range follows when the text is the bytes of its
 * range, as it is unless a reader took something out. */
static pil_block trimmed(pil_block block)
{
    size_t begin = pil_passage_skip_space(block.text, 0, block.length_bytes);
    size_t end = pil_passage_trim_end(block.text, begin, block.length_bytes);
    bool is_source = block.end_byte - block.begin_byte == block.length_bytes;
    if (begin > 0 && is_source) {
        const char *at = block.text;
        while ((at = memchr(at, '\n', (size_t)(block.text + begin - at))) != NULL) {
            block.line++;
            at++;
        }
    }
    if (is_source) {
        block.end_byte = block.begin_byte + end;
        block.begin_byte += begin;
    }
    block.text += begin;
    block.length_bytes = end - begin;
    return block;
}

static uint32_t lines_in(const char *text, size_t length)
{
    uint32_t n_lines = 0;
    const char *end = text + length;
    for (const char *at = text; (at = memchr(at, '\n', (size_t)(end - at))) != NULL; at++)
        n_lines++;
    return n_lines;
}

/* One paragraph that is not too long. */
static pil_status push(pil_passage_builder *builder, const pil_block *block, const char *path)
{
    pil_status status = reserve_item(builder->out);
    if (status != PIL_OK)
        return status;
    char *text = pil_arena_copy(&builder->out->arena, block->text, block->length_bytes);
    if (text == NULL)
        return PIL_NO_MEMORY;
    builder->out->items[builder->out->n_items++] = (pil_paragraph){
        .text = text,
        .length_bytes = block->length_bytes,
        .begin_byte = block->begin_byte,
        .end_byte = block->end_byte,
        .line = block->line,
        .page = block->page,
        .heading = path,
    };
    builder->joinable = block->kind == PIL_BLOCK_WHOLE ? 0 : builder->out->n_items;
    return PIL_OK;
}

/* A block as one paragraph, or as several when it is too long. The pieces of a text that is not
 * the bytes of its range share that range. */
static pil_status emit(pil_passage_builder *builder, const pil_block *whole, const char *path)
{
    pil_status status = PIL_OK;
    pil_block rest = *whole;
    bool is_source = rest.end_byte - rest.begin_byte == rest.length_bytes;
    while (rest.length_bytes > PIL_PARAGRAPH_MAX_BYTES && status == PIL_OK) {
        size_t cut = pil_passage_cut(&builder->cutter, rest.text, rest.length_bytes, false);
        pil_block piece = rest;
        piece.length_bytes = cut;
        if (is_source)
            piece.end_byte = piece.begin_byte + cut;
        uint32_t n_lines = lines_in(rest.text, cut);
        piece = trimmed(piece);
        if (piece.length_bytes > 0)
            status = push(builder, &piece, path);
        rest.text += cut;
        rest.length_bytes -= cut;
        rest.line += n_lines;
        if (is_source)
            rest.begin_byte += cut;
    }
    if (status == PIL_OK)
        rest = trimmed(rest);
    if (status == PIL_OK && rest.length_bytes > 0)
        status = push(builder, &rest, path);
    return status;
}

static bool waits_as_fragment(const pil_passage_builder *builder)
{
    return builder->waiting == PIL_WAITING_FRAGMENT ||
           (builder->waiting == PIL_WAITING_LIST &&
            pil_passage_is_fragment(builder->text.bytes, builder->text.length));
}

/* Puts what waits behind the paragraph before it, if that stands under the same heading and both
 * are not too long together. */
static pil_status join_previous(pil_passage_builder *builder, bool *joined)
{
    *joined = false;
    if (builder->joinable == 0)
        return PIL_OK;
    pil_paragraph *previous = &builder->out->items[builder->joinable - 1];
    size_t length = previous->length_bytes + 1 + builder->text.length;
    if (previous->heading != builder->path || length > PIL_PARAGRAPH_MAX_BYTES)
        return PIL_OK;
    char *text = pil_arena_alloc(&builder->out->arena, length + 1);
    if (text == NULL)
        return PIL_NO_MEMORY;
    memcpy(text, previous->text, previous->length_bytes);
    text[previous->length_bytes] = '\n';
    memcpy(text + previous->length_bytes + 1, builder->text.bytes, builder->text.length);
    text[length] = '\0';
    previous->text = text;
    previous->length_bytes = length;
    if (builder->extent.end_byte > previous->end_byte)
        previous->end_byte = builder->extent.end_byte;
    *joined = true;
    return PIL_OK;
}

/* What waits becomes a paragraph, since nothing that it could join follows; fragments join what
 * is before them instead where they can. */
static pil_status flush(pil_passage_builder *builder)
{
    if (builder->waiting == PIL_WAITING_NONE)
        return PIL_OK;
    bool joined = false;
    pil_status status = PIL_OK;
    if (waits_as_fragment(builder) &&
        pil_passage_weight(builder->text.bytes, builder->text.length) < FRAGMENTS_FULL)
        status = join_previous(builder, &joined);
    if (status == PIL_OK && !joined) {
        pil_block block = builder->extent;
        block.text = builder->text.bytes;
        block.length_bytes = builder->text.length;
        status = emit(builder, &block, builder->path);
    }
    pil_buffer_clear(&builder->text);
    builder->waiting = PIL_WAITING_NONE;
    return status;
}

/* Adds a block to what waits. */
static pil_status wait_with(pil_passage_builder *builder, const pil_block *block,
                            pil_passage_waiting as)
{
    pil_status status = PIL_OK;
    if (builder->waiting == PIL_WAITING_NONE) {
        builder->extent = *block;
        builder->path = current_path(builder);
    } else {
        status = pil_buffer_append_byte(&builder->text, '\n');
        if (block->end_byte > builder->extent.end_byte)
            builder->extent.end_byte = block->end_byte;
    }
    if (status == PIL_OK)
        status = pil_buffer_append(&builder->text, block->text, block->length_bytes);
    builder->waiting = as;
    return status;
}

static pil_status add_fragment(pil_passage_builder *builder, const pil_block *block)
{
    pil_status status = PIL_OK;
    if (!waits_as_fragment(builder))
        status = flush(builder);
    if (status == PIL_OK)
        status = wait_with(builder, block, PIL_WAITING_FRAGMENT);
    if (status == PIL_OK &&
        pil_passage_weight(builder->text.bytes, builder->text.length) >= FRAGMENTS_FULL)
        status = flush(builder);
    return status;
}

static pil_status add_item(pil_passage_builder *builder, const pil_block *block)
{
    pil_status status = wait_with(builder, block, PIL_WAITING_LIST);
    if (status == PIL_OK &&
        pil_passage_weight(builder->text.bytes, builder->text.length) >= LIST_FULL)
        status = flush(builder);
    return status;
}

static bool introduces_list(const pil_block *block)
{
    return block->kind == PIL_BLOCK_PARAGRAPH && block->text[block->length_bytes - 1] == ':' &&
           block->length_bytes <= (size_t)INTRO_LONGEST * 4 &&
           pil_passage_weight(block->text, block->length_bytes) <= INTRO_LONGEST;
}

/* A block that is long enough to be a paragraph, with the fragments before it. */
static pil_status add_paragraph(pil_passage_builder *builder, const pil_block *block)
{
    bool joins = block->kind != PIL_BLOCK_WHOLE && waits_as_fragment(builder) &&
                 builder->text.length + 1 + block->length_bytes <= PIL_PARAGRAPH_MAX_BYTES;
    pil_status status = PIL_OK;
    if (!joins)
        status = flush(builder);
    if (status != PIL_OK)
        return status;
    if (introduces_list(block))
        return wait_with(builder, block, PIL_WAITING_INTRO);
    if (!joins)
        return emit(builder, block, current_path(builder));
    status = wait_with(builder, block, PIL_WAITING_INTRO);
    return status == PIL_OK ? flush(builder) : status;
}

static pil_status add_text(pil_passage_builder *builder, const pil_block *block)
{
    pil_status status = PIL_OK;
    if (builder->waiting != PIL_WAITING_NONE && builder->path != current_path(builder))
        status = flush(builder);
    if (status != PIL_OK)
        return status;
    for (size_t i = 0; i < builder->n_headings; i++)
        builder->headings[i].is_used = true;
    if (block->kind == PIL_BLOCK_WHOLE)
        return add_paragraph(builder, block);
    if (block->kind == PIL_BLOCK_LIST_ITEM &&
        (block->length_bytes < ITEM_ALONE ||
         pil_passage_weight(block->text, block->length_bytes) < ITEM_ALONE))
        return add_item(builder, block);
    if (pil_passage_is_fragment(block->text, block->length_bytes))
        return add_fragment(builder, block);
    return add_paragraph(builder, block);
}

/* Leaves the innermost heading. One without anything under it was more than a heading: its text
 * becomes a paragraph, or it could not be found. */
static pil_status leave_heading(pil_passage_builder *builder)
{
    pil_passage_heading left = builder->headings[--builder->n_headings];
    if (left.is_used)
        return PIL_OK;
    left.block.kind = PIL_BLOCK_PARAGRAPH;
    return add_text(builder, &left.block);
}

/* path + " > " + the heading's text with its white space collapsed. */
static const char *path_below(pil_passage_builder *builder, const char *path,
                              const pil_block *block)
{
    size_t path_length = strlen(path);
    char *below = pil_arena_alloc(&builder->out->arena, path_length + block->length_bytes + 4);
    if (below == NULL)
        return NULL;
    memcpy(below, path, path_length);
    size_t length = path_length;
    if (path_length > 0) {
        memcpy(below + length, " > ", 3);
        length += 3;
    }
    for (size_t at = 0; at < block->length_bytes;) {
        if ((unsigned char)block->text[at] <= ' ') {
            below[length++] = ' ';
            at = pil_passage_skip_space(block->text, at, block->length_bytes);
        } else {
            below[length++] = block->text[at++];
        }
    }
    below[length] = '\0';
    return below;
}

static pil_status add_heading(pil_passage_builder *builder, const pil_block *block)
{
    pil_status status = PIL_OK;
    while (builder->n_headings > 0 && status == PIL_OK &&
           builder->headings[builder->n_headings - 1].block.level >= block->level)
        status = leave_heading(builder);
    if (status != PIL_OK)
        return status;
    pil_passage_heading *heading = &builder->headings[builder->n_headings];
    *heading = (pil_passage_heading){.block = *block};
    heading->block.text = pil_arena_copy(&builder->out->arena, block->text, block->length_bytes);
    heading->path = path_below(builder, current_path(builder), block);
    if (heading->block.text == NULL || heading->path == NULL)
        return PIL_NO_MEMORY;
    builder->n_headings++;
    if (!builder->has_begun && builder->out->n_items == 0 && builder->out->title[0] == '\0')
        builder->out->title = path_below(builder, "", block);
    return builder->out->title == NULL ? PIL_NO_MEMORY : PIL_OK;
}

pil_status pil_passage_builder_add(pil_passage_builder *builder, const pil_block *block)
{
    pil_block inner = trimmed(*block);
    if (inner.length_bytes == 0)
        return PIL_OK;
    pil_status status;
    if (inner.kind == PIL_BLOCK_HEADING &&
        pil_passage_weight(inner.text, inner.length_bytes) <= HEADING_LONGEST) {
        inner.level = inner.level < 1                    ? 1
                      : inner.level > PIL_HEADING_LEVELS ? PIL_HEADING_LEVELS
                                                         : inner.level;
        status = add_heading(builder, &inner);
    } else {
        if (inner.kind == PIL_BLOCK_HEADING)
            inner.kind = PIL_BLOCK_PARAGRAPH;
        status = add_text(builder, &inner);
    }
    builder->has_begun = true;
    return status;
}

pil_status pil_passage_builder_finish(pil_passage_builder *builder)
{
    pil_status status = PIL_OK;
    while (builder->n_headings > 0 && status == PIL_OK)
        status = leave_heading(builder);
    return status == PIL_OK ? flush(builder) : status;
}

pil_status pil_paragraphs_from_blocks(pil_paragraphs *out, const pil_block *blocks, size_t n_blocks,
                                      pil_error *err)
{
    pil_passage_builder builder;
    pil_passage_builder_init(&builder, out);
    pil_status status = PIL_OK;
    for (size_t i = 0; i < n_blocks && status == PIL_OK; i++)
        status = pil_passage_builder_add(&builder, &blocks[i]);
    if (status == PIL_OK)
        status = pil_passage_builder_finish(&builder);
    pil_passage_builder_dispose(&builder);
    return status == PIL_OK ? PIL_OK : pil_error_no_memory(err);
}
