#include "pdf_ocr.h"

#include "base/utf8.h"
#include "ocr.h"

#include <cairo.h>
#include <poppler.h>
#include <stdlib.h>
#include <string.h>

/* What tesseract is made for; less when a page is so large that it would have more pixels. */
enum { DOTS_PER_INCH = 300, DOTS_PER_INCH_MIN = 20, PIXELS_MAX = 32 << 20 };
#define POINTS_PER_INCH 72.0

/* Of a page. */
typedef struct page_reading {
    pil_pdf_lines *lines;
    uint32_t number;
    double points_a_pixel;
} page_reading;

static int choose_resolution(double width, double height)
{
    int dots = DOTS_PER_INCH;
    double inches = width / POINTS_PER_INCH * (height / POINTS_PER_INCH);
    while (dots > DOTS_PER_INCH_MIN && inches * dots * dots > PIXELS_MAX)
        dots -= 10;
    return inches * dots * dots > PIXELS_MAX ? 0 : dots;
}

/* The page on white. NULL when there is no room for it. */
static cairo_surface_t *draw(PopplerPage *page, int width, int height, double scale)
{
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
    cairo_t *to = cairo_create(surface);
    cairo_set_source_rgb(to, 1, 1, 1);
    cairo_paint(to);
    cairo_scale(to, scale, scale);
    poppler_page_render(page, to);
    bool ok = cairo_status(to) != CAIRO_STATUS_NO_MEMORY &&
              cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS;
    cairo_destroy(to);
    cairo_surface_flush(surface);
    if (ok)
        return surface;
    cairo_surface_destroy(surface);
    return NULL;
}

/* Its pixels in shades of grey, by the weights of ITU-R BT.601. */
static unsigned char *make_grey(cairo_surface_t *surface, int width, int height)
{
    const unsigned char *rows = cairo_image_surface_get_data(surface);
    int stride = cairo_image_surface_get_stride(surface);
    unsigned char *grey = malloc((size_t)width * (size_t)height);
    for (int y = 0; y < height && grey != NULL; y++) {
        const unsigned char *row = rows + (size_t)y * (size_t)stride;
        for (int x = 0; x < width; x++) {
            uint32_t pixel;
            memcpy(&pixel, row + (size_t)x * sizeof pixel, sizeof pixel);
            uint32_t sum =
                299 * (pixel >> 16 & 0xFF) + 587 * (pixel >> 8 & 0xFF) + 114 * (pixel & 0xFF);
            grey[(size_t)y * (size_t)width + (size_t)x] = (unsigned char)(sum / 1000);
        }
    }
    return grey;
}

/* Text has no height of its own in a picture: ink may or may not go above and below. So places are
 * counted from the baseline, by the size of the letters. */
static pil_status take_line(void *context, const pil_ocr_line *found)
{
    const page_reading *run = context;
    size_t length = strlen(found->text);
    while (length > 0 && (found->text[length - 1] == '\n' || found->text[length - 1] == ' '))
        length--;
    if (length == 0 || !pil_utf8_is_valid(found->text, length))
        return PIL_OK;
    double size = found->points > 0 ? found->points : 10;
    double baseline = found->baseline * run->points_a_pixel;
    const pil_pdf_line line = {.page = run->number,
                               .left = found->left * run->points_a_pixel,
                               .right = found->right * run->points_a_pixel,
                               .top = baseline - 0.75 * size,
                               .bottom = baseline + 0.25 * size,
                               .size = size,
                               .text = found->text,
                               .length = length};
    return pil_pdf_lines_add(run->lines, &line);
}

static pil_status read_picture(pil_ocr *ocr, cairo_surface_t *surface, int dots, page_reading *run)
{
    pil_ocr_picture picture = {.width = cairo_image_surface_get_width(surface),
                               .height = cairo_image_surface_get_height(surface),
                               .dots_per_inch = dots};
    picture.stride = picture.width;
    unsigned char *grey = make_grey(surface, picture.width, picture.height);
    picture.pixels = grey;
    pil_status status = grey == NULL ? PIL_NO_MEMORY : pil_ocr_read(ocr, &picture, take_line, run);
    free(grey);
    return status;
}

static pil_status read_page(pil_ocr *ocr, PopplerPage *page, page_reading *run)
{
    double width, height;
    poppler_page_get_size(page, &width, &height);
    int dots = choose_resolution(width, height);
    double scale = dots / POINTS_PER_INCH;
    int n_columns = (int)(width * scale), n_rows = (int)(height * scale);
    if (dots == 0 || n_columns < 1 || n_rows < 1)
        return PIL_OK;
    cairo_surface_t *surface = draw(page, n_columns, n_rows, scale);
    if (surface == NULL)
        return PIL_NO_MEMORY;
    run->points_a_pixel = 1 / scale;
    pil_status status = read_picture(ocr, surface, dots, run);
    cairo_surface_destroy(surface);
    return status;
}

pil_status pil_pdf_ocr(PopplerDocument *document, const char *language, const bool *is_wanted,
                       pil_pdf_lines *lines, pil_error *err)
{
    pil_ocr *ocr;
    pil_status status = pil_ocr_new(&ocr, language, err);
    if (status != PIL_OK)
        return status;
    int n_pages = poppler_document_get_n_pages(document);
    for (int i = 0; i < n_pages && status == PIL_OK; i++) {
        if (is_wanted != NULL && !is_wanted[i])
            continue;
        PopplerPage *page = poppler_document_get_page(document, i);
        page_reading run = {.lines = lines, .number = (uint32_t)i + 1};
        if (page == NULL)
            continue;
        status = read_page(ocr, page, &run);
        g_object_unref(page);
    }
    pil_ocr_free(ocr);
    return status == PIL_OK ? PIL_OK : pil_error_no_memory(err);
}
