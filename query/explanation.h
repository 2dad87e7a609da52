/* What a score is made of, as a table for people. */
#ifndef QUERY_EXPLANATION_H
#define QUERY_EXPLANATION_H

#include "base/error.h"
#include "format.h"
#include "output.h"

#include <stddef.h>

/* Appends a table of the hit's parts, each line behind indent spaces: a line of names, a line a
 * term, and their sum. Nothing when it has none. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_explanation_put(pil_output *output,
                                             const pil_format_settings *settings,
                                             const pil_hit *hit, size_t indent, pil_error *err);

#endif
