#include "index/manifest.h"

#include "base/buffer.h"
#include "base/file.h"
#include "index/schema.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MANIFEST_MAX_BYTES = 1 << 28 };

static const char magic[] = "pilcrow-manifest";

void pil_manifest_segment_dispose(pil_manifest_segment *segment)
{
    free(segment->stamp);
    free(segment->dead);
    *segment = (pil_manifest_segment){0};
}

void pil_manifest_dispose(pil_manifest *manifest)
{
    for (size_t i = 0; i < manifest->n_segments; i++)
        pil_manifest_segment_dispose(&manifest->segments[i]);
    free(manifest->segments);
    free(manifest->catalogues);
    *manifest = (pil_manifest){0};
}

/* ---- writing ---- */

static pil_status put_segment(pil_buffer *out, const pil_manifest_segment *segment)
{
    pil_status status =
        pil_buffer_appendf(out, "segment\t%s\t%s\t%" PRIu32 "\t%" PRIu64 "\t%s\t%s\t%s\t",
                           segment->id, segment->uuid, segment->n_paragraphs, segment->text_bytes,
                           segment->version_file.hex, segment->checksums.hex, segment->stamp);
    for (size_t i = 0; i < segment->n_dead && status == PIL_OK; i++)
        status = pil_buffer_appendf(out, "%s%" PRIu32 "-%" PRIu32, i > 0 ? "," : "",
                                    segment->dead[i].first, segment->dead[i].last);
    return status == PIL_OK ? pil_buffer_append_byte(out, '\n') : status;
}

static pil_status encode(const pil_manifest *manifest, pil_buffer *out)
{
    pil_status status =
        pil_buffer_appendf(out, "%s\t%d\nfeatures\t%s\ngeneration\t%" PRIu64 "\n", magic,
                           PIL_FORMAT_NUMBER, PIL_FORMAT_FEATURES, manifest->generation);
    for (size_t i = 0; i < manifest->n_segments && status == PIL_OK; i++)
        status = put_segment(out, &manifest->segments[i]);
    for (size_t i = 0; i < manifest->n_catalogues && status == PIL_OK; i++) {
        const pil_manifest_catalogue *catalogue = &manifest->catalogues[i];
        status =
            pil_buffer_appendf(out, "catalogue\t%" PRIu64 "\t%" PRIu64 "\t%s\n",
                               catalogue->generation, catalogue->n_bytes, catalogue->digest.hex);
    }
    if (status == PIL_OK)
        status =
            pil_buffer_appendf(out, "checksum\t%s\n", pil_digest_of(out->bytes, out->length).hex);
    return status;
}

pil_status pil_manifest_write(const char *directory, const pil_manifest *manifest, pil_error *err)
{
    pil_buffer text;
    pil_buffer_init(&text, MANIFEST_MAX_BYTES);
    char *path = pil_file_join(directory, PIL_MANIFEST_NAME);
    pil_status status = path == NULL ? PIL_NO_MEMORY : encode(manifest, &text);
    if (status != PIL_OK)
        status = pil_error_no_memory(err);
    else
        status = pil_file_replace(path, text.bytes, text.length, err);
    pil_buffer_dispose(&text);
    free(path);
    return status;
}

/* ---- reading ---- */

static pil_status damaged(pil_error *err)
{
    return pil_error_set(err, PIL_CORRUPT, "the manifest is damaged");
}

/* Cuts the next tab-separated field off *line; "" when there is none. */
static char *next_field(char **line)
{
    char *field = *line;
    char *tab = strchr(field, '\t');
    if (tab == NULL) {
        *line = field + strlen(field);
    } else {
        *tab = '\0';
        *line = tab + 1;
    }
    return field;
}

static bool copy_exact(char *out, size_t length, const char *field)
{
    if (strlen(field) != length)
        return false;
    memcpy(out, field, length + 1);
    return true;
}

