/* Reads inputs in worker threads and hands the articles back in the order of the inputs, so that
 * what comes of them does not depend on the number of threads.
 *
 * The bytes of an input come in parts: whole, or pieces of records a line. Small parts are read
 * together as one item, whose articles are one batch.
 * Thread rule: all functions are for the thread that owns the workers. */
#ifndef INDEXER_READING_QUEUE_H
#define INDEXER_READING_QUEUE_H

#include "article.h"
#include "base/buffer.h"
#include "base/workers.h"
#include "cage.h"
#include "file_filters.h"
#include "index/batch.h"
#include "index/catalogue.h"
#include "set_fields.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An input. What is above the line is set by who pushes its parts and read by the workers. */
typedef struct pil_read_source {
    char *path;                    /* as people know it, or "-" */
    char *stored_path;             /* as the index does */
    pil_format format;             /* of what the filter prints when there is one */
    const pil_file_filter *filter; /* that reads it, given no bytes: borrowed; or NULL */
    uint64_t recipe;               /* see pil_index_writer_begin_source */
    bool is_known;                 /* to the index */
    bool keep_missing;             /* articles that the index has and that do not come stay */
    pil_source_stat stat;
    pil_digest content;
    /* ---- for who takes the items ---- */
    size_t n_articles, n_notes, n_records_skipped;
    bool is_broken;    /* the rest of it is not taken */
    char reason[256];  /* of the first record skipped, or of what OCR would read */
    pil_error failure; /* why it is broken, or may be */
} pil_read_source;

/* What a reader said, before the article of that number in the item's batch. */
typedef struct pil_read_event {
    size_t article;
    uint32_t line; /* in the part */
    bool skipped, wants_ocr;
    const char *message;
} pil_read_event;

typedef struct pil_read_part {
    pil_read_source *source; /* freed with its last part */
    bool is_last;            /* of the source */
    bool is_first;
    pil_buffer bytes;
    uint32_t line_offset; /* lines of the source before it */
    pil_status status;    /* of reading: PIL_OK, or what pil_read_articles or the system said */
    pil_error error;
    size_t end_article; /* in the batch: its articles begin where those of the part before end */
    pil_read_event *events; /* [0..n_events) */
    size_t n_events, events_capacity;
} pil_read_part;

typedef struct pil_read_item {
    pil_read_part *parts; /* [0..n_parts) */
    size_t n_parts, parts_capacity;
    uint64_t n_bytes, cost_bytes; /* of the input; what reading it costs, in such bytes */
    pil_batch *batch;             /* who takes the item may take it, leaving NULL */
    pil_arena strings;
    const struct pil_reading_queue_options *options;
    pil_task *task;
} pil_read_item;

typedef struct pil_reading_queue pil_reading_queue;

/* Is given each item in order. What it returns stops the work. */
typedef pil_status (*pil_read_taker)(void *context, pil_read_item *item, pil_error *err);

/* All of it is borrowed. */
typedef struct pil_reading_queue_options {
    pil_workers *workers;
    pil_cage *cage;            /* with room for as many workers */
    uint64_t memory_bytes;     /* bounds what is under way */
    const char *language;      /* of texts that neither say nor show theirs, or "" */
    const char *text_column;   /* of tables, or NULL */
    const char *ocr_language;  /* of pages without text; NULL: no OCR */
    const pil_set_fields *set; /* of all articles */
    pil_read_taker taker;
    void *context; /* of the taker */
} pil_reading_queue_options;

/* PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_reading_queue_new(pil_reading_queue **out,
                                               const pil_reading_queue_options *options,
                                               pil_error *err);
/* Drops what is under way. NULL is fine. */
void pil_reading_queue_free(pil_reading_queue *queue);

/* A source with copies of both paths, the rest zero. NULL when memory ran out. */
pil_read_source *pil_read_source_new(const char *path, const char *stored_path);
void pil_read_source_free(pil_read_source *source);

/* Appends a part, whose bytes and, with the last part, source then belong to the queue, also when
 * this fails. May hand out items. PIL_NO_MEMORY, PIL_IO, what the taker returned. */
PIL_NODISCARD pil_status pil_reading_queue_push(pil_reading_queue *queue, pil_read_part *part,
                                                pil_error *err);
/* Hands out everything. As above. */
PIL_NODISCARD pil_status pil_reading_queue_drain(pil_reading_queue *queue, pil_error *err);

#endif
