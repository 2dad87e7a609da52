/* What a segment stores: a record for each paragraph (the document's data in Xapian's terms) and
 * the metadata of each article. Both end in a CRC-32, which reading checks.
 * docs/index-format.md gives the layouts. Thread rule: no shared state. */
#ifndef INDEX_RECORD_H
#define INDEX_RECORD_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/hash.h"
#include "index/dictionary.h"

#include <stddef.h>
#include <stdint.h>

typedef struct pil_record {
    uint32_t number; /* in its article, from 1 */
    uint32_t repeat; /* tells it from others of the article that would have the same id; mostly 0 */
    uint64_t begin_byte, end_byte;
    uint32_t line;        /* counted from the article's line: 0 is that line */
    uint32_t page;        /* 0 = the format has none */
    const char *language; /* NUL behind it; "" = unknown */
    const char *heading;  /* NUL behind it */
    const char *text;     /* NUL behind it */
    size_t text_bytes;
} pil_record;

/* Appends the record's stored form to out, its text compressed by compressor (NULL: as it is).
 * PIL_NO_MEMORY, PIL_INVALID_ARGUMENT at out's cap. */
PIL_NODISCARD pil_status pil_record_encode(const pil_record *record, pil_compressor *compressor,
                                           pil_buffer *out, pil_error *err);
/* Reads one back; its dictionary is looked up in dictionaries. Its strings are put into strings,
 * which is cleared first, and live as long. PIL_CORRUPT when the bytes are not a record or its
 * dictionary is not there; PIL_INCOMPATIBLE for a format of the future; PIL_NO_MEMORY, PIL_IO. */
PIL_NODISCARD pil_status pil_record_decode(const void *bytes, size_t length,
                                           pil_dictionaries *dictionaries, pil_buffer *strings,
                                           pil_record *record, pil_error *err);

/* Strings may be NULL when encoding, for "". */
typedef struct pil_article_meta {
    const char *id;      /* stored path, with "#" + record id for one of many in a file */
    const char *path;    /* stored path of the file */
    size_t member_bytes; /* how much of the id, behind path and "#", names the file in an archive
                            that lines and pages are of; 0: they are of the file */
    const char *title, *author, *date, *language, *source, *url;
    uint32_t n_paragraphs;
    uint32_t line;       /* of its first paragraph, from 1 */
    uint32_t id_seed;    /* first half of its paragraphs' ids; stays when the file is moved */
    uint64_t generation; /* of the manifest that it was added in; merges keep it */
} pil_article_meta;

PIL_NODISCARD pil_status pil_article_meta_encode(const pil_article_meta *meta, pil_buffer *out,
                                                 pil_error *err);
/* As pil_record_decode. */
PIL_NODISCARD pil_status pil_article_meta_decode(const void *bytes, size_t length,
                                                 pil_buffer *strings, pil_article_meta *meta,
                                                 pil_error *err);

/* The id_seed of an article that is indexed for the first time: its key's first eight digits. */
uint32_t pil_article_id_seed(const pil_digest *key);
/* The stable id of a paragraph: the article's seed in the upper half, a hash of the text and the
 * repeat number in the lower. */
uint64_t pil_paragraph_id(uint32_t id_seed, const char *text, size_t text_bytes, uint32_t repeat);

/* The largest stored form, for buffers: the paragraph limit with room for headings. */
enum { PIL_RECORD_MAX_BYTES = 1 << 20 };

#endif
