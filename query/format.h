/* How hits are written: one interface, and an implementation for each format. */
#ifndef QUERY_FORMAT_H
#define QUERY_FORMAT_H

#include "base/error.h"
#include "search/hit.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* What all formats are made from. The pointers must stay valid as long as the formatter. */
typedef struct pil_format_settings {
    FILE *out;       /* where the hits go; stays the caller's */
    const char *cwd; /* absolute; paths below it are shown relative to it. NULL: none are */
    const char *const *words; /* words[0..n_words): the query's words, which hits name as missing */
    size_t n_words;
    uint32_t last_rank;  /* the greatest rank to expect, so that ranks line up; 0: no hits */
    const pil_hit *hits; /* kwic: hits[0..n_hits) are those that follow */
    size_t n_hits;
    size_t kwic_columns;  /* kwic: of the text on either side of a match */
    size_t max_sentences; /* of each paragraph, those that answer best; 0: all */
    bool has_context;     /* neighbours were asked for */
    bool has_sections;    /* json: and the sections that hits are in */
    bool is_grouped;      /* each article is shown once */
    bool explains;        /* text and json: what each score is made of */
    bool has_copies;      /* copies are collapsed */
    bool is_ranked;       /* text: hits have scores */
    bool is_whole;        /* text: long paragraphs are not trimmed */
    bool color;           /* text: with ANSI escapes */
    unsigned width;       /* text: the terminal's columns; 0: each paragraph on one line, in full */
    const char *topic;    /* the topic's id: for trec, and where there are several */
    const char *query;    /* the topic's query as typed; NULL when there is one topic only */
    bool is_relaxed;      /* they lack words that were required */
    bool has_topics;      /* hits of several topics are written one behind the other */
    const char *run;      /* trec: the run's name */
    const char *template_text; /* of the template format; query/template.h */
    bool ends_with_nul;        /* template, files: a NUL behind each hit or path, not a line feed */
    /* Text: the template of the links around places, of query/hyperlink.h, or NULL for none; and
     * the name of this machine for it. */
    const char *hyperlink, *host;
} pil_format_settings;

typedef struct pil_formatter pil_formatter;

/* Called in the order begin, hit ..., end, with topic before the hits of each when there are
 * several; after a status other than PIL_OK only free.
 * They return PIL_DONE when nobody reads the output any more: stop without a word; PIL_IO when it
 * could not be written, PIL_NO_MEMORY. */
typedef struct pil_formatter_vtable {
    pil_status (*begin)(pil_formatter *formatter, pil_error *err);
    pil_status (*hit)(pil_formatter *formatter, const pil_hit *hit, pil_error *err);
    pil_status (*end)(pil_formatter *formatter, pil_error *err);
    void (*free)(pil_formatter *formatter);
    pil_status (*topic)(pil_formatter *formatter, pil_error *err); /* NULL: nothing to write */
} pil_formatter_vtable;

struct pil_formatter {
    const pil_formatter_vtable *vtable;
    pil_format_settings settings;
    bool keeps_text;             /* it says itself which sentences are the best */
    struct pil_excerpt *excerpt; /* of those that do not; made when it is first needed */
};

/* New formatters; NULL when memory ran out. */

/* For people: a heading line, title and date, the paragraph with the query's words highlighted,
 * the words that it lacks. Nothing from a document reaches the terminal as a control character. */
pil_formatter *pil_format_text_new(const pil_format_settings *settings);
/* A line for each match: the place, and the text around the match, which is in one column. */
pil_formatter *pil_format_kwic_new(const pil_format_settings *settings);
/* JSON Lines as docs/json-output.md has it: an object a hit, no header, no footer. */
pil_formatter *pil_format_json_new(const pil_format_settings *settings);
/* A TREC run: "topic Q0 docid rank score run" a line. docid is the shown path, "#" and the record's
 * id in files of many articles, ":" and the paragraph's number; white space, controls, "%" and
 * bytes that are not UTF-8 are percent-encoded in it. */
pil_formatter *pil_format_trec_new(const pil_format_settings *settings);

/* Tables as docs/formats.md has them: a line of names, then a line a hit with all fields of
 * query/hit_fields.h; csv by RFC 4180 but for the line feed alone. */
pil_formatter *pil_format_csv_new(const pil_format_settings *settings);
pil_formatter *pil_format_tsv_new(const pil_format_settings *settings);
/* Each paragraph as a quotation in Markdown, with its source. Of several topics each is a section,
 * passages are numbered, and one that was written before is only pointed to. */
pil_formatter *pil_format_markdown_new(const pil_format_settings *settings);
/* Each hit as settings.template_text says; begin returns PIL_INVALID_ARGUMENT when it is none. */
pil_formatter *pil_format_template_new(const pil_format_settings *settings);
/* For editors: "path:line:column:text". */
pil_formatter *pil_format_vimgrep_new(const pil_format_settings *settings);
/* Citations: the paragraph in quotation marks, or as a block quotation in Markdown, then author,
 * title, source, date, place, and url or path, as far as they are known. */
pil_formatter *pil_format_cite_plain_new(const pil_format_settings *settings);
pil_formatter *pil_format_cite_markdown_new(const pil_format_settings *settings);
/* A bibliography's entries, one a paragraph, each once: for BibTeX and biber, and as CSL-JSON. */
pil_formatter *pil_format_bibtex_new(const pil_format_settings *settings);
pil_formatter *pil_format_csl_new(const pil_format_settings *settings);
/* The paths of the hits, each once. */
pil_formatter *pil_format_files_new(const pil_format_settings *settings);

PIL_NODISCARD pil_status pil_formatter_begin(pil_formatter *formatter, pil_error *err);
/* The hits that follow are of this topic, which it names with its query and its words: the members
 * topic, query, is_relaxed, words, n_words, last_rank, hits and n_hits replace those of the
 * settings, and must stay valid until the next topic. */
PIL_NODISCARD pil_status pil_formatter_topic(pil_formatter *formatter,
                                             const pil_format_settings *topic, pil_error *err);
/* Neither the hit nor what it points to is kept. */
PIL_NODISCARD pil_status pil_formatter_hit(pil_formatter *formatter, const pil_hit *hit,
                                           pil_error *err);
/* Also empties the buffer of settings.out, and reports if that failed. */
PIL_NODISCARD pil_status pil_formatter_end(pil_formatter *formatter, pil_error *err);
void pil_formatter_free(pil_formatter *formatter);

#endif
