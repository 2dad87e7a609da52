#include "verbs.h"

#include "base/utf8.h"
#include "cli/paths.h"
#include "cli/terminal_text.h"
#include "index/catalogue.h"
#include "index/manifest.h"
#include "index/stored_path.h"

#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* What an index holds. */
typedef struct totals {
    uint64_t n_sources, n_articles, n_paragraphs, n_dead, n_text_bytes, n_disk_bytes;
    size_t n_skipped; /* sources skipped as a whole or in part */
} totals;

static uint64_t directory_bytes(const char *path)
{
    uint64_t total = 0;
    DIR *entries = opendir(path);
    struct dirent *entry;
    struct stat info;
    while (entries != NULL && (entry = readdir(entries)) != NULL) {
        if (fstatat(dirfd(entries), entry->d_name, &info, AT_SYMLINK_NOFOLLOW) == 0 &&
            S_ISREG(info.st_mode))
            total += (uint64_t)info.st_size;
    }
    if (entries != NULL)
        closedir(entries);
    return total;
}

static uint64_t segment_bytes(const char *directory, const pil_manifest_segment *segment)
{
    char *path = pil_manifest_segment_path(directory, segment->id);
    uint64_t total = path == NULL ? 0 : directory_bytes(path);
    free(path);
    return total;
}

static bool is_skipped(const pil_source *source)
{
    return source->state != PIL_SOURCE_GONE && source->reason[0] != '\0';
}

static totals count(const char *directory, const pil_manifest *manifest,
                    const pil_catalogue *catalogue)
{
    totals all = {.n_disk_bytes = directory_bytes(directory)};
    for (size_t i = 0; i < manifest->n_segments; i++) {
        const pil_manifest_segment *segment = &manifest->segments[i];
        uint32_t n_dead = pil_manifest_n_dead(segment);
        all.n_paragraphs += segment->n_paragraphs - n_dead;
        all.n_dead += n_dead;
        all.n_text_bytes += segment->text_bytes;
        all.n_disk_bytes += segment_bytes(directory, segment);
    }
    for (uint32_t i = 0; i < catalogue->paths.n_entries; i++) {
        const pil_source *source = &catalogue->sources[i];
        if (source->state == PIL_SOURCE_GONE)
            continue;
        all.n_sources++;
        all.n_articles += source->n_articles;
        all.n_skipped += is_skipped(source);
    }
    return all;
}

/* ---- as text ---- */

static void print_quoted(const char *path)
{
    pil_buffer out;
    pil_buffer_init(&out, 1 << 20);
    if (pil_terminal_quote_path(path, strlen(path), &out) == PIL_OK)
        fputs(out.bytes, stdout);
    pil_buffer_dispose(&out);
}

static void print_escaped(const char *text)
{
    pil_buffer out;
    pil_buffer_init(&out, 1 << 20);
    if (pil_terminal_escape(text, strlen(text), 0, &out) == PIL_OK)
        fputs(out.bytes, stdout);
    pil_buffer_dispose(&out);
}

static void print_totals(const char *directory, const pil_manifest *manifest, const totals *all)
{
    char a[32], b[32];
    printf("index       ");
    print_quoted(directory);
    printf("\ngeneration  %" PRIu64 "\n", manifest->generation);
    printf("sources     %s\n", pil_report_number(all->n_sources, a));
    printf("articles    %s\n", pil_report_number(all->n_articles, a));
    printf("paragraphs  %s (and %s dead, until merged away)\n",
           pil_report_number(all->n_paragraphs, a), pil_report_number(all->n_dead, b));
    printf("text        %.1f MB\n", (double)all->n_text_bytes / 1e6);
    printf("on disk     %.1f MB\n", (double)all->n_disk_bytes / 1e6);
    printf("skipped     %zu%s\n", all->n_skipped,
           all->n_skipped > 0 ? " (pilcrow-index status --skipped)" : "");
    printf("segments    %zu\n", manifest->n_segments);
}

static void print_segments(const char *directory, const pil_manifest *manifest)
{
    char a[32], b[32];
    for (size_t i = 0; i < manifest->n_segments; i++) {
        const pil_manifest_segment *segment = &manifest->segments[i];
        printf("  %s  %s paragraphs, %s dead, %.1f MB of text in %.1f MB\n", segment->id,
               pil_report_number(segment->n_paragraphs, a),
               pil_report_number(pil_manifest_n_dead(segment), b),
               (double)segment->text_bytes / 1e6, (double)segment_bytes(directory, segment) / 1e6);
    }
}

