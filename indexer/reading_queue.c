#include "reading_queue.h"

#include "base/hash.h"
#include "detect_languages.h"
#include "run_filter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    ITEM_BYTES = 2 << 20, /* of input that are read at a time */
    /* What a file in the cage costs beside its bytes, in bytes: a thousand small PDFs are work for
     * several workers. */
    CAGED_BYTES = 16 << 10,
    MAX_ITEMS = 32,
    MEMORY_SHARE =
        32 /* of the memory, for each item under way: its bytes, and what is made of them */
};

struct pil_reading_queue {
    pil_reading_queue_options options;
    pil_read_item *open;             /* being filled, or NULL */
    pil_read_item *items[MAX_ITEMS]; /* under way: a ring from first on */
    size_t first, n_items, max_items;
};

/* ---- sources, parts, items ---- */

pil_read_source *pil_read_source_new(const char *path, const char *stored_path)
{
    pil_read_source *source = calloc(1, sizeof *source);
    if (source == NULL)
        return NULL;
    source->path = strdup(path);
    source->stored_path = strdup(stored_path);
    if (source->path != NULL && source->stored_path != NULL)
        return source;
    pil_read_source_free(source);
    return NULL;
}

void pil_read_source_free(pil_read_source *source)
{
    if (source == NULL)
        return;
    free(source->path);
    free(source->stored_path);
    free(source);
}

static void dispose_part(pil_read_part *part)
{
    pil_buffer_dispose(&part->bytes);
    free(part->events);
    if (part->is_last)
        pil_read_source_free(part->source);
}

static void free_item(pil_read_item *item)
{
    if (item == NULL)
        return;
    for (size_t i = 0; i < item->n_parts; i++)
        dispose_part(&item->parts[i]);
    free(item->parts);
    pil_batch_free(item->batch);
    pil_arena_dispose(&item->strings);
    free(item);
}

/* ---- what the workers do ---- */

/* A part being read. */
typedef struct part_reading {
    pil_read_item *item;
    pil_read_part *part;
} part_reading;

static void on_note(void *context, const pil_read_note *note)
{
    part_reading *run = context;
    pil_read_part *part = run->part;
    if (part->n_events == part->events_capacity) {
        size_t capacity = part->events_capacity == 0 ? 8 : part->events_capacity * 2;
        pil_read_event *grown = realloc(part->events, capacity * sizeof *grown);
        if (grown == NULL) {
            part->status = PIL_NO_MEMORY;
            return;
        }
        part->events = grown;
        part->events_capacity = capacity;
    }
    const char *message = pil_arena_copy(&run->item->strings, note->message, strlen(note->message));
    if (message == NULL)
        part->status = PIL_NO_MEMORY;
    else
        part->events[part->n_events++] = (pil_read_event){.article = run->item->batch->n_articles,
                                                          .line = note->line,
                                                          .skipped = note->skipped,
                                                          .wants_ocr = note->wants_ocr,
                                                          .message = message};
}

/* The id of an article: its file's path, and what tells it from others in the file. A record
 * without an id is known by its bytes, and so is a text from standard input, which has no path. */
static char *make_article_id(const pil_read_source *source, const pil_article *article)
{
    char digest[17] = "";
    bool is_stdin = strcmp(source->path, "-") == 0;
    bool is_record = article->record_id != NULL || pil_format_get(source->format)->has_records;
    const char *suffix = article->record_id;
    if (suffix == NULL && (is_record || is_stdin)) {
        snprintf(digest, sizeof digest, "%016llx",
                 (unsigned long long)pil_hash64(article->raw, article->raw_bytes));
        suffix = digest;
    }
    size_t size = strlen(source->stored_path) + (suffix == NULL ? 0 : strlen(suffix)) + 2;
    char *id = malloc(size);
    if (id != NULL)
        snprintf(id, size, "%s%s%s", source->stored_path, suffix == NULL ? "" : "#",
                 suffix == NULL ? "" : suffix);
    return id;
}

