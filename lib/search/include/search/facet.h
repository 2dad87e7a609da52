/* How the paragraphs that match are spread over sources, years, authors and languages. */
#ifndef SEARCH_FACET_H
#define SEARCH_FACET_H

#include <stddef.h>
#include <stdint.h>

/* All of the article that a paragraph is in. */
typedef enum pil_facet_field {
    PIL_FACET_SOURCE,
    PIL_FACET_YEAR, /* in which the date begins: four digits */
    PIL_FACET_AUTHOR,
    PIL_FACET_LANGUAGE,
    PIL_FACET_N_FIELDS
} pil_facet_field;

typedef struct pil_facet_value {
    const char *value;     /* as the articles give it, not empty; NUL behind it */
    uint64_t n_paragraphs; /* that match, in articles with this value */
} pil_facet_value;

typedef struct pil_facet {
    pil_facet_field field;
    const pil_facet_value *values; /* [0..n_values): most paragraphs first, then by bytes */
    size_t n_values;
    uint64_t n_unknown; /* paragraphs that match, in articles that do not say */
} pil_facet;

/* As users write it: "source", "year", "author", "lang". Static. */
const char *pil_facet_name(pil_facet_field field);

/* The year in which a date as articles have it begins, from 0 to 9999; -1 for what is no date. */
int pil_facet_year(const char *date);

#endif
