/* What a block of a glass table looks like; docs/glass.md describes it. Private to this folder. */
#ifndef INDEX_GLASS_BLOCK_H
#define INDEX_GLASS_BLOCK_H

#include <stdint.h>

/* A block: revision (4 bytes), level (1), largest free area (2), all free bytes (2), end of the
 * directory (2); the directory, two bytes an item; the free area; the items. Numbers are
 * big-endian. */
enum {
    PIL_GLASS_REVISION = 1, /* of all that we write */
    PIL_GLASS_AT_LEVEL = 4,
    PIL_GLASS_AT_MAX_FREE = 5,
    PIL_GLASS_AT_TOTAL_FREE = 7,
    PIL_GLASS_AT_DIRECTORY_END = 9,
    PIL_GLASS_DIRECTORY = 11,
    PIL_GLASS_DIRECTORY_ENTRY = 2,
    PIL_GLASS_MAX_LEVELS = 10
};

/* An item of a leaf: flags and length (2 bytes), length of the key (1), key, number of the piece
 * (2, not of the first one), piece of the tag. */
enum {
    PIL_GLASS_ITEM_COMPRESSED = 0x8000,
    PIL_GLASS_ITEM_LAST = 0x4000,
    PIL_GLASS_ITEM_FIRST = 0x2000,
    PIL_GLASS_ITEM_LENGTH = 0x1fff, /* bytes of the item behind its header */
    PIL_GLASS_ITEM_HEADER = 3,
    PIL_GLASS_PIECE_NUMBER = 2,
    PIL_GLASS_MAX_PIECES = 65535
};

static inline void pil_glass_put_u16(unsigned char *out, uint32_t number)
{
    out[0] = (unsigned char)(number >> 8);
    out[1] = (unsigned char)number;
}

static inline uint32_t pil_glass_get_u16(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] << 8 | bytes[1];
}

static inline void pil_glass_put_u32(unsigned char *out, uint32_t number)
{
    pil_glass_put_u16(out, number >> 16);
    pil_glass_put_u16(out + 2, number);
}

static inline uint32_t pil_glass_get_u32(const unsigned char *bytes)
{
    return pil_glass_get_u16(bytes) << 16 | pil_glass_get_u16(bytes + 2);
}

#endif
