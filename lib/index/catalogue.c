#include "index/catalogue.h"

#include "base/buffer.h"
#include "base/file.h"
#include "index/schema.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zstd.h>

/* The file: a line a source, "S" and its fields, then a line for each of its articles, "A" and
 * theirs. Bytes that would break a line are written as %XX. The manifest holds its digest. */
static const char header[] = "pilcrow-catalogue\t1\n";
enum { ZSTD_LEVEL = 3 };
static const uint64_t CATALOGUE_MAX_BYTES = UINT64_C(1) << 40;

static const char state_letters[] = "GIPS"; /* in the order of pil_source_state */

void pil_catalogue_dispose(pil_catalogue *catalogue)
{
    pil_intern_dispose(&catalogue->paths);
    pil_arena_dispose(&catalogue->arena);
    free(catalogue->sources);
    *catalogue = (pil_catalogue){0};
}

char *pil_catalogue_path(const char *directory, uint64_t generation)
{
    char name[64];
    snprintf(name, sizeof name, "%s%" PRIu64, PIL_CATALOGUE_PREFIX, generation);
    return pil_file_join(directory, name);
}

/* ---- the table ---- */

pil_source *pil_catalogue_find(const pil_catalogue *catalogue, const char *path)
{
    uint32_t number = pil_intern_find(&catalogue->paths, path, strlen(path));
    if (number == PIL_INTERN_NONE || catalogue->sources[number].state == PIL_SOURCE_GONE)
        return NULL;
    return &catalogue->sources[number];
}

pil_status pil_catalogue_get(pil_catalogue *catalogue, const char *path, pil_source **out,
                             pil_error *err)
{
    uint32_t n_sources = catalogue->paths.n_entries;
    if (n_sources == catalogue->capacity) {
        size_t capacity = catalogue->capacity == 0 ? 64 : catalogue->capacity * 2;
        pil_source *grown = realloc(catalogue->sources, capacity * sizeof *grown);
        if (grown == NULL)
            return pil_error_no_memory(err);
        catalogue->sources = grown;
        catalogue->capacity = capacity;
    }
    uint32_t number;
    bool is_new;
    if (pil_intern_add(&catalogue->paths, path, strlen(path), &number, &is_new) != PIL_OK)
        return pil_error_no_memory(err);
    pil_source *source = &catalogue->sources[number];
    if (is_new)
        *source = (pil_source){.path = catalogue->paths.entries[number].bytes, .reason = ""};
    *out = source;
    return PIL_OK;
}

pil_status pil_catalogue_set_articles(pil_catalogue *catalogue, pil_source *source,
                                      const pil_catalogue_article *articles, size_t n,
                                      pil_error *err)
{
    pil_catalogue_article *copy = NULL;
    if (n > 0) {
        copy = pil_arena_alloc(&catalogue->arena, n * sizeof *copy);
        if (copy == NULL)
            return pil_error_no_memory(err);
        memcpy(copy, articles, n * sizeof *copy);
    }
    source->articles = copy;
    source->n_articles = n;
    return PIL_OK;
}

pil_status pil_catalogue_set_reason(pil_catalogue *catalogue, pil_source *source,
                                    const char *reason, pil_error *err)
{
    if (strcmp(source->reason, reason) == 0)
        return PIL_OK;
    const char *copy = pil_arena_copy(&catalogue->arena, reason, strlen(reason));
    if (copy == NULL)
        return pil_error_no_memory(err);
    source->reason = copy;
    return PIL_OK;
}

/* ---- writing ---- */

static pil_status put_escaped(pil_buffer *out, const char *string)
{
    pil_status status = PIL_OK;
    for (; *string != '\0' && status == PIL_OK; string++) {
        unsigned char byte = (unsigned char)*string;
        if (byte < 0x20 || byte == '%' || byte == 0x7F)
            status = pil_buffer_appendf(out, "%%%02X", byte);
        else
            status = pil_buffer_append_byte(out, *string);
    }
    return status;
}

