#include "glass_table.h"

#include "glass_block.h"
#include "glass_coding.h"

#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* A tag that does not fit into the rest of a leaf is divided there only if so much of it fits:
 * who reads it has two blocks to read instead of one. */
enum { MIN_PIECE_BYTES = 32 };

/* What stands in a parent for a block: keys from here on are in it. */
typedef struct separator {
    unsigned char key[PIL_GLASS_KEY_MAX];
    size_t key_length;
    uint32_t piece;
} separator;

/* The block being filled at one level of the tree. It gets its number when it is written, so that
 * blocks are written in order, each after its children; the root is the last one. */
typedef struct open_block {
    unsigned char *bytes; /* NULL until the tree is that high */
    size_t directory_end; /* the free area is from here... */
    size_t items_begin;   /* ...to here */
    separator from;
} open_block;

struct pil_glass_table {
    char *directory;
    pil_checked_file *file; /* NULL until the first block is written */
    char name[sizeof((pil_file_checksums *)0)->name];
    open_block levels[PIL_GLASS_MAX_LEVELS];
    size_t n_levels;
    uint32_t n_blocks;
    uint64_t n_entries;
    unsigned char last_key[PIL_GLASS_KEY_MAX];
    size_t last_key_length;
};

/* ---- blocks ---- */

static void empty_block(open_block *level)
{
    level->directory_end = PIL_GLASS_DIRECTORY;
    level->items_begin = PIL_GLASS_BLOCK_BYTES;
}

static pil_status add_level(pil_glass_table *table, pil_error *err)
{
    if (table->n_levels == PIL_GLASS_MAX_LEVELS)
        return pil_error_set(err, PIL_UNSUPPORTED, "%s would be too large", table->name);
    open_block *top = &table->levels[table->n_levels];
    top->bytes = malloc(PIL_GLASS_BLOCK_BYTES);
    if (top->bytes == NULL)
        return pil_error_no_memory(err);
    empty_block(top);
    table->n_levels++;
    return PIL_OK;
}

/* Room for an item, without its entry in the directory. */
static size_t room_for_item(const open_block *level)
{
    size_t room = level->items_begin - level->directory_end;
    return room < PIL_GLASS_DIRECTORY_ENTRY ? 0 : room - PIL_GLASS_DIRECTORY_ENTRY;
}

/* Where an item of this length goes, for which there is room. */
static unsigned char *place_item(open_block *level, size_t length)
{
    level->items_begin -= length;
    pil_glass_put_u16(level->bytes + level->directory_end, (uint32_t)level->items_begin);
    level->directory_end += PIL_GLASS_DIRECTORY_ENTRY;
    return level->bytes + level->items_begin;
}

static pil_status write_block(pil_glass_table *table, size_t at_level, pil_error *err)
{
    if (table->n_blocks == UINT32_MAX)
        return pil_error_set(err, PIL_UNSUPPORTED, "%s would have too many blocks", table->name);
    if (table->file == NULL) {
        pil_status status =
            pil_checked_file_create(&table->file, table->directory, table->name, err);
        if (status != PIL_OK)
            return status;
    }
    open_block *level = &table->levels[at_level];
    unsigned char *block = level->bytes;
    size_t n_free = level->items_begin - level->directory_end;
    pil_glass_put_u32(block, PIL_GLASS_REVISION);
    block[PIL_GLASS_AT_LEVEL] = (unsigned char)at_level;
    pil_glass_put_u16(block + PIL_GLASS_AT_MAX_FREE, (uint32_t)n_free);
    pil_glass_put_u16(block + PIL_GLASS_AT_TOTAL_FREE, (uint32_t)n_free);
    pil_glass_put_u16(block + PIL_GLASS_AT_DIRECTORY_END, (uint32_t)level->directory_end);
    memset(block + level->directory_end, 0, n_free);
    empty_block(level);
    table->n_blocks++;
    return pil_checked_file_write(table->file, block, PIL_GLASS_BLOCK_BYTES, err);
}

static pil_status close_block(pil_glass_table *table, size_t at_level, pil_error *err);

/* Adds the block with this number to its parent, a level above. The first item of each parent has
 * an empty key: what is in front of all others goes there. */
