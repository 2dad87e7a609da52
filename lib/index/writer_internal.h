/* What the parts of the index writer share: writer.c opens and commits, writer_source.c takes
 * articles in, writer_merge.c copies stored ones. */
#ifndef INDEX_WRITER_INTERNAL_H
#define INDEX_WRITER_INTERNAL_H

#include "index/segment.h"
#include "index/segment_writer.h"
#include "index/writer.h"
#include "text/analyser.h"

/* Paragraphs that die with the next commit. */
typedef struct pil_death {
    char segment_id[PIL_SEGMENT_ID_LENGTH + 1];
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
    uint64_t segment_text_bytes;
    bool has_manifest;
    bool is_changed; /* something to commit besides what the builder holds */
    pil_manifest manifest;
    pil_catalogue catalogue;
    pil_segment *segments;       /* beside manifest.segments; opened when first needed */
    pil_segment_writer *builder; /* NULL when nothing was added since the commit */
    pil_intern built_keys;       /* articles in the builder, by key */
    pil_built_article *built;    /* [0..built_keys.n_entries) */
    size_t built_capacity;
    pil_death *deaths;
    size_t n_deaths, deaths_capacity;
    pil_analyser *analyser;
    char *stamp;
    pil_open_source *source; /* NULL between sources */
    /* of the article being added: its paragraphs' ids, and their texts' hashes with how often each
     * came */
    pil_intern paragraph_ids, paragraph_texts;
    uint32_t *repeats; /* [0..paragraph_texts.n_entries) */
    size_t repeats_capacity;
    pil_arena scratch; /* for the article being added */
    pil_buffer record_strings, meta_strings;
};

/* segments[at], opened. */
PIL_NODISCARD pil_status pil_writer_segment(pil_index_writer *writer, size_t at, pil_segment **out,
                                            pil_error *err);
/* The segment being built, begun when there is none. */
PIL_NODISCARD pil_status pil_writer_builder(pil_index_writer *writer, pil_error *err);
/* Notes that an article begins as the builder's next document. */
PIL_NODISCARD pil_status pil_writer_note_built(pil_index_writer *writer, const pil_digest *key,
                                               uint32_t n_paragraphs, pil_error *err);
/* Lets all live documents of the article die with the next commit. */
PIL_NODISCARD pil_status pil_writer_kill_article(pil_index_writer *writer, const pil_digest *key,
                                                 pil_error *err);
/* Puts what the open source has given so far into the catalogue, as partial. */
PIL_NODISCARD pil_status pil_writer_store_partial_source(pil_index_writer *writer, pil_error *err);
void pil_writer_drop_source(pil_index_writer *writer);
/* Writes next as the new manifest, with the catalogue's changes, and makes it the writer's own;
 * removes what no manifest names any more. */
PIL_NODISCARD pil_status pil_writer_publish(pil_index_writer *writer, pil_manifest *next,
                                            pil_error *err);
#endif
