#include "ingest.h"

#include "base/hash.h"
#include "disappeared.h"
#include "index/stored_path.h"
#include "progress.h"
#include "source_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A broken file has few faults or all of them: these are shown, the rest counted. */
enum { MAX_NOTES_SHOWN = 10 };

/* The work under way. */
typedef struct ingest {
    const pil_ingest_options *options;
    pil_index_writer *writer;
    const pil_catalogue *catalogue;
    pil_report *report;
    pil_disappeared disappeared;
    /* the source being read */
    const char *path; /* absolute, or "-" */
    const char *stored_path;
    uint32_t line_offset;
    size_t n_notes, n_records_skipped;
    char reason[256];        /* of the first record skipped */
    pil_status index_status; /* what the index said when the sink stopped the reading */
    pil_error index_error;
} ingest;

/* ---- what the readers hand out ---- */

static void on_progress(void *context, uint64_t n_bytes, uint32_t line_offset)
{
    ingest *run = context;
    run->line_offset = line_offset;
    pil_progress_add_bytes(run->report->progress, n_bytes);
}

static void on_note(void *context, const pil_read_note *note)
{
    ingest *run = context;
    uint32_t line = note->line == 0 ? 0 : note->line + run->line_offset;
    if (note->skipped) {
        if (run->n_records_skipped++ == 0) {
            char place[32] = "";
            if (line > 0)
                snprintf(place, sizeof place, "line %lu: ", (unsigned long)line);
            snprintf(run->reason, sizeof run->reason, "%s%s", place, note->message);
        }
        run->report->n_skipped++;
    }
    if (run->n_notes++ < MAX_NOTES_SHOWN)
        pil_report_message(run->report, run->path, line, "%s%s", note->message,
                           note->skipped ? "; skipped" : "");
}

/* The id of an article: its file's path, and what tells it from others in the file. A record
 * without an id is known by its bytes, and so is a text from standard input, which has no path. */
static char *make_article_id(const ingest *run, const pil_article *article)
{
    char digest[17] = "";
    bool is_stdin = strcmp(run->path, "-") == 0;
    bool is_record = article->record_id != NULL || run->options->format == PIL_FORMAT_JSONL ||
                     pil_format_of_name(run->path) == PIL_FORMAT_JSONL;
    const char *suffix = article->record_id;
    if (suffix == NULL && (is_record || is_stdin)) {
        snprintf(digest, sizeof digest, "%016llx",
                 (unsigned long long)pil_hash64(article->raw, article->raw_bytes));
        suffix = digest;
    }
    size_t size = strlen(run->stored_path) + (suffix == NULL ? 0 : strlen(suffix)) + 2;
    char *id = malloc(size);
    if (id != NULL)
        snprintf(id, size, "%s%s%s", run->stored_path, suffix == NULL ? "" : "#",
                 suffix == NULL ? "" : suffix);
    return id;
}

/* A record's line is shown with it, so a record that has moved to another line has changed. */
static pil_digest digest_of_article(const ingest *run, const pil_article *article)
{
    pil_digest digest = pil_digest_of(article->raw, article->raw_bytes);
    char with_line[PIL_DIGEST_LENGTH + 16];
    int n = snprintf(with_line, sizeof with_line, "%s %lu", digest.hex,
                     (unsigned long)(article->record_line + run->line_offset));
    return pil_digest_of(with_line, (size_t)n);
}

static void count_outcome(ingest *run, pil_article_outcome outcome, const char *id)
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
        pil_report_message(run->report, run->path, 0,
                           "the id %.100s comes more than once: the last one counts",
                           id + strlen(run->stored_path) + 1);
        break;
    }
}

static pil_status on_article(void *context, const pil_article *article, pil_error *err)
{
    ingest *run = context;
    char *id = make_article_id(run, article);
    if (id == NULL)
        return pil_error_no_memory(err);
    pil_new_article added = {
        .meta = {.id = id,
                 .path = run->stored_path,
                 .title = article->title,
                 .author = article->author,
                 .date = article->date,
                 .language = article->language,
                 .source = article->source,
                 .url = article->url},
        .default_language = run->options->language,
        .content = digest_of_article(run, article),
        .paragraphs = article->paragraphs,
        .line_offset = run->line_offset,
    };
    pil_article_outcome outcome;
    run->index_status =
        pil_index_writer_add_article(run->writer, &added, &outcome, &run->index_error);
    if (run->index_status == PIL_OK) {
        count_outcome(run, outcome, id);
        pil_progress_add_article(run->report->progress, article->paragraphs->n_items);
    }
    free(id);
    return run->index_status == PIL_OK
               ? PIL_OK
               : pil_error_set(err, run->index_status, "%s", run->index_error.message);
}

