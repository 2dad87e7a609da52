/* English words that are spelled in two ways: "defence" and "defense", "organise" and "organize".
 *
 * What the rules make of a word need not be one: "actor" gives "actour". Who asks must look
 * whether there is such a word. But where both are words, they are the same one: the rules leave
 * out what only looks like it, as "prise" and "prize" or "four" and "for". No state; any thread.
 * docs/query-language.md describes them for users. */
#ifndef SEARCH_VARIANTS_H
#define SEARCH_VARIANTS_H

#include "text/analyser.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    PIL_VARIANTS_MAX = 8, /* of one word */
    PIL_VARIANT_FORMS = 6 /* of one variant, itself and others */
};

typedef struct pil_variant_ending {
    const char *one, *other;
} pil_variant_ending;

typedef struct pil_variant {
    char form[PIL_TERM_MAX_BYTES + 1]; /* NUL behind it */
    size_t core_bytes;                 /* of form, up to the ending */
    const pil_variant_ending *endings; /* that the word can have, until one of NULL */
    bool is_other;                     /* takes the others of them */
} pil_variant;

/* The other spellings of form[0..length), a folded word of at most PIL_TERM_MAX_BYTES: writes up
 * to PIL_VARIANTS_MAX into variants, none twice and none the word itself, and returns how many. */
size_t pil_variants_of(const char *form, size_t length, pil_variant variants[PIL_VARIANTS_MAX]);

/* Writes form number number of the variant, from 0: first the variant itself, then the same word
 * with other endings ("organize", "organized", "organizing"). False when there is no such form. */
bool pil_variants_form(const pil_variant *variant, size_t number,
                       char form[PIL_TERM_MAX_BYTES + 1]);

#endif
