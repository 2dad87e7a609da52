/* Where are the words of a text? Word boundaries by UAX #29 on the original bytes. Internal to
 * lib/text. */
#ifndef TEXT_BOUNDARY_H
#define TEXT_BOUNDARY_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

/* A stretch between two boundaries that holds a letter or a number. */
typedef struct pil_boundary_word {
    size_t begin_byte, end_byte; /* [begin_byte, end_byte) in the text */
    bool is_plain;               /* true: certainly nothing but letters and digits in it */
} pil_boundary_word;

/* Not shareable between threads. */
typedef struct pil_boundary pil_boundary;

/* PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_boundary_new(pil_boundary **out, pil_error *err);
void pil_boundary_free(pil_boundary *boundary);

/* Starts on text[0..length), which must stay until the last word is taken. Stretches between
 * white space that hold common characters only (ASCII, Latin, Greek, Cyrillic, the usual
 * punctuation) are taken by a fast path of our own, all others by ICU; with icu_only all are, which
 * gives the same words: the tests compare. */
void pil_boundary_start(pil_boundary *boundary, const char *text, size_t length, bool icu_only);

/* The next word. PIL_DONE after the last, PIL_NO_MEMORY, PIL_INTERNAL when ICU fails. */
PIL_NODISCARD pil_status pil_boundary_next(pil_boundary *boundary, pil_boundary_word *word,
                                           pil_error *err);

#endif
