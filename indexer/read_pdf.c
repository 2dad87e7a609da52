/* PDF by poppler: its letters with their places, into lines; pdf_layout.c makes paragraphs. */
#include "pdf_layout.h"
#include "pdf_scanned.h"
#include "read_internal.h"

#include "base/utf8.h"

#include <poppler.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A page's letters and what is known of them. */
typedef struct pdf_page {
    uint32_t number; /* from 1 */
    char *text;
    PopplerRectangle *places; /* [0..n): one a character of text */
    guint n;
    GList *attributes; /* of ranges of characters */
    const GList *attribute;
    double height;
} pdf_page;

/* ---- lines ---- */

/* Letters that are printed as one. */
static const char *ligature(uint32_t character)
{
    static const char *const letters[] = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};
    return character >= 0xFB00 && character <= 0xFB06 ? letters[character - 0xFB00] : NULL;
}

static pil_status append_character(pil_buffer *line, uint32_t character)
{
    char encoded[4];
    const char *letters = ligature(character);
    if (letters != NULL)
        return pil_buffer_append_string(line, letters);
    if (character < ' ' || character == 0x7F)
        return PIL_OK;
    if (character == 0xA0)
        character = ' ';
    return pil_buffer_append(line, encoded, pil_utf8_encode(character, encoded));
}

/* The font of a character; characters are asked for in order. */
static const PopplerTextAttributes *font_of(pdf_page *page, guint at)
{
    while (page->attribute != NULL &&
           (guint)((const PopplerTextAttributes *)page->attribute->data)->end_index < at)
        page->attribute = page->attribute->next;
    return page->attribute == NULL ? NULL : page->attribute->data;
}

static bool is_bold(const PopplerTextAttributes *font)
{
    const char *name = font == NULL || font->font_name == NULL ? "" : font->font_name;
    return strstr(name, "Bold") != NULL || strstr(name, "bold") != NULL ||
           strstr(name, "Black") != NULL || strstr(name, "Heavy") != NULL ||
           strstr(name, "BX") != NULL;
}

static void widen(pil_pdf_line *line, const PopplerRectangle *place)
{
    if (place->x1 < line->left)
        line->left = place->x1;
    if (place->x2 > line->right)
        line->right = place->x2;
    if (place->y1 < line->top)
        line->top = place->y1;
    if (place->y2 > line->bottom)
        line->bottom = place->y2;
}

/* A line while its characters come. */
typedef struct line_reading {
    pil_pdf_line line;
    pil_buffer text;
    guint n_letters, n_bold;
    double size_sum;
} line_reading;

static void begin_line(line_reading *run, const pdf_page *page)
{
    pil_buffer_clear(&run->text);
    run->line = (pil_pdf_line){.page = page->number, .left = 1e9, .top = 1e9};
    run->n_letters = run->n_bold = 0;
    run->size_sum = 0;
}

static pil_status end_line(line_reading *run, pil_pdf_lines *lines)
{
    const char *text = run->text.bytes;
    size_t begin = 0, end = run->text.length;
    while (begin < end && text[begin] == ' ')
        begin++;
    while (end > begin && text[end - 1] == ' ')
        end--;
    if (begin == end || run->n_letters == 0)
        return PIL_OK;
    run->line.text = text + begin;
    run->line.length = end - begin;
    run->line.size = run->size_sum / run->n_letters;
    run->line.is_bold = run->n_bold * 10 > run->n_letters * 9;
    return pil_pdf_lines_add(lines, &run->line);
}

static pil_status take_character(line_reading *run, pdf_page *page, guint at, uint32_t character)
{
    const PopplerRectangle *place = &page->places[at];
    if (character != ' ' && at < page->n) {
        const PopplerTextAttributes *font = font_of(page, at);
        widen(&run->line, place);
        run->n_letters++;
        run->n_bold += is_bold(font);
        run->size_sum +=
            font != NULL && font->font_size > 0 ? font->font_size : place->y2 - place->y1;
    }
    return append_character(&run->text, character);
}

static pil_status read_lines(pdf_page *page, pil_pdf_lines *lines)
{
    size_t length = strlen(page->text);
    line_reading run;
    pil_buffer_init(&run.text, 1 << 20);
    begin_line(&run, page);
    pil_status status = PIL_OK;
    guint number = 0;
    for (size_t at = 0; at < length && number < page->n && status == PIL_OK; number++) {
        uint32_t character = pil_utf8_next(page->text, length, &at, NULL);
        if (character != '\n') {
            status = take_character(&run, page, number, character);
            continue;
        }
        status = end_line(&run, lines);
        begin_line(&run, page);
    }
    if (status == PIL_OK)
        status = end_line(&run, lines);
    pil_buffer_dispose(&run.text);
    return status;
}

