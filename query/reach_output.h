/* What --expand writes. docs/json-output.md describes the JSON. */
#ifndef QUERY_REACH_OUTPUT_H
#define QUERY_REACH_OUTPUT_H

#include "base/error.h"
#include "output.h"
#include "search/reach.h"

/* Each word with what it reaches, a line each, in columns. PIL_NO_MEMORY; what was written is told
 * when output is finished. */
PIL_NODISCARD pil_status pil_reach_put_text(pil_output *output, const pil_reach *reach,
                                            pil_error *err);

/* One JSON object, on one line. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_reach_put_json(pil_output *output, const pil_reach *reach,
                                            pil_error *err);

#endif
