/* What saved queries have found before: a file of paragraph ids for each query and index. */
#include "saved_queries.h"

#include "base/file.h"
#include "saved_files.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_LINE "pilcrow seen 1\n"

/* As many ids as there may be, and a first line or two. */
enum { ID_DIGITS = 16, FILE_MAX_BYTES = 64 * 1024 * 1024 };

/* The file's name is a hash of the index's path. */
static char *path_of(const char *directory, const char *name, const char *index)
{
    char hash[17];
    snprintf(hash, sizeof hash, "%016" PRIx64, pil_hash64(index, strlen(index)));
    char *folder = pil_saved_seen_directory(directory, name);
    char *path = folder == NULL ? NULL : pil_file_join(folder, hash);
    free(folder);
    return path;
}

/* The id on a line of its own at text; false when there is none. */
static bool read_id(const char *text, const char *end, uint64_t *id)
{
    static const char digits[] = "0123456789abcdef";
    if (end - text < ID_DIGITS + 1 || text[ID_DIGITS] != '\n')
        return false;
    *id = 0;
    for (size_t i = 0; i < ID_DIGITS; i++) {
        const char *digit = text[i] == '\0' ? NULL : strchr(digits, text[i]);
        if (digit == NULL)
            return false;
        *id = *id << 4 | (uint64_t)(digit - digits);
    }
    return true;
}

static pil_status parse(const pil_buffer *text, const char *name, uint64_t **ids, size_t *n_ids,
                        pil_error *err)
{
    const char *at = text->bytes, *end = text->bytes + text->length;
    bool is_good =
        text->length >= strlen(FIRST_LINE) && memcmp(at, FIRST_LINE, strlen(FIRST_LINE)) == 0;
    *ids = malloc((text->length / (ID_DIGITS + 1) + 1) * sizeof **ids);
    if (*ids == NULL)
        return pil_error_no_memory(err);
    for (at += strlen(FIRST_LINE); is_good && at < end; at += ID_DIGITS + 1) {
        is_good = read_id(at, end, &(*ids)[*n_ids]) &&
                  (*n_ids == 0 || (*ids)[*n_ids - 1] < (*ids)[*n_ids]);
        (*n_ids)++;
    }
    if (is_good)
        return PIL_OK;
    free(*ids);
    *ids = NULL;
    *n_ids = 0;
    return pil_error_set(err, PIL_CORRUPT,
                         "what is remembered of the saved query %s is damaged; begin anew with "
                         "--forget and --save",
                         name);
}

pil_status pil_saved_read_seen(const char *directory, const char *name, const char *index,
                               uint64_t **ids, size_t *n_ids, pil_error *err)
{
    pil_error failure = {0};
    pil_buffer text;
    pil_buffer_init(&text, FILE_MAX_BYTES);
    *ids = NULL;
    *n_ids = 0;
    char *path = path_of(directory, name, index);
    pil_status status =
        path == NULL ? pil_error_no_memory(&failure) : pil_file_read(path, &text, &failure);
    if (status == PIL_OK)
        status = parse(&text, name, ids, n_ids, err);
    else if (status == PIL_NOT_FOUND)
        status = PIL_OK;
    else
        pil_error_set(err, status, "%s", failure.message);
    free(path);
    pil_buffer_dispose(&text);
    return status;
}

pil_status pil_saved_write_seen(const char *directory, const char *name, const char *index,
                                const uint64_t *ids, size_t n_ids, pil_error *err)
{
    pil_buffer text;
    pil_buffer_init(&text, FILE_MAX_BYTES);
    char *path = path_of(directory, name, index);
    pil_status status = pil_buffer_append_string(&text, FIRST_LINE);
    for (size_t i = 0; i < n_ids && status == PIL_OK; i++)
        status = pil_buffer_appendf(&text, "%016" PRIx64 "\n", ids[i]);
    if (status != PIL_OK || path == NULL)
        status = pil_error_no_memory(err);
    else
        status = pil_saved_put(path, text.bytes, text.length, err);
    free(path);
    pil_buffer_dispose(&text);
    return status;
}