/* ---- one source ---- */

static pil_status skip(ingest *run, const pil_source_stat *stat, const char *reason, pil_error *err)
{
    pil_report_message(run->report, run->path, 0, "%s; skipped", reason);
    run->report->n_skipped++;
    if (run->options->dry_run)
        return PIL_OK;
    return pil_index_writer_skip_source(run->writer, run->stored_path, stat, reason, err);
}

static pil_format format_of(const ingest *run, bool is_named)
{
    if (run->options->format != PIL_FORMAT_NONE)
        return run->options->format;
    pil_format format = pil_format_of_name(run->path);
    /* Who names a file without a known ending means it: README, notes, standard input. */
    return format == PIL_FORMAT_NONE && is_named ? PIL_FORMAT_TEXT : format;
}

static void begin_reading(ingest *run)
{
    run->line_offset = 0;
    run->n_notes = run->n_records_skipped = 0;
    run->reason[0] = '\0';
    run->index_status = PIL_OK;
}

static void finish_notes(ingest *run)
{
    if (run->n_notes > MAX_NOTES_SHOWN)
        pil_report_message(run->report, run->path, 0, "and %zu more such messages",
                           run->n_notes - MAX_NOTES_SHOWN);
    if (run->n_records_skipped > 1) {
        char first[sizeof run->reason];
        memcpy(first, run->reason, sizeof first);
        snprintf(run->reason, sizeof run->reason, "%zu records, the first: %.200s",
                 run->n_records_skipped, first);
    }
}

static pil_status read_source(ingest *run, int fd, const pil_source_stat *stat,
                              const pil_digest *content, bool is_named, bool keep_missing,
                              pil_error *err)
{
    begin_reading(run);
    pil_status status = pil_index_writer_begin_source(run->writer, run->stored_path, stat, content,
                                                      run->options->recipe, err);
    if (status != PIL_OK)
        return status;
    const pil_article_sink sink = {.article = on_article, .note = on_note, .context = run};
    uint64_t size = fd == STDIN_FILENO ? UINT64_MAX : stat->n_bytes;
    pil_error failure = {0};
    status = pil_source_file_read(fd, size, format_of(run, is_named), NULL, &sink, on_progress,
                                  &failure);
    if (run->index_status != PIL_OK)
        return pil_error_set(err, run->index_status, "%s", run->index_error.message);
    if (status == PIL_NO_MEMORY)
        return pil_error_no_memory(err);
    finish_notes(run);
    size_t n_removed = 0;
    bool is_broken = status != PIL_OK;
    /* A record that cannot be read now may be one of those that have not come again. */
    bool keeps = keep_missing || is_broken || run->n_records_skipped > 0;
    pil_status ended = pil_index_writer_end_source(
        run->writer, keeps, is_broken ? failure.message : run->reason, &n_removed, err);
    if (is_broken)
        run->report->n_skipped -= run->n_records_skipped; /* it counts once, as a whole */
    run->report->n_removed += n_removed;
    if (ended == PIL_OK && is_broken)
        ended = skip(run, stat, failure.message, err);
    return ended;
}

static void count_unchanged(ingest *run, const pil_source *source)
{
    run->report->n_unchanged += source->n_articles;
    pil_progress_add_bytes(run->report->progress, source->stat.n_bytes);
}

static bool is_fresh(const pil_source *source, uint64_t recipe)
{
    return source != NULL && source->state == PIL_SOURCE_INDEXED && source->recipe == recipe &&
           source->reason[0] == '\0';
}

/* What was read as another format would be read differently now. */
static pil_disappeared_source *find_moved(ingest *run, const pil_source_stat *stat,
                                          const pil_digest *content)
{
    pil_disappeared_source *from =
        pil_disappeared_match(&run->disappeared, stat, content, run->options->recipe);
    bool is_same_format =
        from != NULL && pil_format_of_name(from->stored_path) == pil_format_of_name(run->path);
    return is_same_format ? from : NULL;
}

