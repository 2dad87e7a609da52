#include "ingest.h"

#include "base/hash.h"
#include "disappeared.h"
#include "index/stored_path.h"
#include "progress.h"
#include "reading_queue.h"
#include "source_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A broken file has few faults or all of them: these are shown, the rest counted. */
enum { MAX_NOTES_SHOWN = 10 };

/* What is added to a recipe: the file was read with OCR; it was read without, and there is
 * something that OCR would look at. */
enum { WITH_OCR = 1, WANTS_OCR = 2 };

/* The work under way. */
typedef struct ingest {
    const pil_ingest_options *options;
    pil_index_writer *writer;
    const pil_catalogue *catalogue;
    pil_report *report;
    pil_cage *cage;
    pil_reading_queue *queue; /* both NULL in a dry run */
    pil_disappeared disappeared;
    /* the file at hand */
    const char *path; /* absolute, or "-" */
    const char *stored_path;
    const pil_file_filter *filter; /* that reads it, or NULL */
    uint64_t recipe;
    uint64_t other_recipe; /* with OCR, or without: what was read by it is as good */
    uint64_t wants_recipe; /* without OCR, and OCR would read more */
} ingest;

/* ---- what was read comes back ---- */

static void take_note(ingest *run, pil_read_source *source, const pil_read_event *note,
                      uint32_t line_offset)
{
    uint32_t line = note->line == 0 ? 0 : note->line + line_offset;
    bool is_first = note->skipped ? source->n_records_skipped++ == 0
                                  : note->wants_ocr && source->reason[0] == '\0';
    if (is_first) {
        char place[32] = "";
        if (line > 0)
            snprintf(place, sizeof place, "line %lu: ", (unsigned long)line);
        snprintf(source->reason, sizeof source->reason, "%s%s", place, note->message);
    }
    run->report->n_skipped += note->skipped;
    if (source->n_notes++ < MAX_NOTES_SHOWN)
        pil_report_message(run->report, source->path, line, "%s%s", note->message,
                           note->skipped ? "; skipped" : "");
}

static void count_outcome(ingest *run, pil_read_source *source, pil_article_outcome outcome,
                          const char *id)
{
    switch (outcome) {
    case PIL_ARTICLE_NEW:
        run->report->n_new++;
        break;
    case PIL_ARTICLE_CHANGED:
        run->report->n_changed++;
        break;
    case PIL_ARTICLE_UNCHANGED:
        run->report->n_unchanged++;
        break;
    case PIL_ARTICLE_REPEATED:
        if (source->n_notes++ < MAX_NOTES_SHOWN)
            pil_report_message(run->report, source->path, 0,
                               "the id %.100s comes more than once: the last one counts",
                               id + strlen(source->stored_path) + 1);
        break;
    }
}

static pil_status take_article(ingest *run, pil_read_source *source, pil_batch_article *article,
                               pil_error *err)
{
    pil_article_outcome outcome;
    pil_status status = pil_index_writer_add_article(run->writer, article, &outcome, err);
    if (status != PIL_OK)
        return status;
    source->n_articles++;
    count_outcome(run, source, outcome, article->meta.id);
    pil_progress_add_article(run->report->progress, article->meta.n_paragraphs);
    return PIL_OK;
}

/* The articles of a part and what the reader said of them, in the order of the source. */
static pil_status take_articles(ingest *run, pil_read_part *part, pil_batch *batch, size_t first,
                                pil_error *err)
{
    pil_read_source *source = part->source;
    size_t next_event = 0;
    pil_status status = PIL_OK;
    for (size_t at = first; at <= part->end_article && status == PIL_OK; at++) {
        while (next_event < part->n_events && part->events[next_event].article <= at)
            take_note(run, source, &part->events[next_event++], part->line_offset);
        if (at < part->end_article)
            status = take_article(run, source, &batch->articles[at], err);
    }
    return status;
}

