#include "verbs.h"

#include "base/file.h"
#include "index/catalogue.h"
#include "index/stored_path.h"
#include "index/verify.h"
#include "walk.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What a person can do about it. */
static const char *advice(pil_status status)
{
    switch (status) {
    case PIL_NOT_FOUND:
        return "; make one with: pilcrow-index PATH...";
    case PIL_BUSY:
        return "; wait until it is done";
    case PIL_CORRUPT:
        return "; see what is damaged with pilcrow-index verify, then remove the index and index "
               "the folders again";
    default:
        return "";
    }
}

bool pil_verb_put_json(json_t *root)
{
    bool ok = root != NULL && json_dumpf(root, stdout, JSON_COMPACT) == 0;
    json_decref(root);
    putchar('\n');
    return ok;
}

pil_exit_code pil_verb_end_output(pil_report *report, bool ok)
{
    if (fflush(stdout) == 0 && ok)
        return PIL_EXIT_DONE;
    pil_report_message(report, NULL, 0, "cannot write to standard output");
    return PIL_EXIT_SYSTEM;
}

pil_exit_code pil_verb_fail(pil_report *report, const char *directory, pil_status status,
                            const pil_error *err)
{
    const char *message = status == PIL_NOT_FOUND ? "no index here" : err->message;
    pil_report_message(report, directory, 0, "%s%s", message, advice(status));
    return pil_exit_code_of(status);
}

pil_config_places pil_verb_config_places(const char *directory)
{
    return (pil_config_places){.index_directory = directory,
                               .config_home = getenv("XDG_CONFIG_HOME"),
                               .state_home = getenv("XDG_STATE_HOME"),
                               .home = getenv("HOME")};
}

/* What is gone still has a name in the index: the folder that it was in is resolved. */
static char *resolve_missing(char *path)
{
    for (size_t length = strlen(path); length > 1 && path[length - 1] == '/'; length--)
        path[length - 1] = '\0';
    char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    char *parent = NULL;
    if (slash == NULL) {
        parent = realpath(".", NULL);
    } else if (slash != path) {
        *slash = '\0';
        parent = pil_verb_resolve(path);
    } else {
        parent = strdup("");
    }
    char *joined = parent == NULL ? NULL : pil_file_join(parent, name);
    free(parent);
    return joined;
}

char *pil_verb_resolve(const char *path)
{
    char *resolved = realpath(path, NULL);
    if (resolved != NULL || errno != ENOENT)
        return resolved != NULL ? resolved : strdup(path);
    char *copy = strdup(path);
    char *missing = copy == NULL ? NULL : resolve_missing(copy);
    free(copy);
    return missing;
}

/* ---- merge ---- */

pil_status pil_verb_merge_steps(pil_index_writer *writer, bool all, pil_error *err)
{
    bool merged = true;
    pil_status status = PIL_OK;
    while (status == PIL_OK && merged)
        status = pil_index_writer_merge_step(writer, all, &merged, err);
    return status;
}

/* An index that is to be changed must be there: opening a writer would make one. */
static pil_status open_existing(pil_index_writer **writer, const pil_index_options *options,
                                const char *directory, pil_error *err)
{
    pil_manifest manifest = {0};
    *writer = NULL;
    pil_status status = pil_manifest_read(directory, &manifest, err);
    pil_manifest_dispose(&manifest);
    return status == PIL_OK
               ? pil_index_writer_open(
                     writer, directory,
                     &(pil_writer_options){options->memory, (unsigned)options->jobs}, err)
               : status;
}

pil_exit_code pil_verb_merge(const pil_index_options *options, const char *directory,
                             pil_report *report)
{
    pil_error err = {0};
    pil_index_writer *writer;
    pil_status status = open_existing(&writer, options, directory, &err);
    size_t before = 0, after = 0;
    if (status == PIL_OK) {
        before = pil_index_writer_manifest(writer)->n_segments;
        status = pil_verb_merge_steps(writer, true, &err);
        after = pil_index_writer_manifest(writer)->n_segments;
    }
    pil_index_writer_close(writer);
    if (status != PIL_OK)
        return pil_verb_fail(report, directory, status, &err);
    if (!report->is_quiet)
        printf("%zu segment%s, now %zu\n", before, before == 1 ? "" : "s", after);
    return PIL_EXIT_DONE;
}

/* ---- verify ---- */

static void tell_fault(void *context, const char *where, const char *problem)
{
    pil_report_message(context, where, 0, "%s", problem);
}

