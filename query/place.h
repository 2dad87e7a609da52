/* Where a hit is, as text output shows it: path:line, or path:p3 where there are pages, whose lines
 * are in no file. In an archive the path is that of the file in it: reports.zip#2021/a.pdf:p3. */
#ifndef QUERY_PLACE_H
#define QUERY_PLACE_H

#include "base/error.h"
#include "format.h"
#include "output.h"
#include "search/hit.h"

#include <stddef.h>

/* Appends "articles/kfor.txt:12", or "report.pdf:p3" where the page is known, styled and linked as
 * the settings say; a path with odd characters is quoted. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_place_put(pil_output *output, const pil_format_settings *settings,
                                       const pil_hit *hit, pil_error *err);

/* How many columns of a terminal that takes. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_place_columns(const pil_format_settings *settings, const pil_hit *hit,
                                           size_t *n_columns, pil_error *err);

/* Appends the ":12" or ":p3" of it. */
void pil_place_put_spot(pil_output *output, const pil_hit *hit);

#endif
