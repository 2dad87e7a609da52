/* The members of a zip that a document is made of, in memory, by libarchive. */
#ifndef INDEXER_ZIP_MEMBERS_H
#define INDEXER_ZIP_MEMBERS_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct pil_zip_member {
    const char *name;
    pil_buffer bytes;
} pil_zip_member;

/* Zero-initialise. */
typedef struct pil_zip_members {
    pil_zip_member *items; /* [0..n_items) in the order of the file */
    size_t n_items, capacity;
    pil_arena arena;
} pil_zip_members;

/* Reads the members of bytes[0..length) whose names wants() takes. kind names what is read, for
 * messages. No more is unpacked than pil_cage_output_max says. PIL_BAD_INPUT with a reason when it
 * is no zip, damaged, encrypted or a bomb; PIL_NO_MEMORY. Dispose in either case. */
PIL_NODISCARD pil_status pil_zip_read(pil_zip_members *out, const char *bytes, size_t length,
                                      bool (*wants)(const char *name), const char *kind,
                                      pil_error *err);
/* The bytes of the member of that name, or NULL. */
const pil_buffer *pil_zip_find(const pil_zip_members *members, const char *name);
void pil_zip_dispose(pil_zip_members *members);

#endif
