/* The manifest: which segments are live, which of their paragraphs are dead, and which
 * dictionaries, lists of common words and catalogue files belong to them. It is the one file that a
 * commit replaces. */
#ifndef INDEX_MANIFEST_H
#define INDEX_MANIFEST_H

#include "base/error.h"
#include "base/hash.h"
#include "xapian_c.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PIL_SEGMENT_ID_LENGTH = 16, PIL_UUID_LENGTH = 36 };

/* Documents first..last of a segment, both included. */
typedef xc_docid_range pil_docid_range;

typedef struct pil_manifest_segment {
    char id[PIL_SEGMENT_ID_LENGTH + 1]; /* its folder under segments/ */
    char uuid[PIL_UUID_LENGTH + 1];     /* Xapian's, to know the shard by */
    uint32_t n_paragraphs;              /* dead ones included */
    uint64_t n_words;                   /* sum of the paragraphs' lengths */
    uint64_t text_bytes;
    uint64_t common;        /* number of its list of common words; 0: no grams */
    uint64_t *dictionaries; /* [0..n_dictionaries), ascending: what its records need */
    size_t n_dictionaries;
    pil_digest version_file; /* of iamglass, checked before the segment is opened */
    pil_digest checksums;    /* of the segment's checksums file */
    char *stamp;             /* what its terms depend on: index/stamp.h */
    pil_docid_range *dead;   /* sorted, neither overlapping nor adjacent */
    size_t n_dead, dead_capacity;
} pil_manifest_segment;

typedef struct pil_manifest_catalogue {
    uint64_t generation; /* its file is "catalogue-" + generation */
    uint64_t n_bytes;
    pil_digest digest;
} pil_manifest_catalogue;

/* A dictionary file: index/dictionary.h. Its number is the generation that added it. */
typedef struct pil_manifest_dictionary {
    uint64_t number;
    uint64_t n_bytes;
    pil_digest digest;
} pil_manifest_dictionary;

/* A list of common words: its number is the generation that added it. */
typedef struct pil_manifest_common {
    uint64_t number;
    uint64_t text_bytes; /* of the segment it was chosen for */
    char *words;         /* stems, separated by spaces */
} pil_manifest_common;

typedef struct pil_manifest {
    uint64_t generation;            /* 0 before the first commit */
    pil_manifest_segment *segments; /* oldest first */
    size_t n_segments;
    pil_manifest_catalogue *catalogues; /* a base and what changed since, in order */
    size_t n_catalogues;
    pil_manifest_dictionary *dictionaries; /* oldest first: the last is for new small segments */
    size_t n_dictionaries;
    pil_manifest_common *commons; /* oldest first: the last is for new segments */
    size_t n_commons;
} pil_manifest;

/* Reads the manifest of the index at directory. PIL_NOT_FOUND when there is none,
 * PIL_CORRUPT, PIL_INCOMPATIBLE, PIL_IO, PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_manifest_read(const char *directory, pil_manifest *out,
                                           pil_error *err);
/* Puts manifest in place of the one in directory, whole or not at all, and durably. */
PIL_NODISCARD pil_status pil_manifest_write(const char *directory, const pil_manifest *manifest,
                                            pil_error *err);
void pil_manifest_dispose(pil_manifest *manifest);
/* True when the manifest in directory can be read and is of another generation than manifest. */
bool pil_manifest_is_replaced(const char *directory, const pil_manifest *manifest);

/* A copy that shares nothing. */
PIL_NODISCARD pil_status pil_manifest_copy(const pil_manifest *manifest, pil_manifest *out,
                                           pil_error *err);
/* Appends *segment, whose memory then belongs to the manifest; removes number at, freeing it. */
PIL_NODISCARD pil_status pil_manifest_add_segment(pil_manifest *manifest,
                                                  pil_manifest_segment *segment, pil_error *err);
void pil_manifest_remove_segment(pil_manifest *manifest, size_t at);
void pil_manifest_segment_dispose(pil_manifest_segment *segment);

/* Notes that records of segment need this dictionary. Its list stays sorted, none twice. */
PIL_NODISCARD pil_status pil_manifest_segment_need(pil_manifest_segment *segment,
                                                   uint64_t dictionary, pil_error *err);

/* Append; numbers must go up. The words of *common then belong to the manifest. */
PIL_NODISCARD pil_status pil_manifest_add_dictionary(pil_manifest *manifest,
                                                     const pil_manifest_dictionary *dictionary,
                                                     pil_error *err);
PIL_NODISCARD pil_status pil_manifest_add_common(pil_manifest *manifest,
                                                 pil_manifest_common *common, pil_error *err);
/* Borrowed, until the manifest changes; NULL when it has none of this number. */
const pil_manifest_dictionary *pil_manifest_find_dictionary(const pil_manifest *manifest,
                                                            uint64_t number);
const pil_manifest_common *pil_manifest_find_common(const pil_manifest *manifest, uint64_t number);
/* Removes the dictionaries and lists of common words that no segment names, but for the last of
 * each, which new segments are made with. */
void pil_manifest_drop_unused(pil_manifest *manifest);

/* Marks range as dead, whatever of it was dead before. */
PIL_NODISCARD pil_status pil_manifest_kill(pil_manifest_segment *segment, pil_docid_range range,
                                           pil_error *err);
/* True when paragraph docid of the segment is dead. */
bool pil_manifest_is_dead(const pil_manifest_segment *segment, uint32_t docid);
uint32_t pil_manifest_n_dead(const pil_manifest_segment *segment);

/* directory/segments/id (or another folder's name), for the caller to free; NULL: no memory. */
char *pil_manifest_segment_path(const char *directory, const char *id);

#endif
