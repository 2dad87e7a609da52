/* The formats that are read, and how the format of a file is known. */
#ifndef INDEXER_INPUT_FORMAT_H
#define INDEXER_INPUT_FORMAT_H

#include <stdbool.h>
#include <stddef.h>

typedef enum pil_format {
    PIL_FORMAT_NONE, /* not one that we read */
    PIL_FORMAT_TEXT,
    PIL_FORMAT_MARKDOWN,
    PIL_FORMAT_HTML,
    PIL_FORMAT_JSONL,
    PIL_FORMATS
} pil_format;

/* Which library reads a format, and by which names files are known to have it. */
typedef struct pil_format_info {
    const char *name;           /* as --format has it */
    const char *library;        /* that reads it; "" when it is our own code alone */
    bool is_caged;              /* read by pilcrow-extract: cage.h */
    const char *const *endings; /* of file names, without the dot; NULL behind the last */
} pil_format_info;

/* Static; format is above PIL_FORMAT_NONE. */
const pil_format_info *pil_format_get(pil_format format);

/* By the file name's extension, in any case: docs/formats.md lists them. */
pil_format pil_format_of_name(const char *name);

#endif
