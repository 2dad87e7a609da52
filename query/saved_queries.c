#include "saved_queries.h"

#include "base/file.h"
#include "saved_files.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_LINE "pilcrow saved query 1\n"
#define OPTION "option "
#define QUERY "query "

enum { FILE_MAX_BYTES = 1 << 20 };

bool pil_saved_is_name(const char *name)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    size_t length = strlen(name);
    if (length == 0 || length > PIL_SAVED_NAME_MAX_BYTES || strchr(letters, name[0]) == NULL)
        return false;
    for (const char *at = name; *at != '\0'; at++)
        if (strchr(letters, *at) == NULL && strchr("-_.", *at) == NULL)
            return false;
    return true;
}

pil_status pil_saved_directory(const char *state_home, const char *home, char **out, pil_error *err)
{
    *out = NULL;
    if (state_home != NULL && state_home[0] == '/')
        *out = pil_file_join(state_home, "pilcrow");
    else if (home != NULL && home[0] != '\0')
        *out = pil_file_join(home, ".local/state/pilcrow");
    else
        return pil_error_set(err, PIL_INVALID_ARGUMENT,
                             "there is no place for saved queries: neither XDG_STATE_HOME nor HOME "
                             "is set");
    return *out == NULL ? pil_error_no_memory(err) : PIL_OK;
}

/* ---- reading ---- */

static pil_status damaged(const char *name, pil_error *err)
{
    return pil_error_set(err, PIL_CORRUPT,
                         "the file of the saved query %s is damaged; save it again", name);
}

/* text is a NUL-terminated copy in the arena, which is cut into lines. */
static pil_status parse(char *text, const char *name, pil_saved_query *out, pil_error *err)
{
    size_t n_lines = 0;
    if (strncmp(text, FIRST_LINE, strlen(FIRST_LINE)) != 0)
        return damaged(name, err);
    for (const char *at = text; (at = strchr(at, '\n')) != NULL; at++)
        n_lines++;
    out->options = pil_arena_alloc(&out->arena, n_lines * sizeof *out->options);
    if (out->options == NULL)
        return pil_error_no_memory(err);
    char *at = text + strlen(FIRST_LINE);
    while (strncmp(at, OPTION, strlen(OPTION)) == 0) {
        char *end = strchr(at, '\n');
        if (end == NULL)
            return damaged(name, err);
        *end = '\0';
        out->options[out->n_options++] = at + strlen(OPTION);
        at = end + 1;
    }
    size_t length = strlen(at);
    if (strncmp(at, QUERY, strlen(QUERY)) != 0 || at[length - 1] != '\n')
        return damaged(name, err);
    at[length - 1] = '\0';
    out->query = at + strlen(QUERY);
    return PIL_OK;
}

pil_status pil_saved_read(const char *directory, const char *name, pil_saved_query *out,
                          pil_error *err)
{
    *out = (pil_saved_query){0};
    pil_buffer bytes;
    pil_buffer_init(&bytes, FILE_MAX_BYTES);
    char *path = pil_saved_query_path(directory, name);
    pil_status status = path == NULL ? pil_error_no_memory(err) : pil_file_read(path, &bytes, err);
    if (status == PIL_INVALID_ARGUMENT || (status == PIL_OK && strlen(bytes.bytes) != bytes.length))
        status = damaged(name, err);
    if (status == PIL_OK) {
        char *text = pil_arena_copy(&out->arena, bytes.bytes, bytes.length);
        status = text == NULL ? pil_error_no_memory(err) : parse(text, name, out, err);
    }
    free(path);
    pil_buffer_dispose(&bytes);
    return status;
}

void pil_saved_query_dispose(pil_saved_query *query)
{
    pil_arena_dispose(&query->arena);
    *query = (pil_saved_query){0};
}

/* ---- writing ---- */

static pil_status render(const pil_saved_query *query, pil_buffer *out, pil_error *err)
{
    pil_status status = pil_buffer_append_string(out, FIRST_LINE);
    for (size_t i = 0; i < query->n_options && status == PIL_OK; i++) {
        if (strchr(query->options[i], '\n') != NULL)
            return pil_error_set(err, PIL_INVALID_ARGUMENT,
                                 "an option with a line feed in it cannot be saved");
        status = pil_buffer_appendf(out, OPTION "%s\n", query->options[i]);
    }
    if (status == PIL_OK)
        status = pil_buffer_appendf(out, QUERY "%s\n", query->query);
    if (status == PIL_INVALID_ARGUMENT)
        return pil_error_set(err, status, "it is too long to be saved");
    return status == PIL_OK ? PIL_OK : pil_error_no_memory(err);
}

