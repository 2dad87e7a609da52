/* Filters: programs of the user that make something readable of files of an extension. One is
 * written EXT:COMMAND or EXT=FORMAT:COMMAND, as "doc:antiword %f" or "djvu=html:djvu2html %f".
 *
 * The words of a command are those of cli/command_words.h. In a word %f is the whole path of the
 * file, and %% a percent sign. */
#ifndef INDEXER_FILE_FILTERS_H
#define INDEXER_FILE_FILTERS_H

#include "base/arena.h"
#include "base/error.h"
#include "input_format.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct pil_file_filter {
    const char *ending;       /* of file names, in any case, without the dot */
    pil_format format;        /* of what the command prints; text unless it is said */
    const char *command;      /* as it is written */
    const char *const *words; /* of the command, with %f and %% as they are; NULL behind the last */
    bool is_trusted;          /* it may be run */
} pil_file_filter;

/* Zero-initialise. */
typedef struct pil_file_filters {
    pil_file_filter *items; /* [0..n_items), what comes first counts */
    size_t n_items, capacity;
    pil_arena arena;
} pil_file_filters;

void pil_file_filters_dispose(pil_file_filters *filters);

/* Appends the filter that is written so, which is copied. PIL_INVALID_ARGUMENT with what is wrong;
 * PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_file_filters_add(pil_file_filters *filters, const char *written,
                                              bool is_trusted, pil_error *err);

/* The filter for files of this name, or NULL. filters may be NULL. */
const pil_file_filter *pil_file_filters_find(const pil_file_filters *filters, const char *name);

/* A hash of all that decides what the filter makes of a file. */
uint64_t pil_file_filter_hash(const pil_file_filter *filter);

#endif