static pil_status add_child(pil_glass_table *table, size_t parent_level, uint32_t number,
                            const separator *from, pil_error *err)
{
    enum { HEADER = 5, PIECE = 2 };
    open_block *parent = &table->levels[parent_level];
    if (room_for_item(parent) < HEADER + from->key_length + PIECE) {
        pil_status status = close_block(table, parent_level, err);
        if (status != PIL_OK)
            return status;
    }
    bool is_first = parent->directory_end == PIL_GLASS_DIRECTORY;
    if (is_first)
        parent->from = *from;
    size_t key_length = is_first ? 0 : from->key_length;
    unsigned char *item = place_item(parent, HEADER + key_length + PIECE);
    pil_glass_put_u32(item, number);
    item[HEADER - 1] = (unsigned char)key_length;
    memcpy(item + HEADER, from->key, key_length);
    pil_glass_put_u16(item + HEADER + key_length, is_first ? 0 : from->piece);
    return PIL_OK;
}

/* Writes the block of this level and begins the next one. */
static pil_status close_block(pil_glass_table *table, size_t at_level, pil_error *err)
{
    uint32_t number = table->n_blocks;
    pil_status status = write_block(table, at_level, err);
    if (status == PIL_OK && at_level + 1 == table->n_levels)
        status = add_level(table, err);
    return status != PIL_OK
               ? status
               : add_child(table, at_level + 1, number, &table->levels[at_level].from, err);
}

/* ---- entries ---- */

static size_t common_prefix(const unsigned char *left, size_t left_length,
                            const unsigned char *right, size_t right_length)
{
    size_t n = left_length < right_length ? left_length : right_length;
    size_t i = 0;
    while (i < n && left[i] == right[i])
        i++;
    return i;
}

/* Begins a leaf whose first item is this piece of the entry with key; what is in the leaf before
 * ends with last_key. */
static pil_status next_leaf(pil_glass_table *table, const unsigned char *key, size_t key_length,
                            uint32_t piece, pil_error *err)
{
    pil_status status = close_block(table, 0, err);
    if (status != PIL_OK)
        return status;
    separator *from = &table->levels[0].from;
    /* Keys ascend, so the key is longer than what it has in common with the last one. */
    from->key_length =
        piece > 1 ? key_length
                  : common_prefix(table->last_key, table->last_key_length, key, key_length) + 1;
    memcpy(from->key, key, from->key_length);
    from->piece = piece;
    return PIL_OK;
}

static bool is_in_order(const pil_glass_table *table, const unsigned char *key, size_t key_length)
{
    size_t n = key_length < table->last_key_length ? key_length : table->last_key_length;
    int order = memcmp(table->last_key, key, n);
    return order < 0 || (order == 0 && table->last_key_length < key_length);
}

static void put_piece(open_block *leaf, const unsigned char *key, size_t key_length, uint32_t piece,
                      const unsigned char *tag, size_t length, bool is_last)
{
    size_t numbered = piece > 1 ? PIL_GLASS_PIECE_NUMBER : 0;
    size_t behind_header = key_length + numbered + length;
    unsigned char *item = place_item(leaf, PIL_GLASS_ITEM_HEADER + behind_header);
    pil_glass_put_u16(item, (uint32_t)behind_header | (is_last ? PIL_GLASS_ITEM_LAST : 0u) |
                                (piece == 1 ? PIL_GLASS_ITEM_FIRST : 0u));
    item[PIL_GLASS_ITEM_HEADER - 1] = (unsigned char)key_length;
    item += PIL_GLASS_ITEM_HEADER;
    memcpy(item, key, key_length);
    item += key_length;
    if (numbered > 0)
        pil_glass_put_u16(item, piece);
    if (length > 0)
        memcpy(item + numbered, tag, length);
}

/* The tree starts with an entry that has neither key nor tag and is not counted. */
static pil_status begin_tree(pil_glass_table *table, pil_error *err)
{
    pil_status status = add_level(table, err);
    if (status == PIL_OK)
        put_piece(&table->levels[0], table->last_key, 0, 1, NULL, 0, true);
    return status;
}

static size_t item_room(const open_block *leaf)
{
    size_t room = room_for_item(leaf);
    return room < PIL_GLASS_ITEM_MAX ? room : PIL_GLASS_ITEM_MAX;
}

