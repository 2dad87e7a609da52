/* What the files of this folder share: looking at text, cutting it, and building paragraphs. */
#ifndef PASSAGE_PASSAGE_INTERNAL_H
#define PASSAGE_PASSAGE_INTERNAL_H

#include "passage/passage.h"

#include <stdbool.h>

/* --- passage_look.c: looking at text. All take valid UTF-8. --- */

/* The first offset in [begin, end) that is not white space (Unicode's, zero-width characters and
 * NEL included), or end. */
size_t pil_passage_skip_space(const char *text, size_t begin, size_t end);
/* The offset behind the last character in [begin, end) that is not white space, or begin. */
size_t pil_passage_trim_end(const char *text, size_t begin, size_t end);
/* How much a reader sees: characters, where one of the wide scripts of East Asia counts as
 * three, since it says about as much. */
size_t pil_passage_weight(const char *text, size_t length);
/* The number of words, counting no further than limit. */
size_t pil_passage_words(const char *text, size_t length, size_t limit);
/* True when text ends as a sentence does: with . ! ? or the like, also inside closing quotes and
 * brackets, also before a footnote mark in brackets. */
bool pil_passage_ends_sentence(const char *text, size_t length);
/* True when text is so short that it is no paragraph by itself. */
bool pil_passage_is_fragment(const char *text, size_t length);

/* --- passage_cut.c: cutting what is too long --- */

/* Zero-initialise. Not shareable between threads. */
typedef struct pil_passage_cutter {
    void *sentences; /* ICU's break iterator, opened when it is first needed */
    bool opened;
} pil_passage_cutter;

void pil_passage_cutter_dispose(pil_passage_cutter *cutter);
/* Where to cut text[0..length): at length when it is at most PIL_PARAGRAPH_MAX_BYTES, else at
 * the last sentence edge before that, else the last word edge, else the last character. Looks at
 * no more than PIL_PARAGRAPH_MAX_BYTES bytes. Line ends are sentence edges unless is_wrapped. Never
 * 0 unless length is. */
size_t pil_passage_cut(pil_passage_cutter *cutter, const char *text, size_t length,
                       bool is_wrapped);

/* --- passage.c: blocks into paragraphs, one block after another --- */

enum { PIL_HEADING_LEVELS = 6 };

typedef struct pil_passage_heading {
    pil_block block;  /* its text lives in the arena */
    const char *path; /* of what stands under it; in the arena; also its identity */
    bool is_used;     /* a paragraph stands under it */
} pil_passage_heading;

typedef enum pil_passage_waiting {
    PIL_WAITING_NONE,
    PIL_WAITING_FRAGMENT, /* short pieces that join what follows */
    PIL_WAITING_INTRO,    /* a paragraph that ends in a colon: joins a list that follows */
    PIL_WAITING_LIST      /* list items so far */
} pil_passage_waiting;

typedef struct pil_passage_builder {
    pil_paragraphs *out;
    pil_passage_cutter cutter;
    pil_passage_heading headings[PIL_HEADING_LEVELS]; /* from the outermost */
    size_t n_headings;
    bool has_begun; /* a block came */
    pil_passage_waiting waiting;
    pil_buffer text;  /* of what waits, pieces joined by line ends */
    pil_block extent; /* of what waits: range and line */
    const char *path; /* of what waits */
    size_t joinable;  /* number + 1 of the last paragraph when a fragment may join it, or 0 */
} pil_passage_builder;

void pil_passage_builder_init(pil_passage_builder *builder, pil_paragraphs *out);
/* The text of block is copied. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_passage_builder_add(pil_passage_builder *builder,
                                                 const pil_block *block);
/* Nothing follows: what waits becomes paragraphs. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_passage_builder_finish(pil_passage_builder *builder);
void pil_passage_builder_dispose(pil_passage_builder *builder);

#endif
