#include "pdf_scanned.h"

#include <inttypes.h>
#include <poppler.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How much of a scanned page its pictures cover at least, and how many runs of pages are named. */
#define PICTURE_SHARE 0.5
enum { RUNS_MAX = 5, NAMES_BYTES = 192 };

/* ---- which pages ---- */

/* is_read[0..n_pages): the pages with text. *n_read is how many. */
static void find_text(const pil_pdf_lines *lines, bool *is_read, uint32_t *n_read)
{
    *n_read = 0;
    for (size_t i = 0; i < lines->n_items; i++) {
        bool *page = &is_read[lines->items[i].page - 1];
        if (lines->items[i].is_dropped || *page)
            continue;
        *page = true;
        ++*n_read;
    }
}

static double overlap(double begin, double end, double limit)
{
    double from = begin > 0 ? begin : 0, to = end < limit ? end : limit;
    return to > from ? to - from : 0;
}

/* Whether pictures cover most of a page; parts that several cover count as often. */
static bool is_picture(PopplerDocument *document, uint32_t index)
{
    PopplerPage *page = poppler_document_get_page(document, (int)index);
    double width, height, covered = 0;
    if (page == NULL)
        return false;
    poppler_page_get_size(page, &width, &height);
    GList *pictures = poppler_page_get_image_mapping(page);
    for (const GList *at = pictures; at != NULL; at = at->next) {
        const PopplerRectangle *place = &((const PopplerImageMapping *)at->data)->area;
        covered += overlap(place->x1, place->x2, width) * overlap(place->y1, place->y2, height);
    }
    poppler_page_free_image_mapping(pictures);
    g_object_unref(page);
    return covered > 0 && covered >= PICTURE_SHARE * width * height;
}

/* is_wanted[0..n_pages): the pages for OCR; *n how many. */
static void find_pictures(PopplerDocument *document, uint32_t n_pages, const bool *is_read,
                          bool *is_wanted, uint32_t *n)
{
    *n = 0;
    for (uint32_t i = 0; i < n_pages; i++) {
        is_wanted[i] = !is_read[i] && is_picture(document, i);
        *n += is_wanted[i];
    }
}

static bool are_page_numbers(const pil_pdf_lines *lines)
{
    for (size_t i = 0; i < lines->n_items; i++) {
        if (!lines->items[i].is_dropped || !pil_pdf_is_page_number(&lines->items[i]))
            return false;
    }
    return true;
}

/* ---- what is said ---- */

/* "page 2 is a picture", "pages 3-7, 9 and others are pictures". */
static void name_pages(const bool *is_wanted, uint32_t n_pages, uint32_t n, char out[NAMES_BYTES])
{
    size_t length = (size_t)snprintf(out, NAMES_BYTES, "page%s", n == 1 ? "" : "s");
    uint32_t n_runs = 0;
    for (uint32_t at = 0; at < n_pages; at++) {
        uint32_t begin = at;
        if (!is_wanted[at])
            continue;
        while (at + 1 < n_pages && is_wanted[at + 1])
            at++;
        if (n_runs == RUNS_MAX) {
            length += (size_t)snprintf(out + length, NAMES_BYTES - length, " and others");
            break;
        }
        const char *comma = n_runs++ == 0 ? "" : ",";
        length +=
            (size_t)(begin == at ? snprintf(out + length, NAMES_BYTES - length, "%s %" PRIu32,
                                            comma, begin + 1)
                                 : snprintf(out + length, NAMES_BYTES - length,
                                            "%s %" PRIu32 "-%" PRIu32, comma, begin + 1, at + 1));
    }
    snprintf(out + length, NAMES_BYTES - length, n == 1 ? " is a picture" : " are pictures");
}

/* ---- reading them ---- */

/* Puts what OCR found on pages in place of their lines. */
static pil_status merge(pil_pdf_lines *lines, pil_pdf_lines *found)
{
    pil_pdf_lines merged = {.n_pages = lines->n_pages, .page_height = lines->page_height};
    pil_status status = PIL_OK;
    size_t next = 0, at = 0;
    while ((next < found->n_items || at < lines->n_items) && status == PIL_OK) {
        bool is_found = next < found->n_items &&
                        (at == lines->n_items || found->items[next].page <= lines->items[at].page);
        uint32_t page = is_found ? found->items[next].page : lines->items[at].page;
        for (; is_found && next < found->n_items && found->items[next].page == page; next++)
            if (status == PIL_OK)
                status = pil_pdf_lines_add(&merged, &found->items[next]);
        for (; at < lines->n_items && lines->items[at].page == page; at++)
            if (status == PIL_OK && !is_found)
                status = pil_pdf_lines_add(&merged, &lines->items[at]);
    }
    pil_pdf_lines_dispose(lines);
    *lines = merged;
    return status;
}

