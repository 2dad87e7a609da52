#include "index/verify.h"

#include "base/file.h"
#include "checksums.h"
#include "index/catalogue.h"
#include "index/manifest.h"
#include "index/segment.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One verification under way. */
typedef struct verification {
    const char *directory;
    pil_verify_report report;
    void *context;
    pil_verify_totals *totals;
    const pil_manifest *manifest;      /* NULL before it was read */
    const pil_manifest_segment *entry; /* the segment being checked; NULL: the catalogue */
    uint64_t generation;
    bool is_replaced; /* a writer replaced the manifest: what is missing may be its doing */
    pil_buffer record_strings, meta_strings;
} verification;

/* A writer may have replaced what is being checked: faults in what the manifest does not name any
 * more are none. */
static bool is_still_named(const verification *run)
{
    pil_manifest now = {0};
    bool is_named = pil_manifest_read(run->directory, &now, NULL) != PIL_OK;
    if (run->entry == NULL)
        is_named |= now.generation == run->generation;
    for (size_t i = 0; run->entry != NULL && i < now.n_segments; i++)
        is_named |= strcmp(now.segments[i].id, run->entry->id) == 0;
    pil_manifest_dispose(&now);
    return is_named;
}

static void fault(verification *run, const char *where, const char *problem)
{
    if (!is_still_named(run))
        return;
    run->totals->n_faults++;
    run->is_replaced =
        run->is_replaced ||
        (run->manifest != NULL && pil_manifest_is_replaced(run->directory, run->manifest));
    if (!run->is_replaced)
        run->report(run->context, where, problem);
}

static void file_fault(void *context, const char *name, const char *problem)
{
    verification *run = context;
    char where[512];
    snprintf(where, sizeof where, "segments/%s/%s", run->entry->id, name);
    fault(run, where, problem);
}

static void record_fault(verification *run, uint32_t docid, const char *problem)
{
    char where[128];
    snprintf(where, sizeof where, "segments/%s, paragraph %u", run->entry->id, (unsigned)docid);
    fault(run, where, problem);
}

static bool is_fatal(pil_status status)
{
    return status == PIL_NO_MEMORY;
}

/* The paragraphs of one article: numbered from 1, as many as its metadata says. */
static pil_status check_article(verification *run, pil_segment *segment, uint32_t *docid,
                                pil_error *err)
{
    pil_article_meta meta;
    pil_error failure;
    uint32_t first = *docid;
    pil_status status = pil_segment_article(segment, first, &run->meta_strings, &meta, &failure);
    if (is_fatal(status))
        return pil_error_no_memory(err);
    if (status != PIL_OK) {
        record_fault(run, first, failure.message);
        ++*docid;
        return PIL_OK;
    }
    run->totals->n_articles++;
    uint32_t n_left = run->entry->n_paragraphs - first + 1;
    uint32_t n = meta.n_paragraphs < n_left ? meta.n_paragraphs : n_left;
    if (n < meta.n_paragraphs || n == 0)
        record_fault(run, first, "its article has another number of paragraphs");
    for (uint32_t i = 0; i < n; i++) {
        pil_record record;
        status = pil_segment_record(segment, first + i, &run->record_strings, &record, &failure);
        if (is_fatal(status))
            return pil_error_no_memory(err);
        if (status != PIL_OK)
            record_fault(run, first + i, failure.message);
        else if (record.number != i + 1)
            record_fault(run, first + i, "it is another paragraph's record");
        run->totals->n_paragraphs++;
    }
    *docid = first + (n == 0 ? 1 : n);
    return PIL_OK;
}

static pil_status check_records(verification *run, pil_error *err)
{
    pil_segment segment;
    pil_error failure;
    pil_status status = pil_segment_open(&segment, run->directory, run->entry, &failure);
    if (is_fatal(status))
        return pil_error_no_memory(err);
    if (status != PIL_OK) {
        file_fault(run, "iamglass", failure.message);
        return PIL_OK;
    }
    for (uint32_t docid = 1; docid <= run->entry->n_paragraphs && status == PIL_OK;)
        status = check_article(run, &segment, &docid, err);
    pil_segment_close(&segment);
    return status;
}

static pil_status check_segment(verification *run, pil_error *err)
{
    char *path = pil_manifest_segment_path(run->directory, run->entry->id);
    if (path == NULL)
        return pil_error_no_memory(err);
    uint64_t n_faults = run->totals->n_faults;
    run->totals->n_segments++;
    pil_status status = pil_checksums_verify(path, &run->entry->checksums, file_fault, run,
                                             &run->totals->n_bytes, err);
    free(path);
    /* What is damaged is not shown to libxapian, which may crash on it. */
    if (status == PIL_OK && run->totals->n_faults == n_faults)
        status = check_records(run, err);
    return status;
}

static pil_status check_catalogue(verification *run, const pil_manifest *manifest, pil_error *err)
{
    pil_catalogue catalogue = {0};
    pil_error failure;
    pil_status status = pil_catalogue_read(run->directory, manifest, &catalogue, &failure);
    if (is_fatal(status))
        return pil_error_no_memory(err);
    if (status != PIL_OK)
        fault(run, "the catalogue", failure.message);
    for (size_t i = 0; i < manifest->n_catalogues; i++)
        run->totals->n_bytes += manifest->catalogues[i].n_bytes;
    pil_catalogue_dispose(&catalogue);
    return PIL_OK;
}

pil_status pil_verify(const char *directory, pil_verify_report report, void *context,
                      pil_verify_totals *totals, pil_error *err)
{
    *totals = (pil_verify_totals){0};
    verification run = {
        .directory = directory, .report = report, .context = context, .totals = totals};
    pil_buffer_init(&run.record_strings, PIL_RECORD_MAX_BYTES);
    pil_buffer_init(&run.meta_strings, PIL_RECORD_MAX_BYTES);
    pil_manifest manifest = {0};
    pil_error failure;
    pil_status status = pil_manifest_read(directory, &manifest, &failure);
    if (status == PIL_CORRUPT) {
        fault(&run, "manifest", failure.message);
        return PIL_OK;
    }
    if (status != PIL_OK)
        return pil_error_set(err, status, "%s", failure.message);
    run.manifest = &manifest;
    run.generation = manifest.generation;
    status = check_catalogue(&run, &manifest, err);
    for (size_t i = 0; i < manifest.n_segments && status == PIL_OK && !run.is_replaced; i++) {
        run.entry = &manifest.segments[i];
        status = check_segment(&run, err);
    }
    if (status == PIL_OK && run.is_replaced)
        status = pil_error_set(err, PIL_STALE, "it changed while it was verified; verify it again");
    pil_buffer_dispose(&run.record_strings);
    pil_buffer_dispose(&run.meta_strings);
    pil_manifest_dispose(&manifest);
    return status;
}
