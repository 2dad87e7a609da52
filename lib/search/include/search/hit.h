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
    const char *path, *member; /* as a hit's */
    uint32_t line, paragraph;
} pil_copy;

typedef enum pil_part_kind {
    PIL_PART_TERM,
    PIL_PART_TITLE, /* what n_times in the title and headings add, each as two more in a paragraph
                       of average length */
    PIL_PART_FAMILIES,   /* of no term, as those that follow: words of the same families */
    PIL_PART_PROXIMITY,  /* words near each other */
    PIL_PART_NEIGHBOURS, /* the words in the paragraph before it */
    PIL_PART_SIMILARITY, /* paragraphs that are alike; may be below 0 */
    PIL_PART_RECENCY,    /* the article is new */
    PIL_PART_COPIES      /* a better paragraph says nearly the same: at most 0 */
} pil_part_kind;

/* What a term adds to a score: factor * idf * n_times * (k1 + 1) / (n_times + k1 * (1 - b + b *
 * length)), with the k1 and b of index/schema.h. */
typedef struct pil_score_part {
    uint32_t word;         /* number of the query's word that the term is of */
    const char *term;      /* the stem that is looked up, or the pattern that stands for many */
    uint32_t n_paragraphs; /* that have it, dead ones included until their segments are merged */
    double idf;            /* inverse document frequency: how much it counts for being rare */
    uint32_t n_times;      /* in the paragraph */
    double length;         /* of the paragraph by the average, at least 0.1 */
    double factor;         /* how often the query has the word, or less for another spelling and for
                              stop words; where the paragraph has several spellings, shared among
                              them */
    double score;
    pil_part_kind kind; /* of those of no term all but the score is 0, and term is "" */
} pil_score_part;

/* All strings are UTF-8 with a NUL behind, "" when unknown, and live as long as the hits. */
typedef struct pil_hit {
    uint32_t rank; /* from 1 */
    double score;
    const char *path;    /* absolute, or "-" for standard input; bytes, not always UTF-8 */
    const char *member;  /* the file in path, an archive or mail, that line and page are of, as
                            "a/b.pdf", and "inner.zip#b.pdf" in an archive in it; "": path itself */
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
    const pil_score_part *parts; /* [0..n_parts): with options.explains; their sum is the score */
    size_t n_parts;
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
