#include "language.h"

#include "light_stemmer.h"
#include "text/analyser.h"

#include <libstemmer.h>
#include <stdbool.h>
#include <string.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

typedef struct stemmed_language {
    const char *code;
    const char *stemmer; /* its name: libstemmer's, or one of our own */
} stemmed_language;

/* The languages written in one standard or another of Norwegian and of Serbo-Croatian share a
 * stemmer. */
static const stemmed_language stemmed_languages[] = {
    {"ar", "arabic"},     {"bs", "serbian"},    {"ca", "catalan"},    {"cnr", "serbian"},
    {"da", "danish"},     {"de", "german"},     {"el", "greek"},      {"en", "english"},
    {"es", "spanish"},    {"eu", "basque"},     {"fi", "finnish"},    {"fr", "french"},
    {"ga", "irish"},      {"hi", "hindi"},      {"hr", "serbian"},    {"hu", "hungarian"},
    {"hy", "armenian"},   {"id", "indonesian"}, {"it", "italian"},    {"lt", "lithuanian"},
    {"mk", "macedonian"}, {"nb", "norwegian"},  {"ne", "nepali"},     {"nl", "dutch"},
    {"nn", "norwegian"},  {"no", "norwegian"},  {"pt", "portuguese"}, {"ro", "romanian"},
    {"ru", "russian"},    {"sh", "serbian"},    {"sq", "albanian"},   {"sr", "serbian"},
    {"sv", "swedish"},    {"ta", "tamil"},      {"tr", "turkish"},    {"yi", "yiddish"},
};

static const char *const stemmed_codes[] = {
    "ar", "bs", "ca", "cnr", "da", "de", "el", "en", "es", "eu", "fi", "fr", "ga",
    "hi", "hr", "hu", "hy",  "id", "it", "lt", "mk", "nb", "ne", "nl", "nn", "no",
    "pt", "ro", "ru", "sh",  "sq", "sr", "sv", "ta", "tr", "yi", NULL,
};

typedef struct language_alias {
    const char *name;
    const char *code;
} language_alias;

/* What ICU does not map: bibliographic codes of ISO 639-2, withdrawn codes, Montenegrin. */
static const language_alias aliases[] = {
    {"alb", "sq"}, {"arm", "hy"}, {"baq", "eu"},  {"bur", "my"},          {"chi", "zh"},
    {"cze", "cs"}, {"dut", "nl"}, {"fre", "fr"},  {"geo", "ka"},          {"ger", "de"},
    {"gre", "el"}, {"ice", "is"}, {"mac", "mk"},  {"mao", "mi"},          {"may", "ms"},
    {"per", "fa"}, {"rum", "ro"}, {"slo", "sk"},  {"tib", "bo"},          {"wel", "cy"},
    {"hbs", "sh"}, {"scc", "sr"}, {"scr", "hr"},  {"in", "id"},           {"iw", "he"},
    {"ji", "yi"},  {"mo", "ro"},  {"cnr", "cnr"}, {"montenegrin", "cnr"}, {"serbo-croatian", "sh"},
};

/* Codes that ISO 639 has for what is no language. */
static const char *const no_languages[] = {"und", "mul", "mis", "zxx", "root"};

#define N_OF(array) (sizeof(array) / sizeof((array)[0]))

bool pil_language_is_stemmer(const char *name)
{
    for (const char **known = sb_stemmer_list(); *known != NULL; known++)
        if (strcmp(*known, name) == 0)
            return true;
    return pil_light_stemmer_named(name) != NULL;
}

const char *pil_language_stemmer(const char *code)
{
    for (size_t i = 0; i < N_OF(stemmed_languages); i++)
        if (strcmp(stemmed_languages[i].code, code) == 0)
            return pil_language_is_stemmer(stemmed_languages[i].stemmer)
                       ? stemmed_languages[i].stemmer
                       : NULL;
    return NULL;
}

const char *const *pil_language_stemmed_codes(void)
{
    return stemmed_codes;
}

static bool give(const char *code, char out[PIL_LANGUAGE_MAX])
{
    size_t length = strlen(code);
    if (length == 0 || length >= PIL_LANGUAGE_MAX)
        return false;
    memcpy(out, code, length + 1);
    return true;
}

static bool from_alias(const char *name, char out[PIL_LANGUAGE_MAX])
{
    for (size_t i = 0; i < N_OF(aliases); i++)
        if (strcmp(aliases[i].name, name) == 0)
            return give(aliases[i].code, out);
    return false;
}

/* Code or tag: ICU gives the two letters for three where there are two. */
static bool from_code(const char *name, char out[PIL_LANGUAGE_MAX])
{
    char code[PIL_LANGUAGE_MAX];
    UErrorCode error = U_ZERO_ERROR;
    uloc_getLanguage(name, code, (int32_t)sizeof code, &error);
    if (U_FAILURE(error) || error == U_STRING_NOT_TERMINATED_WARNING || strlen(code) > 3)
        return false;
    for (size_t i = 0; i < N_OF(no_languages); i++)
        if (strcmp(no_languages[i], code) == 0)
            return false;
    if (from_alias(code, out))
        return true;
    return uloc_getISO3Language(code)[0] != '\0' && give(code, out);
}

/* ASCII letters only: what tolower() does depends on the locale. */
static void lower_case(char *bytes)
{
    for (; *bytes != '\0'; bytes++)
        if (*bytes >= 'A' && *bytes <= 'Z')
            *bytes = (char)(*bytes + ('a' - 'A'));
}

static bool has_display_name(const char *code, const char *name)
{
    UChar display[64];
    char utf8[128];
    int32_t n = 0;
    UErrorCode error = U_ZERO_ERROR;
    int32_t length = uloc_getDisplayLanguage(code, "en", display, (int32_t)N_OF(display), &error);
    if (U_FAILURE(error) || length > (int32_t)N_OF(display))
        return false;
    u_strToUTF8(utf8, (int32_t)sizeof utf8 - 1, &n, display, length, &error);
    if (U_FAILURE(error))
        return false;
    utf8[n] = '\0';
    lower_case(utf8);
    return strcmp(utf8, name) == 0;
}

/* English names: libstemmer's first, which are the most frequent, then ICU's. */
static bool from_english(const char *name, char out[PIL_LANGUAGE_MAX])
{
    for (size_t i = 0; i < N_OF(stemmed_languages); i++)
        if (strcmp(stemmed_languages[i].stemmer, name) == 0 &&
            !(strcmp(name, "serbian") == 0 || strcmp(name, "norwegian") == 0))
            return give(stemmed_languages[i].code, out);
    const char *const *codes = uloc_getISOLanguages();
    for (; *codes != NULL; codes++)
        if (has_display_name(*codes, name))
            return from_code(*codes, out);
    return false;
}

bool pil_language_normalise(const char *name, char out[PIL_LANGUAGE_MAX])
{
    char lower[64];
    out[0] = '\0';
    name += strspn(name, " ");
    size_t length = strlen(name);
    while (length > 0 && name[length - 1] == ' ')
        length--;
    if (length < 2 || length >= sizeof lower)
        return false;
    memcpy(lower, name, length);
    lower[length] = '\0';
    lower_case(lower);
    if (from_alias(lower, out))
        return true;
    /* The language of a tag has two or three letters, a name has more. */
    size_t first_part = strcspn(lower, "-_.@");
    if (first_part == 2 || first_part == 3)
        return from_code(lower, out);
    return first_part > 3 && from_english(lower, out);
}
