/* CLD2 in C: which language does it take a text for? Internal to lib/text. */
#ifndef TEXT_CLD2_H
#define TEXT_CLD2_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct pil_cld2_guess {
    const char *code; /* of CLD2, such as "zh-Hant", static; NULL when it cannot tell */
    unsigned percent; /* of the text that it takes for that language */
    bool is_reliable; /* by its own measure */
} pil_cld2_guess;

/* text[0..length) is valid UTF-8, of at most INT_MAX bytes. expected is a code that makes that
 * language a little more likely, or "". Without memory it cannot tell. Thread rule: no shared
 * state. */
pil_cld2_guess pil_cld2_guess_language(const char *text, size_t length, const char *expected);

#ifdef __cplusplus
}
#endif

#endif
