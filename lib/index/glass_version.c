#include "glass_block.h"
#include "glass_coding.h"
#include "glass_table.h"

#include <string.h>

enum {
    MAX_BYTES = 512,
    SEQUENTIAL = 2, /* the leaves stand in the file in order of the keys */
    NO_FILE = 1,
    LEVEL_SHIFT = 2,
    BLOCK_UNIT = 2048,
    YEAR = 2016,
    MONTH = 3,
    DAY = 14,
    /* From which length on later changes through libxapian compress a tag of the tables that are
     * not there. 0, never, for those that are: records are compressed, postings do not gain. */
    COMPRESS_OTHERS = 18
};

static size_t put_absent(unsigned char *out, uint32_t compress_from)
{
    size_t n = pil_glass_put_number(out, 0);
    n += pil_glass_put_number(out + n, SEQUENTIAL | NO_FILE);
    n += pil_glass_put_number(out + n, 0);
    n += pil_glass_put_number(out + n, PIL_GLASS_BLOCK_BYTES / BLOCK_UNIT);
    n += pil_glass_put_number(out + n, compress_from);
    return n + pil_glass_put_number(out + n, 0);
}

/* The list of free blocks: its revision, the first block behind the file's end, and where the list
 * begins and ends, two numbers each. No block is free. */
static size_t put_free_blocks(unsigned char *out, uint32_t n_blocks)
{
    size_t n = pil_glass_put_number(out, PIL_GLASS_REVISION);
    n += pil_glass_put_number(out + n, n_blocks);
    for (int i = 0; i < 4; i++)
        n += pil_glass_put_number(out + n, 0);
    return n;
}

static size_t put_root(unsigned char *out, const pil_glass_root *root)
{
    if (root->n_blocks == 0)
        return put_absent(out, 0);
    unsigned char free_blocks[6 * PIL_GLASS_NUMBER_MAX];
    size_t free_length = put_free_blocks(free_blocks, root->n_blocks);
    size_t n = pil_glass_put_number(out, root->root_block);
    n += pil_glass_put_number(out + n, (uint64_t)root->level << LEVEL_SHIFT | SEQUENTIAL);
    n += pil_glass_put_number(out + n, root->n_entries);
    n += pil_glass_put_number(out + n, PIL_GLASS_BLOCK_BYTES / BLOCK_UNIT);
    n += pil_glass_put_number(out + n, 0);
    n += pil_glass_put_number(out + n, free_length);
    memcpy(out + n, free_blocks, free_length);
    return n + free_length;
}

static size_t put_stats(unsigned char *out, const pil_glass_stats *stats)
{
    size_t n = pil_glass_put_number(out, stats->n_documents);
    n += pil_glass_put_number(out + n, 0); /* last document id minus the documents */
    n += pil_glass_put_number(out + n, stats->min_length);
    n += pil_glass_put_number(out + n, stats->max_wdf);
    n += pil_glass_put_number(out + n, stats->max_length - stats->max_wdf);
    n += pil_glass_put_number(out + n, 0); /* oldest changeset */
    n += pil_glass_put_number(out + n, stats->total_length);
    return n + pil_glass_put_number(out + n, 0); /* most frequent word of the spelling table */
}

pil_status pil_glass_version_write(const char *directory,
                                   const unsigned char uuid[PIL_GLASS_UUID_BYTES],
                                   const pil_glass_root *postlist, const pil_glass_root *docdata,
                                   const pil_glass_stats *stats, pil_file_checksums *checksums,
                                   pil_error *err)
{
    static const char magic[] = "\x0f\x0dXapian Glass";
    if (postlist->n_blocks == 0)
        return pil_error_set(err, PIL_INTERNAL, "the postlist table is empty");
    if (stats->max_wdf > stats->max_length)
        return pil_error_set(err, PIL_INTERNAL, "a word is more frequent than its paragraph long");
    unsigned char bytes[MAX_BYTES];
    size_t n = sizeof magic - 1;
    memcpy(bytes, magic, n);
    pil_glass_put_u16(bytes + n, (YEAR - 2014) << 9 | MONTH << 5 | DAY);
    n += 2;
    memcpy(bytes + n, uuid, PIL_GLASS_UUID_BYTES);
    n += PIL_GLASS_UUID_BYTES;
    n += pil_glass_put_number(bytes + n, PIL_GLASS_REVISION);
    n += put_root(bytes + n, postlist);
    n += put_root(bytes + n, docdata);
    n += put_absent(bytes + n, COMPRESS_OTHERS); /* termlist */
    n += put_absent(bytes + n, 0);               /* position */
    n += put_absent(bytes + n, COMPRESS_OTHERS); /* spelling */
    n += put_absent(bytes + n, COMPRESS_OTHERS); /* synonym */
    n += put_stats(bytes + n, stats);
    pil_checked_file *file;
    pil_status status = pil_checked_file_create(&file, directory, "iamglass", err);
    if (status != PIL_OK)
        return status;
    status = pil_checked_file_write(file, bytes, n, err);
    if (status != PIL_OK) {
        pil_checked_file_abandon(file);
        return status;
    }
    return pil_checked_file_finish(file, checksums, err);
}