/* A record's line is shown with it, so a record that has moved to another line has changed. */
static pil_digest digest_of_article(const pil_article *article, uint32_t line_offset)
{
    pil_digest digest = pil_digest_of(article->raw, article->raw_bytes);
    char with_line[PIL_DIGEST_LENGTH + 16];
    int n = snprintf(with_line, sizeof with_line, "%s %lu", digest.hex,
                     (unsigned long)(article->record_line + line_offset));
    return pil_digest_of(with_line, (size_t)n);
}

static pil_status on_article(void *context, const pil_article *read, pil_error *err)
{
    const part_reading *run = context;
    const pil_read_source *source = run->part->source;
    pil_article given = *read;
    const pil_article *article = &given;
    pil_set_fields_apply(run->item->options->set, &given);
    char *id = make_article_id(source, article);
    if (id == NULL)
        return pil_error_no_memory(err);
    const pil_new_article added = {
        .meta = {.id = id,
                 .path = source->stored_path,
                 .member_bytes = article->member_bytes,
                 .title = article->title,
                 .author = article->author,
                 .date = article->date,
                 .language = article->language,
                 .source = article->source,
                 .url = article->url},
        .content = digest_of_article(article, run->part->line_offset),
        .paragraphs = article->paragraphs,
        .line_offset = run->part->line_offset,
    };
    pil_status status = pil_batch_add(run->item->batch, &added, err);
    free(id);
    return status;
}

static const char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

/* What a filter prints is read as if it were the file. */
static pil_status run_filter(pil_read_part *part, pil_error *err)
{
    pil_buffer_dispose(&part->bytes);
    pil_buffer_init(&part->bytes, PIL_FILTER_OUTPUT_BYTES);
    return pil_run_filter(part->source->filter, part->source->path, PIL_FILTER_MILLISECONDS,
                          &part->bytes, err);
}

static pil_status read_bytes(part_reading *run, unsigned worker, pil_error *err)
{
    const pil_article_sink sink = {.article = on_article, .note = on_note, .context = run};
    const pil_reading_queue_options *queue = run->item->options;
    const pil_read_source *source = run->part->source;
    const pil_buffer *bytes = &run->part->bytes;
    const pil_read_options options = {.file_name = name_of(source->path),
                                      .text_column = queue->text_column,
                                      .ocr_language = queue->ocr_language};
    pil_error inner = {0};
    pil_status status =
        pil_format_get(source->format)->is_caged
            ? pil_cage_read(queue->cage, worker, source->format, bytes->bytes, bytes->length,
                            &options, &sink, &inner)
            : pil_read_plain(source->format, bytes->bytes, bytes->length, &options, &sink, &inner);
    *err = inner;
    if (status == PIL_BAD_INPUT && source->filter != NULL)
        pil_error_set(err, status, "what its filter printed: %s", inner.message);
    return status;
}

static void read_part(pil_read_item *item, pil_read_part *part, unsigned worker,
                      pil_detection *detection)
{
    part_reading run = {.item = item, .part = part};
    pil_error error = {0};
    size_t first = item->batch->n_articles;
    pil_status status = part->source->filter == NULL ? PIL_OK : run_filter(part, &error);
    if (status == PIL_OK)
        status = read_bytes(&run, worker, &error);
    if (pil_detect_languages(detection, item->batch, first, item->options->language, NULL) !=
        PIL_OK)
        status = PIL_NO_MEMORY;
    if (part->status == PIL_OK && status != PIL_OK) {
        part->status = status;
        part->error = error;
    }
    /* Nobody needs them any more. */
    pil_buffer_dispose(&part->bytes);
}

static pil_status read_parts(pil_read_item *item, unsigned worker, pil_detection *detection,
                             pil_error *err)
{
    for (size_t i = 0; i < item->n_parts; i++) {
        pil_read_part *part = &item->parts[i];
        if (part->status == PIL_OK)
            read_part(item, part, worker, detection);
        if (part->status == PIL_NO_MEMORY)
            return pil_error_no_memory(err);
        part->end_article = item->batch->n_articles;
    }
    return PIL_OK;
}

static pil_status read_item(void *context, unsigned worker, pil_error *err)
{
    pil_read_item *item = context;
    pil_detection *detection = pil_detection_new();
    item->batch = pil_batch_new();
    pil_status status = item->batch == NULL || detection == NULL
                            ? pil_error_no_memory(err)
                            : read_parts(item, worker, detection, err);
    pil_detection_free(detection);
    return status;
}

