#include "light_stemmer.h"

#include "base/utf8.h"

#include <stdbool.h>
#include <string.h>

enum { MIN_CHARACTERS = 4, MAX_STEPS = 4 };

/* In each step the first ending that fits is taken off, if enough is left: longer ones stand before
 * those that they end in. */
struct pil_light_stemmer {
    const char *name;
    const char *const *steps[MAX_STEPS + 1]; /* NULL behind the last */
};

/* The article; of nouns and adjectives number and gender; of verbs and of nouns made of them; what
 * vowel is left. docs/languages.md has what each is worth. */
static const char *const macedonian_articles[] = {"иот", "от", "та", "то", "те", "ов", "ва",
                                                  "во",  "ве", "он", "на", "но", "не", NULL};
static const char *const macedonian_inflection[] = {"ови", "еви", "иња", "ија", "ии", "ја",
                                                    "и",   "а",   "о",   "е",   NULL};
static const char *const macedonian_verbs[] = {"увања", "ување", "ањето", "уваат", "ања", "ање",
                                               "ења",   "ење",   "ува",   "ат",    "ше",  "ле",
                                               "ла",    "ло",    "л",     "н",     "т",   NULL};
static const char *const macedonian_vowels[] = {"и", "а", "о", "е", "у", NULL};

/* Cases and the article, without accents; what vowel is left; of verbs and derived words; and the
 * vowel before that. */
static const char *const albanian_cases[] = {
    "imeve", "jeve", "imet", "imin", "imit", "esve", "sise", "jet", "eve", "ave",
    "ive",   "ove",  "ise",  "jes",  "jen",  "ere",  "ata",  "ota", "ve",  "it",
    "in",    "et",   "ut",   "un",   "es",   "en",   "at",   "ja",  "je",  "se",
    "ne",    "te",   "i",    "u",    "a",    "e",    "n",    "t",   "s",   NULL};
static const char *const albanian_vowels[] = {"a", "e", "i", "u", "o", NULL};
static const char *const albanian_derived[] = {
    "shem", "shme", "uese", "isht", "ohet", "ojne", "sht", "imi", "ues", "uar", "ore", "tar",
    "ike",  "esa",  "ese",  "oje",  "ohe",  "hen",  "het", "hem", "uan", "jne", "im",  "ur",
    "ar",   "or",   "es",   "si",   "ik",   "oj",   "on",  "ua",  "oi",  "je",  "i",   NULL};

static const pil_light_stemmer stemmers[] = {
    {"macedonian",
     {macedonian_articles, macedonian_inflection, macedonian_verbs, macedonian_vowels, NULL}},
    {"albanian", {albanian_cases, albanian_vowels, albanian_derived, albanian_vowels, NULL}},
};

const pil_light_stemmer *pil_light_stemmer_named(const char *name)
{
    for (size_t i = 0; i < sizeof stemmers / sizeof stemmers[0]; i++)
        if (strcmp(stemmers[i].name, name) == 0)
            return &stemmers[i];
    return NULL;
}

static bool ends_in(const char *form, size_t length, const char *ending, size_t n_ending)
{
    return length > n_ending && memcmp(form + length - n_ending, ending, n_ending) == 0 &&
           pil_utf8_count(form, length - n_ending) >= MIN_CHARACTERS;
}

static size_t take_off(const char *const *endings, const char *form, size_t length)
{
    for (; *endings != NULL; endings++) {
        size_t n_ending = strlen(*endings);
        if (ends_in(form, length, *endings, n_ending))
            return length - n_ending;
    }
    return length;
}

size_t pil_light_stemmer_stem(const pil_light_stemmer *stemmer, const char *form, size_t length)
{
    for (const char *const *const *step = stemmer->steps; *step != NULL; step++)
        length = take_off(*step, form, length);
    return length;
}