static pil_status read_page(PopplerDocument *document, int index, pil_pdf_lines *lines)
{
    PopplerPage *from = poppler_document_get_page(document, index);
    pdf_page page = {.number = (uint32_t)index + 1};
    pil_status status = PIL_OK;
    double width;
    if (from == NULL)
        return PIL_OK;
    poppler_page_get_size(from, &width, &page.height);
    /* Most pages of a document are as high as its first. */
    if (lines->page_height <= 0)
        lines->page_height = page.height;
    page.text = poppler_page_get_text(from);
    page.attributes = poppler_page_get_text_attributes(from);
    page.attribute = page.attributes;
    if (page.text != NULL && poppler_page_get_text_layout(from, &page.places, &page.n))
        status = read_lines(&page, lines);
    g_free(page.places);
    poppler_page_free_text_attributes(page.attributes);
    g_free(page.text);
    g_object_unref(from);
    return status;
}

/* ---- metadata ---- */

/* What a program put in for want of a title. */
static bool is_title(const char *title)
{
    static const char *const endings[] = {".doc", ".docx", ".dvi", ".pdf", ".qxd", ".indd", ".tex"};
    size_t length = strlen(title);
    if (strncasecmp(title, "untitled", 8) == 0 || strncmp(title, "Microsoft ", 10) == 0)
        return false;
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        size_t n = strlen(endings[i]);
        if (length >= n && strcasecmp(title + length - n, endings[i]) == 0)
            return false;
    }
    return true;
}

static pil_status set_field(pil_reading *reading, pil_read_field field, char *value)
{
    pil_status status = PIL_OK;
    if (value != NULL && (field != PIL_FIELD_TITLE || is_title(value))) {
        pil_buffer text;
        pil_buffer_init(&text, SIZE_MAX - 1);
        status = pil_utf8_repair(value, strlen(value), &text, NULL);
        if (status == PIL_OK)
            status = pil_reading_set(reading, field, text.bytes, text.length);
        pil_buffer_dispose(&text);
    }
    g_free(value);
    return status;
}

static pil_status read_metadata(pil_reading *reading, PopplerDocument *document)
{
    pil_status status = set_field(reading, PIL_FIELD_TITLE, poppler_document_get_title(document));
    if (status == PIL_OK)
        status = set_field(reading, PIL_FIELD_AUTHOR, poppler_document_get_author(document));
    GDateTime *date = poppler_document_get_creation_date_time(document);
    if (date != NULL && status == PIL_OK)
        status = set_field(reading, PIL_FIELD_DATE, g_date_time_format(date, "%Y-%m-%d"));
    if (date != NULL)
        g_date_time_unref(date);
    return status;
}

/* ---- the document ---- */

static pil_status open_document(const char *bytes, size_t length, PopplerDocument **out,
                                pil_error *err)
{
    GError *failure = NULL;
    GBytes *data = g_bytes_new_static(bytes, length);
    *out = poppler_document_new_from_bytes(data, NULL, &failure);
    g_bytes_unref(data);
    if (*out != NULL)
        return PIL_OK;
    bool is_encrypted = g_error_matches(failure, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED);
    g_clear_error(&failure);
    if (is_encrypted)
        return pil_error_set(
            err, PIL_BAD_INPUT,
            "an encrypted PDF that needs a password: qpdf --decrypt makes one that "
            "can be read");
    return pil_error_set(err, PIL_BAD_INPUT,
                         "not a PDF, or a damaged one: mutool clean may mend it");
}

static pil_status read_lines_of_pages(pil_reading *reading, PopplerDocument *document,
                                      pil_pdf_lines *lines, pil_error *err)
{
    int n_pages = poppler_document_get_n_pages(document);
    pil_status status = PIL_OK;
    if (n_pages <= 0)
        return pil_error_set(err, PIL_BAD_INPUT, "a damaged PDF: it has no pages");
    lines->n_pages = (uint32_t)n_pages;
    for (int i = 0; i < n_pages && status == PIL_OK; i++)
        status = read_page(document, i, lines);
    if (status != PIL_OK)
        return pil_error_no_memory(err);
    return pil_pdf_read_scanned(reading, document, lines, err);
}

static pil_status read_pages(pil_reading *reading, PopplerDocument *document,
                             pil_block_list *blocks, pil_error *err)
{
    pil_pdf_lines lines = {0};
    pil_status status = read_lines_of_pages(reading, document, &lines, err);
    if (status == PIL_OK && pil_pdf_layout(&lines, blocks) != PIL_OK)
        status = pil_error_no_memory(err);
    pil_pdf_lines_dispose(&lines);
    return status;
}

pil_status pil_read_pdf(pil_reading *reading, const char *bytes, size_t length, pil_error *err)
{
    PopplerDocument *document;
    pil_block_list blocks;
    pil_status status = open_document(bytes, length, &document, err);
    if (status != PIL_OK)
        return status;
    pil_block_list_init(&blocks);
    status = read_pages(reading, document, &blocks, err);
    if (status == PIL_OK && read_metadata(reading, document) != PIL_OK)
        status = pil_error_no_memory(err);
    g_object_unref(document);
    if (status == PIL_OK)
        status = pil_reading_deliver_blocks(reading, &blocks, bytes, length, err);
    pil_block_list_dispose(&blocks);
    return status;
}
