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
    PIL_FORMAT_CSV,
    PIL_FORMAT_ORG,
    PIL_FORMAT_RST,
    PIL_FORMAT_TEX,
    PIL_FORMAT_PDF,
    PIL_FORMAT_DOCX,
    PIL_FORMAT_ODT,
    PIL_FORMAT_EPUB,
    PIL_FORMAT_RTF,
    PIL_FORMAT_MAIL,       /* one message */
    PIL_FORMAT_MBOX,       /* many of them */
    PIL_FORMAT_MHTML,      /* a web page saved as a message */
    PIL_FORMAT_WARC,       /* web pages as they came over the network, compressed or not */
    PIL_FORMAT_ARCHIVE,    /* zip or tar, compressed or not, of files of any format */
    PIL_FORMAT_COMPRESSED, /* one file of any format, by its name without .gz, .xz, .zst or .bz2 */
    PIL_FORMATS
} pil_format;

/* Which library reads a format, and by which names files are known to have it. */
typedef struct pil_format_info {
    const char *name;           /* as --format has it */
    const char *library;        /* that reads it; "" when it is our own code alone */
    bool is_caged;              /* read by pilcrow-extract: cage.h */
    bool has_records;           /* which are articles, and may have no id */
    const char *const *endings; /* of file names, without the dot; NULL behind the last */
} pil_format_info;

/* Static; format is above PIL_FORMAT_NONE. */
const pil_format_info *pil_format_get(pil_format format);

/* The format that --format has by this name; PIL_FORMAT_NONE for others. */
pil_format pil_format_named(const char *name);

/* Whether the file of that name (or path) ends in a dot and the ending, in any case, with something
 * before them. */
bool pil_format_name_ends(const char *name, const char *ending);

/* By the file name's extension, in any case: docs/formats.md lists them. */
pil_format pil_format_of_name(const char *name);

/* The length of a file name without the ending of a compression: "a.txt" of "a.txt.gz". That of the
 * whole name when it has none. */
size_t pil_format_uncompressed_name(const char *name);

#endif
