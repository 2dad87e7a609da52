/* What the terminal can show. */
#ifndef CLI_TERMINAL_H
#define CLI_TERMINAL_H

#include <stdbool.h>

typedef enum pil_when { PIL_WHEN_AUTO, PIL_WHEN_ALWAYS, PIL_WHEN_NEVER } pil_when;

/* Whether to use colour. When left to us: on a terminal, unless no_color (the value of $NO_COLOR,
 * NULL when unset) is set and not empty, or term (of $TERM) is "dumb", empty or unset. */
bool pil_terminal_wants_color(pil_when when, bool is_terminal, const char *no_color,
                              const char *term);

/* The columns of the terminal at descriptor fd; if it does not tell, columns (the value of
 * $COLUMNS, or NULL), else 80. At least 20 and at most 1,000. */
unsigned pil_terminal_width(int fd, const char *columns);

#endif
