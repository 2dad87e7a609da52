#include "index/snapshot.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_ATTEMPTS = 4 }; /* the first, and three more when a merge came between */

static pil_status open_combined(pil_snapshot *snapshot, pil_error *err)
{
    size_t n = snapshot->manifest.n_segments;
    if (n == 0)
        return PIL_OK;
    char **paths = calloc(n, sizeof *paths);
    pil_status status = paths == NULL ? pil_error_no_memory(err) : PIL_OK;
    for (size_t i = 0; i < n && status == PIL_OK; i++) {
        paths[i] =
            pil_manifest_segment_path(snapshot->directory, snapshot->manifest.segments[i].id);
        if (paths[i] == NULL)
            status = pil_error_no_memory(err);
    }
    xc_error failure;
    if (status == PIL_OK && xc_database_open_many((const char *const *)paths, n,
                                                  &snapshot->combined, &failure) != XC_OK)
        status = pil_status_from_xapian(&failure, err);
    for (size_t i = 0; paths != NULL && i < n; i++)
        free(paths[i]);
    free(paths);
    return status;
}

static pil_status open_once(pil_snapshot *snapshot, pil_error *err)
{
    pil_status status = pil_manifest_read(snapshot->directory, &snapshot->manifest, err);
    size_t n = snapshot->manifest.n_segments;
    if (status == PIL_OK) {
        snapshot->segments = calloc(n + 1, sizeof *snapshot->segments);
        if (snapshot->segments == NULL)
            status = pil_error_no_memory(err);
    }
    if (status == PIL_OK)
        status = pil_dictionaries_open(&snapshot->dictionaries, snapshot->directory,
                                       &snapshot->manifest, err);
    if (status == PIL_OK)
        status = pil_dictionaries_load(snapshot->dictionaries, err);
    for (size_t i = 0; i < n && status == PIL_OK; i++)
        status = pil_segment_open(&snapshot->segments[i], snapshot->directory,
                                  &snapshot->manifest.segments[i], snapshot->dictionaries, err);
    if (status == PIL_OK)
        status = open_combined(snapshot, err);
    for (size_t i = 0; i < n && status == PIL_OK; i++)
        status = pil_segment_is_in_place(&snapshot->segments[i], snapshot->directory, err);
    return status;
}

static void close_files(pil_snapshot *snapshot)
{
    xc_database_free(snapshot->combined);
    for (size_t i = 0; snapshot->segments != NULL && i < snapshot->manifest.n_segments; i++)
        pil_segment_close(&snapshot->segments[i]);
    free(snapshot->segments);
    pil_dictionaries_close(snapshot->dictionaries);
    pil_manifest_dispose(&snapshot->manifest);
    snapshot->combined = NULL;
    snapshot->segments = NULL;
    snapshot->dictionaries = NULL;
}

pil_status pil_snapshot_open(pil_snapshot *out, const char *directory, pil_error *err)
{
    pil_snapshot snapshot = {.directory = realpath(directory, NULL)};
    if (snapshot.directory == NULL)
        return pil_error_set_errno(err, errno, "cannot resolve the directory");
    pil_status status = PIL_STALE;
    bool is_replaced = false;
    for (int attempt = 0; attempt < MAX_ATTEMPTS && status == PIL_STALE; attempt++) {
        status = open_once(&snapshot, err);
        /* A writer may remove files while they are being opened, which fails in many ways. A
         * manifest that was replaced meanwhile tells it from damage. */
        is_replaced = status != PIL_OK && status != PIL_NO_MEMORY &&
                      pil_manifest_is_replaced(snapshot.directory, &snapshot.manifest);
        if (is_replaced)
            status = PIL_STALE;
        if (status != PIL_OK)
            close_files(&snapshot);
    }
    if (status == PIL_OK) {
        *out = snapshot;
        return PIL_OK;
    }
    free(snapshot.directory);
    if (status == PIL_NOT_FOUND)
        return pil_error_set(err, PIL_NOT_FOUND, "it has no manifest");
    if (is_replaced)
        return pil_error_set(err, PIL_STALE, "it changes faster than it can be opened");
    if (status == PIL_STALE) /* gone for good, and not by a merge */
        status = PIL_CORRUPT;
    if (err != NULL)
        err->status = status;
    return status;
}

void pil_snapshot_close(pil_snapshot *snapshot)
{
    close_files(snapshot);
    free(snapshot->directory);
    *snapshot = (pil_snapshot){0};
}

pil_status pil_snapshot_lookup(pil_snapshot *snapshot, const char *form, size_t form_bytes,
                               const char *language, pil_lexicon_entry *entry, pil_error *err)
{
    *entry = (pil_lexicon_entry){0};
    pil_status status = PIL_OK;
    for (size_t i = 0; i < snapshot->manifest.n_segments && status == PIL_OK; i++)
        status = pil_segment_lookup(&snapshot->segments[i], form, form_bytes, language, entry, err);
    return status;
}
