/* A comparison for programs, with all topics and all measures. */
#ifndef QUERY_COMPARISON_OUTPUT_H
#define QUERY_COMPARISON_OUTPUT_H

#include "comparison.h"

#include <stdio.h>

/* PIL_DONE when nobody reads the output any more, PIL_IO when it could not be written,
 * PIL_NO_MEMORY. */

/* A line for each topic and measure, and for the mean of each measure. separator: ',' or a tab. */
PIL_NODISCARD pil_status pil_comparison_table(FILE *out, char separator,
                                              const pil_comparison *comparison, pil_error *err);

/* An object for each topic, and one for the means, by
 * docs/schema/comparison.v1.schema.json. */
PIL_NODISCARD pil_status pil_comparison_json(FILE *out, const pil_comparison *comparison,
                                             pil_error *err);

#endif
