#include "input_format.h"

#include <string.h>
#include <strings.h>

#define ENDINGS(...)                                                                               \
    (const char *const[])                                                                          \
    {                                                                                              \
        __VA_ARGS__, NULL                                                                          \
    }

static const pil_format_info formats[PIL_FORMATS] = {
    [PIL_FORMAT_NONE] = {"auto", "", false, false, (const char *const[]){NULL}},
    [PIL_FORMAT_TEXT] = {"text", "", false, false, ENDINGS("txt", "text")},
    [PIL_FORMAT_MARKDOWN] = {"markdown", "cmark-gfm", true, false, ENDINGS("md", "markdown")},
    [PIL_FORMAT_HTML] = {"html", "libxml2", true, false, ENDINGS("html", "htm", "xhtml")},
    [PIL_FORMAT_JSONL] = {"jsonl", "simdjson", false, true, ENDINGS("jsonl", "ndjson")},
    [PIL_FORMAT_CSV] = {"csv", "libcsv", true, true, ENDINGS("csv", "tsv", "tab")},
    [PIL_FORMAT_ORG] = {"org", "", true, false, ENDINGS("org")},
    [PIL_FORMAT_RST] = {"rst", "", true, false, ENDINGS("rst")},
    [PIL_FORMAT_TEX] = {"tex", "", true, false, ENDINGS("tex", "ltx")},
    [PIL_FORMAT_PDF] = {"pdf", "poppler", true, false, ENDINGS("pdf")},
    [PIL_FORMAT_DOCX] = {"docx", "libarchive, libxml2", true, false, ENDINGS("docx")},
    [PIL_FORMAT_ODT] = {"odt", "libarchive, libxml2", true, false, ENDINGS("odt")},
    [PIL_FORMAT_EPUB] = {"epub", "libarchive, libxml2", true, false, ENDINGS("epub")},
    [PIL_FORMAT_RTF] = {"rtf", "", true, false, ENDINGS("rtf")},
    [PIL_FORMAT_MAIL] = {"mail", "GMime", true, false, ENDINGS("eml")},
    [PIL_FORMAT_MBOX] = {"mbox", "GMime", true, false, ENDINGS("mbox")},
    [PIL_FORMAT_MHTML] = {"mhtml", "GMime, libxml2", true, false, ENDINGS("mhtml", "mht")},
    [PIL_FORMAT_WARC] = {"warc", "libarchive, libxml2", true, false, ENDINGS("warc", "warc.gz")},
    [PIL_FORMAT_ARCHIVE] = {"archive", "libarchive", true, false,
                            ENDINGS("zip", "tar", "tar.gz", "tgz", "tar.xz", "txz", "tar.zst",
                                    "tar.bz2", "tbz2")},
    [PIL_FORMAT_COMPRESSED] = {"compressed", "libarchive", true, false,
                               (const char *const[]){NULL}},
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

bool pil_format_name_ends(const char *name, const char *ending)
{
    const char *file = file_name(name);
    return has_ending(file, strlen(file), ending);
}

pil_format pil_format_named(const char *name)
{
    for (int format = PIL_FORMAT_TEXT; format < PIL_FORMAT_COMPRESSED; format++) {
        if (strcmp(formats[format].name, name) == 0)
            return (pil_format)format;
    }
    return PIL_FORMAT_NONE;
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

size_t pil_format_uncompressed_name(const char *name)
{
    static const char *const endings[] = {"gz", "xz", "zst", "bz2"};
    size_t length = strlen(name);
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        if (has_ending(name, length, endings[i]))
            return length - strlen(endings[i]) - 1;
    }
    return length;
}

pil_format pil_format_of_name(const char *name)
{
    const char *file = file_name(name);
    size_t length = strlen(file);
    pil_format format = find(file, length);
    size_t inner = pil_format_uncompressed_name(file);
    if (format == PIL_FORMAT_NONE && inner < length && find(file, inner) != PIL_FORMAT_NONE)
        return PIL_FORMAT_COMPRESSED;
    return format;
}
