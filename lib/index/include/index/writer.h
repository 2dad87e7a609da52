/* Changes an index: adds, replaces and removes articles, commits, merges.
 *
 * One writer at a time holds an index. What it does becomes visible and durable by commits, each
 * a new manifest: a reader sees an article as it was or as it is, never neither and never both.
 * Killed at any moment, the last commit stands, and the next run completes the work. When a
 * function fails, other than with PIL_NOT_FOUND, the writer may only be closed: what it knows is
 * then no longer what is on the disk.
 *
 * Thread rule: one thread at a time. */
#ifndef INDEX_WRITER_H
#define INDEX_WRITER_H

#include "base/error.h"
#include "base/workers.h"
#include "index/batch.h"
#include "index/catalogue.h"
#include "index/record.h"
#include "passage/passage.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct pil_index_writer pil_index_writer;

typedef struct pil_writer_options {
    uint64_t memory_bytes; /* what may be held in memory before a segment is cut and committed */
    unsigned n_threads;    /* at most; fewer when memory_bytes does not allow so many */
} pil_writer_options;

/* Opens the index at directory for writing, making the directory when there is none, and takes
 * its lock. What a killed writer left behind is removed. PIL_BUSY with the holder's pid;
 * PIL_CORRUPT, PIL_INCOMPATIBLE also for a directory that holds other things; PIL_IO,
 * PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_index_writer_open(pil_index_writer **out, const char *directory,
                                               const pil_writer_options *options, pil_error *err);
/* Gives up what was not committed and the lock. NULL is fine. */
void pil_index_writer_close(pil_index_writer *writer);

/* What is in the index, with the changes made so far. Borrowed, until the next change. */
const pil_catalogue *pil_index_writer_catalogue(const pil_index_writer *writer);
const pil_manifest *pil_index_writer_manifest(const pil_index_writer *writer);

/* The threads that it works with, for reading articles too. Borrowed. */
pil_workers *pil_index_writer_workers(pil_index_writer *writer);

typedef enum pil_article_outcome {
    PIL_ARTICLE_NEW,
    PIL_ARTICLE_CHANGED,
    PIL_ARTICLE_UNCHANGED, /* its content is that of the index: nothing was written */
    PIL_ARTICLE_REPEATED   /* its id came before in this source: this one replaces that */
} pil_article_outcome;

/* A source's articles are offered between begin and end. path is its stored form. recipe is a hash
 * of the options that its terms depend on: an article that was indexed with another one counts as
 * changed. */
PIL_NODISCARD pil_status pil_index_writer_begin_source(pil_index_writer *writer, const char *path,
                                                       const pil_source_stat *stat, uint64_t recipe,
                                                       pil_error *err);
/* Articles come in batches: begin a batch, offer each of its articles in order between the begin
 * and the end of its source, end the batch. A source may go on over several batches, and a batch
 * may have several sources. begin may commit, when memory is full: in the same places for the same
 * input, whatever the number of threads. */
PIL_NODISCARD pil_status pil_index_writer_begin_batch(pil_index_writer *writer,
                                                      const pil_batch *batch, pil_error *err);
/* Decides what becomes of article, one of the batch, and sets its is_wanted and generation. */
PIL_NODISCARD pil_status pil_index_writer_add_article(pil_index_writer *writer,
                                                      pil_batch_article *article,
                                                      pil_article_outcome *outcome, pil_error *err);
/* Takes the batch over, also when it fails; it is inverted by a worker meanwhile. */
PIL_NODISCARD pil_status pil_index_writer_end_batch(pil_index_writer *writer, pil_batch *batch,
                                                    pil_error *err);
/* content is the digest of the source's bytes, or all zero when it is not known. Articles of an
 * earlier reading that did not come again are removed; *n_removed says how many. keep_missing keeps
 * them. reason says what of the source was skipped, or "". */
PIL_NODISCARD pil_status pil_index_writer_end_source(pil_index_writer *writer,
                                                     const pil_digest *content, bool keep_missing,
                                                     const char *reason, size_t *n_removed,
                                                     pil_error *err);

/* Notes that the source could not be read, and why; what an earlier reading gave stays. */
PIL_NODISCARD pil_status pil_index_writer_skip_source(pil_index_writer *writer, const char *path,
                                                      const pil_source_stat *stat,
                                                      const char *reason, pil_error *err);
/* Notes that the source's stat has changed and its content has not. */
PIL_NODISCARD pil_status pil_index_writer_touch_source(pil_index_writer *writer, const char *path,
                                                       const pil_source_stat *stat, pil_error *err);
/* The source at from is now at to: its articles are carried over from the index, with the same
 * paragraph ids, without reading the file. *n_articles is how many. */
PIL_NODISCARD pil_status pil_index_writer_move_source(pil_index_writer *writer, const char *from,
                                                      const char *to, const pil_source_stat *stat,
                                                      size_t *n_articles, pil_error *err);
/* Removes the source and its articles; *n_articles is how many. PIL_NOT_FOUND. */
PIL_NODISCARD pil_status pil_index_writer_remove_source(pil_index_writer *writer, const char *path,
                                                        size_t *n_articles, pil_error *err);

/* Makes all changes so far visible and durable. Does nothing when there are none and the index
 * has a manifest. */
PIL_NODISCARD pil_status pil_index_writer_commit(pil_index_writer *writer, pil_error *err);

/* One step of merging: when the policy finds neighbouring segments worth it, makes one of them,
 * commits, and sets *merged. A segment made by another analyser is written anew first, so that an
 * index survives an upgrade. all merges everything into one segment, whatever the policy says.
 * Call it after a commit, until *merged is false. */
PIL_NODISCARD pil_status pil_index_writer_merge_step(pil_index_writer *writer, bool all,
                                                     bool *merged, pil_error *err);

#endif