static pil_status put_source(pil_buffer *out, const pil_source *source)
{
    pil_status status = pil_buffer_appendf(
        out, "S\t%c\t%" PRIu64 "\t%" PRId64 "\t%" PRIu64 "\t%" PRIu64 "\t%s\t%016" PRIx64 "\t",
        state_letters[source->state], source->stat.n_bytes, source->stat.mtime_ns,
        source->stat.device, source->stat.inode, source->content.hex, source->recipe);
    if (status == PIL_OK)
        status = put_escaped(out, source->path);
    if (status == PIL_OK)
        status = pil_buffer_append_byte(out, '\t');
    if (status == PIL_OK)
        status = put_escaped(out, source->reason);
    if (status == PIL_OK)
        status = pil_buffer_append_byte(out, '\n');
    for (size_t i = 0; i < source->n_articles && status == PIL_OK; i++)
        status =
            pil_buffer_appendf(out, "A\t%s\t%s\t%" PRIu32 "\n", source->articles[i].key.hex,
                               source->articles[i].content.hex, source->articles[i].n_paragraphs);
    return status;
}

/* A base holds what is there; a file of changes also holds what is gone. */
static pil_status encode(const pil_catalogue *catalogue, bool is_base, pil_buffer *out)
{
    pil_status status = pil_buffer_append_string(out, header);
    for (uint32_t i = 0; i < catalogue->paths.n_entries && status == PIL_OK; i++) {
        const pil_source *source = &catalogue->sources[i];
        if (is_base ? source->state != PIL_SOURCE_GONE : source->is_changed)
            status = put_source(out, source);
    }
    return status;
}

/* Paths and digests in hexadecimal: half of it is air. */
static pil_status pack(const pil_buffer *text, pil_buffer *packed, pil_error *err)
{
    size_t bound = ZSTD_compressBound(text->length);
    if (pil_buffer_reserve(packed, bound) != PIL_OK)
        return pil_error_no_memory(err);
    size_t size = ZSTD_compress(packed->bytes, bound, text->bytes, text->length, ZSTD_LEVEL);
    if (ZSTD_isError(size))
        return pil_error_no_memory(err);
    pil_buffer_set_length(packed, size);
    return PIL_OK;
}

static bool needs_new_base(const pil_manifest *manifest)
{
    uint64_t changes = 0;
    for (size_t i = 1; i < manifest->n_catalogues; i++)
        changes += manifest->catalogues[i].n_bytes;
    return manifest->n_catalogues == 0 || changes > manifest->catalogues[0].n_bytes / 4 ||
           manifest->n_catalogues > 64;
}

pil_status pil_catalogue_write(const pil_catalogue *catalogue, const char *directory,
                               pil_manifest *manifest, pil_error *err)
{
    bool is_base = needs_new_base(manifest);
    pil_buffer text, packed;
    pil_buffer_init(&text, CATALOGUE_MAX_BYTES);
    pil_buffer_init(&packed, CATALOGUE_MAX_BYTES);
    char *path = pil_catalogue_path(directory, manifest->generation);
    size_t size = (manifest->n_catalogues + 1) * sizeof manifest->catalogues[0];
    pil_manifest_catalogue *grown = realloc(manifest->catalogues, size);
    pil_status status = PIL_OK;
    if (grown != NULL)
        manifest->catalogues = grown;
    if (path == NULL || grown == NULL || encode(catalogue, is_base, &text) != PIL_OK) {
        status = pil_error_no_memory(err);
        goto done;
    }
    if (text.length == sizeof header - 1 && !is_base)
        goto done; /* nothing has changed */
    status = pack(&text, &packed, err);
    /* A killed writer may have left one of this name. */
    if (status == PIL_OK)
        status = pil_file_replace(path, packed.bytes, packed.length, err);
    if (status != PIL_OK)
        goto done;
    if (is_base)
        manifest->n_catalogues = 0;
    manifest->catalogues[manifest->n_catalogues++] = (pil_manifest_catalogue){
        .generation = manifest->generation,
        .n_bytes = packed.length,
        .digest = pil_digest_of(packed.bytes, packed.length),
    };
done:
    pil_buffer_dispose(&text);
    pil_buffer_dispose(&packed);
    free(path);
    return status;
}

