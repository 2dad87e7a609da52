/* The numbers and keys of glass, Xapian's on-disk format, version of 2016-03-14; docs/glass.md
 * describes it. Private to this folder. */
#ifndef INDEX_GLASS_CODING_H
#define INDEX_GLASS_CODING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    PIL_GLASS_KEY_MAX = 255,      /* bytes of a key */
    PIL_GLASS_TERM_MAX = 245,     /* bytes of a term in a key, its closing 00 not counted */
    PIL_GLASS_NUMBER_MAX = 10,    /* bytes of any coded number */
    PIL_GLASS_BLOCK_BYTES = 8192, /* of every table that we write */
    PIL_GLASS_ITEM_MAX = 2043     /* bytes of an item: four must fit into a block */
};

/* What a key of the postlist table starts with when it is not a term. */
enum {
    PIL_GLASS_KEY_METADATA = 0xc0, /* each behind a 00, here and below */
    PIL_GLASS_KEY_VALUE_STATS = 0xd0,
    PIL_GLASS_KEY_VALUES = 0xd8,
    PIL_GLASS_KEY_LENGTHS = 0xe0
};

/* Varint: seven bits a byte, low ones first. Writes at out, which has room, and returns how many
 * bytes it took. */
size_t pil_glass_put_number(unsigned char *out, uint64_t number);
/* How many bytes that would be. */
size_t pil_glass_number_length(uint64_t number);
/* pil_glass_get_number when the first byte is not the last. */
bool pil_glass_get_long_number(const unsigned char **at, const unsigned char *end,
                               uint64_t *number);
/* Reads one at *at, below end, and moves *at behind it; false when it is cut or does not fit. */
static inline bool pil_glass_get_number(const unsigned char **at, const unsigned char *end,
                                        uint64_t *number)
{
    if (*at >= end || **at >= 0x80)
        return pil_glass_get_long_number(at, end, number);
    *number = *(*at)++;
    return true;
}

/* A number whose coded bytes sort as the numbers do: document ids in keys. */
size_t pil_glass_put_sortable(unsigned char *out, uint32_t number);
/* False when it is cut, too large or longer than it has to be. */
bool pil_glass_get_sortable(const unsigned char **at, const unsigned char *end, uint32_t *number);

/* A number, little-endian without high zero bytes, to the end of a key: value slots. */
size_t pil_glass_put_last(unsigned char *out, uint32_t number);

/* A term as a key sorts it: each 00 becomes 00 FF; with_end adds the closing 00 that stands before
 * a document id. At most 2 * length + 1 bytes; returns how many. */
size_t pil_glass_put_term(unsigned char *out, const char *term, size_t length, bool with_end);
/* Reads one at *at to its closing 00, or to end when there is none, and moves *at behind it.
 * Writes *length bytes at term, which has room for end - *at; returns whether it was closed. */
bool pil_glass_get_term(const unsigned char **at, const unsigned char *end, char *term,
                        size_t *length);

#endif