/* stat is NULL when it was not even read, so that the next run tries. */
static pil_status skip_source(ingest *run, const char *path, const char *stored_path,
                              const pil_source_stat *stat, const char *reason, pil_error *err)
{
    pil_report_message(run->report, path, 0, "%s; skipped", reason);
    run->report->n_skipped++;
    if (run->options->dry_run)
        return PIL_OK;
    const pil_source_stat unknown = {0};
    return pil_index_writer_skip_source(run->writer, stored_path, stat == NULL ? &unknown : stat,
                                        reason, err);
}

static void finish_notes(ingest *run, pil_read_source *source)
{
    if (source->n_notes > MAX_NOTES_SHOWN)
        pil_report_message(run->report, source->path, 0, "and %zu more such messages",
                           source->n_notes - MAX_NOTES_SHOWN);
    if (source->n_records_skipped > 1) {
        char first[sizeof source->reason];
        memcpy(first, source->reason, sizeof first);
        snprintf(source->reason, sizeof source->reason, "%zu records, the first: %.200s",
                 source->n_records_skipped, first);
    }
}

static pil_status end_source(ingest *run, pil_read_source *source, pil_error *err)
{
    finish_notes(run, source);
    size_t n_removed = 0;
    /* Pieces without a record matter only when all are like that. */
    source->is_broken |= source->failure.status != PIL_OK && source->n_articles == 0;
    /* A record that cannot be read now may be one of those that have not come again. */
    bool keeps = source->keep_missing || source->is_broken || source->n_records_skipped > 0;
    pil_status status = pil_index_writer_end_source(
        run->writer, &source->content, keeps,
        source->is_broken ? source->failure.message : source->reason, &n_removed, err);
    run->report->n_removed += n_removed;
    if (!source->is_broken || status != PIL_OK)
        return status;
    run->report->n_skipped -= source->n_records_skipped; /* it counts once, as a whole */
    bool was_read = source->failure.status == PIL_BAD_INPUT;
    return skip_source(run, source->path, source->stored_path, was_read ? &source->stat : NULL,
                       source->failure.message, err);
}

/* A piece of many in which no line is a record was noted line by line; anything else that cannot be
 * read ends the source. */
static void note_failure(pil_read_source *source, const pil_read_part *part)
{
    if (part->status == PIL_OK || source->is_broken)
        return;
    source->failure = part->error;
    source->failure.status = part->status;
    source->is_broken = part->status != PIL_BAD_INPUT || part->n_events == 0;
}

/* Whether all of it was read, but for what OCR would look at. */
static bool wants_only_ocr(const pil_read_part *part)
{
    bool wants = false;
    for (size_t i = 0; i < part->n_events; i++) {
        if (part->events[i].skipped)
            return false;
        wants |= part->events[i].wants_ocr;
    }
    return wants && part->status == PIL_OK;
}

static pil_status take_part(ingest *run, pil_read_part *part, pil_batch *batch, size_t first,
                            pil_error *err)
{
    pil_read_source *source = part->source;
    pil_status status = PIL_OK;
    if (part->is_first) {
        if (wants_only_ocr(part)) /* then it is the only part */
            source->recipe += WANTS_OCR;
        pil_report_detail(run->report, source->path, source->is_known ? "changed" : "new");
        status = pil_index_writer_begin_source(run->writer, source->stored_path, &source->stat,
                                               source->recipe, err);
    }
    if (status == PIL_OK && !source->is_broken)
        status = take_articles(run, part, batch, first, err);
    note_failure(source, part);
    if (status == PIL_OK && part->is_last)
        status = end_source(run, source, err);
    return status;
}

static pil_status take_item(void *context, pil_read_item *item, pil_error *err)
{
    ingest *run = context;
    pil_status status = pil_index_writer_begin_batch(run->writer, item->batch, err);
    size_t first = 0;
    for (size_t i = 0; i < item->n_parts && status == PIL_OK; i++) {
        status = take_part(run, &item->parts[i], item->batch, first, err);
        first = item->parts[i].end_article;
    }
    pil_progress_add_bytes(run->report->progress, item->n_bytes);
    if (status != PIL_OK)
        return status;
    pil_batch *batch = item->batch;
    item->batch = NULL;
    return pil_index_writer_end_batch(run->writer, batch, err);
}

