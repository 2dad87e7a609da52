/* What every reader of a format makes: articles, one after another. */
#ifndef INDEXER_ARTICLE_H
#define INDEXER_ARTICLE_H

#include "base/error.h"
#include "input_format.h"
#include "passage/passage.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One article as it was read. Strings are UTF-8 without NULs, NULL when the source has none. */
typedef struct pil_article {
    const char *record_id; /* id within its file, for formats that hold many; NULL otherwise */
    size_t member_bytes;   /* how much of record_id names the file in an archive that lines and
                              pages are of; 0: they are of the file that is read */
    uint32_t record_line;  /* the record's line in its file, from 1; 1 for a whole file */
    const char *title;
    const char *author;
    const char *date;     /* ISO 8601 when it can be understood, else as the source has it */
    const char *language; /* as pil_language_normalise gives it */
    const char *source;   /* publication, agency */
    const char *url;
    const char *raw;  /* the bytes that this article was read from, or a digest of them, for its */
    size_t raw_bytes; /* content hash */
    const pil_paragraphs *paragraphs;
} pil_article;

/* Something about the input that people should know; the reading goes on.
 * line is 0 when it concerns the whole file. */
typedef struct pil_read_note {
    uint32_t line;
    bool skipped;        /* true: this record (or line) is not indexed; false: it is, mended */
    bool wants_ocr;      /* it is indexed, and OCR would look for more in it */
    const char *message; /* valid during the call */
} pil_read_note;

/* Who receives what is read. article's strings are valid during the call. A status other than
 * PIL_OK stops the reading and is passed on. */
typedef struct pil_article_sink {
    pil_status (*article)(void *context, const pil_article *article, pil_error *err);
    void (*note)(void *context, const pil_read_note *note);
    void *context;
} pil_article_sink;

/* What reading depends on beside the bytes and the format. Zero is fine. */
typedef struct pil_read_options {
    const char *file_title;  /* used where the source has no title and no heading; may be NULL */
    const char *file_name;   /* without its directory; says what is in a compressed file; or NULL */
    const char *text_column; /* of a table: the name of the column that holds the text; or NULL */
    const char *ocr_language; /* in which pages without text are read by OCR; NULL: they are not */
    unsigned depth;           /* how many archives it is in */
    uint64_t *unpack_room; /* bytes that may still be unpacked; NULL: by the length of the bytes */
} pil_read_options;

/* Reads the whole of bytes[0..length), of the given format, and hands each article to sink.
 * Byte order marks and UTF-16 are recognised; invalid UTF-8 and NULs become U+FFFD with a note.
 * options may be NULL. Several threads may read at once. docs/formats.md says what each reader
 * takes.
 *
 * PIL_BAD_INPUT with a reason people can act on when nothing can be read (binary data, not
 * decodable, no record in it), also behind notes on single lines; PIL_NO_MEMORY; what the sink
 * returned. */
PIL_NODISCARD pil_status pil_read_articles(pil_format format, const char *bytes, size_t length,
                                           const pil_read_options *options,
                                           const pil_article_sink *sink, pil_error *err);

/* The same, but of formats that are not caged only, which takes no library that parses foreign
 * data but simdjson, jansson and libyaml. */
PIL_NODISCARD pil_status pil_read_plain(pil_format format, const char *bytes, size_t length,
                                        const pil_read_options *options,
                                        const pil_article_sink *sink, pil_error *err);

#endif
