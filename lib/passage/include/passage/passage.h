/* An article's text into paragraphs. docs/paragraphs.md states the rules. */
#ifndef PASSAGE_PASSAGE_H
#define PASSAGE_PASSAGE_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

/* No paragraph is longer, in bytes: longer ones are split at a sentence or word edge. */
enum { PIL_PARAGRAPH_MAX_BYTES = 64 * 1024 };

/* What a reader found, in the order of the source. */
typedef enum pil_block_kind {
    PIL_BLOCK_PARAGRAPH,
    PIL_BLOCK_HEADING,   /* not a paragraph itself: it becomes part of the heading path */
    PIL_BLOCK_LIST_ITEM, /* an item of a list or a row of a table; neighbours join */
    PIL_BLOCK_VERBATIM,  /* code, verse: its line breaks mean something */
    PIL_BLOCK_WHOLE      /* a paragraph as the source itself counts them: joined with nothing */
} pil_block_kind;

typedef struct pil_block {
    pil_block_kind kind;
    int level;        /* PIL_BLOCK_HEADING: 1 (outermost) to 6 */
    const char *text; /* valid UTF-8, no NUL bytes */
    size_t length_bytes;
    /* [begin_byte, end_byte) of the article's text. When it is as long as text, text is taken to
     * be those bytes, one by one; else pieces of a text that is too long share the range. */
    size_t begin_byte, end_byte;
    uint32_t line; /* first line in the source, from 1 */
    uint32_t page; /* that it begins on, from 1; 0: the source has no pages */
} pil_block;

typedef struct pil_paragraph {
    const char *text; /* UTF-8, trimmed of white space at both ends, never empty */
    size_t length_bytes;
    size_t begin_byte, end_byte; /* as in pil_block */
    uint32_t line, page;
    const char *heading; /* heading path, outermost first, joined by " > "; "" if none */
} pil_paragraph;

/* Zero-initialise to start empty. What paragraphs point to lives in the arena, so the input may
 * be freed. */
typedef struct pil_paragraphs {
    pil_paragraph *items;
    size_t n_items;
    size_t capacity;
    const char *title; /* the first heading, when the text begins with one; else "" */
    pil_arena arena;
} pil_paragraphs;

void pil_paragraphs_dispose(pil_paragraphs *paragraphs);
/* Empties it for the next article, keeping memory. */
void pil_paragraphs_clear(pil_paragraphs *paragraphs);

/* The paragraphs of plain text, appended to out: recognises its layout (blank lines, one
 * paragraph a line, hard-wrapped lines, headings, lists), then applies the rules for blocks.
 * text is valid UTF-8 without NULs. Byte ranges are offsets into text, plus offset; lines count
 * from first_line. Time is linear in length. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_paragraphs_from_text(pil_paragraphs *out, const char *text,
                                                  size_t length, size_t offset, uint32_t first_line,
                                                  pil_error *err);

/* The paragraphs of blocks[0..n_blocks), appended to out: headings become paths, short fragments
 * join their list or neighbour, what is too long is split. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_paragraphs_from_blocks(pil_paragraphs *out, const pil_block *blocks,
                                                    size_t n_blocks, pil_error *err);

#endif
