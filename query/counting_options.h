/* The options that ask for numbers: --count, --facet and --timeline. */
#ifndef QUERY_COUNTING_OPTIONS_H
#define QUERY_COUNTING_OPTIONS_H

#include "base/error.h"
#include "query_options.h"

/* Finds out what they say together: sets facets and hides_hits. PIL_INVALID_ARGUMENT with a message
 * for the user. */
PIL_NODISCARD pil_status pil_counting_options_settle(pil_query_options *options, pil_error *err);

#endif
