#include "saved_files.h"

#include "base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *path_of(const char *directory, const char *folder, const char *name)
{
    size_t length = strlen(directory) + strlen(folder) + strlen(name) + 3;
    char *path = malloc(length);
    if (path != NULL)
        snprintf(path, length, "%s/%s%s%s", directory, folder, *name == '\0' ? "" : "/", name);
    return path;
}

char *pil_saved_query_path(const char *directory, const char *name)
{
    return path_of(directory, "queries", name);
}

char *pil_saved_seen_directory(const char *directory, const char *name)
{
    return path_of(directory, "seen", name);
}

/* Each process writes a file of its own, whose name is that of no query, and renames it. One may be
 * left over from a process that was killed and had the same number. */
static pil_status put(const char *path, const void *bytes, size_t length, pil_error *err)
{
    const char *name = strrchr(path, '/') + 1;
    char *parent = strndup(path, (size_t)(name - path));
    size_t size = strlen(path) + 32;
    char *temporary = malloc(size);
    pil_status status = PIL_OK;
    if (parent == NULL || temporary == NULL) {
        status = pil_error_no_memory(err);
        goto done;
    }
    snprintf(temporary, size, "%s.%ld-%s", parent, (long)getpid(), name);
    status = pil_file_make_directories(parent, err);
    if (status == PIL_OK)
        status = pil_file_replace_by(path, temporary, bytes, length, err);
done:
    free(parent);
    free(temporary);
    return status;
}

pil_status pil_saved_put(const char *path, const void *bytes, size_t length, pil_error *err)
{
    pil_error failure = {0};
    pil_status status = put(path, bytes, length, &failure);
    return status == PIL_OK ? PIL_OK : pil_error_set(err, status, "%s: %s", path, failure.message);
}
