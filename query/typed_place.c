#include "typed_place.h"

#include "base/file.h"

#include <stdlib.h>
#include <string.h>

/* The length of the path in "path:12", whose line goes to *line; all of it when no line follows. */
static size_t split_line(const char *text, uint32_t *line)
{
    const char *colon = strrchr(text, ':');
    *line = 0;
    if (colon == NULL || colon == text || colon[1] == '\0')
        return strlen(text);
    uint64_t number = 0;
    for (const char *at = colon + 1; *at != '\0'; at++) {
        if (*at < '0' || *at > '9')
            return strlen(text);
        number = number * 10 + (uint64_t)(*at - '0');
        if (number > UINT32_MAX)
            return strlen(text);
    }
    *line = (uint32_t)number;
    return number == 0 ? strlen(text) : (size_t)(colon - text);
}

/* Absolute, as the index has it; a file that is gone may still be in the index. */
static char *absolute(const char *path, const char *cwd)
{
    if (strcmp(path, "-") == 0)
        return strdup(path);
    char *real = realpath(path, NULL);
    if (real != NULL || path[0] == '/' || cwd == NULL)
        return real != NULL ? real : strdup(path);
    return pil_file_join(cwd, strncmp(path, "./", 2) == 0 ? path + 2 : path);
}

char *pil_typed_place(const char *text, const char *cwd, uint32_t *line)
{
    char *path = strndup(text, split_line(text, line));
    char *found = path == NULL ? NULL : absolute(path, cwd);
    free(path);
    return found;
}