pil_exit_code pil_verb_verify(const pil_index_options *options, const char *directory,
                              pil_report *report)
{
    (void)options;
    pil_error err = {0};
    pil_verify_totals totals;
    pil_status status = pil_verify(directory, tell_fault, report, &totals, &err);
    if (status != PIL_OK)
        return pil_verb_fail(report, directory, status, &err);
    if (totals.n_faults > 0) {
        pil_report_message(report, directory, 0,
                           "%llu fault%s, which merging cannot mend; remove the index and index "
                           "the folders again",
                           (unsigned long long)totals.n_faults, totals.n_faults == 1 ? "" : "s");
        return PIL_EXIT_INDEX;
    }
    char a[32], b[32];
    if (!report->is_quiet)
        printf("no faults: %llu segment%s, %s articles, %s paragraphs, %.1f MB\n",
               (unsigned long long)totals.n_segments, totals.n_segments == 1 ? "" : "s",
               pil_report_number(totals.n_articles, a), pil_report_number(totals.n_paragraphs, b),
               (double)totals.n_bytes / 1e6);
    return PIL_EXIT_DONE;
}

/* ---- remove ---- */

/* Removes the sources at and below root; counts them in *n_sources. */
static pil_status remove_below(const pil_catalogue *catalogue, pil_index_writer *writer,
                               const char *directory, const char *root, bool dry_run,
                               size_t *n_sources, pil_report *report, pil_error *err)
{
    pil_status status = PIL_OK;
    *n_sources = 0;
    for (uint32_t i = 0; i < catalogue->paths.n_entries && status == PIL_OK; i++) {
        const pil_source *source = &catalogue->sources[i];
        if (source->state == PIL_SOURCE_GONE)
            continue;
        char *path = pil_stored_path_resolve(directory, source->path);
        if (path == NULL)
            return pil_error_no_memory(err);
        if (pil_walk_is_below(path, root)) {
            size_t n_articles = source->n_articles;
            ++*n_sources;
            pil_report_detail(report, path, "removed");
            if (!dry_run)
                status = pil_index_writer_remove_source(writer, source->path, &n_articles, err);
            report->n_removed += n_articles;
        }
        free(path);
    }
    return status;
}

static pil_status remove_paths(const pil_index_options *options, const char *directory,
                               const pil_catalogue *catalogue, pil_index_writer *writer,
                               pil_report *report, pil_error *err)
{
    pil_status status = PIL_OK;
    for (size_t i = 0; i < options->n_paths && status == PIL_OK; i++) {
        bool is_stdin = strcmp(options->paths[i], "-") == 0;
        char *root = is_stdin ? strdup("-") : pil_verb_resolve(options->paths[i]);
        size_t n_sources = 0;
        if (root == NULL)
            return pil_error_no_memory(err);
        status = remove_below(catalogue, writer, directory, root, options->dry_run, &n_sources,
                              report, err);
        if (status == PIL_OK && n_sources == 0) {
            pil_report_message(report, options->paths[i], 0, "not in the index; skipped");
            report->n_skipped++;
        }
        free(root);
    }
    return status;
}

static pil_status remove_dry(const pil_index_options *options, const char *directory,
                             pil_report *report, pil_error *err)
{
    pil_manifest manifest = {0};
    pil_catalogue catalogue = {0};
    pil_status status = pil_catalogue_read_current(directory, &manifest, &catalogue, err);
    if (status == PIL_OK)
        status = remove_paths(options, directory, &catalogue, NULL, report, err);
    pil_manifest_dispose(&manifest);
    pil_catalogue_dispose(&catalogue);
    return status;
}

static pil_status remove_and_commit(const pil_index_options *options, const char *directory,
                                    pil_report *report, pil_error *err)
{
    pil_index_writer *writer;
    pil_status status = open_existing(&writer, options, directory, err);
    if (status == PIL_OK)
        status = remove_paths(options, directory, pil_index_writer_catalogue(writer), writer,
                              report, err);
    if (status == PIL_OK)
        status = pil_index_writer_commit(writer, err);
    if (status == PIL_OK)
        status = pil_verb_merge_steps(writer, false, err);
    pil_index_writer_close(writer);
    return status;
}

pil_exit_code pil_verb_remove(const pil_index_options *options, const char *directory,
                              pil_report *report)
{
    pil_error err = {0};
    pil_status status = options->dry_run ? remove_dry(options, directory, report, &err)
                                         : remove_and_commit(options, directory, report, &err);
    if (status != PIL_OK)
        return pil_verb_fail(report, directory, status, &err);
    if (!report->is_quiet)
        printf("%zu article%s %s\n", report->n_removed, report->n_removed == 1 ? "" : "s",
               options->dry_run ? "would be removed" : "removed");
    return report->n_skipped > 0 ? PIL_EXIT_SKIPPED : PIL_EXIT_DONE;
}
