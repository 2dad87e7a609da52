/* What did each word become? A hash table from words as they are written in texts to what analysis
 * made of them. It is asked for every word of every text, so a slot is one line of the processor's
 * cache, and has the word itself in it. Internal to lib/text. */
#ifndef TEXT_WORD_TABLE_H
#define TEXT_WORD_TABLE_H

#include "base/arena.h"
#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A part of a word with inner capitals: its range is relative to the word's begin. */
typedef struct pil_word_part {
    const char *term, *form; /* as below */
    uint32_t term_number, form_number;
    uint8_t term_length, form_length;
    uint32_t begin_byte, end_byte;
} pil_word_part;

enum { PIL_WORD_INLINE_BYTES = 24 };

/* A word, and a slot of the table. A term or form has a NUL behind it and at most
 * PIL_TERM_MAX_BYTES; the same string has the same number, whatever word it came from. */
typedef struct pil_word {
    uint32_t hash;
    unsigned raw_length : 6; /* 0: the slot is free; RAW_ELSEWHERE: see raw */
    unsigned term_length : 7, form_length : 7;
    unsigned n_parts : 4;   /* 0, or 2 and more for EuroAtlantic */
    unsigned is_number : 1; /* digits only */
    unsigned is_known : 1;  /* what follows is there */
    uint32_t term_number, form_number;
    const char *term, *form; /* empty when nothing is left of the word */
    const pil_word_part *parts;
    union {
        char bytes[PIL_WORD_INLINE_BYTES];
        struct {
            const char *bytes;
            size_t length;
        } elsewhere; /* a longer word */
    } raw;
} pil_word;

/* Zero-initialise to start empty. Not shareable between threads. */
typedef struct pil_word_table {
    pil_word *slots;
    size_t n_slots; /* a power of two, or 0 */
    size_t n_words;
    pil_arena arena; /* long words */
} pil_word_table;

void pil_word_table_dispose(pil_word_table *table);
/* What it takes in memory. */
size_t pil_word_table_bytes(const pil_word_table *table);

/* The hash of a word that will be looked for soon: its place is on its way into the cache when this
 * returns. */
uint32_t pil_word_table_expect(const pil_word_table *table, const char *bytes, size_t length);

/* The slot of the word bytes[0..length), length > 0, that has this hash; it is not known yet when
 * it is new. Valid until the next call. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_word_table_get(pil_word_table *table, const char *bytes, size_t length,
                                            uint32_t hash, pil_word **word);

#endif
