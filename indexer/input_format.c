#include "input_format.h"

#include <string.h>
#include <strings.h>

#define ENDINGS(...)                                                                               \
    (const char *const[])                                                                          \
    {                                                                                              \
        __VA_ARGS__, NULL                                                                          \
    }

static const pil_format_info formats[PIL_FORMATS] = {
    [PIL_FORMAT_NONE] = {"auto", "", false, (const char *const[]){NULL}},
    [PIL_FORMAT_TEXT] = {"text", "", false, ENDINGS("txt", "text")},
    [PIL_FORMAT_MARKDOWN] = {"markdown", "cmark-gfm", true, ENDINGS("md", "markdown")},
    [PIL_FORMAT_HTML] = {"html", "libxml2", true, ENDINGS("html", "htm", "xhtml")},
    [PIL_FORMAT_JSONL] = {"jsonl", "simdjson", false, ENDINGS("jsonl", "ndjson")},
};

const pil_format_info *pil_format_get(pil_format format)
{
    return &formats[format];
}

static const char *file_name(const char *name)
{
    const char *slash = strrchr(name, '/');
    return slash == NULL ? name : slash + 1;
}

/* Whether file[0..length) is something, a dot and the ending. */
static bool has_ending(const char *file, size_t length, const char *ending)
{
    size_t n = strlen(ending);
    return length > n + 1 && file[length - n - 1] == '.' &&
           strncasecmp(file + length - n, ending, n) == 0;
}

static pil_format find(const char *file, size_t length)
{
    for (int format = PIL_FORMAT_TEXT; format < PIL_FORMATS; format++) {
        for (const char *const *e = formats[format].endings; *e != NULL; e++) {
            if (has_ending(file, length, *e))
                return (pil_format)format;
        }
    }
    return PIL_FORMAT_NONE;
}

pil_format pil_format_of_name(const char *name)
{
    const char *file = file_name(name);
    return find(file, strlen(file));
}
