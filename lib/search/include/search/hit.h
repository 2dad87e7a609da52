/* What a search finds: paragraphs with their place, text and matches. */
#ifndef SEARCH_HIT_H
#define SEARCH_HIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A byte range [begin, end) in a hit's text that matches word number word of the query. */
typedef struct pil_match_range {
    uint32_t begin, end;
    uint32_t word;
} pil_match_range;

/* A paragraph beside a hit, for context. */
typedef struct pil_neighbour {
    uint32_t number;
    uint32_t line;
    const char *text;
    size_t text_bytes;
} pil_neighbour;

/* Of a section, no more paragraphs than so many are fetched on either side of a hit. */
enum { PIL_SECTION_PARAGRAPHS_MAX = 100 };

/* Where a paragraph is that is nearly the same as a hit. */
typedef struct pil_copy {
    const char *path; /* as a hit's */
    uint32_t line, paragraph;
} pil_copy;

/* All strings are UTF-8 with a NUL behind, "" when unknown, and live as long as the hits. */
typedef struct pil_hit {
    uint32_t rank; /* from 1 */
    double score;
    const char *path;    /* absolute, or "-" for standard input; bytes, not always UTF-8 */
    uint32_t line;       /* first line of the paragraph in its file */
    uint32_t page;       /* 0 where the format has none */
    const char *article; /* the article's id */
    uint32_t paragraph;  /* number in its article, from 1 */
    const char *id;      /* stable paragraph id, 16 hex digits */
    const char *title, *author, *date, *language, *source, *url;
    const char *heading;           /* heading path joined by " > " */
    uint64_t begin_byte, end_byte; /* in the article's text */
    const char *text;
    size_t text_bytes;
    const pil_match_range *ranges; /* in order of begin, not overlapping */
    size_t n_ranges;
    const uint32_t *missing; /* numbers of the query's words that the text lacks */
    size_t n_missing;
    const pil_neighbour *before; /* up to options.context paragraphs, or the section's, in order */
    size_t n_before;
    const pil_neighbour *after;
    size_t n_after;
    bool is_cut_before, is_cut_after; /* the section goes on beyond them */
    const pil_copy *copies; /* when they are collapsed: paragraphs that match but are not shown, in
                               the order in which they would be */
    size_t n_copies;
    uint32_t n_more_in_article; /* when grouping: further hits of this article that are not shown */
    uint32_t group_number, group_size; /* when grouping: its number, from 1, among the hits of its
                                          article that are shown, one behind the other; how many */
} pil_hit;

#endif