void pil_catalogue_committed(pil_catalogue *catalogue)
{
    for (uint32_t i = 0; i < catalogue->paths.n_entries; i++)
        catalogue->sources[i].is_changed = false;
}

/* ---- reading ---- */

static pil_status damaged(uint64_t generation, pil_error *err)
{
    return pil_error_set(err, PIL_CORRUPT, "%s%" PRIu64 " is damaged", PIL_CATALOGUE_PREFIX,
                         generation);
}

static char *next_field(char **line)
{
    char *field = *line;
    size_t length = strcspn(field, "\t");
    *line = field[length] == '\0' ? field + length : field + length + 1;
    field[length] = '\0';
    return field;
}

/* Undoes put_escaped; false when it cannot have written this. */
static bool unescape(char *string)
{
    char *out = string;
    for (const char *at = string; *at != '\0'; at++) {
        unsigned int byte = (unsigned char)*at;
        if (byte == '%') {
            if (!isxdigit((unsigned char)at[1]) || !isxdigit((unsigned char)at[2]) ||
                sscanf(at + 1, "%2x", &byte) != 1 || byte == 0)
                return false;
            at += 2;
        }
        *out++ = (char)byte;
    }
    *out = '\0';
    return true;
}

static bool get_digest(char **line, pil_digest *digest)
{
    const char *field = next_field(line);
    size_t length = strlen(field);
    if (length != 0 && length != PIL_DIGEST_LENGTH)
        return false;
    memcpy(digest->hex, field, length + 1);
    return true;
}

/* What a file's articles are gathered in until the next source. */
typedef struct article_list {
    pil_catalogue_article *items;
    size_t n, capacity;
} article_list;

static bool parse_article(char *line, article_list *list)
{
    if (list->n == list->capacity) {
        size_t capacity = list->capacity == 0 ? 64 : list->capacity * 2;
        pil_catalogue_article *grown = realloc(list->items, capacity * sizeof *grown);
        if (grown == NULL)
            return false;
        list->items = grown;
        list->capacity = capacity;
    }
    pil_catalogue_article *article = &list->items[list->n];
    *article = (pil_catalogue_article){0};
    if (!get_digest(&line, &article->key) || !get_digest(&line, &article->content))
        return false;
    article->n_paragraphs = (uint32_t)strtoul(next_field(&line), NULL, 10);
    list->n++;
    return true;
}

static pil_status parse_source(pil_catalogue *catalogue, char *line, uint64_t generation,
                               pil_source **out, pil_error *err)
{
    pil_source found = {0};
    const char *letter = next_field(&line);
    const char *state = *letter == '\0' ? NULL : strchr(state_letters, *letter);
    found.stat.n_bytes = strtoull(next_field(&line), NULL, 10);
    found.stat.mtime_ns = strtoll(next_field(&line), NULL, 10);
    found.stat.device = strtoull(next_field(&line), NULL, 10);
    found.stat.inode = strtoull(next_field(&line), NULL, 10);
    if (state == NULL || !get_digest(&line, &found.content))
        return damaged(generation, err);
    found.recipe = strtoull(next_field(&line), NULL, 16);
    char *path = next_field(&line), *reason = next_field(&line);
    if (!unescape(path) || !unescape(reason))
        return damaged(generation, err);
    pil_status status = pil_catalogue_get(catalogue, path, out, err);
    if (status != PIL_OK)
        return status;
    found.path = (*out)->path;
    found.reason = (*out)->reason;
    found.state = (pil_source_state)(state - state_letters);
    **out = found;
    return pil_catalogue_set_reason(catalogue, *out, reason, err);
}

