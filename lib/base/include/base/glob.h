/* Patterns of * and ?. */
#ifndef BASE_GLOB_H
#define BASE_GLOB_H

#include <stdbool.h>

/* Whether all of text is like pattern, both UTF-8 or any other bytes: * is any number of
 * characters, ? is one, and everything else itself; nothing escapes them. The time is at most the
 * product of the lengths. No state. */
bool pil_glob_matches(const char *pattern, const char *text);

#endif
