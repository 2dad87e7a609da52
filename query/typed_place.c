#include "typed_place.h"

#include "base/file.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* The length of the path in "path:12" or "path:p3", whose line or page goes to *place; all of it
 * when neither follows. */
static size_t split_spot(const char *text, pil_paragraph_place *place)
{
    const char *colon = strrchr(text, ':');
    if (colon == NULL || colon == text)
        return strlen(text);
    bool is_page = colon[1] == 'p';
    uint64_t number = 0;
    for (const char *at = colon + 1 + is_page; *at != '\0'; at++) {
        if (*at < '0' || *at > '9')
            return strlen(text);
        number = number * 10 + (uint64_t)(*at - '0');
        if (number > UINT32_MAX)
            return strlen(text);
    }
    if (number == 0)
        return strlen(text);
    *(is_page ? &place->page : &place->line) = (uint32_t)number;
    return (size_t)(colon - text);
}

/* The path of an archive that is there, made absolute, with what stands behind it: "#" and the name
 * of a file in it. NULL when there is none. */
static char *absolute_archive(const char *path)
{
    for (const char *hash = path; (hash = strchr(hash, '#')) != NULL; hash++) {
        char *archive = strndup(path, (size_t)(hash - path));
        char *real = archive == NULL ? NULL : realpath(archive, NULL);
        free(archive);
        if (real == NULL)
            continue;
        size_t length = strlen(real);
        char *whole = realloc(real, length + strlen(hash) + 1);
        if (whole == NULL) {
            free(real);
            return NULL;
        }
        memcpy(whole + length, hash, strlen(hash) + 1);
        return whole;
    }
    return NULL;
}

/* Absolute, as the index has it; a file that is gone may still be in the index. */
static char *absolute(const char *path, const char *cwd)
{
    if (strcmp(path, "-") == 0)
        return strdup(path);
    char *real = realpath(path, NULL);
    if (real == NULL)
        real = absolute_archive(path);
    if (real != NULL || path[0] == '/' || cwd == NULL)
        return real != NULL ? real : strdup(path);
    return pil_file_join(cwd, strncmp(path, "./", 2) == 0 ? path + 2 : path);
}

char *pil_typed_place(const char *text, const char *cwd, pil_paragraph_place *place)
{
    *place = (pil_paragraph_place){0};
    char *path = strndup(text, split_spot(text, place));
    char *found = path == NULL ? NULL : absolute(path, cwd);
    free(path);
    place->path = found;
    return found;
}