/* Whether the file at path is there and has this content. */
static bool has_content(const char *path, const pil_buffer *wanted)
{
    pil_buffer there;
    pil_buffer_init(&there, FILE_MAX_BYTES);
    bool is_so = pil_file_read(path, &there, NULL) == PIL_OK && there.length == wanted->length &&
                 memcmp(there.bytes, wanted->bytes, wanted->length) == 0;
    pil_buffer_dispose(&there);
    return is_so;
}

pil_status pil_saved_write(const char *directory, const char *name, const pil_saved_query *query,
                           pil_error *err)
{
    pil_buffer text;
    pil_buffer_init(&text, FILE_MAX_BYTES);
    char *path = pil_saved_query_path(directory, name);
    char *seen = pil_saved_seen_directory(directory, name);
    pil_status status = path == NULL || seen == NULL ? pil_error_no_memory(err) : PIL_OK;
    if (status == PIL_OK)
        status = render(query, &text, err);
    if (status == PIL_OK && !has_content(path, &text)) {
        status = pil_file_remove_tree(seen, err);
        if (status == PIL_OK)
            status = pil_saved_put(path, text.bytes, text.length, err);
    }
    free(path);
    free(seen);
    pil_buffer_dispose(&text);
    return status;
}

pil_status pil_saved_forget(const char *directory, const char *name, pil_error *err)
{
    char *path = pil_saved_query_path(directory, name);
    char *seen = pil_saved_seen_directory(directory, name);
    pil_status status = PIL_OK;
    if (path == NULL || seen == NULL)
        status = pil_error_no_memory(err);
    else if (remove(path) != 0)
        status = pil_error_set_errno(err, errno, "cannot remove %s", path);
    else
        status = pil_file_remove_tree(seen, err);
    free(path);
    free(seen);
    return status;
}

/* ---- names ---- */

static pil_status add_name(pil_saved_names *names, const char *name)
{
    if (names->n_items == names->capacity) {
        size_t capacity = names->capacity == 0 ? 16 : 2 * names->capacity;
        const char **grown = realloc(names->items, capacity * sizeof *grown);
        if (grown == NULL)
            return PIL_NO_MEMORY;
        names->items = grown;
        names->capacity = capacity;
    }
    const char *copy = pil_arena_copy(&names->arena, name, strlen(name));
    names->items[names->n_items] = copy;
    names->n_items += copy != NULL;
    return copy == NULL ? PIL_NO_MEMORY : PIL_OK;
}

static int by_bytes(const void *left, const void *right)
{
    const char *const *a = left, *const *b = right;
    return strcmp(*a, *b);
}

pil_status pil_saved_list(const char *directory, pil_saved_names *out, pil_error *err)
{
    *out = (pil_saved_names){0};
    char *path = pil_saved_query_path(directory, "");
    if (path == NULL)
        return pil_error_no_memory(err);
    DIR *entries = opendir(path);
    pil_status status = PIL_OK;
    if (entries == NULL && errno != ENOENT)
        status = pil_error_set_errno(err, errno, "cannot read %s", path);
    while (entries != NULL && status == PIL_OK) {
        errno = 0;
        const struct dirent *entry = readdir(entries);
        if (entry == NULL && errno != 0)
            status = pil_error_set_errno(err, errno, "cannot read %s", path);
        if (entry == NULL)
            break;
        if (pil_saved_is_name(entry->d_name) && add_name(out, entry->d_name) != PIL_OK)
            status = pil_error_no_memory(err);
    }
    if (entries != NULL)
        closedir(entries);
    free(path);
    if (out->n_items > 0)
        qsort(out->items, out->n_items, sizeof *out->items, by_bytes);
    return status;
}

void pil_saved_names_dispose(pil_saved_names *names)
{
    free(names->items);
    pil_arena_dispose(&names->arena);
    *names = (pil_saved_names){0};
}
