#include "filter_config.h"

#include "base/file.h"
#include "base/hash.h"
#include "index/schema.h"
#include "source_file.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* ---- where things are ---- */

/* The file of that name among the user's files of a kind: in the directory of the variable, when it
 * is set and absolute as its specification wants it, else in that one of the home directory. NULL
 * when there is neither, or no memory. */
static char *user_file(const char *variable, const char *home, const char *in_home,
                       const char *name)
{
    if (variable != NULL && variable[0] == '/')
        return pil_file_join(variable, name);
    if (home == NULL || home[0] != '/')
        return NULL;
    char *directory = pil_file_join(home, in_home);
    char *path = directory == NULL ? NULL : pil_file_join(directory, name);
    free(directory);
    return path;
}

/* ---- reading ---- */

/* line[0..length) of the file at path. */
static pil_status take_line(pil_file_filters *filters, const char *path, size_t number,
                            const char *line, size_t length, bool is_trusted, pil_error *err)
{
    static const char keyword[] = "filter ";
    size_t n = sizeof keyword - 1;
    pil_error inner = {0};
    char *written = NULL;
    pil_status status;
    if (length <= n || memcmp(line, keyword, n) != 0) {
        status = pil_error_set(&inner, PIL_INVALID_ARGUMENT,
                               "only lines as \"filter doc:antiword %%f\" are known");
    } else {
        written = strndup(line + n, length - n);
        status = written == NULL ? PIL_NO_MEMORY
                                 : pil_file_filters_add(filters, written, is_trusted, &inner);
    }
    free(written);
    if (status == PIL_NO_MEMORY)
        return pil_error_no_memory(err);
    if (status != PIL_OK)
        return pil_error_set(err, status, "%.120s:%zu: %s", path, number, inner.message);
    return PIL_OK;
}

static pil_status take_lines(pil_file_filters *filters, const char *path, const pil_buffer *text,
                             bool is_trusted, pil_error *err)
{
    pil_status status = PIL_OK;
    const char *at = text->bytes, *end = text->bytes + text->length;
    if (memchr(at, '\0', text->length) != NULL)
        return pil_error_set(err, PIL_INVALID_ARGUMENT, "%.120s: not a text file", path);
    for (size_t number = 1; at < end && status == PIL_OK; number++) {
        const char *line_feed = memchr(at, '\n', (size_t)(end - at));
        const char *next = line_feed == NULL ? end : line_feed + 1;
        const char *line_end = line_feed == NULL ? end : line_feed;
        while (line_end > at && strchr(" \t\r", line_end[-1]) != NULL)
            line_end--;
        if (line_end > at && at[0] != '#')
            status = take_line(filters, path, number, at, (size_t)(line_end - at), is_trusted, err);
        at = next;
    }
    return status;
}

static pil_status explain(pil_status status, const char *path, const pil_error *inner,
                          pil_error *err)
{
    if (status == PIL_NO_MEMORY)
        return pil_error_no_memory(err);
    if (status == PIL_INVALID_ARGUMENT)
        return pil_error_set(err, status, "%.120s: a config file has at most 64 KiB", path);
    return pil_error_set(err, PIL_IO, "%.120s: %s", path, inner->message);
}

/* The user's own config may be a link, as some keep theirs elsewhere. */
static pil_status load_own(const pil_config_places *places, pil_file_filters *filters,
                           pil_error *err)
{
    pil_error inner = {0};
    char *path = user_file(places->config_home, places->home, ".config", "pilcrow/config");
    if (path == NULL)
        return PIL_OK;
    pil_buffer text;
    pil_buffer_init(&text, PIL_CONFIG_MAX_BYTES);
    pil_status status = pil_file_read(path, &text, &inner);
    if (status == PIL_OK)
        status = take_lines(filters, path, &text, true, err);
    else
        status = status == PIL_NOT_FOUND ? PIL_OK : explain(status, path, &inner, err);
    pil_buffer_dispose(&text);
    free(path);
    return status;
}

/* One that came with a folder must be a file, not something that leads or waits elsewhere.
 * PIL_NOT_FOUND when there is none. */
static pil_status read_foreign(const char *path, pil_buffer *text, pil_error *err)
{
    struct stat info;
    pil_source_file file;
    pil_error inner = {0};
    if (lstat(path, &info) != 0)
        return PIL_NOT_FOUND;
    pil_status status = pil_source_file_open(&file, path, &inner);
    if (status == PIL_OK)
        status = pil_file_read_fd(file.fd, UINT64_MAX, text, &inner);
    pil_source_file_close(&file);
    return status == PIL_OK ? PIL_OK : explain(status, path, &inner, err);
}