/* What comes now is told, and done, after what is being read. */
static pil_status catch_up(ingest *run, pil_error *err)
{
    return run->queue == NULL ? PIL_OK : pil_reading_queue_drain(run->queue, err);
}

/* ---- one source ---- */

static pil_status skip(ingest *run, const char *reason, pil_error *err)
{
    pil_status status = catch_up(run, err);
    return status == PIL_OK ? skip_source(run, run->path, run->stored_path, NULL, reason, err)
                            : status;
}

static pil_status tell_detail(ingest *run, const char *what, pil_error *err)
{
    pil_status status = run->report->is_verbose ? catch_up(run, err) : PIL_OK;
    if (status == PIL_OK)
        pil_report_detail(run->report, run->path, "%s", what);
    return status;
}

static pil_format format_of(const ingest *run, bool is_named)
{
    if (run->filter != NULL)
        return run->filter->format;
    if (run->options->format != PIL_FORMAT_NONE)
        return run->options->format;
    pil_format format = pil_format_of_name(run->path);
    /* Who names a file without a known ending means it: README, notes, standard input. */
    return format == PIL_FORMAT_NONE && is_named ? PIL_FORMAT_TEXT : format;
}

/* By what the file at hand is read. Who names a format for all inputs wants no filter. OCR changes
 * only what becomes of a file that cannot be read without. */
static void choose_recipe(ingest *run, bool is_named)
{
    bool by_name = run->options->format == PIL_FORMAT_NONE;
    run->filter = by_name ? pil_file_filters_find(run->options->filters, run->path) : NULL;
    run->recipe = run->options->recipe;
    if (run->filter != NULL)
        run->recipe = run->recipe * 31 + pil_file_filter_hash(run->filter);
    run->other_recipe = run->recipe;
    run->wants_recipe = run->recipe + WANTS_OCR;
    if (pil_format_get(format_of(run, is_named))->is_caged)
        *(run->options->ocr ? &run->recipe : &run->other_recipe) += WITH_OCR;
}

/* A source whose pieces are pushed. */
typedef struct piece_pushing {
    ingest *run;
    pil_read_source *source;
    bool is_begun;
    pil_status status; /* of the queue */
} piece_pushing;

static pil_status push_piece(void *context, pil_buffer *bytes, uint32_t line_offset, bool is_last,
                             pil_error *err)
{
    piece_pushing *pushing = context;
    pil_read_part part = {.source = pushing->source,
                          .is_first = !pushing->is_begun,
                          .is_last = is_last,
                          .bytes = *bytes,
                          .line_offset = line_offset};
    pushing->is_begun = true;
    if (is_last)
        pushing->source = NULL;
    pushing->status = pil_reading_queue_push(pushing->run->queue, &part, err);
    return pushing->status;
}

/* A last part that says why there is no more. */
static pil_status push_failure(piece_pushing *pushing, pil_status status, const pil_error *failure,
                               pil_error *err)
{
    pil_read_part part = {.source = pushing->source,
                          .is_first = !pushing->is_begun,
                          .is_last = true,
                          .status = status,
                          .error = *failure};
    pil_buffer_init(&part.bytes, 0);
    pushing->source = NULL;
    return pil_reading_queue_push(pushing->run->queue, &part, err);
}

