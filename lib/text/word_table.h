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
#include <string.h>

/* A part of a word with inner capitals: its range is relative to the word's begin. */
typedef struct pil_word_part {
    const char *term, *form; /* as below */
    uint32_t term_number, form_number;
    uint8_t term_length, form_length;
    uint32_t begin_byte, end_byte;
} pil_word_part;

enum {
    PIL_WORD_INLINE_BYTES = 24,
    PIL_WORD_ELSEWHERE = 255 /* as raw_length: the word is longer than that */
};

/* A word, and a slot of the table. A term or form has a NUL behind it and at most
 * PIL_TERM_MAX_BYTES; the same string has the same number, whatever word it came from. */
typedef struct pil_word {
    uint32_t hash;
    uint8_t raw_length; /* 0: the slot is free */
    uint8_t term_length, form_length;
    unsigned char n_parts : 4;   /* 0, or 2 and more for EuroAtlantic */
    unsigned char is_number : 1; /* digits only */
    unsigned char is_known : 1;  /* what follows is there */
    uint32_t term_number, form_number;
    const char *term, *form; /* empty when nothing is left of the word */
    const pil_word_part *parts;
    union {
        char bytes[PIL_WORD_INLINE_BYTES]; /* zeros behind the word */
        struct {
            const char *bytes;
            size_t length;
        } elsewhere;
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
/* What it takes in memory, or soon will. */
size_t pil_word_table_bytes(const pil_word_table *table);

/* A word that is looked for: bytes[0..length), length > 0, which must stay. */
typedef struct pil_wanted_word {
    const char *bytes;
    size_t length;
    uint64_t beginning; /* its first eight bytes, or all and zeros */
    uint32_t hash;
} pil_wanted_word;

/* Prepares to look for bytes[0..length), behind which up to bytes + n_readable may be read. The
 * place of the word is on its way into the cache when this returns. */
void pil_word_table_expect(const pil_word_table *table, const char *bytes, size_t length,
                           size_t n_readable, pil_wanted_word *out);

/* The slot of the word; it is not known yet when it is new. Valid until the next call.
 * PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_word_table_get(pil_word_table *table, const pil_wanted_word *wanted,
                                            pil_word **word);

/* ---- for the word that is in its place, as nearly all are ---- */

/* Loads what is compared at a time. */
static inline uint64_t pil_word_load(const char *bytes)
{
    uint64_t value;
    memcpy(&value, bytes, sizeof value);
    return value;
}

/* The word of the slot is the one wanted, of more than eight bytes. */
bool pil_word_is_long_one(const pil_word *slot, const pil_wanted_word *wanted);

static inline bool pil_word_is(const pil_word *slot, const pil_wanted_word *wanted)
{
    if (wanted->length <= sizeof wanted->beginning)
        return slot->raw_length == wanted->length &&
               pil_word_load(slot->raw.bytes) == wanted->beginning;
    return slot->hash == wanted->hash && pil_word_is_long_one(slot, wanted);
}

/* The word, when it is known and in the first place where it could be; otherwise NULL. */
static inline const pil_word *pil_word_table_peek(const pil_word_table *table,
                                                  const pil_wanted_word *wanted)
{
    if (table->n_slots == 0)
        return NULL;
    const pil_word *slot = &table->slots[wanted->hash & (table->n_slots - 1)];
    return pil_word_is(slot, wanted) && slot->is_known ? slot : NULL;
}

#endif
