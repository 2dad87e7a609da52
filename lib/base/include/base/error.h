/* How functions fail.
 *
 * Every fallible function returns a pil_status and takes a pil_error as its last parameter, which
 * may be NULL. The lowest layer that knows what went wrong fills it in once; the layers above
 * clean up and pass it on. On failure outputs are left NULL or unchanged. */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <stdbool.h>
#include <stddef.h>

#if defined(__GNUC__)
#define PIL_NODISCARD __attribute__((warn_unused_result))
#define PIL_PRINTF(format_at, values_at) __attribute__((format(printf, format_at, values_at)))
#else
#define PIL_NODISCARD
#define PIL_PRINTF(format_at, values_at)
#endif

/* Each code is an action for the caller. The values are fixed: scripts and logs may show them. */
typedef enum pil_status {
    PIL_OK = 0,
    PIL_DONE = 1,             /* an iteration is over */
    PIL_NO_MEMORY = 2,        /* give up */
    PIL_INVALID_ARGUMENT = 3, /* the caller's values are wrong */
    PIL_IO = 4,               /* the system refused; the message names errno */
    PIL_NOT_FOUND = 5,        /* there is no such thing */
    PIL_EXISTS = 6,           /* there is one already */
    PIL_BUSY = 7,             /* another writer holds the lock */
    PIL_STALE = 8,            /* reopen and try again */
    PIL_CORRUPT = 9,          /* stored bytes are not what was written */
    PIL_INCOMPATIBLE = 10,    /* written by another version: rebuild */
    PIL_BAD_QUERY = 11,       /* the user's query cannot be understood */
    PIL_BAD_INPUT = 12,       /* skip this file */
    PIL_UNSUPPORTED = 13,     /* this build or this data cannot do that */
    PIL_INTERNAL = 14         /* a bug here or below */
} pil_status;

/* What went wrong: one line, without the path or query that the caller already has.
 * Owned by the caller; filling it in never allocates. */
typedef struct pil_error {
    pil_status status;
    char message[256];
} pil_error;

/* Fills err (unless NULL) and returns status, so that `return pil_error_set(...)` reads well.
 * A message that is too long is cut at a UTF-8 character. */
pil_status pil_error_set(pil_error *err, pil_status status, const char *format, ...)
    PIL_PRINTF(3, 4);

/* The same with ": " and the text of errnum behind the message. The status is PIL_NO_MEMORY for
 * ENOMEM, PIL_NOT_FOUND for ENOENT and ENOTDIR, PIL_IO otherwise. */
pil_status pil_error_set_errno(pil_error *err, int errnum, const char *format, ...)
    PIL_PRINTF(3, 4);

/* PIL_NO_MEMORY with its message. */
pil_status pil_error_no_memory(pil_error *err);

/* A short English name for a status, for messages and tests. Static. */
const char *pil_status_name(pil_status status);

#endif
