#include "verbs.h"

#include "article.h"
#include "base/hash.h"
#include "cli/terminal.h"
#include "ingest.h"
#include "progress.h"
#include "text/analyser.h"
#include "walk.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Goes up when the readers make other articles or paragraphs of the same bytes. */
#define READER_VERSION 4

/* Everything that the records of an article depend on but its bytes. (What its terms depend on,
 * the analyser, is the segment's stamp: merging brings that up to date.) */
static uint64_t make_recipe(const char *language, const pil_index_options *options)
{
    char text[256];
    int n = snprintf(text, sizeof text, "%d\n%s\n%d\n%.150s", READER_VERSION, language,
                     options->format, options->text_column == NULL ? "" : options->text_column);
    uint64_t recipe = pil_hash64(text, (size_t)n);
    for (size_t i = 0; i < options->set.n_items; i++) {
        const char *set = options->set.items[i];
        recipe = recipe * 31 + pil_hash64(set, strlen(set));
    }
    return recipe;
}

/* What the PATHs of the command line come to. */
typedef struct inputs {
    pil_walk walk;
    char **roots;
    size_t n_roots;
    bool reads_stdin;
} inputs;

static void dispose_inputs(inputs *in)
{
    for (size_t i = 0; i < in->n_roots; i++)
        free(in->roots[i]);
    free(in->roots);
    pil_walk_dispose(&in->walk);
}

/* A PATH that is not there removes nothing: it may be misspelt, or its disk not mounted. */
static pil_status add_path(inputs *in, const char *path, pil_report *report, pil_error *err)
{
    if (strcmp(path, "-") == 0) {
        in->reads_stdin = true;
        return PIL_OK;
    }
    char *resolved = realpath(path, NULL);
    pil_error failure;
    pil_status status = PIL_NOT_FOUND;
    int cause = errno;
    struct stat info;
    if (resolved != NULL)
        status = pil_walk_add(&in->walk, resolved, &failure);
    else if (stat(path, &info) == 0) /* a pipe in /dev/fd, say, which has no name */
        pil_error_set(&failure, status, "not a regular file: only files and directories are read");
    else
        status = pil_error_set_errno(&failure, cause, "cannot read");
    if (status == PIL_OK) {
        in->roots[in->n_roots++] = resolved;
        return PIL_OK;
    }
    free(resolved);
    if (status == PIL_NO_MEMORY)
        return pil_error_no_memory(err);
    pil_report_message(report, path, 0, "%s; skipped", failure.message);
    report->n_skipped++;
    return PIL_OK;
}

static pil_status gather(const pil_index_options *options, const char *directory,
                         const pil_file_filters *filters, inputs *in, pil_report *report,
                         pil_error *err)
{
    in->roots = calloc(options->n_paths, sizeof *in->roots);
    in->walk.excluded = directory;
    in->walk.filters = filters;
    if (in->roots == NULL)
        return pil_error_no_memory(err);
    pil_status status = PIL_OK;
    for (size_t i = 0; i < options->n_paths && status == PIL_OK; i++)
        status = add_path(in, options->paths[i], report, err);
    return status;
}

static uint64_t total_bytes(const pil_walk *walk)
{
    uint64_t total = 0;
    for (size_t i = 0; i < walk->n_files; i++)
        total += walk->files[i].stat.n_bytes;
    return total;
}

static void show_progress(const pil_index_options *options, const pil_walk *walk,
                          pil_report *report)
{
    bool is_wanted =
        options->progress == PIL_WHEN_ALWAYS ||
        (options->progress == PIL_WHEN_AUTO && isatty(STDERR_FILENO) && !options->quiet);
    if (is_wanted)
        report->progress = pil_progress_new(pil_terminal_width(STDERR_FILENO, getenv("COLUMNS")),
                                            total_bytes(walk));
}

static void tell_passed_over(const pil_walk *walk, pil_report *report)
{
    size_t n = walk->n_other_kinds + walk->n_hidden + walk->n_links;
    bool is_empty = walk->n_files == 0 && n > 0;
    if (n == 0 || (!report->is_verbose && !is_empty))
        return;
    pil_report_message(
        report, NULL, 0,
        "passed over: %zu of other kinds (pilcrow-index formats lists what is read), "
        "%zu hidden, %zu symbolic links",
        walk->n_other_kinds, walk->n_hidden, walk->n_links);
}

