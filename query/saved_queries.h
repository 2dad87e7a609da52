/* Queries that are kept under a name: one small text file each, in a directory of the user's state.
 *
 * Thread and process rule: functions may run at the same time in any number of processes; each sees
 * a file as somebody wrote it, whole. */
#ifndef QUERY_SAVED_QUERIES_H
#define QUERY_SAVED_QUERIES_H

#include "base/arena.h"
#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PIL_SAVED_NAME_MAX_BYTES = 64 };

/* What is kept: the arguments that say what to look for. */
typedef struct pil_saved_query {
    const char **options; /* [0..n_options), as on a command line: "--all"; without line feeds */
    size_t n_options;
    const char *query; /* the words, joined by spaces */
    pil_arena arena;   /* of all that, when it was read */
} pil_saved_query;

/* The names of all saved queries, in the order of their bytes. */
typedef struct pil_saved_names {
    const char **items; /* [0..n_items) */
    size_t n_items;
    size_t capacity;
    pil_arena arena;
} pil_saved_names;

/* Whether name can be that of a saved query: 1 to PIL_SAVED_NAME_MAX_BYTES ASCII letters, digits,
 * dashes, underscores and full stops, the first of them a letter or a digit. */
bool pil_saved_is_name(const char *name);

/* Where saved queries are: in state_home (the value of $XDG_STATE_HOME, which counts when it is
 * absolute), else below home ($HOME); both may be NULL. A new string that the caller frees.
 * PIL_INVALID_ARGUMENT with a message for the user when neither is set; PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_saved_directory(const char *state_home, const char *home, char **out,
                                             pil_error *err);

/* Reads the query saved as name, which is a name. PIL_NOT_FOUND when there is none, PIL_CORRUPT
 * when the file is not of this program's writing, PIL_IO, PIL_NO_MEMORY. The caller disposes of
 * *out, also on failure. */
PIL_NODISCARD pil_status pil_saved_read(const char *directory, const char *name,
                                        pil_saved_query *out, pil_error *err);
void pil_saved_query_dispose(pil_saved_query *query);

/* Saves query as name, in place of what was saved so; what is remembered of another query of that
 * name is forgotten. PIL_INVALID_ARGUMENT when an option has a line feed; PIL_IO, PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_saved_write(const char *directory, const char *name,
                                         const pil_saved_query *query, pil_error *err);

/* Removes the query and what is remembered of it. PIL_NOT_FOUND, PIL_IO, PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_saved_forget(const char *directory, const char *name, pil_error *err);

/* Lists the names; none when there is no directory. PIL_IO, PIL_NO_MEMORY. The caller disposes of
 * *out, also on failure. */
PIL_NODISCARD pil_status pil_saved_list(const char *directory, pil_saved_names *out,
                                        pil_error *err);
void pil_saved_names_dispose(pil_saved_names *names);

/* ---- what a query has found before ---- */

/* Reads the ids of the paragraphs of the index at index (an absolute path) that query name has
 * found before, ascending, into *ids, which the caller frees; none is no error. PIL_CORRUPT,
 * PIL_IO, PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_saved_read_seen(const char *directory, const char *name,
                                             const char *index, uint64_t **ids, size_t *n_ids,
                                             pil_error *err);
/* Remembers ids[0..n_ids), ascending, in place of what was remembered. PIL_IO, PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_saved_write_seen(const char *directory, const char *name,
                                              const char *index, const uint64_t *ids, size_t n_ids,
                                              pil_error *err);

#endif