/* content may be NULL: it is worked out while the file is read. */
static pil_status read_source(ingest *run, int fd, const pil_source_stat *stat,
                              const pil_digest *content, bool is_named, bool keep_missing,
                              pil_error *err)
{
    piece_pushing pushing = {.run = run};
    pil_read_source *source = pil_read_source_new(run->path, run->stored_path);
    if (source == NULL)
        return pil_error_no_memory(err);
    source->format = format_of(run, is_named);
    source->filter = run->filter;
    source->recipe = run->recipe;
    source->is_known = pil_catalogue_find(run->catalogue, run->stored_path) != NULL;
    source->keep_missing = keep_missing;
    source->stat = *stat;
    if (content != NULL)
        source->content = *content;
    pushing.source = source;
    pil_error failure = {0};
    if (run->filter != NULL) {
        pil_buffer none;
        pil_buffer_init(&none, 0);
        return push_piece(&pushing, &none, 0, true, err);
    }
    uint64_t size = fd == STDIN_FILENO ? UINT64_MAX : stat->n_bytes;
    pil_status status = pil_source_file_read(fd, size, source->format == PIL_FORMAT_JSONL,
                                             content == NULL ? &source->content : NULL, push_piece,
                                             &pushing, &failure);
    if (pushing.status == PIL_OK && status != PIL_OK && status != PIL_NO_MEMORY)
        return push_failure(&pushing, status, &failure, err);
    if (status != PIL_OK && err != NULL)
        *err = failure;
    /* With its last part the source belongs to the queue. */
    if (!pushing.is_begun)
        pil_read_source_free(pushing.source);
    return status;
}

static void count_unchanged(ingest *run, const pil_source *source)
{
    run->report->n_unchanged += source->n_articles;
    pil_progress_add_bytes(run->report->progress, source->stat.n_bytes);
}

static bool is_fresh(const ingest *run, const pil_source *source)
{
    if (source == NULL || source->state != PIL_SOURCE_INDEXED)
        return false;
    if (source->recipe == run->wants_recipe)
        return !run->options->ocr;
    return (source->recipe == run->recipe || source->recipe == run->other_recipe) &&
           source->reason[0] == '\0';
}

/* A file that a caged reader or a filter could not read, or not all of, and that is the same as
 * then: reading it takes long if it is hostile, and ends the same. */
static bool is_known_bad(const ingest *run, const pil_walk_file *file, const pil_source *source)
{
    bool is_of_same_recipe =
        source != NULL &&
        (source->recipe == run->recipe ||
         (source->recipe == run->other_recipe && !run->options->ocr)) &&
        (source->state == PIL_SOURCE_SKIPPED || source->state == PIL_SOURCE_INDEXED);
    return is_of_same_recipe && source->reason[0] != '\0' && !run->options->retry &&
           (run->filter != NULL || pil_format_get(format_of(run, file->is_named))->is_caged) &&
           memcmp(&source->stat, &file->stat, sizeof file->stat) == 0;
}

static pil_status tell_known_bad(ingest *run, const pil_source *source, pil_error *err)
{
    pil_status status = catch_up(run, err);
    if (status != PIL_OK)
        return status;
    pil_report_message(run->report, run->path, 0, "%s; skipped as before (--retry reads it again)",
                       source->reason);
    run->report->n_skipped++;
    count_unchanged(run, source);
    return PIL_OK;
}

/* What was read as another format would be read differently now. */
static pil_disappeared_source *find_moved(ingest *run, const pil_source_stat *stat,
                                          const pil_digest *content)
{
    pil_disappeared_source *from =
        pil_disappeared_match(&run->disappeared, stat, content, run->recipe);
    if (from == NULL)
        from = pil_disappeared_match(&run->disappeared, stat, content, run->other_recipe);
    bool is_same_format =
        from != NULL && pil_format_of_name(from->stored_path) == pil_format_of_name(run->path);
    return is_same_format ? from : NULL;
}

static pil_status take_moved(ingest *run, pil_disappeared_source *from, const pil_source_stat *stat,
                             pil_error *err)
{
    size_t n_articles = from->n_articles;
    pil_status status = catch_up(run, err);
    if (status == PIL_OK && !run->options->dry_run)
        status = pil_index_writer_move_source(run->writer, from->stored_path, run->stored_path,
                                              stat, &n_articles, err);
    if (status != PIL_OK)
        return status;
    from->is_taken = true;
    run->report->n_moved += n_articles;
    pil_report_detail(run->report, run->path, "moved from %s", from->stored_path);
    pil_progress_add_bytes(run->report->progress, stat->n_bytes);
    return PIL_OK;
}

