#include "index/verify.h"

#include "base/file.h"
#include "checksums.h"
#include "index/catalogue.h"
#include "index/dictionary.h"
#include "index/manifest.h"
#include "index/schema.h"
#include "index/segment.h"

#include <inttypes.h>
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
    const pil_manifest_segment *entry; /* the segment being checked; NULL: what all share */
    bool is_replaced; /* a writer replaced the manifest: what is missing may be its doing */
    pil_dictionaries *dictionaries;
    bool *is_damaged; /* beside manifest->dictionaries */
    pil_buffer record_strings, meta_strings;
} verification;

/* A writer may have replaced what is being checked: faults in what the manifest does not name any
 * more are none. */
static bool is_still_named(const verification *run)
{
    pil_manifest now = {0};
    bool is_named = pil_manifest_read(run->directory, &now, NULL) != PIL_OK;
    if (run->entry == NULL)
        is_named |= run->manifest == NULL || now.generation == run->manifest->generation;
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

static void segment_fault(verification *run, const char *problem)
{
    char where[64];
    snprintf(where, sizeof where, "segments/%s", run->entry->id);
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

/* What the manifest counts of it is what libxapian counts. */
static void check_counts(verification *run, pil_segment *segment)
{
    xc_stats stats;
    xc_error failure;
    if (xc_database_stats(segment->database, &stats, &failure) != XC_OK)
        segment_fault(run, failure.message);
    else if (stats.n_docs != run->entry->n_paragraphs || stats.last_docid != stats.n_docs)
        segment_fault(run, "it has another number of paragraphs than the manifest says");
    else if (stats.total_length != run->entry->n_words)
        segment_fault(run, "it has another number of words than the manifest says");
}

static pil_status check_records(verification *run, pil_error *err)
{
    pil_segment segment;
    pil_error failure;
    pil_status status =
        pil_segment_open(&segment, run->directory, run->entry, run->dictionaries, &failure);
    if (is_fatal(status))
        return pil_error_no_memory(err);
    if (status != PIL_OK) {
        file_fault(run, "iamglass", failure.message);
        return PIL_OK;
    }
    check_counts(run, &segment);
    for (uint32_t docid = 1; docid <= run->entry->n_paragraphs && status == PIL_OK;)
        status = check_article(run, &segment, &docid, err);
    pil_segment_close(&segment);
    return status;
}

/* True when all that the segment's records are compressed with is there and whole. */
static bool has_dictionaries(verification *run)
{
    bool has_all = true;
    for (size_t i = 0; i < run->entry->n_dictionaries; i++) {
        const pil_manifest *manifest = run->manifest;
        size_t at = 0;
        while (at < manifest->n_dictionaries &&
               manifest->dictionaries[at].number != run->entry->dictionaries[i])
            at++;
        if (at == manifest->n_dictionaries)
            segment_fault(run, "it needs a dictionary that the manifest lacks");
        has_all = has_all && at < manifest->n_dictionaries && !run->is_damaged[at];
    }
    return has_all;
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
    if (status == PIL_OK && has_dictionaries(run) && run->totals->n_faults == n_faults)
        status = check_records(run, err);
    return status;
}

/* A file that the manifest has the digest of, in the index directory itself. *is_whole: nothing is
 * wrong with it. */
static pil_status check_file(verification *run, char *path, uint64_t n_bytes,
                             const pil_digest *expected, bool *is_whole, pil_error *err)
{
    if (path == NULL)
        return pil_error_no_memory(err);
    pil_digest digest;
    uint64_t length = 0;
    pil_error failure;
    pil_status status = pil_file_digest(path, &digest, &length, &failure);
    const char *name = strrchr(path, '/') + 1;
    *is_whole = false;
    run->totals->n_bytes += length;
    char problem[128];
    snprintf(problem, sizeof problem, "has %" PRIu64 " bytes; %" PRIu64 " were written", length,
             n_bytes);
    if (is_fatal(status))
        pil_error_no_memory(err);
    else if (status == PIL_NOT_FOUND)
        fault(run, name, "is missing");
    else if (status != PIL_OK)
        fault(run, name, failure.message);
    else if (length != n_bytes)
        fault(run, name, problem);
    else if (strcmp(digest.hex, expected->hex) != 0)
        fault(run, name, "is damaged");
    else
        *is_whole = true;
    free(path);
    return is_fatal(status) ? status : PIL_OK;
}

static pil_status check_catalogue(verification *run, pil_error *err)
{
    const pil_manifest *manifest = run->manifest;
    bool are_whole = true;
    pil_status status = PIL_OK;
    for (size_t i = 0; i < manifest->n_catalogues && status == PIL_OK; i++) {
        const pil_manifest_catalogue *entry = &manifest->catalogues[i];
        bool is_whole;
        status = check_file(run, pil_catalogue_path(run->directory, entry->generation),
                            entry->n_bytes, &entry->digest, &is_whole, err);
        are_whole = are_whole && status == PIL_OK && is_whole;
    }
    if (status != PIL_OK || !are_whole)
        return status;
    pil_catalogue catalogue = {0};
    pil_error failure;
    status = pil_catalogue_read(run->directory, manifest, &catalogue, &failure);
    pil_catalogue_dispose(&catalogue);
    if (is_fatal(status))
        return pil_error_no_memory(err);
    if (status != PIL_OK)
        fault(run, "the catalogue", failure.message);
    return PIL_OK;
}

static pil_status check_dictionaries(verification *run, pil_error *err)
{
    const pil_manifest *manifest = run->manifest;
    pil_status status = pil_dictionaries_open(&run->dictionaries, run->directory, manifest, err);
    run->is_damaged = calloc(manifest->n_dictionaries + 1, sizeof *run->is_damaged);
    if (status == PIL_OK && run->is_damaged == NULL)
        status = pil_error_no_memory(err);
    for (size_t i = 0; i < manifest->n_dictionaries && status == PIL_OK; i++) {
        const pil_manifest_dictionary *entry = &manifest->dictionaries[i];
        bool is_whole = false;
        status = check_file(run, pil_dictionary_path(run->directory, entry->number), entry->n_bytes,
                            &entry->digest, &is_whole, err);
        run->is_damaged[i] = !is_whole;
    }
    return status;
}

static pil_status check_all(verification *run, pil_error *err)
{
    pil_status status = check_catalogue(run, err);
    if (status == PIL_OK)
        status = check_dictionaries(run, err);
    for (size_t i = 0; i < run->manifest->n_segments && status == PIL_OK && !run->is_replaced;
         i++) {
        run->entry = &run->manifest->segments[i];
        status = check_segment(run, err);
    }
    if (status == PIL_OK && run->is_replaced)
        status = pil_error_set(err, PIL_STALE, "it changed while it was verified; verify it again");
    return status;
}

pil_status pil_verify(const char *directory, pil_verify_report report, void *context,
                      pil_verify_totals *totals, pil_error *err)
{
    *totals = (pil_verify_totals){0};
    verification run = {
        .directory = directory, .report = report, .context = context, .totals = totals};
    pil_manifest manifest = {0};
    pil_error failure;
    pil_status status = pil_manifest_read(directory, &manifest, &failure);
    if (status == PIL_CORRUPT) {
        fault(&run, PIL_MANIFEST_NAME, failure.message);
        return PIL_OK;
    }
    if (status != PIL_OK)
        return pil_error_set(err, status, "%s", failure.message);
    run.manifest = &manifest;
    pil_buffer_init(&run.record_strings, PIL_RECORD_MAX_BYTES);
    pil_buffer_init(&run.meta_strings, PIL_RECORD_MAX_BYTES);
    status = check_all(&run, err);
    pil_dictionaries_close(run.dictionaries);
    free(run.is_damaged);
    pil_buffer_dispose(&run.record_strings);
    pil_buffer_dispose(&run.meta_strings);
    pil_manifest_dispose(&manifest);
    return status;
}
