/* Which words does a stretch between two boundaries hold? UAX #29 keeps together what a search
 * wants apart: l'Europe, file_name, end.Begin; docs/analysis.md has the rules. Internal to
 * lib/text. */
#ifndef TEXT_SPLIT_H
#define TEXT_SPLIT_H

#include <stdbool.h>
#include <stddef.h>

typedef struct pil_split_word {
    size_t begin_byte, end_byte; /* the word itself */
    size_t shown_end;            /* end_byte, or behind the full stop of "U.N." */
    bool is_acronym;             /* letters with full stops between them */
    bool is_linked;              /* belongs with the word before, as in O'Brien */
} pil_split_word;

typedef struct pil_split {
    const char *text;
    size_t length;
    size_t at, end; /* what is left of the stretch */
    bool elides;
    bool is_first;  /* nothing was taken yet */
    bool is_linked; /* the next word belongs with the one before */
} pil_split;

/* Starts on the stretch [begin, end) of text[0..length). elides: an apostrophe ends a word, as in
 * French. */
void pil_split_start(pil_split *split, const char *text, size_t length, size_t begin, size_t end,
                     bool elides);
/* The next word, or false. */
bool pil_split_next(pil_split *split, pil_split_word *word);

/* The length of the apostrophe that text[0..length) begins with, in any of its forms, or 0. */
size_t pil_split_apostrophe(const char *text, size_t length);
/* The length of the hyphen that text[0..length) begins with (U+002D, U+2010, U+2011), or 0. */
size_t pil_split_hyphen(const char *text, size_t length);

#endif
