/* What the fuzz targets of the readers share: reading an input, and checking what comes. */
#ifndef FUZZ_READING_H
#define FUZZ_READING_H

#include "indexer/article.h"

#include <stdint.h>

/* Aborts when a promise of indexer/article.h does not hold. */
void fuzz_read(pil_format format, const uint8_t *data, size_t size);

#endif
