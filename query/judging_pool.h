/* The paragraphs that are judged for a topic: the union of what several searches found, in an order
 * that tells nothing of their ranks, equal texts one behind the other. */
#ifndef QUERY_JUDGING_POOL_H
#define QUERY_JUDGING_POOL_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/intern.h"
#include "judged_names.h"
#include "qrels.h"
#include "search/hit.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What gets a line in the file of judgements. */
typedef struct pil_pool_document {
    const pil_hit *hit; /* borrowed */
    const char *name;   /* in the pool's names */
    uint64_t key;       /* a hash of the topic and the text, which is the order */
    bool is_judged;     /* in the file, before this run */
} pil_pool_document;

/* What is shown, and gets one grade. */
typedef struct pil_pool_paragraph {
    const pil_pool_document *documents; /* [0..n_documents), with the same text */
    size_t n_documents;
    size_t n_open;  /* those that the file does not have */
    bool is_judged; /* there are none, or they have their grade; for the caller to set */
} pil_pool_paragraph;

/* Zero-initialise. */
typedef struct pil_pool {
    pil_intern names;
    pil_pool_document *documents; /* [0..names.n_entries) */
    size_t capacity;
    pil_pool_paragraph *paragraphs; /* [0..n), after pil_pool_order */
    size_t n;
} pil_pool;

/* Adds hits[0..n), which stay the caller's and must outlive the pool. One whose name the pool has
 * adds nothing. naming and cwd as in pil_judged_name. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_pool_add(pil_pool *pool, const pil_hit *hits, size_t n,
                                      pil_naming naming, const char *cwd, pil_error *err);

/* Makes the paragraphs, when all hits were added. The order is the same in each run, whatever was
 * added first. What qrels has of the topic is judged. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_pool_order(pil_pool *pool, const char *topic_id,
                                        const pil_qrels *qrels, pil_error *err);

/* Appends the lines that give the grade to those of its documents that the file does not have.
 * Statuses as pil_buffer_append. */
PIL_NODISCARD pil_status pil_pool_put_lines(const pil_pool_paragraph *paragraph,
                                            const char *topic_id, int grade, pil_buffer *out);

void pil_pool_dispose(pil_pool *pool);

#endif
