#include "cli/paths.h"

#include "base/file.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

char *pil_path_display(const char *path, const char *cwd)
{
    if (path[0] != '/' || cwd == NULL || cwd[0] != '/')
        return strdup(path);
    size_t length = strlen(cwd);
    while (length > 0 && cwd[length - 1] == '/')
        length--;
    if (strncmp(path, cwd, length) != 0 || path[length] != '/' || path[length + 1] == '\0')
        return strdup(path);
    const char *relative = path + length + 1;
    return relative[0] == '-' ? pil_file_join(".", relative) : strdup(relative);
}

static bool is_set(const char *value)
{
    return value != NULL && *value != '\0';
}

/* The nearest .pilcrow directory from cwd upward: *path stays NULL when there is none. */
static pil_status find_project(const char *cwd, char **path)
{
    static const char name[] = ".pilcrow";
    size_t length = strlen(cwd);
    char *candidate = malloc(length + sizeof name + 1);
    if (candidate == NULL)
        return PIL_NO_MEMORY;
    memcpy(candidate, cwd, length);
    for (;;) {
        while (length > 0 && candidate[length - 1] == '/')
            length--;
        candidate[length] = '/';
        memcpy(candidate + length + 1, name, sizeof name);
        struct stat info;
        if (stat(candidate, &info) == 0 && S_ISDIR(info.st_mode)) {
            *path = candidate;
            return PIL_OK;
        }
        if (length == 0)
            break;
        while (length > 0 && candidate[length - 1] != '/')
            length--;
    }
    free(candidate);
    return PIL_OK;
}

static pil_status user_path(const pil_index_places *places, char **path, pil_error *err)
{
    if (is_set(places->data_home) && places->data_home[0] == '/') {
        *path = pil_file_join(places->data_home, "pilcrow/index");
    } else if (is_set(places->home)) {
        *path = pil_file_join(places->home, ".local/share/pilcrow/index");
    } else {
        return pil_error_set(err, PIL_NOT_FOUND,
                             "no index is named and HOME is not set: name one with -d DIR");
    }
    return *path == NULL ? pil_error_no_memory(err) : PIL_OK;
}

pil_status pil_index_path(const pil_index_places *places, char **path, pil_index_rule *rule,
                          pil_error *err)
{
    *path = NULL;
    pil_index_rule by = is_set(places->option) ? PIL_INDEX_FROM_OPTION : PIL_INDEX_FROM_VARIABLE;
    const char *named = by == PIL_INDEX_FROM_OPTION ? places->option : places->variable;
    if (is_set(named)) {
        *path = strdup(named);
        if (*path == NULL)
            return pil_error_no_memory(err);
    } else {
        by = PIL_INDEX_FROM_PROJECT;
        if (is_set(places->cwd) && find_project(places->cwd, path) != PIL_OK)
            return pil_error_no_memory(err);
    }
    pil_status status = PIL_OK;
    if (*path == NULL) {
        by = PIL_INDEX_FROM_USER;
        status = user_path(places, path, err);
    }
    if (rule != NULL && status == PIL_OK)
        *rule = by;
    return status;
}
