/* The package of an EPUB: which of its files are its text, in which order. EPUB 3.3 by the W3C, and
 * its forerunners 2 and 3. */
#ifndef INDEXER_EPUB_PACKAGE_H
#define INDEXER_EPUB_PACKAGE_H

#include "base/arena.h"
#include "base/error.h"

#include <stddef.h>

typedef struct pil_epub_item {
    const char *id;
    const char *path; /* in the zip */
} pil_epub_item;

/* Zero-initialise. */
typedef struct pil_epub_package {
    pil_epub_item *manifest; /* [0..n_items) */
    size_t n_items, items_capacity;
    const char **spine; /* [0..n_spine) ids, in reading order */
    size_t n_spine, spine_capacity;
    const char *directory; /* of the package file in the zip, "" or with a slash at its end */
    pil_arena arena;
} pil_epub_package;

/* The path of the package file that META-INF/container.xml names, in arena. PIL_BAD_INPUT when it
 * names none; PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_epub_find_package(const char *xml, size_t length, pil_arena *arena,
                                               const char **path, pil_error *err);
/* Reads the package file at path. PIL_BAD_INPUT, PIL_NO_MEMORY; dispose in either case. */
PIL_NODISCARD pil_status pil_epub_package_read(pil_epub_package *package, const char *path,
                                               const char *xml, size_t length, pil_error *err);
/* The path in the zip of the n-th text of the spine; NULL when the manifest lacks it. */
const char *pil_epub_text_path(const pil_epub_package *package, size_t n);
void pil_epub_package_dispose(pil_epub_package *package);

#endif
