#include "base/glob.h"

#include "base/utf8.h"

#include <string.h>

/* After a star that leads nowhere only the last one is tried again, which is enough. */
bool pil_glob_matches(const char *pattern, const char *text)
{
    size_t length = strlen(text), at = 0, tried = 0;
    const char *behind_star = NULL;
    while (at < length) {
        size_t next = at;
        (void)pil_utf8_next(text, length, &next, NULL);
        if (*pattern == '*') {
            behind_star = ++pattern;
            tried = at;
        } else if (*pattern == '?') {
            pattern++;
            at = next;
        } else if (*pattern == text[at]) {
            pattern++;
            at++;
        } else if (behind_star != NULL) {
            pattern = behind_star;
            (void)pil_utf8_next(text, length, &tried, NULL);
            at = tried;
        } else {
            return false;
        }
    }
    while (*pattern == '*')
        pattern++;
    return *pattern == '\0';
}
