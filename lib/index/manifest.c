#include "index/manifest.h"

#include "base/buffer.h"
#include "base/file.h"
#include "index/common_words.h"
#include "index/dictionary.h"
#include "index/schema.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MANIFEST_MAX_BYTES = 1 << 28,
    /* More than a writer leaves behind, and few enough to be gone through. */
    MAX_SHARED = 1024,
    WORDS_MAX_BYTES = PIL_COMMON_WORDS_MAX * (PIL_TERM_MAX_BYTES + 1)
};

static const char magic[] = "pilcrow-manifest";

/* ---- writing ---- */

static pil_status put_segment(pil_buffer *out, const pil_manifest_segment *segment)
{
    pil_status status = pil_buffer_appendf(
        out, "segment\t%s\t%s\t%" PRIu32 "\t%" PRIu64 "\t%" PRIu64 "\t%" PRIu64 "\t%s", segment->id,
        segment->uuid, segment->n_paragraphs, segment->n_words, segment->text_bytes,
        segment->common, segment->n_dictionaries == 0 ? "-" : "");
    for (size_t i = 0; i < segment->n_dictionaries && status == PIL_OK; i++)
        status = pil_buffer_appendf(out, "%s%" PRIu64, i > 0 ? "," : "", segment->dictionaries[i]);
    if (status == PIL_OK)
        status = pil_buffer_appendf(out, "\t%s\t%s\t%s\t", segment->version_file.hex,
                                    segment->checksums.hex, segment->stamp);
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
    for (size_t i = 0; i < manifest->n_dictionaries && status == PIL_OK; i++) {
        const pil_manifest_dictionary *dictionary = &manifest->dictionaries[i];
        status =
            pil_buffer_appendf(out, "dictionary\t%" PRIu64 "\t%" PRIu64 "\t%s\n",
                               dictionary->number, dictionary->n_bytes, dictionary->digest.hex);
    }
    for (size_t i = 0; i < manifest->n_commons && status == PIL_OK; i++) {
        const pil_manifest_common *common = &manifest->commons[i];
        status = pil_buffer_appendf(out, "common\t%" PRIu64 "\t%" PRIu64 "\t%s\n", common->number,
                                    common->text_bytes, common->words);
    }
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

static bool copy_digest(pil_digest *out, const char *field)
{
    return is_plain_name(field) && copy_exact(out->hex, PIL_DIGEST_LENGTH, field);
}

/* Cuts a decimal number of at most max off *text; false when there is none. */
static bool take_number(const char **text, uint64_t max, uint64_t *number)
{
    const char *at = *text;
    uint64_t value = 0;
    for (; *at >= '0' && *at <= '9'; at++) {
        uint64_t digit = (uint64_t)(*at - '0');
        if (digit > max || value > (max - digit) / 10)
            return false;
        value = value * 10 + digit;
    }
    bool is_there = at > *text;
    *text = at;
    *number = value;
    return is_there;
}

/* The next field of the line, which must be such a number and nothing else. */
static bool next_number(char **line, uint64_t max, uint64_t *number)
{
    const char *field = next_field(line);
    return take_number(&field, max, number) && *field == '\0';
}

static pil_status parse_dead(pil_manifest_segment *segment, const char *field, pil_error *err)
{
    while (*field != '\0') {
        uint64_t first, last;
        if (!take_number(&field, segment->n_paragraphs, &first) || *field++ != '-' ||
            !take_number(&field, segment->n_paragraphs, &last) ||
            (*field != ',' && *field != '\0') || first < 1 || last < first)
            return damaged(err);
        pil_docid_range range = {(uint32_t)first, (uint32_t)last};
        pil_status status = pil_manifest_kill(segment, range, err);
        if (status != PIL_OK)
            return status;
        field += *field == ',';
    }
    return PIL_OK;
}

static pil_status parse_needs(pil_manifest_segment *segment, const char *field, pil_error *err)
{
    if (strcmp(field, "-") == 0)
        return PIL_OK;
    for (;;) {
        uint64_t number;
        if (!take_number(&field, UINT64_MAX, &number) || (*field != ',' && *field != '\0') ||
            segment->n_dictionaries == MAX_SHARED)
            return damaged(err);
        pil_status status = pil_manifest_segment_need(segment, number, err);
        if (status != PIL_OK || *field == '\0')
            return status;
        field++;
    }
}

static bool parse_counts(pil_manifest_segment *segment, char **line)
{
    uint64_t n_paragraphs;
    if (!next_number(line, UINT32_MAX, &n_paragraphs))
        return false;
    segment->n_paragraphs = (uint32_t)n_paragraphs;
    return next_number(line, UINT64_MAX, &segment->n_words) &&
           next_number(line, UINT64_MAX, &segment->text_bytes) &&
           next_number(line, UINT64_MAX, &segment->common);
}

static pil_status fill_segment(pil_manifest_segment *segment, char *line, pil_error *err)
{
    bool fits = copy_exact(segment->id, PIL_SEGMENT_ID_LENGTH, next_field(&line)) &&
                is_plain_name(segment->id) &&
                copy_exact(segment->uuid, PIL_UUID_LENGTH, next_field(&line)) &&
                parse_counts(segment, &line);
    if (!fits)
        return damaged(err);
    pil_status status = parse_needs(segment, next_field(&line), err);
    if (status != PIL_OK)
        return status;
    fits = copy_digest(&segment->version_file, next_field(&line)) &&
           copy_digest(&segment->checksums, next_field(&line));
    if (!fits)
        return damaged(err);
    segment->stamp = strdup(next_field(&line));
    return segment->stamp == NULL ? pil_error_no_memory(err) : parse_dead(segment, line, err);
}

static pil_status parse_segment(pil_manifest *manifest, char *line, pil_error *err)
{
    pil_manifest_segment segment = {0};
    pil_status status = fill_segment(&segment, line, err);
    if (status == PIL_OK)
        status = pil_manifest_add_segment(manifest, &segment, err);
    pil_manifest_segment_dispose(&segment);
    return status;
}

static pil_status parse_catalogue(pil_manifest *manifest, char *line, pil_error *err)
{
    pil_manifest_catalogue catalogue = {0};
    if (!next_number(&line, UINT64_MAX, &catalogue.generation) ||
        !next_number(&line, UINT64_MAX, &catalogue.n_bytes) ||
        !copy_digest(&catalogue.digest, line))
        return damaged(err);
    size_t size = (manifest->n_catalogues + 1) * sizeof catalogue;
    pil_manifest_catalogue *grown = realloc(manifest->catalogues, size);
    if (grown == NULL)
        return pil_error_no_memory(err);
    grown[manifest->n_catalogues++] = catalogue;
    manifest->catalogues = grown;
    return PIL_OK;
}

/* Numbers go up from entry to entry, so that none is there twice. */
static pil_status parse_dictionary(pil_manifest *manifest, char *line, pil_error *err)
{
    pil_manifest_dictionary dictionary = {0};
    size_t n = manifest->n_dictionaries;
    uint64_t before = n == 0 ? 0 : manifest->dictionaries[n - 1].number;
    if (!next_number(&line, UINT64_MAX, &dictionary.number) || dictionary.number <= before ||
        !next_number(&line, PIL_DICTIONARY_MAX_BYTES, &dictionary.n_bytes) ||
        dictionary.n_bytes == 0 || !copy_digest(&dictionary.digest, line) || n == MAX_SHARED)
        return damaged(err);
    return pil_manifest_add_dictionary(manifest, &dictionary, err);
}

static pil_status parse_common(pil_manifest *manifest, char *line, pil_error *err)
{
    pil_manifest_common common = {0};
    size_t n = manifest->n_commons;
    uint64_t before = n == 0 ? 0 : manifest->commons[n - 1].number;
    if (!next_number(&line, UINT64_MAX, &common.number) || common.number <= before ||
        !next_number(&line, UINT64_MAX, &common.text_bytes) || strlen(line) > WORDS_MAX_BYTES ||
        strchr(line, '\t') != NULL || n == MAX_SHARED)
        return damaged(err);
    common.words = strdup(line);
    if (common.words == NULL)
        return pil_error_no_memory(err);
    pil_status status = pil_manifest_add_common(manifest, &common, err);
    free(common.words);
    return status;
}

static pil_status parse_line(pil_manifest *manifest, char *line, pil_error *err)
{
    const char *key = next_field(&line);
    if (strcmp(key, "segment") == 0)
        return parse_segment(manifest, line, err);
    if (strcmp(key, "catalogue") == 0)
        return parse_catalogue(manifest, line, err);
    if (strcmp(key, "dictionary") == 0)
        return parse_dictionary(manifest, line, err);
    if (strcmp(key, "common") == 0)
        return parse_common(manifest, line, err);
    if (strcmp(key, "generation") == 0)
        return next_number(&line, UINT64_MAX, &manifest->generation) ? PIL_OK : damaged(err);
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

/* True when the manifest has all that its segments name. */
static bool is_complete(const pil_manifest *manifest)
{
    for (size_t i = 0; i < manifest->n_segments; i++) {
        const pil_manifest_segment *segment = &manifest->segments[i];
        if (segment->common != 0 && pil_manifest_find_common(manifest, segment->common) == NULL)
            return false;
        for (size_t j = 0; j < segment->n_dictionaries; j++) {
            if (pil_manifest_find_dictionary(manifest, segment->dictionaries[j]) == NULL)
                return false;
        }
    }
    return true;
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
    if (status == PIL_OK && !is_complete(manifest))
        status = damaged(err);
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
