/* Reads one segment: records, article metadata, lexicon.
 *
 * Thread rule: one thread at a time for each segment. */
#ifndef INDEX_SEGMENT_H
#define INDEX_SEGMENT_H

#include "base/buffer.h"
#include "base/error.h"
#include "index/acronym.h"
#include "index/lexicon_word.h"
#include "index/manifest.h"
#include "index/record.h"
#include "xapian_c.h"

#include <stddef.h>
#include <stdint.h>

typedef struct pil_segment {
    xc_database *database;
    const pil_manifest_segment *entry; /* borrowed from the manifest it was opened by */
    pil_dictionaries *dictionaries;    /* borrowed; of that manifest */
} pil_segment;

/* What the lexicon says of a word. */
typedef struct pil_lexicon_entry {
    uint32_t n_written; /* paragraphs that have it as a word, as written */
    uint32_t n_derived; /* that have it only as a hyphenated word joined, or as a part of one with
                           inner capitals */
} pil_lexicon_entry;

/* Opens the segment that entry names in the index at directory; its records are read with
 * dictionaries, which must outlive it. The version file is checked against the manifest first:
 * libxapian may crash on a damaged one. PIL_STALE when the segment is gone (a merge replaced it),
 * PIL_CORRUPT, PIL_IO, PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_segment_open(pil_segment *out, const char *directory,
                                          const pil_manifest_segment *entry,
                                          pil_dictionaries *dictionaries, pil_error *err);
void pil_segment_close(pil_segment *segment);
/* PIL_STALE when the segment's files were removed meanwhile, so that what was opened may lack
 * some of them. */
PIL_NODISCARD pil_status pil_segment_is_in_place(const pil_segment *segment, const char *directory,
                                                 pil_error *err);

/* The record of paragraph docid, its strings in strings (cleared first). PIL_NOT_FOUND,
 * PIL_CORRUPT, PIL_IO. */
PIL_NODISCARD pil_status pil_segment_record(pil_segment *segment, uint32_t docid,
                                            pil_buffer *strings, pil_record *record,
                                            pil_error *err);

/* The metadata of the article whose first paragraph is docid first. As above. */
PIL_NODISCARD pil_status pil_segment_article(pil_segment *segment, uint32_t first,
                                             pil_buffer *strings, pil_article_meta *meta,
                                             pil_error *err);

/* The documents of the article with this key, dead or not: *out has *n ranges, ascending, that the
 * caller frees; more than one when the article was replaced while the segment was being built. None
 * is no error. PIL_CORRUPT, PIL_IO, PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_segment_article_ranges(pil_segment *segment, const pil_digest *key,
                                                    pil_docid_range **out, size_t *n,
                                                    pil_error *err);

/* Adds what this segment knows of form in language to *entry. A form that it lacks adds nothing.
 * PIL_CORRUPT, PIL_IO, PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_segment_lookup(pil_segment *segment, const char *form,
                                            size_t form_bytes, const char *language,
                                            pil_lexicon_entry *entry, pil_error *err);

/* Is given a word of the lexicon, valid during the call; what it returns but PIL_OK ends the walk.
 */
typedef pil_status (*pil_segment_word_callback)(void *context, const pil_lexicon_word *word);

/* Calls callback for each word of the lexicon whose form begins with prefix[0..prefix_bytes), ""
 * for all: language by language, each in the order of its bytes. Words whose paragraphs are all
 * dead are among them. Reads the blocks that can have such forms, about a kilobyte each.
 * PIL_CORRUPT, PIL_IO, PIL_NO_MEMORY, or what callback returned. */
PIL_NODISCARD pil_status pil_segment_each_word(pil_segment *segment, const char *prefix,
                                               size_t prefix_bytes,
                                               pil_segment_word_callback callback, void *context,
                                               pil_error *err);

/* Is given an acronym, valid during the call; what it returns but PIL_OK ends the walk. */
typedef pil_status (*pil_segment_acronym_callback)(void *context, const pil_acronym *acronym);

/* Calls callback for each acronym that the segment has, the most frequent first. PIL_CORRUPT,
 * PIL_IO, PIL_NO_MEMORY, or what callback returned. */
PIL_NODISCARD pil_status pil_segment_each_acronym(pil_segment *segment,
                                                  pil_segment_acronym_callback callback,
                                                  void *context, pil_error *err);

/* What failed in xapian-c, in this library's terms. */
pil_status pil_status_from_xapian(const xc_error *from, pil_error *err);

#endif
