/* The words of a command that is written as one text, such as "antiword %f" or "--all -L en".
 *
 * They are parted by blanks, unless those stand between ' or between ". No other character means
 * anything, because no shell sees it. */
#ifndef CLI_COMMAND_WORDS_H
#define CLI_COMMAND_WORDS_H

#include "base/arena.h"
#include "base/error.h"

#include <stddef.h>

/* Splits text into words[0..*n), with NULL behind the last; they and the list are in the arena.
 * PIL_INVALID_ARGUMENT when a quote is not closed; PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_command_words_split(const char *text, pil_arena *arena, char ***words,
                                                 size_t *n, pil_error *err);

#endif
