/* A comparison for people: the topics that differ most, with bars on a terminal, and the means. */
#ifndef QUERY_COMPARISON_TEXT_H
#define QUERY_COMPARISON_TEXT_H

#include "comparison.h"
#include "format.h"

/* Of either side; how many more there are is told. */
enum { PIL_COMPARISON_MAX_SHOWN = 20 };

/* Writes the topics for which nDCG@10 differs, from what B wins most to what A does, and the means
 * of all measures. With settings->width each topic has a bar, to the right when B wins, the longest
 * as wide as there is room. PIL_DONE when nobody reads the output any more, PIL_IO when it could
 * not be written, PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_comparison_text(const pil_format_settings *settings,
                                             const pil_comparison *comparison, pil_error *err);

#endif