static bool is_plain_name(const char *name)
{
    return strspn(name, "0123456789abcdef") == strlen(name);
}

static pil_status parse_dead(pil_manifest_segment *segment, char *field, pil_error *err)
{
    while (*field != '\0') {
        char *end;
        unsigned long first = strtoul(field, &end, 10);
        if (*end != '-')
            return damaged(err);
        unsigned long last = strtoul(end + 1, &end, 10);
        if ((*end != ',' && *end != '\0') || first < 1 || last < first ||
            last > segment->n_paragraphs)
            return damaged(err);
        pil_docid_range range = {(uint32_t)first, (uint32_t)last};
        pil_status status = pil_manifest_kill(segment, range, err);
        if (status != PIL_OK)
            return status;
        field = *end == ',' ? end + 1 : end;
    }
    return PIL_OK;
}

static pil_status parse_segment(pil_manifest *manifest, char *line, pil_error *err)
{
    pil_manifest_segment segment = {0};
    bool fits = copy_exact(segment.id, PIL_SEGMENT_ID_LENGTH, next_field(&line)) &&
                is_plain_name(segment.id) &&
                copy_exact(segment.uuid, PIL_UUID_LENGTH, next_field(&line));
    if (!fits)
        return damaged(err);
    segment.n_paragraphs = (uint32_t)strtoul(next_field(&line), NULL, 10);
    segment.text_bytes = strtoull(next_field(&line), NULL, 10);
    fits = copy_exact(segment.version_file.hex, PIL_DIGEST_LENGTH, next_field(&line)) &&
           copy_exact(segment.checksums.hex, PIL_DIGEST_LENGTH, next_field(&line));
    if (!fits)
        return damaged(err);
    segment.stamp = strdup(next_field(&line));
    pil_status status =
        segment.stamp == NULL ? pil_error_no_memory(err) : parse_dead(&segment, line, err);
    if (status == PIL_OK)
        status = pil_manifest_add_segment(manifest, &segment, err);
    if (status != PIL_OK)
        pil_manifest_segment_dispose(&segment);
    return status;
}

static pil_status parse_catalogue(pil_manifest *manifest, char *line, pil_error *err)
{
    pil_manifest_catalogue catalogue = {0};
    catalogue.generation = strtoull(next_field(&line), NULL, 10);
    catalogue.n_bytes = strtoull(next_field(&line), NULL, 10);
    if (!copy_exact(catalogue.digest.hex, PIL_DIGEST_LENGTH, next_field(&line)))
        return damaged(err);
    size_t size = (manifest->n_catalogues + 1) * sizeof catalogue;
    pil_manifest_catalogue *grown = realloc(manifest->catalogues, size);
    if (grown == NULL)
        return pil_error_no_memory(err);
    grown[manifest->n_catalogues++] = catalogue;
    manifest->catalogues = grown;
    return PIL_OK;
}

static pil_status parse_line(pil_manifest *manifest, char *line, pil_error *err)
{
    const char *key = next_field(&line);
    if (strcmp(key, "segment") == 0)
        return parse_segment(manifest, line, err);
    if (strcmp(key, "catalogue") == 0)
        return parse_catalogue(manifest, line, err);
    if (strcmp(key, "generation") == 0) {
        manifest->generation = strtoull(line, NULL, 10);
        return PIL_OK;
    }
    if (strcmp(key, "features") == 0 && strcmp(line, PIL_FORMAT_FEATURES) != 0)
        return pil_error_set(err, PIL_INCOMPATIBLE,
                             "the index has features %.60s, this program knows %s: index "
                             "again into another directory",
                             line, PIL_FORMAT_FEATURES);
    return strcmp(key, "features") == 0 ? PIL_OK : damaged(err);
}

