/* Any bytes as a glass table, with the checksums that they should have: no crash, and the entries
 * that come out are the same when they are written and read again. Free space would make up most of
 * an input, so blocks are given without it: the length of the block's begin, these bytes, the
 * length of its end, these bytes; lengths are two bytes, low one first. */
#include "base/file.h"
#include "base/hash.h"
#include "lib/index/glass_coding.h"
#include "lib/index/glass_postlist.h"
#include "lib/index/glass_table.h"
#include "support/temporary_directory.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MAX_BLOCKS = 200 };

static void require(bool holds)
{
    if (!holds)
        abort();
}

/* Writes the file and says what its checksums are. */
static pil_file_checksums give(const char *directory, const void *bytes, size_t length)
{
    pil_file_checksums sums = {.name = "postlist.glass", .n_bytes = length};
    pil_temporary_directory_write(directory, sums.name, bytes, length);
    sums.chunks = calloc(length / PIL_CHUNK_BYTES + 1, sizeof *sums.chunks);
    require(sums.chunks != NULL);
    for (size_t at = 0; at < length; at += PIL_CHUNK_BYTES) {
        size_t n = length - at < PIL_CHUNK_BYTES ? length - at : PIL_CHUNK_BYTES;
        sums.chunks[sums.n_chunks++] = pil_hash64((const char *)bytes + at, n);
    }
    return sums;
}

/* Copies what the reader gives to a table, as far as it is good. */
static pil_status copy_table(const char *directory, const pil_file_checksums *from,
                             pil_glass_table *table)
{
    pil_glass_reader *reader = NULL;
    pil_glass_entry entry;
    pil_status status = pil_glass_reader_open(&reader, directory, from, NULL);
    while (status == PIL_OK) {
        status = pil_glass_reader_next(reader, &entry, NULL);
        if (status == PIL_OK)
            require(pil_glass_table_add(table, entry.key, entry.key_length, entry.tag,
                                        entry.tag_length, NULL) == PIL_OK);
    }
    require(status == PIL_DONE || status == PIL_CORRUPT);
    pil_glass_reader_close(reader);
    return status;
}

static void require_same(const char *directory, const pil_file_checksums *left,
                         const pil_file_checksums *right)
{
    pil_glass_reader *a = NULL, *b = NULL;
    pil_glass_entry x, y;
    pil_status status;
    require(pil_glass_reader_open(&a, directory, left, NULL) == PIL_OK);
    require(pil_glass_reader_open(&b, directory, right, NULL) == PIL_OK);
    while ((status = pil_glass_reader_next(a, &x, NULL)) == PIL_OK) {
        require(pil_glass_reader_next(b, &y, NULL) == PIL_OK);
        require(x.key_length == y.key_length && memcmp(x.key, y.key, x.key_length) == 0);
        require(x.tag_length == y.tag_length && memcmp(x.tag, y.tag, x.tag_length) == 0);
    }
    require(status == PIL_DONE && pil_glass_reader_next(b, &y, NULL) == PIL_DONE);
    pil_glass_reader_close(a);
    pil_glass_reader_close(b);
}

static void check_table(const char *directory, const pil_file_checksums *sums)
{
    pil_glass_table *table = NULL;
    pil_glass_root root;
    pil_file_checksums copy;
    require(pil_glass_table_begin(&table, directory, "copy", NULL) == PIL_OK);
    if (copy_table(directory, sums, table) != PIL_DONE) {
        pil_glass_table_abandon(table);
    } else {
        require(pil_glass_table_finish(table, &root, &copy, NULL) == PIL_OK);
        if (root.n_entries > 0)
            require_same(directory, sums, &copy);
        pil_file_checksums_dispose(&copy);
    }
    char *path = pil_file_join(directory, "copy");
    require(path != NULL);
    (void)unlink(path);
    free(path);
}

static void check_postings(const pil_postings *postings)
{
    const unsigned char *at = postings->bytes, *end = at + postings->length;
    uint64_t docid = 0, sum = 0, max_wdf = 0, n = 0, gap, wdf;
    for (; at < end; n++) {
        require(pil_glass_get_number(&at, end, &gap) && pil_glass_get_number(&at, end, &wdf));
        docid += gap + 1;
        sum += wdf;
        max_wdf = wdf > max_wdf ? wdf : max_wdf;
    }
    require(n > 0 && n == postings->n && docid == postings->last);
    require(sum == postings->collection_frequency && max_wdf == postings->max_wdf);
}

static void check_postlist(const char *directory, const pil_file_checksums *sums)
{
    pil_glass_postlist_reader *reader = NULL;
    pil_glass_postlist_item item;
    pil_status status = pil_glass_postlist_open(&reader, directory, sums, NULL);
    while (status == PIL_OK) {
        status = pil_glass_postlist_next(reader, &item, NULL);
        if (status == PIL_OK) {
            require(item.name[item.name_length] == '\0');
            if (item.kind != PIL_GLASS_METADATA)
                check_postings(&item.postings);
        }
    }
    require(status == PIL_DONE || status == PIL_CORRUPT);
    pil_glass_postlist_close(reader);
}

/* Takes the next part of a block, at most room bytes; 0 when the input is at its end. */
static size_t take_part(const uint8_t **data, size_t *size, size_t room, const uint8_t **part)
{
    if (*size < 2)
        return 0;
    size_t length = (size_t)(*data)[0] | (size_t)(*data)[1] << 8;
    *data += 2;
    *size -= 2;
    if (length > *size)
        length = *size;
    *part = *data;
    *data += length;
    *size -= length;
    return length < room ? length : room;
}

static size_t expand(const uint8_t *data, size_t size, unsigned char *blocks)
{
    size_t n_blocks = 0;
    for (; size >= 2 && n_blocks < MAX_BLOCKS; n_blocks++) {
        unsigned char *block = blocks + n_blocks * PIL_GLASS_BLOCK_BYTES;
        const uint8_t *part = data;
        size_t begin = take_part(&data, &size, PIL_GLASS_BLOCK_BYTES, &part);
        memcpy(block, part, begin);
        size_t end = take_part(&data, &size, PIL_GLASS_BLOCK_BYTES - begin, &part);
        memcpy(block + PIL_GLASS_BLOCK_BYTES - end, part, end);
    }
    return n_blocks * PIL_GLASS_BLOCK_BYTES;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *directory = pil_temporary_directory_new();
    unsigned char *blocks = calloc(MAX_BLOCKS, PIL_GLASS_BLOCK_BYTES);
    require(blocks != NULL);
    pil_file_checksums sums = give(directory, blocks, expand(data, size, blocks));
    check_table(directory, &sums);
    check_postlist(directory, &sums);
    pil_file_checksums_dispose(&sums);
    free(blocks);
    pil_temporary_directory_remove(directory);
    return 0;
}
