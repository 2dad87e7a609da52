/* A file of topics: queries with an id each. docs/topics.md describes it for users. */
#ifndef QUERY_TOPICS_H
#define QUERY_TOPICS_H

#include "base/arena.h"
#include "base/error.h"

#include <stddef.h>

typedef struct pil_topic {
    size_t line;       /* where it begins, from 1 */
    const char *id;    /* valid UTF-8 without white space or controls; "" when it has none */
    const char *query; /* NUL behind it; any bytes */
    size_t query_bytes;
    const char *problem; /* why it cannot be run, for the user; NULL when it can */
} pil_topic;

typedef struct pil_topics {
    pil_topic *items; /* [0..n_items), in the file's order */
    size_t n_items;
    size_t capacity; /* of items */
    pil_arena arena; /* of all strings */
} pil_topics;

/* Reads the topics of text[0..length). Each is a line, "id TAB query"; empty lines and those that
 * begin with # are skipped. A text that begins with <top> is in the format of TREC instead: the id
 * is what stands behind <num> (and "Number:"), the query what is between <title> (and "Topic:") and
 * the next element; all other elements are skipped. What cannot be run has a problem.
 * PIL_NO_MEMORY. The caller disposes of *out, also on failure. */
PIL_NODISCARD pil_status pil_topics_read(const char *text, size_t length, pil_topics *out,
                                         pil_error *err);
void pil_topics_dispose(pil_topics *topics);

#endif
