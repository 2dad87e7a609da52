#include "text/language_detector.h"

#include "base/utf8.h"
#include "cld2.h"
#include "language.h"

#include <string.h>

enum { FIRST_TELLING = 0x590 }; /* Hebrew; before it are Latin, Greek, Cyrillic and Armenian */

bool pil_language_is_close(const char *one, const char *other)
{
    if (strcmp(one, other) == 0)
        return true;
    const char *stemmer = pil_language_stemmer(one), *other_stemmer = pil_language_stemmer(other);
    return stemmer != NULL && other_stemmer != NULL && strcmp(stemmer, other_stemmer) == 0;
}

static bool is_long_enough(const char *text, size_t length)
{
    size_t n = 0;
    for (size_t at = 0; at < length && n < PIL_LANGUAGE_MIN_CHARACTERS;)
        n += pil_utf8_next(text, length, &at, NULL) < FIRST_TELLING ? 1 : 3;
    return n >= PIL_LANGUAGE_MIN_CHARACTERS;
}

bool pil_language_detect(const char *text, size_t length, const char *expected,
                         unsigned min_percent, char out[PIL_LANGUAGE_MAX])
{
    out[0] = '\0';
    if (length > PIL_LANGUAGE_ENOUGH_BYTES)
        length = pil_utf8_boundary(text, length, PIL_LANGUAGE_ENOUGH_BYTES);
    if (!is_long_enough(text, length))
        return false;
    pil_cld2_guess guess = pil_cld2_guess_language(text, length, expected);
    if (guess.code == NULL || !guess.is_reliable || guess.percent < min_percent ||
        !pil_language_normalise(guess.code, out))
        return false;
    if (pil_language_is_close(out, expected))
        memcpy(out, expected, strlen(expected) + 1);
    return true;
}
