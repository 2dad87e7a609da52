/* The query program's command line. */
#ifndef QUERY_QUERY_OPTIONS_H
#define QUERY_QUERY_OPTIONS_H

#include "base/error.h"
#include "cli/options.h"
#include "cli/terminal.h"
#include "search/facet.h"
#include "search/searcher.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum pil_query_format {
    PIL_QUERY_TEXT,
    PIL_QUERY_JSON,
    PIL_QUERY_CSV,
    PIL_QUERY_TSV,
    PIL_QUERY_MARKDOWN,
    PIL_QUERY_VIMGREP,
    PIL_QUERY_TREC,
    PIL_QUERY_SVG,        /* of a comparison only */
    PIL_QUERY_CITE_PLAIN, /* the citations have an option of their own */
    PIL_QUERY_CITE_MARKDOWN,
    PIL_QUERY_BIBTEX,
    PIL_QUERY_CSL,
    PIL_QUERY_KWIC,     /* likewise, by its number of columns */
    PIL_QUERY_TEMPLATE, /* has no name: it is given by its text */
    PIL_QUERY_FILES     /* likewise, by an option of its own */
} pil_query_format;

typedef enum pil_query_grouping { PIL_QUERY_UNGROUPED, PIL_QUERY_BY_ARTICLE } pil_query_grouping;

/* Paragraphs that are nearly the same. */
typedef enum pil_query_copies {
    PIL_QUERY_COPIES_BY_FORMAT, /* people see one of them, programs all */
    PIL_QUERY_COPIES_SHOW,
    PIL_QUERY_COPIES_COLLAPSE
} pil_query_copies;

/* The bounds that the table and the man page state. */
enum {
    PIL_QUERY_LIMIT_DEFAULT = 10,
    PIL_QUERY_LIMIT_EVAL = 1000,    /* as is usual for runs */
    PIL_QUERY_TIMEOUT_DEFAULT = 30, /* seconds */
    PIL_QUERY_TIMEOUT_MAX = 86400,
    PIL_QUERY_RECENT_DEFAULT = 365, /* days */
    PIL_QUERY_RECENT_MAX = 1000000,
    PIL_QUERY_LIMIT_MAX = 100000,
    PIL_QUERY_OFFSET_MAX = 1000000,
    PIL_QUERY_PER_ARTICLE_MAX = 1000,
    PIL_QUERY_CONTEXT_MAX = 100,
    PIL_QUERY_SENTENCES_MAX = 100,
    PIL_QUERY_KWIC_MAX = 1000
};

/* Strings point into argv; the query is owned. */
typedef struct pil_query_options {
    const char *index;    /* -d, or NULL */
    uint64_t limit;       /* hits to show, 1 to PIL_QUERY_LIMIT_MAX; 0 when hits are hidden */
    uint64_t offset;      /* hits to leave out before them */
    uint64_t context;     /* neighbouring paragraphs on each side */
    bool section;         /* all paragraphs of the section that a hit is in */
    uint64_t sentences;   /* to show of each paragraph; 0: all */
    bool all;             /* every word must occur */
    bool fix;             /* search for the nearest word in place of an unknown one */
    bool acronyms;        /* only list those of the index */
    bool expand;          /* only what the words match */
    const char *synonyms; /* a file, or NULL: the default one */
    bool no_variants;     /* words only in the spelling that was typed */
    int grouping;         /* pil_query_grouping */
    uint64_t per_article; /* paragraphs of each article, 1 to PIL_QUERY_PER_ARTICLE_MAX */
    int sort;             /* pil_sort */
    int copies;           /* pil_query_copies; settled, so never by format */
    const char *ranking;  /* as given, or NULL */
    uint64_t recent;      /* newer articles count more, by what half age in days; 0: they do not */
    uint32_t ranking_without;  /* parts of the ranking that are left out, of pil_ranking_part */
    const char *language;      /* of the query's words, or NULL: those of the index */
    int format;                /* pil_query_format */
    uint64_t kwic;             /* columns on either side of a match, of the kwic format */
    const char *template_text; /* of the template format; checked */
    bool ends_with_nul;        /* of paths and templates */
    bool count;                /* only how many paragraphs match */
    bool hides_hits;           /* only numbers are shown; limit is 0 then */
    bool timeline;             /* only how many paragraphs match of each year; makes facets */
    const char *facet_list;    /* as given, or NULL */
    pil_facet_field facets[PIL_FACET_N_FIELDS]; /* [0..n_facets): each once, in the order given */
    size_t n_facets;
    uint64_t timeout;    /* seconds, after which no further text is asked; 0: never */
    bool parse;          /* only show how the query is understood */
    bool get;            /* the words are ids of paragraphs */
    const char *like;    /* a paragraph, its id or PATH:LINE, to find others like it; or NULL */
    bool related;        /* print words that go with the hits instead */
    const char *why_not; /* the place of a paragraph to be judged, PATH[:LINE], or NULL */
    bool explain;        /* what each score is made of */
    const char *at;      /* the saved query whose words come before the others, or NULL */
    bool news;           /* only what it did not find before */
    const char *save;    /* the name to save the query under, or NULL */
    bool saved;          /* list the saved queries */
    const char *forget;  /* the name of one to remove, or NULL */
    const char *topics;  /* a file of queries to run instead, "-" standard input; or NULL */
    const char *eval;    /* a file of judgements to measure their hits by, "-" likewise; or NULL */
    const char *judge;   /* a file of judgements to add to by asking for them, or NULL */
    const char *compare[2]; /* options of two ways of asking, which are not read yet; or NULL */
    const char *topic;      /* names the query in a TREC run; without white space */
    const char *run;        /* names the run; without white space */
    int color;              /* pil_when */
    bool help, version;     /* when either is set there may be no query */
    char *query;            /* the words joined by single spaces, as the shell gave them */
    size_t query_bytes;
    uint64_t given; /* bit i: option i of the table was given */
    /* The template of the links around places, of query/hyperlink.h, or NULL. */
    const char *hyperlink;
} pil_query_options;

/* Tags of options. */
enum {
    PIL_QUERY_OPTION_IS_SAVED = 1,   /* kept with a saved query: it says what to look for */
    PIL_QUERY_OPTION_IS_COMPARED = 2 /* goes inside of --compare: measures depend on it */
};

/* The table, for --help and for the test against the man page. */
extern const pil_option_table pil_query_option_table;

/* Fills *options from the command line. PIL_INVALID_ARGUMENT with a message for the user,
 * PIL_NO_MEMORY. The caller disposes of *options, also on failure. */
PIL_NODISCARD pil_status pil_query_options_parse(int argc, char *const *argv,
                                                 pil_query_options *options, pil_error *err);

/* Finds out what the options say together, again when some of them were changed.
 * PIL_INVALID_ARGUMENT with a message for the user, PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_query_options_settle(pil_query_options *options, pil_error *err);

/* Puts words before the query, which may be empty. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_query_options_prepend(pil_query_options *options, const char *words,
                                                   pil_error *err);

void pil_query_options_dispose(pil_query_options *options);

#endif
