/* The options inside of --compare, which say how to look. */
#ifndef QUERY_COMPARE_OPTIONS_H
#define QUERY_COMPARE_OPTIONS_H

#include "base/arena.h"
#include "base/error.h"
#include "query_options.h"

/* *out becomes the options that were given, changed by those that text has, which is split as in
 * cli/command_words.h. It owns nothing: what it points to is in the arena or the given ones'.
 * PIL_INVALID_ARGUMENT with a message for the user, also for an option that does not say how
 * topics are looked for; PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_compare_options_read(const pil_query_options *given, const char *text,
                                                  pil_arena *arena, pil_query_options *out,
                                                  pil_error *err);

#endif
