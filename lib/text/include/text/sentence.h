/* Where are the sentences of a text? The rules of UAX #29, with the exceptions that
 * docs/analysis.md states. Nothing is allocated, nothing fails. */
#ifndef TEXT_SENTENCE_H
#define TEXT_SENTENCE_H

#include <stdbool.h>
#include <stddef.h>

/* A text on its way through; its fields are for the functions below. Not shareable between
 * threads. */
typedef struct pil_sentences {
    const char *text;
    size_t length;
    size_t at;         /* everything before was given out or is white space */
    bool has_ordinals; /* a number with a full stop is an ordinal: "19. Jahrhundert" */
} pil_sentences;

/* Starts on text[0..length), which is borrowed until the last sentence is taken and need not be
 * valid UTF-8. language is as pil_language_normalise gives it, "" where it is not known. */
void pil_sentences_start(pil_sentences *sentences, const char *language, const char *text,
                         size_t length);

/* The next sentence, [*begin_byte, *end_byte) of the text, in order: never empty, without the white
 * space around it; between two sentences there is nothing but white space. A text without a full
 * stop is one sentence. False when there is none any more. Time is linear in the text, over all
 * calls. */
bool pil_sentences_next(pil_sentences *sentences, size_t *begin_byte, size_t *end_byte);

#endif