/* A dry run does not read: every record of a changed file would count as one. */
static void count_dry(ingest *run, const pil_source *source)
{
    bool is_known = source != NULL && source->state != PIL_SOURCE_SKIPPED;
    *(is_known ? &run->report->n_changed : &run->report->n_new) += 1;
    pil_report_detail(run->report, run->path, is_known ? "changed" : "new");
}

/* A file whose content may be in the index already: unchanged but for its stat, moved, or to be
 * read. */
static pil_status take_familiar_file(ingest *run, const pil_walk_file *file,
                                     const pil_source *source, pil_source_file *opened,
                                     pil_error *err)
{
    pil_digest content;
    pil_error failure;
    pil_status status = pil_source_file_digest(opened, &content, &failure);
    if (status == PIL_NO_MEMORY)
        return pil_error_no_memory(err);
    if (status != PIL_OK)
        return skip(run, failure.message, err);
    if (is_fresh(run, source) && strcmp(source->content.hex, content.hex) == 0) {
        count_unchanged(run, source);
        status = tell_detail(run, "unchanged", err);
        if (status != PIL_OK || run->options->dry_run)
            return status;
        return pil_index_writer_touch_source(run->writer, run->stored_path, &opened->stat, err);
    }
    pil_disappeared_source *from = source != NULL ? NULL : find_moved(run, &opened->stat, &content);
    if (from != NULL)
        return take_moved(run, from, &opened->stat, err);
    if (run->options->dry_run) {
        count_dry(run, source);
        return PIL_OK;
    }
    return read_source(run, opened->fd, &opened->stat, &content, file->is_named, false, err);
}

/* A file that is certainly new is read once, any other one may not have to be indexed. What a
 * filter reads is hashed first: it is the filter that reads it then. */
static pil_status take_open_file(ingest *run, const pil_walk_file *file, pil_source_file *opened,
                                 pil_error *err)
{
    const pil_source *source = pil_catalogue_find(run->catalogue, run->stored_path);
    bool is_held_whole = run->filter == NULL && format_of(run, file->is_named) != PIL_FORMAT_JSONL;
    if (opened->stat.n_bytes > PIL_SOURCE_MAX_BYTES && is_held_whole)
        return skip(run, "the file is over the limit of 1 GiB: split it", err);
    bool is_new = source == NULL && run->disappeared.n_items == 0;
    if (!is_new || run->options->dry_run || run->filter != NULL)
        return take_familiar_file(run, file, source, opened, err);
    return read_source(run, opened->fd, &opened->stat, NULL, file->is_named, false, err);
}

static pil_status take_file(ingest *run, const pil_walk_file *file, pil_error *err)
{
    if (file->problem != NULL)
        return skip(run, file->problem, err);
    const pil_source *source = pil_catalogue_find(run->catalogue, run->stored_path);
    if (is_fresh(run, source) && memcmp(&source->stat, &file->stat, sizeof file->stat) == 0) {
        count_unchanged(run, source);
        return PIL_OK;
    }
    if (run->filter != NULL && !run->filter->is_trusted)
        return skip(run,
                    "the filter for it came with the index and is not trusted: pilcrow-index trust "
                    "shows and allows it",
                    err);
    if (is_known_bad(run, file, source))
        return tell_known_bad(run, source, err);
    pil_disappeared_source *from = source != NULL ? NULL : find_moved(run, &file->stat, NULL);
    if (from != NULL)
        return take_moved(run, from, &file->stat, err);
    pil_source_file opened;
    pil_error failure;
    if (pil_source_file_open(&opened, file->path, &failure) != PIL_OK)
        return skip(run, failure.message, err);
    pil_status status = take_open_file(run, file, &opened, err);
    pil_source_file_close(&opened);
    return status;
}

static pil_status take_stdin(ingest *run, pil_error *err)
{
    run->path = run->stored_path = "-";
    run->filter = NULL;
    run->recipe = run->other_recipe = run->wants_recipe = run->options->recipe;
    if (run->options->dry_run) {
        pil_report_detail(run->report, "-", "would be read");
        return PIL_OK;
    }
    const pil_source_stat none = {0};
    const pil_digest unknown = {""};
    return read_source(run, STDIN_FILENO, &none, &unknown, true, true, err);
}

