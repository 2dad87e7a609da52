/* Any UTF-8: a language is a code, it is clear or there is none, and the same text has the same. */
#include "base/buffer.h"
#include "base/utf8.h"
#include "text/language_detector.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void check(const char *text, size_t length, const char *expected)
{
    char code[PIL_LANGUAGE_MAX], again[PIL_LANGUAGE_MAX], normal[PIL_LANGUAGE_MAX];
    bool is_found = pil_language_detect(text, length, expected, PIL_LANGUAGE_MOST, code);
    require(is_found == (code[0] != '\0'));
    require(!is_found || (pil_language_normalise(code, normal) && strcmp(code, normal) == 0));
    (void)pil_language_detect(text, length, expected, PIL_LANGUAGE_MOST, again);
    require(strcmp(code, again) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    pil_buffer valid;
    pil_buffer_init(&valid, SIZE_MAX / 2);
    require(pil_utf8_repair((const char *)data, size, &valid, NULL) == PIL_OK);
    /* At the end of its allocation, so that a byte read past it is seen. */
    char *exact = malloc(valid.length > 0 ? valid.length : 1);
    require(exact != NULL);
    if (valid.length > 0)
        memcpy(exact, valid.bytes, valid.length);
    check(exact, valid.length, "");
    check(exact, valid.length, "sr");
    free(exact);
    pil_buffer_dispose(&valid);
    return 0;
}