static pil_status run_dry(const pil_ingest_options *ingest, const inputs *in, pil_report *report,
                          pil_error *err)
{
    pil_manifest manifest = {0};
    pil_catalogue catalogue = {0};
    pil_status status =
        pil_catalogue_read_current(ingest->index_directory, &manifest, &catalogue, err);
    if (status == PIL_NOT_FOUND)
        status = PIL_OK;
    if (status == PIL_OK)
        status = pil_ingest(ingest, &in->walk, NULL, &catalogue, report, err);
    pil_manifest_dispose(&manifest);
    pil_catalogue_dispose(&catalogue);
    return status;
}

static pil_status run(const pil_index_options *options, const pil_ingest_options *ingest,
                      const inputs *in, pil_index_writer *writer, pil_report *report,
                      pil_error *err)
{
    show_progress(options, &in->walk, report);
    pil_status status =
        pil_ingest(ingest, &in->walk, writer, pil_index_writer_catalogue(writer), report, err);
    if (status == PIL_OK)
        status = pil_index_writer_commit(writer, err);
    pil_progress_free(report->progress);
    report->progress = NULL;
    return status;
}

static pil_exit_code finish(pil_report *report)
{
    if (!pil_report_summary(report)) {
        pil_report_message(report, NULL, 0, "cannot write to standard output");
        return PIL_EXIT_SYSTEM;
    }
    return report->n_skipped > 0 ? PIL_EXIT_SKIPPED : PIL_EXIT_DONE;
}

static pil_exit_code index_inputs(const pil_index_options *options, const char *directory,
                                  const inputs *in, pil_ingest_options *ingest, pil_report *report)
{
    pil_error err = {0};
    pil_index_writer *writer = NULL;
    if (options->dry_run) {
        pil_status status = run_dry(ingest, in, report, &err);
        return status == PIL_OK ? finish(report) : pil_verb_fail(report, directory, status, &err);
    }
    pil_status status = pil_index_writer_open(
        &writer, directory, &(pil_writer_options){options->memory, (unsigned)options->jobs}, &err);
    if (status == PIL_OK)
        status = run(options, ingest, in, writer, report, &err);
    pil_exit_code code = PIL_EXIT_DONE;
    if (status == PIL_OK)
        code = finish(report);
    /* The commit is reported: breaking the merge off loses nothing. */
    if (status == PIL_OK)
        status = pil_verb_merge_steps(writer, false, &err);
    pil_index_writer_close(writer);
    return status == PIL_OK ? code : pil_verb_fail(report, directory, status, &err);
}

pil_exit_code pil_verb_index(const pil_index_options *options, const char *directory,
                             pil_report *report)
{
    char language[PIL_LANGUAGE_MAX] = "";
    if (options->language != NULL && !pil_language_normalise(options->language, language)) {
        pil_report_message(report, NULL, 0,
                           "--language: %.40s is no language; write a code, as en, sr or pt",
                           options->language);
        return PIL_EXIT_USAGE;
    }
    pil_error err = {0};
    pil_set_fields set;
    pil_file_filters filters = {0};
    const pil_config_places places = pil_verb_config_places(directory);
    pil_status status = pil_set_fields_parse(&set, &options->set, &err);
    if (status == PIL_OK)
        status = pil_filter_config_load(&places, &options->filter, &filters, &err);
    if (status != PIL_OK) {
        pil_report_message(report, NULL, 0, "%s", err.message);
        pil_file_filters_dispose(&filters);
        return pil_exit_code_of(status);
    }
    inputs in = {0};
    pil_ingest_options ingest = {
        .set = &set,
        .index_directory = directory,
        .language = language,
        .text_column = options->text_column,
        .format = (pil_format)options->format,
        .memory_bytes = options->memory,
        .filters = &filters,
        .recipe = make_recipe(language, options),
        .ocr = options->ocr,
        .retry = options->retry,
        .keep_missing = options->no_delete,
        .dry_run = options->dry_run,
    };
    pil_exit_code code;
    status = gather(options, directory, &filters, &in, report, &err);
    ingest.roots = (const char *const *)in.roots;
    ingest.n_roots = in.n_roots;
    ingest.reads_stdin = in.reads_stdin;
    if (status == PIL_OK)
        tell_passed_over(&in.walk, report);
    if (status != PIL_OK)
        code = pil_verb_fail(report, directory, status, &err);
    else if (in.n_roots == 0 && !in.reads_stdin)
        code = PIL_EXIT_SKIPPED; /* nothing to do: make no index for it */
    else
        code = index_inputs(options, directory, &in, &ingest, report);
    dispose_inputs(&in);
    pil_file_filters_dispose(&filters);
    return code;
}
