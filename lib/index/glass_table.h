/* Glass tables, written and read in one sequential pass: a B-tree whose leaves are filled in the
 * order of the keys, and a walk over its leaves. docs/glass.md describes the format.
 * Private to this folder. Thread rule: one thread at a time for each writer or reader. */
#ifndef INDEX_GLASS_TABLE_H
#define INDEX_GLASS_TABLE_H

#include "base/error.h"
#include "checked_file.h"

#include <stddef.h>
#include <stdint.h>

/* What the version file says of a table. A table without entries has no file: n_blocks is 0. */
typedef struct pil_glass_root {
    uint32_t root_block;
    uint32_t level; /* of the root; 0 when it is a leaf */
    uint64_t n_entries;
    uint32_t n_blocks;
} pil_glass_root;

typedef struct pil_glass_table pil_glass_table;

/* Starts the table directory/name, e.g. "postlist.glass". The file is made when the first block is
 * written. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_glass_table_begin(pil_glass_table **out, const char *directory,
                                               const char *name, pil_error *err);
/* Appends an entry. key, of 1 to PIL_GLASS_KEY_MAX bytes, sorts behind the one before (by memcmp,
 * then length). A tag of any length; one that is longer than an item is split. PIL_EXISTS,
 * PIL_IO, PIL_NO_MEMORY; PIL_UNSUPPORTED at a limit of the format (65,535 pieces, 2^32 blocks);
 * PIL_INTERNAL for a key that is too long or out of order. After any other failure than that the
 * table can only be abandoned. */
PIL_NODISCARD pil_status pil_glass_table_add(pil_glass_table *table, const void *key,
                                             size_t key_length, const void *tag, size_t tag_length,
                                             pil_error *err);
/* How long a tag may be, with a key of this length, to still go whole into the leaf at hand: for
 * who can cut where he likes. 0 when nothing more fits. */
size_t pil_glass_table_room(const pil_glass_table *table, size_t key_length);
/* Completes the table and syncs its file, not its directory; *checksums is the caller's to dispose,
 * and is empty, its name too, when the table has no entries. The table is freed in any case.
 * PIL_EXISTS, PIL_IO, PIL_NO_MEMORY, PIL_UNSUPPORTED. */
PIL_NODISCARD pil_status pil_glass_table_finish(pil_glass_table *table, pil_glass_root *root,
                                                pil_file_checksums *checksums, pil_error *err);
/* Frees what is not finished. NULL is fine. */
void pil_glass_table_abandon(pil_glass_table *table);

/* ---- the version file, iamglass ---- */

enum { PIL_GLASS_UUID_BYTES = 16 };

/* Statistics of a database. */
typedef struct pil_glass_stats {
    uint32_t n_documents; /* ids 1 to n_documents */
    uint32_t min_length;  /* smallest document length above 0; 0 when there is none */
    uint32_t max_length;
    uint32_t max_wdf;
    uint64_t total_length;
} pil_glass_stats;

/* Writes directory/iamglass for a database without position, termlist, spelling and synonym
 * tables, synced. libxapian opens no database whose postlist table has no file; docdata may be
 * without. PIL_EXISTS, PIL_IO, PIL_NO_MEMORY; PIL_INTERNAL for such a postlist table or a max_wdf
 * above max_length. */
PIL_NODISCARD pil_status pil_glass_version_write(const char *directory,
                                                 const unsigned char uuid[PIL_GLASS_UUID_BYTES],
                                                 const pil_glass_root *postlist,
                                                 const pil_glass_root *docdata,
                                                 const pil_glass_stats *stats,
                                                 pil_file_checksums *checksums, pil_error *err);

/* ---- reading ---- */

typedef struct pil_glass_reader pil_glass_reader;

/* Opens the table file in directory that expected names, written by pil_glass_table. Each chunk is
 * compared with its checksum before anything in it is used: no damaged byte gets further.
 * expected is borrowed. PIL_NOT_FOUND, PIL_IO, PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_glass_reader_open(pil_glass_reader **out, const char *directory,
                                               const pil_file_checksums *expected, pil_error *err);

typedef struct pil_glass_entry {
    const unsigned char *key, *tag;
    size_t key_length, tag_length;
} pil_glass_entry;

/* The next entry, in order of the keys; valid until the next call. PIL_DONE behind the last;
 * PIL_CORRUPT, PIL_IO, PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_glass_reader_next(pil_glass_reader *reader, pil_glass_entry *entry,
                                               pil_error *err);
void pil_glass_reader_close(pil_glass_reader *reader);

#endif
