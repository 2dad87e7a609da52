/* What of the command line concerns saved queries. */
#ifndef QUERY_SAVED_OPTIONS_H
#define QUERY_SAVED_OPTIONS_H

#include "base/arena.h"
#include "base/error.h"
#include "query_options.h"

#include <stddef.h>

/* Of the options that each ask for something else to be done there may be one, names must be names,
 * and --new needs a saved query. PIL_INVALID_ARGUMENT with a message for the user. */
PIL_NODISCARD pil_status pil_saved_options_check(const pil_query_options *options, pil_error *err);

/* The options that were given and that say what to look for, as arguments in *out, [0..*n), in the
 * order of the table: what is kept with a saved query. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_saved_options_list(const pil_query_options *options, pil_arena *arena,
                                                const char ***out, size_t *n, pil_error *err);

#endif
