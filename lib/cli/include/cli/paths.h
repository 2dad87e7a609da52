/* Paths as people see them, and where the index is. */
#ifndef CLI_PATHS_H
#define CLI_PATHS_H

#include "base/error.h"

/* How a path is shown: relative to the working directory cwd when it is below it, else as it is.
 * A relative one that begins with a dash gets "./" before it, so that it is neither an option nor
 * standard input. Does not ask the file system: both are taken to be absolute and free of "."
 * and ".."; any other path (such as "-") is kept, and all are when cwd is NULL.
 * A new string that the caller frees; NULL when memory ran out. */
char *pil_path_display(const char *path, const char *cwd);

/* Which rule named the index. */
typedef enum pil_index_rule {
    PIL_INDEX_FROM_OPTION,   /* -d */
    PIL_INDEX_FROM_VARIABLE, /* $PILCROW_INDEX */
    PIL_INDEX_FROM_PROJECT,  /* the nearest directory .pilcrow, from cwd upward */
    PIL_INDEX_FROM_USER      /* $XDG_DATA_HOME/pilcrow/index, ~/.local/share for the first */
} pil_index_rule;

/* Where to look, in this order. Each may be NULL; empty means unset. */
typedef struct pil_index_places {
    const char *option;    /* the value of -d */
    const char *variable;  /* $PILCROW_INDEX */
    const char *cwd;       /* absolute */
    const char *data_home; /* $XDG_DATA_HOME; one that is not absolute is ignored, as its
                              specification says */
    const char *home;      /* $HOME */
} pil_index_places;

/* Finds the index's directory; it need not exist, but by PIL_INDEX_FROM_PROJECT. *path is new, the
 * caller frees it; *rule may be NULL. PIL_NOT_FOUND when no place is left to look; PIL_NO_MEMORY.
 */
PIL_NODISCARD pil_status pil_index_path(const pil_index_places *places, char **path,
                                        pil_index_rule *rule, pil_error *err);

#endif
