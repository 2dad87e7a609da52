#include "cli/terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

enum { WIDTH_MIN = 20, WIDTH_DEFAULT = 80, WIDTH_MAX = 1000 };

bool pil_terminal_wants_color(pil_when when, bool is_terminal, const char *no_color,
                              const char *term)
{
    if (when != PIL_WHEN_AUTO)
        return when == PIL_WHEN_ALWAYS;
    bool is_refused = no_color != NULL && *no_color != '\0';
    bool is_able = term != NULL && *term != '\0' && strcmp(term, "dumb") != 0;
    return is_terminal && is_able && !is_refused;
}

unsigned pil_terminal_width(int fd, const char *columns)
{
    struct winsize size = {0};
    unsigned long width = 0;
    if (ioctl(fd, TIOCGWINSZ, &size) == 0)
        width = size.ws_col;
    if (width == 0 && columns != NULL && *columns >= '0' && *columns <= '9')
        width = strtoul(columns, NULL, 10);
    if (width == 0)
        width = WIDTH_DEFAULT;
    return width < WIDTH_MIN ? WIDTH_MIN : width > WIDTH_MAX ? WIDTH_MAX : (unsigned)width;
}
