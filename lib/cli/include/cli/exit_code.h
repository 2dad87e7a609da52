/* What the exit status of both programs means. */
#ifndef CLI_EXIT_CODE_H
#define CLI_EXIT_CODE_H

#include "base/error.h"

/* Fixed: scripts rely on them, and the man pages list them. */
typedef enum pil_exit_code {
    PIL_EXIT_DONE = 0,    /* done; the query program: there are hits */
    PIL_EXIT_NO_HITS = 1, /* the query program: nothing matches */
    PIL_EXIT_USAGE = 2,   /* options or a query that cannot be understood */
    PIL_EXIT_SKIPPED = 3, /* done, but some inputs were skipped */
    PIL_EXIT_INDEX = 4,   /* the index is missing, damaged or incompatible */
    PIL_EXIT_LOCKED = 5,  /* another writer holds the lock */
    PIL_EXIT_SYSTEM = 6,  /* the system failed: I/O, a full disk, memory */
    PIL_EXIT_LIMIT = 7    /* a limit was hit */
} pil_exit_code;

/* The exit code for a status that ends a program. PIL_NOT_FOUND and PIL_STALE are taken to be
 * about the index; "no hits" and "a limit was hit" are no failures and are the caller's to say. */
pil_exit_code pil_exit_code_of(pil_status status);

#endif
