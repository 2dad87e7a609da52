/* What all queries of one run share: the working directory, the index with its snapshot, the
 * analyser. Opened once, so that a further query costs only its own work. */
#ifndef QUERY_SESSION_H
#define QUERY_SESSION_H

#include "cli/exit_code.h"
#include "index/snapshot.h"
#include "query_options.h"
#include "search/synonyms.h"
#include "text/analyser.h"

#include <limits.h>
#include <stdbool.h>

typedef struct pil_session {
    const pil_query_options *options; /* borrowed */
    char host[HOST_NAME_MAX + 1];     /* the name of this machine, "" when it has none */
    char *cwd;                        /* NULL when the system does not tell it */
    char *directory;                  /* of the index, which need not exist */
    pil_analyser *analyser;
    const char *language; /* to read queries in, normalised; NULL: those of the index */
    char language_code[PIL_LANGUAGE_MAX];
    pil_synonyms *synonyms; /* of the user, or NULL */
    const char *place;      /* of the topic at hand: what is said of it begins with it; or NULL */
    bool is_relaxed;        /* what was found last lacks words that --all required */
    bool is_open;
    pil_snapshot snapshot; /* once it is open */
} pil_session;

/* Finds out what the options and the environment say; the index is not opened yet. Whatever fails
 * is told. The caller closes *session in any case. */
pil_exit_code pil_session_start(pil_session *session, const pil_query_options *options);

/* Opens the index, unless it is open; what fails is told. */
pil_exit_code pil_session_open_index(pil_session *session);

/* Tells what went wrong with the index, with advice, and returns the exit code for it. */
pil_exit_code pil_session_fail(const pil_session *session, pil_status status, const pil_error *err);

void pil_session_close(pil_session *session);

#endif