/* The first line is read before the checksum: a future format may have another one. */
static pil_status check_magic(const char *text, pil_error *err)
{
    size_t length = strlen(magic);
    if (strncmp(text, magic, length) != 0 || text[length] != '\t')
        return pil_error_set(err, PIL_CORRUPT, "its manifest is not one of Pilcrow's");
    long format = strtol(text + length + 1, NULL, 10);
    if (format != PIL_FORMAT_NUMBER)
        return pil_error_set(err, PIL_INCOMPATIBLE,
                             "the index has format %ld, this program reads format %d: index "
                             "again into another directory",
                             format, PIL_FORMAT_NUMBER);
    return PIL_OK;
}

static pil_status check_checksum(pil_buffer *text, pil_error *err)
{
    static const char key[] = "checksum\t";
    size_t line_bytes = sizeof key - 1 + PIL_DIGEST_LENGTH + 1;
    if (text->length < line_bytes)
        return damaged(err);
    size_t start = text->length - line_bytes;
    pil_digest digest = pil_digest_of(text->bytes, start);
    const char *line = text->bytes + start;
    if (strncmp(line, key, sizeof key - 1) != 0 ||
        strncmp(line + sizeof key - 1, digest.hex, PIL_DIGEST_LENGTH) != 0 ||
        text->bytes[text->length - 1] != '\n')
        return damaged(err);
    pil_buffer_set_length(text, start);
    text->bytes[start] = '\0';
    return PIL_OK;
}

static pil_status parse(pil_buffer *text, pil_manifest *manifest, pil_error *err)
{
    pil_status status = check_magic(text->bytes, err);
    if (status == PIL_OK)
        status = check_checksum(text, err);
    char *line = strchr(text->bytes, '\n');
    while (status == PIL_OK && line != NULL && line[1] != '\0') {
        char *next = strchr(line + 1, '\n');
        if (next != NULL)
            *next = '\0';
        status = parse_line(manifest, line + 1, err);
        line = next;
    }
    return status;
}

pil_status pil_manifest_read(const char *directory, pil_manifest *out, pil_error *err)
{
    pil_manifest manifest = {0};
    pil_buffer text;
    pil_buffer_init(&text, MANIFEST_MAX_BYTES);
    char *path = pil_file_join(directory, PIL_MANIFEST_NAME);
    pil_status status = path == NULL ? pil_error_no_memory(err) : pil_file_read(path, &text, err);
    if (status == PIL_OK)
        status = parse(&text, &manifest, err);
    if (status == PIL_OK)
        *out = manifest;
    else
        pil_manifest_dispose(&manifest);
    pil_buffer_dispose(&text);
    free(path);
    return status;
}

bool pil_manifest_is_replaced(const char *directory, const pil_manifest *manifest)
{
    pil_manifest now = {0};
    bool is_replaced = pil_manifest_read(directory, &now, NULL) == PIL_OK &&
                       now.generation != manifest->generation;
    pil_manifest_dispose(&now);
    return is_replaced;
}

/* ---- changing ---- */

pil_status pil_manifest_add_segment(pil_manifest *manifest, pil_manifest_segment *segment,
                                    pil_error *err)
{
    size_t size = (manifest->n_segments + 1) * sizeof *segment;
    pil_manifest_segment *grown = realloc(manifest->segments, size);
    if (grown == NULL)
        return pil_error_no_memory(err);
    grown[manifest->n_segments++] = *segment;
    manifest->segments = grown;
    *segment = (pil_manifest_segment){0};
    return PIL_OK;
}

void pil_manifest_remove_segment(pil_manifest *manifest, size_t at)
{
    pil_manifest_segment_dispose(&manifest->segments[at]);
    manifest->n_segments--;
    memmove(&manifest->segments[at], &manifest->segments[at + 1],
            (manifest->n_segments - at) * sizeof manifest->segments[0]);
}