/* *n_found: lines. */
static pil_status read_pages(PopplerDocument *document, const char *language, const bool *is_wanted,
                             pil_pdf_lines *lines, size_t *n_found, pil_error *err)
{
    pil_pdf_lines found = {0};
    pil_status status = pil_pdf_ocr(document, language, is_wanted, &found, err);
    *n_found = found.n_items;
    if (status == PIL_OK && found.n_items > 0 && merge(lines, &found) != PIL_OK)
        status = pil_error_no_memory(err);
    pil_pdf_lines_dispose(&found);
    return status;
}

/* A document whose pages have no text at all. */
static pil_status read_document(pil_reading *reading, PopplerDocument *document,
                                pil_pdf_lines *lines, pil_error *err)
{
    const char *plural = lines->n_pages == 1 ? "" : "s";
    const char *but = lines->n_items == 0 ? "" : " but page numbers";
    const char *language = reading->options.ocr_language;
    size_t n_found = 0;
    if (language == NULL)
        return pil_error_set(err, PIL_BAD_INPUT,
                             "a PDF without text%s on its %" PRIu32 " page%s: it needs OCR, which "
                             "--ocr does",
                             but, lines->n_pages, plural);
    pil_error inner = {0};
    pil_status status = read_pages(document, language, NULL, lines, &n_found, &inner);
    if (status == PIL_BAD_INPUT)
        return pil_error_set(err, status, "a PDF without text that needs OCR, but %s",
                             inner.message);
    if (status != PIL_OK)
        return pil_error_no_memory(err);
    if (n_found == 0)
        return pil_error_set(err, PIL_BAD_INPUT,
                             "a PDF without text%s, and OCR finds none on its %" PRIu32 " page%s",
                             but, lines->n_pages, plural);
    return PIL_OK;
}

/* Pages of a document that has text on others. */
static pil_status read_some(pil_reading *reading, PopplerDocument *document, const bool *is_wanted,
                            uint32_t n, pil_pdf_lines *lines, pil_error *err)
{
    const char *language = reading->options.ocr_language;
    char pages[NAMES_BYTES];
    size_t n_found;
    name_pages(is_wanted, lines->n_pages, n, pages);
    if (language == NULL) {
        pil_reading_note_ocr(reading, "%s without text: if there is writing on %s, --ocr reads it",
                             pages, n == 1 ? "it" : "them");
        return PIL_OK;
    }
    pil_error inner = {0};
    pil_status status = read_pages(document, language, is_wanted, lines, &n_found, &inner);
    if (status == PIL_BAD_INPUT) {
        pil_reading_note(reading, 0, true, "%s without text, and %s", pages, inner.message);
        return PIL_OK;
    }
    return status == PIL_OK ? PIL_OK : pil_error_no_memory(err);
}

pil_status pil_pdf_read_scanned(pil_reading *reading, PopplerDocument *document,
                                pil_pdf_lines *lines, pil_error *err)
{
    bool *is_read = calloc(lines->n_pages, 1), *is_wanted = calloc(lines->n_pages, 1);
    uint32_t n_read = 0, n_wanted = 0;
    pil_status status = PIL_NO_MEMORY;
    if (is_read != NULL && is_wanted != NULL)
        status = pil_pdf_find_furniture(lines);
    if (status == PIL_OK && are_page_numbers(lines)) {
        status = read_document(reading, document, lines, err);
        goto done;
    }
    if (status != PIL_OK) {
        status = pil_error_no_memory(err);
        goto done;
    }
    find_text(lines, is_read, &n_read);
    if (n_read < lines->n_pages)
        find_pictures(document, lines->n_pages, is_read, is_wanted, &n_wanted);
    if (n_wanted > 0)
        status = read_some(reading, document, is_wanted, n_wanted, lines, err);
done:
    free(is_read);
    free(is_wanted);
    return status;
}
