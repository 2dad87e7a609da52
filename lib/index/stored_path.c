#include "index/stored_path.h"

#include "base/file.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* The length of the folder that holds the index, without the slash behind it. */
static size_t parent_length(const char *index_directory)
{
    const char *slash = strrchr(index_directory, '/');
    return slash == NULL ? 0 : (size_t)(slash - index_directory);
}

char *pil_stored_path_from(const char *index_directory, const char *path)
{
    size_t length = parent_length(index_directory);
    /* Below "/" everything would be relative, and nothing gained. */
    bool is_below = length > 0 && strncmp(path, index_directory, length) == 0 &&
                    path[length] == '/' && path[length + 1] != '\0';
    /* A file that is called "-" must not be taken for standard input. */
    return strdup(is_below && strcmp(path + length + 1, "-") != 0 ? path + length + 1 : path);
}

char *pil_stored_path_resolve(const char *index_directory, const char *stored)
{
    if (stored[0] == '/' || strcmp(stored, "-") == 0)
        return strdup(stored);
    char *parent = strndup(index_directory, parent_length(index_directory));
    char *path = parent == NULL ? NULL : pil_file_join(parent, stored);
    free(parent);
    return path;
}
