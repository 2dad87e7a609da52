#include "support/index_fixture.h"

#include "base/buffer.h"
#include "index/snapshot.h"
#include "support/temporary_directory.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { MAX_BYTES = 1 << 28 };

static void require(pil_status status, const pil_error *err, const char *what)
{
    if (status == PIL_OK)
        return;
    fprintf(stderr, "test support: %s: %s: %s\n", what, pil_status_name(status),
            err == NULL ? "" : err->message);
    abort();
}

/* ---- writing ---- */

pil_index_writer *pil_index_fixture_open(const char *directory, uint64_t memory_bytes)
{
    pil_index_writer *writer = NULL;
    pil_error err = {0};
    const pil_writer_options options = {.memory_bytes = memory_bytes, .n_threads = 2};
    require(pil_index_writer_open(&writer, directory, &options, &err), &err, "open");
    return writer;
}

/* Each piece between blank lines as a block that is joined with nothing, under the last piece that
 * begins with "# ". */
static void split(const char *text, pil_paragraphs *out)
{
    pil_error err = {0};
    pil_block blocks[2] = {{.kind = PIL_BLOCK_HEADING, .level = 1}};
    for (const char *at = text; *at != '\0';) {
        const char *end = strstr(at, "\n\n");
        size_t length = end == NULL ? strlen(at) : (size_t)(end - at);
        pil_block block = {.kind = PIL_BLOCK_WHOLE, .text = at, .length_bytes = length, .line = 1};
        block.begin_byte = (size_t)(at - text);
        block.end_byte = block.begin_byte + length;
        for (const char *back = text; back < at; back++)
            block.line += *back == '\n';
        bool is_heading = strncmp(at, "# ", 2) == 0;
        if (is_heading) {
            blocks[0].text = at + 2;
            blocks[0].length_bytes = length - 2;
        } else {
            size_t n_headings = blocks[0].text == NULL ? 0 : 1;
            blocks[1] = block;
            require(pil_paragraphs_from_blocks(out, blocks + 1 - n_headings, 1 + n_headings, &err),
                    &err, "paragraphs");
        }
        at = end == NULL ? at + length : end + 2;
    }
}

pil_article_outcome pil_index_fixture_give(pil_index_writer *writer, const char *path,
                                           const pil_index_fixture_article *article)
{
    pil_paragraphs paragraphs = {0};
    pil_article_outcome outcome;
    pil_error err = {0};
    const char *record = article->record_id;
    size_t size = strlen(path) + (record == NULL ? 0 : strlen(record)) + 2;
    char *id = malloc(size);
    if (id == NULL)
        abort();
    snprintf(id, size, "%s%s%s", path, record == NULL ? "" : "#", record == NULL ? "" : record);
    split(article->text, &paragraphs);
    pil_new_article added = {
        .meta = {.id = id,
                 .path = path,
                 .title = article->title,
                 .author = article->author,
                 .date = article->date,
                 .language = article->language == NULL ? "en" : article->language,
                 .source = article->source,
                 .url = article->url},
        .content = pil_digest_of(article->text, strlen(article->text)),
        .paragraphs = &paragraphs,
    };
    pil_batch *batch = pil_batch_new();
    if (batch == NULL)
        abort();
    require(pil_batch_add(batch, &added, &err), &err, "batch");
    for (size_t i = 0; article->languages != NULL && i < paragraphs.n_items; i++)
        batch->articles[0].paragraphs[i].language = article->languages[i];
    require(pil_index_writer_begin_batch(writer, batch, &err), &err, "begin batch");
    require(pil_index_writer_add_article(writer, &batch->articles[0], &outcome, &err), &err, "add");
    require(pil_index_writer_end_batch(writer, batch, &err), &err, "end batch");
    pil_paragraphs_dispose(&paragraphs);
    free(id);
    return outcome;
}

void pil_index_fixture_begin(pil_index_writer *writer, const char *path)
{
    const pil_source_stat stat = {0};
    pil_error err = {0};
    require(pil_index_writer_begin_source(writer, path, &stat, 1, &err), &err, "begin");
}

size_t pil_index_fixture_end(pil_index_writer *writer)
{
    const pil_digest content = {""};
    size_t n_removed;
    pil_error err = {0};
    require(pil_index_writer_end_source(writer, &content, false, "", &n_removed, &err), &err,
            "end");
    return n_removed;
}

pil_article_outcome pil_index_fixture_add_article(pil_index_writer *writer, const char *path,
                                                  const pil_index_fixture_article *article)
{
    pil_index_fixture_begin(writer, path);
    pil_article_outcome outcome = pil_index_fixture_give(writer, path, article);
    pil_index_fixture_end(writer);
    return outcome;
}

pil_article_outcome pil_index_fixture_add(pil_index_writer *writer, const char *path,
                                          const char *text)
{
    const pil_index_fixture_article article = {.text = text};
    return pil_index_fixture_add_article(writer, path, &article);
}

void pil_index_fixture_commit(pil_index_writer *writer)
{
    pil_error err = {0};
    require(pil_index_writer_commit(writer, &err), &err, "commit");
}

size_t pil_index_fixture_merge(pil_index_writer *writer, bool all)
{
    bool merged = true;
    pil_error err = {0};
    size_t n = 0;
    for (; merged; n += merged)
        require(pil_index_writer_merge_step(writer, all, &merged, &err), &err, "merge");
    return n;
}

