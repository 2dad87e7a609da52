#include "base/buffer.h"
#include "base/file.h"
#include "base/hash.h"
#include "glass_block.h"
#include "glass_coding.h"
#include "glass_table.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct pil_glass_reader {
    const pil_file_checksums *expected;
    int fd;
    size_t n_chunks;   /* read so far */
    pil_buffer chunk;  /* the last one of them */
    size_t next_block; /* where in it */
    const unsigned char *leaf;
    size_t directory_at, directory_end; /* entries of leaf that are left */
    bool is_begun;                      /* the entry without key was seen */
    unsigned char key[PIL_GLASS_KEY_MAX];
    size_t key_length;
    pil_buffer tag; /* of an entry in several pieces */
};

static pil_status damaged(const pil_glass_reader *reader, const char *what, pil_error *err)
{
    return pil_error_set(err, PIL_CORRUPT, "%s: %s", reader->expected->name, what);
}

/* ---- the file ---- */

static pil_status open_file(pil_glass_reader *reader, const char *directory, pil_error *err)
{
    const pil_file_checksums *expected = reader->expected;
    char *path = pil_file_join(directory, expected->name);
    if (path == NULL)
        return pil_error_no_memory(err);
    do
        reader->fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    while (reader->fd < 0 && errno == EINTR);
    int failed = errno;
    free(path);
    if (reader->fd < 0)
        return pil_error_set_errno(err, failed, "cannot open %s", expected->name);
    struct stat info;
    if (fstat(reader->fd, &info) != 0)
        return pil_error_set_errno(err, errno, "cannot read %s", expected->name);
    if (!S_ISREG(info.st_mode) || (uint64_t)info.st_size != expected->n_bytes)
        return damaged(reader, "not as long as it was written", err);
    if (expected->n_bytes % PIL_GLASS_BLOCK_BYTES != 0 ||
        expected->n_chunks !=
            expected->n_bytes / PIL_CHUNK_BYTES + (expected->n_bytes % PIL_CHUNK_BYTES != 0))
        return damaged(reader, "no file of blocks", err);
    /* Only a hint. */
    (void)posix_fadvise(reader->fd, 0, 0, POSIX_FADV_SEQUENTIAL);
    return PIL_OK;
}

pil_status pil_glass_reader_open(pil_glass_reader **out, const char *directory,
                                 const pil_file_checksums *expected, pil_error *err)
{
    *out = NULL;
    pil_glass_reader *reader = calloc(1, sizeof *reader);
    if (reader == NULL)
        return pil_error_no_memory(err);
    reader->expected = expected;
    reader->fd = -1;
    pil_buffer_init(&reader->chunk, PIL_CHUNK_BYTES);
    pil_buffer_init(&reader->tag, SIZE_MAX / 2);
    pil_status status = open_file(reader, directory, err);
    if (status == PIL_OK)
        *out = reader;
    else
        pil_glass_reader_close(reader);
    return status;
}

void pil_glass_reader_close(pil_glass_reader *reader)
{
    if (reader == NULL)
        return;
    if (reader->fd >= 0)
        close(reader->fd);
    pil_buffer_dispose(&reader->chunk);
    pil_buffer_dispose(&reader->tag);
    free(reader);
}

static pil_status read_chunk(pil_glass_reader *reader, pil_error *err)
{
    if (reader->n_chunks == reader->expected->n_chunks)
        return PIL_DONE;
    uint64_t left = reader->expected->n_bytes - (uint64_t)reader->n_chunks * PIL_CHUNK_BYTES;
    size_t length = left < PIL_CHUNK_BYTES ? (size_t)left : PIL_CHUNK_BYTES;
    pil_buffer_clear(&reader->chunk);
    pil_status status = pil_buffer_reserve(&reader->chunk, length);
    if (status != PIL_OK)
        return pil_error_no_memory(err);
    status = pil_file_read_fd(reader->fd, length, &reader->chunk, err);
    if (status != PIL_OK)
        return status;
    if (reader->chunk.length != length ||
        pil_hash64(reader->chunk.bytes, length) != reader->expected->chunks[reader->n_chunks])
        return damaged(reader, "not as it was written", err);
    reader->n_chunks++;
    reader->next_block = 0;
    return PIL_OK;
}

/* ---- leaves ---- */

/* Moves to the next leaf. */
static pil_status read_leaf(pil_glass_reader *reader, pil_error *err)
{
    for (;;) {
        if (reader->next_block == reader->chunk.length) {
            pil_status status = read_chunk(reader, err);
            if (status != PIL_OK)
                return status;
        }
        const unsigned char *block =
            (const unsigned char *)reader->chunk.bytes + reader->next_block;
        reader->next_block += PIL_GLASS_BLOCK_BYTES;
        if (pil_glass_get_u32(block) != PIL_GLASS_REVISION ||
            block[PIL_GLASS_AT_LEVEL] >= PIL_GLASS_MAX_LEVELS)
            return damaged(reader, "a block has a bad header", err);
        if (block[PIL_GLASS_AT_LEVEL] > 0)
            continue;
        reader->leaf = block;
        reader->directory_at = PIL_GLASS_DIRECTORY;
        reader->directory_end = pil_glass_get_u16(block + PIL_GLASS_AT_DIRECTORY_END);
        if (reader->directory_end <= PIL_GLASS_DIRECTORY ||
            reader->directory_end > PIL_GLASS_BLOCK_BYTES ||
            (reader->directory_end - PIL_GLASS_DIRECTORY) % PIL_GLASS_DIRECTORY_ENTRY != 0)
            return damaged(reader, "a block has a bad directory", err);
        return PIL_OK;
    }
}

