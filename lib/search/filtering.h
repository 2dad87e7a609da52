/* Which articles and paragraphs pass filters? Private to this folder. */
#ifndef SEARCH_FILTERING_H
#define SEARCH_FILTERING_H

#include "base/error.h"
#include "index/snapshot.h"
#include "search/filter.h"
#include "selection.h"
#include "text/analyser.h"

#include <stdbool.h>

/* Filters, prepared. Thread rule: as the analyser's. */
typedef struct pil_filtering pil_filtering;
/* filters[0..n_filters) and analyser are borrowed. PIL_NO_MEMORY, PIL_INTERNAL. */
PIL_NODISCARD pil_status pil_filtering_new(pil_filtering **out, const pil_filter *filters,
                                           size_t n_filters, pil_analyser *analyser,
                                           pil_error *err);
void pil_filtering_free(pil_filtering *filtering);

/* Whether there is a filter on what articles are, and on what paragraphs are. */
bool pil_filtering_has_article_filters(const pil_filtering *filtering);
bool pil_filtering_has_paragraph_filters(const pil_filtering *filtering);
/* Whether there is one on the field, and whether paragraphs in a language pass those on languages.
 */
bool pil_filtering_has_field(const pil_filtering *filtering, pil_filter_field field);
bool pil_filtering_accepts_language(const pil_filtering *filtering, const char *language);

/* The documents of the articles that pass. Looks at each article of the index. The caller disposes
 * of *out. PIL_CORRUPT, PIL_IO, PIL_NO_MEMORY, PIL_INTERNAL. */
PIL_NODISCARD pil_status pil_filtering_articles(pil_filtering *filtering, pil_snapshot *snapshot,
                                                pil_selection *out, pil_error *err);

/* Whether a paragraph passes. PIL_NO_MEMORY, PIL_INTERNAL. */
PIL_NODISCARD pil_status pil_filtering_accepts(pil_filtering *filtering, const pil_record *record,
                                               bool *is_accepted, pil_error *err);

#endif
