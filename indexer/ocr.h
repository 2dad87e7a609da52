/* Reads pictures of text, by tesseract. Its library is loaded when it is first asked for, so that
 * who does not want OCR need not have it. For one thread. */
#ifndef INDEXER_OCR_H
#define INDEXER_OCR_H

#include "base/error.h"

typedef struct pil_ocr pil_ocr;

/* A picture in shades of grey: a byte a pixel, from the top left. */
typedef struct pil_ocr_picture {
    const unsigned char *pixels;
    int width, height, stride; /* in pixels; stride in bytes a row */
    int dots_per_inch;
} pil_ocr_picture;

/* A line of text. Places in pixels from the top left. */
typedef struct pil_ocr_line {
    int left, right, baseline;
    int points;       /* size of its letters, as far as it can be told; 0 when not */
    const char *text; /* valid during the call; may end in white space */
} pil_ocr_line;

typedef pil_status (*pil_ocr_taker)(void *context, const pil_ocr_line *line);

/* For texts in a language, a code as pil_language_normalise gives it. PIL_BAD_INPUT with the
 * package that is missing; PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_ocr_new(pil_ocr **out, const char *language, pil_error *err);
/* NULL is fine. */
void pil_ocr_free(pil_ocr *ocr);

/* Gives the lines of a picture to taker, in reading order. PIL_NO_MEMORY; what the taker returned.
 */
PIL_NODISCARD pil_status pil_ocr_read(pil_ocr *ocr, const pil_ocr_picture *picture,
                                      pil_ocr_taker taker, void *context);

#endif