/* ---- the queue ---- */

pil_status pil_reading_queue_new(pil_reading_queue **out, const pil_reading_queue_options *options,
                                 pil_error *err)
{
    *out = NULL;
    pil_reading_queue *queue = calloc(1, sizeof *queue);
    if (queue == NULL)
        return pil_error_no_memory(err);
    /* Not by the number of workers: the order of messages would depend on it. */
    uint64_t n = options->memory_bytes / MEMORY_SHARE / ITEM_BYTES;
    queue->options = *options;
    queue->max_items = n < 2 ? 2 : n > MAX_ITEMS ? MAX_ITEMS : (size_t)n;
    *out = queue;
    return PIL_OK;
}

static pil_read_item *pop(pil_reading_queue *queue)
{
    pil_read_item *item = queue->items[queue->first];
    queue->first = (queue->first + 1) % MAX_ITEMS;
    queue->n_items--;
    return item;
}

void pil_reading_queue_free(pil_reading_queue *queue)
{
    if (queue == NULL)
        return;
    while (queue->n_items > 0) {
        pil_read_item *item = pop(queue);
        (void)!pil_workers_wait(queue->options.workers, item->task, NULL);
        free_item(item);
    }
    free_item(queue->open);
    free(queue);
}

static pil_status hand_out(pil_reading_queue *queue, pil_error *err)
{
    pil_read_item *item = pop(queue);
    pil_status status = pil_workers_wait(queue->options.workers, item->task, err);
    if (status == PIL_OK)
        status = queue->options.taker(queue->options.context, item, err);
    free_item(item);
    return status;
}

/* Lets the workers read the open item. */
static pil_status close_item(pil_reading_queue *queue, pil_error *err)
{
    pil_status status = PIL_OK;
    if (queue->n_items == queue->max_items)
        status = hand_out(queue, err);
    if (status == PIL_OK)
        status = pil_workers_submit(queue->options.workers, read_item, queue->open,
                                    &queue->open->task, err);
    if (status != PIL_OK)
        return status;
    queue->items[(queue->first + queue->n_items++) % MAX_ITEMS] = queue->open;
    queue->open = NULL;
    return PIL_OK;
}

static pil_status add_part(pil_reading_queue *queue, pil_read_part *part, pil_error *err)
{
    if (queue->open == NULL) {
        queue->open = calloc(1, sizeof *queue->open);
        if (queue->open == NULL)
            return pil_error_no_memory(err);
        queue->open->options = &queue->options;
    }
    pil_read_item *item = queue->open;
    if (item->n_parts == item->parts_capacity) {
        size_t capacity = item->parts_capacity == 0 ? 4 : item->parts_capacity * 2;
        pil_read_part *grown = realloc(item->parts, capacity * sizeof *grown);
        if (grown == NULL)
            return pil_error_no_memory(err);
        item->parts = grown;
        item->parts_capacity = capacity;
    }
    uint64_t n_bytes =
        part->source->filter == NULL ? part->bytes.length : part->source->stat.n_bytes;
    item->n_bytes += n_bytes;
    item->cost_bytes += n_bytes;
    if (pil_format_get(part->source->format)->is_caged)
        item->cost_bytes += CAGED_BYTES;
    item->parts[item->n_parts++] = *part;
    return PIL_OK;
}

pil_status pil_reading_queue_push(pil_reading_queue *queue, pil_read_part *part, pil_error *err)
{
    pil_status status = add_part(queue, part, err);
    if (status != PIL_OK) {
        dispose_part(part);
        return status;
    }
    /* A program to run is worth a worker's time, however small its file. */
    bool is_enough = queue->open->cost_bytes >= ITEM_BYTES || part->source->filter != NULL;
    return is_enough ? close_item(queue, err) : PIL_OK;
}

pil_status pil_reading_queue_drain(pil_reading_queue *queue, pil_error *err)
{
    pil_status status = queue->open == NULL ? PIL_OK : close_item(queue, err);
    while (status == PIL_OK && queue->n_items > 0)
        status = hand_out(queue, err);
    return status;
}
