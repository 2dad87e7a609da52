#include "ocr.h"

#include <dlfcn.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uloc.h>

/* As libtesseract's capi.h has them, of which Debian 12 has version 5. */
#define LIBRARY "libtesseract.so.5"
enum { PAGE_SEGMENTATION_AUTO = 3, LEVEL_LINE = 2 };

typedef struct tesseract {
    void *(*create)(void);
    void (*delete)(void *api);
    int (*init)(void *api, const char *data, const char *language);
    void (*set_segmentation)(void *api, int mode);
    void (*set_image)(void *api, const unsigned char *pixels, int width, int height, int bytes,
                      int stride);
    void (*set_resolution)(void *api, int dots_per_inch);
    int (*recognise)(void *api, void *monitor);
    void (*clear)(void *api);
    void *(*iterator)(void *api);
    void (*iterator_delete)(void *iterator);
    int (*next)(void *iterator, int level);
    char *(*text)(const void *iterator, int level);
    void (*text_delete)(const char *text);
    const void *(*places)(const void *iterator);
    int (*box)(const void *places, int level, int *left, int *top, int *right, int *bottom);
    int (*baseline)(const void *places, int level, int *x1, int *y1, int *x2, int *y2);
    const char *(*font)(const void *iterator, int *bold, int *italic, int *underlined,
                        int *monospace, int *serif, int *smallcaps, int *points, int *font);
} tesseract;

struct pil_ocr {
    void *library;
    tesseract calls;
    void *api;
};

/* ---- loading ---- */

static bool load_calls(void *library, tesseract *calls)
{
    static const struct {
        const char *name;
        size_t offset;
    } names[] = {
        {"TessBaseAPICreate", offsetof(tesseract, create)},
        {"TessBaseAPIDelete", offsetof(tesseract, delete)},
        {"TessBaseAPIInit3", offsetof(tesseract, init)},
        {"TessBaseAPISetPageSegMode", offsetof(tesseract, set_segmentation)},
        {"TessBaseAPISetImage", offsetof(tesseract, set_image)},
        {"TessBaseAPISetSourceResolution", offsetof(tesseract, set_resolution)},
        {"TessBaseAPIRecognize", offsetof(tesseract, recognise)},
        {"TessBaseAPIClear", offsetof(tesseract, clear)},
        {"TessBaseAPIGetIterator", offsetof(tesseract, iterator)},
        {"TessResultIteratorDelete", offsetof(tesseract, iterator_delete)},
        {"TessResultIteratorNext", offsetof(tesseract, next)},
        {"TessResultIteratorGetUTF8Text", offsetof(tesseract, text)},
        {"TessDeleteText", offsetof(tesseract, text_delete)},
        {"TessResultIteratorGetPageIteratorConst", offsetof(tesseract, places)},
        {"TessPageIteratorBoundingBox", offsetof(tesseract, box)},
        {"TessPageIteratorBaseline", offsetof(tesseract, baseline)},
        {"TessResultIteratorWordFontAttributes", offsetof(tesseract, font)},
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        void *call = dlsym(library, names[i].name);
        if (call == NULL)
            return false;
        /* C has no conversion from what dlsym gives to a function. */
        memcpy((char *)calls + names[i].offset, &call, sizeof call);
    }
    return true;
}

/* What tesseract calls a language: its code of three letters, with exceptions. */
static const char *name_of_language(const char *language)
{
    static const struct {
        const char *code, *name;
    } exceptions[] = {{"zh", "chi_sim"}, {"nb", "nor"}, {"nn", "nor"}};
    for (size_t i = 0; i < sizeof exceptions / sizeof exceptions[0]; i++) {
        if (strcmp(language, exceptions[i].code) == 0)
            return exceptions[i].name;
    }
    return uloc_getISO3Language(language);
}

static pil_status fail_without_language(const char *name, pil_error *err)
{
    char package[32];
    size_t n = strlen(name) < sizeof package - 1 ? strlen(name) : sizeof package - 1;
    memcpy(package, name, n);
    package[n] = '\0';
    char *underscore = strchr(package, '_');
    if (underscore != NULL)
        *underscore = '-';
    return pil_error_set(err, PIL_BAD_INPUT,
                         "tesseract has no data for this language: install tesseract-ocr-%s, and "
                         "say --retry",
                         package);
}

pil_status pil_ocr_new(pil_ocr **out, const char *language, pil_error *err)
{
    *out = NULL;
    pil_ocr *ocr = calloc(1, sizeof *ocr);
    if (ocr == NULL)
        return pil_error_no_memory(err);
    ocr->library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
    if (ocr->library == NULL || !load_calls(ocr->library, &ocr->calls)) {
        pil_ocr_free(ocr);
        return pil_error_set(err, PIL_BAD_INPUT,
                             "there is no tesseract here: install tesseract-ocr, and say --retry");
    }
    const char *name = name_of_language(language);
    ocr->api = ocr->calls.create();
    if (ocr->api == NULL || ocr->calls.init(ocr->api, NULL, name) != 0) {
        pil_ocr_free(ocr);
        return fail_without_language(name, err);
    }
    ocr->calls.set_segmentation(ocr->api, PAGE_SEGMENTATION_AUTO);
    *out = ocr;
    return PIL_OK;
}

/* The library stays: what it keeps for a thread or for the end of the program is in it. */
void pil_ocr_free(pil_ocr *ocr)
{
    if (ocr != NULL && ocr->api != NULL)
        ocr->calls.delete(ocr->api);
    free(ocr);
}

/* ---- reading ---- */

static pil_status take_line(const tesseract *calls, void *iterator, pil_ocr_taker taker,
                            void *context)
{
    const void *places = calls->places(iterator);
    pil_ocr_line line = {0};
    int top, bottom, x1, y1, x2, y2, is[6], font;
    if (!calls->box(places, LEVEL_LINE, &line.left, &top, &line.right, &bottom))
        return PIL_OK;
    line.baseline = bottom;
    if (calls->baseline(places, LEVEL_LINE, &x1, &y1, &x2, &y2))
        line.baseline = (y1 + y2) / 2;
    calls->font(iterator, &is[0], &is[1], &is[2], &is[3], &is[4], &is[5], &line.points, &font);
    char *text = calls->text(iterator, LEVEL_LINE);
    if (text == NULL)
        return PIL_OK;
    line.text = text;
    pil_status status = taker(context, &line);
    calls->text_delete(text);
    return status;
}

pil_status pil_ocr_read(pil_ocr *ocr, const pil_ocr_picture *picture, pil_ocr_taker taker,
                        void *context)
{
    const tesseract *calls = &ocr->calls;
    calls->set_image(ocr->api, picture->pixels, picture->width, picture->height, 1,
                     picture->stride);
    calls->set_resolution(ocr->api, picture->dots_per_inch);
    bool is_read = calls->recognise(ocr->api, NULL) == 0;
    void *iterator = is_read ? calls->iterator(ocr->api) : NULL;
    pil_status status = PIL_OK;
    for (bool has_line = iterator != NULL; has_line && status == PIL_OK;
         has_line = calls->next(iterator, LEVEL_LINE) != 0)
        status = take_line(calls, iterator, taker, context);
    if (iterator != NULL)
        calls->iterator_delete(iterator);
    calls->clear(ocr->api);
    return status;
}
