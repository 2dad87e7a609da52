/* What the parts of the index writer share: writer.c opens, writer_commit.c commits,
 * writer_source.c takes articles in, writer_move.c and writer_merge.c write stored ones anew. */
#ifndef INDEX_WRITER_INTERNAL_H
#define INDEX_WRITER_INTERNAL_H

#include "analyser_pool.h"
#include "index/segment.h"
#include "index/writer.h"
#include "segment_builder.h"
#include "text/analyser.h"

/* Paragraphs that die with the next commit. */
typedef struct pil_death {
    char segment_id[PIL_SEGMENT_ID_LENGTH + 1]; /* "": of the segment that is being built */
    pil_docid_range range;
} pil_death;

/* Where the segment that is being built holds an article. */
typedef struct pil_built_article {
    uint32_t first, n_paragraphs;
} pil_built_article;

/* The source between begin and end. Its keys number its articles, as read so far. */
typedef struct pil_open_source {
    char *path;
    pil_source_stat stat;
    pil_digest content;
    uint64_t recipe;
    pil_intern keys;
    pil_catalogue_article *articles; /* [0..keys.n_entries) */
    size_t capacity;
    /* what the catalogue had when it began */
    pil_intern old_keys;
    const pil_catalogue_article *old_articles;
    bool *is_old_seen;
    uint64_t old_recipe;
} pil_open_source;

struct pil_index_writer {
    char *directory;
    int lock_fd;
    uint64_t memory_bytes;
    bool has_manifest;
    bool is_changed; /* something to commit besides what the builder holds */
    pil_manifest manifest;
    pil_catalogue catalogue;
    pil_segment *segments;          /* beside manifest.segments; opened when first needed */
    pil_dictionaries *dictionaries; /* of manifest; opened with the first segment */
    pil_manifest next;              /* of the commit to come, when has_next */
    bool has_next;
    pil_analyser_pool pool;
    pil_segment_builder *builder; /* NULL when nothing was added since the commit */
    uint32_t n_built;             /* paragraphs in the builder and in the open batch */
    pil_intern built_keys;        /* articles in the builder, by key */
    pil_built_article *built;     /* [0..built_keys.n_entries) */
    size_t built_capacity;
    pil_death *deaths;
    size_t n_deaths, deaths_capacity;
    pil_analyser *analyser; /* of the thread that calls */
    char *stamp;
    pil_open_source *source; /* NULL between sources */
    pil_buffer meta_strings;
};

/* segments[at], opened. */
PIL_NODISCARD pil_status pil_writer_segment(pil_index_writer *writer, size_t at, pil_segment **out,
                                            pil_error *err);
/* Notes that an article is the next in the segment being built. */
PIL_NODISCARD pil_status pil_writer_note_built(pil_index_writer *writer, const pil_digest *key,
                                               uint32_t n_paragraphs, pil_error *err);
/* Whether batch can be added to builder, which may be NULL. Errors as of
 * pil_segment_builder_has_room. */
PIL_NODISCARD pil_status pil_writer_has_room(const pil_index_writer *writer,
                                             pil_segment_builder *builder, const pil_batch *batch,
                                             bool *has_room, pil_error *err);
/* Adds batch, whose articles were noted, to the builder, begun when there is none; takes it over.
 */
PIL_NODISCARD pil_status pil_writer_build(pil_index_writer *writer, pil_batch *batch,
                                          pil_error *err);
/* Writes what the builder holds as a segment of the manifest to come. */
PIL_NODISCARD pil_status pil_writer_flush(pil_index_writer *writer, pil_error *err);
/* Lets all live documents of the article die with the next commit. seed may be NULL; otherwise
 * *seed becomes the article's part of its paragraphs' ids, if a segment has it. */
PIL_NODISCARD pil_status pil_writer_kill_article(pil_index_writer *writer, const pil_digest *key,
                                                 uint32_t *seed, pil_error *err);
/* Puts what the open source has given so far into the catalogue, as partial. */
PIL_NODISCARD pil_status pil_writer_store_partial_source(pil_index_writer *writer, pil_error *err);
void pil_writer_drop_source(pil_index_writer *writer);
/* Closes what was opened of the manifest's segments. */
void pil_writer_close_segments(pil_index_writer *writer);
/* Removes what no manifest names: leftovers of a killed writer, and what a commit made obsolete.
 * What cannot be removed now is removed some other time. */
void pil_writer_remove_unnamed(const pil_index_writer *writer);
/* The same after a commit that failed. When only the last sync of the manifest did, the new one is
 * on the disk, and what it names stays. */
void pil_writer_remove_unless_committed(const pil_index_writer *writer);
/* Writes next as the new manifest, with the catalogue's changes, and makes it the writer's own;
 * removes what no manifest names any more. */
PIL_NODISCARD pil_status pil_writer_publish(pil_index_writer *writer, pil_manifest *next,
                                            pil_error *err);
#endif