/* ---- trust ---- */

/* What is kept of a config that is trusted: where it is, a NUL, and what it says. */
static pil_status describe(const char *path, const pil_buffer *text, pil_buffer *out)
{
    pil_status status = pil_buffer_append(out, path, strlen(path) + 1);
    return status == PIL_OK ? pil_buffer_append(out, text->bytes, text->length) : status;
}

/* Where it is kept. NULL when there is no place, or no memory. */
static char *trust_file(const pil_config_places *places, const char *path)
{
    char name[sizeof "pilcrow/trusted/" + PIL_DIGEST_LENGTH] = "pilcrow/trusted/";
    pil_digest digest = pil_digest_of(path, strlen(path));
    memcpy(name + sizeof "pilcrow/trusted/" - 1, digest.hex, sizeof digest.hex);
    return user_file(places->state_home, places->home, ".local/state", name);
}

static bool is_trusted(const pil_config_places *places, const char *path, const pil_buffer *text)
{
    pil_buffer wanted, kept;
    pil_buffer_init(&wanted, SIZE_MAX - 1);
    pil_buffer_init(&kept, SIZE_MAX - 1);
    char *file = trust_file(places, path);
    bool is_same = file != NULL && describe(path, text, &wanted) == PIL_OK &&
                   pil_file_read(file, &kept, NULL) == PIL_OK && kept.length == wanted.length &&
                   memcmp(kept.bytes, wanted.bytes, wanted.length) == 0;
    free(file);
    pil_buffer_dispose(&wanted);
    pil_buffer_dispose(&kept);
    return is_same;
}

/* The directory that path is in, made if it is not there. */
static pil_status make_parent(const char *path, pil_error *err)
{
    char *directory = strndup(path, (size_t)(strrchr(path, '/') - path));
    pil_status status =
        directory == NULL ? pil_error_no_memory(err) : pil_file_make_directories(directory, err);
    free(directory);
    return status;
}

pil_status pil_filter_config_trust(const pil_config_places *places, const pil_buffer *text,
                                   pil_error *err)
{
    pil_buffer kept;
    pil_buffer_init(&kept, SIZE_MAX - 1);
    char *path = pil_file_join(places->index_directory, PIL_CONFIG_NAME);
    char *file = path == NULL ? NULL : trust_file(places, path);
    pil_status status = PIL_OK;
    if (path == NULL || describe(path, text, &kept) != PIL_OK)
        status = pil_error_no_memory(err);
    else if (file == NULL)
        status = pil_error_set(err, PIL_INVALID_ARGUMENT,
                               "there is no place to keep that it is trusted: neither "
                               "XDG_STATE_HOME nor HOME is set");
    if (status == PIL_OK)
        status = make_parent(file, err);
    if (status == PIL_OK)
        status = pil_file_replace(file, kept.bytes, kept.length, err);
    free(file);
    free(path);
    pil_buffer_dispose(&kept);
    return status;
}

/* ---- all of it ---- */

pil_status pil_filter_config_read(const pil_config_places *places, pil_buffer *text,
                                  pil_file_filters *filters, pil_error *err)
{
    char *path = pil_file_join(places->index_directory, PIL_CONFIG_NAME);
    if (path == NULL)
        return pil_error_no_memory(err);
    pil_status status = read_foreign(path, text, err);
    if (status == PIL_OK)
        status = take_lines(filters, path, text, is_trusted(places, path, text), err);
    free(path);
    return status;
}

pil_status pil_filter_config_load(const pil_config_places *places, const pil_option_strings *given,
                                  pil_file_filters *filters, pil_error *err)
{
    pil_status status = PIL_OK;
    for (size_t i = 0; given != NULL && i < given->n_items && status == PIL_OK; i++)
        status = pil_file_filters_add(filters, given->items[i], true, err);
    pil_buffer text;
    pil_buffer_init(&text, PIL_CONFIG_MAX_BYTES);
    if (status == PIL_OK)
        status = pil_filter_config_read(places, &text, filters, err);
    pil_buffer_dispose(&text);
    if (status == PIL_NOT_FOUND)
        status = PIL_OK;
    return status == PIL_OK ? load_own(places, filters, err) : status;
}
