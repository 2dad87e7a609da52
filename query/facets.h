/* Facets on their way to standard output. */
#ifndef QUERY_FACETS_H
#define QUERY_FACETS_H

#include "base/error.h"
#include "query/format.h"
#include "search/facet.h"

#include <stdbool.h>
#include <stddef.h>

/* The most values of a field that text shows; the other formats write all. */
enum { PIL_FACETS_MAX_VALUES = 20 };

/* All of these write facets[0..n_facets), and return PIL_DONE when nobody reads the output any
 * more, PIL_IO when it could not be written, PIL_NO_MEMORY. */

/* A block a field, its most frequent values first; what is not known has a line of its own.
 * follows_hits: with an empty line before the first block. Fields without any paragraph are left
 * out. */
PIL_NODISCARD pil_status pil_facets_text(const pil_format_settings *settings,
                                         const pil_facet *facets, size_t n_facets,
                                         bool follows_hits, pil_error *err);
/* One JSON object, on a line, as docs/json-output.md has it. */
PIL_NODISCARD pil_status pil_facets_json(const pil_format_settings *settings,
                                         const pil_facet *facets, size_t n_facets, pil_error *err);
/* A table with the columns field, value and paragraphs; the value of what is not known is empty.
 * separator: ',' or a tab. */
PIL_NODISCARD pil_status pil_facets_table(const pil_format_settings *settings,
                                          const pil_facet *facets, size_t n_facets, char separator,
                                          pil_error *err);

#endif