static void print_skipped(const char *directory, const pil_catalogue *catalogue, const char *cwd)
{
    for (uint32_t i = 0; i < catalogue->paths.n_entries; i++) {
        const pil_source *source = &catalogue->sources[i];
        if (!is_skipped(source))
            continue;
        char *path = pil_stored_path_resolve(directory, source->path);
        char *shown = path == NULL ? NULL : pil_path_display(path, cwd);
        print_quoted(shown == NULL ? source->path : shown);
        printf(": ");
        print_escaped(source->reason);
        printf("\n");
        free(path);
        free(shown);
    }
}

/* ---- as JSON ---- */

/* Paths and reasons are bytes; JSON has characters only. */
static json_t *json_text(const char *bytes)
{
    pil_buffer text;
    pil_buffer_init(&text, 1 << 20);
    json_t *string = NULL;
    if (pil_utf8_repair(bytes, strlen(bytes), &text, NULL) == PIL_OK)
        string = json_stringn(text.bytes, text.length);
    pil_buffer_dispose(&text);
    return string;
}

static json_t *json_segments(const char *directory, const pil_manifest *manifest)
{
    json_t *segments = json_array();
    for (size_t i = 0; i < manifest->n_segments; i++) {
        const pil_manifest_segment *segment = &manifest->segments[i];
        json_t *object = json_pack("{s:s, s:I, s:I, s:I, s:I}", "id", segment->id, "paragraphs",
                                   (json_int_t)segment->n_paragraphs, "dead",
                                   (json_int_t)pil_manifest_n_dead(segment), "text_bytes",
                                   (json_int_t)segment->text_bytes, "disk_bytes",
                                   (json_int_t)segment_bytes(directory, segment));
        json_array_append_new(segments, object);
    }
    return segments;
}

static json_t *json_skipped(const char *directory, const pil_catalogue *catalogue)
{
    json_t *skipped = json_array();
    for (uint32_t i = 0; i < catalogue->paths.n_entries; i++) {
        const pil_source *source = &catalogue->sources[i];
        if (!is_skipped(source))
            continue;
        char *path = pil_stored_path_resolve(directory, source->path);
        json_array_append_new(skipped, json_pack("{s:o, s:o}", "path",
                                                 json_text(path == NULL ? source->path : path),
                                                 "reason", json_text(source->reason)));
        free(path);
    }
    return skipped;
}

static bool print_json(const char *directory, const pil_manifest *manifest,
                       const pil_catalogue *catalogue, const totals *all)
{
    json_t *root = json_pack(
        "{s:i, s:o, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:o, s:o}", "v", 1, "index",
        json_text(directory), "generation", (json_int_t)manifest->generation, "sources",
        (json_int_t)all->n_sources, "articles", (json_int_t)all->n_articles, "paragraphs",
        (json_int_t)all->n_paragraphs, "dead", (json_int_t)all->n_dead, "text_bytes",
        (json_int_t)all->n_text_bytes, "disk_bytes", (json_int_t)all->n_disk_bytes, "segments",
        json_segments(directory, manifest), "skipped", json_skipped(directory, catalogue));
    return pil_verb_put_json(root);
}

/* ---- the verb ---- */

pil_exit_code pil_verb_status(const pil_index_options *options, const char *directory,
                              pil_report *report)
{
    pil_manifest manifest = {0};
    pil_catalogue catalogue = {0};
    pil_error err = {0};
    pil_status status = pil_catalogue_read_current(directory, &manifest, &catalogue, &err);
    bool ok = true;
    if (status == PIL_OK) {
        totals all = count(directory, &manifest, &catalogue);
        if (options->json) {
            ok = print_json(directory, &manifest, &catalogue, &all);
        } else if (options->skipped) {
            print_skipped(directory, &catalogue, report->cwd);
        } else {
            print_totals(directory, &manifest, &all);
            print_segments(directory, &manifest);
        }
    }
    pil_manifest_dispose(&manifest);
    pil_catalogue_dispose(&catalogue);
    if (status != PIL_OK)
        return pil_verb_fail(report, directory, status, &err);
    return pil_verb_end_output(report, ok);
}
