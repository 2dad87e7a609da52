/* The postlist table of a glass database: metadata, values, document lengths and the postings of
 * the terms, in this order of keys. Private to this folder. Thread rule: as glass_table.h. */
#ifndef INDEX_GLASS_POSTLIST_H
#define INDEX_GLASS_POSTLIST_H

#include "base/error.h"
#include "glass_table.h"
#include "inversion.h"

#include <stddef.h>
#include <stdint.h>

/* ---- writing: call in this order; names and terms ascending by their bytes ---- */

PIL_NODISCARD pil_status pil_glass_add_metadata(pil_glass_table *table, const char *name,
                                                size_t name_length, const void *value,
                                                size_t value_length, pil_error *err);

/* A value of a document; never empty. */
typedef struct pil_glass_value {
    uint32_t docid;
    uint32_t length;
    const char *bytes;
} pil_glass_value;
/* The values of one slot, by ascending docid. */
typedef struct pil_glass_slot {
    uint32_t number;
    const pil_glass_value *values; /* [0..n_values) */
    size_t n_values;
} pil_glass_slot;
/* All slots at once, in any order of numbers; slots without values are left out. */
PIL_NODISCARD pil_status pil_glass_add_values(pil_glass_table *table, const pil_glass_slot *slots,
                                              size_t n_slots, pil_error *err);

/* Every document has an entry in lengths, its wdf being the length. */
PIL_NODISCARD pil_status pil_glass_add_lengths(pil_glass_table *table, const pil_postings *lengths,
                                               pil_error *err);
/* postings are not empty. PIL_UNSUPPORTED for a term that makes too long a key, or a collection
 * frequency of 2^32 and more, which libxapian would wrap without a word. */
PIL_NODISCARD pil_status pil_glass_add_term(pil_glass_table *table, const char *term,
                                            size_t term_length, const pil_postings *postings,
                                            pil_error *err);

/* ---- reading what was so written ---- */

typedef enum pil_glass_postlist_kind {
    PIL_GLASS_METADATA, /* name and value */
    PIL_GLASS_LENGTHS,  /* postings */
    PIL_GLASS_TERM      /* name and postings */
} pil_glass_postlist_kind;

typedef struct pil_glass_postlist_item {
    pil_glass_postlist_kind kind;
    const char *name; /* of the metadata, or the term; a NUL stands behind it */
    size_t name_length;
    const char *value;
    size_t value_length;
    pil_postings postings; /* all chunks together */
} pil_glass_postlist_item;

typedef struct pil_glass_postlist_reader pil_glass_postlist_reader;
/* As pil_glass_reader_open. */
PIL_NODISCARD pil_status pil_glass_postlist_open(pil_glass_postlist_reader **out,
                                                 const char *directory,
                                                 const pil_file_checksums *expected,
                                                 pil_error *err);
/* The next item in order of the table; values are passed over. Valid until the next call. PIL_DONE
 * behind the last; PIL_CORRUPT, PIL_IO, PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_glass_postlist_next(pil_glass_postlist_reader *reader,
                                                 pil_glass_postlist_item *item, pil_error *err);
void pil_glass_postlist_close(pil_glass_postlist_reader *reader);

#endif
