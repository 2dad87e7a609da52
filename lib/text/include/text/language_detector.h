/* In which language is a text written? CLD2 guesses, and what it says is believed when it is clear;
 * docs/languages.md has the rules and what they were measured on. */
#ifndef TEXT_LANGUAGE_DETECTOR_H
#define TEXT_LANGUAGE_DETECTOR_H

#include "text/analyser.h"

#include <stdbool.h>
#include <stddef.h>

/* Shorter texts are never clear: their language is that of what they stand in. Characters beyond
 * the alphabets of Europe count three times, for they say more. */
enum { PIL_LANGUAGE_MIN_CHARACTERS = 60 };
/* Of a longer text, as many bytes from its beginning are as good as all of it. */
enum { PIL_LANGUAGE_ENOUGH_BYTES = 8192 };

/* How much of a text, in percent, must be in a language: to believe it against what is known
 * otherwise, and when nothing is. */
enum { PIL_LANGUAGE_CLEAR = 80, PIL_LANGUAGE_MOST = 50 };

/* True, and the code in out, when at least min_percent of text[0..length), valid UTF-8, are surely
 * in one language. expected, a code as pil_language_normalise gives it or "", is what it would be
 * without evidence; out is that, too, when the languages are one but in name
 * (pil_language_is_close). False, and "" in out, also when memory ran out. Time is linear in
 * length, about 30 MB/s. Thread rule: no shared state. */
bool pil_language_detect(const char *text, size_t length, const char *expected,
                         unsigned min_percent, char out[PIL_LANGUAGE_MAX]);

/* True for codes between which a text cannot decide, as sr and hr, or nb and no: equal ones, and
 * those that have the same stemmer. */
bool pil_language_is_close(const char *one, const char *other);

#endif
