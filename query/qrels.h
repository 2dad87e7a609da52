/* Relevance judgements in the format of TREC: "topic iteration document grade" a line, separated by
 * white space. docs/evaluation.md describes them for users. */
#ifndef QUERY_QRELS_H
#define QUERY_QRELS_H

#include "base/error.h"
#include "base/intern.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct pil_graded {
    uint32_t document; /* its number in the qrels' documents */
    int grade;         /* above 0: relevant, the more the higher */
} pil_graded;

typedef struct pil_qrels_topic {
    uint32_t number;   /* of its id in the qrels' topic_ids */
    pil_graded *items; /* [0..n), by number of document */
    size_t n, capacity;
    size_t n_relevant;
} pil_qrels_topic;

/* Zero-initialise. */
typedef struct pil_qrels {
    pil_intern topic_ids;    /* in the order of the file */
    pil_intern documents;    /* the names of all that were judged */
    pil_qrels_topic *topics; /* [0..topic_ids.n_entries) */
    size_t capacity;
} pil_qrels;

/* Reads text[0..length), which is not NULL. Empty lines are skipped. PIL_INVALID_ARGUMENT, with the
 * number of the line, for one that is no judgement, or the second on a document for a topic;
 * PIL_NO_MEMORY. The caller disposes of *out, also on failure. */
PIL_NODISCARD pil_status pil_qrels_read(const char *text, size_t length, pil_qrels *out,
                                        pil_error *err);
void pil_qrels_dispose(pil_qrels *qrels);

/* The judgements for a topic; NULL when there are none. */
const pil_qrels_topic *pil_qrels_find(const pil_qrels *qrels, const char *topic_id);

/* What a document was judged for the topic: 0 when it was not. */
int pil_qrels_grade(const pil_qrels *qrels, const pil_qrels_topic *topic, const char *document);

/* Whether the topic has a judgement on the document, of whatever grade. */
bool pil_qrels_is_judged(const pil_qrels *qrels, const pil_qrels_topic *topic,
                         const char *document);

#endif