static pil_status copy_segment(const pil_manifest_segment *from, pil_manifest *to, pil_error *err)
{
    pil_manifest_segment copy = *from;
    copy.stamp = strdup(from->stamp);
    copy.dead_capacity = from->n_dead + 1;
    copy.dead = malloc(copy.dead_capacity * sizeof *copy.dead);
    pil_status status = PIL_OK;
    if (copy.stamp == NULL || copy.dead == NULL)
        status = pil_error_no_memory(err);
    if (status == PIL_OK && from->n_dead > 0)
        memcpy(copy.dead, from->dead, from->n_dead * sizeof *copy.dead);
    if (status == PIL_OK)
        status = pil_manifest_add_segment(to, &copy, err);
    if (status != PIL_OK)
        pil_manifest_segment_dispose(&copy);
    return status;
}

pil_status pil_manifest_copy(const pil_manifest *manifest, pil_manifest *out, pil_error *err)
{
    pil_manifest copy = {.generation = manifest->generation};
    pil_status status = PIL_OK;
    for (size_t i = 0; i < manifest->n_segments && status == PIL_OK; i++)
        status = copy_segment(&manifest->segments[i], &copy, err);
    size_t size = manifest->n_catalogues * sizeof *copy.catalogues;
    if (status == PIL_OK && size > 0) {
        copy.catalogues = malloc(size);
        if (copy.catalogues == NULL) {
            status = pil_error_no_memory(err);
        } else {
            memcpy(copy.catalogues, manifest->catalogues, size);
            copy.n_catalogues = manifest->n_catalogues;
        }
    }
    if (status == PIL_OK)
        *out = copy;
    else
        pil_manifest_dispose(&copy);
    return status;
}

/* The first dead range that ends at docid or behind it. */
static size_t find_dead(const pil_manifest_segment *segment, uint32_t docid)
{
    size_t low = 0, high = segment->n_dead;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (segment->dead[middle].last < docid)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static pil_status reserve_dead(pil_manifest_segment *segment, size_t n, pil_error *err)
{
    if (n <= segment->dead_capacity)
        return PIL_OK;
    size_t capacity = segment->dead_capacity == 0 ? 4 : segment->dead_capacity * 2;
    pil_docid_range *grown = realloc(segment->dead, capacity * sizeof *grown);
    if (grown == NULL)
        return pil_error_no_memory(err);
    segment->dead = grown;
    segment->dead_capacity = capacity;
    return PIL_OK;
}

pil_status pil_manifest_kill(pil_manifest_segment *segment, pil_docid_range range, pil_error *err)
{
    size_t first = find_dead(segment, range.first > 1 ? range.first - 1 : range.first);
    size_t behind = first;
    while (behind < segment->n_dead && segment->dead[behind].first - 1 <= range.last) {
        if (segment->dead[behind].first < range.first)
            range.first = segment->dead[behind].first;
        if (segment->dead[behind].last > range.last)
            range.last = segment->dead[behind].last;
        behind++;
    }
    size_t n_left = segment->n_dead - (behind - first) + 1;
    if (n_left > segment->n_dead) {
        pil_status status = reserve_dead(segment, n_left, err);
        if (status != PIL_OK)
            return status;
    }
    memmove(&segment->dead[first + 1], &segment->dead[behind],
            (segment->n_dead - behind) * sizeof segment->dead[0]);
    segment->dead[first] = range;
    segment->n_dead = n_left;
    return PIL_OK;
}

bool pil_manifest_is_dead(const pil_manifest_segment *segment, uint32_t docid)
{
    size_t at = find_dead(segment, docid);
    return at < segment->n_dead && segment->dead[at].first <= docid;
}

uint32_t pil_manifest_n_dead(const pil_manifest_segment *segment)
{
    uint32_t n = 0;
    for (size_t i = 0; i < segment->n_dead; i++)
        n += segment->dead[i].last - segment->dead[i].first + 1;
    return n;
}

char *pil_manifest_segment_path(const char *directory, const char *id)
{
    char *segments = pil_file_join(directory, PIL_SEGMENTS_NAME);
    char *path = segments == NULL ? NULL : pil_file_join(segments, id);
    free(segments);
    return path;
}
