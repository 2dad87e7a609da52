#include "read_internal.h"

#include <string.h>
#include <strings.h>

typedef struct reader {
    pil_format format;
    const char *extensions[4];
    pil_status (*read)(pil_reading *reading, const char *bytes, size_t length, pil_error *err);
} reader;

static const reader readers[] = {
    {PIL_FORMAT_TEXT, {"txt", "text"}, pil_read_text},
    {PIL_FORMAT_MARKDOWN, {"md", "markdown"}, pil_read_markdown},
    {PIL_FORMAT_HTML, {"html", "htm", "xhtml"}, pil_read_html},
    {PIL_FORMAT_JSONL, {"jsonl", "ndjson"}, pil_read_jsonl},
};

enum { N_READERS = sizeof readers / sizeof readers[0] };

pil_format pil_format_of_name(const char *name)
{
    const char *slash = strrchr(name, '/');
    const char *file = slash == NULL ? name : slash + 1;
    const char *dot = strrchr(file, '.');
    if (dot == NULL || dot == file)
        return PIL_FORMAT_NONE;
    for (size_t i = 0; i < N_READERS; i++) {
        for (const char *const *e = readers[i].extensions; *e != NULL; e++) {
            if (strcasecmp(dot + 1, *e) == 0)
                return readers[i].format;
        }
    }
    return PIL_FORMAT_NONE;
}

pil_status pil_read_articles(pil_format format, const char *bytes, size_t length,
                             const char *file_title, const pil_article_sink *sink, pil_error *err)
{
    for (size_t i = 0; i < N_READERS; i++) {
        if (readers[i].format != format)
            continue;
        pil_reading reading;
        pil_reading_init(&reading, sink, file_title);
        pil_status status = readers[i].read(&reading, bytes, length, err);
        pil_reading_dispose(&reading);
        return status;
    }
    return pil_error_set(err, PIL_INVALID_ARGUMENT, "there is no reader for this format");
}