void pil_index_fixture_set_common(const char *directory, const char *words)
{
    pil_manifest manifest = {0};
    pil_error err = {0};
    require(pil_manifest_read(directory, &manifest, &err), &err, "manifest");
    pil_manifest_common common = {.number = ++manifest.generation, .words = strdup(words)};
    if (common.words == NULL)
        abort();
    require(pil_manifest_add_common(&manifest, &common, &err), &err, "common words");
    require(pil_manifest_write(directory, &manifest, &err), &err, "manifest");
    pil_manifest_dispose(&manifest);
}

/* ---- reading ---- */

static int by_string(const void *left, const void *right)
{
    const char *const *a = left, *const *b = right;
    return strcmp(*a, *b);
}

typedef struct line_list {
    char **items;
    size_t n, capacity;
} line_list;

/* Takes line over. */
static void push(line_list *list, char *line)
{
    if (list->n == list->capacity) {
        list->capacity = list->capacity == 0 ? 64 : list->capacity * 2;
        list->items = realloc(list->items, list->capacity * sizeof *list->items);
    }
    if (list->items == NULL || line == NULL)
        abort();
    list->items[list->n++] = line;
}

static char *join_sorted(line_list *list)
{
    pil_buffer out;
    pil_buffer_init(&out, MAX_BYTES);
    if (list->n > 0)
        qsort(list->items, list->n, sizeof *list->items, by_string);
    for (size_t i = 0; i < list->n; i++) {
        require(pil_buffer_appendf(&out, "%s\n", list->items[i]), NULL, "list");
        free(list->items[i]);
    }
    free(list->items);
    return pil_buffer_take(&out, NULL);
}

/* The live paragraphs of one article; where the next one begins. */
static uint32_t list_article(pil_segment *segment, uint32_t first, line_list *lines)
{
    pil_article_meta meta;
    pil_record record;
    pil_error err = {0};
    pil_buffer meta_strings, record_strings;
    pil_buffer_init(&meta_strings, MAX_BYTES);
    pil_buffer_init(&record_strings, MAX_BYTES);
    require(pil_segment_article(segment, first, &meta_strings, &meta, &err), &err, "article");
    for (uint32_t docid = first; docid < first + meta.n_paragraphs; docid++) {
        if (pil_manifest_is_dead(segment->entry, docid))
            continue;
        require(pil_segment_record(segment, docid, &record_strings, &record, &err), &err, "record");
        size_t size = strlen(meta.id) + record.text_bytes + 32;
        char *line = malloc(size);
        if (line != NULL)
            snprintf(line, size, "%s %u: %s", meta.id, (unsigned)record.number, record.text);
        push(lines, line);
    }
    pil_buffer_dispose(&meta_strings);
    pil_buffer_dispose(&record_strings);
    return first + meta.n_paragraphs;
}

char *pil_index_fixture_live(const char *directory)
{
    pil_snapshot snapshot;
    pil_error err = {0};
    line_list lines = {0};
    require(pil_snapshot_open(&snapshot, directory, &err), &err, "snapshot");
    for (size_t i = 0; i < snapshot.manifest.n_segments; i++) {
        pil_segment *segment = &snapshot.segments[i];
        for (uint32_t docid = 1; docid <= segment->entry->n_paragraphs;)
            docid = list_article(segment, docid, &lines);
    }
    pil_snapshot_close(&snapshot);
    return join_sorted(&lines);
}

/* ---- files ---- */

static int not_dots(const struct dirent *entry)
{
    return strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
}

static void walk(const char *directory, const char *below, pil_index_fixture_file callback,
                 void *context)
{
    char *path = pil_temporary_directory_path(directory, below);
    struct dirent **entries = NULL;
    int n = scandir(path, &entries, not_dots, alphasort);
    free(path);
    for (int i = 0; i < n; i++) {
        size_t size = strlen(below) + strlen(entries[i]->d_name) + 2;
        char *name = malloc(size);
        if (name == NULL)
            abort();
        snprintf(name, size, "%s%s%s", below, *below == '\0' ? "" : "/", entries[i]->d_name);
        char *full = pil_temporary_directory_path(directory, name);
        struct stat info;
        if (lstat(full, &info) == 0 && S_ISDIR(info.st_mode))
            walk(directory, name, callback, context);
        else
            callback(context, name);
        free(full);
        free(name);
        free(entries[i]);
    }
    free(entries);
}

void pil_index_fixture_each_file(const char *directory, pil_index_fixture_file callback,
                                 void *context)
{
    walk(directory, "", callback, context);
}

typedef struct digest_run {
    const char *directory;
    pil_digest_stream *stream;
} digest_run;

static void digest_file(void *context, const char *path)
{
    const digest_run *run = context;
    size_t length;
    char *bytes = pil_temporary_directory_read(run->directory, path, &length);
    if (bytes == NULL)
        abort();
    pil_digest_stream_add(run->stream, path, strlen(path) + 1);
    pil_digest_stream_add(run->stream, &length, sizeof length);
    pil_digest_stream_add(run->stream, bytes, length);
    free(bytes);
}

pil_digest pil_index_fixture_digest(const char *directory)
{
    digest_run run = {.directory = directory, .stream = pil_digest_stream_new()};
    if (run.stream == NULL)
        abort();
    pil_index_fixture_each_file(directory, digest_file, &run);
    pil_digest digest = pil_digest_stream_get(run.stream);
    pil_digest_stream_free(run.stream);
    return digest;
}
