/* UTF-8: reading it one character at a time, and mending what is not UTF-8. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/buffer.h"
#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PIL_UTF8_REPLACEMENT 0xFFFDu

/* The character at text[*at], moving *at (which must be below length) behind it. A sequence that
 * is not UTF-8 gives U+FFFD: one for each maximal part of a valid sequence, as the Unicode
 * Standard recommends in 3.9, else one for the byte. *is_valid (may be NULL) tells which. */
uint32_t pil_utf8_next(const char *text, size_t length, size_t *at, bool *is_valid);

/* How many characters text[0..length) has, counted as pil_utf8_next reads them. */
size_t pil_utf8_count(const char *text, size_t length);

/* True when text[0..length) is valid UTF-8: no overlong forms, surrogates or values over
 * U+10FFFF. */
bool pil_utf8_is_valid(const char *text, size_t length);

/* Appends text to out with every invalid sequence and every NUL replaced by U+FFFD.
 * *n_replaced (may be NULL) is how many. PIL_NO_MEMORY; PIL_INVALID_ARGUMENT at out's cap. */
PIL_NODISCARD pil_status pil_utf8_repair(const char *text, size_t length, pil_buffer *out,
                                         size_t *n_replaced);

/* Appends UTF-16 (a byte order mark at its start is the caller's to skip) to out as UTF-8.
 * Lone surrogates and an odd last byte become U+FFFD, counted in *n_replaced (may be NULL). */
PIL_NODISCARD pil_status pil_utf8_from_utf16(const char *bytes, size_t length, bool big_endian,
                                             pil_buffer *out, size_t *n_replaced);

/* Writes character as UTF-8 into out[0..4) and returns how many bytes it took. */
size_t pil_utf8_encode(uint32_t character, char out[4]);

/* The largest offset <= at that begins a character of text; at may be length. */
size_t pil_utf8_boundary(const char *text, size_t length, size_t at);

#endif
