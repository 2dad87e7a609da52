/* What the program says beside its results. */
#ifndef QUERY_TELL_H
#define QUERY_TELL_H

#include "base/error.h"

/* Writes "pilcrow: message" to standard error, in which the formatted text stands with what is
 * unsafe for a terminal escaped. A message that memory does not suffice for is left out. */
void pil_tell(const char *format, ...) PIL_PRINTF(1, 2);

/* The same, with place and a colon before the message, as a compiler's messages have it; unless
 * place is NULL. */
void pil_tell_of(const char *place, const char *format, ...) PIL_PRINTF(2, 3);

#endif