static pil_status take_moved(ingest *run, pil_disappeared_source *from, const pil_source_stat *stat,
                             pil_error *err)
{
    size_t n_articles = from->n_articles;
    pil_status status = PIL_OK;
    if (!run->options->dry_run)
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

/* An opened file: unchanged but for its stat, moved, or to be read. */
static pil_status take_open_file(ingest *run, const pil_walk_file *file, pil_source_file *opened,
                                 pil_error *err)
{
    const pil_source *source = pil_catalogue_find(run->catalogue, run->stored_path);
    pil_digest content;
    pil_error failure;
    bool by_lines = format_of(run, file->is_named) == PIL_FORMAT_JSONL;
    if (opened->stat.n_bytes > PIL_SOURCE_MAX_BYTES && !by_lines)
        return skip(run, &opened->stat, "the file is over the limit of 1 GiB: split it", err);
    pil_status status = pil_source_file_digest(opened, &content, &failure);
    if (status == PIL_NO_MEMORY)
        return pil_error_no_memory(err);
    if (status != PIL_OK)
        return skip(run, &opened->stat, failure.message, err);
    uint64_t recipe = run->options->recipe;
    if (is_fresh(source, recipe) && strcmp(source->content.hex, content.hex) == 0) {
        count_unchanged(run, source);
        pil_report_detail(run->report, run->path, "unchanged");
        return run->options->dry_run ? PIL_OK
                                     : pil_index_writer_touch_source(run->writer, run->stored_path,
                                                                     &opened->stat, err);
    }
    pil_disappeared_source *from = source != NULL ? NULL : find_moved(run, &opened->stat, &content);
    if (from != NULL)
        return take_moved(run, from, &opened->stat, err);
    if (run->options->dry_run) {
        count_dry(run, source);
        return PIL_OK;
    }
    pil_report_detail(run->report, run->path, source == NULL ? "new" : "changed");
    return read_source(run, opened->fd, &opened->stat, &content, file->is_named, false, err);
}

static pil_status take_file(ingest *run, const pil_walk_file *file, pil_error *err)
{
    if (file->problem != NULL)
        return skip(run, &file->stat, file->problem, err);
    const pil_source *source = pil_catalogue_find(run->catalogue, run->stored_path);
    uint64_t recipe = run->options->recipe;
    if (is_fresh(source, recipe) && memcmp(&source->stat, &file->stat, sizeof file->stat) == 0) {
        count_unchanged(run, source);
        return PIL_OK;
    }
    pil_disappeared_source *from = source != NULL ? NULL : find_moved(run, &file->stat, NULL);
    if (from != NULL)
        return take_moved(run, from, &file->stat, err);
    pil_source_file opened;
    pil_error failure;
    if (pil_source_file_open(&opened, file->path, &failure) != PIL_OK)
        return skip(run, &file->stat, failure.message, err);
    pil_status status = take_open_file(run, file, &opened, err);
    pil_source_file_close(&opened);
    return status;
}

static pil_status take_stdin(ingest *run, pil_error *err)
{
    run->path = run->stored_path = "-";
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

pil_status pil_ingest(const pil_ingest_options *options, const pil_walk *walk,
                      pil_index_writer *writer, const pil_catalogue *catalogue, pil_report *report,
                      pil_error *err)
{
    ingest run = {.options = options, .writer = writer, .catalogue = catalogue, .report = report};
    pil_status status = pil_disappeared_find(&run.disappeared, catalogue, options->index_directory,
                                             options->roots, options->n_roots, walk, err);
    for (size_t i = 0; i < walk->n_files && status == PIL_OK; i++) {
        char *stored = pil_stored_path_from(options->index_directory, walk->files[i].path);
        if (stored == NULL)
            status = pil_error_no_memory(err);
        run.path = walk->files[i].path;
        run.stored_path = stored;
        if (status == PIL_OK)
            status = take_file(&run, &walk->files[i], err);
        free(stored);
    }
    if (status == PIL_OK && options->reads_stdin)
        status = take_stdin(&run, err);
    if (status == PIL_OK)
        status = remove_disappeared(&run, err);
    if (status == PIL_OK)
        tell_unsure(&run);
    pil_disappeared_dispose(&run.disappeared);
    return status;
}
