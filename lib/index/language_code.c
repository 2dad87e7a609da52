#include "language_code.h"

#include <stddef.h>
#include <string.h>

static const char languages[][3] = {
    "",   "en", "fr", "de", "es", "it", "pt", "nl", "sv", "da", "no", "fi", "is", "ru", "uk", "be",
    "pl", "cs", "sk", "sl", "hr", "sr", "bs", "bg", "mk", "hu", "ro", "el", "tr", "et", "lv", "lt",
    "sq", "ca", "eu", "gl", "ga", "cy", "nb", "nn", "la", "ar", "fa", "he", "hi", "bn", "ta", "te",
    "ur", "zh", "ja", "ko", "vi", "th", "id", "ms", "sw", "ka", "hy", "az", "kk", "eo",
};

enum { N_LANGUAGES = sizeof languages / sizeof languages[0] };
_Static_assert((int)N_LANGUAGES <= (int)PIL_LANGUAGE_OTHER, "the table has room for no more");

unsigned pil_language_code(const char *language)
{
    if (language == NULL)
        return 0;
    for (unsigned code = 0; code < N_LANGUAGES; code++) {
        if (strcmp(languages[code], language) == 0)
            return code;
    }
    return PIL_LANGUAGE_OTHER;
}

const char *pil_language_of_code(unsigned code)
{
    return code < N_LANGUAGES ? languages[code] : NULL;
}
