/* E-books: a zip of web pages, with a package that says in which order they are read. */
#include "epub_package.h"
#include "office_text.h"
#include "zip_members.h"

#include "base/utf8.h"

#include <string.h>
#include <strings.h>

#define CONTAINER "META-INF/container.xml"

static bool ends_with(const char *name, const char *ending)
{
    size_t length = strlen(name), n = strlen(ending);
    return length > n && strcasecmp(name + length - n, ending) == 0;
}

static bool wants(const char *name)
{
    return strcmp(name, CONTAINER) == 0 || strcmp(name, "META-INF/rights.xml") == 0 ||
           ends_with(name, ".opf") || ends_with(name, ".xhtml") || ends_with(name, ".html") ||
           ends_with(name, ".htm") || ends_with(name, ".xml");
}

/* What a chapter's own head says is of the chapter, not of the book. */
static void forget_fields(pil_html_extract *extract)
{
    for (int field = 0; field < PIL_FIELDS; field++) {
        pil_buffer_clear(&extract->fields[field]);
        extract->ranks[field] = 0;
    }
}

static pil_status read_chapter(pil_html_extract *extract, const pil_buffer *html, pil_error *err)
{
    pil_buffer mended;
    const char *text = html->bytes;
    size_t length = html->length;
    pil_status status = PIL_OK;
    pil_buffer_init(&mended, SIZE_MAX - 1);
    if (!pil_utf8_is_valid(text, length)) {
        status = pil_utf8_repair(text, length, &mended, NULL);
        text = mended.bytes;
        length = mended.length;
    }
    status = status == PIL_OK ? pil_html_extract_run(extract, text, length, err)
                              : pil_error_no_memory(err);
    pil_buffer_dispose(&mended);
    return status;
}

static pil_status read_chapters(const pil_zip_members *members, const pil_epub_package *package,
                                pil_html_extract *extract, pil_error *err)
{
    pil_status status = PIL_OK;
    for (size_t i = 0; i < package->n_spine && status == PIL_OK; i++) {
        const char *path = pil_epub_text_path(package, i);
        const pil_buffer *html = path == NULL ? NULL : pil_zip_find(members, path);
        if (html != NULL)
            status = read_chapter(extract, html, err);
        forget_fields(extract);
    }
    return status;
}

static pil_status read_book(pil_reading *reading, const pil_zip_members *members,
                            pil_html_extract *extract, pil_error *err)
{
    pil_epub_package package = {0};
    const char *path = NULL;
    const pil_buffer *container = pil_zip_find(members, CONTAINER);
    if (pil_zip_find(members, "META-INF/rights.xml") != NULL)
        return pil_error_set(err, PIL_BAD_INPUT,
                             "an epub with digital rights management: only its seller's programs "
                             "can read it");
    if (container == NULL)
        return pil_error_set(err, PIL_BAD_INPUT, "not an epub: there is no " CONTAINER " in it");
    pil_status status =
        pil_epub_find_package(container->bytes, container->length, &package.arena, &path, err);
    const pil_buffer *xml = status == PIL_OK ? pil_zip_find(members, path) : NULL;
    if (status == PIL_OK && xml == NULL)
        status = pil_error_set(err, PIL_BAD_INPUT, "a damaged epub: its package is missing");
    if (status == PIL_OK && xml != NULL)
        status = pil_epub_package_read(&package, path, xml->bytes, xml->length, err);
    if (status == PIL_OK)
        status = read_chapters(members, &package, extract, err);
    if (status == PIL_OK && xml != NULL)
        status = pil_office_read_metadata(reading, xml->bytes, xml->length, err);
    pil_epub_package_dispose(&package);
    return status;
}

pil_status pil_read_epub(pil_reading *reading, const char *bytes, size_t length, pil_error *err)
{
    pil_zip_members members = {0};
    pil_html_extract extract;
    pil_html_extract_init(&extract);
    pil_status status = pil_zip_read(&members, bytes, length, wants, "epub", err);
    if (status == PIL_OK)
        status = read_book(reading, &members, &extract, err);
    if (status == PIL_OK)
        status =
            pil_paragraphs_from_blocks(&reading->paragraphs, extract.blocks, extract.n_blocks, err);
    if (status == PIL_OK) {
        pil_article article = {.record_line = 1, .raw = bytes, .raw_bytes = length};
        status = pil_reading_deliver(reading, &article, err);
    }
    pil_html_extract_dispose(&extract);
    pil_zip_dispose(&members);
    return status;
}