/* ---- the whole ---- */

static pil_status remove_disappeared(ingest *run, pil_error *err)
{
    pil_status status = PIL_OK;
    for (size_t i = 0; i < run->disappeared.n_items && status == PIL_OK; i++) {
        pil_disappeared_source *item = &run->disappeared.items[i];
        size_t n_articles = item->n_articles;
        if (item->is_taken || item->is_unsure || run->options->keep_missing)
            continue;
        if (!run->options->dry_run)
            status =
                pil_index_writer_remove_source(run->writer, item->stored_path, &n_articles, err);
        run->report->n_removed += n_articles;
        pil_report_detail(run->report, NULL, "%s: removed", item->stored_path);
    }
    return status;
}

/* What is neither found nor removed: one is named, the rest counted. */
static void tell_unsure(ingest *run)
{
    const char *example = NULL;
    size_t n = 0;
    for (size_t i = 0; i < run->disappeared.n_items; i++) {
        const pil_disappeared_source *item = &run->disappeared.items[i];
        if (!item->is_unsure || item->is_taken)
            continue;
        n++;
        if (example == NULL)
            example = item->stored_path;
    }
    if (n == 0)
        return;
    char *path = pil_stored_path_resolve(run->options->index_directory, example);
    pil_report_message(run->report, path, 0,
                       "not there, but kept%s: its directory is empty or unreadable, as when a "
                       "disk is not mounted. If it is gone: pilcrow-index remove PATH",
                       n > 1 ? ", as others are" : "");
    free(path);
}

/* A picture does not show its language before it is read. */
static const char *ocr_language(const pil_ingest_options *options)
{
    if (!options->ocr)
        return NULL;
    return options->language[0] == '\0' ? "en" : options->language;
}

static pil_status start_reading(ingest *run, pil_error *err)
{
    pil_workers *workers = pil_index_writer_workers(run->writer);
    pil_status status = pil_cage_new(&run->cage, pil_workers_count(workers), err);
    if (status != PIL_OK)
        return status;
    const pil_reading_queue_options reading = {
        .workers = workers,
        .cage = run->cage,
        .memory_bytes = run->options->memory_bytes,
        .language = run->options->language,
        .text_column = run->options->text_column,
        .ocr_language = ocr_language(run->options),
        .set = run->options->set,
        .taker = take_item,
        .context = run,
    };
    return pil_reading_queue_new(&run->queue, &reading, err);
}

pil_status pil_ingest(const pil_ingest_options *options, const pil_walk *walk,
                      pil_index_writer *writer, const pil_catalogue *catalogue, pil_report *report,
                      pil_error *err)
{
    ingest run = {.options = options, .writer = writer, .catalogue = catalogue, .report = report};
    pil_status status = pil_disappeared_find(&run.disappeared, catalogue, options->index_directory,
                                             options->roots, options->n_roots, walk, err);
    if (status == PIL_OK && !options->dry_run)
        status = start_reading(&run, err);
    for (size_t i = 0; i < walk->n_files && status == PIL_OK; i++) {
        char *stored = pil_stored_path_from(options->index_directory, walk->files[i].path);
        if (stored == NULL)
            status = pil_error_no_memory(err);
        run.path = walk->files[i].path;
        run.stored_path = stored;
        choose_recipe(&run, walk->files[i].is_named);
        if (status == PIL_OK)
            status = take_file(&run, &walk->files[i], err);
        free(stored);
    }
    if (status == PIL_OK && options->reads_stdin)
        status = take_stdin(&run, err);
    if (status == PIL_OK)
        status = catch_up(&run, err);
    if (status == PIL_OK)
        status = remove_disappeared(&run, err);
    if (status == PIL_OK)
        tell_unsure(&run);
    pil_reading_queue_free(run.queue);
    pil_cage_free(run.cage);
    pil_disappeared_dispose(&run.disappeared);
    return status;
}
