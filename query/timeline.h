/* How many paragraphs match of each year, drawn. */
#ifndef QUERY_TIMELINE_H
#define QUERY_TIMELINE_H

#include "base/error.h"
#include "query/format.h"
#include "search/facet.h"

/* More years than these without any paragraph, between others, become one line that says so. */
enum { PIL_TIMELINE_MAX_EMPTY = 30 };

/* Writes a line a year, from the first to the last that the facet, which is one of years, has, then
 * how many paragraphs are of articles without a date. With settings->width each line has a bar, the
 * longest as wide as there is room. Nothing is written when nothing was counted. PIL_DONE when
 * nobody reads the output any more, PIL_IO when it could not be written, PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_timeline_text(const pil_format_settings *settings,
                                           const pil_facet *years, pil_error *err);

#endif