pil_status pil_glass_table_add(pil_glass_table *table, const void *key, size_t key_length,
                               const void *tag, size_t tag_length, pil_error *err)
{
    if (key_length == 0 || key_length > PIL_GLASS_KEY_MAX || !is_in_order(table, key, key_length))
        return pil_error_set(err, PIL_INTERNAL, "%s: a key of %zu bytes is out of order",
                             table->name, key_length);
    pil_status status = table->n_levels == 0 ? begin_tree(table, err) : PIL_OK;
    if (status != PIL_OK)
        return status;
    open_block *leaf = &table->levels[0];
    const unsigned char *rest = tag;
    size_t n_rest = tag_length;
    uint32_t piece = 1;
    do {
        size_t around =
            PIL_GLASS_ITEM_HEADER + key_length + (piece > 1 ? PIL_GLASS_PIECE_NUMBER : 0);
        size_t room = item_room(leaf);
        if (around + n_rest > room && around + MIN_PIECE_BYTES > room) {
            status = next_leaf(table, key, key_length, piece, err);
            if (status != PIL_OK)
                return status;
            room = item_room(leaf);
        }
        if (piece > PIL_GLASS_MAX_PIECES)
            return pil_error_set(err, PIL_UNSUPPORTED, "%s: an entry of %zu bytes is too long",
                                 table->name, tag_length);
        size_t n = n_rest < room - around ? n_rest : room - around;
        put_piece(leaf, key, key_length, piece++, rest, n, n == n_rest);
        n_rest -= n;
        if (n_rest > 0)
            rest += n;
    } while (n_rest > 0);
    memcpy(table->last_key, key, key_length);
    table->last_key_length = key_length;
    table->n_entries++;
    return PIL_OK;
}

size_t pil_glass_table_room(const pil_glass_table *table, size_t key_length)
{
    size_t around = PIL_GLASS_ITEM_HEADER + key_length;
    size_t room = table->n_levels == 0 ? PIL_GLASS_ITEM_MAX : item_room(&table->levels[0]);
    return room < around ? 0 : room - around;
}

/* ---- the whole ---- */

pil_status pil_glass_table_begin(pil_glass_table **out, const char *directory, const char *name,
                                 pil_error *err)
{
    *out = NULL;
    pil_glass_table *table = calloc(1, sizeof *table);
    if (table == NULL)
        return pil_error_no_memory(err);
    size_t name_length = strlen(name);
    assert(name_length < sizeof table->name);
    memcpy(table->name, name, name_length);
    table->directory = strdup(directory);
    if (table->directory == NULL) {
        free(table);
        return pil_error_no_memory(err);
    }
    *out = table;
    return PIL_OK;
}

/* Closes what is open, from the leaves up to the one block that needs no parent. */
static pil_status write_root(pil_glass_table *table, pil_glass_root *root, pil_error *err)
{
    size_t at_level = 0;
    for (; at_level + 1 < table->n_levels; at_level++) {
        pil_status status = close_block(table, at_level, err);
        if (status != PIL_OK)
            return status;
    }
    root->root_block = table->n_blocks;
    root->level = (uint32_t)at_level;
    return write_block(table, at_level, err);
}

pil_status pil_glass_table_finish(pil_glass_table *table, pil_glass_root *root,
                                  pil_file_checksums *checksums, pil_error *err)
{
    pil_glass_root written = {.n_entries = table->n_entries};
    pil_file_checksums sums = {.n_bytes = 0};
    pil_status status = PIL_OK;
    if (table->n_levels > 0) {
        status = write_root(table, &written, err);
        if (status == PIL_OK) {
            status = pil_checked_file_finish(table->file, &sums, err);
            table->file = NULL;
        }
    }
    if (status == PIL_OK) {
        written.n_blocks = table->n_blocks;
        *root = written;
        *checksums = sums;
    }
    pil_glass_table_abandon(table);
    return status;
}

void pil_glass_table_abandon(pil_glass_table *table)
{
    if (table == NULL)
        return;
    pil_checked_file_abandon(table->file);
    for (size_t i = 0; i < table->n_levels; i++)
        free(table->levels[i].bytes);
    free(table->directory);
    free(table);
}