typedef struct leaf_item {
    const unsigned char *key, *tag;
    size_t key_length, tag_length;
    uint32_t piece;
    bool is_last;
} leaf_item;

/* Takes an item of the leaf apart; false when it is none. */
static bool read_item(const unsigned char *leaf, size_t begin, leaf_item *item)
{
    if (begin > PIL_GLASS_BLOCK_BYTES - PIL_GLASS_ITEM_HEADER)
        return false;
    const unsigned char *at = leaf + begin;
    uint32_t flags = pil_glass_get_u16(at);
    bool is_first = (flags & PIL_GLASS_ITEM_FIRST) != 0;
    size_t length = flags & PIL_GLASS_ITEM_LENGTH;
    size_t numbered = is_first ? 0 : PIL_GLASS_PIECE_NUMBER;
    item->key_length = at[PIL_GLASS_ITEM_HEADER - 1];
    item->is_last = (flags & PIL_GLASS_ITEM_LAST) != 0;
    if ((flags & PIL_GLASS_ITEM_COMPRESSED) != 0 ||
        length > PIL_GLASS_BLOCK_BYTES - PIL_GLASS_ITEM_HEADER - begin ||
        item->key_length + numbered > length)
        return false;
    item->key = at + PIL_GLASS_ITEM_HEADER;
    item->piece = is_first ? 1 : pil_glass_get_u16(item->key + item->key_length);
    item->tag = item->key + item->key_length + numbered;
    item->tag_length = length - item->key_length - numbered;
    return true;
}

/* The next item that has a key. */
static pil_status next_item(pil_glass_reader *reader, leaf_item *item, pil_error *err)
{
    for (;;) {
        if (reader->directory_at == reader->directory_end) {
            pil_status status = read_leaf(reader, err);
            if (status != PIL_OK)
                return status;
        }
        size_t begin = pil_glass_get_u16(reader->leaf + reader->directory_at);
        reader->directory_at += PIL_GLASS_DIRECTORY_ENTRY;
        if (begin < reader->directory_end || !read_item(reader->leaf, begin, item))
            return damaged(reader, "a block has a bad item", err);
        if (reader->is_begun && item->key_length > 0)
            return PIL_OK;
        if (reader->is_begun || item->key_length > 0 || item->piece != 1 || !item->is_last ||
            item->tag_length > 0)
            return damaged(reader, "the first entry is missing or comes again", err);
        reader->is_begun = true;
    }
}

/* ---- entries ---- */

static bool is_behind(const pil_glass_reader *reader, const leaf_item *item)
{
    size_t n = item->key_length < reader->key_length ? item->key_length : reader->key_length;
    int order = memcmp(reader->key, item->key, n);
    return order < 0 || (order == 0 && reader->key_length < item->key_length);
}

/* Joins the pieces of an entry, of which item is the first one. */
static pil_status join_pieces(pil_glass_reader *reader, leaf_item *item, pil_error *err)
{
    pil_buffer_clear(&reader->tag);
    for (uint32_t piece = 2;; piece++) {
        pil_status status = pil_buffer_append(&reader->tag, item->tag, item->tag_length);
        if (status != PIL_OK)
            return pil_error_no_memory(err);
        if (item->is_last)
            return PIL_OK;
        status = next_item(reader, item, err);
        if (status != PIL_OK && status != PIL_DONE)
            return status;
        if (status == PIL_DONE || item->piece != piece || item->key_length != reader->key_length ||
            memcmp(item->key, reader->key, item->key_length) != 0)
            return damaged(reader, "an entry is cut", err);
    }
}

pil_status pil_glass_reader_next(pil_glass_reader *reader, pil_glass_entry *entry, pil_error *err)
{
    leaf_item item;
    pil_status status = next_item(reader, &item, err);
    if (status != PIL_OK)
        return status;
    if (item.piece != 1 || !is_behind(reader, &item))
        return damaged(reader, "entries are out of order", err);
    memcpy(reader->key, item.key, item.key_length);
    reader->key_length = item.key_length;
    if (!item.is_last) {
        status = join_pieces(reader, &item, err);
        if (status != PIL_OK)
            return status;
        item.tag = (const unsigned char *)reader->tag.bytes;
        item.tag_length = reader->tag.length;
    }
    *entry = (pil_glass_entry){.key = reader->key,
                               .tag = item.tag,
                               .key_length = reader->key_length,
                               .tag_length = item.tag_length};
    return PIL_OK;
}