static pil_status parse(pil_catalogue *catalogue, char *text, uint64_t generation, pil_error *err)
{
    if (strncmp(text, header, sizeof header - 1) != 0)
        return damaged(generation, err);
    pil_status status = PIL_OK;
    pil_source *source = NULL;
    article_list list = {0};
    char *line = text + sizeof header - 1;
    while (status == PIL_OK) {
        char *end = strchr(line, '\n');
        if (end != NULL)
            *end = '\0';
        bool is_article = line[0] == 'A' && line[1] == '\t';
        if (!is_article && source != NULL) {
            status = pil_catalogue_set_articles(catalogue, source, list.items, list.n, err);
            list.n = 0;
        }
        if (end == NULL && *line != '\0')
            status = damaged(generation, err);
        if (end == NULL || status != PIL_OK)
            break;
        if (line[0] == 'S' && line[1] == '\t')
            status = parse_source(catalogue, line + 2, generation, &source, err);
        else if (!is_article || source == NULL || !parse_article(line + 2, &list))
            status = damaged(generation, err);
        line = end + 1;
    }
    free(list.items);
    return status;
}

static pil_status unpack(const pil_buffer *packed, uint64_t generation, pil_buffer *text,
                         pil_error *err)
{
    unsigned long long size = ZSTD_getFrameContentSize(packed->bytes, packed->length);
    if (size == ZSTD_CONTENTSIZE_UNKNOWN || size == ZSTD_CONTENTSIZE_ERROR ||
        size > CATALOGUE_MAX_BYTES)
        return damaged(generation, err);
    if (pil_buffer_reserve(text, (size_t)size) != PIL_OK)
        return pil_error_no_memory(err);
    size_t got = ZSTD_decompress(text->bytes, (size_t)size, packed->bytes, packed->length);
    if (got != size)
        return damaged(generation, err);
    pil_buffer_set_length(text, got);
    return PIL_OK;
}

static pil_status read_one(const char *directory, const pil_manifest_catalogue *named,
                           pil_catalogue *catalogue, pil_error *err)
{
    pil_buffer packed, text;
    pil_buffer_init(&packed, CATALOGUE_MAX_BYTES);
    pil_buffer_init(&text, CATALOGUE_MAX_BYTES);
    char *path = pil_catalogue_path(directory, named->generation);
    pil_status status = path == NULL ? pil_error_no_memory(err) : pil_file_read(path, &packed, err);
    if (status == PIL_NOT_FOUND)
        status = pil_error_set(err, PIL_STALE, "%s%" PRIu64 " is missing", PIL_CATALOGUE_PREFIX,
                               named->generation);
    if (status == PIL_OK &&
        strcmp(pil_digest_of(packed.bytes, packed.length).hex, named->digest.hex) != 0)
        status = damaged(named->generation, err);
    if (status == PIL_OK)
        status = unpack(&packed, named->generation, &text, err);
    if (status == PIL_OK)
        status = parse(catalogue, text.bytes, named->generation, err);
    pil_buffer_dispose(&packed);
    pil_buffer_dispose(&text);
    free(path);
    return status;
}

pil_status pil_catalogue_read(const char *directory, const pil_manifest *manifest,
                              pil_catalogue *out, pil_error *err)
{
    pil_catalogue catalogue = {0};
    pil_status status = PIL_OK;
    for (size_t i = 0; i < manifest->n_catalogues && status == PIL_OK; i++)
        status = read_one(directory, &manifest->catalogues[i], &catalogue, err);
    if (status == PIL_OK)
        *out = catalogue;
    else
        pil_catalogue_dispose(&catalogue);
    return status;
}

pil_status pil_catalogue_read_current(const char *directory, pil_manifest *manifest,
                                      pil_catalogue *out, pil_error *err)
{
    enum { MAX_ATTEMPTS = 4 };
    pil_status status = PIL_STALE;
    for (int attempt = 0; attempt < MAX_ATTEMPTS && status == PIL_STALE; attempt++) {
        status = pil_manifest_read(directory, manifest, err);
        if (status != PIL_OK)
            return status;
        status = pil_catalogue_read(directory, manifest, out, err);
        if (status != PIL_OK)
            pil_manifest_dispose(manifest);
    }
    return status;
}
