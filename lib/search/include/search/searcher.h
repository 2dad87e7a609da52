/* Ranks the paragraphs of an index for a query: the tree and the snapshot in, hits out. */
#ifndef SEARCH_SEARCHER_H
#define SEARCH_SEARCHER_H

#include "base/arena.h"
#include "base/error.h"
#include "index/snapshot.h"
#include "search/facet.h"
#include "search/hit.h"
#include "search/judgement.h"
#include "search/paragraph_place.h"
#include "search/query.h"
#include "search/synonyms.h"
#include "text/analyser.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Undated articles come last in both orders of dates. What is equal is in order of score. */
typedef enum pil_sort {
    PIL_SORT_SCORE,  /* best first */
    PIL_SORT_OLDEST, /* by the day on which an article's date begins */
    PIL_SORT_NEWEST,
    PIL_SORT_PATH /* as in the files: by path, line of the article, number of the paragraph */
} pil_sort;

/* What a ranking has beside BM25, as bits: docs/ranking.md. */
typedef enum pil_ranking_part {
    PIL_RANKING_TITLES = 1,      /* words of the query in the title and headings */
    PIL_RANKING_FAMILIES = 2,    /* words of the same families */
    PIL_RANKING_PROXIMITY = 4,   /* words of the query near each other */
    PIL_RANKING_NEIGHBOURS = 8,  /* words of the query right before the paragraph */
    PIL_RANKING_SIMILARITY = 16, /* the scores of paragraphs that are alike */
    PIL_RANKING_COPIES = 32,     /* less for what is nearly the same as a better paragraph */
    PIL_RANKING_ALL_PARTS = 63
} pil_ranking_part;

/* A paragraph of a snapshot. */
typedef struct pil_document {
    uint32_t shard; /* the segment's number */
    uint32_t docid; /* in it */
} pil_document;

/* Beyond so many matches it is not asked which of them were seen before. */
enum { PIL_SEARCH_MAX_UNSEEN = 1000000 };

/* The ids of paragraphs that were hits before. */
typedef struct pil_seen {
    const uint64_t *ids; /* [0..n_ids), ascending */
    size_t n_ids;
} pil_seen;

/* What is wanted. Zero-initialise for the defaults. */
typedef struct pil_search_options {
    uint32_t offset;          /* hits to leave out at the top; when they are grouped, articles */
    uint32_t limit;           /* hits, or articles, wanted; 0 tells only whether there are any */
    uint32_t context;         /* neighbouring paragraphs on either side */
    bool section;             /* those of the hit's section, as PIL_SECTION_PARAGRAPHS_MAX allows */
    pil_sort sort;            /* but for scores it takes as long as paragraphs match */
    bool group_by_article;    /* only the best paragraphs of each article, articles in the order of
                                 their best */
    uint32_t per_article;     /* how many then; 0: one. More take as long as paragraphs match */
    bool no_variants;         /* words only in the spelling that was typed */
    uint32_t ranking_without; /* parts of the ranking that are left out, of pil_ranking_part */
    uint32_t recency_half_age; /* newer articles count more: one of today half more, one that is so
                                  many days old a quarter; 0: none do */
    uint32_t today;            /* as in search/dates.h, where recency counts */
    bool collapse_copies; /* of paragraphs that are nearly the same, as lib/search/copies.h has it,
                             show the first: looks at as many as it takes to fill the page,
                             and for copies of those at 40 more, or 200 when they are sorted */
    bool counts;          /* how many paragraphs match, in n_matches: takes as long as they are */
    bool explains;        /* what each score is made of */
    const pil_document *except; /* is no hit; NULL: all are */
    const pil_paragraph_place
        *judged;          /* the paragraph to be judged, the best of those there; NULL: none */
    const pil_seen *seen; /* these are no hits any more, and all ids are listed; NULL: all are */
    const char *language; /* to read the query in; NULL: all that the index has */
    uint64_t deadline_ms; /* when to stop asking texts, as pil_search_clock counts; 0: never. What
                             was not asked by then is no hit */
    const pil_facet_field *facets; /* [0..n_facets): what to count over all paragraphs that match,
                                      which takes as long as they are */
    size_t n_facets;

    /* What the words are also found as. */
    bool as_typed;                /* nothing: not even compounds joined or apart */
    const pil_synonyms *synonyms; /* borrowed; or NULL */
} pil_search_options;

/* What was found. */
typedef struct pil_hits {
    const pil_hit *items; /* [0..n_items), in the order of options.sort */
    size_t n_items;
    const char **words; /* [0..n_words): the query's clauses as typed, which ranges and missing
                           number */
    size_t n_words;
    bool some_have_all;      /* some paragraph has every word (exclusions apart) */
    const uint32_t *unknown; /* numbers of the words that no paragraph of the index has */
    size_t n_unknown;
    const pil_judgement *judgement; /* with options.judged; NULL when the index is empty */
    const uint64_t *ids; /* [0..n_ids), ascending: with options.seen, those of all paragraphs that
                            match, also of those that were seen */
    size_t n_ids;
    size_t n_unseen;     /* with options.seen: how many are not among them */
    const uint32_t *cut; /* numbers of the clauses that stand for more words than are looked up:
                            only the nearest and most frequent of them are */
    size_t n_cut;
    bool is_limited;     /* a regular expression took too long on some paragraph, which is then none
                            that has it */
    bool is_late;        /* options.deadline_ms passed */
    uint64_t n_matches;  /* paragraphs that match, when options.counts or facets; else 0 */
    uint64_t n_verified; /* times that a paragraph's text was read to decide whether it is a hit */
    const pil_facet *facets; /* [0..n_facets): of options.facets, in that order */
    size_t n_facets;
    pil_arena arena;
} pil_hits;

/* Milliseconds since some time in the past. */
uint64_t pil_search_clock(void);

/* Searches snapshot for query, which analyser was used to parse. All three are borrowed and are
 * used by one thread at a time. The caller frees *out, which depends on none of them.
 * With options.seen each paragraph that matches is read; PIL_UNSUPPORTED when there are more than
 * PIL_SEARCH_MAX_UNSEEN.
 * PIL_CORRUPT when what is found is not what was stored; PIL_INCOMPATIBLE when the index was made
 * by another analyser; PIL_IO, PIL_NO_MEMORY, PIL_INTERNAL. */
PIL_NODISCARD pil_status pil_search(pil_snapshot *snapshot, const pil_query *query,
                                    pil_analyser *analyser, const pil_search_options *options,
                                    pil_hits **out, pil_error *err);
void pil_hits_free(pil_hits *hits);

#endif
