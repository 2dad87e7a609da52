/* What the documents of a file of judgements are: paragraphs or articles, named in one way or
 * another. */
#ifndef QUERY_JUDGED_NAMES_H
#define QUERY_JUDGED_NAMES_H

#include "base/buffer.h"
#include "qrels.h"
#include "search/hit.h"

/* By the name of a hit: what it is for reports/a.txt, paragraph 5, and for the record r of
 * reports/b.jsonl. */
typedef enum pil_naming {
    PIL_NAMING_PARAGRAPH,       /* reports/a.txt:5; reports/b.jsonl#r:5: as in runs */
    PIL_NAMING_PARAGRAPH_SHORT, /* a.txt:5; r:5 */
    PIL_NAMING_ARTICLE,         /* reports/a.txt; reports/b.jsonl#r */
    PIL_NAMING_ARTICLE_SHORT,   /* a.txt; r */
    PIL_NAMING_ID,              /* the paragraph's id */
    PIL_N_NAMINGS               /* not known */
} pil_naming;

/* Puts the name of the hit into *out. cwd as in pil_path_display. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_judged_name(pil_naming naming, const pil_hit *hit, const char *cwd,
                                         pil_buffer *out, pil_error *err);

/* The way of naming by which most of hits[0..n) have been judged, for whatever topic; of equal ones
 * the first; PIL_N_NAMINGS when none has been. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_judged_naming_find(const pil_qrels *qrels, const pil_hit *hits,
                                                size_t n, const char *cwd, pil_naming *out,
                                                pil_error *err);

#endif
